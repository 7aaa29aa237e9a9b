"""Reads a whole study and tells what is not as qcode wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from qcode.domain.history import broken_links
from qcode.domain.transcript import text_hash
from qcode.store import codebooks as codebook_rows
from qcode.store import lineage
from qcode.store.history import entries
from qcode.store.merged_acts import broken_acts, merged_entries
from qcode.store.newest import newest_revisions
from qcode.store.schema import codebook_version, coding, in_vivo, memo, revision, transcript, turn
from qcode.store.transcripts import read_revision

__all__ = ["Finding", "findings"]

Finding = tuple[str, str]
"""(where, what is off)"""


_FOREIGN = """
SELECT iif(sql LIKE 'CREATE VIRTUAL%', 'virtual table', type), name FROM sqlite_master
WHERE type IN ('view', 'trigger') OR sql LIKE 'CREATE VIRTUAL%' ORDER BY name"""
"""What acts by itself where it is read or written: a study has none of it."""


def findings(connection: Connection) -> Iterator[Finding]:
    """Yield everything that is off: the file's structure, texts, quotes, codebooks, memos, the history's chain."""
    yield from _file(connection)
    yield from _texts(connection)
    yield from _ended_quotes(connection)
    yield from _codebooks(connection)
    yield from _changes(connection)
    yield from _queue(connection)
    yield from _memos(connection)
    yield from _acts(connection)
    for n in broken_links(entries(connection)):
        yield f"history, act {n}", "it does not follow the act before it: the history was changed"
    for act in broken_acts(connection):
        yield f"history of a merged study, act {act}", "it does not follow the act before it: the history was changed"


def _file(connection: Connection) -> Iterator[Finding]:
    for kind, name in connection.exec_driver_sql(_FOREIGN):
        yield "file", f"qcode made no {kind} {name}"
    for (message,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield "file", str(message)
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"table {row[0]}, row {row[1]}", f"it points to a row of {row[2]} that is not there"


def _texts(connection: Connection) -> Iterator[Finding]:
    rows = connection.execute(
        select(revision.c.id, revision.c.n, transcript.c.name)
        .join(transcript, transcript.c.id == revision.c.transcript_id)
        .order_by(transcript.c.name_fold, revision.c.n)
    ).all()
    for revision_id, n, name in rows:
        where = f"transcript {name}" if n == 1 else f"transcript {name}, revision {n}"
        kept = connection.execute(
            select(revision.c.text, revision.c.sha256, revision.c.characters).where(revision.c.id == revision_id)
        ).one()
        if text_hash(kept.text) != kept.sha256 or len(kept.text) != kept.characters:
            yield where, "its text is not what was imported (its SHA-256 differs)"
        try:
            read_revision(connection, revision_id)
        except (ValueError, TypeError, KeyError):
            yield where, "its speakers or turns cannot be read"
        yield from _turns(connection, revision_id, len(kept.text), where)
        yield from _quotes(connection, revision_id, kept.text, where)
        yield from _marks(connection, revision_id, kept.text, where)


def _turns(connection: Connection, revision_id: int, length: int, where: str) -> Iterator[Finding]:
    before = 0
    rows = select(turn.c.n, turn.c.start, turn.c.end).where(turn.c.revision_id == revision_id).order_by(turn.c.n)
    for n, start, end in connection.execute(rows):
        if start < before or end > length:
            yield f"{where}, turn {n}", "it overlaps the turn before it or ends behind the text"
        before = end


def _quotes(connection: Connection, revision_id: int, text: str, where: str) -> Iterator[Finding]:
    c = coding.c
    here = (c.revision_id == revision_id, c.ended_version_id.is_(None))  # (found through the index of live codings)
    rows = select(c.uuid, c.start, c.end, c.quote).where(*here).order_by(c.start, c.end, c.code_id, c.coder_id)
    for uuid, start, end, quote in connection.execute(rows):
        if text[start:end] != quote:
            yield f"{where}, coding {uuid[:8]}", "its quote is not what stands at its place"


def _marks(connection: Connection, revision_id: int, text: str, where: str) -> Iterator[Finding]:
    """Hold the passages that are marked in vivo against the text."""
    m = in_vivo.c
    rows = select(m.uuid, m.start, m.end, m.quote).where(m.revision_id == revision_id).order_by(m.start, m.id)
    for uuid, start, end, quote in connection.execute(rows):
        if text[start:end] != quote:
            yield f"{where}, mark {uuid[:8]}", "its quote is not what stands at its place"


def _ended_quotes(connection: Connection) -> Iterator[Finding]:
    """Hold the codings that have ended against their texts, in one run over the table."""
    c = coding.c
    rows = select(c.uuid, c.revision_id, c.start, c.end, c.quote).where(c.ended_version_id.is_not(None))
    text, held = "", None
    for uuid, revision_id, start, end, quote in connection.execute(rows.order_by(c.revision_id)):
        if revision_id != held:
            text = connection.execute(select(revision.c.text).where(revision.c.id == revision_id)).scalar_one()
            held = revision_id
        if text[start:end] != quote:
            yield f"coding {uuid[:8]}", "its quote is not what stood at its place"


def _codebooks(connection: Connection) -> Iterator[Finding]:
    codes_of: dict[int, set[int]] = {}
    for row in codebook_rows.versions(connection):
        content = codebook_rows.read_version(connection, row.id)
        ids = codebook_rows.code_ids(connection, row.codebook_id)
        codes_of[row.id] = {ids[code.id] for code in content.codes}
        if content.sha256 != row.sha256:
            yield f"codebook {row.codebook}@{row.version}", "it is not what was imported (its SHA-256 differs)"
    rows = select(coding.c.code_id, coding.c.version_id).distinct()
    for code_id, version_id in connection.execute(rows):
        if code_id not in codes_of.get(version_id, set()):
            yield f"code {code_id}", "codings carry it under a version that does not have it"
    known = select(codebook_version.c.id)
    orphans = select(coding.c.uuid).where(coding.c.version_id.not_in(known))
    for (uuid,) in connection.execute(orphans):
        yield f"coding {uuid[:8]}", "its codebook version is not there"


def _changes(connection: Connection) -> Iterator[Finding]:
    """Hold what each following version declares, by identity, against its file."""
    versions = {row.id: row for row in codebook_rows.versions(connection)}
    stored = lineage.changes_of(connection, versions)
    for version_id, parents in lineage.parents_of(connection, versions).items():
        row = versions[version_id]
        told = sum(one.kind != "uncodable" for one in stored[version_id])
        declared = len(codebook_rows.read_version(connection, version_id).changes)
        if told != declared:
            yield (
                f"codebook {row.codebook}@{row.version}",
                f"it declares {declared} changes and {told} were carried out",
            )
        if any(one >= version_id for one in parents):
            yield f"codebook {row.codebook}@{row.version}", "it follows a version that came later"


_QUEUE = {
    "it waits and has ended": """
SELECT DISTINCT c.uuid FROM pending p JOIN coding c ON c.id = p.coding_id
WHERE p.ended_version_id IS NULL AND c.ended_version_id IS NOT NULL""",
    "it waits because of a change that is not there": """
SELECT DISTINCT c.uuid FROM pending p JOIN coding c ON c.id = p.coding_id
LEFT JOIN code_change d ON d.version_id = p.version_id AND d.n = p.n WHERE d.n IS NULL AND p.n <> -1""",
    "it was moved, allocated, revised or placed and nothing came of it": """
SELECT c.uuid FROM coding c WHERE c.ended_how IN ('moved', 'allocated', 'revised', 'placed')
AND NOT EXISTS (SELECT 1 FROM coding_origin o WHERE o.origin_id = c.id)""",
    "it came from a coding of another place or coder": """
SELECT DISTINCT c.uuid FROM coding_origin o JOIN coding c ON c.id = o.coding_id JOIN coding b ON b.id = o.origin_id
WHERE c.coder_id <> b.coder_id OR (coalesce(b.ended_how, '') NOT IN ('revised', 'placed')
AND (c.revision_id <> b.revision_id OR c.start <> b.start OR c."end" <> b."end"))""",
    "it went over to a corrected text and is of another transcript or code, or of an earlier text": """
SELECT DISTINCT c.uuid FROM coding_origin o JOIN coding c ON c.id = o.coding_id JOIN coding b ON b.id = o.origin_id
JOIN revision n ON n.id = c.revision_id JOIN revision r ON r.id = b.revision_id
WHERE b.ended_how IN ('revised', 'placed')
AND (n.transcript_id <> r.transcript_id OR n.id <= r.id OR c.code_id <> b.code_id)
AND NOT EXISTS (SELECT 1 FROM branch_end e WHERE e.coding_id = b.id AND e.version_id = c.version_id)""",
    "it stands on a text that was corrected since, and does not wait": f"""
SELECT c.uuid FROM coding c WHERE c.ended_version_id IS NULL AND c.revision_id NOT IN ({newest_revisions()})
AND NOT EXISTS (SELECT 1 FROM pending p WHERE p.coding_id = c.id AND p.n = -1 AND p.ended_version_id IS NULL)""",
    "it waits because its words are gone, and stands on the newest text": f"""
SELECT DISTINCT c.uuid FROM pending p JOIN coding c ON c.id = p.coding_id
WHERE p.n = -1 AND p.ended_version_id IS NULL AND c.revision_id IN ({newest_revisions()})""",
}
"""What must not be, with a query for the uuids of the codings for which it is so."""


def _queue(connection: Connection) -> Iterator[Finding]:
    for what, query in _QUEUE.items():
        for (uuid,) in connection.exec_driver_sql(query):
            yield f"coding {uuid[:8]}", what


def _acts(connection: Connection) -> Iterator[Finding]:
    for one in (*entries(connection), *merged_entries(connection)):
        try:
            told = isinstance(json.loads(one.details), dict)
        except ValueError:
            told = False
        if not told:
            yield f"history, act {one.n}", "what it tells cannot be read"


def _memos(connection: Connection) -> Iterator[Finding]:
    tables = {"coding": "coding", "transcript": "transcript", "code": "code", "case": '"case"', "study": "study"}
    for about, table in tables.items():
        rows = select(memo.c.uuid, memo.c.target).where(memo.c.about == about)
        for uuid, target in connection.execute(rows).all():
            there = connection.exec_driver_sql(f"SELECT 1 FROM {table} WHERE uuid = ?", (target,)).first()
            if there is None:
                yield f"memo {uuid[:8]}", f"the {about} it is about is not there"
