"""OpenDocument files (.odt, .fodt): the body's text, with a notice on everything that is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.blocks import drafts_of_body, left_out_notices
from qcode.importers.decode import LIMIT
from qcode.importers.odt_text import OFFICE, STYLE, read_body, styles_of
from qcode.importers.package import AGAIN, Package, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

SAYINGS = {
    "footnotes": "left out",
    "endnotes": "left out",
    "comments": "left out",
    "deletions": "of tracked changes left out; insertions kept",
    "hidden stretches": "of text left out",
    "embedded files": "not read",
    "headers and footers": "with words left out",
}
PRINTED = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def read(data: bytes, name: str, options: Options) -> Draft | list[Draft]:
    """Return the draft of an OpenDocument text. Raises Unreadable."""
    content, styles = _zipped(data) if data.startswith(b"PK") else _flat(data)
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise Unreadable(
            "the file is no text document", mend="open it in LibreOffice and save its text as .odt or .docx"
        )
    body = read_body(text, styles_of(styles, content))
    body.left_out["headers and footers"] = _headers(styles if styles is not None else content)
    return drafts_of_body(body, "odt", options, notices=left_out_notices(body.left_out, SAYINGS))


def _zipped(data: bytes) -> tuple[_Element, _Element | None]:
    """Return the content and the styles of a zipped document."""
    package = Package(data)
    if b"encryption-data" in (package.bytes_of("META-INF/manifest.xml") or b""):
        raise Unreadable("the file is locked with a password", mend="save it without one")
    part = package.bytes_of("content.xml")
    if part is None:
        raise Unreadable("the file is no OpenDocument text (content.xml is missing)", mend=AGAIN)
    return _bounded(part, "content.xml"), package.xml("styles.xml")


def _flat(data: bytes) -> tuple[_Element, None]:
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Unreadable(
            "the file is called .odt and is none", mend="open it in LibreOffice or Word and save it as .docx"
        )
    return _bounded(data, ""), None


def _bounded(content: bytes, where: str) -> _Element:
    if len(content) > LIMIT:
        raise Unreadable(
            f"the document is too long (at most {LIMIT // 1_000_000} MB)", mend="split it into one file an interview"
        )
    return parse(content, where)


def _headers(root: _Element) -> int:
    """Return how many headers and footers hold words."""
    kinds = {STYLE + kind for kind in PRINTED}
    found = (part for page in root.iter(STYLE + "master-page") for part in page if part.tag in kinds)
    return sum(any(str(text).strip() for text in part.itertext()) for part in found)
