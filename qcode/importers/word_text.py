"""The text of a Word document's body: a walk over its XML that drops nothing by accident."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qcode.importers.blocks import Block, Body, body_of, table_row

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Styles", "W", "read_body"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
THROUGH = {
    W + n
    for n in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "customXml",
        "fldSimple",
        "sdt",
        "sdtContent",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
    )
}
DROPPED = {
    W + "del",
    W + "moveFrom",
    W + "rPr",
    W + "pPr",
    W + "sdtPr",
    W + "rt",
    W + "instrText",
    W + "delText",
    W + "delInstrText",
}
SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad"}
COUNTED = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes", W + "commentReference": "comments"}
OFF = {"0", "false", "off", "none"}
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Styles:
    """The ids of heading styles and of styles that make letters bold, and the names of paragraph styles by id."""

    headings: frozenset[str] = frozenset()
    bold: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)


class _Walk:
    """Goes through the XML once; counts what it leaves out."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.left_out: Counter[str] = Counter()

    def blocks(self, parent: _Element) -> Iterator[Block]:
        """Yield the paragraphs and rows below an element, in reading order."""
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                yield from self.paragraph(child)
            elif tag == W + "tbl":
                yield from self.rows(child)
            elif tag in THROUGH:
                yield from self.blocks(child)
            elif tag == MC + "AlternateContent":
                yield from self.blocks(_choice(child))
            elif tag == W + "altChunk":
                self.left_out["embedded files"] += 1
            elif tag in (W + "del", W + "moveFrom"):
                self.left_out["deletions"] += 1

    def paragraph(self, p: _Element) -> Iterator[Block]:
        """Yield one paragraph, then what stands in text boxes anchored in it."""
        boxes: list[_Element] = []
        properties = p.find(W + "pPr")
        runs = list(self.runs(p, boxes))
        gone = properties is not None and properties.find(f"{W}rPr/{W}del") is not None
        yield Block(runs, self._is_heading(properties), joined=gone, style=self._style(properties))
        for box in boxes:
            yield from self.blocks(box)

    def _is_heading(self, properties: _Element | None) -> bool:
        if properties is None:
            return False
        level = properties.find(W + "outlineLvl")
        if level is not None:
            return bool(level.get(W + "val") != "9")
        style = properties.find(W + "pStyle")
        return style is not None and str(style.get(W + "val")) in self.styles.headings

    def _style(self, properties: _Element | None) -> str:
        style = None if properties is None else properties.find(W + "pStyle")
        return "" if style is None else self.styles.names.get(str(style.get(W + "val")), "")

    def rows(self, table: _Element) -> Iterator[Block]:
        """Yield each row of a table as one block, its cells joined by TAB."""
        for row in _inside(table, W + "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.left_out["deletions"] += 1
                continue
            yield table_row(list(_mended(self.blocks(cell))) for cell in _inside(row, W + "tc"))

    def runs(self, parent: _Element, boxes: list[_Element]) -> Iterator[tuple[str, bool]]:
        """Yield the text of a paragraph, run by run, with whether it is bold."""
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                yield from self.run(child, boxes)
            elif tag in THROUGH or tag in (W + "subDoc",):
                yield from self.runs(child, boxes)
            elif tag == MC + "AlternateContent":
                yield from self.runs(_choice(child), boxes)
            elif tag in (W + "del", W + "moveFrom"):
                self.left_out["deletions"] += 1
            elif isinstance(tag, str) and tag.startswith(
                "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
            ):
                yield "".join(t.text or "" for t in child.iter(MATH_TEXT)), False

    def run(self, r: _Element, boxes: list[_Element]) -> Iterator[tuple[str, bool]]:
        """Yield the text of one run, unless it is hidden."""
        properties = r.find(W + "rPr")
        if properties is not None and _on(properties.find(W + "vanish")):
            self.left_out["hidden stretches"] += any(t.text for t in r.iter(W + "t"))
            return
        text = "".join(self.signs(r, boxes))
        if text:
            yield text, self._is_bold(properties)

    def signs(self, r: _Element, boxes: list[_Element]) -> Iterator[str]:
        """Yield the characters of a run; text boxes found in it are put aside."""
        for child in r:
            tag = child.tag
            if tag == W + "t":
                yield _LINE_END.sub(" ", child.text or "")  # Word shows a line end inside the XML as a blank
            elif tag in SIGNS:
                yield SIGNS[tag]
            elif tag == W + "br":
                yield "" if child.get(W + "type") in ("page", "column") else "\n"
            elif tag == W + "sym":
                yield _symbol(child)
            elif tag in COUNTED:
                self.left_out[COUNTED[tag]] += 1
            elif tag == MC + "AlternateContent":
                yield from self.signs(_choice(child), boxes)
            elif tag in THROUGH:
                yield from (text for text, _ in self.runs(child, boxes))
            elif tag not in DROPPED:
                boxes.extend(_outermost(child, W + "txbxContent"))

    def _is_bold(self, properties: _Element | None) -> bool:
        if properties is None:
            return False
        bold = properties.find(W + "b")
        if bold is not None:
            return _on(bold)
        style = properties.find(W + "rStyle")
        return style is not None and str(style.get(W + "val")) in self.styles.bold


def read_body(body: _Element, styles: Styles) -> Body:
    """Return the text of a body: paragraphs and rows in reading order, joined by LF."""
    walk = _Walk(styles)
    return body_of(_mended(walk.blocks(body)), walk.left_out)


def _mended(blocks: Iterator[Block]) -> Iterator[Block]:
    """Join a paragraph whose end was deleted to the one that follows."""
    kept: list[tuple[str, bool]] = []
    last: Block | None = None
    for block in blocks:
        last = block
        if block.joined:
            kept.extend(block.runs)
            continue
        if kept:
            block.runs[:0] = kept
            kept = []
        yield block
    if last is not None and last.joined and kept:
        yield Block(kept)


def _inside(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Yield children of one kind, also those that stand in content controls or insertions."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in THROUGH:
            yield from _inside(child, wanted)


def _choice(alternate: _Element) -> _Element:
    """Return one of several versions of the same content, so that it is read once."""
    choices = [child for child in alternate if child.tag == MC + "Choice"] or list(alternate)
    return choices[0] if choices else alternate


def _outermost(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Yield the outermost elements of a kind, of each alternative only the first."""
    if parent.tag == wanted:
        yield parent
    elif parent.tag == MC + "AlternateContent":
        yield from _outermost(_choice(parent), wanted) if len(parent) else ()
    else:
        for child in parent:
            yield from _outermost(child, wanted)


def _symbol(sym: _Element) -> str:
    code = sym.get(W + "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else ""


def _on(switch: _Element | None) -> bool:
    return switch is not None and (switch.get(W + "val") or "true").lower() not in OFF
