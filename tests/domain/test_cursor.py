"""The cursor against texts of every kind: random ones with labels between turns, without words, without turns, huge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.cursor import Cursor, Unit
from qcode.domain.span import Span
from qcode.domain.transcript import Turn

UNITS: tuple[Unit, ...] = ("word", "sentence", "turn")
MOVES = ("next", "previous", "take", "extend", "shrink", "extend_back", "shrink_front")
SAYINGS = ("I waited.", "Why? No idea!", "ждала, и всё", "😀 👩‍👩‍👧!", "...", "等了 很久。", "é́ so", "  ", "a")


def words(text: str, part: Span) -> list[Span]:
    return [Span(*m.span()) for m in re.compile(r"\w+").finditer(text, part.start, part.end)]


def sentences(text: str, part: Span) -> list[Span]:
    return [Span(*m.span()) for m in re.compile(r"\S[^.!?。]*[.!?。]*").finditer(text, part.start, part.end)]


def cursor(text: str, turns: Sequence[Turn]) -> Cursor:
    return Cursor(text, turns, lambda part: words(text, part), lambda part: sentences(text, part))


def spoken(*sayings: str) -> Cursor:
    """Give a cursor on turns with a label before each."""
    text, turns = "", []
    for n, saying in enumerate(sayings, 1):
        start = len(text) + 3
        text += f"R{n % 10}:{saying}\n"
        turns.append(Turn(n, "R", start, start + len(saying)))
    return cursor(text, turns)


def everything(at: Cursor, unit: Unit) -> list[Span]:
    """Walk from the first unit to the last; nothing stands before it."""
    at.select(0, 1)
    at.previous(unit)
    found = [at.selection]
    while True:
        at.next(unit)
        if at.selection == found[-1]:
            return found
        found.append(at.selection)


CURSORS = st.lists(st.lists(st.sampled_from(SAYINGS), max_size=3).map(" ".join), min_size=1, max_size=5).map(
    lambda sayings: spoken(*sayings)
)
STEPS = st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(UNITS)), max_size=20)


def go(at: Cursor, steps: Sequence[tuple[str, Unit]]) -> None:
    for move, unit in steps:
        getattr(at, move)(unit)


@given(CURSORS, STEPS, st.integers(-3, 90), st.integers(-3, 90))
def test_whatever_is_done_something_inside_the_text_is_selected(
    at: Cursor, steps: Sequence[tuple[str, Unit]], start: int, end: int
) -> None:
    go(at, steps)
    at.select(start, end)
    go(at, steps)
    assert 0 <= at.selection.start < at.selection.end <= len(at.text)
    assert at.text_selected == at.text[at.selection.start : at.selection.end]


@given(CURSORS, STEPS, st.sampled_from(UNITS), st.sampled_from(["next", "previous"]))
def test_after_a_move_exactly_one_unit_is_selected(
    at: Cursor, steps: Sequence[tuple[str, Unit]], unit: Unit, move: str
) -> None:
    units = everything(at, unit)
    go(at, steps)
    getattr(at, move)(unit)
    assert at.selection in units


@given(CURSORS, STEPS)
def test_whatever_the_steps_a_selection_begins_and_ends_where_units_do(
    at: Cursor, steps: Sequence[tuple[str, Unit]]
) -> None:
    units = [span for unit in UNITS for span in everything(at, unit)]
    at.place(0)
    go(at, steps)
    assert at.selection.start in {span.start for span in units}
    assert at.selection.end in {span.end for span in units}


@given(CURSORS, st.sampled_from(UNITS))
def test_the_units_walked_through_stand_in_order_and_apart(at: Cursor, unit: Unit) -> None:
    assert all(one.end <= other.start for one, other in pairwise(everything(at, unit)))


@given(CURSORS, st.sampled_from(UNITS), st.integers(0, 20))
def test_next_and_previous_give_the_unit_back(at: Cursor, unit: Unit, far: int) -> None:
    units = everything(at, unit)
    at.select(units[0].start, units[0].end)
    go(at, [("next", unit)] * far)
    here = at.selection
    at.next(unit)
    if at.selection != here:
        at.previous(unit)
        assert at.selection == here
    assert here == units[min(far, len(units) - 1)]


@given(CURSORS, st.sampled_from(UNITS), st.integers(0, 20), st.integers(0, 3))
def test_extending_and_shrinking_give_the_selection_back(at: Cursor, unit: Unit, far: int, more: int) -> None:
    at.take(unit)
    go(at, [("next", unit)] * far + [("extend", unit)] * more)
    for longer, shorter in (("extend", "shrink"), ("extend_back", "shrink_front")):
        here = at.selection
        getattr(at, longer)(unit)
        if at.selection != here:
            assert at.selection.contains(here)
            getattr(at, shorter)(unit)
            assert at.selection == here


@given(CURSORS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 25)), max_size=4), st.integers(0, 8))
def test_the_next_uncoded_sentence_is_a_sentence_no_coding_touches(
    at: Cursor, marks: list[tuple[int, int]], far: int
) -> None:
    coded = [Span(start, start + length) for start, length in marks]
    free = [s for s in everything(at, "sentence") if not any(s.overlaps(mark) for mark in coded)]
    at.place(0)
    go(at, [("next", "sentence")] * far)
    here = at.selection
    assert at.next_uncoded(coded) == bool(free)
    after = [s for s in free if s.start >= here.start and not here.contains(s)]
    elsewhere = [s for s in free if not here.contains(s)]
    assert at.selection == next(iter(after or elsewhere or free), here)


@given(CURSORS, st.lists(st.tuples(st.integers(0, 10), st.integers(1, 8)), min_size=1, max_size=5, unique=True))
def test_going_round_some_stretches_meets_each_of_them_once(at: Cursor, marks: list[tuple[int, int]]) -> None:
    spans = sorted({Span(s, min(s + n, len(at.text))) for s, n in marks if s < len(at.text)})
    if not spans:
        return
    at.next_of(spans)
    met = []
    for _ in spans:
        met.append(at.selection)
        at.next_of(spans)
    assert sorted(met) == spans
    assert at.selection == met[0]
    at.previous_of(spans)
    assert at.selection == met[-1]


def test_at_first_the_first_word_is_selected() -> None:
    at = spoken("I waited.", "Why?")
    assert (at.text_selected, at.turn.n) == ("I", 1)


def test_what_stands_between_turns_is_passed_over() -> None:
    at = spoken("I waited.", "Why?")
    assert [span.of(at.text) for span in everything(at, "word")] == ["I", "waited", "Why"]


def test_a_selection_may_hold_several_turns_and_the_label_between_them() -> None:
    at = spoken("I waited.", "Why?")
    at.take("turn")
    at.extend("turn")
    assert at.text_selected == "I waited.\nR2:Why?"
    assert at.turn.n == 1


def test_from_a_sentence_taken_whole_the_next_word_is_its_first() -> None:
    at = spoken("I waited. Long hours.")
    at.next("sentence")
    at.next("word")
    assert at.text_selected == "Long"
    at.take("sentence")
    at.previous("word")
    assert at.text_selected == "hours"


def test_from_two_sentences_the_next_sentence_is_the_one_behind_both() -> None:
    at = spoken("One. Two. Three.")
    at.take("sentence")
    at.extend("sentence")
    at.next("sentence")
    assert at.text_selected == "Three."


def test_at_the_last_sentence_a_further_step_takes_it_whole() -> None:
    at = spoken("I waited long.")
    at.next("sentence")
    assert at.text_selected == "I waited long."


def test_of_a_sentence_half_selected_the_next_uncoded_is_that_sentence() -> None:
    at = spoken("I waited. Long hours.")
    assert at.next_uncoded([])
    assert at.text_selected == "I waited."
    assert at.next_uncoded([])
    assert at.text_selected == "Long hours."


def test_the_search_for_what_is_uncoded_goes_on_from_the_top() -> None:
    at = spoken("I waited. Long hours.", "Why?")
    at.place(len(at.text))
    at.take("sentence")
    assert at.next_uncoded([Span(3, 12)])
    assert at.text_selected == "Long hours."


def test_where_everything_is_coded_the_selection_stays() -> None:
    at = spoken("I waited. Long hours.")
    at.next("word")
    assert not at.next_uncoded([Span(0, len(at.text))])
    assert at.text_selected == "waited"


def test_of_no_stretches_there_is_no_next() -> None:
    at = spoken("I waited.")
    assert not at.next_of([])
    assert not at.previous_of([])
    assert at.text_selected == "I"


def test_from_a_word_the_next_stretch_is_the_one_that_begins_behind() -> None:
    at = spoken("one two three four")
    at.next("word")
    assert at.next_of([Span(3, 6), Span(7, 16)])
    assert at.text_selected == "two three"
    assert at.previous_of([Span(3, 6), Span(7, 16)])
    assert at.text_selected == "one"


def test_a_text_without_turns_is_one_turn() -> None:
    at = cursor("Nobody called. Never.", [])
    at.take("turn")
    assert at.text_selected == "Nobody called. Never."
    assert at.turn == Turn(1, None, 0, 21)


def test_in_a_turn_without_words_what_blanks_separate_is_a_word() -> None:
    at = spoken("😀 👩‍👩‍👧!")
    assert [span.of(at.text) for span in everything(at, "word")] == ["😀", "👩‍👩‍👧!"]


def test_a_text_of_blanks_is_selected_as_a_whole() -> None:
    at = cursor("\n \n", [])
    at.shrink("word")
    assert at.selection == Span(0, 3)


def test_turns_without_a_character_to_read_are_passed_over() -> None:
    at = spoken("", "   ", "Yes.")
    assert (at.text_selected, at.turn.n) == ("Yes", 3)


def test_a_text_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to select"):
        cursor("", [])


def test_the_order_in_which_a_mouse_drags_does_not_matter() -> None:
    at = spoken("I waited.")
    at.select(11, 5)
    assert at.text_selected == "waited"


def test_positions_are_code_points() -> None:
    at = spoken("😀𝄞 ждала")
    at.place(6)
    assert at.selection == Span(6, 11)


def test_the_units_of_a_turn_are_listed() -> None:
    at = spoken("No.", "I waited. Long hours.")
    at.next("turn")
    assert [span.of(at.text) for span in at.units("sentence")] == ["I waited.", "Long hours."]


def test_words_of_a_turn_are_looked_for_once() -> None:
    asked = []
    text = "one two\nthree four"

    def listed(part: Span) -> list[Span]:
        asked.append(part)
        return words(text, part)

    at = Cursor(text, [Turn(1, None, 0, 7), Turn(2, None, 8, 18)], listed, lambda part: [part])
    go(at, [("next", "word"), ("previous", "word"), ("extend", "word"), ("shrink", "word")])
    assert asked == [Span(0, 7)]
    go(at, [("next", "word"), ("next", "word")])
    assert asked == [Span(0, 7), Span(8, 18)]
