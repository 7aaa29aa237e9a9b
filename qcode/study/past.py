"""The past of a codebook: each version with when, by whom and why, what it changed, and what became of the codings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from qcode.domain.codebook import CodebookVersion
from qcode.domain.diff import Declared, diff
from qcode.domain.told import tell
from qcode.store import carry, lineage
from qcode.store import codebooks as rows
from qcode.store import coders as coder_rows
from qcode.store.pending import queued_under
from qcode.store.standing import standing, waiting
from qcode.study.codes import choose_version
from qcode.study.planning import PlannedChange, counted

__all__ = ["PastVersion", "past"]


@dataclass(frozen=True)
class PastVersion:
    """One version with its past; what it changes is told against the first of the versions that it `follows`.

    `codings` were made under it by people, `touched` met by its changes, `queued` put before the coders and `waiting`
    of these not decided; `by_code` counts the settled codings under it by the key of their code.
    """

    content: CodebookVersion
    follows: tuple[str, ...]
    created_at: str
    coder: str
    sha256: str
    declared: tuple[Declared, ...]
    planned: tuple[PlannedChange, ...]
    codings: int
    touched: int
    queued: int
    waiting: int
    by_code: Mapping[str, int]


def past(connection: Connection, name: str | None) -> list[PastVersion]:
    """Return the versions of a codebook, oldest first; with NAME@V this one and those that it follows."""
    chosen = choose_version(connection, name)
    line = rows.ancestry(connection, chosen.row.id)
    whole = not (name and "@" in name)
    versions = [
        row
        for row in rows.versions(connection)
        if row.codebook_id == chosen.row.codebook_id and (whole or row.id in line)
    ]
    reader = _Reader(connection, versions)
    return [reader.read(row) for row in versions]


class _Reader:
    def __init__(self, connection: Connection, versions: list[rows.VersionRow]) -> None:
        self.connection = connection
        self.labels = {row.id: row.version for row in versions}
        self.content = {row.id: rows.read_version(connection, row.id) for row in versions}
        self.parents = lineage.parents_of(connection, self.labels)
        self.declared = lineage.changes_of(connection, self.labels)
        self.coders = coder_rows.coder_names(connection)
        self.authors = rows.authors(connection)
        self.ids = {uuid: row_id for row in versions[:1] for uuid, row_id in self._ids(row).items()}

    def _ids(self, row: rows.VersionRow) -> dict[str, int]:
        return rows.code_ids(self.connection, row.codebook_id)

    def read(self, row: rows.VersionRow) -> PastVersion:
        content, parents = self.content[row.id], self.parents[row.id]
        line = rows.ancestry(self.connection, row.id)
        planned: tuple[PlannedChange, ...] = ()
        touched = 0
        if parents:
            before = standing(rows.ancestry(self.connection, parents[0]))
            base = self.content[parents[0]]
            told = tell(diff(base, content, self.declared[row.id]), base, content)
            planned = tuple(counted(self.connection, row.codebook_id, told, content, before))
            codes = {self.ids[id] for one in told for id in one.ids if id in self.ids}
            touched, _ = carry.touched(self.connection, codes, before)
        queued, waits = queued_under(self.connection, row.id)
        return PastVersion(
            content=content,
            follows=tuple(self.labels[one] for one in parents),
            created_at=row.created_at,
            coder=self.coders[self.authors[row.id]],
            sha256=row.sha256,
            declared=tuple(self.declared[row.id]),
            planned=planned,
            codings=carry.made_under(self.connection, row.id),
            touched=touched,
            queued=queued,
            waiting=waits,
            by_code=self._by_code(content, f"{standing(line)} AND id NOT IN ({waiting(line)})"),
        )

    def _by_code(self, content: CodebookVersion, where: str) -> dict[str, int]:
        keys = {self.ids[code.id]: code.key for code in content.codes}
        counts = carry.count_by_code(self.connection, where)
        return {keys[code_id]: n for code_id, n in counts.items() if code_id in keys}
