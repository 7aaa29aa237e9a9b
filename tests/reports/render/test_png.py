"""Heat maps as PNG: the same bytes, no program's name, a sentence where Matplotlib is missing."""

from __future__ import annotations

import struct

import pytest

from qcode.errors import BadValue, MissingExtra
from qcode.reports import matrix
from qcode.reports.render import png
from qcode.reports.report import Figure, Report
from tests.reports import report_samples as samples


def report(size: int = 4) -> Report:
    return matrix(samples.matrix(size))


def chunks(content: bytes) -> list[bytes]:
    names, place = [], 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        names.append(content[place + 4 : place + 8])
        place += 12 + length
    return names


def test_the_same_report_gives_the_same_bytes() -> None:
    assert png.render(report()) == png.render(report())


def test_the_picture_names_no_program_and_no_time() -> None:
    assert not {b"tEXt", b"iTXt", b"zTXt", b"tIME"} & set(chunks(png.render(report())))


def test_the_size_follows_the_drawing() -> None:
    figure = next(block for block in report().blocks if isinstance(block, Figure))
    content, wide, high = png.draw(figure)
    across, down = struct.unpack(">II", content[16:24])
    assert (across, down) == (int(wide * png.SCALE), int(high * png.SCALE))


def test_dollar_signs_are_no_formula() -> None:
    figure = Figure("c", "a", ("$x^2$", "$"), ((None, 1.0), (1.0, None)), (("1", "$"), ("2", "3")))
    assert png.draw(figure)[0].startswith(b"\x89PNG")


def test_without_matplotlib_the_sentence_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "available", lambda: False)
    with pytest.raises(MissingExtra, match=r'pip install "qcode-interviews\[png\]"'):
        png.render(report())


def test_a_report_without_a_picture_is_refused() -> None:
    with pytest.raises(BadValue, match="has no picture"):
        png.render(Report("A report", ()))
