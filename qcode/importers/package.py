"""The parts of a zipped Office file, inflated within bounds and parsed without entities or network."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from qcode.errors import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Package"]

PART_LIMIT = 60_000_000
TOTAL_LIMIT = 1_500_000_000
RATIO_LIMIT = 150
RATIO_FREE = 8_000_000
MOST_PARTS = 10_000
AGAIN = "open it in the program that made it and save it again"
BOMB = "the file unpacks to far more than a transcript can hold and was not opened"


class Package:
    """A zip file whose parts are read by name. Raises Unreadable for what is broken or too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise Unreadable("the file is damaged or cut off (its zip directory cannot be read)", mend=AGAIN) from error
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > TOTAL_LIMIT:
            raise Unreadable(BOMB)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("the file is locked with a password", mend="save it without one")
        self._entries = {entry.filename: entry for entry in entries}

    def names(self) -> list[str]:
        """Return the names of the parts."""
        return list(self._entries)

    def bytes_of(self, name: str) -> bytes | None:
        """Return one part, None where there is none of that name."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # bzip2 and LZMA unpack a block of any size at once; no Office program packs with them
            raise Unreadable("the file is packed in a way that Word does not read", where=name, mend=AGAIN)
        size = entry.file_size
        if size > PART_LIMIT or (size > RATIO_FREE and size > RATIO_LIMIT * max(1, entry.compress_size)):
            raise Unreadable(BOMB, where=name)
        try:
            with self._zip.open(entry) as part:
                content = part.read(PART_LIMIT + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Unreadable("the file is damaged", where=name, mend=AGAIN) from error
        if len(content) > PART_LIMIT:
            raise Unreadable(BOMB, where=name)
        return content

    def xml(self, name: str) -> _Element | None:
        """Return the root element of one part, None where there is none of that name."""
        content = self.bytes_of(name)
        return None if content is None else parse(content, name)


def parse(content: bytes, name: str) -> _Element:
    """Return the root element of XML that declares no entities. Raises Unreadable."""
    from lxml import etree

    if any("<!DOCTYPE".encode(code) in content for code in ("ascii", "utf-16-le", "utf-16-be")):
        raise Unreadable("the file declares XML entities, which no transcript needs, and was not opened", where=name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("the file is damaged (its XML is broken)", where=name, mend=AGAIN) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise Unreadable("the file is damaged (its XML is broken)", where=name, mend=AGAIN)
    return root
