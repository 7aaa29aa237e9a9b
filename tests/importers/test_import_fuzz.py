"""Real files, damaged in every way, end in a draft or in a sentence, never in another failure."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import Unreadable
from qcode.importers.registry import read
from tests.importers.real_files import content
from tests.importers.word_files import p, table, word

VTT = "ethereum-pm/focil_2026-02-24_029_transcript.vtt"
SRT = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\nINT: слово {n}\n\n" for n in range(1, 40)).encode()
WORD = word(*(p(f"{'INT' if n % 2 else 'R1'}: words {n}") for n in range(30)), table(("a", "b"), ("c", "d")))
CUTS = st.tuples(
    st.sampled_from(["flip", "cut", "insert", "repeat"]), st.floats(0, 1), st.binary(min_size=1, max_size=8)
)


def damaged(data: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    for how, place, more in changes:
        at = int(place * len(data))
        if how == "flip":
            data = data[:at] + more + data[at + len(more) :]
        elif how == "cut":
            data = data[: max(at, 1)]
        elif how == "insert":
            data = data[:at] + more + data[at:]
        else:
            data = data[:at] + data[at // 2 : at] + data[at:]
    return data


def ends_well(data: bytes, name: str) -> None:
    try:
        found = read(data, name)
    except Unreadable as refused:
        assert refused.what
        assert "could not be read as" not in refused.what
    else:
        assert all(0 <= turn.start < turn.end <= len(found.text) for turn in found.turns)


@settings(max_examples=150, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_damaged_word_files(changes: list[tuple[str, float, bytes]]) -> None:
    ends_well(damaged(WORD, changes), "a.docx")


@settings(max_examples=150, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_word_files_with_damaged_xml(changes: list[tuple[str, float, bytes]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            body = old.read(part)
            new.writestr(part, damaged(body, changes) if part == "word/document.xml" else body)
    ends_well(out.getvalue(), "a.docx")


@settings(max_examples=150, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4), st.sampled_from(["utf-8", "cp1251", "utf-16"]))
def test_damaged_subtitles_and_texts(changes: list[tuple[str, float, bytes]], encoding: str) -> None:
    data = damaged(SRT.decode().encode(encoding), changes)
    for name in ("a.srt", "a.vtt", "a.txt"):
        ends_well(data, name)


@pytest.mark.parametrize(
    "path", [VTT, "mismatches/jackie-1-full.md", "haski/NodeGrade_paper_ECSEE_qualitative_data_interview1_german.docx"]
)
def test_damaged_real_files(path: str) -> None:
    data = content(path)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(CUTS, min_size=1, max_size=4))
    def damage(changes: list[tuple[str, float, bytes]]) -> None:
        ends_well(damaged(data, changes), path)

    damage()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.docx", "a.txt", "a.md", "a.vtt", "a.srt", "a.pdf", "a"]))
def test_any_bytes(data: bytes, name: str) -> None:
    ends_well(data, name)
