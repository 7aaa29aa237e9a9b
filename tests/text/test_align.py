"""Where a stretch of the old text stands in the corrected one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.text.align import Alignment, Placed, align

TALK = """\
INT: How long did you wait?
ANA: I waited two hours on the phone, and nobody picked up.
INT: And then, what did you do?
ANA: Nobody ever called me back, so I stopped asking at all.
INT: Who helped you in the end?
ANA: My sister paid for the bus to the clinic in the city.
"""
LINES = TALK.splitlines(keepends=True)


def placed(new: str, words: str, old: str = TALK) -> Placed:
    start = old.index(words)
    return align(old, new).place(start, start + len(words))


def told(new: str, words: str, old: str = TALK) -> tuple[str, str | None]:
    """Return the verdict, and the words in the new text."""
    one = placed(new, words, old)
    return one.verdict, one.span.of(new) if one.span else None


def test_a_text_beside_itself_is_the_same_everywhere() -> None:
    alignment = align(TALK, TALK)
    assert alignment.share == 1.0
    for start in range(0, len(TALK) - 9, 7):
        one = alignment.place(start, start + 9)
        assert (one.verdict, one.span and one.span.start) == ("same", start)


def test_what_stands_before_a_change_is_the_same_and_what_stands_behind_has_moved() -> None:
    new = TALK.replace("INT: And then", "INT: Yes. And then")
    assert told(new, "two hours") == ("same", "two hours")
    assert told(new, "My sister") == ("moved", "My sister")


def test_a_change_in_a_passage_adjusts_it() -> None:
    assert told(TALK.replace("two hours", "two long hours"), "waited two hours") == (
        "adjusted",
        "waited two long hours",
    )
    assert told(TALK.replace("paid for ", ""), "My sister paid for the bus") == ("adjusted", "My sister the bus")


@pytest.mark.parametrize(
    ("old", "new"), [("Nobody ever", "Noone ever"), ("Nobody ever", "[NAME] ever"), ("Nobody ever", "ever")]
)
def test_a_change_at_the_border_of_a_passage_adjusts_it(old: str, new: str) -> None:
    assert told(TALK.replace(old, new), "Nobody ever called me back") == ("adjusted", f"{new} called me back")


def test_a_word_that_came_before_a_passage_is_no_part_of_it() -> None:
    new = TALK.replace("two hours", "about two hours or so")
    assert told(new, "two hours") == ("moved", "two hours")


def test_a_word_that_is_spelled_anew_is_the_same_word() -> None:
    assert told(TALK.replace("waited", "wayted"), "waited") == ("adjusted", "wayted")


def test_a_passage_that_is_taken_out_has_no_place() -> None:
    assert told(TALK.replace("Nobody ever called me back, so ", ""), "Nobody ever called me back") == (
        "unplaceable",
        None,
    )
    assert told("".join(LINES[:2] + LINES[4:]), "Nobody ever called me back") == ("unplaceable", None)


def test_a_passage_of_which_less_than_half_is_left_has_no_place() -> None:
    new = TALK.replace("Nobody ever called me back, so I", "I")
    assert told(new, "Nobody ever called me back, so I stopped")[0] == "unplaceable"


def test_a_passage_into_which_a_whole_talk_came_has_no_place() -> None:
    new = TALK.replace("two hours", "two " + "other words of somebody else. " * 5 + "hours")
    assert told(new, "two hours") == ("unplaceable", None)


def test_a_passage_that_stands_elsewhere_in_the_talk_is_found_there() -> None:
    new = "".join([*LINES[4:], *LINES[:4]])
    one = placed(new, "My sister paid")
    assert (one.verdict, one.reordered, one.span and one.span.of(new)) == ("moved", True, "My sister paid")
    assert told(new, "two hours") == ("moved", "two hours")


def test_a_short_line_that_moved_is_found_where_it_stands_once() -> None:
    old = "A: one two three four.\nB: five six seven eight.\nA: nine ten eleven.\nB: yes.\n"
    lines = old.splitlines(keepends=True)
    new = "".join([lines[2], lines[0], lines[1], lines[3]])
    assert told(new, "nine ten eleven", old) == ("moved", "nine ten eleven")


def test_a_line_that_moved_is_found_behind_another_label() -> None:
    new = "".join([LINES[5].replace("ANA:", "P07 (client):"), *LINES[:5]])
    assert placed(new, "My sister paid for the bus").reordered


def test_a_passage_of_which_the_smaller_part_moved_away_is_adjusted_to_the_greater() -> None:
    new = "".join([LINES[5], *LINES[:5]])
    one = placed(new, "in the end?\nANA: My sister paid for the bus")
    assert (one.verdict, one.reordered) == ("adjusted", True)
    assert one.span is not None
    assert one.span.of(new) == "ANA: My sister paid for the bus"


def test_a_passage_whose_parts_went_to_three_places_has_none() -> None:
    lines = [f"ANA: Paragraph {n} has its own {n}a and {n}b and {n}c words.\n" for n in range(7)]
    old, new = "".join(lines), "".join(lines[n] for n in (3, 0, 2, 5, 1, 4, 6))
    assert told(new, "".join(lines[1:4])[:-1], old) == ("unplaceable", None)


def test_other_labels_change_no_passage() -> None:
    new = TALK.replace("INT:", "Interviewer:").replace("ANA:", "P07:")
    for words in ("two hours", "And then, what did you do?", "Nobody ever called me back"):
        assert told(new, words)[1] == words


def test_a_passage_over_two_turns_goes_with_their_labels() -> None:
    new = TALK.replace("INT:", "I:")
    assert told(new, "picked up.\nINT: And then") == ("adjusted", "picked up.\nI: And then")


def test_a_phrase_that_stands_often_keeps_its_place_among_the_others() -> None:
    old = "".join(f"INT: Question number {word}?\nANA: Yes.\n" for word in ("one", "two", "three", "four"))
    new = old.replace("INT: Question number two?\nANA: Yes.\n", "").replace("one?", "one, please?")
    alignment, yes = align(old, new), [n for n in range(len(old)) if old.startswith("Yes.", n)]
    found = [alignment.place(n, n + 4).span for n in yes]
    assert found[1] is None
    before = [new[: span.start].rpartition("number ")[2].split("?")[0] for span in found if span]
    assert before == ["one, please", "three", "four"]


def test_words_of_another_talk_are_no_passage_because_they_are_alike() -> None:
    other = """\
INT: Where do you live now, and with whom?
BEN: In the city, with my mother and my two brothers.
INT: Is the clinic far from there, on foot?
BEN: I do not go to it, so I can not say that it is.
"""
    alignment = align(TALK, other)
    assert alignment.share < 0.2
    for words in ("two hours", "Nobody ever called me back", "to the clinic in the city", "so I stopped"):
        start = TALK.index(words)
        assert alignment.place(start, start + len(words)).span is None


def test_what_is_taken_out_begins_where_a_line_begins() -> None:
    new = "".join(LINES[:2] + LINES[4:])
    assert told(new, LINES[4] + LINES[5]) == ("moved", LINES[4] + LINES[5])


def test_blanks_that_changed_adjust_a_passage() -> None:
    new = TALK.replace("\n", "\n\n")
    assert told(new, "picked up.\nINT: And then") == ("adjusted", "picked up.\n\nINT: And then")
    assert told(new, " two hours ")[1] == " two hours "


def test_a_stretch_of_blanks_is_placed_between_the_same_words() -> None:
    assert told("a  b\n", " ", "a b\n") == ("unplaceable", None)
    assert told("a b c\n", " ", "a b\n") == ("same", " ")


def test_a_letter_stored_in_two_parts_is_the_same_letter() -> None:
    old = "АНА: Мой йогурт стоил сто рублей, и я его купила в тот день.\n"
    new = old.replace("й", "и\u0306")
    assert told(new, "Мой йогурт", old) == ("adjusted", "Мои\u0306 и\u0306огурт")


def test_chinese_is_laid_side_by_side_letter_by_letter() -> None:
    old = "问：你等了多久？\n答：我在电话里等了两个小时。\n"
    new = old.replace("两个小时", "两个半小时")
    assert told(new, "等了两个小时", old) == ("adjusted", "等了两个半小时")


def test_a_reader_goes_on_where_the_reader_was() -> None:
    at = TALK.index("Nobody")
    new = "A line that is new.\n" + TALK
    assert align(TALK, new).position(at) == new.index("Nobody")
    assert align(TALK, "".join(LINES[:2])).position(at) == len("".join(LINES[:2]))
    assert align(TALK, TALK + "And more.\n").position(len(TALK)) == len(TALK.rstrip())
    assert align(TALK, new).position(len(TALK)) == len(new)


def test_an_empty_text_has_no_place() -> None:
    assert told("", "two hours") == ("unplaceable", None)
    assert align("", TALK).share == 1.0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("yes no\n" * 20_000, "no yes\n" * 15_000 + "yes no\n" * 5_000),
        ("." * 100_000, "." * 99_999 + "!"),
        (
            "".join(f"{n} {'ha ' * 90}{'he ' * 9}" for n in range(400)),
            "".join(f"{n} {'he ha ' * 50}" for n in range(400)),
        ),
    ],
    ids=["lines", "signs", "words between others"],
)
def test_what_stands_over_and_over_takes_no_time(old: str, new: str) -> None:
    assert 0 <= align(old, new).share <= 1


PIECES = st.sampled_from(
    [
        "да",
        "нет",
        "eins",
        "zwei",
        "три",
        "四",
        "خمسة",
        "שש",
        "👩‍👩‍👧",
        "e\u0301",
        "не знаю",
        "ё",
        "—",
        "ANA:",
        "INT:",
        "ok",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).flatmap(
    lambda words: st.lists(st.sampled_from([" ", "\n", "\t", ", "]), min_size=len(words), max_size=len(words)).map(
        lambda blanks: "".join(word + blank for word, blank in zip(words, blanks, strict=True))
    )
)
NUMBERED = st.integers(6, 60).map(lambda n: [f"w{i}" for i in range(n)])


def every_span(text: str) -> list[tuple[int, int]]:
    return [(a, b) for a in range(0, len(text), 3) for b in (a + 1, a + 5, a + 40) if b <= len(text)]


def check(alignment: Alignment, old: str, new: str) -> None:
    for a, b in every_span(old):
        one = alignment.place(a, b)
        assert (one.span is None) == (one.verdict == "unplaceable")
        if one.span is not None:
            assert one.span.end <= len(new)
            equal = one.span.of(new) == old[a:b]
            assert equal == (one.verdict in ("same", "moved"))
            assert (one.verdict == "same") == (equal and one.span.start == a)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_every_verdict_says_what_is_so(old: str, new: str) -> None:
    alignment = align(old, new)
    assert 0 <= alignment.share <= 1
    check(alignment, old, new)
    assert all(0 <= alignment.position(at) <= len(new) for at in range(0, len(old) + 1, 4))


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_nothing_changed_is_the_same_in_any_script(text: str) -> None:
    assert all(align(text, text).place(a, b).verdict == "same" for a, b in every_span(text))


@settings(max_examples=80, deadline=None)
@given(NUMBERED, st.data())
def test_words_put_in_elsewhere_leave_the_words_of_every_passage(words: list[str], draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(words)))
    came = draw.draw(st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=8))
    old, new = " ".join(words), " ".join([*words[:at], *came, *words[at:]])
    alignment = align(old, new)
    for first in range(len(words)):
        for last in range(first, min(first + 4, len(words))):
            if not first < at <= last:
                quote = " ".join(words[first : last + 1])
                start = len(" ".join([*words[:first], ""]))
                one = alignment.place(start, start + len(quote))
                assert one.span is not None
                assert one.span.of(new) == quote


@settings(max_examples=80, deadline=None)
@given(NUMBERED, st.data())
def test_words_taken_out_have_no_place_and_the_others_keep_their_order(words: list[str], draw: st.DataObject) -> None:
    first = draw.draw(st.integers(0, len(words) - 1))
    last = draw.draw(st.integers(first + 1, len(words)))
    old, new = " ".join(words), " ".join(words[:first] + words[last:])
    alignment, before = align(old, new), -1
    for n, word in enumerate(words):
        start = len(" ".join([*words[:n], ""]))
        span = alignment.place(start, start + len(word)).span
        if first <= n < last:
            assert span is None
        elif span is not None:
            assert span.of(new) == word
            assert span.start > before
            before = span.start
        else:  # hardly anything of the text is left around it
            assert last - first > len(words) / 3


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)))
def test_paragraphs_in_another_order_take_their_passages_along(order: list[int]) -> None:
    lines = [f"ANA: Paragraph {n} has its own {n}a and {n}b and {n}c words.\n" for n in range(6)]
    old, new = "".join(lines), "".join(lines[n] for n in order)
    alignment = align(old, new)
    for n, line in enumerate(lines):
        start = old.index(line) + 5
        one = alignment.place(start, start + len(line) - 6)
        assert one.span is not None
        assert one.span.of(new) == line[5:-1], n


@settings(max_examples=60, deadline=None)
@given(NUMBERED, st.data())
def test_what_was_placed_is_found_again_on_the_way_back(words: list[str], draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(words)))
    old, new = " ".join(words), " ".join([*words[:at], "new", *words[at:]])
    there, back = align(old, new), align(new, old)
    for a, b in every_span(old):
        one = there.place(a, b)
        if one.verdict in ("same", "moved") and one.span is not None:
            again = back.place(one.span.start, one.span.end)
            assert again.span is not None
            assert again.span.of(old) == old[a:b]
