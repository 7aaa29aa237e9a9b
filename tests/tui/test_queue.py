"""The queue as a mode: one coding at a time, one key each, through the sitting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from qcode.errors import StudyBusy
from qcode.study.sitting import Sitting
from qcode.study.study import Study
from qcode.tui.queue import QueueScreen
from tests.study.next_version import follow, next_version, stands
from tests.tui.sheets import SMALL, WIDE, Seen, show

NOBODY, HOURS = "Nobody ever called me back", "two hours"


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


@pytest.fixture
def split(study: Study) -> Study:
    """Give the study after `trust`, which ben put on HOURS and ana on NOBODY, was split; it may be kept."""
    follow(study, "split trust+ into hope, fear")
    return study


def decide(study: Study, *keys: str, size: tuple[int, int] = SMALL) -> Seen:
    return show(QueueScreen(study, Sitting(study, coder="ana")), *keys, size=size)


def on(study: Study, quote: str) -> list[tuple[str, str]]:
    return [(code, status) for q, code, _, status in stands(study) if q == quote]


def test_a_coding_is_shown_with_passage_speaker_reason_and_candidates(split: Study) -> None:
    for size in (SMALL, WIDE):
        words = decide(split, size=size).words
        assert "1 of 1 trust by ana P1, turn 4, ANA" in words
        assert "trust was split in 2" in words
        assert f"And then? ANA: ▸{NOBODY}◂, so I stopped asking" in words
        assert "1 ■ hope" in words and "2 ■ fear" in words


def test_a_digit_allocates(split: Study) -> None:
    assert decide(split, "2", "escape").answer == 1
    assert on(split, NOBODY) == [("fear", "settled")]


@pytest.mark.parametrize("key", ["k", "a", "л", "ф"])
def test_one_key_keeps_also_with_a_russian_layout(split: Study, key: str) -> None:
    decide(split, key)
    assert on(split, NOBODY) == [("trust", "settled")]


def test_one_key_withdraws(split: Study) -> None:
    decide(split, "x")
    assert on(split, NOBODY) == [("trust", "withdrawn")]


def test_what_cannot_be_kept_is_said_and_still_waits(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    seen = decide(study, "k")
    assert "cannot stay on trust" in seen.words and "1 of 1" in seen.text
    assert "keep" not in decide(study).text


def test_several_are_marked_and_allocated_by_enter(split: Study) -> None:
    assert "✓ 1 ■ hope" in decide(split, "space", "1").text
    decide(split, "space", "1", "2", "enter")
    assert sorted(on(split, NOBODY)) == [("fear", "settled"), ("hope", "settled")]


def test_esc_stops_marking_several_and_decides_nothing(split: Study) -> None:
    seen = decide(split, "space", "1", "escape")
    assert seen.answers == [] and "✓" not in seen.text
    assert on(split, NOBODY) == [("trust", "pending")]


def test_undo_lets_the_coding_wait_again(split: Study) -> None:
    seen = decide(split, "1", "z")
    assert "1 of 1" in seen.text
    assert on(split, NOBODY) == [("trust", "pending")]
    assert decide(split, "1", "z", "escape").answer == 0


def test_undo_does_not_reach_what_was_done_before_the_queue(split: Study) -> None:
    sitting = Sitting(split, coder="ana")
    sitting.code("P1", 0, 3, ["help"])
    seen = show(QueueScreen(split, sitting), "z")
    assert "nothing has been decided here yet" in seen.text and sitting.can_undo


def test_the_reason_goes_with_the_next_decision_only(split: Study) -> None:
    ids = [item.coding.id for item in split.queue.list()]
    seen = decide(split, "o", "w", "type:she [b]hopes[/b]", "enter", "1", "1")
    assert "Nothing waits for a decision" in seen.text
    told = [any("she [b]hopes[/b]" in step.what for step in split.codings.trail(one)) for one in ids]
    assert sorted(told) == [False, True]


def test_codings_of_others_wait_out_of_sight_until_asked_for(split: Study) -> None:
    assert f"▸{HOURS}◂" not in decide(split).text
    assert "1 of 2   trust by ben" in decide(split, "o", "up").text
    assert f"▸{HOURS}◂" in decide(split, "o", "up").text


def test_where_only_others_have_something_to_decide_it_says_so(split: Study) -> None:
    words = decide(split, "1").words
    assert "Nothing of yours waits for a decision. 1 coding of other coders: o shows them." in words


def test_an_empty_queue_says_that_nothing_waits(study: Study) -> None:
    assert "Nothing waits for a decision." in decide(study, "1", "k", "x", "down").words
    assert decide(study, "escape").answer == 0


def test_a_number_without_a_code_decides_nothing(split: Study) -> None:
    assert "no code stands under 7 here" in decide(split, "7").text
    assert on(split, NOBODY) == [("trust", "pending")]


def test_any_code_can_be_chosen_by_typing_where_many_are_allowed(study: Study) -> None:
    follow(study, "narrow trust")
    decide(study, "c", "type:mon", "enter")
    assert on(study, NOBODY) == [("money", "settled")]


def test_suggested_codes_show_the_words_that_were_found(study: Study) -> None:
    new = next_version(study.codebooks.show().content, "split trust into hope, fear")
    codes = tuple(replace(code, terms=(("en", ("call",)),)) if code.key == "hope" else code for code in new.codes)
    study.codebooks.add_version(replace(new, codes=codes))
    text = decide(study).text
    assert "1 ■ hope  ← called" in text
    assert next(line for line in text.splitlines() if "2 ■ fear" in line).count("←") == 0


def test_a_coding_that_somebody_else_decided_on_meanwhile_is_told_of_and_goes(split: Study) -> None:
    screen = QueueScreen(split, Sitting(split, coder="ana"))
    read = screen.read

    def read_then_another_decides(coding: str = "") -> None:
        read(coding)
        if not coding:
            (one,) = (each for each in screen.items)
            split.queue.resolve(one.coding.id, to="fear", coder="ben")

    screen.read = read_then_another_decides  # type: ignore[method-assign]
    seen = show(screen, "1")
    assert "does not wait for a decision" in seen.words and on(split, NOBODY) == [("fear", "settled")]


def test_brackets_in_a_reason_of_the_version_are_letters(study: Study) -> None:
    new = next_version(study.codebooks.show().content, "split trust into hope, fear")
    changes = tuple(
        tuple((field, "why [red]so[/red]" if field == "why" else value) for field, value in change)
        + (() if any(field == "why" for field, _ in change) else (("why", "why [red]so[/red]"),))
        for change in new.changes
    )
    changes = tuple(tuple(sorted(change)) for change in changes)
    study.codebooks.add_version(replace(new, changes=changes))
    assert "[red]so[/red]" in decide(study).text


def test_the_definition_is_one_key_away(split: Study) -> None:
    assert "book@2" in decide(split, "i").text


def test_arrows_go_on_without_deciding_and_stop_at_the_ends(split: Study) -> None:
    assert "1 of 2" in decide(split, "o", "up").text
    assert "2 of 2" in decide(split, "o", "up", "tab", "down").text
    assert "this is the last one" in decide(split, "o", "up", "down", "down").text
    assert on(split, NOBODY) == [("trust", "pending")]


def test_a_study_that_cannot_be_read_is_told_of_and_can_be_left(split: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise StudyBusy("another program keeps the study locked", mend="wait a moment")

    monkeypatch.setattr(split.queue, "list", refuse)
    words = decide(split).words
    assert "another program keeps the study locked; wait a moment" in words
    assert "The queue could not be read." in words and "Nothing waits" not in words
    assert decide(split, "1", "k", "escape").answer == 0


def test_codings_of_the_transcript_that_is_open_come_first(study: Study) -> None:
    follow(study, "split money+ into debt, gift", "split trust+ into hope, fear")
    sitting = Sitting(study, coder="ben")
    for here in ("P1", "P2"):
        screen = QueueScreen(study, sitting, here=here)
        text = show(screen).text
        places = [one.coding.transcript for one in screen.items]
        assert places[0] == here and places == sorted(places, reverse=here == "P2")
        assert f"{places.count(here)} here, {len(places)} in all" in text
        assert len(set(places)) == 2


def test_a_decision_on_a_coding_of_another_says_whose_it_was(split: Study) -> None:
    seen = show(QueueScreen(split, Sitting(split, coder="carla")), "o", "x")
    assert "withdrew ana's trust; z takes it back" in seen.text or "withdrew ben's trust; z takes it back" in seen.text
