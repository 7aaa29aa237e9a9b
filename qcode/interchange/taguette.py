"""A project of Taguette's database as a parcel; accounts, passwords and the history of commands are never read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from qcode.domain.parcel import Parcel, ParcelTranscript
from qcode.errors import NotFound, Unreadable
from qcode.interchange.database_codings import Marked, codings_at
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.database_values import line, project_name
from qcode.interchange.marked_up_text import MarkedUpText
from qcode.interchange.quote_places import Mark
from qcode.interchange.sqlite_file import Tables, read_tables
from qcode.interchange.sqlite_rows import Row
from qcode.interchange.taguette_tags import versions_of

__all__ = ["SIGNS", "read"]

SIGNS = {
    "projects": {"id", "name"},
    "documents": {"id", "contents", "project_id"},
    "tags": {"id", "path"},
    "highlights": {"id", "document_id", "start_offset", "end_offset"},
    "highlight_tags": {"highlight_id", "tag_id"},
}
"""What every version has, and no other tool."""

WANTED = {
    "projects": ("id", "name", "description", "created"),
    "documents": ("id", "name", "description", "created", "project_id", "contents"),
    "tags": ("id", "project_id", "path", "description", "parent_id"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
RULE = "UTF-8 bytes of the text without its tags"
UNREAD = "accounts, passwords and the history of commands, which alone tells who highlighted what, were not read"


def read(data: bytes, name: str, *, project: str | None = None) -> Parcel:
    """Return the only project, or the one called `project`. Raises Unreadable, and NotFound for no such project."""
    tables = read_tables(data, WANTED)
    row = _project(tables["projects"], project)
    number = row.whole("id")
    title = line(row.text("name")) or project_name(name)
    gathering = Gathering("Taguette", number, row.text("created"))
    gathering.remarks += tables.remarks
    gathering.remarks.append(UNREAD)
    gathering.memo("study", "", row.text("description"), row, owner="", date="")
    texts, transcripts = _documents(
        [one for one in tables["documents"] if one.whole("project_id") == number], gathering
    )
    tags = [one for one in tables["tags"] if one.whole("project_id") == number]
    versions, codes = versions_of(title, tags, gathering)
    if not transcripts and not versions:
        raise Unreadable("the project holds neither texts nor codes")
    others = {one.whole("id") for one in tables["documents"] if one.whole("project_id") != number}
    marked = _marked(tables, texts, transcripts, codes, gathering, others)
    by_id = {transcripts[number].id: text for number, text in texts.items()}
    codings, positions, agree = codings_at(
        marked,
        {id: text.kept for id, text in by_id.items()},
        [RULE],
        lambda _, mark: by_id[mark.text].place(mark.start, mark.end),
        "highlights",
        gathering,
    )
    return Parcel(
        name=title,
        origin="Taguette",
        stable=False,
        versions=versions,
        transcripts=tuple(transcripts.values()),
        codings=codings,
        memos=tuple(gathering.memos),
        positions=positions,
        quotes_agree=agree,
        remarks=gathering.conclude(zone=""),
        lost=gathering.lost,
    )


def _project(rows: Sequence[Row], wanted: str | None) -> Row:
    """Return the project that is meant: by its name ignoring case, or by its number where names repeat."""
    names = [line(row.text("name")) for row in rows]
    if not rows:
        raise Unreadable("the file holds no project")
    if wanted is None:
        if len(rows) == 1:
            return rows[0]
        what = f"the file holds {len(rows):,} projects: {_listed(rows)}"
        raise Unreadable(what, mend="say which with --project NAME (or its number)")
    fits = [row for row, name in zip(rows, names, strict=True) if name.casefold() == line(wanted).casefold()]
    fits = fits if len(fits) == 1 else [row for row in rows if str(row.whole("id")) == wanted.strip()]
    if len(fits) != 1:
        raise NotFound(
            f"the file has not one project that is called {line(wanted)!r}",
            mend=f"name one with --project, by its name or number: {_listed(rows)}",
        )
    return fits[0]


def _listed(rows: Sequence[Row]) -> str:
    shown = ", ".join(f"{line(row.text('name'))[:60]} ({row.whole('id')})" for row in rows[:20])
    return shown + (f" and {len(rows) - 20:,} more" if len(rows) > 20 else "")


def _documents(
    rows: Sequence[Row], gathering: Gathering
) -> tuple[dict[int | None, MarkedUpText], dict[int | None, ParcelTranscript]]:
    texts: dict[int | None, MarkedUpText] = {}
    transcripts: dict[int | None, ParcelTranscript] = {}
    for number, row in gathering.numbered(rows, "id", "documents").items():
        text = MarkedUpText(row.text("contents"))
        gathering.lose("pictures in texts", text.pictures, "documents", "a transcript is text")
        gathering.lose("addresses of links", text.links, "documents", "the words of the links were taken")
        if not text.kept.text.strip():
            gathering.lose("documents", 1, "documents", "they hold no words")
            continue
        id = gathering.identity("document", number, row.text("created"))
        name = gathering.name(row.text("name"), f"document {number}")
        when = gathering.moment(row.text("created"))
        texts[number] = text
        transcripts[number] = ParcelTranscript(id, name, text.kept.text, created_at=when)
        gathering.memo("transcript", id, row.text("description"), row, owner="", date="created")
    return texts, transcripts


def _marked(
    tables: Tables,
    texts: Mapping[int | None, MarkedUpText],
    transcripts: Mapping[int | None, ParcelTranscript],
    codes: Mapping[int | None, str],
    gathering: Gathering,
    others: Set[int | None],
) -> list[Marked]:
    """Return a mark for each tag of each highlight in the texts of the project, `others` being those of others."""
    tagged: dict[int | None, dict[int | None, None]] = {}
    for row in tables["highlight_tags"]:
        tagged.setdefault(row.whole("highlight_id"), {})[row.whole("tag_id")] = None
    marked = []
    for number, row in gathering.numbered(tables["highlights"], "id", "highlights").items():
        document = row.whole("document_id")
        start, end = row.whole("start_offset"), row.whole("end_offset")
        if document in others:
            continue
        if document not in texts or start is None or end is None:
            gathering.lose("highlights", 1, "highlights", "their text or their positions are not there")
            continue
        mark = Mark(transcripts[document].id, start, end, MarkedUpText(row.text("snippet")).kept.text)
        tags = tagged.get(number, {})
        gathering.lose("highlights", not tags, "highlights", "they have no tag")
        for tag in tags:
            if tag in codes:
                id = gathering.identity("highlight", number, tag)
                marked.append(Marked(mark, number, id, codes[tag]))
            else:
                gathering.lose("tags of highlights", 1, "highlight_tags", "the tag is not there")
    return marked
