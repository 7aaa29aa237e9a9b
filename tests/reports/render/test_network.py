"""The network of codes as drawing: codes on a circle, no label on another, widths by weight, no markup from names."""

from __future__ import annotations

import io
import math
import struct
import zipfile
from itertools import pairwise
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.reports.network import drawing
from qcode.reports.render import docx as word
from qcode.reports.render import html, markdown, png, svg
from qcode.reports.render.network import PITCH
from qcode.reports.render.network_legend import look
from qcode.reports.render.pictures import lay_out
from qcode.reports.render.widths import width
from qcode.reports.report import Network, NetworkCode, NetworkTie, Report
from tests.reports.report_samples import matrix


def named(*codes: NetworkCode, ties: tuple[NetworkTie, ...] = (), directed: bool = False) -> Network:
    return Network("c", "a", codes, ties, directed=directed)


def many(n: int, families: int = 1) -> Network:
    codes = (NetworkCode(f"КОД-{i}", f"名称 {i}", f"f{i * families // n}", "#2f6fd0", i / n) for i in range(n))
    ties = (NetworkTie(i, (i * 7 + 1) % n, (i + 1) / n, str(i)) for i in range(n) if (i * 7 + 1) % n != i)
    return named(*codes, ties=tuple(ties))


EVERY = {"one": many(1), "two": many(2), "sample": drawing(matrix(8)), "sixty": many(60, 8), "odd": many(61, 60)}


@pytest.mark.parametrize("name", EVERY)
def test_everything_is_inside_the_picture(name: str) -> None:
    drawn = lay_out(EVERY[name])
    points = [point for shape in drawn.shapes for point in shape.points]
    points += [point for line in drawn.lines for point in line.points]
    assert all(0 <= x <= drawn.wide and 0 <= y <= drawn.high for x, y in points)
    for one in drawn.words:
        long = width(one.text) * one.size
        left = one.x - (long if one.anchor == "end" else 0)
        assert left >= 0 and left + long <= drawn.wide + 1 and 0 < one.y < drawn.high


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 90), st.integers(1, 12))
def test_no_two_labels_lie_on_each_other(n: int, families: int) -> None:
    drawn = lay_out(many(n, families))
    for anchor in ("start", "end"):
        rows = sorted(w.y for w in drawn.words if w.anchor == anchor and w.text.startswith("КОД"))
        assert all(below - above >= PITCH - 1e-6 for above, below in pairwise(rows))


def test_all_codes_stand_on_one_circle() -> None:
    drawn = lay_out(many(30, 5))
    centers = [(sum(x for x, _ in s.points) / 32, sum(y for _, y in s.points) / 32) for s in drawn.shapes]
    middle = (min(x for x, _ in centers) + max(x for x, _ in centers)) / 2
    rows = [y for _, y in centers]
    high = (min(rows) + max(rows)) / 2
    radii = [math.dist(one, (middle, high)) for one in centers]
    assert max(radii) - min(radii) < 0.02 * max(radii)


def test_a_stronger_line_is_wider_and_drawn_last() -> None:
    ties = (NetworkTie(0, 1, 1.0, "9"), NetworkTie(1, 2, 0.2, "2"))
    lines = lay_out(named(*(NetworkCode(k, k) for k in "abc"), ties=ties)).lines[:2]
    assert [line.title for line in lines] == ["b – c: 2", "a – b: 9"]
    assert lines[1].wide > lines[0].wide


def test_a_negative_line_is_broken_and_of_another_colour() -> None:
    assert look(-0.5)[2] is not None and look(0.5)[2] is None
    assert look(-0.5)[0] != look(0.5)[0]


def test_two_lines_both_ways_do_not_lie_on_each_other() -> None:
    ties = (NetworkTie(0, 2, 1.0, "1"), NetworkTie(2, 0, 1.0, "1"))
    drawn = lay_out(named(*(NetworkCode(k, k) for k in "abcd"), ties=ties, directed=True))
    assert drawn.lines[0].bend != drawn.lines[1].bend
    assert sum(len(shape.points) == 3 for shape in drawn.shapes) == 2


def test_without_codes_there_is_an_empty_drawing() -> None:
    assert lay_out(named()).words == ()


@pytest.mark.parametrize("name", EVERY)
def test_the_svg_is_sound_and_the_same_each_time(name: str) -> None:
    drawn = svg.draw(EVERY[name])
    ElementTree.fromstring(drawn)
    assert drawn == svg.draw(EVERY[name])
    assert "<script" not in drawn and "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_names_and_families_cannot_become_markup() -> None:
    evil = "</title><script>alert(1)</script>"
    network = named(NetworkCode(evil, evil, evil, "red;url(x)"), NetworkCode("b", "b", "<i>", "#111111"))
    drawn = svg.draw(network)
    ElementTree.fromstring(drawn)
    assert "<script" not in drawn and "url(x)" not in drawn
    assert b"<script" not in html.render(Report("r", (network,)))


def test_the_png_has_the_shape_of_the_drawing() -> None:
    image, wide, high = png.draw(EVERY["sample"])
    across, down = struct.unpack(">II", image[16:24])
    assert abs(across / down - wide / high) < 0.01


def test_a_word_file_holds_the_picture_with_its_alternative_text() -> None:
    content = word.render(Report("r", (EVERY["sample"],)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "word/media/image1.png" in archive.namelist()
        assert 'descr="Network of' in archive.read("word/document.xml").decode()
    opened = docx.Document(io.BytesIO(content))
    assert any("Figure 1" in paragraph.text or "network" in paragraph.text for paragraph in opened.paragraphs)


def test_a_wide_network_lies_on_its_side() -> None:
    section = docx.Document(io.BytesIO(word.render(Report("r", (EVERY["sixty"],))))).sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)


def test_markdown_says_what_the_picture_shows() -> None:
    assert "The strongest is" in markdown.render(Report("r", (EVERY["sample"],))).decode()
