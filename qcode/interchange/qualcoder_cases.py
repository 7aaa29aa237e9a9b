"""QualCoder's cases: their transcripts and attributes, those of the transcripts among them."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.domain.parcel import ParcelCase
from qcode.interchange.counted_text import Source
from qcode.interchange.database_cases import CaseBook
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.sqlite_file import Tables
from qcode.interchange.sqlite_rows import Row

__all__ = ["cases_of"]


def cases_of(
    tables: Tables, sources: Mapping[int | None, Source], gathering: Gathering, rule: str
) -> tuple[ParcelCase, ...]:
    """Return the cases; memos on them go to `gathering`. `rule` is how positions are counted, "" if nobody knows."""
    book = CaseBook({one.transcript.id: one.transcript.name for one in sources.values()}, gathering)
    for number, row in gathering.numbered(tables["cases"], "caseid", "cases").items():
        id = gathering.identity("cases", number, row.text("date"))
        book.add(number, id, gathering.name(row.text("name"), f"case {number}"))
        gathering.memo("case", id, row.text("memo"), row)
    for row in tables["case_text"]:
        _link(row, sources, book, gathering, rule)
    for row in tables["attribute"]:
        _fact(row, sources, book, gathering)
    return book.cases()


def _link(row: Row, sources: Mapping[int | None, Source], book: CaseBook, gathering: Gathering, rule: str) -> None:
    number, source = row.whole("caseid"), sources.get(row.whole("fid"))
    id = book.id_of(number)
    if id is None or source is None:
        why = "the case is not there" if id is None else "it is no text, or not there"
        gathering.lose("links of cases to files", 1, "case_text", why)
        return
    gathering.memo("case", id, row.text("memo"), row)
    start, end = row.whole("pos0") or 0, row.whole("pos1") or 0
    # some versions of QualCoder end the whole text at its last letter
    if start <= 0 and (end <= 0 or end >= source.counted.length(rule) - 1):
        book.link(number, source.transcript.id)
    else:
        why = "a case has whole transcripts here, not passages of them"
        gathering.lose("links of cases to passages", 1, "case_text", why)


def _fact(row: Row, sources: Mapping[int | None, Source], book: CaseBook, gathering: Gathering) -> None:
    number, value = row.whole("id"), row.text("value")
    if not value.strip():
        return
    if row.text("attr_type") == "case" and book.id_of(number) is not None:
        book.fact(number, row.text("name"), value)
    elif row.text("attr_type") == "file" and number in sources:
        book.fact_of(sources[number].transcript.id, row.text("name"), value)
    else:
        gathering.lose("attributes", 1, "attribute", "they are about a file that is no text, or about nothing")
