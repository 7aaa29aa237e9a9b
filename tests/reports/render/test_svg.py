"""Heat maps as SVG: legible at 2 to 60 codes, in Cyrillic and Chinese, apart for those who see few colours."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from qcode.errors import BadValue
from qcode.reports import matrix
from qcode.reports.render.heatmap import lay_out
from qcode.reports.render.svg import draw, render
from qcode.reports.render.widths import width
from qcode.reports.report import Figure, Report
from tests.reports import report_samples as samples

SVG = "{http://www.w3.org/2000/svg}"


def figure(size: int = 8, **more: Any) -> Figure:
    blocks = matrix(samples.matrix(size, **more)).blocks
    return next(block for block in blocks if isinstance(block, Figure))


def small(label: str = "A", value: float | None = 1.0, printed: str = "1") -> Figure:
    return Figure("caption", "alt", (label, "B"), ((None, value), (value, None)), (("2", printed), (printed, "3")))


def test_the_same_figure_gives_the_same_picture() -> None:
    assert draw(figure()) == draw(figure())


@pytest.mark.parametrize("size", [2, 3, 8, 16, 36, 60])
def test_everything_is_inside_the_picture(size: int) -> None:
    drawing = lay_out(figure(size))
    for box in drawing.boxes:
        assert box.x >= 0 and box.x + box.wide <= drawing.wide
        assert box.y >= 0 and box.y + box.high <= drawing.high
    for word in drawing.words:
        long = width(word.text) * word.size
        if word.turned:
            assert word.y - long >= 0
        elif word.anchor == "end":
            assert word.x - long >= 0
        elif word.anchor == "start":
            assert word.x + long <= drawing.wide + 1


@pytest.mark.parametrize("size", [2, 36, 60])
def test_labels_are_not_smaller_than_their_neighbours_leave_room_for(size: int) -> None:
    drawing = lay_out(figure(size))
    labels = [word for word in drawing.words if word.anchor == "end"]
    assert all(b.y - a.y >= a.size for a, b in pairwise(labels))
    assert min(word.size for word in labels) >= 13


def test_a_hundred_codes_are_drawn_without_numbers() -> None:
    assert not [word for word in lay_out(figure(100)).words if word.anchor == "middle"]
    assert [word for word in lay_out(figure(60)).words if word.anchor == "middle"]


def test_labels_in_chinese_get_twice_the_room() -> None:
    assert width("信任") > 1.5 * width("ab")
    assert lay_out(small("对医务人员的信任与保密")).wide > lay_out(small("abcdefghijk")).wide


def test_the_diagonal_is_drawn_apart() -> None:
    drawing = lay_out(figure(8))
    fills = [box.fill for box in drawing.boxes[:64]]
    assert {fills[i * 9] for i in range(8)} == {"#e9eaec"}
    assert "#e9eaec" not in {fill for n, fill in enumerate(fills) if n % 9}


def test_withheld_and_undefined_cells_are_hatched_differently() -> None:
    one = samples.hiding(samples.matrix(8), (1, 2), undefined=((3, 5),))
    picture = next(b for b in matrix(one).blocks if isinstance(b, Figure))
    hatches = [box.hatch for box in lay_out(picture).boxes[:64]]
    assert (hatches[1 * 8 + 2], hatches[3 * 8 + 5], hatches[0]) == ("hidden", "undefined", "")
    assert {"withheld", "undefined"} <= {word.text for word in lay_out(picture).words}


def test_a_withheld_value_stands_nowhere_in_the_picture() -> None:
    one = samples.hiding(samples.matrix(8), (1, 3))
    picture = draw(next(b for b in matrix(one).blocks if isinstance(b, Figure)))
    assert "withheld" in picture
    assert samples.matrix(8).matrix[1][3] == 43
    assert "43" not in "".join(ElementTree.fromstring(picture).itertext())


def test_title_and_description_are_there() -> None:
    root = ElementTree.fromstring(draw(small()))
    assert (root[0].tag, root[0].text, root[1].tag, root[1].text) == (f"{SVG}title", "caption", f"{SVG}desc", "alt")


def test_a_script_in_a_code_s_name_is_text() -> None:
    picture = draw(small("<script>alert(1)</script>", printed="<b>"))
    assert "<script" not in picture
    assert ElementTree.fromstring(picture).findall(f".//{SVG}script") == []


def test_control_characters_survive_as_replacement() -> None:
    assert "A\ufffdB" in draw(small("A\x01B"))


def test_negative_values_have_a_colour_of_their_own() -> None:
    more, less = (lay_out(small(value=value)).boxes[1].fill for value in (0.9, -0.9))
    assert more != less


def test_a_report_without_a_picture_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadValue, match="has no picture"):
        render(Report("A report", ()))


def test_the_file_is_xml() -> None:
    report = matrix(samples.matrix(3))
    assert ElementTree.fromstring(render(report)).tag == f"{SVG}svg"
