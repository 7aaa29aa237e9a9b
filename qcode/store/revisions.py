"""Rows of a transcript's revisions: which there are, and what goes over from one to the next, in bulk."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from qcode.errors import NotFound
from qcode.store.codings import Place
from qcode.store.newest import newest_revisions
from qcode.store.schema import coder, coding, coding_origin, in_vivo, place, rejection, revision

__all__ = [
    "NO_CHANGE",
    "Change",
    "Going",
    "codings_of",
    "earlier_places",
    "forget_rejections",
    "go_over",
    "has_lost_its_place",
    "heirs",
    "lose_place",
    "marks_of",
    "move_marks",
    "move_place",
    "place_anew",
    "places",
    "revision_of",
    "revisions",
    "stands_on_newest",
    "wait_where_lost",
    "was_corrected_since",
]

REVISED = uuid.UUID("b7c0d5a2-6c35-5f0e-8d0b-3f1f5f7e9a41")
"""Codings that a correction makes get an identity made from their origin: studies that correct alike agree on it."""

NO_CHANGE = -1
"""What stands for the change of a version where a coding waits because its words are gone."""

Change = tuple[int, int, int, str]
"""A coding (row id) with where it stands now, and the words there: (id, start, end, quote)."""


@dataclass(frozen=True, slots=True)
class Going:
    """The revision to which codings go over (row id, SHA-256 of its text), when and by whom."""

    revision_id: int
    sha256: str
    at: str
    coder_id: int


def revisions(connection: Connection, transcript_id: int) -> list[Any]:
    """Return the revisions of a transcript without their texts, oldest first, with how many codings stand on each."""
    r = revision.c
    columns = [column for column in revision.columns if column.name != "text"]
    counted = select(func.count()).where(coding.c.revision_id == r.id, coding.c.ended_version_id.is_(None))
    rows = select(*columns, counted.scalar_subquery().label("codings")).where(r.transcript_id == transcript_id)
    return list(connection.execute(rows.order_by(r.n)).all())


def revision_of(connection: Connection, transcript_id: int, n: int, name: str) -> int:
    """Return the row id of the n-th revision of a transcript; raises NotFound."""
    there = select(revision.c.id).where(revision.c.transcript_id == transcript_id, revision.c.n == n)
    found = connection.execute(there).scalar()
    if found is None:
        most = connection.execute(select(func.max(revision.c.n)).where(revision.c.transcript_id == transcript_id))
        raise NotFound(f"{name} has no revision {n}", mend=f"it has 1 to {most.scalar_one()}")
    return int(found)


def codings_of(connection: Connection, transcript_id: int) -> list[Any]:
    """Return the codings that stand on a transcript, on whatever revision, in order of revision and place."""
    c = coding.c
    rows = (
        select(c.id, c.uuid, c.revision_id, c.start, c.end, c.quote, c.code_id, c.coder_id, coder.c.name.label("coder"))
        .join(revision, revision.c.id == c.revision_id)
        .join(coder, coder.c.id == c.coder_id)
        .where(revision.c.transcript_id == transcript_id, c.ended_version_id.is_(None))
        .order_by(c.revision_id, c.start, c.end, c.id)
    )
    return list(connection.execute(rows).all())


def earlier_places(connection: Connection, transcript_id: int) -> dict[int, list[Any]]:
    """Return where the codings (row ids) that stand on a transcript stood before it was corrected, newest first."""
    rows = connection.exec_driver_sql(
        "WITH RECURSIVE stood (id, origin_id) AS (SELECT c.id, o.origin_id FROM coding c JOIN revision r"
        " ON r.id = c.revision_id JOIN coding_origin o ON o.coding_id = c.id WHERE r.transcript_id = ?"
        " AND c.ended_version_id IS NULL AND o.made UNION SELECT s.id, o.origin_id FROM stood s"
        " JOIN coding_origin o ON o.coding_id = s.origin_id WHERE o.made)"
        ' SELECT s.id, b.revision_id, b.start, b."end" FROM stood s JOIN coding b ON b.id = s.origin_id'
        " JOIN coding c ON c.id = s.id WHERE b.revision_id <> c.revision_id ORDER BY s.id, b.revision_id DESC, b.id",
        (transcript_id,),
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.id].append(row)
    return found


@contextmanager
def _going(connection: Connection, changes: Iterable[Change]) -> Iterator[None]:
    """Set up the temporary tables `going` and `newest` (of each code the newest version of its codebook)."""
    ask, driver = connection.exec_driver_sql, connection.connection.driver_connection
    assert driver is not None
    driver.create_function("qcode_revised", 2, _identity, deterministic=True)
    ask('CREATE TEMP TABLE going (id INTEGER PRIMARY KEY, start INTEGER, "end" INTEGER, quote TEXT)')
    ask("CREATE TEMP TABLE newest (code_id INTEGER PRIMARY KEY, version_id INTEGER)")
    try:
        if rows := list(changes):
            ask("INSERT INTO going VALUES (?, ?, ?, ?)", rows)
        ask(
            "INSERT INTO newest SELECT k.id, max(v.id) FROM code k JOIN codebook_version v"
            " ON v.codebook_id = k.codebook_id GROUP BY k.id"
        )
        yield
    finally:
        ask("DROP TABLE IF EXISTS going")
        ask("DROP TABLE IF EXISTS newest")


def _identity(origin: str, sha256: str) -> str:
    return str(uuid.uuid5(REVISED, f"{origin}\n{sha256}"))


_HEIR = (
    'JOIN coding c ON c.id = g.id JOIN coding n ON n.revision_id = ? AND n.start = g.start AND n."end" = g."end"'
    " AND n.code_id = c.code_id AND n.coder_id = c.coder_id AND n.ended_version_id IS NULL"
)


def go_over(connection: Connection, going: Going, changes: Sequence[Change]) -> None:
    """Let codings end where they stand and go on in another revision; what waited for a decision waits there.

    Two of one coder with one code that come to stand on one segment are one from then on; so is what stands there.
    """
    with _going(connection, changes):
        ask = connection.exec_driver_sql
        last = ask("SELECT coalesce(max(id), 0) FROM coding").scalar_one()
        ask(
            'INSERT INTO coding (uuid, revision_id, start, "end", code_id, coder_id, version_id, created_at, quote,'
            ' since_version_id) SELECT qcode_revised(c.uuid, ?), ?, g.start, g."end", c.code_id, c.coder_id,'
            " c.version_id, c.created_at, g.quote, nullif(w.version_id, c.version_id)"
            " FROM going g JOIN coding c ON c.id = g.id JOIN newest w ON w.code_id = c.code_id WHERE g.id IN"
            ' (SELECT min(c.id) FROM going g JOIN coding c ON c.id = g.id GROUP BY g.start, g."end", c.code_id,'
            " c.coder_id) AND NOT EXISTS (SELECT 1 FROM coding n WHERE n.revision_id = ? AND n.start = g.start"
            ' AND n."end" = g."end" AND n.code_id = c.code_id AND n.coder_id = c.coder_id'
            " AND n.ended_version_id IS NULL) ORDER BY g.id",
            (going.sha256, going.revision_id, going.revision_id),
        )
        ask(
            "INSERT INTO coding_origin (coding_id, origin_id, made) SELECT n.id, g.id, n.id > ? FROM going g " + _HEIR,
            (last, going.revision_id),
        )
        ask(
            "INSERT OR IGNORE INTO pending (coding_id, version_id, n) SELECT n.id, p.version_id, p.n FROM going g "
            + _HEIR
            + " JOIN pending p ON p.coding_id = g.id WHERE p.ended_version_id IS NULL AND p.n >= 0",
            (going.revision_id,),
        )
        for table, key in (("pending", "coding_id"), ("coding", "id")):
            ask(
                f"UPDATE {table} SET ended_version_id = (SELECT w.version_id FROM newest w JOIN coding c"
                f" ON c.code_id = w.code_id WHERE c.id = {table}.{key}), ended_how = 'revised', ended_at = ?,"
                f" ended_by_id = ? WHERE {key} IN (SELECT id FROM going) AND ended_version_id IS NULL",
                (going.at, going.coder_id),
            )


def heirs(connection: Connection, revision_id: int) -> dict[str, str]:
    """Return what the codings (uuid) became that went over to a revision."""
    rows = connection.exec_driver_sql(
        "SELECT b.uuid, n.uuid FROM coding n JOIN coding_origin o ON o.coding_id = n.id"
        " JOIN coding b ON b.id = o.origin_id WHERE n.revision_id = ? AND b.ended_how = 'revised'",
        (revision_id,),
    )
    return {row[0]: row[1] for row in rows}


def lose_place(connection: Connection, ids: Iterable[int]) -> None:
    """Let codings wait because their words are gone, unless they do already."""
    with _going(connection, ((one, 0, 0, "") for one in ids)):
        connection.exec_driver_sql(
            "INSERT INTO pending (coding_id, version_id, n) SELECT g.id, w.version_id, ? FROM going g"
            " JOIN coding c ON c.id = g.id JOIN newest w ON w.code_id = c.code_id WHERE NOT EXISTS"
            " (SELECT 1 FROM pending p WHERE p.coding_id = g.id AND p.n = ? AND p.ended_version_id IS NULL)",
            (NO_CHANGE, NO_CHANGE),
        )


def wait_where_lost(connection: Connection, uuids: Iterable[str]) -> None:
    """Let those of these codings wait that stand on a revision which another has followed."""
    gone = select(coding.c.id).where(coding.c.uuid.in_(list(uuids)), coding.c.revision_id.not_in(_newest()))
    lose_place(connection, list(connection.execute(gone).scalars()))


def _newest() -> Any:
    return select(func.max(revision.c.id)).group_by(revision.c.transcript_id)


def stands_on_newest(connection: Connection, coding_id: int) -> bool:
    """Tell whether a coding is on the newest revision of its transcript."""
    ask = f"SELECT 1 FROM coding WHERE id = ? AND revision_id IN (SELECT id FROM ({newest_revisions()}))"
    return connection.exec_driver_sql(ask, (coding_id,)).first() is not None


def has_lost_its_place(connection: Connection, coding_id: int) -> bool:
    """Tell whether a coding waits, or waited, because its words are gone."""
    ask = "SELECT 1 FROM pending WHERE coding_id = ? AND n = ?"
    return connection.exec_driver_sql(ask, (coding_id, NO_CHANGE)).first() is not None


def place_anew(
    connection: Connection,
    row: Any,
    place: Place,
    quote: str,
    *,
    uuid: str,
    version_id: int,
    made_under: int,
) -> None:
    """Write the coding that a person puts where the words of another (its row) are now; it waits for what that did."""
    revision_id, start, end, code_id, coder_id = place
    values = {"uuid": uuid, "revision_id": revision_id, "start": start, "end": end, "code_id": code_id, "quote": quote}
    since = None if version_id == made_under else version_id
    made = insert(coding).values(
        **values, coder_id=coder_id, version_id=made_under, created_at=row.created_at, since_version_id=since
    )
    new = int(connection.execute(made).inserted_primary_key[0])  # type: ignore[index]
    connection.execute(insert(coding_origin).values(coding_id=new, origin_id=row.id, made=True))
    connection.exec_driver_sql(
        "INSERT INTO pending (coding_id, version_id, n) SELECT ?, version_id, n FROM pending"
        " WHERE coding_id = ? AND n >= 0 AND ended_version_id IS NULL",
        (new, row.id),
    )


def was_corrected_since(connection: Connection, coding_id: int) -> bool:
    """Tell whether a coding that was decided on, or what came of it, went over to a corrected text since.

    So it is too where it ended on a text that others have followed, unless it waited there.
    """
    ask = (
        "SELECT 1 FROM coding WHERE ended_how = 'revised' AND (id = ? OR id IN"
        " (SELECT coding_id FROM coding_origin WHERE origin_id = ?))"
    )
    if connection.exec_driver_sql(ask, (coding_id, coding_id)).first() is not None:
        return True
    return not (stands_on_newest(connection, coding_id) or has_lost_its_place(connection, coding_id))


def marks_of(connection: Connection, transcript_id: int) -> list[Any]:
    """Return the passages of a transcript that are marked in vivo, on whatever revision, in order of place."""
    m = in_vivo.c
    rows = (
        select(m.id, m.uuid, m.revision_id, m.start, m.end, m.quote, m.key, coder.c.name.label("coder"))
        .join(revision, revision.c.id == m.revision_id)
        .join(coder, coder.c.id == m.coder_id)
        .where(revision.c.transcript_id == transcript_id)
        .order_by(m.revision_id, m.start, m.end, m.id)
    )
    return list(connection.execute(rows).all())


def move_marks(connection: Connection, revision_id: int, changes: Iterable[Change]) -> None:
    """Put marks in vivo on another revision; they are no codings yet, and keep their identity."""
    for mark_id, start, end, quote in changes:
        row = update(in_vivo).where(in_vivo.c.id == mark_id)
        connection.execute(row.values(revision_id=revision_id, start=start, end=end, quote=quote))


def places(connection: Connection, transcript_id: int) -> list[tuple[int, int, int]]:
    """Return (coder, where this coder left off, how far this coder has read) of a transcript, in row ids."""
    rows = select(place.c.coder_id, place.c.at, place.c.read).where(place.c.transcript_id == transcript_id)
    return [(row[0], row[1], row[2]) for row in connection.execute(rows)]


def move_place(connection: Connection, transcript_id: int, coder_id: int, *, at: int, read: int) -> None:
    """Write where a coder is in the corrected text; when that was kept stays as it is."""
    row = update(place).where(place.c.transcript_id == transcript_id, place.c.coder_id == coder_id)
    connection.execute(row.values(at=at, read=read))


def forget_rejections(connection: Connection, transcript_id: int) -> int:
    """Forget which suggestions in a transcript were rejected: they were of another text; return how many."""
    ids = select(revision.c.id).where(revision.c.transcript_id == transcript_id)
    return connection.execute(delete(rejection).where(rejection.c.revision_id.in_(ids))).rowcount
