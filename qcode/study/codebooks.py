"""The codebooks of a study: import, list, show, export."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from qcode.domain.codebook import Code, CodebookVersion, Problem, check
from qcode.errors import BadCodebook, Conflict, NotFound
from qcode.interchange import codebook_yaml
from qcode.store import codebooks as rows
from qcode.store.lookup import by_name
from qcode.store.schema import codebook as table
from qcode.study.codes import VersionInUse, choose_version, find_code, newest_versions
from qcode.study.desk import Desk, clean_name, new_id, now
from qcode.study.starters import starter_bytes, starter_names
from qcode.study.tables import read_source

__all__ = ["CodebookImported", "Codebooks", "check_file"]

CODE_NAMESPACE = uuid.UUID("5d7f6f0a-3c56-5c4e-9a53-1f0f6f2f7b11")
"""Codes of a first version get an identity made from codebook and key: two studies that import one file agree on it."""


@dataclass(frozen=True, slots=True)
class CodebookImported:
    """What an import did: `known` where this very version was in the study already."""

    codebook: str
    version: str
    codes: int
    codable: int
    known: bool
    problems: tuple[Problem, ...]


def check_file(path: Path) -> tuple[CodebookVersion, list[Problem]]:
    """Return a codebook file's content, or that of the starter of this name, and everything that is off in it.

    Raises Unreadable, or BadCodebook with file and line where it cannot be read as a codebook.
    """
    if not path.exists() and str(path) in starter_names():
        data, name = starter_bytes(str(path)), path.name
    else:
        data, name = read_source(path)
    version, lines = codebook_yaml.read_with_lines(data, name)
    return version, [_with_line(problem, lines) for problem in check(version)]


def _with_line(problem: Problem, lines: Mapping[str, int]) -> Problem:
    line = lines.get(problem.where)
    return problem if line is None else replace(problem, where=f"line {line}, {problem.where}")


class Codebooks:
    """The codebooks: `add`, `list`, `show`, `export`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, path: str | Path, *, dry_run: bool = False) -> CodebookImported:
        """Import a codebook file, or a starter by its name; raises BadCodebook with the list of what breaks a rule."""
        version, problems = check_file(Path(path))
        errors = [p for p in problems if p.level == "error"]
        if errors:
            name = Path(path).name
            listed = "\n".join(f"{name}, {p.where}: {p.what}" for p in errors[:10])
            more = f"\nand {len(errors) - 10} more: qcode codebook check {name}" if len(errors) > 10 else ""
            raise BadCodebook(listed + more)
        return self.add_version(version, problems=tuple(problems), dry_run=dry_run)

    def add_version(
        self, version: CodebookVersion, *, problems: tuple[Problem, ...] = (), dry_run: bool = False
    ) -> CodebookImported:
        """Take a first version of a codebook into the study."""
        clean_name(version.codebook, "codebook")
        with self._desk.store.write() as connection:
            known = self._known(connection, version)
            if not known and not dry_run:
                self._clear_unused(connection, version)
                self._write(connection, version)
        codable = sum(c.codable for c in version.codes)
        return CodebookImported(version.codebook, version.version, len(version.codes), codable, known, problems)

    def _known(self, connection: Connection, version: CodebookVersion) -> bool:
        book = by_name(connection, table, version.codebook)
        if book is None:
            if version.changes:
                raise Conflict(
                    f"version {version.version} of {version.codebook} follows a version that the study does not have",
                    mend="import the earlier version first",
                )
            return False
        same = [v for v in rows.versions(connection) if v.codebook_id == book.id and v.version == version.version]
        if same:
            stored = rows.read_version(connection, same[0].id)
            if replace(version, codebook=stored.codebook).sha256 == same[0].sha256:
                return True
            if not rows.is_used(connection, book.id):
                return False
            raise Conflict(
                f"version {version.version} of {version.codebook} is in use in the study, with other content",
                mend="a used version never changes; carrying out a following version is not possible yet",
            )
        there = [v.version for v in rows.versions(connection) if v.codebook_id == book.id]
        raise Conflict(
            f"{version.codebook} is in the study as version {', '.join(there)}, and to follow it is not possible yet",
            mend=f"as long as no coding uses it, a file with the same number ({there[-1]}) replaces it",
        )

    def _clear_unused(self, connection: Connection, version: CodebookVersion) -> None:
        """Take out the same version with other content, which no coding uses."""
        book = by_name(connection, table, version.codebook)
        if book is not None:
            rows.remove_codebook(connection, book.id)
            self._desk.remarks.append(f"{version.codebook}@{version.version} was replaced; no coding used it")

    def _write(self, connection: Connection, version: CodebookVersion) -> None:
        row_id, who = self._desk.acting(connection)
        taken: set[str] = set()
        codes = tuple(replace(code, id=_identity(version.codebook, code, taken)) for code in version.codes)
        book_id = rows.add_codebook(connection, uuid=new_id(), key=version.codebook)
        rows.add_version(
            connection,
            book_id,
            replace(version, codes=codes),
            uuid=new_id(),
            created_at=now(),
            coder_id=row_id,
        )
        label = f"{version.codebook}@{version.version}"
        details = {"sha256": version.sha256, "codes": len(codes)}
        self._desk.record(connection, who, "codebook.add", details, version=label)

    def list(self) -> list[tuple[rows.VersionRow, int]]:
        """Return every version of every codebook with the number of its codes."""
        with self._desk.store.read() as connection:
            return [(row, len(rows.read_version(connection, row.id).codes)) for row in rows.versions(connection)]

    def show(self, name: str | None = None) -> VersionInUse:
        """Return the version that `NAME@V` names, the newest without `@V`, the only codebook without a name."""
        with self._desk.store.read() as connection:
            return choose_version(connection, name)

    def show_for(self, name: str | None) -> CodebookVersion | None:
        """Return the version that `name` names; without a name the only codebook, or None where there are several."""
        with self._desk.store.read() as connection:
            if name is None and len(newest := newest_versions(connection)) != 1:
                return None
            return choose_version(connection, name or newest[0].row.codebook).content

    def show_code(self, name: str, *, codebook: str | None = None) -> Code:
        """Return the code that `name` names, in a version or in the newest versions of all codebooks."""
        with self._desk.store.read() as connection:
            return find_code(connection, name, codebook=codebook).code

    def newest(self) -> Mapping[str, CodebookVersion]:
        """Return the newest version of every codebook by its key."""
        with self._desk.store.read() as connection:
            return {v.row.codebook: v.content for v in newest_versions(connection)}

    def export(self, name: str | None = None) -> str:
        """Return a version as YAML, byte for byte the same each time."""
        return codebook_yaml.write(self.show(name).content)


def _identity(codebook: str, code: Code, taken: set[str]) -> str:
    if code.id:
        return code.id
    identity = str(uuid.uuid5(CODE_NAMESPACE, f"{codebook.casefold()}\n{code.key.casefold()}"))
    if identity in taken:
        raise NotFound(f"two codes have the key {code.key}")
    taken.add(identity)
    return identity
