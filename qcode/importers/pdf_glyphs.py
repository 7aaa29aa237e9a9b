"""What a PDF draws: the letters of each page with their places, in the order in which they are drawn."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qcode.errors import Unreadable

if TYPE_CHECKING:
    from pdfminer.pdfdevice import PDFDevice
    from pdfminer.pdfdocument import PDFDocument

__all__ = ["Glyph", "Page", "pages_of"]

MOST_PAGES = 2_000
MOST_GLYPHS = 3_000_000
MOST_INFLATED = 60_000_000
MOST_IN_ALL = 600_000_000
AGAIN = "open it in a PDF reader, print it to a new PDF, and import that"
BOMB = "the file unpacks to far more than a transcript can hold and was not opened"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter, or several drawn as one, with its ends and base line in points from the left and the bottom."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


@dataclass(slots=True)
class Page:
    """The letters of a page; `artifacts` are those that the file itself marks as no part of its text."""

    glyphs: list[Glyph] = field(default_factory=list)
    artifacts: list[Glyph] = field(default_factory=list)
    turned: int = 0
    unknown: int = 0
    outside: int = 0
    width: float = 0.0
    height: float = 0.0


def pages_of(data: bytes) -> list[Page]:
    """Return the pages of a PDF. Raises Unreadable. A hostile file may take long: call it where time is bounded."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdftypes import PDFException

    _bound_inflation()
    try:
        return _drawn(data)
    except Unreadable:
        raise
    except PDFPasswordIncorrect:
        raise Unreadable("the file is locked with a password", mend="save it without one") from None
    except MemoryError:
        raise Unreadable(BOMB) from None
    except (PDFException, RecursionError, Exception):
        # the parser of damaged files fails in every way that Python knows
        raise Unreadable("the file is damaged", mend=AGAIN) from None


def _drawn(data: bytes) -> list[Page]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    document: PDFDocument = PDFDocument(PDFParser(io.BytesIO(data)))
    manager, pages, glyphs = PDFResourceManager(), list[Page](), 0
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= MOST_PAGES:
            raise Unreadable(
                f"the file has too many pages (at most {MOST_PAGES:,})", mend="split it into one file an interview"
            )
        pages.append(_sized(page))
        PDFPageInterpreter(manager, _device(manager, pages[-1], MOST_GLYPHS - glyphs)).process_page(page)
        glyphs += len(pages[-1].glyphs) + len(pages[-1].artifacts)
    if not pages:
        raise Unreadable("the file is damaged (it has no pages)", mend=AGAIN)
    return pages


def _sized(page: Any) -> Page:
    left, low, right, high = page.mediabox
    width, height = float(right - left), float(high - low)
    return Page(width=height, height=width) if page.rotate % 180 else Page(width=width, height=height)


def _device(manager: Any, page: Page, most: int) -> PDFDevice:
    """Return what the interpreter draws on: it keeps letters, and lines and pictures not at all."""
    from pdfminer.layout import LTChar
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined

    class Device(PDFTextDevice):
        tags: tuple[bool, ...] = ()

        def begin_tag(self, tag: Any, props: Any = None) -> None:
            self.tags = (*self.tags[:200], getattr(tag, "name", "") == "Artifact")

        def end_tag(self) -> None:
            self.tags = self.tags[:-1]

        def render_char(self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int,
                        ncs: Any, graphicstate: Any) -> float:  # fmt: skip
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
                page.unknown += 1
            size = (font.char_width(cid), font.char_disp(cid))
            drawn = LTChar(matrix, font, fontsize, scaling, rise, text, *size, ncs, graphicstate)
            if not drawn.upright and not font.is_vertical():
                page.turned += 1
            elif drawn.x1 < 0 or drawn.x0 > page.width or not -1 < drawn.matrix[5] < page.height:
                page.outside += 1
            else:
                glyph = _glyph(drawn, text, font)
                (page.artifacts if any(self.tags) else page.glyphs).append(glyph)
            if len(page.glyphs) + len(page.artifacts) > most:
                raise Unreadable("the text is too long", mend="split it into one file an interview")
            return float(drawn.adv)

    return Device(manager)


def _glyph(drawn: Any, text: str, font: Any) -> Glyph:
    name = str(font.fontname or "").lower()
    bold = any(word in name for word in ("bold", "black", "heavy", "demi"))
    words = "".join(c if c >= " " and c != "\x7f" else " " if c.isspace() else "" for c in text)
    return Glyph(words, float(drawn.x0), float(drawn.x1), float(drawn.matrix[5]), max(float(drawn.size), 0.1), bold)


class _Bounded:
    """What the PDF parser asks of zlib, with a bound on what one stream and all of them may unpack to."""

    error = zlib.error

    def __init__(self) -> None:
        self.left = MOST_IN_ALL

    def decompress(self, data: bytes) -> bytes:
        """Unpack a stream that is whole. Raises Unreadable, zlib.error."""
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(data, min(MOST_INFLATED, self.left))
        self.left -= len(found)
        if unpacking.unconsumed_tail and len(found) >= min(MOST_INFLATED, self.left):
            raise Unreadable(BOMB)
        if not unpacking.eof:
            raise zlib.error("cut off")
        return found

    def decompressobj(self) -> Any:
        """Refuse to mend a stream that is cut off: its end would be missing. Raises Unreadable."""
        raise Unreadable("the file is damaged or cut off (a page cannot be unpacked)", mend=AGAIN)


def _bound_inflation() -> None:
    """Let the parser unpack within bounds: it has none, and 100 MB can hide 100 GB."""
    from pdfminer import pdftypes

    vars(pdftypes)["zlib"] = _Bounded()
