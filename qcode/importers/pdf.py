"""PDF files (.pdf) that hold text: paragraphs without what is printed around them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from itertools import pairwise, takewhile
from typing import Any

from qcode.errors import MissingExtra, Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.blocks import body_of, draft_of_body, left_out_notices
from qcode.importers.pdf_glyphs import AGAIN, BOMB
from qcode.importers.pdf_lines import Line
from qcode.importers.pdf_paragraphs import paragraphs_of_pages
from qcode.importers.pdf_print import without_margin_numbers, without_print

__all__ = ["draft_of_pages", "read"]

MOST_SECONDS = 120
_leading = re.compile(r"\d{1,3}")
SCAN = "let a program recognise the letters (OCR, for example ocrmypdf) and import what it makes"
SAYINGS = {
    "margin numbers": "left out",
    "page marks": "left out",
    "lines": "of print heads and feet left out",
    "turned letters": "left out (written up or down the page)",
    "letters": "outside the edges of their page left out (no reader shows them)",
}


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of a PDF. Raises Unreadable, MissingExtra."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("the file is called .pdf and is none", mend=AGAIN)
    if b"%%EOF" not in data[-4096:]:
        raise Unreadable("the PDF file is cut off (its end is missing)", mend="copy or download it again")
    if find_spec("pdfminer") is None:
        raise MissingExtra("PDF files need a part of qcode that is not installed", "pdf")
    return draft_of_pages(_pages(data), options)


def _pages(data: bytes) -> list[Mapping[str, Any]]:
    """Return what is on the pages, read by a program of its own that is stopped where it takes too long."""
    known = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-W", "ignore", "-m", "qcode.importers.pdf_child"]
    try:
        ran = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=MOST_SECONDS, env=known
        )
        said = json.loads(ran.stdout)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"the file could not be read within {MOST_SECONDS} seconds", mend=AGAIN) from None
    except ValueError:
        raise Unreadable(BOMB, mend=AGAIN) from None
    if "refused" in said:
        what, mend = said["refused"]
        raise Unreadable(what, mend=mend)
    return list(said["pages"])


def draft_of_pages(pages: Sequence[Mapping[str, Any]], options: Options) -> Draft:
    """Return the draft of the pages that the parser described. Raises Unreadable."""
    lines = [[_line(one) for one in page["lines"]] for page in pages]
    marked = [[_line(one) for one in page["artifacts"]] for page in pages]
    if not any(lines):
        lines, marked = marked, []
    _check(lines, sum(page["unknown"] for page in pages))
    left_out = Counter({"lines": sum(map(len, marked))})
    lines, left_out["margin numbers"] = without_margin_numbers(lines)
    lines, left_out["page marks"], heads = without_print(lines)
    left_out["lines"] += heads
    left_out["turned letters"] = sum(page["turned"] for page in pages)
    left_out["letters"] = sum(page["outside"] for page in pages)
    joined = paragraphs_of_pages(lines, max(page["width"] for page in pages))
    body = body_of(joined.blocks, left_out)
    notices = [
        *left_out_notices(left_out, SAYINGS),
        *_empty(lines),
        *_mended(joined.undivided, joined.hyphens),
        *_twice(lines),
        *_footnotes(lines),
    ]
    if unknown := sum(page["unknown"] for page in pages):
        notices.append(Notice("", f"{unknown} letters whose font does not say what they are became “\ufffd”"))
    return draft_of_body(body, "pdf", options, notices=notices)


def _line(said: Mapping[str, Any]) -> Line:
    return Line(**{**said, "runs": tuple((text, bold) for text, bold in said["runs"])})


def _check(lines: Sequence[Sequence[Line]], unknown: int) -> None:
    """Refuse pictures of text, and fonts that do not say what their letters are. Raises Unreadable."""
    letters = sum(len(line.text) for page in lines for line in page)
    if not letters:
        raise Unreadable("the file holds pictures of pages and no text (a scan)", mend=SCAN)
    if unknown > 0.3 * letters:
        raise Unreadable("the fonts of the file do not say what their letters are", mend=SCAN)


def _empty(lines: Sequence[Sequence[Line]]) -> list[Notice]:
    numbers = [str(number) for number, page in enumerate(lines, 1) if not page]
    if not numbers:
        return []
    shown = ", ".join(numbers[:10]) + (" and more" if len(numbers) > 10 else "")
    where = f"page {shown}" if len(numbers) == 1 else f"pages {shown}"
    return [Notice(where, f"{len(numbers)} of {len(lines)} pages without text (empty, or a picture)")]


def _twice(lines: Sequence[Sequence[Line]]) -> list[Notice]:
    """Say where a page begins with the line that ends the one before: some programs draw it on both, half hidden."""
    what = "the last line of the page before stands here again; is it said twice?"
    return [
        Notice(f"page {number}", what)
        for number, (before, page) in enumerate(pairwise(lines), 2)
        if before and page and before[-1].text == page[0].text and len(page[0].text) > 20
    ]


def _footnotes(lines: Sequence[Sequence[Line]]) -> list[Notice]:
    """Say where the foot of a page looks like footnotes: small print that begins with a number raised above it."""
    sizes = sorted(line.size for page in lines for line in page for _ in line.text)
    found = []
    for number, page in enumerate(lines, 1):
        small = list(takewhile(lambda line: line.size < 0.97 * sizes[len(sizes) // 2], reversed(page)))
        begun = {match[0] for line in small if (match := _leading.match(line.text))}
        marks = [mark for line in page for mark in line.raised if mark in begun]
        if marks:
            found.append(
                Notice(f"page {number}", f"what looks like footnotes stands among the words: {', '.join(marks)}")
            )
    return found


def _mended(undivided: int, hyphens: int) -> list[Notice]:
    said = []
    if undivided:
        said.append(f"words divided at the end of a line were joined without their hyphen: {undivided}")
    if hyphens:
        said.append(f"hyphens at the end of a line were kept: {hyphens}")
    return [Notice("", what) for what in said]
