"""The texts of a REFI-QDA project, from its XML, its plain or its rich files, with what their positions may count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qcode.errors import Unreadable
from qcode.importers.base import check_lines
from qcode.importers.decode import LIMIT, decode
from qcode.interchange.refi_archive import MISSING, Archive, is_web_page
from qcode.interchange.refi_values import RawSource

__all__ = ["Text", "read_entry", "read_text", "text_of"]

TWICE = "texts that stand in the project and name a file too; what stands in the project was taken"
PAGES = (".html", ".htm", ".xhtml")
WORD_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Text:
    """A text as stored, and where its file differs: `breaks` are the places of line ends that were CRLF, `wide` those
    of characters of two UTF-16 units, `marked` tells of a byte order mark."""

    words: str
    breaks: tuple[int, ...] = ()
    wide: tuple[int, ...] = ()
    marked: bool = False
    remarks: tuple[str, ...] = field(default=())

    @property
    def first_special(self) -> int:
        """Return the place of the first sign that may count as two, the end of the text where there is none."""
        return min((*self.wide[:1], *self.breaks[:1], len(self.words)))


def text_of(raw: str) -> Text:
    """Return the text of a decoded file, whose line ends and byte order mark still stand."""
    marked = raw.startswith("\ufeff")
    words = raw[1:] if marked else raw
    remarks: tuple[str, ...] = ()
    doubled = words.count("\r\r\n")
    if doubled and words.count("\r") == 2 * doubled and words.count("\n") == doubled:
        words = words.replace("\r\r\n", "\r\n")
        remarks = ("texts whose line ends were written twice (CR CR LF), read as one",)
    breaks: list[int] = []
    for found in re.finditer("\r\n", words):
        breaks.append(found.start() - len(breaks))
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    wide = tuple(found.start() for found in re.finditer("[\U00010000-\U0010ffff]", words))
    return Text(words, tuple(breaks), wide, marked, remarks)


def read_text(source: RawSource, archive: Archive) -> tuple[Text | None, str]:
    """Return the text of a source, or None and why there is none."""
    if source.content is not None and (source.content or not source.plain):
        text = text_of(source.content)
        text.remarks += (TWICE,) if source.plain.strip() else ()
        return _checked(text)
    why = ""
    for written, rich in ((source.plain, False), (source.rich, True)):
        if not written.strip():
            continue
        path, reason = archive.find(written)
        if path is not None:
            found, reason = read_entry(archive, path, rich=rich)
            if found is not None:
                return found, ""
        why = why or reason
    return None, why or MISSING


def read_entry(archive: Archive, path: str, *, rich: bool = False) -> tuple[Text | None, str]:
    """Return the text of one file in the archive, or None and why it has none; a web page has tags where it is `rich`.

    A file of Word 97 is refused as everywhere.
    """
    try:
        data = archive.bytes_of(path)
        page = rich and (path.endswith(PAGES) or is_web_page(data))
        if page or data.startswith((b"PK\x03\x04", b"{\\rtf", b"%PDF-", WORD_97)):
            from qcode.importers.registry import read

            told = "texts that came as rich text alone; their codings were placed on its words"
            words = read(data, path.rpartition("/")[2]).text
            return _checked(Text(words, (), text_of(words).wide, False, (told,)))
        if len(data) > LIMIT:
            return None, "it is too long"
        return _checked(_decoded(data))
    except Unreadable as error:
        return None, error.what


def _decoded(data: bytes) -> Text:
    try:
        return text_of(data.decode("utf-8"))
    except UnicodeDecodeError:
        found = decode(data)
        text = text_of(data.decode(found.encoding, "replace"))
        text.remarks += (f"texts that are not in UTF-8, read as {found.encoding}",)
        return text


def _checked(text: Text) -> tuple[Text | None, str]:
    if "\0" in text.words:
        return None, "it holds NUL bytes and is no text"
    try:
        check_lines(text.words)
    except Unreadable as error:
        return None, error.what
    return text, ""
