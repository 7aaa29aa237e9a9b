"""Rows of transcripts, their revisions, turns, speakers, paragraphs and time marks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, text, update

from qcode.domain.natural import natural
from qcode.domain.span import Span
from qcode.domain.transcript import Revision, Speaker, TimeMark, Transcript, Turn
from qcode.store.lookup import find, fold
from qcode.store.newest import newest_revisions
from qcode.store.schema import case, coding, memo, paragraph, revision, speaker, time_mark, transcript, turn

__all__ = [
    "add_revision",
    "add_transcript",
    "characters_of",
    "count_codings",
    "current",
    "current_id",
    "has_transcript",
    "known_sources",
    "name_taken",
    "paragraphs",
    "read_revision",
    "remove_transcript",
    "rename_transcript",
    "revision_rows",
    "set_case",
    "text_of",
    "transcript_row",
    "transcripts",
]


def add_transcript(
    connection: Connection, *, uuid: str, name: str, language: str | None, case_id: int | None, created_at: str
) -> int:
    """Write a transcript without text; return the row's id, which no transcript had that a version was left with."""
    ask = "SELECT max(coalesce(max(id), 0), (SELECT coalesce(max(transcripts_up_to), 0) FROM codebook_version)) + 1"
    row_id = connection.exec_driver_sql(f"{ask} FROM transcript").scalar_one()
    values = {"id": row_id, "uuid": uuid, "name": name, "name_fold": fold(name), "language": language}
    row = insert(transcript).values(**values, case_id=case_id, created_at=created_at)
    return int(connection.execute(row).inserted_primary_key[0])  # type: ignore[index]


def add_revision(
    connection: Connection,
    transcript_id: int,
    new: Revision,
    *,
    uuid: str,
    n: int,
    created_at: str,
    format: str,
    encoding: str | None,
    source_sha256: str,
    labels: int,
) -> int:
    """Write one fixed state of a transcript's text with all that was found in it.

    Return the row's id, which no revision had that a version was left with.
    """
    ask = "SELECT max(coalesce(max(id), 0), (SELECT coalesce(max(revisions_up_to), 0) FROM codebook_version)) + 1"
    row = insert(revision).values(
        id=connection.exec_driver_sql(f"{ask} FROM revision").scalar_one(),
        uuid=uuid,
        transcript_id=transcript_id,
        n=n,
        created_at=created_at,
        format=format,
        encoding=encoding,
        source_sha256=source_sha256,
        sha256=new.sha256,
        characters=len(new.text),
        labels=labels,
        turns=len(new.turns),
        text=new.text,
    )
    revision_id = int(connection.execute(row).inserted_primary_key[0])  # type: ignore[index]
    _add_finds(connection, revision_id, new)
    return revision_id


def _add_finds(connection: Connection, revision_id: int, new: Revision) -> None:
    """Write what was found in a text: speakers, turns, paragraphs and times."""
    ids: dict[str | None, int | None] = {s.name: _add_speaker(connection, revision_id, s) for s in new.speakers}
    ids[None] = None
    key = {"revision_id": revision_id}
    turns = [
        key | {"n": t.n, "speaker_id": ids[t.speaker], "start": t.start, "end": t.end, "time": t.time}
        for t in new.turns
    ]
    _add_rows(connection, turn, turns)
    _add_rows(connection, paragraph, [key | {"start": p.start, "end": p.end} for p in new.paragraphs])
    marks = {m.position: m.seconds for m in new.time_marks}
    _add_rows(connection, time_mark, [key | {"position": p, "seconds": s} for p, s in marks.items()])


def _add_speaker(connection: Connection, revision_id: int, new: Speaker) -> int:
    aliases = json.dumps(new.aliases, ensure_ascii=False)
    row = insert(speaker).values(revision_id=revision_id, name=new.name, labels=new.labels, aliases=aliases)
    return int(connection.execute(row).inserted_primary_key[0])  # type: ignore[index]


def _add_rows(connection: Connection, table: Any, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))


def transcript_row(connection: Connection, name: str) -> Row[Any]:
    """Return the row of the transcript that `name` names, or raise NotFound."""
    return find(connection, transcript, name, "transcript")


def has_transcript(connection: Connection, uuid: str) -> bool:
    """Tell whether there is a transcript with this whole id."""
    return connection.execute(select(transcript.c.id).where(transcript.c.uuid == uuid)).first() is not None


def name_taken(connection: Connection, name: str) -> bool:
    """Tell whether a transcript has this name, ignoring case."""
    return connection.execute(select(transcript.c.id).where(transcript.c.name_fold == fold(name))).first() is not None


def known_sources(connection: Connection, sha256: str) -> list[str]:
    """Return the names of the transcripts that were read from bytes with this SHA-256, in the order they came in."""
    named = select(transcript.c.name).join(revision).where(revision.c.source_sha256 == sha256)
    return list(connection.execute(named.group_by(transcript.c.id).order_by(transcript.c.id)).scalars())


def current(connection: Connection, transcript_id: int) -> Row[Any]:
    """Return the row of a transcript's newest revision, text included."""
    rows = select(revision).where(revision.c.transcript_id == transcript_id)
    return connection.execute(rows.order_by(revision.c.n.desc()).limit(1)).one()


def characters_of(connection: Connection, transcript_id: int) -> int:
    """Return the length of a transcript's newest revision, which is not read for it."""
    rows = select(revision.c.characters).where(revision.c.transcript_id == transcript_id)
    return int(connection.execute(rows.order_by(revision.c.n.desc()).limit(1)).scalar_one())


def current_id(connection: Connection, transcript_id: int) -> int:
    """Return the row id of a transcript's newest revision."""
    rows = select(revision.c.id).where(revision.c.transcript_id == transcript_id)
    return int(connection.execute(rows.order_by(revision.c.n.desc()).limit(1)).scalar_one())


def read_revision(connection: Connection, revision_id: int) -> Revision:
    """Return one revision with its turns, speakers, paragraphs and times."""
    named = connection.execute(select(speaker).where(speaker.c.revision_id == revision_id).order_by(speaker.c.id)).all()
    names = {row.id: row.name for row in named}
    rows = select(turn.c.n, turn.c.speaker_id, turn.c.start, turn.c.end, turn.c.time)
    turns = connection.execute(rows.where(turn.c.revision_id == revision_id).order_by(turn.c.n))
    marks = select(time_mark.c.position, time_mark.c.seconds).where(time_mark.c.revision_id == revision_id)
    return Revision(
        text=text_of(connection, revision_id),
        turns=tuple(Turn(n, names.get(who), start, end, time) for n, who, start, end, time in turns),
        paragraphs=tuple(paragraphs(connection, revision_id)),
        time_marks=tuple(TimeMark(*row) for row in connection.execute(marks.order_by(time_mark.c.position))),
        speakers=tuple(Speaker(row.name, row.labels, tuple(json.loads(row.aliases))) for row in named),
    )


def text_of(connection: Connection, revision_id: int) -> str:
    """Return the text of a revision."""
    return str(connection.execute(select(revision.c.text).where(revision.c.id == revision_id)).scalar_one())


def paragraphs(connection: Connection, revision_id: int) -> list[Span]:
    """Return the paragraphs of a revision in order."""
    rows = select(paragraph.c.start, paragraph.c.end).where(paragraph.c.revision_id == revision_id)
    return [Span(*row) for row in connection.execute(rows.order_by(paragraph.c.start))]


def revision_rows(connection: Connection, up_to: int | None = None) -> list[Row[Any]]:
    """Return (id, revision_id, name, language, case_id, sha256, uuid, characters) of every transcript.

    It is that of its newest revision: of now, or of those with a row id `up_to` this one.
    """
    columns = (
        transcript.c.id,
        revision.c.id.label("revision_id"),
        transcript.c.name,
        transcript.c.language,
        transcript.c.case_id,
        revision.c.sha256,
        transcript.c.uuid,
        revision.c.characters,
    )
    rows = select(*columns).join(revision, revision.c.transcript_id == transcript.c.id)
    rows = rows.where(revision.c.id.in_(text(f"SELECT id FROM ({newest_revisions(up_to)})")))
    return list(connection.execute(rows.order_by(transcript.c.name_fold)))


def transcripts(connection: Connection, up_to: int | None = None) -> list[Transcript]:
    """Return every transcript in order of name: its newest revision, of now or with a row id `up_to` this one."""
    counted = (
        select(revision.c.transcript_id, func.count().label("codings"))
        .join(coding, coding.c.revision_id == revision.c.id)
        .where(coding.c.ended_version_id.is_(None))
        .group_by(revision.c.transcript_id)
        .subquery()
    )
    rows = (
        select(
            transcript.c.uuid,
            transcript.c.name,
            transcript.c.language,
            case.c.name.label("case_name"),
            revision.c.id.label("revision_id"),
            revision.c.characters,
            revision.c.turns,
            revision.c.sha256,
            func.coalesce(counted.c.codings, 0).label("codings"),
        )
        .join(revision, revision.c.transcript_id == transcript.c.id)
        .outerjoin(case, case.c.id == transcript.c.case_id)
        .outerjoin(counted, counted.c.transcript_id == transcript.c.id)
        .where(revision.c.id.in_(text(f"SELECT id FROM ({newest_revisions(up_to)})")))
    )
    found = sorted(connection.execute(rows), key=lambda row: natural(row.name))
    names = _speaker_names(connection)
    return [
        Transcript(
            id=r.uuid,
            name=r.name,
            language=r.language,
            case=r.case_name,
            characters=r.characters,
            turns=r.turns,
            speakers=tuple(names[r.revision_id]),
            sha256=r.sha256,
            codings=r.codings,
        )
        for r in found
    ]


def _speaker_names(connection: Connection) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for revision_id, name in connection.execute(select(speaker.c.revision_id, speaker.c.name).order_by(speaker.c.id)):
        names[revision_id].append(name)
    return names


def rename_transcript(connection: Connection, transcript_id: int, name: str) -> None:
    """Give a transcript another name."""
    row = update(transcript).where(transcript.c.id == transcript_id)
    connection.execute(row.values(name=name, name_fold=fold(name)))


def set_case(connection: Connection, transcript_ids: Iterable[int], case_id: int | None) -> None:
    """Say whom these transcripts are about."""
    connection.execute(update(transcript).where(transcript.c.id.in_(list(transcript_ids))).values(case_id=case_id))


def count_codings(connection: Connection, transcript_id: int) -> int:
    """Return how many codings stand on a transcript."""
    ids = select(revision.c.id).where(revision.c.transcript_id == transcript_id)
    standing = select(func.count()).where(coding.c.revision_id.in_(ids), coding.c.ended_version_id.is_(None))
    return int(connection.execute(standing).scalar_one())


def remove_transcript(connection: Connection, transcript_id: int) -> int:
    """Remove a transcript with everything that holds its words, memos too; return how many codings went with it.

    One that went over to a corrected text counts once.
    """
    ids = select(revision.c.id).where(revision.c.transcript_id == transcript_id)
    itself = select(transcript.c.uuid).where(transcript.c.id == transcript_id)
    on_it = select(coding.c.uuid).where(coding.c.revision_id.in_(ids))
    connection.execute(delete(memo).where(memo.c.about == "transcript", memo.c.target.in_(itself)))
    connection.execute(delete(memo).where(memo.c.about == "coding", memo.c.target.in_(on_it)))
    again = select(func.count()).where(coding.c.revision_id.in_(ids), coding.c.ended_how == "revised")
    counted = connection.execute(again).scalar_one()
    gone = connection.execute(delete(coding).where(coding.c.revision_id.in_(ids))).rowcount
    connection.execute(delete(transcript).where(transcript.c.id == transcript_id))
    return gone - counted
