"""Word files: real headings, captions, contents, texts for pictures; the same bytes, nobody's name."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from qcode.reports import matrix, quotes
from qcode.reports.render import png
from qcode.reports.render.docx import render
from qcode.reports.render.docx_table import MOST_ROWS
from qcode.reports.render.docx_widths import list_plan
from qcode.reports.render.widths import width
from qcode.reports.report import HOW_MADE, Facts, Heading, Quote, Quotes, Report, Table, Text, Wording
from tests.reports import report_samples as samples


def opened(report: Report) -> Document:
    return docx.Document(io.BytesIO(render(report)))


def parts(report: Report) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(render(report))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if not name.endswith(".png")}


def matrix_report(size: int = 8, **more: Any) -> Report:
    return matrix(samples.matrix(size, **more), study="A study", made_by=samples.MADE_BY)


def report_of(*blocks: Any) -> Report:
    return Report("A report", blocks)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(matrix_report()) == render(matrix_report())


def test_headings_have_heading_styles() -> None:
    found = [p.text for p in opened(matrix_report()).paragraphs if p.style and p.style.name == "Heading 1"]
    assert found[:2] == ["What was counted", "Strongest pairs"]
    assert found[-1] == HOW_MADE


def test_title_and_subtitle_have_their_styles() -> None:
    first, second = opened(matrix_report()).paragraphs[:2]
    assert (first.style.name, second.style.name) == ("Title", "Subtitle")  # type: ignore[union-attr]


def test_captions_are_counted_by_fields() -> None:
    document = parts(matrix_report())["word/document.xml"]
    assert document.count('w:instr=" SEQ Table \\* ARABIC "') == 3
    assert document.count('w:instr=" SEQ Figure \\* ARABIC "') == 1


def test_the_contents_field_is_already_filled_in() -> None:
    document = parts(matrix_report())["word/document.xml"]
    contents = document[document.index("<w:sdt>") : document.index("</w:sdt>")]
    assert "TOC \\o" in contents
    assert "Strongest pairs" in contents
    anchors = set(re.findall(r'w:anchor="(\w+)"', contents))
    assert anchors <= set(re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', document))


def test_word_does_not_ask_whether_to_update_fields() -> None:
    assert "updateFields" not in parts(matrix_report())["word/settings.xml"]


def test_every_table_repeats_its_header_and_keeps_rows_whole() -> None:
    for table in opened(matrix_report()).tables:
        rows = table._tbl.tr_lst
        assert rows[0].find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_a_figure_says_in_words_what_it_shows() -> None:
    document = parts(matrix_report())["word/document.xml"]
    assert 'descr="Heat map of 8 codes' in document


def test_without_matplotlib_the_picture_is_left_out_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "available", lambda: False)
    written = "\n".join(p.text for p in opened(matrix_report()).paragraphs)
    assert "The picture is left out: Matplotlib is not installed" in written
    assert "Figure 1" not in written


def test_nobody_is_named_and_no_clock_is_read() -> None:
    content = render(matrix_report())
    core = docx.Document(io.BytesIO(content)).core_properties
    assert (core.author, core.last_modified_by, core.comments, core.created) == ("", "", "", None)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in archive.namelist())
    assert "2013" not in parts(matrix_report())["docProps/core.xml"]


def test_a_wide_matrix_lies_on_its_side_and_the_last_page_stands_upright() -> None:
    sections = opened(matrix_report(36)).sections
    assert [s.page_width > s.page_height for s in sections] == [False, True, False]  # type: ignore[operator]


def test_a_report_that_ends_with_a_wide_table_keeps_it_on_its_side() -> None:
    wide = Table("Wide", ("a", "b"), ((1, 2),), wide=True)
    assert [s.page_width > s.page_height for s in opened(report_of(wide)).sections] == [True]  # type: ignore[operator]
    upright = opened(Report("A report", (wide,), made_by=(("Study", "x"),))).sections
    assert [s.page_width > s.page_height for s in upright] == [True, False]  # type: ignore[operator]


def test_the_heading_of_a_wide_table_goes_with_it() -> None:
    wide = Table("Wide", ("a", "b"), ((1, 2),), wide=True)
    document = parts(report_of(Text("before"), Heading("Cells"), wide))["word/document.xml"]
    assert document.index("<w:sectPr>") < document.index("Heading1")


def test_sixty_codes_fall_into_parts_that_fit_the_page() -> None:
    document = opened(matrix_report(60))
    squares = [t for t in document.tables if t.style and t.style.name == "Qcode Matrix"]
    assert len(squares) == 2
    landscape = document.sections[1]
    room = landscape.page_width - landscape.left_margin - landscape.right_margin  # type: ignore[operator]
    assert all(sum(c.width for c in t.columns) <= room for t in squares)
    assert sum(len(t.columns) - 1 for t in squares) == 60


def test_column_headers_of_a_wide_matrix_are_turned() -> None:
    assert 'w:textDirection w:val="btLr"' in parts(matrix_report(36))["word/document.xml"]


def test_withheld_and_undefined_cells_are_told_apart() -> None:
    one = samples.hiding(samples.matrix(8), (1, 2), undefined=((3, 5),))
    square = opened(matrix(one)).tables[1]
    cells = [[cell.text for cell in row.cells] for row in square.rows]
    assert (cells[2][3], cells[4][6]) == ("*", "–")


def test_dark_cells_have_light_letters() -> None:
    document = parts(
        report_of(Table("T", ("", "a", "b"), (("a", 1, 9), ("b", 9, 1)), shades=((None, 1.0), (1.0, None))))
    )
    assert re.search(r'w:fill="062B52".{0,200}w:color w:val="FFFFFF"', document["word/document.xml"])


def test_long_tables_are_capped_and_say_where_the_rest_is() -> None:
    rows = tuple((f"P{n}", n) for n in range(10_000))
    started = time.process_time()
    document = opened(report_of(Table("Long", ("Transcript", "Codings"), rows)))
    assert time.process_time() - started < 5
    assert len(document.tables[0]._tbl.tr_lst) == MOST_ROWS + 1
    assert any("The first 1,000 of 10,000 rows" in p.text and ".xlsx" in p.text for p in document.paragraphs)


def test_control_characters_and_lone_surrogates_are_replaced() -> None:
    document = opened(report_of(Text("a\x00b\x0bc\ud800d\ufffe"), Quotes((Quote("q\x1b", "s\x07"),))))
    assert document.paragraphs[-3].text == "a\ufffdb\ufffdc\ufffdd\ufffd"


def test_markup_in_words_stays_words() -> None:
    document = opened(report_of(Text("</w:t><script>alert(1)</script>&amp; =1+1")))
    assert document.paragraphs[-1].text == "</w:t><script>alert(1)</script>&amp; =1+1"


def test_line_breaks_and_tabs_of_a_quote_stay() -> None:
    document = opened(report_of(Quotes((Quote("one\ntwo\tthree\r\nfour", "P01"),))))
    assert document.paragraphs[-2].text == "one\ntwo\tthree\nfour"


def test_the_text_of_a_long_fact_name_stands_below_it() -> None:
    document = opened(report_of(Facts((("Study", "Trust"), ("Text of Interview 1 with the nurse (final)", "9f2c")))))
    facts = [p for p in document.paragraphs if p.style and p.style.name == "Fact"]
    assert [p.text for p in facts] == ["Study\tTrust", "Text of Interview 1 with the nurse (final)\n9f2c"]


def test_a_table_of_many_columns_breaks_its_words_behind_hyphens_alone() -> None:
    row = ("1aa4ca00-1b1a-4f00-a4ca-1b1aa4ca0000", "Interview", "registration", "Aigerim", "2026-11-22", "codebook")
    block = Table("Codings", ("id", "transcript", "code", "coder", "created_at", "codebook"), (row,))
    plan = list_plan(block, 9000)
    unit = plan.points * 20
    for wide, cell in zip(plan.widths, row, strict=True):
        longest = max(width(part) for part in re.split("(?<=-)", cell))
        assert longest * unit + 2 * plan.margin <= wide


def test_columns_of_long_texts_share_the_page_by_what_they_usually_hold() -> None:
    why = "coders mixed the planned handover with the abrupt stop and asked whether that is one"
    rows = tuple((f"id{n}", "a few words that were said " * (30 if n == 0 else 3), why) for n in range(20))
    plan = list_plan(Table("Codings that wait", ("id", "quote", "why"), rows), 9000)
    assert plan.widths[2] > 2500
    assert 8900 <= sum(plan.widths) <= 9000


def test_a_checksum_does_not_make_the_letters_of_a_table_small() -> None:
    block = Table("History", ("n", "act", "details", "hash"), (("1", "coding.add", "a few words", "0f" * 32),))
    assert list_plan(block, 9000).points == 9.0


def test_words_that_differ_are_struck_out_before_and_underlined_after() -> None:
    words = Wording("When", (("a ", False), ("long", True), (" wait", False)), (("a wait", True),))
    before, after = opened(report_of(words, Wording("Brief", (), ()))).paragraphs[2:4]
    assert (before.text, after.text) == ("before\ta long wait", "after\ta wait")
    assert [run.text for run in before.runs if run.font.strike] == ["long"]
    assert [run.text for run in after.runs if run.font.underline] == ["a wait"]
    assert opened(report_of(Wording("Brief", (), ()))).paragraphs[-1].text == "after\t–"


def test_a_quote_tells_its_language_and_keeps_with_its_source() -> None:
    document = parts(quotes(samples.coded(8)))["word/document.xml"]
    assert '<w:lang w:val="ru-RU"/>' in document
    assert '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>' in document
    styles = parts(quotes(samples.coded(8)))["word/styles.xml"]
    assert re.search(r'w:styleId="Quote">.*?<w:keepNext/>', styles)


def test_a_language_that_is_no_tag_is_left_out() -> None:
    document = parts(report_of(Quotes((Quote("q", "s", language='"><x'),))))["word/document.xml"]
    assert "<w:lang" not in document


def test_chinese_has_a_font_of_its_own() -> None:
    assert 'w:eastAsia="Microsoft YaHei"' in parts(matrix_report())["word/styles.xml"]
    assert '<w:rFonts w:hint="eastAsia"/>' in parts(matrix_report())["word/document.xml"]


def test_the_last_page_holds_what_the_caller_handed_in() -> None:
    written = [p.text for p in opened(matrix_report()).paragraphs]
    assert "Command line\tqcode report matrix --where role=client --min-cases 3 -o matrix.docx" in written


def test_an_empty_report_opens() -> None:
    assert [p.text for p in opened(report_of()).paragraphs] == ["A report"]


def test_an_empty_table_opens() -> None:
    assert len(opened(report_of(Table("Nothing", ("a", "b"), ()))).tables) == 1


def test_two_thousand_quotes_are_written_quickly() -> None:
    report = quotes(samples.coded(2000))
    started = time.process_time()
    render(report)
    assert time.process_time() - started < 3


def test_matplotlib_is_here_in_the_tests() -> None:
    assert png.available()


def test_no_word_of_a_header_is_broken() -> None:
    ps = [[0.5] * 8] * 8
    extra = {"expected": ps, "p_values": ps, "q_values": ps, "permutations": 999, "seed": 1}
    pairs = opened(matrix_report(8, extra=extra)).tables[0]
    for cell, column in zip(pairs.rows[0].cells, pairs.columns, strict=True):
        assert column.width.pt > len(cell.text) * 9 * 0.56 + 8
