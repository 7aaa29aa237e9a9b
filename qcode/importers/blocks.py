"""The paragraphs and rows of a formatted file become one text, a draft, and notices on what was left out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.domain.span import Span
from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options, check_lines
from qcode.importers.maxqda_text import drafts_of, is_prepared
from qcode.importers.plain import talk
from qcode.importers.styled import found_by_style
from qcode.text.language import detect
from qcode.text.layout import Layout, Remark
from qcode.text.turns import find_turns

__all__ = ["Block", "Body", "body_of", "draft_of_body", "drafts_of_body", "left_out_notices", "table_row"]


@dataclass(slots=True)
class Block:
    """One paragraph or row: runs of text with their boldness; `joined` where its end was deleted.

    `style` is the name of its style, as the person who wrote sees it; empty where nobody gave one.
    """

    runs: list[tuple[str, bool]]
    heading: bool = False
    joined: bool = False
    style: str = ""

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


@dataclass
class Body:
    """The text, its paragraphs and rows, what stands in headings or begins bold, their styles, what was left out."""

    text: str
    paragraphs: list[Span] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    bold: dict[int, int] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def body_of(blocks: Iterable[Block], left_out: Counter[str]) -> Body:
    """Return the text of blocks in reading order, joined by LF; `left_out` may still grow while they come."""
    result, pieces, at = Body("", left_out=left_out), [], 0
    for block in blocks:
        text = block.text
        if text.strip():
            result.paragraphs.append(Span(at, at + len(text)))
            if block.heading:
                result.headings.add(at)
            if block.style:
                result.styles[at] = block.style
        _bold_starts(block.runs, at, result.bold)
        pieces.append(text)
        at += len(text) + 1
    result.text = "\n".join(pieces)
    return result


def table_row(cells: Iterable[Sequence[Block]]) -> Block:
    """Return one row of a table: its cells joined by TAB, the paragraphs inside a cell by LF."""
    runs: list[tuple[str, bool]] = []
    for number, cell in enumerate(cells):
        runs.extend([("\t", False)] if number else [])
        for inner, block in enumerate(cell):
            runs.extend([("\n", False)] if inner else [])
            runs.extend(block.runs)
    return Block(runs)


def drafts_of_body(
    body: Body, format: str, options: Options, *, notices: Sequence[Notice] = (), encoding: str | None = None
) -> Draft | list[Draft]:
    """Return the draft of a body, or those of the texts that it holds for MAXQDA. Raises Unreadable."""
    if not is_prepared(body.text):
        return draft_of_body(body, format, options, notices=notices, encoding=encoding)
    check_lines(body.text)
    return drafts_of(body.text, format, options, notices=notices, encoding=encoding)


def draft_of_body(
    body: Body, format: str, options: Options, *, notices: Sequence[Notice] = (), encoding: str | None = None
) -> Draft:
    """Return the draft of a body, with `notices` before those on its speakers. Raises Unreadable."""
    if not body.text.strip():
        raise Unreadable("the document holds no words")
    check_lines(body.text)
    layout = Layout(body.text, body.paragraphs, frozenset(body.headings), body.bold)
    found = find_turns(layout, only=options.speakers, none=options.no_speakers)
    if not found.speakers and options.speakers is None and not options.no_speakers:
        found = found_by_style(body.text, body.paragraphs, body.styles, found)
    return Draft(
        text=body.text,
        format=format,
        turns=found.turns,
        speakers=found.speakers,
        paragraphs=tuple(body.paragraphs),
        time_marks=found.time_marks,
        labels=found.labels,
        encoding=encoding,
        language=options.language or detect(talk(body.text, found)),
        notices=(*notices, *_placed(body, found.remarks)),
    )


def left_out_notices(left_out: Mapping[str, int], sayings: Mapping[str, str]) -> list[Notice]:
    """Return a notice with the count for each kind of `sayings` that was left out."""
    return [Notice("", f"{_counted(left_out[what], what)} {said}") for what, said in sayings.items() if left_out[what]]


def _counted(n: int, things: str) -> str:
    one = {"hidden stretches": "hidden stretch", "headers and footers": "header or footer", "text boxes": "text box"}
    return f"{n} {things}" if n != 1 else f"1 {one.get(things, things.removesuffix('s'))}"


def _placed(body: Body, remarks: tuple[Remark, ...]) -> list[Notice]:
    """Return remarks as notices that say the paragraph or row, counted from 1, empty ones not counted."""
    starts = [paragraph.start for paragraph in body.paragraphs]
    return [
        Notice("" if r.position is None else f"paragraph {max(1, bisect_right(starts, r.position))}", r.what)
        for r in remarks
    ]


def _bold_starts(runs: Sequence[tuple[str, bool]], at: int, found: dict[int, int]) -> None:
    """Note where the bold ends in lines that begin bold and go on otherwise."""
    start, bold_end, open_ = at, at, True
    for text, bold in runs:
        for number, piece in enumerate(text.split("\n")):
            if number:
                at, open_ = at + 1, True
                start = bold_end = at
            if piece and open_:
                if bold or not piece.strip():
                    bold_end = at + len(piece) if bold else bold_end
                else:
                    if bold_end > start:
                        found[start] = bold_end
                    open_ = False
            at += len(piece)
