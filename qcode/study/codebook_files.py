"""Reads codebooks from files: YAML, tables, other programs' .qdc and lists, and the starters that ship with qcode."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from qcode.domain.codebook import Code, CodebookVersion, Problem, check
from qcode.domain.drafting_tree import Tree
from qcode.errors import BadCodebook, BadValue, Unreadable
from qcode.importers.decode import decode
from qcode.interchange import code_list_text, codebook_table, codebook_yaml
from qcode.study.starters import revision_names, starter_bytes, starter_names
from qcode.study.tables import read_source

__all__ = ["CodebookFile", "filled_up", "free_number", "next_number", "read_changes", "read_file"]

TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm")

UTF_16 = (b"\xff\xfe", b"\xfe\xff")

OF_EXCEL = ("cp1251", "cp1252", "gb18030", "utf-16-le", "utf-16-be")
"""The letters in which Excel saves a CSV where Russian, German or Chinese is spoken."""

TABLE_FIELDS = tuple(field.name for field in fields(Code) if field.name not in ("key", "id", "name"))

PLAIN = Code("", "")

RawChange = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """A codebook as a file has it: everything off in it, what a reader should know, and whether it `is_table`.

    A table holds codes alone: of its codebook's number, title and note it says nothing. A .qdc and a list in plain
    text are as one.
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


def read_file(path: Path, *, label: str = "", data: bytes | None = None) -> CodebookFile:
    """Return what a codebook file (or its `data`) holds, or the starter of this name; `label` is NAME@V for a table.

    Raises Unreadable, or BadCodebook with file and line where it cannot be read as a codebook; BadValue for a label
    that a file has no use for.
    """
    if data is None and not path.exists() and str(path) in (*starter_names(), *revision_names()):
        data, name = starter_bytes(str(path)), path.name
    else:
        data, name = read_source(path if data is None else data, path.name)
    codebook, _, number = label.rpartition("@") if "@" in label else (label, "", "")
    if path.suffix.lower() == ".qdc":
        from qcode.interchange.refi import read_codebook_with_remarks

        read, remarks = read_codebook_with_remarks(data, name)
        codes = replace(read, codebook=codebook or _key_of(path), version=number)
        return CodebookFile(name, codes, tuple(_numbered(codes)), remarks, is_table=True)
    listed = _code_list(path, data)
    if listed is not None:
        text, guessed = listed
        codes, remarks = code_list_text.read(text, name, codebook=codebook or _key_of(path), version=number)
        return CodebookFile(name, codes, tuple(_numbered(codes)), (*remarks, *guessed), is_table=True)
    if path.suffix.lower() in TABLES or data.startswith((b"PK", b"\xd0\xcf")):
        data, guessed = _in_unicode(data, name)
        table, remarks = codebook_table.read(data, name, codebook=codebook or _key_of(path), version=number)
        return CodebookFile(name, table, tuple(_numbered(table)), (*remarks, *guessed), is_table=True)
    if label:
        raise BadValue(f"{name} says itself which codebook and version it is", mend="leave out --as")
    version_read, lines = codebook_yaml.read_with_lines(data, name)
    problems = tuple(_with_line(problem, lines) for problem in check(version_read))
    return CodebookFile(name, version_read, problems)


def _code_list(path: Path, data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Return another tool's list of codes in plain text, with remarks on its letters; None for another file."""
    if path.suffix.lower() != ".txt":
        return None
    data, guessed = _in_unicode(data, path.name)
    text = data.decode("utf-16" if data[:2] in UTF_16 else "utf-8-sig", "replace")
    return (text, guessed) if code_list_text.is_code_list(text) else None


def _in_unicode(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a table in the letters of an older computer as UTF-8, with a remark; anything else as it is."""
    if data[:2] in UTF_16 or data.startswith((b"PK", b"\xd0\xcf")) or _is_utf_8(data):
        return data, ()
    text, encoding = data.decode("cp1251", "replace"), "cp1251"
    if not _is_cyrillic(text):
        try:
            found = decode(data, any_lines=True)
        except Unreadable:
            return data, ()  # whoever reads it says what is wrong
        text, encoding = found.text, found.encoding
    if encoding.startswith("utf-8") or (encoding not in OF_EXCEL and not _is_cyrillic(text)):
        return data, ()  # broken or wrong letters must not become keys
    look = "if letters look wrong, save it as 'CSV UTF-8' and import that"
    return text.encode(), (f"{name}: its letters were read as {encoding}; {look}",)


def _is_cyrillic(text: str) -> bool:
    """Tell whether all words that are not ASCII are Cyrillic, none in MiXed case as wrong letters make them."""
    words = [word for word in re.findall(r"[^\W\d_]+|[^\x00-\x7f«»“”„’…–—№\xa0]", text) if not word.isascii()]
    plain = all(re.fullmatch("[Ѐ-ӿ]+", word) and (word[1:].islower() or word.isupper()) for word in words)
    return plain and any(len(word) > 2 and word[1:].islower() for word in words)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def _numbered(table: CodebookVersion) -> list[Problem]:
    return check(table if table.version else replace(table, version="1.0"))


def _key_of(path: Path) -> str:
    """Return a codebook's key from the name of its file."""
    return re.sub(r"[\s,@/]+", "-", path.stem).strip("-") or "codebook"


def read_changes(path: Path) -> tuple[RawChange, ...]:
    """Return the changes in a file that holds nothing but a block of them. Raises Unreadable or BadCodebook."""
    return codebook_yaml.read_block(*read_source(path))


def _with_line(problem: Problem, lines: Mapping[str, int]) -> Problem:
    line = lines.get(problem.where)
    return problem if line is None else replace(problem, where=f"line {line}, {problem.where}")


def next_number(version: str) -> str:
    """Return the number of the version after `version`: its last number one higher."""
    found = re.fullmatch(r"(.*?)([0-9]{1,9})", version)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"{version}.1"


def free_number(version: str, taken: Collection[str]) -> str:
    """Return the first number after `version` that is not `taken`."""
    number = next_number(version)
    return number if number not in taken else free_number(number, taken)


def filled_up(table: CodebookVersion, base: CodebookVersion, changes: Sequence[RawChange] = ()) -> CodebookVersion:
    """Return a table as a version after `base` with these changes; what it has no column for is taken from `base`.

    A field, or a language of names and terms, that no code of the table fills is such a column; without parents the
    codes stay where they stand. A table without a number that changes nothing is returned as `base` itself.
    """
    table = replace(table, codes=tuple(replace(code, id="") for code in table.codes))  # a key says which code it is
    was = _before(table, base, changes)
    missing = [f for f in TABLE_FIELDS if all(getattr(c, f) == getattr(PLAIN, f) for c in table.codes)]
    missing += ["name"] if all(c.name == c.key for c in table.codes) else []
    codes = []
    for code in table.codes:
        old = was.get(code.key, code)
        kept = {field: getattr(old, field) for field in missing}
        codes.append(_with_languages(replace(code, **kept), old, table))
    if "parent" in missing:
        codes = _below_their_parents(codes, was, base)
    if not table.version and not changes and codes == [replace(code, id="") for code in base.codes]:
        return base
    number = table.version or next_number(base.version)
    return replace(
        table, codes=tuple(codes), version=number, title=base.title, language=base.language, changes=tuple(changes)
    )


def _before(table: CodebookVersion, base: CodebookVersion, changes: Sequence[RawChange]) -> dict[str, Code]:
    """Return what `base` has in the place of each code of a table, by its key there."""
    renamed = {str(one["to"]).casefold(): str(one["rename"]).casefold() for one in map(dict, changes) if "to" in one}
    keys = {code.key: code.key.casefold() for code in table.codes}
    found = {key: base.by_key.get(renamed.get(folded, folded)) for key, folded in keys.items()}
    return {key: code for key, code in found.items() if code is not None}


def _with_languages(code: Code, old: Code, table: CodebookVersion) -> Code:
    """Return a code with the names and terms of `old` in the languages for which the table has none."""
    for field in ("names", "terms"):
        told = {language for one in table.codes for language, _ in getattr(one, field)}
        before, there = dict(getattr(old, field)), dict(getattr(code, field))
        kept = {language: words for language, words in before.items() if language in there or language not in told}
        joined: dict[str, Any] = {field: tuple((kept | there).items())}
        code = replace(code, **joined)
    return code


def _below_their_parents(codes: Sequence[Code], was: Mapping[str, Code], base: CodebookVersion) -> list[Code]:
    """Return codes below those that stand above them in `base`, in reading order."""
    now = {old.key: key for key, old in was.items()}
    found = []
    for code in codes:
        above = base.ancestors(was[code.key].key) if code.key in was else []
        found.append(replace(code, parent=next((now[one.key] for one in above if one.key in now), None)))
    return list(Tree(found).flat())
