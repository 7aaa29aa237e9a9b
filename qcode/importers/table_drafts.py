"""Drafts from the rows of a table, once it is known which column is what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from qcode.domain.transcript import Speaker, Turn
from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options, check_lines
from qcode.importers.part import draft_of_part
from qcode.importers.plain import paragraphs_of
from qcode.importers.said import Said, believed, draft_of
from qcode.importers.table_columns import Plan
from qcode.importers.table_sheets import Grid
from qcode.text.aliases import name_speakers
from qcode.text.labels import Candidate
from qcode.text.language import detect
from qcode.text.layout import Layout
from qcode.text.times import CLOCK, seconds_of
from qcode.text.turns import find_turns

__all__ = ["drafts_of"]

MOST_DRAFTS = 10_000
_clock = re.compile(rf"[\[(#<{{\s]*({CLOCK}|\d{{1,2}}:\d\d:\d\d-\d)[\])#>}}\s]*(?:(?:-->|[-–—]).{{0,40}})?")
_seconds = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))?\s?(s|ms)?")


def drafts_of(grid: Grid, plan: Plan, stem: str, options: Options) -> list[Draft]:
    """Return the drafts; `stem` stands in front of a title that is a mere number. Raises Unreadable."""
    how = {"turns": _of_turns, "talks": _of_talks, "answers": _of_answers}[plan.kind]
    if plan.kind != "turns":
        _check_number(len(grid.rows))
    drafts = how(grid, plan, stem, options)
    if not drafts:
        raise Unreadable("the table holds no words in the columns of talk")
    return drafts


def _check_number(count: int) -> None:
    if count > MOST_DRAFTS:
        raise Unreadable(f"the table holds {count:,} transcripts (at most {MOST_DRAFTS:,})", mend="split it")


def _of_turns(grid: Grid, plan: Plan, stem: str, options: Options) -> list[Draft]:
    """Return a draft for each transcript of a table with a row a turn."""
    groups: dict[str, list[int]] = {}
    name = ""
    for at, cell in enumerate(_cells(grid, plan.transcript)):
        name = cell or name
        groups.setdefault(name, []).append(at)
    _check_number(len(groups))
    columns = [_cells(grid, at) for at in (plan.speaker, plan.text[0], plan.time)]
    times, unread = _times(columns[2], "" if plan.time is None else grid.head[plan.time])
    drafts = []
    for title, places in groups.items():
        said = _said(
            [(columns[0][at], columns[1][at], times[at]) for at in places], has_speaker=plan.speaker is not None
        )
        if not any(one.words for one in said):
            continue
        facts = _facts(grid, plan, places)
        draft = _talk_of(said, options)
        own = title if plan.transcript is not None and len(groups) > 1 else None
        drafts.append(replace(draft, title=_title(own, stem), attributes=facts))
    return _noted(drafts, unread, "times that could not be read")


def _said(rows: Iterable[tuple[str, str, float | None]], *, has_speaker: bool) -> list[Said]:
    """Return who says what; an empty cell in the column of speakers means that the last one goes on."""
    said: list[Said] = []
    for label, words, seconds in rows:
        label = label.rstrip(":： ")
        named = bool(label) and has_speaker
        who = label if named else (said[-1].speaker if said else None)
        said.append(Said(who, words, seconds, named))
    return said


def _talk_of(said: Sequence[Said], options: Options) -> Draft:
    """Return the draft of one talk, in which a full name and its initials are one speaker."""
    said = believed(said, options)
    named = [one.speaker for one in said if one.named and one.speaker is not None]
    labels = [Candidate(n, "colon", label, None, 0, 0) for n, label in enumerate(named)]
    names, speakers, remarks = name_speakers(labels) if labels else ([], [], [])
    called = dict(zip(named, names, strict=True))
    said = [one if one.speaker is None else replace(one, speaker=called.get(one.speaker, one.speaker)) for one in said]
    notices = [Notice("", remark.what) for remark in remarks]
    return draft_of(said, "table", options, speakers=_known(speakers, said), notices=notices)


def _known(speakers: Sequence[Speaker], said: Sequence[Said]) -> list[Speaker]:
    present = {one.speaker for one in said}
    return [speaker for speaker in speakers if speaker.name in present]


def _of_talks(grid: Grid, plan: Plan, stem: str, options: Options) -> list[Draft]:
    """Return a draft for each cell that holds a talk; the labels of all of them together are believed."""
    cells = [row.cells[plan.text[0]] if plan.text[0] < len(row.cells) else "" for row in grid.rows]
    only = options.speakers
    if only is None and not options.no_speakers:
        whole = "\n".join(cells)
        check_lines(whole)
        found = find_turns(Layout(whole, paragraphs_of(whole)))
        only = tuple(name for speaker in found.speakers for name in (speaker.name, *speaker.aliases))
    named = _cells(grid, plan.id)
    drafts = []
    for at, cell in enumerate(cells):
        if cell.strip():
            draft = draft_of_part(cell, "table", options, only=only)
            title = _title(named[at] or f"row {grid.rows[at].number}", stem)
            drafts.append(replace(draft, title=title, attributes=_facts(grid, plan, [at])))
    return drafts


def _of_answers(grid: Grid, plan: Plan, stem: str, options: Options) -> list[Draft]:
    """Return a draft for each respondent: every question that was answered as a paragraph, the answer below it."""
    named, columns = _cells(grid, plan.id), {at: grid.column(at) for at in plan.text}
    drafts, silent = [], 0
    for n, row in enumerate(grid.rows):
        answered = [(grid.head[at], columns[at][n]) for at in plan.text if columns[at][n]]
        if not answered:
            silent += 1
            continue
        title = _title(named[n] or f"row {row.number}", stem)
        drafts.append(replace(_answered(answered, options), title=title, attributes=_facts(grid, plan, [n])))
    return _noted(drafts, silent, "rows without an answer, left out")


def _answered(answered: Sequence[tuple[str, str]], options: Options) -> Draft:
    text = "\n\n".join(f"{question}\n{answer}" for question, answer in answered)
    paragraphs = tuple(paragraphs_of(text))
    turns = tuple(Turn(n, None, span.start, span.end) for n, span in enumerate(paragraphs, start=1))
    language = options.language or detect("\n".join(words for _, words in answered)[:20_000])
    return Draft(text=text, format="table", turns=turns, paragraphs=paragraphs, language=language)


def _cells(grid: Grid, at: int | None) -> list[str]:
    return [""] * len(grid.rows) if at is None else grid.column(at)


def _title(cell: str | None, stem: str) -> str | None:
    """Return a transcript's title; a bare number, or none, says too little without the file's name."""
    if cell is None:
        return None
    line = " ".join(cell.split())[:150]
    return f"{stem} {line}" if not any(c.isalpha() for c in line) or line.startswith("row ") else line


def _facts(grid: Grid, plan: Plan, places: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """Return the facts in these rows, of each column the first that is there."""
    found = []
    for at in plan.attributes:
        cells = (grid.rows[place].cells[at].strip() for place in places if at < len(grid.rows[place].cells))
        value = next((" ".join(cell.split()) for cell in cells if cell), "")
        if value:
            found.append((grid.head[at], value[:200]))
    return tuple(found)


def _times(cells: Sequence[str], head: str) -> tuple[list[float | None], int]:
    """Return the moments in seconds, and how many cells could not be read.

    Whole numbers are milliseconds where they are large, or where turns would follow each other by many minutes.
    """
    filled = [cell for cell in cells if cell]
    plain = [int(cell) for cell in filled if cell.isdecimal() and len(cell) < 10]
    steps = sorted(after - before for before, after in pairwise(plain))
    milli = bool(re.search(r"\bms\b|milli", head.replace("_", " ").casefold())) or (
        len(plain) == len(filled) > 0 and (max(plain) > 100_000 or (len(steps) > 1 and steps[len(steps) // 2] >= 500))
    )
    times = [_moment(cell, milli=milli) for cell in cells]
    return times, sum(time is None and bool(cell) for time, cell in zip(times, cells, strict=True))


def _moment(cell: str, *, milli: bool) -> float | None:
    cell = cell[:80]
    if found := _seconds.fullmatch(cell):
        value = float(f"{found[1]}.{found[2] or 0}")
        return value / 1000 if found[3] == "ms" or (milli and found[3] is None) else value
    return seconds_of(cell) if _clock.fullmatch(cell) else None


def _noted(drafts: list[Draft], count: int, what: str) -> list[Draft]:
    if not count or not drafts:
        return drafts
    return [replace(drafts[0], notices=(*drafts[0].notices, Notice("", f"{what}: {count}"))), *drafts[1:]]
