"""The passages behind one cell of a matrix: where two codes meet, with the codings that meet there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from qcode.analysis.answer import Question
from qcode.analysis.matrix import Matrix
from qcode.analysis.rules import choose_distance
from qcode.domain.coding import Coding
from qcode.domain.span import Span, union
from qcode.domain.transcript import Revision
from qcode.errors import BadValue, Conflict
from qcode.store import transcripts as transcript_rows
from qcode.store.engine import Store
from qcode.study.codes import choose_version, find_code
from qcode.study.codings import list_codings
from qcode.study.cooccurrence import Request, cooccurrence
from qcode.study.selection import resolve

__all__ = ["Passage", "passages"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch where two codes meet; `first` and `second` are the codings of each that make them meet."""

    transcript: str
    start: int
    end: int
    quote: str
    first: tuple[Coding, ...]
    second: tuple[Coding, ...]


@dataclass(frozen=True)
class _Place:
    """One transcript as the relations need it: its text, and the units that hold codings."""

    name: str
    revision: Revision
    units: tuple[Span, ...]
    turns: tuple[Span, ...]


def passages(store: Store, asked: Request, first: str, second: str) -> list[Passage]:
    """Return where the codes `first` (the row) and `second` (the column) meet, in order of transcript and place."""
    _must_be_shown(store, asked, first, second)
    with store.read() as connection:
        version = choose_version(connection, asked.filters.codebook)
        families = [_family(connection, version.label, name, rollup=asked.question.rollup) for name in (first, second)]
        filters = replace(asked.filters, codes=tuple(families[0] | families[1]), children=False, codebook=version.label)
        by_transcript: dict[str, list[Coding]] = defaultdict(list)
        for one in list_codings(connection, filters, pending=filters.pending, placed=True):
            by_transcript[one.transcript].append(one)
        up_to = resolve(connection, filters).chosen.up_to
        texts = {row.name: row for row in transcript_rows.revision_rows(connection, up_to)}
        found: list[Passage] = []
        for name, codings in by_transcript.items():
            place = _place(connection, texts[name], asked.question)
            for part in _apart(codings, asked.question):
                a = [c for c in part if c.code in families[0]]
                b = [c for c in part if c.code in families[1]]
                found += _meetings(asked.question, place, a, b)
    return found


def _must_be_shown(store: Store, asked: Request, first: str, second: str) -> None:
    """Refuse a cell that `--min-cases` withholds: its passages say more than its number."""
    if asked.question.min_cases is None:
        return
    with store.read() as connection:
        keys = [find_code(connection, name, codebook=asked.filters.codebook).code.key for name in (first, second)]
    matrix = cooccurrence(store, replace(asked, by=None))
    if isinstance(matrix, Matrix) and tuple(keys) in matrix.hidden:
        raise Conflict(
            f"the cell of {keys[0]} and {keys[1]} is withheld: too few cases stand behind it",
            mend="its passages would name them; leave out --min-cases to read them yourself",
        )


def _family(connection: Connection, label: str, name: str, *, rollup: bool) -> set[str]:
    found = find_code(connection, name, codebook=label)
    below = found.version.content.descendants(found.code.key)
    if not rollup and not found.code.codable:
        raise Conflict(f"{found.code.key} is only a heading", mend="add --rollup to count the codes below it with it")
    below = below if rollup else []
    return {code.key for code in (found.code, *below)}


def _apart(codings: list[Coding], question: Question) -> Iterable[list[Coding]]:
    if not question.per_coder:
        return [codings]
    by_coder: dict[str, list[Coding]] = defaultdict(list)
    for one in codings:
        by_coder[one.coder].append(one)
    return by_coder.values()


def _place(connection: Connection, row: Any, question: Question) -> _Place:
    revision = transcript_rows.read_revision(connection, row.revision_id)
    turns = tuple(Span(t.start, t.end) for t in revision.turns)
    units: tuple[Span, ...] = ()
    if question.unit == "turn":
        units = turns
    elif question.unit == "paragraph":
        units = revision.paragraphs
    elif question.unit == "sentence":
        from qcode.text.sentences import sentence_spans

        units = tuple(sentence_spans(revision.text, row.language, turns))
    elif question.unit in ("transcript", "case"):
        units = (Span(0, len(revision.text)),)
    return _Place(row.name, revision, units, turns)


def _meetings(question: Question, place: _Place, a: list[Coding], b: list[Coding]) -> Iterator[Passage]:
    if question.unit == "overlap":
        yield from _stretches(place, a, b)
    elif place.units:
        yield from _units(place, a, b)
    else:
        yield from _pairs(question, place, a, b)


def _stretches(place: _Place, a: list[Coding], b: list[Coding]) -> Iterator[Passage]:
    runs = union(_span(c) for c in b)
    shared = [both for one in union(_span(c) for c in a) for other in runs if (both := one.intersection(other))]
    for stretch in shared:
        here = ([c for c in side if _span(c).overlaps(stretch)] for side in (a, b))
        yield _passage(place, stretch, *here)


def _units(place: _Place, a: list[Coding], b: list[Coding]) -> Iterator[Passage]:
    for unit in place.units:
        first = [c for c in a if _span(c).overlaps(unit)]
        second = [c for c in b if _span(c).overlaps(unit)]
        if first and second:
            yield _passage(place, unit, first, second)


def _pairs(question: Question, place: _Place, a: list[Coding], b: list[Coding]) -> Iterator[Passage]:
    for one, same_one in _facts(a).items():
        for other, same_other in _facts(b).items():
            if one != other and _related(question, place, one[0], other[0]):
                whole = Span(min(one[0].start, other[0].start), max(one[0].end, other[0].end))
                yield _passage(place, whole, same_one, same_other)


def _facts(codings: list[Coding]) -> dict[tuple[Span, str], list[Coding]]:
    """Join codings of several coders that say the same: one fact."""
    found: dict[tuple[Span, str], list[Coding]] = defaultdict(list)
    for one in codings:
        found[_span(one), one.code].append(one)
    return found


def _related(question: Question, place: _Place, a: Span, b: Span) -> bool:
    match question.unit:
        case "exact":
            return a == b
        case "within":
            return b.contains(a)
        case "near":
            return a.overlaps(b) or _close(question, place, *sorted((a, b)))
        case "follows":
            return a.end <= b.start and _close(question, place, a, b)
    raise BadValue(f"there is no unit {question.unit!r}")


def _close(question: Question, place: _Place, earlier: Span, later: Span) -> bool:
    distance = choose_distance(question.unit, question.distance)
    if distance is None:
        raise BadValue(f"the unit {question.unit} needs a distance", mend="add --distance 200c or 1t")
    if distance.kind == "c":
        return earlier.gap(later) <= distance.n
    left = [n for n, turn in enumerate(place.turns) if turn.overlaps(earlier)]
    right = [n for n, turn in enumerate(place.turns) if turn.overlaps(later)]
    return bool(left and right) and right[0] - left[-1] <= distance.n


def _span(coding: Coding) -> Span:
    return Span(coding.start, coding.end)


def _passage(place: _Place, span: Span, first: Iterable[Coding], second: Iterable[Coding]) -> Passage:
    return Passage(place.name, span.start, span.end, span.of(place.revision.text), tuple(first), tuple(second))
