"""Over a slow connection only that is sent which does not stand on the screen already."""

from __future__ import annotations

from qcode.tui.sparing import Sparing, forget

TWO_ROWS = "\x1b[1;1Hone\n\x1b[2;1Htwo"


def test_what_is_new_goes_out() -> None:
    assert Sparing().spare(TWO_ROWS) == "\x1b[1;1Hone\x1b[2;1Htwo"


def test_a_row_that_stands_there_already_is_not_sent_again() -> None:
    sparing = Sparing()
    sparing.spare(TWO_ROWS)
    assert sparing.spare("\x1b[1;1Hone\n\x1b[2;1Htoo") == "\x1b[2;1Htoo"
    assert sparing.spare("\x1b[1;1Hone\n\x1b[2;1Htoo") == ""


def test_the_same_words_in_another_colour_are_sent() -> None:
    sparing = Sparing()
    sparing.spare("\x1b[1;1H\x1b[31mone\x1b[0m")
    assert sparing.spare("\x1b[1;1H\x1b[32mone\x1b[0m") == "\x1b[1;1H\x1b[32mone\x1b[0m"


def test_a_row_that_something_else_was_written_into_is_sent_again() -> None:
    sparing = Sparing()
    sparing.spare("\x1b[1;1Hone, two")
    sparing.spare("\x1b[1;3Hx")
    assert sparing.spare("\x1b[1;1Hone, two") == "\x1b[1;1Hone, two"


def test_what_is_written_beside_something_in_the_same_breath_stands_as_well() -> None:
    sparing = Sparing()
    sparing.spare("\x1b[1;1H|\x1b[1;2Hone\x1b[1;9H|")
    assert sparing.spare("\x1b[1;2Hone") == ""
    assert sparing.spare("\x1b[1;9H|") == ""


def test_where_the_cursor_stands_is_always_sent() -> None:
    sparing = Sparing()
    sparing.spare("\x1b[1;1Hone\x1b[5;7H")
    assert sparing.spare("\x1b[1;1Hone\x1b[5;7H") == "\x1b[5;7H"


def test_what_paints_no_row_goes_out_as_it_is() -> None:
    sparing = Sparing()
    sparing.spare(TWO_ROWS)
    for order in ("\x1b[?2026h", "\x1b[?25l\x1b[2;1Htwo", "\x07"):
        assert sparing.spare(order) == order


def test_after_it_has_forgotten_everything_goes_out_again() -> None:
    class Driver:
        sparing = Sparing()

    Driver.sparing.spare(TWO_ROWS)
    forget(Driver())
    forget(object())
    assert Driver.sparing.spare("\x1b[2;1Htwo") == "\x1b[2;1Htwo"
