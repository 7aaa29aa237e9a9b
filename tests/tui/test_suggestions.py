"""Suggestions: accepted and rejected by a person, one key each, through the sitting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.importers.base import Options
from qcode.study.sitting import Sitting
from qcode.study.study import Study, create
from qcode.tui.suggestions import SuggestionsScreen
from tests.tui.sheets import SMALL, WIDE, Seen, show

TEXT = "АНА: Я ждала [два] часа. Никто не пришёл. Потом сестра помогла.\n"
WAIT = Code("WAIT", "Waiting", brief="Somebody [b]waits[/b]", terms=(("ru", ("ждать",)),))
KIN = Code("KIN", "Kin", terms=(("ru", ("сестра",)),))


def make(folder: Path, codes: tuple[Code, ...], text: str = TEXT) -> Study:
    study = create(folder / "study.qcode", coder="ana")
    study.codebooks.add_version(CodebookVersion("book", "1", codes))
    file = folder / "P1.txt"
    file.write_text(text, encoding="utf-8")
    study.transcripts.add(file, options=Options(speakers=("АНА",), language="ru"))
    return study


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Study]:
    with make(tmp_path, (WAIT, KIN)) as study:
        yield study
        assert study.check() == []


def suggest(study: Study, *keys: str, size: tuple[int, int] = SMALL) -> Seen:
    return show(SuggestionsScreen(study, Sitting(study, coder="ana"), "P1"), *keys, size=size)


def codes_of(study: Study) -> list[str]:
    return [one.code for one in study.codings.list()]


def test_a_suggestion_is_shown_with_its_sentence_the_code_and_the_reason(made: Study) -> None:
    for size in (SMALL, WIDE):
        words = suggest(made, size=size).words
        assert "Suggestions (2)" in words and "Я ждала [два] часа." in words
        assert "Somebody [b]waits[/b]" in words and "ждать" in words


def test_nothing_is_coded_by_looking(made: Study) -> None:
    suggest(made, "down", "up", "escape")
    assert codes_of(made) == []


@pytest.mark.parametrize("key", ["a", "ф"])
def test_one_key_accepts_and_goes_on(made: Study, key: str) -> None:
    seen = suggest(made, key)
    assert codes_of(made) == ["WAIT"]
    assert "Suggestions (1)" in seen.text and "coded with WAIT" in seen.text


def test_one_key_rejects_and_it_does_not_come_again(made: Study) -> None:
    suggest(made, "d")
    assert codes_of(made) == []
    assert "Suggestions (1)" in suggest(made).text and "ждала" not in suggest(made).text


def test_undo_brings_a_suggestion_back(made: Study) -> None:
    assert "Suggestions (2)" in suggest(made, "a", "z").text
    assert codes_of(made) == []
    assert "Suggestions (2)" in suggest(made, "d", "я").text
    assert "Suggestions (2)" in suggest(made).text


def test_undo_does_not_reach_what_was_done_before(made: Study) -> None:
    sitting = Sitting(made, coder="ana")
    sitting.code("P1", 0, 3, ["KIN"])
    seen = show(SuggestionsScreen(made, sitting, "P1"), "z")
    assert "nothing has been decided here yet" in seen.text and codes_of(made) == ["KIN"]


def test_enter_answers_with_the_place(made: Study) -> None:
    start, end = suggest(made, "down", "enter").answer
    assert TEXT[start:end] == "Потом сестра помогла."


def test_esc_answers_with_nothing(made: Study) -> None:
    assert suggest(made, "escape").answers == [None]


def test_what_was_coded_elsewhere_meanwhile_is_said_and_goes(made: Study) -> None:
    screen = SuggestionsScreen(made, Sitting(made, coder="ana"), "P1")
    look = screen.look

    def look_then_code_elsewhere() -> None:
        look()
        one = screen.items[0]
        made.codings.add("P1", "WAIT", start=one.start, end=one.end, coder="ana")

    screen.look = look_then_code_elsewhere  # type: ignore[method-assign]
    seen = show(screen, "a")
    assert codes_of(made) == ["WAIT"] and "Suggestions (1)" in seen.text
    assert "coded with WAIT; z" not in seen.text


def test_when_all_are_decided_it_says_so(made: Study) -> None:
    assert "All suggestions for this transcript are decided on." in suggest(made, "a", "d").words
    assert "No term of a code stands in a sentence" in suggest(made).words


def test_codes_without_terms_are_given_as_the_reason_for_nothing(tmp_path: Path) -> None:
    with make(tmp_path, (replace(WAIT, terms=()),)) as study:
        assert "No code of the codebook has terms yet" in suggest(study, "a", "d", "enter").words


def test_rejected_ones_are_told_of_where_nothing_is_left(tmp_path: Path) -> None:
    with make(tmp_path, (WAIT,)) as study:
        suggest(study, "d")
        assert "1 suggestion you rejected before." in suggest(study).words


def test_the_pointer_begins_at_the_suggestion_at_the_selection_or_behind_it(made: Study) -> None:
    def begin(at: int) -> Seen:
        return show(SuggestionsScreen(made, Sitting(made, coder="ana"), "P1", at=at), "enter")

    text = made.reading.open("P1").text
    first, second = text.index("Я ждала"), text.index("Потом")
    assert begin(0).answer[0] == begin(first + 3).answer[0] == first
    assert begin(text.index("Никто")).answer[0] == begin(second).answer[0] == second
    assert begin(len(text)).answer[0] == first
