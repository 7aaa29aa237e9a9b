"""Half-open stretches of a text, counted in Unicode code points from 0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Span", "common", "union", "without"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points `start <= position < end` of one text; `0 <= start < end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start} and {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether both share at least one position; touching spans do not."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether every position of `other` is a position of this span."""
        return self.start <= other.start and other.end <= self.end

    def intersection(self, other: Span) -> Span | None:
        """Return the shared positions, or None where there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def gap(self, other: Span) -> int:
        """Return the number of positions between both; 0 where they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the maximal runs of consecutive positions that `spans` cover, in order.

    Spans that touch are one run: no position lies between them.
    """
    runs: list[Span] = []
    for span in sorted(spans):
        if runs and span.start <= runs[-1].end:
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
        else:
            runs.append(span)
    return runs


def common(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """Return the maximal runs of consecutive positions that both cover, in order."""
    ours, theirs = union(first), union(second)
    runs, n, m = list[Span](), 0, 0
    while n < len(ours) and m < len(theirs):
        shared = ours[n].intersection(theirs[m])
        if shared is not None:
            runs.append(shared)
        if ours[n].end < theirs[m].end:
            n += 1
        else:
            m += 1
    return runs


def without(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """Return the maximal runs of consecutive positions that `first` covers and `second` does not, in order."""
    ours, at, free = union(first), 0, list[Span]()
    end = ours[-1].end if ours else 0
    for taken in union(second):
        if at < taken.start:
            free.append(Span(at, taken.start))
        at = taken.end
    if at < end:
        free.append(Span(at, end))
    return common(ours, free)
