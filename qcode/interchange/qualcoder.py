"""QualCoder's project database (data.qda) as a parcel."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.domain.parcel import Parcel, ParcelTranscript
from qcode.errors import Unreadable
from qcode.interchange.counted_text import CountedText, Source
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.database_values import project_name
from qcode.interchange.qualcoder_cases import cases_of
from qcode.interchange.qualcoder_codes import versions_of
from qcode.interchange.qualcoder_codings import codings_of
from qcode.interchange.qualcoder_tables import WANTED
from qcode.interchange.sqlite_file import Tables, read_tables
from qcode.interchange.sqlite_rows import Row

__all__ = ["read"]

ZONE = "QualCoder writes times without their zone; they were taken as UTC"


def read(data: bytes, name: str) -> Parcel:
    """Return the project in the bytes of `data.qda`; `name` is what the file is called. Raises Unreadable."""
    tables = read_tables(data, WANTED)
    project = tables["project"][0] if tables["project"] else None
    gathering = Gathering("QualCoder", project.text("date") if project else "")
    gathering.remarks += tables.remarks
    sources = _sources(tables, gathering)
    versions, codes = versions_of(project_name(name), tables, gathering)
    if not sources and not versions:
        raise Unreadable("the project holds neither texts nor codes")
    codings, positions, agree = codings_of(tables, sources, codes, gathering)
    rule = positions.rule if positions else ""
    cases = cases_of(tables, sources, gathering, rule)
    _memos(tables, sources, gathering, rule)
    _left_out(tables, gathering)
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


def _sources(tables: Tables, gathering: Gathering) -> dict[int | None, Source]:
    """Return the texts by their number; sound, film and pictures are lost, their memos are the study's."""
    sources: dict[int | None, Source] = {}
    for number, row in gathering.numbered(tables["source"], "id", "files").items():
        name = gathering.name(row.text("name"), f"file {number}")
        counted = CountedText(row.text("fulltext"))
        if not counted.text.strip():
            gathering.memo("study", "", row.text("memo").strip() and f"{name}: {row.text('memo')}", row)
            what = "sound, film and pictures" if row.text("mediapath") else "texts without words"
            gathering.lose(what, 1, "source", "a study holds texts")
            continue
        id = gathering.identity("source", number, row.text("date"))
        transcript = ParcelTranscript(id, name, counted.text, created_at=gathering.moment(row.text("date")))
        sources[number] = Source(transcript, counted)
        gathering.memo("transcript", id, row.text("memo"), row)
        if row.text("mediapath").casefold().endswith(".pdf"):
            gathering.lose("pages of PDF files", 1, "source", "their text was taken, not what they look like")
        gathering.nuls(counted.nuls)
    return sources


def _memos(tables: Tables, sources: Mapping[int | None, Source], gathering: Gathering, rule: str) -> None:
    """Take the memos on the project, its attributes, passages and what was coded in other media, and the journals."""
    for row in tables["project"][:1]:
        gathering.memo("study", "", row.text("memo"), row, owner="", date="")
    for row in tables["attribute_type"]:
        if row.text("memo").strip():
            gathering.memo("study", "", f"{row.text('name')}: {row.text('memo')}", row)
    for row in tables["journal"]:
        gathering.memo("study", "", f"{row.text('name')}\n\n{row.text('jentry')}", row)
    files = {row.whole("id"): row.text("name") for row in tables["source"]}
    for row in (*tables["code_image"], *tables["code_av"]):
        if row.text("memo").strip():
            gathering.memo("study", "", f"{files.get(row.whole('id'), 'file')}: {row.text('memo')}", row)
    for row in tables["annotation"]:
        _note(row, sources.get(row.whole("fid")), gathering, rule)


def _note(row: Row, source: Source | None, gathering: Gathering, rule: str) -> None:
    if source is None:
        gathering.lose("notes on passages", 1, "annotation", "the text that they stand in is not there")
        return
    raw = [row.whole("pos0"), row.whole("pos1")]
    ours = [None if one is None else source.counted.place(rule, one) for one in raw]
    if None in ours:
        why = "they are outside the text; the memo has the numbers as the file has them"
        gathering.lose("places of notes on passages", 1, "annotation", why)
    start, end = raw if None in ours else ours
    if row.text("memo").strip():
        gathering.memo("transcript", source.transcript.id, f"[{start}-{end}] {row.text('memo')}", row)


def _left_out(tables: Tables, gathering: Gathering) -> None:
    texts = "a study holds codings of texts"
    gathering.lose("codings of pictures and PDF pages", len(tables["code_image"]), "code_image", texts)
    gathering.lose("codings of sound and film", len(tables["code_av"]), "code_av", texts)
    gathering.lose("graphs", len(tables["graph"]), "graph", "they are drawings of the program")
    gathering.lose("stored queries", len(tables["stored_sql"]), "stored_sql", "they ask the program's own tables")
    linked = sum(row.whole("av_text_id") is not None for row in tables["source"])
    gathering.lose("links of sound and film to their transcripts", linked, "source", "a study holds texts")
    cited = sum(row.whole("risid") is not None for row in tables["source"])
    gathering.lose("bibliographic references of files", cited, "source", "a study has no place for them")
