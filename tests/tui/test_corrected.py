"""A transcript that is corrected while somebody codes it in the terminal."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict
from qcode.study.sitting import Sitting
from qcode.study.study import Study
from qcode.tui.queue import QueueScreen
from qcode.tui.queue_item import reason_of
from qcode.tui.session import Session
from tests.study.correcting import P1, correct, placed
from tests.tui.sheets import SMALL, show

WITHOUT = P1.replace("Nobody ever called me back, so ", "")


def test_an_act_on_the_text_before_is_refused_and_the_new_text_is_read_anew(study: Study) -> None:
    session = Session(study, Sitting(study, coder="ana"), "P1")
    assert session.cursor is not None
    session.cursor.select(5, 8)
    correct(study, WITHOUT)
    for act in (lambda: session.code(["wait"]), lambda: session.in_vivo("HOW")):
        with pytest.raises(Conflict, match="P1 was corrected in the meantime"):
            act()
    session.reread()
    assert session.page.text == WITHOUT
    assert all(WITHOUT[mark.start : mark.end] for mark in session.marks())
    session.cursor.select(5, 8)
    assert session.code(["wait"]).startswith("wait on 3 characters")


def test_a_coding_whose_words_are_gone_says_so_in_the_queue(study: Study) -> None:
    correct(study, WITHOUT)
    (item,) = study.queue.list()
    said = reason_of(item, 90).plain
    assert said == "trust: its words are not in revision 2"


def test_a_coding_whose_words_are_gone_is_placed_anew_by_its_words_and_that_is_taken_back(study: Study) -> None:
    correct(study, WITHOUT)
    sitting = Sitting(study, coder="ana")
    seen = show(QueueScreen(study, sitting), size=SMALL)
    assert "trust: its words are not in revision 2" in seen.words
    assert "p place it by its words" in seen.words and "choose a code" not in seen.words
    seen = show(QueueScreen(study, sitting), "p", "type:stopped asking", "enter", size=SMALL)
    assert "placed trust anew; z takes it back" in seen.words
    assert ("stopped asking", "trust", "ana", "settled") in placed(study)
    assert (study.status().pending, study.check()) == (0, [])
    sitting.undo()
    assert study.status().pending == 1
    sitting.redo()
    assert (study.status().pending, study.check()) == (0, [])


def test_words_that_do_not_stand_in_the_corrected_text_leave_the_coding_waiting(study: Study) -> None:
    correct(study, WITHOUT)
    screen = QueueScreen(study, Sitting(study, coder="ana"))
    seen = show(screen, "p", "type:never said", "enter", "space", size=SMALL)
    assert "its words are gone: p places it anew, x withdraws it" in seen.words
    assert study.status().pending == 1
