"""Which codings stand: now, or as a version was left; and which of them wait for a decision. In plain SQL.

A coding stands under a version if it came in under it or one that it follows, and did not end under one of these. It
waits if a change of one of these queued it, and none of these settled that.
"""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["standing", "waiting"]


def standing(under: Collection[int] | None = None) -> str:
    """Return the condition on rows of `coding`; `under` is a version with all that it follows, None is now."""
    if under is None:
        return "ended_version_id IS NULL"
    ids = _listed(under)
    return (
        f"coalesce(since_version_id, version_id) IN ({ids})"
        f" AND (ended_version_id IS NULL OR ended_version_id NOT IN ({ids}))"
        f" AND id NOT IN (SELECT coding_id FROM branch_end WHERE version_id IN ({ids}) AND version_id NOT IN"
        f" (SELECT parent_id FROM version_parent WHERE version_id IN ({ids}) AND version_id IN ({_JOINED})))"
    )


_JOINED = "SELECT version_id FROM version_parent GROUP BY version_id HAVING count(*) > 1"
"""Versions that join two lines: what ended beside the main line ends under them only if they say so themselves."""


def waiting(under: Collection[int] | None = None) -> str:
    """Return a query for the row ids of the codings that wait for a decision."""
    if under is None:
        return "SELECT coding_id FROM pending WHERE ended_version_id IS NULL"
    ids = _listed(under)
    return (
        f"SELECT coding_id FROM pending WHERE version_id IN ({ids})"
        f" AND (ended_version_id IS NULL OR ended_version_id NOT IN ({ids}))"
    )


def _listed(ids: Collection[int]) -> str:
    return ",".join(str(int(one)) for one in sorted(ids))
