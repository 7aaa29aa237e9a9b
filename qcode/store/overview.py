"""What is in a study, in a handful of plain queries: it has to be instant, so no table is described here."""

from __future__ import annotations

from qcode.domain.overview import Overview
from qcode.store.engine import Store

__all__ = ["overview"]


NEWEST = "id IN (SELECT max(id) FROM revision GROUP BY transcript_id)"
"""A text that was corrected counts once."""
_COUNTS = f"""
SELECT s.title, s.uuid, s.created_at, c.name,
  (SELECT count(*) FROM transcript), (SELECT coalesce(sum(characters), 0) FROM revision WHERE {NEWEST}),
  (SELECT coalesce(sum(turns), 0) FROM revision WHERE {NEWEST}),
  (SELECT count(*) FROM coding WHERE ended_version_id IS NULL),
  (SELECT count(*) FROM coding WHERE ended_how = 'withdrawn'),
  (SELECT count(*) FROM "case"), (SELECT count(*) FROM memo), (SELECT coalesce(max(n), 0) FROM history),
  (SELECT count(*) FROM transcript t WHERE NOT EXISTS (SELECT 1 FROM revision r JOIN coding k ON k.revision_id = r.id
     WHERE r.transcript_id = t.id AND k.ended_version_id IS NULL)),
  (SELECT count(*) FROM transcript WHERE case_id IS NULL),
  (SELECT count(*) FROM "case" c WHERE NOT EXISTS (SELECT 1 FROM transcript t WHERE t.case_id = c.id))
FROM study s JOIN coder c ON c.id = s.default_coder_id
"""
_CODERS = """
SELECT c.name, (SELECT count(*) FROM coding k WHERE k.coder_id = c.id AND k.ended_version_id IS NULL)
FROM coder c ORDER BY c.name_fold
"""
_CODEBOOKS = """
SELECT b."key", v.version, (SELECT count(*) FROM code_entry e WHERE e.version_id = v.id AND e.codable)
FROM codebook b JOIN codebook_version v ON v.codebook_id = b.id
WHERE v.id = (SELECT max(id) FROM codebook_version w WHERE w.codebook_id = b.id) ORDER BY b.key_fold
"""
_LANGUAGES = "SELECT language, count(*) FROM transcript GROUP BY language ORDER BY count(*) DESC, language"


_LIVE = "SELECT code_id, count(*) AS codings FROM coding WHERE ended_version_id IS NULL"
_WAITING = f"{_LIVE} AND id IN (SELECT coding_id FROM pending WHERE ended_version_id IS NULL)"
_NEWEST = """
SELECT e."key", sum(k.codings)
FROM ({} GROUP BY code_id) k
  JOIN (SELECT code_id, max(version_id) AS version_id FROM code_entry GROUP BY code_id) n ON n.code_id = k.code_id
  JOIN code_entry e ON e.version_id = n.version_id AND e.code_id = n.code_id
WHERE {} (n.version_id NOT IN (SELECT max(id) FROM codebook_version GROUP BY codebook_id)
   AND 'split' <> coalesce((SELECT x."change" FROM code_change x JOIN code c ON c.id = k.code_id
     WHERE x."change" IN ('retire', 'split', 'merge') AND x.codes LIKE '%' || c.uuid || '%'
     ORDER BY x.version_id DESC LIMIT 1), ''))
GROUP BY e."key" ORDER BY sum(k.codings) DESC, e."key"
"""
"""Codings by the newest key of their code, those that `{}` counts by code: of codes that are retired, or `NOT`.

What is asked of a code is asked once for each code, not for each of its codings."""
_PENDING = _NEWEST.format(_WAITING, "NOT")
_FROZEN = _NEWEST.format(_LIVE, "")
_DRAFTS = 'SELECT b."key" FROM draft d JOIN codebook b ON b.id = d.codebook_id ORDER BY b.key_fold'
_ANY_RETIRED = "SELECT 1 FROM code_change WHERE \"change\" IN ('retire', 'merge') LIMIT 1"


def overview(store: Store) -> Overview:
    """Return what is in the study."""
    with store.read() as connection:
        ask = connection.exec_driver_sql
        coders = tuple((name, n) for name, n in ask(_CODERS))
        codebooks = tuple((key, version, n) for key, version, n in ask(_CODEBOOKS))
        languages = tuple((language, n) for language, n in ask(_LANGUAGES))
        pending = tuple((key, n) for key, n in ask(_PENDING))
        frozen = tuple((key, n) for key, n in ask(_FROZEN)) if ask(_ANY_RETIRED).first() is not None else ()
        drafts = tuple(key for (key,) in ask(_DRAFTS))
        return Overview(coders, codebooks, languages, pending, frozen, drafts, *ask(_COUNTS).one())
