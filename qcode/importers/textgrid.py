"""Praat's TextGrid: each tier of intervals is a speaker; files of one talk, one a speaker, become one transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.praat import Grid, Interval, Tier, grid_of
from qcode.importers.said import Said, believed, draft_of
from qcode.importers.spoken import MOST_SECONDS, Piece, counted, in_order, listed, name_of, one_line, shared_time
from qcode.importers.tier_choice import spoken_on, talk_of
from qcode.text.fold import fold

__all__ = ["groups", "read", "read_together"]

CLOSE_SECONDS = 5.0
CLOSE_SHARE = 0.02
MOST_AT_ONCE = 0.5
NO_NAMES = frozenset(
    {"default", "ort", "ortho", "orthography", "phrase", "phrases", "sentence", "sentences", "text", "trans"}
    | {"transcript", "transcription", "utterance", "utterances", "word", "words", "phones", "phonemes", "intervals"}
)
_last_part = re.compile(r"(.*[^_\-. ])([_\-. ]+)([^_\-. ]+)")
_sort = re.compile(r"(.+?)\s+-\s+(?:words?|phones?|utterances?)", re.IGNORECASE)
_mark = re.compile(r"</?[A-Za-z][\w -]{0,40}/?>")


@dataclass(frozen=True, slots=True)
class _Voice:
    """A tier of talk with the name of its speaker."""

    speaker: str | None
    intervals: Sequence[Interval]


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of a TextGrid. Raises Unreadable."""
    grid = grid_of(data, options.encoding)
    talk, notices = talk_of(grid.tiers)
    voices = [_Voice(_speaker(tier, alone=len(talk) == 1), spoken_on(tier)) for tier in talk]
    return _draft(voices, options, grid.decoded.encoding, [*grid.decoded.notices, *notices])


def groups(files: Sequence[tuple[str, bytes]]) -> list[list[int]]:
    """Return which files are one talk, one a speaker: their names differ in the last part, they last as long.

    Every place is in one list; a file that belongs with no other is alone in its own.
    """
    families: dict[tuple[str, str], list[int]] = {}
    for number, (name, _) in enumerate(files):
        front, last = _parts(name)
        if front and last and not last.isdigit():
            families.setdefault((str(PurePath(name).parent), front), []).append(number)
    kin = [family for family in families.values() if len(family) > 1]
    together = [group for family in kin for group in _same_talk(family, files) if len(group) > 1]
    taken = {number for group in together for number in group}
    return sorted([*together, *([number] for number in range(len(files)) if number not in taken)])


def read_together(files: Sequence[tuple[str, bytes]], options: Options) -> Draft:
    """Return the draft of one talk from several TextGrids, one a speaker. Raises Unreadable."""
    if len(files) == 1:
        return read(files[0][1], files[0][0], options)
    voices: list[_Voice] = []
    notices: list[Notice] = []
    encodings: list[str] = []
    found = [(name, grid_of(data, options.encoding)) for name, data in files]
    tiers = [(name, talk_of(grid.tiers)) for name, grid in found]
    own = _told_apart([tier for _, (talk, _) in tiers for tier in talk])
    for (name, grid), (_, (talk, told)) in zip(found, tiers, strict=True):
        file = PurePath(name).name
        notices += [Notice(one.where or file, one.what) for one in (*grid.decoded.notices, *told)]
        encodings.append(grid.decoded.encoding)
        for tier in talk:
            part = name_of(_parts(name)[1], PurePath(name).stem)
            voices.append(_Voice(_speaker(tier) if own or len(talk) > 1 else part, spoken_on(tier)))
    notices.append(Notice("", f"files read together as one talk: {listed(PurePath(name).name for name, _ in files)}"))
    draft = _draft(voices, options, encodings[0] if len(set(encodings)) == 1 else None, notices)
    return replace(draft, title=_parts(files[0][0])[0].rstrip("_-. ") or None)


def _draft(voices: Sequence[_Voice], options: Options, encoding: str | None, notices: Sequence[Notice]) -> Draft:
    said = in_order(piece for number, voice in enumerate(voices) for piece in _pieces(voice, number))
    if not said:
        raise Unreadable("the TextGrid holds no words")
    return draft_of(believed(said, options), "TextGrid", options, encoding=encoding, notices=[*notices, *_doubts(said)])


def _pieces(voice: _Voice, number: int) -> Iterator[Piece]:
    for n, interval in enumerate(voice.intervals):
        if words := one_line(interval.text):
            seconds = interval.start if 0 <= interval.start <= MOST_SECONDS else None
            said = Said(voice.speaker, words, seconds, voice.speaker is not None)
            yield Piece((interval.start, float(number), float(n)), said)


def _doubts(said: Sequence[Said]) -> list[Notice]:
    marks = sum(len(_mark.findall(one.words)) for one in said)
    notices = counted("kept among the words", {"marks in angle brackets, as <UNIN/>:": marks})
    different = {one.words for one in said}
    if len(different) <= max(1, len(said) // 5) or all(len(words) < 3 and words.isascii() for words in different):
        what = f"{len(said)} intervals hold only {len(different)} different texts; are these marks, and no talk?"
        notices.append(Notice("", what))
    return notices


def _speaker(tier: Tier, *, alone: bool = False) -> str | None:
    """Return who speaks on a tier; a tier that stands alone may be called after what it holds."""
    sort = _sort.fullmatch(tier.name.strip()[:200])
    name = name_of(sort[1] if sort else tier.name)
    return None if alone and name is not None and name.lower() in NO_NAMES else name


def _told_apart(tiers: Sequence[Tier]) -> bool:
    """Tell whether each tier has a name of its own."""
    names = [_speaker(tier, alone=True) for tier in tiers]
    return None not in names and len({fold(name or "") for name in names}) == len(names)


def _parts(name: str) -> tuple[str, str]:
    """Return the stem of a file's name up to its last part, and that part: `day1_`, `doctor`."""
    found = _last_part.fullmatch(PurePath(name).stem)
    return (found[1] + found[2], found[3]) if found else ("", "")


def _same_talk(family: Sequence[int], files: Sequence[tuple[str, bytes]]) -> list[list[int]]:
    """Return those of a family of names whose recordings last as long and in which people take turns."""
    lengths: list[tuple[float, int, list[tuple[float, float]]]] = []
    for number in family:
        grid = _grid_or_none(files[number][1])
        talk = talk_of(grid.tiers)[0] if grid is not None else []
        if grid is not None and len(talk) == 1:
            spans = [(one.start, one.end) for one in spoken_on(talk[0])]
            lengths.append((grid.end, number, spans))
    found: list[list[tuple[float, int, list[tuple[float, float]]]]] = []
    for one in sorted(lengths, key=lambda each: each[:2]):
        close = found and one[0] - found[-1][0][0] <= max(CLOSE_SECONDS, CLOSE_SHARE * one[0])
        if close and all(shared_time(one[2], other[2]) < MOST_AT_ONCE for other in found[-1]):
            found[-1].append(one)
        else:
            found.append([one])
    return [sorted(number for _, number, _ in group) for group in found]


def _grid_or_none(data: bytes) -> Grid | None:
    try:
        return grid_of(data)
    except Unreadable:
        return None
