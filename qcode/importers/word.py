"""Word files (.docx, .docm): the body's text, with a notice on everything that is left out."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.blocks import drafts_of_body, left_out_notices
from qcode.importers.decode import LIMIT
from qcode.importers.package import AGAIN, Package, parse
from qcode.importers.word_text import STRICT, Styles, W, read_body

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SAYINGS = {
    "footnotes": "left out",
    "endnotes": "left out",
    "comments": "left out",
    "deletions": "of tracked changes left out; insertions kept",
    "hidden stretches": "of text (hidden in Word) left out",
    "embedded files": "not read",
    "headers and footers": "with words left out",
}


def read(data: bytes, name: str, options: Options) -> Draft | list[Draft]:
    """Return the draft of a Word file. Raises Unreadable."""
    if not data.startswith(b"PK"):
        raise Unreadable(
            "the file is called .docx and is none", mend="open it in Word or LibreOffice and save it as .docx"
        )
    package = Package(data)
    main = _main_part(package)
    body = read_body(_body(package, main), _styles(package, main))
    body.left_out["headers and footers"] = _headers(package, main)
    return drafts_of_body(body, "docx", options, notices=left_out_notices(body.left_out, SAYINGS))


def _main_part(package: Package) -> str:
    """Return the name of the part that holds the body."""
    relations = package.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if relation.tag == RELATION and (relation.get("Type") or "").endswith("/officeDocument"):
            target = posixpath.normpath((relation.get("Target") or "").lstrip("/"))
            if target in package.names():
                return target
    if "word/document.xml" in package.names():
        return "word/document.xml"
    raise Unreadable("the file is no Word document (word/document.xml is missing)", mend=AGAIN)


def _part(package: Package, name: str) -> _Element | None:
    """Return the root of one part, in the usual namespace also where the file is “strict”."""
    content = package.bytes_of(name)
    if content is None:
        return None
    strict = STRICT[1:-1].encode()
    return parse(content.replace(strict, W[1:-1].encode()) if strict in content[:5000] else content, name)


def _body(package: Package, main: str) -> _Element:
    content = package.bytes_of(main) or b""
    if len(content) > LIMIT:
        raise Unreadable(
            f"the document is too long (at most {LIMIT // 1_000_000} MB)", mend="split it into one file an interview"
        )
    root = _part(package, main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise Unreadable("the file is no Word document (it has no body)", mend=AGAIN)
    return body


def _styles(package: Package, main: str) -> Styles:
    root = _part(package, posixpath.join(posixpath.dirname(main), "styles.xml"))
    headings, bold, names = set(), set(), {}
    for style in root.iter(W + "style") if root is not None else ():
        key, named = style.get(W + "styleId") or "", style.find(W + "name")
        written = (named.get(W + "val") if named is not None else "") or ""
        title = written.lower()
        if style.get(W + "type") == "paragraph":
            names[key] = written.strip()
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if title.startswith(("heading ", "title", "subtitle")) or (level is not None and level.get(W + "val") != "9"):
            headings.add(key)
        if style.get(W + "type") == "character" and style.find(f"{W}rPr/{W}b") is not None:
            bold.add(key)
    return Styles(frozenset(headings), frozenset(bold), names)


def _headers(package: Package, main: str) -> int:
    """Return how many headers and footers hold words."""
    folder = posixpath.dirname(main)
    starts = (posixpath.join(folder, "header"), posixpath.join(folder, "footer"))
    number = 0
    for name in [n for n in package.names() if n.startswith(starts) and n.endswith(".xml")][:60]:
        root = _part(package, name)
        number += root is not None and any((t.text or "").strip() for t in root.iter(W + "t"))
    return number
