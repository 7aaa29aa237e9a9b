"""The zip of a REFI-QDA project: its one project file and its sources, found by every way of writing a path."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote

from qcode.errors import Unreadable
from qcode.importers.package import AGAIN

__all__ = ["Archive", "is_web_page", "open_archive"]

PROJECT_LIMIT = 300_000_000
SOURCE_LIMIT = 60_000_000
TOTAL_LIMIT = 600_000_000
RATIO_LIMIT = 150
RATIO_FREE = 8_000_000
MOST_ENTRIES = 50_000
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
BOMB = "the file unpacks to far more than a project can hold and was not opened"
OTHER_LETTERS = ("utf-8", "cp1251", "cp866", "gb18030")
"""How names are written in archives that do not say UTF-8 of them, beside code page 437."""

EXPORT = "export the project again as .qdpx"
ELSEWHERE = "it lies outside the project file and was not read"
LEAVES = "its path leads out of the project file"
MISSING = "it is not in the project file"


@dataclass(frozen=True, slots=True)
class Archive:
    """The entries by their folded path; `stems` are the sources by name without ending, `project` the project file."""

    zip: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    stems: dict[str, str]
    project: str
    remarks: tuple[str, ...] = ()
    spent: Counter[str] = field(default_factory=Counter)

    def project_xml(self) -> bytes:
        """Return the XML of the project. Raises Unreadable."""
        return _inflated(self.zip, self.entries[self.project], PROJECT_LIMIT)

    def bytes_of(self, path: str) -> bytes:
        """Return an entry by its folded path. Raises Unreadable, also for more than all texts together may hold."""
        if self.spent["bytes"] + self.entries[path].file_size > TOTAL_LIMIT:
            raise Unreadable("the texts of the project are longer than all of them together may be")
        self.spent["bytes"] += self.entries[path].file_size
        return _inflated(self.zip, self.entries[path], SOURCE_LIMIT)

    def find(self, written: str) -> tuple[str | None, str]:
        """Return the folded path of what a source's path means, or None and why there is none."""
        scheme, _, rest = written.strip().rpartition("://")
        ways = [parts for path in (rest, unquote(rest)) if (parts := _parts(path))]
        if any(".." in parts for parts in ways):
            return None, LEAVES
        if not ways:
            return None, MISSING
        for parts in ways:
            for candidate in ("/".join(("sources", *parts)), "/".join(parts), f"sources/{parts[-1]}", parts[-1]):
                if _folded(candidate) in self.entries:
                    return _folded(candidate), ""
        for parts in ways:
            if _folded(parts[-1]) in self.stems:
                return self.stems[_folded(parts[-1])], ""
        outside = scheme.lower() in ("relative", "absolute", "file") or bool(re.match(r"[A-Za-z]:|[\\/]", rest))
        return None, ELSEWHERE if outside else MISSING


def open_archive(data: bytes) -> Archive:
    """Return the archive in the bytes of a .qdpx. Raises Unreadable for what is none, or would do harm."""
    if not data.startswith(b"PK"):
        raise Unreadable(f"the file is called .qdpx and is {_what(data)}", mend=EXPORT)
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
        infos = opened.infolist()
    except BROKEN:
        raise Unreadable("the file is damaged or cut off (its zip directory cannot be read)", mend=AGAIN) from None
    if len(infos) > MOST_ENTRIES:
        raise Unreadable(BOMB)
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        path = info.filename.replace("\\", "/")
        if ".." in path.split("/") or path.startswith("/") or re.match("[A-Za-z]:", path):
            raise Unreadable("the archive holds an entry that leads out of it, and was not opened", mend=EXPORT)
        if not path.endswith("/"):
            entries.setdefault(_folded(path), info)
    return _with_project(opened, entries)


def _with_project(opened: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> Archive:
    folder = _wrapping(entries)
    entries = {path.removeprefix(folder): info for path, info in entries.items()}
    found = [path for path in entries if path.endswith(".qde") and "/" not in path and not path.startswith(".")]
    if not found:
        raise Unreadable("the archive holds no project (a file with the ending .qde)", mend=EXPORT)
    if len(found) > 1:
        raise Unreadable(f"the archive holds {len(found)} projects (.qde) where one belongs", mend=EXPORT)
    told = {
        "the project file inside is not called project.qde": found[0] != "project.qde",
        "all that the archive holds lies in one folder; it was read as if it lay outside": bool(folder),
    }
    for path, info in _otherwise_named(entries):
        entries.setdefault(path.removeprefix(folder), info)
    stems = {_stem(path): path for path in reversed(entries) if path.startswith("sources/")}
    return Archive(opened, entries, stems, found[0], tuple(remark for remark, holds in told.items() if holds))


def _wrapping(entries: Iterable[str]) -> str:
    """Return the folder in which all entries lie ("NAME/"), as where somebody packed an unpacked project; else ""."""
    tops = {path.partition("/")[0] for path in entries if "/" in path} - {"__macosx"}
    loose = any("/" not in path and not path.startswith(".") for path in entries)
    folder = f"{min(tops)}/" if len(tops) == 1 and not loose else ""
    return folder if any(path.startswith(folder) and path.endswith(".qde") for path in entries) else ""


def _otherwise_named(entries: Mapping[str, zipfile.ZipInfo]) -> list[tuple[str, zipfile.ZipInfo]]:
    """Return entries with the paths that they may have where the archive does not say how their letters are written."""
    found = []
    for info in {id(info): info for info in entries.values() if not info.flag_bits & 0x800}.values():
        written = info.filename.encode("cp437", "replace")
        for code in OTHER_LETTERS if not written.isascii() else ():
            with suppress(UnicodeDecodeError):
                found.append((_folded(written.decode(code).replace("\\", "/")), info))
    often = Counter(path for path, _ in found)
    return [(path, info) for path, info in found if often[path] == 1]


def _inflated(opened: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.flag_bits & 1:
        raise Unreadable("the file is locked with a password", mend="save it without one")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("the file is packed in a way that REFI-QDA does not have", mend=EXPORT)
    size = info.file_size
    if size > limit or (size > RATIO_FREE and size > RATIO_LIMIT * max(1, info.compress_size)):
        raise Unreadable(BOMB)
    try:
        with opened.open(info) as part:
            content = part.read(limit + 1)
    except BROKEN:
        raise Unreadable("the file is damaged", mend=AGAIN) from None
    if len(content) > limit:
        raise Unreadable(BOMB)
    return content


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"[\\/]+", path) if part not in ("", ".")]


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _what(data: bytes) -> str:
    if not data:
        return "empty"
    if is_web_page(data):
        return "a web page"
    return "no archive of a project" if not _head(data).startswith(b"<") else "bare XML without its sources"


def is_web_page(data: bytes) -> bool:
    """Tell whether a file is a web page, such as one that asks for a password in place of a download."""
    return _head(data).startswith((b"<!doctype html", b"<html"))


def _head(data: bytes) -> bytes:
    return data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
