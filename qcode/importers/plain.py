"""Plain text and Markdown: decoded, then nothing is changed; speakers and turns are found in it."""

from __future__ import annotations

from pathlib import PurePath

from qcode.domain.span import Span
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.decode import decode
from qcode.text.language import detect
from qcode.text.layout import Found, Layout, Remark
from qcode.text.turns import find_turns

__all__ = ["draft_of_text", "line_notices", "paragraphs_of", "read", "talk"]


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of a text file. Raises Unreadable."""
    decoded = decode(data, options.encoding)
    format = "md" if PurePath(name).suffix.lower() in (".md", ".markdown") else "txt"
    return draft_of_text(decoded.text, options, format=format, encoding=decoded.encoding, notices=decoded.notices)


def draft_of_text(
    text: str, options: Options, *, format: str = "txt", encoding: str | None = None, notices: tuple[Notice, ...] = ()
) -> Draft:
    """Return the draft of a text that is stored as it stands: its speakers and turns are found in it."""
    paragraphs = paragraphs_of(text)
    found = find_turns(Layout(text, paragraphs), only=options.speakers, none=options.no_speakers)
    return Draft(
        text=text,
        format=format,
        turns=found.turns,
        speakers=found.speakers,
        paragraphs=tuple(paragraphs),
        time_marks=found.time_marks,
        labels=found.labels,
        encoding=encoding,
        language=options.language or detect(talk(text, found)),
        notices=(*notices, *line_notices(text, found.remarks)),
    )


def talk(text: str, found: Found, most: int = 20_000) -> str:
    """Return a sample of the words spoken, without labels: the turns with a speaker, else all."""
    spoken = [turn for turn in found.turns if turn.speaker is not None] or list(found.turns)
    pieces, length = [], 0
    for turn in spoken:
        pieces.append(text[turn.start : turn.end][: most - length])
        length += len(pieces[-1])
        if length >= most:
            break
    return "\n".join(pieces)


def line_notices(text: str, remarks: tuple[Remark, ...]) -> tuple[Notice, ...]:
    """Return remarks as notices that say the line, counted from 1."""
    return tuple(
        Notice("" if r.position is None else f"line {text.count(chr(10), 0, r.position) + 1}", r.what) for r in remarks
    )


def paragraphs_of(text: str) -> list[Span]:
    """Return the paragraphs: the lines, or where lines are wrapped by hand the blocks.

    A block ends at an empty line, or where the next line is indented and the one before is not.
    """
    blocks: list[list[Span]] = [[]]
    start, indented = 0, False
    for line in text.split("\n"):
        before, indented = indented, line[:2].isspace()
        if blocks[-1] and (not line.strip() or (indented and not before)):
            blocks.append([])
        if line.strip():
            blocks[-1].append(Span(start, start + len(line)))
        start += len(line) + 1
    filled = [block for block in blocks if block]
    if _wrapped(filled):
        return [Span(block[0].start, block[-1].end) for block in filled]
    return [line for block in filled for line in block]


def _wrapped(blocks: list[list[Span]]) -> bool:
    """Tell whether lines end where the page was full: most inner lines are about as long as the longest."""
    inner = [len(line) for block in blocks for line in block[:-1]]
    if len(inner) < 4 or len(blocks) < 2:
        return False
    longest = max(len(line) for block in blocks for line in block)
    full = sum(length >= 0.75 * longest for length in inner)
    return 45 <= longest <= 120 and full >= 0.8 * len(inner)
