"""OpenDocument, RTF, web and PDF files, damaged in every way, end in a draft or in a sentence."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import Unreadable
from qcode.importers.base import Options
from tests.importers.odt_files import content, odt, p
from tests.importers.pdf_files import At, column, pdf
from tests.importers.test_import_fuzz import CUTS, damaged, ends_well

ODT_BLOCK = p('<text:span text:style-name="T1">И:</text:span> слова<text:s text:c="3"/><text:tab/>да') * 20
ODT = odt(ODT_BLOCK)
RTF = (
    rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset134 B;}}"
    + rb"{\b I:} \'cf\'f0\u1087?{\f1 \'b7\'c3}{\footnote n}\par\trowd\cellx1\intbl a\cell\row\pard B: ja\par " * 9
    + b"}"
)
HTML = (
    "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>"
    + "<p><b>И:</b> да&nbsp;<i>нет</i><br></p><table><tr><td>a<td>b</table><pre>x\n y</pre>" * 9
).encode()
PDF = pdf(*([*column("И: как давно?", "Р: два года и", "ещё один год."), At(300, 20, str(n))] for n in range(1, 4)))


@settings(max_examples=100, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_damaged_open_documents_and_their_xml(changes: list[tuple[str, float, bytes]]) -> None:
    ends_well(damaged(ODT, changes), "a.odt")
    ends_well(damaged(content(ODT_BLOCK).encode(), changes), "a.fodt")


@settings(max_examples=150, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_damaged_rtf_and_web_pages(changes: list[tuple[str, float, bytes]]) -> None:
    ends_well(damaged(RTF, changes), "a.rtf")
    ends_well(damaged(HTML, changes), "a.html")


@settings(max_examples=100, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_damaged_pdf_files(changes: list[tuple[str, float, bytes]]) -> None:
    pytest.importorskip("pdfminer")
    from qcode.importers.pdf import draft_of_pages
    from qcode.importers.pdf_child import described
    from qcode.importers.pdf_glyphs import pages_of

    with contextlib.suppress(Unreadable):
        draft_of_pages(json.loads(json.dumps([described(page) for page in pages_of(damaged(PDF, changes))])), Options())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.odt", "a.rtf", "a.html", "a.pdf", "a.doc"]))
def test_any_bytes(data: bytes, name: str) -> None:
    ends_well(data, name)
