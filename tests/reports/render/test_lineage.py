"""The codes through the versions as drawing: what changes is seen, what does not stays quiet, nothing is cut off."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

from qcode.domain.codebook import Code
from qcode.domain.diff import Declared
from qcode.reports.render import docx as word
from qcode.reports.render import html, markdown, png, svg, xlsx
from qcode.reports.render.drawing import Drawing
from qcode.reports.render.lineage import PITCH
from qcode.reports.render.lineage_looks import LOOKS, QUIET_LINE, symbol
from qcode.reports.render.lineage_table import lineage_table
from qcode.reports.render.pictures import lay_out
from qcode.reports.render.widths import width
from qcode.reports.report import Lineage, Report
from tests.reports import version_samples as samples


def branched(**more: Any) -> Lineage:
    return samples.branched(samples.starter().codes).lineage(**more)


def words(drawing: Drawing) -> list[str]:
    return [one.text for one in drawing.words]


def scripts() -> Lineage:
    line = samples.Line()
    keys = ("СТИГМА", "信任", "ثقة", "Приход/Работа с родственниками и соседями участников")
    line.add("1", [Code(key, f"{key} {key}") for key in keys])
    split = Declared("split", ("信任",), ("保密", "员工"))
    line.add(
        "2", [*line.revised("1", "信任", "ثقة"), Code("保密", "保密"), Code("员工", "员工")], "1", declared=[split]
    )
    return line.lineage(dates={"1": "3 March 2025", "2": "12 September 2025"})


EVERY = {
    "small": samples.small().lineage(),
    "branched": branched(codings={"2.0": {"REG": 12_000}}),
    "unfolded": branched(fold=False),
    "scripts": scripts(),
}


@pytest.mark.parametrize("name", EVERY)
def test_everything_is_inside_the_picture(name: str) -> None:
    drawing = lay_out(EVERY[name])
    points = [point for line in drawing.lines for point in line.points]
    points += [point for shape in drawing.shapes for point in shape.points]
    assert all(0 <= x <= drawing.wide and 0 <= y <= drawing.high for x, y in points)
    for one in drawing.words:
        long = width(one.text) * one.size
        left = one.x - (long / 2 if one.anchor == "middle" else 0)
        assert left >= 0 and left + long <= drawing.wide + 1 and one.y < drawing.high


@pytest.mark.parametrize("name", EVERY)
def test_no_two_labels_lie_on_each_other(name: str) -> None:
    placed = [(w.x, w.x + width(w.text) * w.size, w.y) for w in lay_out(EVERY[name]).words if w.anchor == "start"]
    for n, (left, right, y) in enumerate(placed):
        for other_left, other_right, other_y in placed[n + 1 :]:
            assert abs(y - other_y) >= PITCH - 1 or right <= other_left or other_right <= left


@pytest.mark.parametrize("name", EVERY)
def test_the_same_value_gives_the_same_picture(name: str) -> None:
    assert svg.draw(EVERY[name]) == svg.draw(EVERY[name])


def test_a_png_has_the_same_bytes_twice() -> None:
    assert png.draw(EVERY["small"]) == png.draw(EVERY["small"])


def test_a_very_large_drawing_becomes_no_larger_picture_than_memory_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "MOST_DOTS", 100_000)
    content, wide, high = png.draw(EVERY["small"])
    across, down = struct.unpack(">II", content[16:24])
    assert across * down <= png.MOST_DOTS < wide * high * png.SCALE**2
    assert down / across == pytest.approx(high / wide, rel=0.02)


def test_codes_that_do_not_change_are_thin_and_grey() -> None:
    line = samples.Line()
    line.add("1", samples.small()["1"].codes)
    line.add("2", line["1"].codes, "1")
    drawing = lay_out(line.lineage())
    assert not {one.color for one in drawing.lines} & {look.color for look in LOOKS.values()}
    assert sum(one.color == QUIET_LINE for one in drawing.lines) == 3 + 1  # the codes and the legend


def test_every_kind_of_change_has_a_shape_of_its_own() -> None:
    shapes = {kind: symbol(kind, 0.0, 0.0) for kind in LOOKS}
    outlines = {(shape.points, shape.fill == "#ffffff") for shape in shapes.values()}
    assert len(outlines) == len(LOOKS)


def test_the_legend_explains_what_occurs_and_no_more() -> None:
    shown = words(lay_out(EVERY["small"]))
    assert {"unchanged", "split off", "merged into", "renamed"} <= set(shown)
    assert not {"retired", "moved", "revived", "redefined", "several unchanged codes"} & set(shown)


def test_runs_of_unchanged_codes_are_one_line_in_a_large_codebook() -> None:
    folded, whole = words(lay_out(EVERY["branched"])), words(lay_out(EVERY["unfolded"]))
    assert "… 3 codes under PROF unchanged" in folded and "PROF-SW" not in folded
    assert "PROF-SW" in whole and not any(text.startswith("…") for text in whole)


def test_a_small_codebook_is_never_folded() -> None:
    assert not any("unchanged" in text and "…" in text for text in words(lay_out(EVERY["small"])))


def test_a_changed_code_is_named_where_it_changed() -> None:
    drawing = lay_out(EVERY["branched"])
    assert words(drawing).count("HR-OAT") == 2 and words(drawing).count("HR-OST") == 1


def test_unchanged_codes_run_level() -> None:
    drawing = lay_out(EVERY["unfolded"])
    level = [one for one in drawing.lines if one.color == QUIET_LINE and len({y for _, y in one.points}) == 1]
    assert len(level) > 3 * 44


def test_a_version_that_follows_an_older_one_is_led_past_the_one_between() -> None:
    drawing = lay_out(EVERY["branched"])
    heads = [one for one in drawing.lines if one.wide == 1.6]
    assert sorted(len(one.points) for one in heads) == [2, 2, 2, 4, 4]


def test_a_retired_code_ends_in_a_cross_with_its_name() -> None:
    drawing = lay_out(EVERY["branched"])
    crosses = [one for one in drawing.shapes if one.fill == LOOKS["retire"].color and one.title]
    assert [one.title for one in crosses] == ["2.0: HR-NPS Changing drug market; retired"]
    assert any(one.text == "HR-NPS" and one.fill == LOOKS["retire"].color for one in drawing.words)


def test_children_that_do_not_follow_each_other_stand_below_their_parent() -> None:
    line = samples.Line()
    codes = [Code("A", "A"), Code("B", "B"), Code("A-1", "A1", "A")]
    line.add("1", codes)
    line.add("2", [*codes, Code("B-1", "B1", "B")], "1")
    drawing = lay_out(line.lineage())
    first = sorted((one.y, one.text) for one in drawing.words if one.x < 60 and one.text in ("A", "B", "A-1"))
    assert [text for _, text in first] == ["A", "A-1", "B"]


def test_a_drawing_without_versions_or_with_one_is_a_drawing() -> None:
    assert lay_out(Lineage("c", "a", (), ())).words == ()
    line = samples.Line()
    line.add("1", [Code("A", "Alone")])
    assert {"A", "Alone", "1"} <= set(words(lay_out(line.lineage())))


def test_a_script_in_a_key_or_a_name_is_text() -> None:
    line = samples.Line()
    line.add("<b>", [Code("<script>alert(1)</script>", 'x" onload="\x01')])
    line.add("2", [Code("<script>2</script>", "y")], "<b>")
    picture = svg.draw(line.lineage(caption="</title><script>", dates={"2": "<i>"}))
    assert "<script" not in picture and "\x01" not in picture
    assert ElementTree.fromstring(picture).findall(".//{*}script") == []
    assert b"<script" not in html.render(Report("r", (line.lineage(),)))


def test_a_colour_that_is_none_is_not_drawn() -> None:
    line = samples.Line()
    line.add("1", [Code("A", "A", color='#12"/><script>'), Code("B", "B", color="#123456")])
    line.add("2", line["1"].codes, "1")
    assert [box.fill for box in lay_out(line.lineage()).boxes] == ["#123456"]


def test_in_word_a_wide_drawing_lies_on_its_side_with_its_words() -> None:
    content = word.render(Report("r", (EVERY["branched"],), made_by=(("Study", "x"),)))
    sections = docx.Document(io.BytesIO(content)).sections
    assert [s.page_width > s.page_height for s in sections] == [True, False]  # type: ignore[operator]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml").decode()
    assert 'descr="The codes of 5 versions of the codebook' in document
    assert document.count('w:instr=" SEQ Figure') == 1


def test_in_word_a_narrow_and_high_drawing_stands_upright() -> None:
    line = samples.Line()
    line.add("1", [Code(f"C{n}", "") for n in range(60)])
    line.add("2", line["1"].codes, "1")
    content = word.render(Report("r", (line.lineage(fold=False),)))
    sections = docx.Document(io.BytesIO(content)).sections
    assert [s.page_width > s.page_height for s in sections] == [False]  # type: ignore[operator]


def test_without_matplotlib_word_tells_it_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "available", lambda: False)
    written = "\n".join(
        p.text for p in docx.Document(io.BytesIO(word.render(Report("r", (EVERY["small"],))))).paragraphs
    )
    assert "The picture is left out" in written and "WAIT was split into WAIT-SHORT and WAIT-LONG" in written


def test_a_web_page_shows_many_versions_at_their_size() -> None:
    line = samples.Line()
    for n in range(8):
        line.add(str(n), [Code("A", "A")], *([str(n - 1)] if n else []))
    page = html.render(Report("r", (line.lineage(),))).decode()
    assert '<figure class="picture long"><div class="scroll" role="region"' in page
    assert 'class="picture long"' not in html.render(Report("r", (EVERY["small"],))).decode()


def test_markdown_says_it_in_words_and_lists_the_changes() -> None:
    text = markdown.render(Report("r", (EVERY["small"],))).decode()
    assert "**Figure 1.** The codes through the versions of the codebook. The codes of 3 versions" in text
    assert "| 3 | HOPE | Hope | 2 HOPE, 2 FAITH | merged into |" in text
    assert "as before" not in text


def test_a_workbook_has_every_code_of_every_version_with_where_it_comes_from() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(Report("r", (EVERY["branched"],)))))
    rows = [tuple(cell.value for cell in row) for row in book["Codes by version"].iter_rows()]
    assert rows[0] == ("Version", "Key", "Name", "From", "How", "Codings")
    assert ("1.1", "FUND-STOP", "Abrupt stop", "1.0 FUND-EXIT", "split off", None) in rows
    assert ("2.0", "HR-NPS", "Changing drug market", "1.2 HR-NPS, 1.1-uz HR-NPS", "retired", None) in rows
    reg = next(row for row in rows if row[:2] == ("2.0", "REG"))
    assert set(reg[3].split(", ")) == {"1.2 REG", "1.1-uz STIG-REG", "1.1-uz COER-NARC"}
    assert reg[4:] == ("as before", 12_000)


def test_a_table_without_codings_has_no_column_for_them() -> None:
    assert lineage_table(EVERY["small"]).columns == ("Version", "Key", "Name", "From", "How")
