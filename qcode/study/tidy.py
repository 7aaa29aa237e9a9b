"""The tables of a study for statistics programs: codings, segments, code by case, the matrix, what is behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coding
from qcode.domain.span import Span, union
from qcode.domain.table import Column, Table, unique_names
from qcode.errors import BadValue
from qcode.interchange import data_bundle, data_files
from qcode.study.selection import Filters

if TYPE_CHECKING:
    from qcode.domain.case import Case
    from qcode.domain.ledger import Loss
    from qcode.study.study import Study

__all__ = ["TABLES", "all_tables", "bundle_files", "one_table", "table_file"]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")


@dataclass(frozen=True)
class _Material:
    """What the tables are made of: the codings that the filters leave, over one codebook version."""

    study: Study
    filters: Filters

    @cached_property
    def version(self) -> CodebookVersion:
        return self.study.codebooks.show(self.filters.codebook).content

    @cached_property
    def codings(self) -> list[Coding]:
        named = replace(self.filters, codebook=self.filters.codebook or self.version.codebook)
        return self.study.codings.list(named)

    @cached_property
    def counted(self) -> list[Coding]:
        """Return the codings that count: those that wait are left out."""
        return [one for one in self.codings if one.status == "settled"]

    @cached_property
    def codes(self) -> list[Code]:
        used = {one.code for one in self.counted}
        return [code for code in self.version.codes if code.codable or code.key in used]

    @cached_property
    def code_columns(self) -> list[str]:
        return unique_names([code.key for code in self.codes])

    @cached_property
    def cases(self) -> list[Case]:
        hidden = self.study.cases.hidden_attributes()
        return [case.without(hidden) for case in self.study.cases.list()]

    @cached_property
    def case_of(self) -> Mapping[str, Case]:
        return {name: case for case in self.cases for name in case.transcripts}

    @cached_property
    def attributes(self) -> list[str]:
        return sorted({key for case in self.cases for key, _ in case.attributes}, key=str.casefold)

    def path(self, key: str) -> str:
        """Return a code with those above it, as `Parent/Child`."""
        if key.casefold() not in self.version.by_key:
            return key
        return "/".join([*(one.key for one in reversed(self.version.ancestors(key))), key])

    def called(self, code: Code) -> str:
        """Return a code's path, and its name where that says more than its key."""
        return self.path(code.key) if code.name == code.key else f"{self.path(code.key)} ({code.name})"

    def facts(self, prefix: str = "case.") -> tuple[list[Column], Callable[[Case | None], list[object]]]:
        """Return a column for each attribute of the cases, and what gives a case's values for them."""
        values = {key: [value for case in self.cases if (value := case.attribute(key))] for key in self.attributes}
        numeric = {key for key, found in values.items() if found and all(map(_NUMBER.fullmatch, found))}
        columns = [
            Column(f"{prefix}{key}", f"the case's attribute {key}", "number" if key in numeric else "text")
            for key in self.attributes
        ]

        def cells(case: Case | None) -> list[object]:
            found = [None if case is None else case.attribute(key) for key in self.attributes]
            return [float(v) if v and k in numeric else v or None for k, v in zip(self.attributes, found, strict=True)]

        return columns, cells


def _codings(of: _Material) -> Table:
    facts, cells = of.facts()
    columns = (
        Column("coding", "identity of the coding"),
        Column("transcript", "name of the transcript"),
        Column("transcript_id", "identity of the transcript"),
        Column("case", "whom the transcript is about"),
        Column("turn", "number of the turn in which the segment begins, from 1", "integer"),
        Column("speaker", "who speaks there"),
        Column("seconds", "when that turn begins in the recording, in seconds", "number"),
        Column("start", "first position of the segment, in Unicode code points from 0", "integer"),
        Column("end", "first position behind the segment", "integer"),
        Column("characters", "length of the segment in Unicode code points", "integer"),
        Column("quote", "the words of the segment"),
        Column("code", "key of the code"),
        Column("code_name", "name of the code"),
        Column("code_path", "the code with those above it"),
        Column("coder", "who coded"),
        Column("created_at", "when, UTC", "time"),
        Column("codebook", "key of the codebook"),
        Column("version", "version of the codebook under which the coding was made"),
        Column("status", "settled, or pending: it waits for a decision and is in no count"),
        Column("memo", "memos on the coding"),
        *facts,
    )
    ids = {one.name: one.id for one in of.study.transcripts.list()}
    names = {code.key: code.name for code in of.version.codes}
    rows: list[list[object]] = []
    for place in of.study.in_place(of.codings):
        one = place.coding
        where = [one.id, one.transcript, ids.get(one.transcript), place.case, place.turn, place.speaker, place.time]
        what = [one.start, one.end, one.end - one.start, one.quote, one.code, names.get(one.code), of.path(one.code)]
        how = [one.coder, one.created_at, one.codebook, one.version, one.status, one.memo or None]
        rows.append([*where, *what, *how, *cells(of.case_of.get(one.transcript))])
    return Table("codings", "a row is one coding: this coder put this code on this segment", columns, rows)


def _segments(of: _Material) -> Table:
    facts, cells = of.facts()
    columns = (
        Column("transcript", "name of the transcript"),
        Column("case", "whom the transcript is about"),
        Column("start", "first position of the segment, in Unicode code points from 0", "integer"),
        Column("end", "first position behind the segment", "integer"),
        Column("quote", "the words of the segment"),
        Column("coders", "who coded it", "text"),
        *(
            Column(f"code.{name}", f"how many coders put {of.called(code)} on it", "integer")
            for name, code in zip(of.code_columns, of.codes, strict=True)
        ),
        *facts,
    )
    found: dict[tuple[str, int, int], list[Coding]] = {}
    for one in of.counted:
        found.setdefault((one.transcript, one.start, one.end), []).append(one)
    rows: list[list[object]] = []
    for (transcript, start, end), here in found.items():
        case = of.case_of.get(transcript)
        coders = "; ".join(sorted({one.coder for one in here}))
        put = [one.code for one in here]
        counts = [put.count(code.key) for code in of.codes]
        name = None if case is None else case.name
        rows.append([transcript, name, start, end, here[0].quote, coders, *counts, *cells(case)])
    return Table("segments", "a row is one segment, whoever coded it, with a column for each code", columns, rows)


def _code_by(of: _Material, name: str, unit: str, whole: Mapping[str, tuple[str, Case | None, int]]) -> Table:
    """Return a row for each unit; `whole` gives by transcript the unit's name, its case, and how many transcripts."""
    facts, cells = of.facts()
    counted = {(unit, code.key): 0 for unit, _, _ in whole.values() for code in of.codes}
    places: dict[tuple[str, str, str], list[Span]] = {}
    for one in {(c.transcript, c.start, c.end, c.code): c for c in of.counted}.values():
        counted[whole[one.transcript][0], one.code] += 1
        places.setdefault((whole[one.transcript][0], one.code, one.transcript), []).append(Span(one.start, one.end))
    covered: dict[tuple[str, str], int] = {}
    for (unit_name, key, _), spans in places.items():
        length = sum(len(span) for span in union(spans))
        covered[unit_name, key] = covered.get((unit_name, key), 0) + length
    both = list(zip(of.code_columns, of.codes, strict=True))
    columns = (
        Column(unit, f"the {unit}"),
        Column("transcripts", "how many transcripts it has", "integer"),
        *facts,
        *(Column(f"segments.{n}", f"segments with {of.called(c)}, equal ones once", "integer") for n, c in both),
        *(Column(f"characters.{n}", f"characters under {of.called(c)}, each once", "integer") for n, c in both),
    )
    rows: list[list[object]] = []
    for here, case, n in sorted(dict.fromkeys(whole.values()), key=lambda one: one[0].casefold()):
        counts = [counted[here, code.key] for code in of.codes]
        lengths = [covered.get((here, code.key), 0) for code in of.codes]
        rows.append([here, n, *cells(case), *counts, *lengths])
    what = "case with a transcript, or a transcript without a case" if unit == "case" else unit
    return Table(name, f"a row is one {what}; two columns for each code", columns, rows)


def _cases(of: _Material) -> Table:
    whole: dict[str, tuple[str, Any, int]] = {}
    taken = {case.name for case in of.cases}
    for one in of.study.transcripts.list(of.filters):
        case = of.case_of.get(one.name)
        alone = one.name if one.name not in taken else f"{one.name} (no case)"
        whole[one.name] = (alone, None, 1) if case is None else (case.name, case, len(case.transcripts))
    return _code_by(of, "code_by_case", "case", whole)


def _transcripts(of: _Material) -> Table:
    whole = {one.name: (one.name, of.case_of.get(one.name), 1) for one in of.study.transcripts.list(of.filters)}
    return _code_by(of, "code_by_transcript", "transcript", whole)


def _matrix(of: _Material) -> Table:
    from qcode.study.cooccurrence import Request

    found: Any = of.study.ask(Request(filters=of.filters))
    names = unique_names(list(found.codes))
    columns = (
        Column("code", "key of the code"),
        *(
            Column(name, f"stretches of text that carry the code of the row and {of.path(key)}", "integer")
            for name, key in zip(names, found.codes, strict=True)
        ),
    )
    rows = [[key, *values] for key, values in zip(found.codes, found.matrix, strict=True)]
    return Table("matrix", "a row is one code; on the diagonal the stretches that carry it", columns, rows)


def _codebook(of: _Material) -> Table:
    parts = ("brief", "definition", "when", "when_not", "color", "origin")
    columns = (
        Column("code", "key of the code"),
        Column("name", "name of the code"),
        Column("parent", "key of the code above"),
        Column("path", "the code with those above it"),
        Column("codable", "1 where it takes codings, 0 for a heading", "integer"),
        *(Column(part, f"{part.replace('_', ' ')} of the code's entry") for part in parts),
        Column("codings", "how many codings it carries, those that wait left out", "integer"),
    )
    counts = Counter(one.code for one in of.counted)
    rows = [
        [
            *(code.key, code.name, code.parent, of.path(code.key), int(code.codable)),
            *(getattr(code, part) or None for part in parts),
            counts[code.key],
        ]
        for code in of.version.codes
    ]
    return Table("codes", "a row is one code of the codebook version", columns, rows)


def _sources(of: _Material) -> Table:
    columns = (
        Column("transcript", "name of the transcript"),
        Column("transcript_id", "identity of the transcript"),
        Column("case", "whom it is about"),
        Column("language", "its language"),
        Column("characters", "length in Unicode code points", "integer"),
        Column("turns", "number of turns", "integer"),
        Column("speakers", "who speaks"),
        Column("sha256", "SHA-256 of the text as UTF-8"),
    )
    rows = [
        [t.name, t.id, t.case, t.language, t.characters, t.turns, "; ".join(t.speakers) or None, t.sha256]
        for t in of.study.transcripts.list(of.filters)
    ]
    return Table("transcripts", "a row is one transcript", columns, rows)


TABLES: Mapping[str, Callable[[_Material], Table]] = {
    "codings": _codings,
    "segments": _segments,
    "cases": _cases,
    "transcripts": _transcripts,
    "matrix": _matrix,
}
"""The tables that can be asked for by themselves."""


def one_table(study: Study, name: str, filters: Filters) -> Table:
    """Return one of TABLES. Raises BadValue for another name, NotFound or Ambiguous where no codebook is chosen."""
    if name not in TABLES:
        raise BadValue(f"there is no table {name!r}", mend=f"take one of {', '.join(TABLES)}")
    return TABLES[name](_Material(study, filters))


def all_tables(study: Study, filters: Filters) -> Sequence[Table]:
    """Return the tables of a bundle: those of TABLES, the codes, and the list of transcripts."""
    of = _Material(study, filters)
    return [make(of) for make in (*TABLES.values(), _codebook, _sources)]


def table_file(study: Study, name: str, ending: str, filters: Filters) -> tuple[bytes, int, tuple[Loss, ...]]:
    """Return one of TABLES as a file (.csv, .xlsx, .parquet, .sav), its number of rows, and what it could not hold."""
    table = one_table(study, name, filters)
    content, lost = data_files.write(table, ending)
    return content, len(table.rows), lost


def bundle_files(study: Study, filters: Filters, *, command: str) -> Mapping[str, bytes]:
    """Return all tables with a data dictionary as the files of a folder, by their names."""
    made = (*study.provenance(filters), ("Command", command))
    return data_bundle.bundle(all_tables(study, filters), name=study.status().title, made=made)
