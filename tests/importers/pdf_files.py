"""PDF files made in one call: pages of lines with their places, in one font that knows every letter."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

CMAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /All def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
)


class At(NamedTuple):
    """Words at a place, in points from the left and the bottom of the page; each letter is half its size wide."""

    left: float
    base: float
    words: str
    bold: bool = False
    size: float = 10


def column(*lines: str, left: float = 70, top: float = 760, step: float = 14) -> list[At]:
    """Return lines below each other; an empty one leaves a gap."""
    return [At(left, top - number * step, line) for number, line in enumerate(lines) if line]


def pdf(*pages: Sequence[At], packed: bytes | None = None) -> bytes:
    """Return a PDF of such pages; `packed` stands for the content of the first page, already deflated."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(pages)))
    objects.append(b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)))
    for name in (b"Plain", b"Plain-Bold"):
        described = b"<</Type/FontDescriptor/FontName/%s/Ascent 800/Descent -200>>" % name
        child = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/DW 500/FontDescriptor %s" % (name, described)
        info = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
        at = len(objects) + 2
        objects.append(
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %d 0 R>>"
            % (name, child + info, at)
        )
        objects.append(_stream(CMAP))
    objects += [b"null"] * 3
    for number, page in enumerate(pages):
        content = b"".join(_shown(one) for one in page)
        fonts = b"/Resources<</Font<</F0 3 0 R/F1 5 0 R>>>>"
        box = b"/MediaBox[0 0 600 800]"
        objects.append(b"<</Type/Page/Parent 2 0 R%s%s/Contents %d 0 R>>" % (box, fonts, 11 + 2 * number))
        first = packed if packed is not None and number == 0 else zlib.compress(content)
        objects.append(_stream(first, b"/Filter/FlateDecode"))
    return _file(objects)


def _shown(one: At) -> bytes:
    words = one.words.encode("utf-16-be").hex().encode()
    return b"BT /F%d %g Tf %g %g Td <%s> Tj ET\n" % (one.bold, one.size, one.left, one.base, words)


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)


def _file(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + tail
