"""Crosses between code points, in which the study counts positions, and UTF-16 units, in which browsers do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from qcode.domain.span import Span
from qcode.errors import BadValue

__all__ = ["Utf16"]

LAST_OF_ONE_UNIT = 0xFFFF


class Utf16:
    """The positions of one text in both ways of counting; both count from 0 and are half-open.

    A character beyond U+FFFF (an emoji, a rare Chinese character) is one code point and two units.
    """

    def __init__(self, text: str) -> None:
        self._points = len(text)
        self._wide = [] if text.isascii() else [i for i, c in enumerate(text) if ord(c) > LAST_OF_ONE_UNIT]
        self._wide_units = [point + before for before, point in enumerate(self._wide)]

    def __len__(self) -> int:
        """Return the length of the text in units, as a browser gives it."""
        return self._points + len(self._wide)

    def to_units(self, point: int) -> int:
        """Return the unit at which the code point `point` begins; the end of the text is a position, too."""
        if not 0 <= point <= self._points:
            raise ValueError(f"no position of a text of {self._points} code points: {point}")
        return point + bisect_left(self._wide, point)

    def to_points(self, unit: object) -> int:
        """Return the code point that begins at the unit `unit`, as a browser sent it.

        Raises BadValue for what is no position of this text, and for one inside a pair of units.
        """
        if not isinstance(unit, int) or isinstance(unit, bool) or not 0 <= unit <= len(self):
            raise BadValue("a position is not in this transcript", mend="reload the page")
        before = bisect_left(self._wide_units, unit)
        if before and self._wide_units[before - 1] + 1 == unit:
            raise BadValue("a position stands inside a character", mend="select whole characters")
        return unit - before

    def span(self, start: object, end: object) -> Span:
        """Return the stretch between two units that a browser sent.

        Raises BadValue where it is empty or not in the text.
        """
        first, last = self.to_points(start), self.to_points(end)
        if first >= last:
            raise BadValue("nothing is selected", mend="select at least one character")
        return Span(first, last)

    def flat(self, spans: Iterable[Span]) -> list[int]:
        """Return the starts and ends of stretches in units, one after the other: `[start, end, start, end, ...]`."""
        return [self.to_units(position) for span in spans for position in (span.start, span.end)]
