"""Random small projects, and the arrays that stand for them."""

from __future__ import annotations

from hypothesis import strategies as st

from qcode.analysis.codings import Codings, Spans
from tests.analysis.brute_cooccurrence import Small

LENGTH = 16


@st.composite
def spans_of(draw: st.DrawFn, transcripts: int) -> list[tuple[int, int, int]]:
    """Draw disjoint non-empty spans with gaps, in order."""
    found = []
    for t in range(transcripts):
        edges = sorted(draw(st.sets(st.integers(0, LENGTH + 4), max_size=8)))
        for start, end in zip(edges[::2], edges[1::2], strict=False):
            found.append((t, start, end))
            if draw(st.booleans()) and end < LENGTH:
                found.append((t, end, end + 1))
    return _disjoint(found)


def _disjoint(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept: list[tuple[int, int, int]] = []
    for span in sorted(spans):
        if not kept or kept[-1][0] < span[0] or kept[-1][2] <= span[1]:
            kept.append(span)
    return kept


@st.composite
def small_projects(draw: st.DrawFn, *, codings: int = 10) -> Small:
    """Draw a project of up to three transcripts, five codes, two coders; parents may stand after their children."""
    transcripts, n = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    cases = draw(st.lists(st.integers(0, 2), min_size=transcripts, max_size=transcripts))
    dense = {c: i for i, c in enumerate(sorted(set(cases)))}
    one = st.tuples(
        st.integers(0, transcripts - 1),
        st.integers(0, LENGTH - 1),
        st.integers(1, 8),
        st.integers(0, n - 1),
        st.integers(0, 1),
    )
    drawn = draw(st.lists(one, max_size=codings))
    order = draw(st.permutations(range(n)))
    parents: list[int | None] = [None] * n
    for place, code in enumerate(order[1:], 1):
        parents[code] = draw(st.sampled_from([None, *order[:place]]))
    found = [(t, s, min(LENGTH, s + length), c, k) for t, s, length, c, k in drawn]
    return Small(found, [dense[c] for c in cases], n, draw(spans_of(transcripts)), parents)


def codings_of(small: Small) -> Codings:
    """Return the project's codings as columns."""
    columns = list(zip(*small.codings, strict=True)) or [()] * 5
    t, s, e, c, k = columns
    return Codings(t, s, e, c, k, small.case_of)


def spans_array(small: Small) -> Spans:
    """Return the project's units as columns."""
    columns = list(zip(*small.spans, strict=True)) or [()] * 3
    return Spans(*columns)


def ancestors_of(small: Small) -> list[list[int]]:
    """Return for each code the codes above it."""
    return [small.above(code) for code in range(small.n)]
