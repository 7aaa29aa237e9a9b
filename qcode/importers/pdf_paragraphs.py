"""Lines of print become paragraphs again: by labels, indents, distances, and lines that end before they are full."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from qcode.importers.blocks import Block
from qcode.importers.pdf_lines import Line, wide

__all__ = ["Joined", "paragraphs_of_pages"]

HYPHENS = ("-", "‐", "\u00ad")
AND = frozenset({"und", "oder", "bzw.", "and", "or", "и", "или", "sowie", "bis", "to"})
_label = re.compile(r"([^\W_][^:：\n]{0,39}?)\s?[:：](?:\s|\Z|(?<=：))")
_word = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class Joined:
    """The paragraphs, and how many words divided at the end of a line were joined, or kept their hyphen."""

    blocks: list[Block] = field(default_factory=list)
    undivided: int = 0
    hyphens: int = 0


@dataclass(frozen=True, slots=True)
class _Form:
    """How a document is set: where lines begin and end, how far apart they stand, what labels begin them."""

    edge: float
    low: float
    right: float
    step: float
    labels: frozenset[str]
    words: Counter[str]
    divides: bool


def paragraphs_of_pages(pages: Sequence[list[Line]], width: float) -> Joined:
    """Return the paragraphs of a document; one that runs over the end of a page stays one.

    `width` is that of its pages, in points.
    """
    form = _form(pages, width)
    found = Joined()
    for lines in _grouped(pages, form):
        runs: list[tuple[str, bool]] = list(lines[0].runs)
        for before, line in pairwise(lines):
            _append(runs, before, line, form, found)
        found.blocks.append(Block(runs))
    return found


def _form(pages: Sequence[list[Line]], width: float) -> _Form:
    lines = [line for page in pages for line in page]
    lefts = Counter(round(line.left) for line in lines)
    steps = Counter(round(a.base - b.base, 0) for page in pages for a, b in pairwise(page) if a.base > b.base)
    likely = [step for step, n in steps.items() if n >= 0.15 * sum(steps.values())] or list(steps)
    words = Counter(word.lower() for line in lines for word in _word.findall(line.text))
    divided = [a for page in pages for a, b in pairwise(page) if a.text.endswith(HYPHENS) and b.text[:1].islower()]
    form = _Form(
        edge=float(lefts.most_common(1)[0][0]) if lefts else 0.0,
        low=sorted(line.left for line in lines)[int(0.03 * (len(lines) - 1))] if lines else 0.0,
        right=_right(lines, width),
        step=min(likely, default=0.0),
        labels=frozenset(),
        words=words,
        divides=len(divided) >= 5 and len(divided) >= 0.03 * len(lines),
    )
    return replace(form, labels=_labels(pages, form))


def _right(lines: Sequence[Line], width: float) -> float:
    """Return where full lines end: the edge of the page where so few end near each other that none is full."""
    if not lines:
        return width
    low, right = min(line.left for line in lines), sorted(line.right for line in lines)[int(0.97 * (len(lines) - 1))]
    full = sum(line.right > right - 0.12 * (right - low) for line in lines)
    return right if right - low > 0.4 * width and full >= 0.1 * len(lines) else width


def _labels(pages: Sequence[list[Line]], form: _Form) -> frozenset[str]:
    """Return what repeats before a colon, mostly where something else too says that a paragraph begins."""
    often, begun = Counter[str](), Counter[str]()
    for page in pages:
        for number, line in enumerate(page):
            match = _label.match(line.text)
            if match is not None:
                often[match[1]] += 1
                before = page[number - 1]
                begun[match[1]] += not number or _apart(before, line, form) or _begins(before, line, form)
    return frozenset(label for label, n in often.items() if n >= 3 and begun[label] >= 0.5 * n)


def _grouped(pages: Sequence[list[Line]], form: _Form) -> Iterator[list[Line]]:
    group: list[Line] = []
    for page in pages:
        for number, line in enumerate(page):
            if group and (
                _begins(group[-1], line, form, len(group)) or (number and _apart(page[number - 1], line, form))
            ):
                yield group
                group = []
            group.append(line)
    if group:
        yield group


def _apart(before: Line, line: Line, form: _Form) -> bool:
    """Tell whether a line stands further below the one before, on the same page, than lines of a paragraph do."""
    step = before.base - line.base
    return step < -0.5 * line.size or step > max(1.25 * form.step, form.step + 2)


def _begins(before: Line, line: Line, form: _Form, nth: int = 1) -> bool:
    """Tell whether a line begins a paragraph, by itself and the line before, the nth of its own paragraph."""
    label = _label.match(line.text)
    if label is not None and label[1] in form.labels:
        return True
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size) or _heavy(before) != _heavy(line):
        return True
    backward = _backward(line.text)
    if not backward and (set_off := _set_off(before, line, form, nth)) is not None:
        return set_off
    if before.text.endswith(HYPHENS):
        return False
    room = form.right - before.right if not backward else before.left - form.low
    blank = 1.5 * line.size if wide(line.text[:1]) else 0.25 * line.size  # no line of Chinese begins with a comma
    return room > line.first + blank + 0.3 * line.size


def _set_off(before: Line, line: Line, form: _Form, nth: int) -> bool | None:
    """Tell whether indents begin a paragraph (True) or go on with one (False); None where they say nothing."""
    shift, far = line.left - before.left, 0.8 * line.size
    if abs(shift) < 2 and before.inner and line.inner:
        return True  # a row below a row
    if abs(line.left - before.inner) < 2 and shift > far:
        return False  # a cell, or a hanging indent behind a tab
    if shift < -far:
        return True if nth > 1 else None  # back from a hanging indent, or from the indent of a first line
    if shift > far and before.left <= form.edge + 2:
        return None if _label_of(before, form) or before.text[:1] in "•–-*" else True
    return None


def _label_of(line: Line, form: _Form) -> str:
    """Return the label that a line begins with, empty where it begins with none that repeats."""
    match = _label.match(line.text)
    return match[1] if match is not None and match[1] in form.labels else ""


def _heavy(line: Line) -> bool:
    return all(bold for text, bold in line.runs if text.strip())


def _backward(text: str) -> bool:
    return any("\u0590" <= c <= "\u08ff" for c in text)


def _append(runs: list[tuple[str, bool]], before: Line, line: Line, form: _Form, found: Joined) -> None:
    """Add a line to its paragraph: with a blank, with none in Chinese, or to the divided word."""
    last, first = before.text[-1:], line.text[:1]
    between = "" if wide(last) or wide(first) else " "
    if last in HYPHENS and len(before.text) > 1 and before.text[-2].isalpha():
        keeps, between = _keeps(before.text, line.text, form)
        found.hyphens += keeps
        found.undivided += not keeps
        if not keeps:
            runs[-1] = runs[-1][0][:-1], runs[-1][1]
    bold = runs[-1][1] and line.runs[0][1]
    runs += [(between, bold)] if between else []
    runs += line.runs


def _keeps(before: str, line: str, form: _Form) -> tuple[bool, str]:
    """Tell whether the hyphen at the end of a line belongs to its word, and what stands behind it."""
    if before.endswith("\u00ad"):
        return False, ""
    start, end = _word.findall(before)[-1:], _word.match(line)
    word = line.split(maxsplit=1)[0].lower() if line.split() else ""
    if word in AND:
        return True, " "
    if end is None or not start or not line[0].islower():
        return True, ""
    half = start[0].lower()
    if form.words[f"{half}-{end[0].lower()}"]:
        return True, ""
    whole = half + end[0].lower()
    return (False, "") if form.words[whole] or form.divides else (True, "")
