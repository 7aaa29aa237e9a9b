"""Text files are stored as they stand; their paragraphs are lines, or blocks where lines are wrapped by hand."""

from __future__ import annotations

from qcode.domain.span import Span
from qcode.importers.base import Options
from qcode.importers.plain import paragraphs_of
from qcode.importers.registry import read

WRAPPED = """\
This is a line that goes on until the page is full and then
it goes on in the next one, as typewriters did it, and then
it ends.

Another block begins here and goes on until the page is full
and then it goes on, and on, and on, as if it would not come
to its end.
"""


def test_lines_are_paragraphs() -> None:
    assert [span.of("a\n\n b\nc") for span in paragraphs_of("a\n\n b\nc")] == ["a", " b", "c"]


def test_blocks_are_paragraphs_where_lines_are_wrapped_by_hand() -> None:
    assert [span.of(WRAPPED)[:8] for span in paragraphs_of(WRAPPED)] == ["This is ", "Another "]


def test_an_indented_line_begins_a_block_where_lines_are_wrapped() -> None:
    text = WRAPPED.replace("\n\n", "\n      ")
    assert len(paragraphs_of(text)) == 2


def test_long_lines_of_a_transcript_are_not_wrapped_ones() -> None:
    text = "\n\n".join(f"INT: {'word ' * n}\nand more {n}" for n in range(10, 40))
    assert len(paragraphs_of(text)) == 60


def test_a_text_is_stored_as_it_stands() -> None:
    text = "INT:  a\t\nR1: b \n\nINT: c\nR1: d"
    found = read(text.replace("\n", "\r\n").encode(), "a.txt")
    assert found.text == text
    assert found.paragraphs[0] == Span(0, 8)


def test_notices_say_the_line() -> None:
    found = read("INT: a\nR1: b\nОднако: c\nINT: d\nR1: e".encode(), "a.txt")
    assert [notice.where for notice in found.notices] == ["line 3"]


def test_what_a_person_decided_overrides_the_importer() -> None:
    data = b"Note: hello\nAnna: you\nNote: there\nAnna: go"
    assert [s.name for s in read(data, "a.txt", Options(speakers=("Note",))).speakers] == ["Note"]
    assert read(data, "a.txt", Options(no_speakers=True)).speakers == ()
