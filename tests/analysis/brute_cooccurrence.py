"""Co-occurrence by double loops over sets of positions: slow, plain, and sharing no code with qcode.analysis."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product


@dataclass(frozen=True)
class Small:
    """A project small enough to count by hand; codings are (transcript, start, end, code, coder)."""

    codings: list[tuple[int, int, int, int, int]]
    case_of: list[int]
    n: int
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # units: (transcript, start, end)
    parents: list[int | None] | None = None

    def above(self, code: int) -> list[int]:
        found, parent = [], (self.parents or [None] * self.n)[code]
        while parent is not None:
            found.append(parent)
            parent = (self.parents or [])[parent]
        return found


def _runs(positions: set[int]) -> int:
    return sum(1 for p in positions if p - 1 not in positions)


def _turns(spans: list[tuple[int, int, int]], fact: tuple) -> tuple[int, int]:
    """Return the first and the last turn of a fact; one that lies on none is in the next (behind all: in the last)."""
    own = [set(range(s[1], s[2])) for s in spans if s[0] == fact[0]]
    touched = [n for n, turn in enumerate(own) if turn & set(range(fact[1], fact[2]))]
    if not touched:
        touched = [next((n for n, turn in enumerate(own) if min(turn) >= fact[2]), max(0, len(own) - 1))]
    return touched[0], touched[-1]


def _related(small: Small, unit: str, distance: str | None, a: tuple, b: tuple) -> bool:
    """Tell whether a stands in the relation to b; a and b are facts of one transcript."""
    overlap = bool(set(range(a[1], a[2])) & set(range(b[1], b[2])))
    if unit == "overlap":
        return overlap
    if unit == "exact":
        return a[1:3] == b[1:3]
    if unit == "within":
        return set(range(a[1], a[2])) <= set(range(b[1], b[2]))
    assert distance is not None
    far, kind = int(distance[:-1]), distance[-1]
    if unit == "follows":
        return b[1] >= a[2] and _gap(small, kind, a, b) <= far
    first, last = sorted((a, b), key=lambda x: x[1])
    return overlap or _gap(small, kind, first, last) <= far


def _gap(small: Small, kind: str, first: tuple, last: tuple) -> int:
    if kind == "c":
        return last[1] - first[2]
    return _turns(small.spans, last)[0] - _turns(small.spans, first)[1]


def _touched(small: Small, unit: str, fact: tuple) -> set[int]:
    if unit == "transcript":
        return {fact[0]}
    if unit == "case":
        return {small.case_of[fact[0]]}
    return {k for k, (t, s, e) in enumerate(small.spans) if t == fact[0] and max(s, fact[1]) < min(e, fact[2])}


def count(
    small: Small, unit: str, what: str, *, distance: str | None = None, per_coder: bool = False, rollup: bool = False
) -> tuple[list[list[int]], list[list[int]]]:
    """Return (values, contributing cases)."""
    facts = sorted({c if per_coder else (*c[:4], 0) for c in small.codings})
    family = [[f for f in facts if f[3] == k or (rollup and k in small.above(f[3]))] for k in range(small.n)]
    values, cases = ([[0] * small.n for _ in range(small.n)] for _ in range(2))
    for a, b in product(range(small.n), repeat=2):
        if unit in ("sentence", "turn", "paragraph", "transcript", "case"):
            cell = _containing(small, unit, what, family[a], family[b], a == b)
        else:
            cell = _pairwise(small, unit, what, distance, family[a], family[b], a == b)
        values[a][b], cases[a][b] = cell
    return values, cases


def _containing(small: Small, unit: str, what: str, fa: list, fb: list, same: bool) -> tuple[int, int]:
    meetings = set()
    for x, y in product(fa, fb):
        if (x == y) == same and (same or x[4] == y[4]):
            for u in _touched(small, unit, x) & _touched(small, unit, y):
                t = small.spans[u][0] if unit in ("sentence", "turn", "paragraph") else u
                meetings.add((u, t, u if unit == "case" else small.case_of[t]))
    have = {x[0] for x in fa} if same else {t for _, t, _ in meetings}
    in_cases = {c for _, _, c in meetings}
    if what == "units":
        return len({u for u, _, _ in meetings}), len(in_cases)
    in_cases = {small.case_of[t] for t in have} if same else in_cases
    return (len(in_cases) if what == "cases" else len(have)), len(in_cases)


def _pairwise(
    small: Small, unit: str, what: str, distance: str | None, fa: list, fb: list, same: bool
) -> tuple[int, int]:
    if same:
        in_cases = {small.case_of[x[0]] for x in fa}
        covered: dict[tuple, set[int]] = {}
        for x in fa:
            covered.setdefault((x[0], x[4]), set()).update(range(x[1], x[2]))
        own = {
            "hits": len(fa),
            "segments": len(fa),
            "stretches": sum(_runs(p) for p in covered.values()),
            "characters": sum(len(p) for p in covered.values()),
            "transcripts": len({x[0] for x in fa}),
            "cases": len(in_cases),
        }
        return own[what], len(in_cases)
    pairs = [
        (x, y)
        for x, y in product(fa, fb)
        if x != y and x[0] == y[0] and x[4] == y[4] and _related(small, unit, distance, x, y)
    ]
    shared: dict[tuple, set[int]] = {}
    for x, y in pairs:
        shared.setdefault((x[0], x[4]), set()).update(set(range(x[1], x[2])) & set(range(y[1], y[2])))
    in_cases = {small.case_of[x[0]] for x, _ in pairs}
    value = {
        "hits": len(pairs),
        "segments": len({x for x, _ in pairs}),
        "stretches": sum(_runs(p) for p in shared.values()),
        "characters": sum(len(p) for p in shared.values()),
        "transcripts": len({x[0] for x, _ in pairs}),
        "cases": len(in_cases),
    }
    return value[what], len(in_cases)
