"""The codings at a place, and what can be done with one."""

from __future__ import annotations

from dataclasses import replace

from qcode.domain.coding import Coding
from qcode.tui.codings_here import CodingsHere
from tests.tui.sheets import SMALL, WIDE, show

FIRST = Coding("aaaaaaaa1", "P1", 0, 9, "два часа [red]", "WAIT", "ana", "2025-03-01T10:00:00Z", "book", "1")
SECOND = replace(FIRST, id="bbbbbbbb2", code="TRUST", coder="[b]ben[/b]", status="pending", memo="[i]проверить[/i]")


def test_each_coding_shows_code_coder_quote_memo_sign_and_status_in_words() -> None:
    text = show(CodingsHere([FIRST, SECOND], {}), size=WIDE).text
    assert "WAIT  ana  “два часа [red]”" in text
    assert "TRUST  [b]ben[/b]  (waits for a decision)  ✎ memo" in text


def test_the_one_under_the_pointer_is_told_of_with_id_version_and_memo() -> None:
    text = show(CodingsHere([FIRST, SECOND], {}), "down").text
    assert "bbbbbbbb · book@1 · 2025-03-01 10:00 UTC" in text and "memo: [i]проверить[/i]" in text


def test_keys_answer_with_the_act_and_the_coding() -> None:
    both = [FIRST, SECOND]
    assert show(CodingsHere(both), "x").answer == ("withdraw", FIRST)
    assert show(CodingsHere(both), "down", "m").answer == ("memo", SECOND)
    assert show(CodingsHere(both), "i").answer == ("definition", FIRST)


def test_keys_work_with_a_russian_layout() -> None:
    assert show(CodingsHere([FIRST]), "ч").answer == ("withdraw", FIRST)


def test_esc_leaves_and_an_empty_place_says_so() -> None:
    assert show(CodingsHere([FIRST]), "escape").answers == [None]
    seen = show(CodingsHere([]), "x")
    assert "No coding touches what is selected" in seen.text and seen.answers == []


def test_a_long_quote_is_cut_with_an_ellipsis_in_its_line() -> None:
    long = replace(FIRST, quote="很长的话" * 60)
    for size in (SMALL, WIDE):
        line = next(one for one in show(CodingsHere([long]), size=size).lines if "WAIT" in one)
        assert "…" in line
