"""What is printed for people: nothing in it steers the terminal, and letters stay as they are."""

from __future__ import annotations

import pytest

from qcode.cli.output import printable


@pytest.mark.parametrize(
    "text",
    [
        "访谈\u3000记录",
        "10\u202f000 Euro\u2009%",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "می\u200cخواهم",
        "\u200fمرحبا\u200e",
        "Kranken\u00adhaus",
    ],
)
def test_blanks_joiners_and_marks_of_direction_stay_as_they_are(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("order", ["\x1b", "\x07", "\r", "\x7f", "\x9b", "\u202e", "\u2066", "\u2028", "\ud800"])
def test_what_could_steer_a_terminal_is_shown_as_a_sign(order: str) -> None:
    assert printable(f"a{order}b") == "a\ufffdb"
