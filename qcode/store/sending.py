"""Reads a whole study as it goes out to other tools: through the driver's cursor, one query a kind of thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection

from qcode.domain.case import Case
from qcode.domain.parcel import ParcelCoding, ParcelTranscript
from qcode.domain.transcript import TimeMark
from qcode.store.newest import newest_revisions

__all__ = ["cases", "codings", "earlier_number", "heirs", "left_behind", "transcripts", "waiting_number"]

_CURRENT = newest_revisions()
_GOING = (
    f"k.ended_version_id IS NULL AND k.revision_id IN ({_CURRENT}) AND k.code_id IN (SELECT value FROM json_each(?))"
)
_TRANSCRIPTS = f"""
SELECT t.uuid, t.name, r.text, t.language, t.created_at, r.id
FROM transcript t JOIN revision r ON r.transcript_id = t.id WHERE r.id IN ({_CURRENT}) ORDER BY t.name_fold
"""
_MARKS = f"SELECT revision_id, position, seconds FROM time_mark WHERE revision_id IN ({_CURRENT}) ORDER BY position"
_CODINGS = f"""
SELECT k.uuid, t.uuid, k.start, k."end", k.quote, c.uuid, o.uuid, k.created_at
FROM coding k JOIN revision r ON r.id = k.revision_id JOIN transcript t ON t.id = r.transcript_id
  JOIN code c ON c.id = k.code_id JOIN coder o ON o.id = k.coder_id
WHERE {_GOING}
ORDER BY t.name_fold, k.start, k."end", k.code_id, o.name_fold, k.id
"""
_CASES = """
SELECT c.id, c.uuid, c.name, a."key", v.value, a.hidden FROM "case" c
  LEFT JOIN attribute_value v ON v.case_id = c.id LEFT JOIN attribute a ON a.id = v.attribute_id
ORDER BY c.name_fold, a.id
"""
_OF_CASES = "SELECT case_id, uuid FROM transcript WHERE case_id IS NOT NULL ORDER BY name_fold"
_WAITING = f"""
SELECT count(DISTINCT p.coding_id) FROM pending p JOIN coding k ON k.id = p.coding_id
WHERE p.ended_version_id IS NULL AND {_GOING}
"""
_EARLIER = f"""
SELECT count(*) FROM coding k JOIN code c ON c.id = k.code_id WHERE {_GOING}
  AND k.version_id <> (SELECT max(v.id) FROM codebook_version v WHERE v.codebook_id = c.codebook_id)
"""
_HEIRS = """
WITH RECURSIVE heir (origin, id) AS (
  SELECT k.uuid, k.id FROM memo m JOIN coding k ON k.uuid = m.target WHERE m.about = 'coding'
  UNION SELECT h.origin, o.coding_id FROM heir h JOIN coding_origin o ON o.origin_id = h.id
)
SELECT h.origin, k.uuid FROM heir h JOIN coding k ON k.id = h.id WHERE k.ended_version_id IS NULL ORDER BY k.id
"""
_LEFT_BEHIND = {
    "standing": "SELECT count(*) FROM coding WHERE ended_version_id IS NULL",
    "withdrawn": "SELECT count(*) FROM coding WHERE ended_how = 'withdrawn'",
    "replaced": "SELECT count(*) FROM coding WHERE ended_version_id IS NOT NULL AND ended_how <> 'withdrawn'",
    "unplaced": f"SELECT count(*) FROM coding WHERE ended_version_id IS NULL AND revision_id NOT IN ({_CURRENT})",
    "decisions": "SELECT count(*) FROM pending WHERE ended_version_id IS NOT NULL",
    "acts": "SELECT count(*) FROM history",
    "revisions": f"SELECT count(*) FROM revision WHERE id NOT IN ({_CURRENT})",
    "turns": f"SELECT count(*) FROM turn WHERE revision_id IN ({_CURRENT})",
    "in_vivo": "SELECT count(*) FROM in_vivo",
    "drafts": "SELECT count(*) FROM draft",
    "places": "SELECT count(*) FROM place",
    "rejections": "SELECT count(*) FROM rejection",
}


def transcripts(connection: Connection) -> list[ParcelTranscript]:
    """Return every transcript in order of name, with the text of its newest revision and the times in it."""
    marks: dict[int, list[TimeMark]] = defaultdict(list)
    for revision_id, position, seconds in connection.exec_driver_sql(_MARKS):
        marks[revision_id].append(TimeMark(position, seconds))
    rows = connection.exec_driver_sql(_TRANSCRIPTS)
    return [
        ParcelTranscript(id, name, text, language, created_at, tuple(marks[revision_id]))
        for id, name, text, language, created_at, revision_id in rows
    ]


def codings(connection: Connection, code_ids: Collection[int]) -> list[ParcelCoding]:
    """Return the codings that stand on newest revisions with these codes (row ids), in order of place."""
    cursor: Any = connection.connection.cursor()
    return [ParcelCoding(*row) for row in cursor.execute(_CODINGS, (_listed(code_ids),))]


def cases(connection: Connection) -> tuple[list[Case], dict[str, int]]:
    """Return every case in order of name with the ids of its transcripts, and how many cases each hidden key has."""
    texts: dict[int, list[str]] = defaultdict(list)
    for case_id, uuid in connection.exec_driver_sql(_OF_CASES):
        texts[case_id].append(uuid)
    facts: dict[tuple[int, str, str], list[tuple[str, str]]] = {}
    hidden: dict[str, int] = defaultdict(int)
    for case_id, uuid, name, key, value, is_hidden in connection.exec_driver_sql(_CASES):
        held = facts.setdefault((case_id, uuid, name), [])
        if key is not None:
            held.append((key, value))
            hidden[key] += bool(is_hidden)
    found = [Case(uuid, name, tuple(held), tuple(texts[id])) for (id, uuid, name), held in facts.items()]
    return found, {key: n for key, n in hidden.items() if n}


def waiting_number(connection: Connection, code_ids: Collection[int]) -> int:
    """Return how many codings with these codes (row ids) wait for a decision."""
    return int(connection.exec_driver_sql(_WAITING, (_listed(code_ids),)).scalar_one())


def earlier_number(connection: Connection, code_ids: Collection[int]) -> int:
    """Return how many codings that stand with these codes (row ids) were made under an earlier version."""
    return int(connection.exec_driver_sql(_EARLIER, (_listed(code_ids),)).scalar_one())


def heirs(connection: Connection) -> dict[str, list[str]]:
    """Return by each coding (uuid) that carries a memo which codings stand for it now: itself, or those it became."""
    found: dict[str, list[str]] = defaultdict(list)
    for origin, uuid in connection.exec_driver_sql(_HEIRS):
        found[origin].append(uuid)
    return found


def left_behind(connection: Connection) -> dict[str, int]:
    """Return how many there are of what no other tool has a place for, by a word for it."""
    return {word: int(connection.exec_driver_sql(query).scalar_one()) for word, query in _LEFT_BEHIND.items()}


def _listed(ids: Collection[int]) -> str:
    return f"[{','.join(str(int(one)) for one in sorted(ids))}]"
