"""Memos: reading those there are, writing another, and never losing one by a key."""

from __future__ import annotations

from qcode.domain.memo import Memo
from qcode.tui.memo import MemoScreen
from tests.tui.sheets import show

OLD = Memo("1", "coding", "x", "[red]Спросить[/red] ещё раз", "ana", "2025-03-01T10:00:00Z")


def test_ctrl_s_answers_with_what_was_written() -> None:
    assert show(MemoScreen("KIN"), "type:ждёт", "enter", "type:母亲", "ctrl+s").answer == "ждёт\n母亲"


def test_memos_that_are_there_are_shown_with_coder_and_date_and_their_brackets() -> None:
    text = show(MemoScreen("[b]KIN[/b]", [OLD])).text
    assert "ana, 2025-03-01 10:00 UTC" in text and "[red]Спросить[/red] ещё раз" in text
    assert " [b]KIN[/b] " in text


def test_esc_leaves_at_once_where_nothing_was_written() -> None:
    assert show(MemoScreen("KIN", [OLD]), "escape").answers == [None]
    assert show(MemoScreen("KIN"), "space", "escape").answers == [None]


def test_esc_asks_where_something_was_written() -> None:
    seen = show(MemoScreen("KIN"), "type:wait", "escape")
    assert seen.answers == [] and "keep what you have written?" in seen.text


def test_the_question_is_answered_with_keep_throw_away_or_write_on() -> None:
    asked = ("type:wait", "escape")
    assert show(MemoScreen("KIN"), *asked, "enter").answer == "wait"
    assert show(MemoScreen("KIN"), *asked, "ч").answer is None
    assert show(MemoScreen("KIN"), *asked, "escape", "type:ed", "ctrl+s").answer == "waited"


def test_other_keys_neither_answer_the_question_nor_write() -> None:
    seen = show(MemoScreen("KIN"), "type:wait", "escape", "w", "escape", "ctrl+s")
    assert seen.answer == "wait"


def test_an_empty_memo_is_not_kept() -> None:
    seen = show(MemoScreen("KIN"), "ctrl+s")
    assert seen.answers == [] and "nothing is written yet" in seen.text
