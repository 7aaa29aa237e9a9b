"""Who asks is told by the word for it, or by a letter beside its partner; all others answer."""

from __future__ import annotations

import pytest

from qcode.domain.transcript import Revision, Speaker, Turn
from qcode.text.askers import answered, asks


@pytest.mark.parametrize(
    ("names", "asking"),
    [
        (("Interviewer", "Ana"), ["Interviewer"]),
        (("Интервьюер 2", "Респондент"), ["Интервьюер 2"]),
        (("访谈者", "受访者"), ["访谈者"]),
        (("I", "R1", "R2"), ["I"]),
        (("И", "Р"), ["И"]),
        (("Q", "A"), ["Q"]),
        (("I", "Ana"), []),
        (("И", "Мария"), []),
        (("M", "K"), []),
        (("Ana", "Ben"), []),
    ],
)
def test_who_asks_is_known_by_word_or_by_letter_beside_its_partner(names: tuple[str, ...], asking: list[str]) -> None:
    speakers = [Speaker(name, 3) for name in names]
    assert [one.name for one in speakers if asks(one, speakers)] == asking


def test_another_name_of_the_same_speaker_counts_too() -> None:
    speakers = [Speaker("AB", 3, ("Interviewer",)), Speaker("CD", 3)]
    assert asks(speakers[0], speakers)
    assert not asks(speakers[1], speakers)


def _revision(*said: str | None) -> Revision:
    turns = tuple(Turn(n, who, n * 10, n * 10 + 5) for n, who in enumerate(said, start=1))
    names = dict.fromkeys(who for who in said if who is not None)
    return Revision("x" * 200, turns, (), (), tuple(Speaker(name, 1) for name in names))


def test_answers_are_neither_questions_nor_what_precedes_the_talk() -> None:
    assert [turn.n for turn in answered(_revision(None, "INT", "ANA", "INT", "BEN"))] == [3, 5]


def test_where_nobody_is_named_every_turn_may_be_an_answer() -> None:
    assert len(answered(_revision(None, None))) == 2


def test_where_only_who_asks_is_named_every_turn_may_be_an_answer() -> None:
    assert len(answered(_revision("INT", None, "INT"))) == 3
