"""The text of an HTML document without its tags, and the way into it from positions counted in UTF-8 bytes."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from qcode.interchange.quote_places import Text

__all__ = ["MarkedUpText"]

PIECE = 1_000
BLOCKS = frozenset(
    (
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "div", "blockquote", "pre", "table", "tr", "hr"),
        *("dl", "dt", "dd", "section", "article", "header", "footer", "main", "aside", "figure", "figcaption"),
        *("caption", "thead", "tbody", "tfoot", "address", "nav", "form", "fieldset", "center"),
    )
)
_name = re.compile("</?([A-Za-z][A-Za-z0-9]*)")
_rest = re.compile("""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>""")
_endless = re.compile("&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")


class MarkedUpText:
    """A document as people read it: a block or a line break begins a new line, a cell stands behind a tab.

    The line ends that stand in the tags' stead are not counted in its positions; every letter of its text is.
    Line ends within a paragraph, which a browser shows as blanks, are blanks. `pictures` and `links` counts what has
    no words.
    """

    def __init__(self, source: str) -> None:
        self.pictures = self.links = 0
        self._kept: list[str] = []
        self._bytes: list[int] = []
        self._at: list[int] = []
        self._counted = self._length = 0
        self._due, self._as_is = "", 0
        self._read(source.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n"))

    @cached_property
    def kept(self) -> Text:
        """Return the text as we keep it."""
        return Text("".join(self._kept))

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return our stretch for one counted in bytes; None for one outside, or that cuts a character."""
        if not 0 <= start <= end <= self._counted:
            return None
        first = self._within(bisect_right(self._bytes, start) - 1, start)
        last = self._within(bisect_left(self._bytes, end) - 1, end)
        return None if first is None or last is None or last < first else (first, last)

    def _within(self, piece: int, position: int) -> int | None:
        if piece < 0:
            return 0
        at = self._at[piece]
        words = self.kept.text[at : at + PIECE].encode()[: position - self._bytes[piece]]
        try:
            return at + len(words.decode())
        except UnicodeDecodeError:
            return None

    def _read(self, source: str) -> None:
        here, quotes = 0, True
        while here < len(source):
            opened = source.find("<", here)
            self._take(source[here : opened if opened >= 0 else len(source)])
            if opened < 0:
                return
            name = _name.match(source, opened)
            if not name and source[opened + 1 : opened + 2] not in ("!", "?", "/"):
                self._take("<")
                here = opened + 1
                continue
            if source.startswith("<!--", opened):
                closed = source.find("-->", opened + 4) + 2
                here = closed + 1 if closed > 1 else len(source)
                continue
            found = _rest.match(source, opened) if quotes else None
            quotes = found is not None
            closed = found.end() if found else source.find(">", opened) + 1
            if name:
                self._tag(name[1].lower(), closing=source[opened + 1] == "/")
            here = closed or len(source)
            if name and name[0].lower() == "<pre" and source.startswith("\n", here):
                here += 1  # (no browser shows or counts it)

    def _tag(self, name: str, *, closing: bool) -> None:
        if name == "br":
            self._due = self._due.replace("\t", "") + "\n"
        elif name in BLOCKS:
            self._due = "\n" if "\n" not in self._due else self._due
        elif name in ("td", "th") and not closing and not self._due:
            self._due = "\t"
        self.pictures += name == "img" and not closing
        self.links += name == "a" and not closing
        if name == "pre":
            self._as_is = max(0, self._as_is + (-1 if closing else 1))

    def _take(self, coded: str) -> None:
        text = html.unescape(_endless.sub("\ufffd", coded)).replace("\r", "\n")
        if not text:
            return
        if not self._length and text[0] == "\ufeff":
            self._counted += 3
            text = text[1:]
        if self._due:
            blanks = text[: len(text) - len(text.lstrip())]
            if "\n" in blanks:
                self._due = ""
            self._keep(blanks)
            text = text[len(blanks) :]
            if text:
                self._insert()
        self._keep(text if self._as_is else text.replace("\n", " "))

    def _insert(self) -> None:
        """Write the line end that is due, unless one stands there."""
        due = self._due.removeprefix("\n") if self._kept and self._kept[-1].endswith("\n") else self._due
        if self._length and due:
            self._kept.append(due)
            self._length += len(due)
        self._due = ""

    def _keep(self, text: str) -> None:
        for begin in range(0, len(text), PIECE):
            piece = text[begin : begin + PIECE]
            self._bytes.append(self._counted)
            self._at.append(self._length)
            self._kept.append(piece)
            self._counted += len(piece.encode("utf-8", "surrogatepass"))
            self._length += len(piece)
