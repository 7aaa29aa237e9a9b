"""Web pages (.html, .htm): the words that a browser shows, decoded as the page declares."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.blocks import draft_of_body, left_out_notices
from qcode.importers.decode import MARKS, Decoded, decode
from qcode.importers.html_text import read_page

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

SAYINGS = {
    "footnotes": "left out",
    "headers and footers": "with words left out",
    "hidden stretches": "of text that the page does not show left out",
    "deletions": "left out (marked as deleted in the page)",
}
SOUGHT = 4_096
"""Browsers look for the declared encoding in the first 1,024 bytes; Word writes it later."""

_declared = re.compile(
    rb"<meta\b[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml\b[^>]{0,100}?\bencoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.I,
)
MEANT = {
    **dict.fromkeys(("ascii", "iso8859-1", "latin-1"), "cp1252"),  # what every browser takes them for
    **dict.fromkeys(("gb2312", "gbk", "hz"), "gb18030"),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-32"), "utf-8"),  # else the words could not be read
    "iso8859-9": "cp1254",
}


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of a web page. Raises Unreadable."""
    decoded = _decoded(data, options.encoding)
    body = read_page(_tree(decoded.text))
    if not body.text.strip():
        raise Unreadable("the page holds no words", mend="save the page when its words are shown, or copy them")
    notices = (*decoded.notices, *left_out_notices(body.left_out, SAYINGS))
    return draft_of_body(body, "html", options, notices=notices, encoding=decoded.encoding)


def _decoded(data: bytes, wanted: str | None) -> Decoded:
    declared = _encoding(data[:SOUGHT])
    if wanted or declared is None or data.startswith(tuple(mark for mark, _ in MARKS)):
        return decode(data, wanted)
    if declared == "cp1252":
        # bytes that Windows leaves undefined are controls in a browser
        data = data.decode("cp1252", "qcode-controls").encode("utf-8")
        return Decoded(decode(data, "utf-8").text, "cp1252")
    try:
        return decode(data, declared)
    except Unreadable:
        found = decode(data)
    said = Notice("", f"the page says that it is in {declared}, which it is not; it was read as {found.encoding}")
    return Decoded(found.text, found.encoding, (said, *found.notices))


def _controls(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("qcode-controls", _controls)


def _encoding(head: bytes) -> str | None:
    """Return the encoding that a page declares, as a browser understands it; None where it is none."""
    match = _declared.search(head)
    if match is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return None
    return MEANT.get(name, name)


def _tree(text: str) -> _Element:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if any(problem.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for problem in parser.error_log):
        raise Unreadable("the page is nested too deep to be read whole", mend="copy its words to a text file (.txt)")
    if root is None:
        raise Unreadable("the page holds no words")
    return root
