"""The text of an OpenDocument body: one walk over its XML, to any depth, that drops nothing by accident."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qcode.importers.blocks import Block, Body, body_of, table_row

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["OFFICE", "STYLE", "Styles", "read_body", "styles_of"]

_oasis = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_oasis}office:1.0}}"
STYLE = f"{{{_oasis}style:1.0}}"
TEXT = f"{{{_oasis}text:1.0}}"
TABLE = f"{{{_oasis}table:1.0}}"
DRAW = f"{{{_oasis}drawing:1.0}}"
SVG = f"{{{_oasis}svg-compatible:1.0}}"
WEIGHT = f"{{{_oasis}xsl-fo-compatible:1.0}}font-weight"
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
BOXES = {DRAW + n for n in ("text-box", "custom-shape", "rect", "ellipse", "caption")}
STYLED = {TEXT + "span", TEXT + "a"}
SILENT = {
    *(TEXT + n for n in ("number", "ruby-text", "table-of-content-source", "alphabetical-index-source")),
    *(TEXT + n for n in ("bibliography-source", "user-index-source", "illustration-index-source", "sequence-decls")),
    *(TABLE + n for n in ("covered-table-cell", "table-columns", "shapes")),
    *(SVG + n for n in ("title", "desc")),
    *(OFFICE + n for n in ("binary-data", "forms", "event-listeners", "annotation-end")),
}
SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
MOST_BLANKS = 1_000
_blanks = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Styles:
    """What styles do, by family and name; None where they leave it to the style they build on."""

    bold: Mapping[tuple[str, str], bool | None]
    headings: frozenset[str] = frozenset()
    hidden: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read, and what stands in text boxes anchored in it."""

    block: Block
    bold: list[bool]
    boxes: list[Block] = field(default_factory=list)
    at_blank: bool = True

    def add(self, text: str | None) -> None:
        """Add text from between the marks of XML, where any number of blanks and line ends is one blank."""
        words = _blanks.sub(" ", text or "")
        if self.at_blank:
            words = words.removeprefix(" ")
        if words:
            self.block.runs.append((words, self.bold[-1]))
            self.at_blank = words.endswith(" ")

    def sign(self, text: str) -> None:
        """Add characters that have an element of their own."""
        self.block.runs.append((text, self.bold[-1]))
        self.at_blank = False


class _Walk:
    """Goes through the XML once; counts what it leaves out."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.left_out: Counter[str] = Counter()
        self.sinks: list[list[Block]] = [[]]
        self.rows: list[list[list[Block]]] = []
        self.open: list[_Open | None] = [None]

    def read(self, root: _Element) -> list[Block]:
        """Return the paragraphs and rows below an element, in reading order."""
        from lxml import etree

        skipped: set[_Element] = set()
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start" and element is not root and self._skips(element):
                skipped.add(element)
                walker.skip_subtree()
            elif event == "start":
                self._enter(element)
            else:
                if element not in skipped:
                    self._leave(element)
                paragraph = self.open[-1]
                if paragraph is not None and element is not root and _holds_words(element.getparent()):
                    paragraph.add(element.tail)
        return self.sinks[0]

    def _skips(self, element: _Element) -> bool:
        """Tell whether an element with all below it is no talk; count it where it holds words."""
        tag = element.tag
        if tag == TEXT + "note":
            self.left_out["endnotes" if element.get(TEXT + "note-class") == "endnote" else "footnotes"] += 1
        elif tag == OFFICE + "annotation":
            self.left_out["comments"] += 1
        elif tag == TEXT + "tracked-changes":
            self.left_out["deletions"] += sum(1 for _ in element.iter(TEXT + "deletion"))
        elif tag in (DRAW + "object", DRAW + "object-ole"):
            self.left_out["embedded files"] += 1
        elif self._hides(element):
            self.left_out["hidden stretches"] += any(str(text).strip() for text in element.itertext())
        else:
            return tag in SILENT
        return True

    def _hides(self, element: _Element) -> bool:
        tag = element.tag
        if tag == TEXT + "section":
            return str(element.get(TEXT + "display")) == "none"
        if tag == TEXT + "hidden-text":
            return str(element.get(TEXT + "is-hidden")) != "false"
        family = "text" if tag in STYLED else "paragraph" if tag in PARAGRAPHS else ""
        return (family, element.get(TEXT + "style-name") or "") in self.styles.hidden

    def _enter(self, element: _Element) -> None:
        tag, paragraph = element.tag, self.open[-1]
        if tag in PARAGRAPHS:
            self._begin(element)
        elif tag in BOXES:
            self.sinks.append([])
            self.open.append(None)
        elif tag == TABLE + "table-row":
            self.rows.append([])
        elif tag == TABLE + "table-cell" and self.rows:
            self.sinks.append([])
            self.open.append(None)
        elif paragraph is not None:
            self._inside(element, paragraph)

    def _begin(self, element: _Element) -> None:
        style = element.get(TEXT + "style-name") or ""
        heading = element.tag == TEXT + "h" or style in self.styles.headings
        begun = _Open(Block([], heading), [bool(self.styles.bold.get(("paragraph", style)))])
        begun.add(element.text)
        self.open.append(begun)

    def _inside(self, element: _Element, paragraph: _Open) -> None:
        tag = element.tag
        if tag in STYLED:
            bold = self.styles.bold.get(("text", element.get(TEXT + "style-name") or ""))
            paragraph.bold.append(paragraph.bold[-1] if bold is None else bold)
        elif tag == TEXT + "s":
            paragraph.sign(" " * _number(element.get(TEXT + "c")))
        elif tag in SIGNS:
            paragraph.sign(SIGNS[tag])
        if _holds_words(element):
            paragraph.add(element.text)

    def _leave(self, element: _Element) -> None:
        tag, paragraph = element.tag, self.open[-1]
        if tag in PARAGRAPHS and paragraph is not None:
            self.open.pop()
            self.sinks[-1] += [paragraph.block, *paragraph.boxes]
        elif tag in STYLED and paragraph is not None:
            paragraph.bold.pop()
        elif tag in BOXES:
            self.open.pop()
            blocks, anchor = self.sinks.pop(), self.open[-1]
            (self.sinks[-1] if anchor is None else anchor.boxes).extend(blocks)
        elif tag == TABLE + "table-row":
            self.sinks[-1].append(table_row(self.rows.pop()))
        elif tag == TABLE + "table-cell" and self.rows:
            self.open.pop()
            self.rows[-1].append(self.sinks.pop())


def read_body(body: _Element, styles: Styles) -> Body:
    """Return the text of a body: paragraphs and rows in reading order, joined by LF."""
    walk = _Walk(styles)
    return body_of(walk.read(body), walk.left_out)


def styles_of(*roots: _Element | None) -> Styles:
    """Return what the styles of these parts make bold, hidden or a heading, after the styles they build on."""
    found: dict[tuple[str, str], _Element] = {}
    for root in roots:
        for style in root.iter(STYLE + "style") if root is not None else ():
            found[style.get(STYLE + "family") or "", style.get(STYLE + "name") or ""] = style
    bold = {key: _inherited(key, found) for key in found}
    headings = frozenset(name for family, name in found if family == "paragraph" and _is_heading(name, found))
    hidden = frozenset(
        key
        for key, style in found.items()
        if any(p.get(TEXT + "display") == "none" for p in style.findall(STYLE + "text-properties"))
    )
    return Styles(bold, headings, hidden)


def _holds_words(element: _Element | None) -> bool:
    """Tell whether text directly inside an element is shown: between the parts of a drawing it is only layout."""
    return element is not None and not str(element.tag).startswith(DRAW)


def _line_of(key: tuple[str, str], found: Mapping[tuple[str, str], _Element]) -> list[_Element]:
    """Return a style and those it builds on, nearest first; a circle ends where it closes."""
    line: list[_Element] = []
    while key in found and found[key] not in line and len(line) < 50:
        line.append(found[key])
        key = key[0], line[-1].get(STYLE + "parent-style-name") or ""
    return line


def _inherited(key: tuple[str, str], found: Mapping[tuple[str, str], _Element]) -> bool | None:
    for style in _line_of(key, found):
        for properties in style.findall(STYLE + "text-properties"):
            weight = properties.get(WEIGHT)
            if weight:
                return weight == "bold" or (weight.isdecimal() and len(weight) < 5 and int(weight) >= 600)
    return None


def _is_heading(name: str, found: Mapping[tuple[str, str], _Element]) -> bool:
    return any(
        (style.get(STYLE + "name") or "").startswith(("Heading", "Title", "Subtitle"))
        or (style.get(STYLE + "default-outline-level") or "0") not in ("0", "")
        for style in _line_of(("paragraph", name), found)
    )


def _number(count: str | None) -> int:
    return min(int(count), MOST_BLANKS) if count and count.isdecimal() and len(count) < 10 else 1
