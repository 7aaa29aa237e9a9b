"""A coded turn reads the same in every format, with marks that need no colour."""

from __future__ import annotations

import io
import zipfile

from docx import Document

from qcode.reports.render import docx, html, markdown
from qcode.reports.report import CodedTurn, Report

TURN = CodedTurn(
    "2 · ANA · 00:01:01",
    (("I waited ", ""), ("[1", "mark"), ("two <hours>\n", "coded"), ("1]", "mark"), (" [laughs]", "")),
    (("1", "Waiting (WAIT) [ana]\nMemo [ana]: long"),),
    "en",
)
REPORT = Report("P1", (TURN,))


def test_word_keeps_words_marks_and_notes() -> None:
    paragraphs = [one.text for one in Document(io.BytesIO(docx.render(REPORT))).paragraphs]
    assert "I waited [1two <hours>\n1] [laughs]" in paragraphs
    assert "1\tWaiting (WAIT) [ana]\nMemo [ana]: long" in paragraphs


def test_in_word_marks_are_raised_and_coded_words_underlined() -> None:
    body = zipfile.ZipFile(io.BytesIO(docx.render(REPORT))).read("word/document.xml").decode()
    assert body.count('<w:vertAlign w:val="superscript"/>') == 2
    assert body.count("<w:u ") == 1


def test_the_web_page_keeps_words_marks_and_notes() -> None:
    page = html.render(REPORT).decode()
    assert "I waited <sup>[1</sup><u>two &lt;hours&gt;<br></u><sup>1]</sup> [laughs]" in page
    assert "<li><b>1</b> Waiting (WAIT) [ana]<br>Memo [ana]: long</li>" in page


def test_markdown_sets_numbers_in_bold_and_escapes_the_words() -> None:
    text = markdown.render(REPORT).decode()
    assert "I waited \\[**1**two \\<hours\\>  \n**1**\\] \\[laughs\\]" in text
    assert "- **1** Waiting (WAIT) \\[ana\\] Memo \\[ana\\]: long" in text


def test_marks_between_letters_without_blanks_are_bold_in_markdown() -> None:
    pieces = (("我等", ""), ("[1", "mark"), ("两个小时", "coded"), ("1]\u202f2]", "mark"), ("了", ""))
    text = markdown.render(Report("P1", (CodedTurn("2", pieces, (), "zh"),))).decode()
    assert "我等\\[**1**两个小时**1**\\]\u202f**2**\\]了" in text
