"""Praat's TextGrid files, long and short form: tiers of intervals, as Praat itself reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qcode.errors import Unreadable
from qcode.importers.decode import Decoded, decode

__all__ = ["Grid", "Interval", "Tier", "grid_of"]

CUT_OFF = "the TextGrid is cut off or damaged"
AGAIN = "open it in Praat and save it again with “Save as text file”"
_token = re.compile(
    r"!(?P<remark>[^\n]*)"
    r'|"(?P<text>(?:[^"]++|"")*+)(?P<closed>"?)'
    r"|(?<!\S)(?P<number>-?\d{1,15}(?:\.\d{0,40})?(?:[eE][-+]?\d{1,4})?)(?!\S)"
    r"|(?<!\S)<(?P<flag>\w{1,20})>(?!\S)"
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the recording, in seconds, and what stands on it."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of intervals; a tier of points has `points` in place of them."""

    name: str
    intervals: tuple[Interval, ...]
    points: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A TextGrid: the end of the recording, in seconds, and the tiers."""

    end: float
    tiers: tuple[Tier, ...]
    decoded: Decoded


class _Tokens:
    """The strings, numbers and flags of a file; all other words are there for the eye."""

    def __init__(self, text: str) -> None:
        self._found = self._all(text)

    @staticmethod
    def _all(text: str) -> Iterator[str | float]:
        for token in _token.finditer(text):
            if token["text"] is not None:
                if not token["closed"]:
                    raise Unreadable(f"{CUT_OFF} (a text does not end)", mend=AGAIN)
                yield token["text"].replace('""', '"')
            elif token["number"] is not None:
                number = float(token["number"])
                yield number if math.isfinite(number) else 0.0
            elif token["flag"] is not None:
                yield f"<{token['flag']}>"

    def number(self) -> float:
        found = next(self._found, None)
        if not isinstance(found, float):
            raise Unreadable(CUT_OFF, mend=AGAIN)
        return found

    def text(self) -> str:
        found = next(self._found, None)
        if not isinstance(found, str):
            raise Unreadable(CUT_OFF, mend=AGAIN)
        return found


def grid_of(data: bytes, encoding: str | None = None) -> Grid:
    """Return the tiers of a TextGrid. Raises Unreadable."""
    if data.startswith(b"ooBinaryFile"):
        raise Unreadable("this is a TextGrid in Praat's binary form", mend=AGAIN)
    decoded = decode(data, encoding, any_lines=True)
    if "chronological" in decoded.text[:200]:
        raise Unreadable("this is a TextGrid in Praat's chronological form", mend=AGAIN)
    tokens = _Tokens(decoded.text)
    if not tokens.text().startswith("ooTextFile") or tokens.text() != "TextGrid":
        raise Unreadable("the file is no TextGrid", mend=AGAIN)
    tokens.number()
    end = tokens.number()
    if tokens.text() != "<exists>":
        raise Unreadable("the TextGrid holds no tiers")
    return Grid(end, tuple(_tier(tokens) for _ in range(_count(tokens))), decoded)


def _tier(tokens: _Tokens) -> Tier:
    kind, name = tokens.text(), tokens.text()
    tokens.number()
    tokens.number()
    if kind == "IntervalTier":
        return Tier(name, tuple(_interval(tokens) for _ in range(_count(tokens))))
    if kind != "TextTier":
        raise Unreadable(CUT_OFF, mend=AGAIN)
    points = _count(tokens)
    for _ in range(points):
        tokens.number()
        tokens.text()
    return Tier(name, (), points)


def _interval(tokens: _Tokens) -> Interval:
    return Interval(tokens.number(), tokens.number(), tokens.text())


def _count(tokens: _Tokens) -> int:
    found = tokens.number()
    if found < 0 or found != int(found):
        raise Unreadable(CUT_OFF, mend=AGAIN)
    return int(found)
