"""XML transcripts: parsed without entities or network; a reference to an outside DTD is passed over, never loaded."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.base import Options
from qcode.importers.decode import LIMIT, decode
from qcode.importers.package import parse

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["XML_ID", "local", "read_xml"]

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HEAD = 2048
MOST_MARKS = 2_000_000
_literal = rb"""(?:"[^"\[\]<>]*"|'[^'\[\]<>]*')"""
_outside = re.compile(
    rb"\A((?:\xef\xbb\xbf)?\s*(?:(?:<!--(?:(?!-->).)*-->|<\?[^>]*\?>)\s*)*)"
    rb"<!DOCTYPE\s+[\w:.-]+(?:\s+SYSTEM\s+" + _literal + rb"|\s+PUBLIC\s+" + _literal + rb"(?:\s+" + _literal + rb")?)?"
    rb"\s*>",
    re.DOTALL,
)
_declaration = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_xml(data: bytes, name: str, options: Options) -> _Element:
    """Return the root of an XML file; it declares its own encoding, `options` overrule it. Raises Unreadable."""
    if len(data) > LIMIT or data.count(b"<") > MOST_MARKS:
        raise Unreadable("the file is larger than any transcript", mend="split it into one file an interview")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:4]
    if wide or options.encoding:
        text = decode(data, options.encoding, any_lines=True).text
        data = _declaration.sub("", text, count=1).encode("utf-8")
    return parse(_without_doctype(data), name)


def local(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def _without_doctype(data: bytes) -> bytes:
    """Drop a document type that only names an outside file; one that declares anything stays, to be refused."""
    found = _outside.match(data[:HEAD])
    return data if found is None else data[: found.end(1)] + data[found.end() :]
