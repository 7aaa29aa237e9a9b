"""Moments of the recording as transcripts write them: `[00:12:34]`, `#00:12:34-5#`, `(4:30)`, `00:12:34`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["CLOCK", "Stamp", "alone", "inline", "leading", "seconds_of", "trailing"]

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
RANGE = rf"{CLOCK}(?:[^\S\n]{{0,2}}(?:-->|[-–—])[^\S\n]{{0,2}}{CLOCK})?"
F4 = r"\#\d{1,2}:\d{2}:\d{2}(?:[-.,]\d{1,3})?\#"
STRONG = rf"\\?\[{RANGE}\\?\]|{F4}|\{{{RANGE}\}}|<{RANGE}>"
LONG = r"\d{1,3}:[0-5]\d:[0-5]\d(?:[.,]\d{1,3})?"

_leading = re.compile(rf"(?P<strong>{STRONG}|\({RANGE}\)|{LONG})(?!\d)|(?P<weak>{CLOCK})(?![\d:])")
_inline = re.compile(rf"{STRONG}|\({LONG}\)")
_trailing = re.compile(rf"(?P<strong>(?:{STRONG}|\({RANGE}\)|\*\*{CLOCK}\*\*))\s*\Z|(?<=\s)(?P<weak>{CLOCK})\s*\Z")
_alone = re.compile(rf"[^\S\n]*(?:\*\*)?(?:{STRONG}|\({RANGE}\)|{CLOCK})(?:\*\*)?[^\S\n]*\Z")
_first = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[-.,](\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written from `start` to `end`; `weak` where it may as well be a time of day."""

    start: int
    end: int
    seconds: float
    weak: bool = False


def seconds_of(written: str) -> float:
    """Return the seconds that the first time in `written` means; two parts are minutes and seconds."""
    match = _first.search(written)
    if match is None:
        raise ValueError("no time is written here")
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int(fraction) / 10 ** len(fraction) if fraction else float(whole)


def leading(text: str, start: int, end: int) -> Stamp | None:
    """Return the time that stands at `start`, or None."""
    match = _leading.match(text, start, min(end, start + 60))
    if match is None:
        return None
    return Stamp(match.start(), match.end(), seconds_of(match[0]), weak=match["weak"] is not None)


def trailing(text: str, start: int, end: int) -> Stamp | None:
    """Return the time that stands last between `start` and `end`, or None."""
    begin = max(start, end - 60)
    match = _trailing.search(text, begin, end)
    if match is None:
        return None
    return Stamp(match.start(), match.end(), seconds_of(match[0]), weak=match["weak"] is not None)


def inline(text: str) -> Iterator[Stamp]:
    """Yield every time in `text` that no one could take for a time of day."""
    for match in _inline.finditer(text):
        yield Stamp(match.start(), match.end(), seconds_of(match[0]))


def alone(line: str) -> bool:
    """Tell whether a line holds a time and nothing else."""
    return len(line) < 80 and _alone.match(line) is not None
