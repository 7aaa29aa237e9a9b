"""The text of a web page as a browser shows it: one walk over its tree, to any depth."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.importers.blocks import Block, Body, body_of, table_row
from qcode.importers.plain import paragraphs_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_page"]

SILENT = frozenset(
    {
        *("head", "script", "style", "template", "noscript", "noframes", "title", "iframe", "object", "embed"),
        *("video", "audio", "canvas", "svg", "map", "rt", "rp", "rtc", "datalist", "select", "textarea"),
    }
)
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "listing"),
        *("xmp", "section", "summary", "table", "caption", "thead", "tbody", "tfoot", "colgroup", "tr", "td", "th"),
        *("ul", "search"),
    }
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th"})
KEEPING = frozenset({"pre", "listing", "xmp"})
QUOTES = ("“", "”")
_pieces = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_rule = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_weight = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(\w+)", re.I)
_hidden = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_note = re.compile(r"(?:sdfootnote|sdendnote|ftn|edn)\d{1,4}")
_mark = re.compile(r"#(?:sd(?:foot|end)note\d{1,4}sym|_(?:ftn|edn)\d{1,4})")
_kept = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre\b|break-spaces)", re.I)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the words inside an element look."""

    bold: bool = False
    kept: bool = False
    heading: bool = False


@dataclass(slots=True)
class _Cell:
    """Blocks of the page or of one cell; `nested` where a table stands in it."""

    blocks: list[Block]
    nested: bool = False


class _Line:
    """The words between two borders of blocks, with blanks as a browser shows them."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, bool]] = []
        self.kept = self.heading = False
        self._blank = ""

    def add(self, text: str, manner: _Manner) -> None:
        """Add words; any number of blanks is one, none stands at an end of a line."""
        if not text:
            return
        self.heading = self.heading or (manner.heading and bool(text.strip()))
        if manner.kept:
            self._put((" " if self._blank and self.runs else "") + text, manner.bold)
            self._blank, self.kept = "", True
            return
        for words in _pieces.findall(text):
            if words[0] in " \t\n\r\f":
                self._blank += "\n" if "\n" in words else " "
            else:
                self._put(self._between(words) + words, manner.bold)
                self._blank = ""

    def end(self, manner: _Manner) -> None:
        """Break the line inside its block."""
        self._blank = ""
        self._put("\n", manner.bold)

    def _between(self, words: str) -> str:
        """Return what is shown for the blanks before words: nothing between Chinese characters of two source lines."""
        last = self.runs[-1][0][-1] if self.runs else "\n"
        if not self._blank or last == "\n" or ("\n" in self._blank and _wide(last) and _wide(words[0])):
            return ""
        return " "

    def _put(self, text: str, bold: bool) -> None:
        self.runs.append((text, bold))

    def blocks(self) -> list[Block]:
        """Return the line as a block; preformatted text as one for each of its paragraphs."""
        if self.runs and self.runs[-1] == ("\n", self.runs[-1][1]) and not self.kept:
            self.runs.pop()  # a break at the end of a block shows no empty line
        if not self.kept:
            return [Block(self.runs, self.heading)] if self.runs else []
        text = "".join(words for words, _ in self.runs).removesuffix("\n")
        if "\n" not in text:
            return [Block(self.runs, self.heading)]
        found, at = [], 0
        for span in paragraphs_of(text):
            found += [Block([(text[at : span.start - 1], False)])] if span.start > at else []
            found.append(Block([(text[span.start : span.end], False)]))
            at = span.end + 1
        return found


class _Walk:
    """Goes through the tree once; counts what it leaves out."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self.classes = classes
        self.left_out: Counter[str] = Counter()
        self.line = _Line()
        self.manners = [_Manner()]
        self.cells = [_Cell([])]
        self.rows: list[list[_Cell]] = []

    def read(self, root: _Element) -> list[Block]:
        """Return the blocks of a page in the order of its source."""
        from lxml import etree

        skipped: set[_Element] = set()
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start" and self._skips(element):
                skipped.add(element)
                walker.skip_subtree()
            elif event == "start":
                self._enter(element)
            else:
                if element not in skipped:
                    self._leave(element)
                self.line.add(element.tail or "", self.manners[-1])
        self._close()
        return self.cells[0].blocks

    def _skips(self, element: _Element) -> bool:
        tag = element.tag
        if tag in SILENT:
            return True
        if what := _of_the_page(element):
            self.left_out[what] += any(str(text).strip() for text in element.itertext())
            return True
        if tag == "a" and _mark.fullmatch(element.get("href") or ""):
            return True
        hidden = "hidden" in element.attrib or _hidden.search(self._style(element)) is not None
        if not hidden and tag != "del":
            return False
        what = "hidden stretches" if hidden else "deletions"
        self.left_out[what] += any(str(text).strip() for text in element.itertext())
        return True

    def _style(self, element: _Element) -> str:
        """Return what is said of the look of an element: by its classes, then by itself."""
        said = [self.classes[name] for name in (element.get("class") or "").split()[:20] if name in self.classes]
        return ";".join((*said, element.get("style") or ""))

    def _enter(self, element: _Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._close()
        if tag == "tr":
            self.rows.append([])
        elif tag in CELLS and self.rows:
            self.cells.append(_Cell([]))
        elif tag == "table" and len(self.cells) > 1:
            self.cells[-1].nested = True
        self.manners.append(self._manner(element))
        if tag == "br":
            self.line.end(self.manners[-1])
        elif tag == "q":
            self.line.add(QUOTES[0], self.manners[-1])
        self.line.add(element.text or "", self.manners[-1])

    def _manner(self, element: _Element) -> _Manner:
        outer, tag, style = self.manners[-1], element.tag, self._style(element)
        weights = _weight.findall(style)
        bold = outer.bold or tag in ("b", "strong")
        if weights:
            bold = weights[-1].lower() in ("bold", "bolder", "600", "700", "800", "900")
        kept = outer.kept or tag in KEEPING or _kept.search(style) is not None
        return _Manner(bold, kept, outer.heading or tag in HEADINGS)

    def _leave(self, element: _Element) -> None:
        tag = element.tag
        if tag == "q":
            self.line.add(QUOTES[1], self.manners[-1])
        self.manners.pop()
        if tag in BLOCKS:
            self._close()
        if tag == "tr":
            self.cells[-1].blocks.extend(_row(self.rows.pop()))
        elif tag in CELLS and self.rows:
            cell = self.cells.pop()
            self.rows[-1].append(cell)

    def _close(self) -> None:
        self.cells[-1].blocks.extend(self.line.blocks())
        self.line = _Line()


def read_page(root: _Element) -> Body:
    """Return the text of a page: its blocks in the order of its source, joined by LF."""
    rules = _rule.findall("\n".join(style.text or "" for style in root.iter("style")))
    walk = _Walk(dict(rules))
    return body_of(walk.read(root), walk.left_out)


def _of_the_page(element: _Element) -> str:
    """Return what an element is that a text program saved of the printed page around the text; else nothing."""
    if element.tag != "div":
        return ""
    if element.get("title") in ("header", "footer"):
        return "headers and footers"
    return "footnotes" if _note.fullmatch(element.get("id") or "") else ""


def _row(cells: list[_Cell]) -> list[Block]:
    """Return a row of a table as one block; what only arranges a page (tables in it, or one cell) as it stands."""
    filled = [cell for cell in cells if cell.blocks]
    if len(filled) == 1 or any(cell.nested for cell in filled):
        return [block for cell in filled for block in cell.blocks]
    return [table_row([cell.blocks for cell in cells])] if filled else []


def _wide(c: str) -> bool:
    return unicodedata.east_asian_width(c) in "WF" and not "\uac00" <= c <= "\ud7a3"
