"""The colours of the reading room."""

from __future__ import annotations

import pytest

from qcode.domain.code_colors import contrast
from qcode.tui.themes import DARK, LIGHT, inks_of, theme_for, wants_no_color


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_ink_can_be_read_on_its_paper(theme: object) -> None:
    inks = inks_of(theme)  # type: ignore[arg-type]
    assert contrast(inks.text, inks.paper) >= 7
    assert contrast(inks.muted, inks.paper) >= 4.5
    assert contrast(inks.accent, inks.paper) >= 4.5


def test_a_terminal_with_light_paper_gets_the_light_theme() -> None:
    assert theme_for({"COLORFGBG": "0;15"}) is LIGHT
    assert theme_for({"COLORFGBG": "15;0"}) is DARK
    assert theme_for({}) is DARK


def test_any_value_of_no_color_but_an_empty_one_counts() -> None:
    assert wants_no_color({"NO_COLOR": "0"})
    assert not wants_no_color({"NO_COLOR": ""}) and not wants_no_color({})
