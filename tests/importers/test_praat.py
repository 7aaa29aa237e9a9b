"""TextGrids are read as Praat reads them: strings, numbers and flags count, all other words are for the eye."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.praat import grid_of
from tests.importers.grids import grid

SAY = ("R1", ['0-1 he said "да" !', "1-2 "])


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_long_and_short_form_in_any_encoding_hold_the_same(short: bool, encoding: str) -> None:
    found = grid_of(grid(SAY, ("clicks", ["1 x", "2 y"]), short=short).decode().encode(encoding))
    assert [(tier.name, tier.points) for tier in found.tiers] == [("R1", 0), ("clicks", 2)]
    assert [(one.start, one.end, one.text) for one in found.tiers[0].intervals] == [
        (0.0, 1.0, 'he said "да" !'),
        (1.0, 2.0, ""),
    ]
    assert found.end == 10.0


def test_a_text_may_hold_line_breaks_and_what_looks_like_a_field() -> None:
    data = grid(("R1", ["0-1 one xmin = 5 <exists>"])).replace(b"one", b"one\ntwo")
    assert grid_of(data).tiers[0].intervals[0].text == "one\ntwo xmin = 5 <exists>"


def test_remarks_are_passed_over() -> None:
    assert grid_of(grid(SAY).replace(b"item []:", b'! 5 "not this"\nitem []:')).tiers[0].name == "R1"


def test_old_mac_and_windows_line_ends_are_read() -> None:
    for end in (b"\r", b"\r\n"):
        assert len(grid_of(grid(SAY).replace(b"\n", end)).tiers[0].intervals) == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (grid(SAY)[:-60], "cut off"),
        (grid(SAY)[:80], "cut off"),
        (grid(SAY).replace(b"size = 1", b"size = 999999999"), "cut off"),
        (grid(SAY).replace(b"size = 1", b"size = 1.5"), "cut off"),
        (grid(SAY).replace(b"size = 1", b"size = -1"), "cut off"),
        (grid(SAY).replace(b"IntervalTier", b"OtherTier"), "cut off"),
        (grid(SAY).replace(b"<exists>", b"<absent>"), "no tiers"),
        (grid(SAY).replace(b"TextGrid", b"Collection"), "no TextGrid"),
        (b"ooBinaryFile\x08TextGrid\0\0", "binary"),
        (b'"Praat chronological TextGrid text file"\n0 1', "chronological"),
        (b'File type = "ooTextFile"\n', "cut off"),
        (b"hello", "cut off"),
    ],
)
def test_a_broken_or_foreign_file_is_refused_with_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        grid_of(data)


def test_a_number_without_end_is_no_time() -> None:
    assert grid_of(grid(SAY).replace(b"xmax = 10.0", b"xmax = 1e9999")).end == 0.0


def test_very_many_quotation_marks_are_read_in_time() -> None:
    text = "x" + '"' * 200_001
    assert grid_of(grid(("R1", [f"0-1 {text}"]))).tiers[0].intervals[0].text == text
    with pytest.raises(Unreadable):
        grid_of(b'"ooTextFile" "TextGrid" ' + b'"' * 200_001)


def test_a_file_of_more_lines_than_any_talk_is_read() -> None:
    pieces = [f"{n}-{n + 1} x" for n in range(26_000)]
    assert len(grid_of(grid(("phones", pieces))).tiers[0].intervals) == 26_000
