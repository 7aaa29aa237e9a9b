"""Memos: reading those there are, writing another, and never losing one by a key."""

from __future__ import annotations

from qcode.domain.memo import Memo
from qcode.tui.memo import MemoScreen
from qcode.tui.subjects import Subject
from tests.tui.sheets import show

KIN, WHOLE = Subject("KIN", "coding", "x"), Subject("the whole transcript", "transcript", "y")
OLD = Memo("1", "coding", "x", "[red]Спросить[/red] ещё раз", "ana", "2025-03-01T10:00:00Z")


def test_ctrl_s_answers_with_what_was_written() -> None:
    assert show(MemoScreen(KIN), "type:ждёт", "enter", "type:母亲", "ctrl+s").answer == "ждёт\n母亲"


def test_memos_that_are_there_are_shown_with_coder_and_date_and_their_brackets() -> None:
    text = show(MemoScreen(Subject("[b]KIN[/b]", "coding", "x"), [OLD])).text
    assert "ana, 2025-03-01 10:00 UTC" in text and "[red]Спросить[/red] ещё раз" in text
    assert " [b]KIN[/b] " in text


def test_esc_leaves_at_once_where_nothing_was_written() -> None:
    assert show(MemoScreen(KIN, [OLD]), "escape").answers == [None]
    assert show(MemoScreen(KIN), "space", "escape").answers == [None]


def test_esc_asks_where_something_was_written() -> None:
    seen = show(MemoScreen(KIN), "type:wait", "escape")
    assert seen.answers == [] and "keep what you have written?" in seen.text


def test_the_question_is_answered_with_keep_throw_away_or_write_on() -> None:
    asked = ("type:wait", "escape")
    assert show(MemoScreen(KIN), *asked, "enter").answer == "wait"
    assert show(MemoScreen(KIN), *asked, "ч").answer is None
    assert show(MemoScreen(KIN), *asked, "escape", "type:ed", "ctrl+s").answer == "waited"


def test_other_keys_neither_answer_the_question_nor_write() -> None:
    seen = show(MemoScreen(KIN), "type:wait", "escape", "w", "escape", "ctrl+s")
    assert seen.answer == "wait"


def test_an_empty_memo_is_not_kept() -> None:
    seen = show(MemoScreen(KIN), "ctrl+s")
    assert seen.answers == [] and "nothing is written yet" in seen.text


def test_ctrl_o_lets_the_memo_be_on_the_next_thing_and_keeps_what_was_written() -> None:
    screen = MemoScreen(KIN, [OLD], others=[WHOLE])
    seen = show(screen, "type:wait", "ctrl+o", "type:ed")
    assert "the whole transcript" in seen.lines[0] and "Спросить" not in seen.text and "waited" in seen.text
    assert screen.subject == WHOLE


def test_after_the_last_thing_comes_the_first_again_with_its_memos() -> None:
    screen = MemoScreen(KIN, [OLD], others=[WHOLE], read=lambda one: [OLD] if one == KIN else [])
    seen = show(screen, "ctrl+o", "ctrl+o")
    assert screen.subject == KIN and "Спросить" in seen.text


def test_where_a_memo_can_be_on_one_thing_only_no_other_is_offered() -> None:
    assert "something else" not in show(MemoScreen(KIN), "ctrl+o").text
    assert "Ctrl+O on something else" in show(MemoScreen(KIN, others=[WHOLE])).text
