"""RQDA's project database as a parcel; rows that RQDA keeps as deleted are left out and counted."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.domain.parcel import Parcel, ParcelCase, ParcelTranscript
from qcode.errors import Unreadable
from qcode.interchange.counted_text import CountedText, Source, locate_in, rules_of
from qcode.interchange.database_cases import CaseBook
from qcode.interchange.database_codings import codings_at
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.database_values import project_name
from qcode.interchange.rqda_codes import marked_of, versions_of
from qcode.interchange.rqda_tables import OTHERS, WANTED, Living
from qcode.interchange.sqlite_file import read_tables
from qcode.interchange.sqlite_rows import Row

__all__ = ["read"]

ZONE = "RQDA writes times without their zone; they were taken as UTC"


def read(data: bytes, name: str) -> Parcel:
    """Return the project in the bytes of an .rqda file; `name` is what it is called. Raises Unreadable."""
    tables = read_tables(data, WANTED)
    project = tables["project"][0] if tables["project"] else None
    gathering = Gathering("RQDA", project.text("date") if project else "")
    gathering.remarks += tables.remarks
    living = Living(tables, gathering)
    sources = _sources(living, gathering)
    versions, codes = versions_of(project_name(name), living, gathering)
    if not sources and not versions:
        raise Unreadable("the project holds neither texts nor codes")
    counted = {source.transcript.id: source.counted for source in sources.values()}
    codings, positions, agree = codings_at(
        marked_of(living, sources, codes, gathering),
        {id: text.kept for id, text in counted.items()},
        rules_of(counted.values()),
        locate_in(counted),
        "coding",
        gathering,
    )
    rule = positions.rule if positions else ""
    cases = _cases(living, sources, gathering, rule)
    _memos(living, sources, gathering, rule, project)
    for table, (what, why) in OTHERS.items():
        gathering.lose(what, len(living[table]), table, why)
    return gathering.parcel(
        project_name(name),
        zone=ZONE,
        versions=versions,
        transcripts=tuple(source.transcript for source in sources.values()),
        codings=codings,
        cases=cases,
        positions=positions,
        quotes_agree=agree,
    )


def _sources(living: Living, gathering: Gathering) -> dict[int | None, Source]:
    sources: dict[int | None, Source] = {}
    for number, row in gathering.numbered(living["source"], "id", "files").items():
        name, counted = gathering.name(row.text("name"), f"file {number}"), CountedText(row.text("file"))
        if not counted.text.strip():
            gathering.lose("files", 1, "source", "they hold no words")
            continue
        id = gathering.identity("source", number, row.text("date"))
        transcript = ParcelTranscript(id, name, counted.text, created_at=gathering.moment(row.text("date")))
        sources[number] = Source(transcript, counted)
        gathering.memo("transcript", id, row.text("memo"), row)
        gathering.nuls(counted.nuls)
    return sources


def _cases(
    living: Living, sources: Mapping[int | None, Source], gathering: Gathering, rule: str
) -> tuple[ParcelCase, ...]:
    book = CaseBook({one.transcript.id: one.transcript.name for one in sources.values()}, gathering)
    for number, row in gathering.numbered(living["cases"], "id", "cases").items():
        id = gathering.identity("cases", number, row.text("date"))
        book.add(number, id, gathering.name(row.text("name"), f"case {number}"))
        gathering.memo("case", id, row.text("memo"), row)
    for row in living["caselinkage"]:
        _link(row, sources.get(row.whole("fid")), book, gathering, rule)
    for row in _said(living, "caseAttr"):
        case = row.whole("caseID")
        if book.id_of(case) is not None:
            book.fact(case, row.text("variable"), row.text("value"))
        else:
            gathering.lose("attributes", 1, "caseAttr", "the case is not there")
    for row in _said(living, "fileAttr"):
        source = sources.get(row.whole("fileID"))
        if source is not None:
            book.fact_of(source.transcript.id, row.text("variable"), row.text("value"))
        else:
            gathering.lose("attributes", 1, "fileAttr", "the file is not there")
    return book.cases()


def _said(living: Living, table: str) -> list[Row]:
    """Return the attributes that have a value: RQDA writes R's NA for one that was not entered."""
    return [row for row in living[table] if row.text("value") != "NA"]


def _link(row: Row, source: Source | None, book: CaseBook, gathering: Gathering, rule: str) -> None:
    number = row.whole("caseid")
    id = book.id_of(number)
    if id is None or source is None:
        gathering.lose("links of cases to files", 1, "caselinkage", "the case or the file is not there")
        return
    gathering.memo("case", id, row.text("memo"), row)
    start, end = row.whole("selfirst") or 0, row.whole("selend") or 0
    if start <= 0 and (end <= 0 or end >= source.counted.length(rule) - 1):
        book.link(number, source.transcript.id)
    else:
        why = "a case has whole transcripts here, not passages of them"
        gathering.lose("links of cases to passages", 1, "caselinkage", why)


def _memos(
    living: Living, sources: Mapping[int | None, Source], gathering: Gathering, rule: str, project: Row | None
) -> None:
    """Take the memos on the project, on its attributes and on passages, and the journals."""
    if project is not None:
        gathering.memo("study", "", project.text("memo"), project, owner="", date="")
    for row in living["attributes"]:
        if row.text("memo").strip():
            gathering.memo("study", "", f"{row.text('name')}: {row.text('memo')}", row)
    for row in living["journal"]:
        gathering.memo("study", "", f"{row.text('name')}\n\n{row.text('journal')}", row)
    for row in living["annotation"]:
        source, position = sources.get(row.whole("fid")), row.whole("position")
        if source is None:
            gathering.lose("notes on passages", 1, "annotation", "the text that they stand in is not there")
        elif row.text("annotation").strip():
            ours = None if position is None else source.counted.place(rule, position)
            place = position if ours is None else ours
            gathering.memo("transcript", source.transcript.id, f"[{place}] {row.text('annotation')}", row)
