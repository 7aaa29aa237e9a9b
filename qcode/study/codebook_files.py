"""Reads codebooks from files: YAML, CSV and Excel tables, and the starters that ship with qcode."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from qcode.domain.codebook import Code, CodebookVersion, Problem, check
from qcode.errors import BadCodebook
from qcode.interchange import codebook_table, codebook_yaml
from qcode.study.starters import revision_names, starter_bytes, starter_names
from qcode.study.tables import read_source

__all__ = ["CodebookFile", "check_file", "filled_up", "next_number", "read_changes", "read_file"]

TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm")

TABLE_FIELDS = tuple(field.name for field in fields(Code) if field.name not in ("key", "id"))


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """A codebook as a file has it: everything off in it, what a reader should know, and whether it `is_table`.

    A table holds codes alone: of its codebook's number, title and note it says nothing.
    """

    name: str
    version: CodebookVersion
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()
    is_table: bool = False

    def raise_errors(self) -> None:
        """Raise BadCodebook with the list of what breaks a rule, if anything does."""
        errors = [p for p in self.problems if p.level == "error"]
        if errors:
            listed = "\n".join(f"{self.name}, {p.where}: {p.what}" for p in errors[:10])
            more = f"\nand {len(errors) - 10} more: qcode codebook check {self.name}" if len(errors) > 10 else ""
            raise BadCodebook(listed + more)


def read_file(path: Path, *, label: str = "") -> CodebookFile:
    """Return what a codebook file holds, or the starter of this name; `label` is NAME@V for a table.

    Raises Unreadable, or BadCodebook with file and line where it cannot be read as a codebook.
    """
    if not path.exists() and str(path) in (*starter_names(), *revision_names()):
        data, name = starter_bytes(str(path)), path.name
    else:
        data, name = read_source(path)
    if path.suffix.lower() in TABLES or data.startswith((b"PK", b"\xd0\xcf")):
        codebook, _, version = label.rpartition("@") if "@" in label else (label, "", "")
        table, remarks = codebook_table.read(data, name, codebook=codebook or _key_of(path), version=version)
        return CodebookFile(name, table, tuple(_numbered(table)), remarks, is_table=True)
    version_read, lines = codebook_yaml.read_with_lines(data, name)
    problems = tuple(_with_line(problem, lines) for problem in check(version_read))
    return CodebookFile(name, version_read, problems)


def _numbered(table: CodebookVersion) -> list[Problem]:
    return check(table if table.version else replace(table, version="1.0"))


def _key_of(path: Path) -> str:
    """Return a codebook's key from the name of its file."""
    return re.sub(r"[\s,@/]+", "-", path.stem).strip("-") or "codebook"


def read_changes(path: Path) -> tuple[tuple[tuple[str, object], ...], ...]:
    """Return the changes in a file that holds nothing but a block of them. Raises Unreadable or BadCodebook."""
    return codebook_yaml.read_block(*read_source(path))


def check_file(path: Path) -> tuple[CodebookVersion, list[Problem]]:
    """Return a codebook file's content, or that of the starter of this name, and everything that is off in it."""
    found = read_file(path)
    return found.version, list(found.problems)


def _with_line(problem: Problem, lines: Mapping[str, int]) -> Problem:
    line = lines.get(problem.where)
    return problem if line is None else replace(problem, where=f"line {line}, {problem.where}")


def next_number(version: str) -> str:
    """Return the number of the version after `version`: its last number one higher."""
    found = re.fullmatch(r"(.*?)([0-9]{1,9})", version)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{version}.1"


def filled_up(table: CodebookVersion, base: CodebookVersion) -> CodebookVersion:
    """Return a table's codes with what it has no column for taken from the version before.

    A field that no code of the table fills is such a column.
    """
    plain = Code("", "")
    missing = [f for f in TABLE_FIELDS if f != "name" and all(getattr(c, f) == getattr(plain, f) for c in table.codes)]
    nameless = all(c.name == c.key for c in table.codes)
    codes = []
    for code in table.codes:
        old = base.by_key.get(code.key.casefold())
        kept = {f: getattr(old, f) for f in missing if f != "parent"} if old is not None else {}
        if old is not None and nameless:
            kept["name"] = old.name
        codes.append(replace(code, **kept))
    number = table.version or next_number(base.version)
    return replace(table, codes=tuple(codes), version=number, title=base.title, language=base.language)
