"""Colours, widths and cleaning: what all renderers lean on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qcode.reports.render.clean import attribute, clean, color, escape
from qcode.reports.render.colors import APART, APART_INK, background, ink, luminance
from qcode.reports.render.widths import shorten, width


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@given(st.floats(min_value=-1, max_value=1))
def test_letters_can_be_read_on_every_shade(weight: float) -> None:
    fill = background(weight)
    assert contrast(fill, ink(fill)) >= 4.5


def test_the_diagonal_can_be_read() -> None:
    assert contrast(APART, APART_INK) >= 4.5


@pytest.mark.parametrize("sign", [1, -1])
def test_more_is_always_darker(sign: int) -> None:
    lights = [luminance(background(sign * step / 40)) for step in range(41)]
    assert lights == sorted(lights, reverse=True)
    assert len(set(lights)) == len(lights)


def test_nothing_and_no_value_are_white() -> None:
    assert {background(0.0), background(None), background(float("nan"))} == {"#ffffff"}


@given(st.text())
def test_any_text_can_stand_in_xml(text: str) -> None:
    element = etree.fromstring(f'<a b="{attribute(text)}">{escape(text)}</a>')
    assert (element.text or "") == clean(text)
    assert element.get("b") == clean(text)


def test_a_colour_is_six_digits_or_nothing() -> None:
    assert (color("#7A3B69"), color("red"), color('#7a3b69"')) == ("#7a3b69", "", "")


def test_the_broken_halves_of_a_character_are_replaced() -> None:
    assert clean("a\ud83db\x00") == "a\ufffdb\ufffd"


@given(st.text(), st.floats(min_value=1, max_value=50))
def test_a_shortened_text_is_never_wider_than_allowed(text: str, most: float) -> None:
    assert width(shorten(text, most)) <= most


def test_combining_marks_take_no_room() -> None:
    assert width("и\u0306") == width("и")
