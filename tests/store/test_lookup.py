"""Names and ids as people type them."""

from __future__ import annotations

import pytest

from qcode.errors import Ambiguous, NotFound
from qcode.store.lookup import find, fold
from qcode.store.schema import coding, transcript
from qcode.study.study import Study


@pytest.mark.parametrize("typed", ["P1", "p1", " P1 "])
def test_a_transcript_is_found_by_its_name_ignoring_case(study: Study, typed: str) -> None:
    with study.store.read() as connection:
        assert find(connection, transcript, typed, "transcript").name == "P1"


def test_composed_and_decomposed_letters_are_one_name() -> None:
    assert fold("Айг\u0438\u0306") == fold("айг\u0439")


@pytest.mark.parametrize("length", [8, 9, 20, 36])
def test_eight_characters_of_an_id_are_enough(study: Study, length: int) -> None:
    whole = study.codings.list()[0].id
    with study.store.read() as connection:
        assert find(connection, coding, whole[:length].upper(), "coding").uuid == whole


def test_seven_characters_of_an_id_are_not(study: Study) -> None:
    with study.store.read() as connection, pytest.raises(NotFound):
        find(connection, coding, study.codings.list()[0].id[:7], "coding")


def test_an_id_that_begins_several_is_ambiguous(study: Study) -> None:
    with study.store.write() as connection:
        connection.exec_driver_sql("UPDATE coding SET uuid = 'aaaaaaaa-' || substr(uuid, 10)")
    with study.store.read() as connection, pytest.raises(Ambiguous, match="type more of it"):
        find(connection, coding, "aaaaaaaa", "coding")


def test_a_percent_sign_is_no_wildcard(study: Study) -> None:
    with study.store.read() as connection, pytest.raises(NotFound):
        find(connection, coding, "%%%%%%%%", "coding")


def test_a_name_goes_before_an_id(study: Study) -> None:
    first, second = study.transcripts.list()
    study.transcripts.rename("P1", second.id[:8])
    assert study.transcripts.show(second.id[:8]).id == first.id


@pytest.mark.parametrize("typed", ["saule", "interview 1", "(fin"])
def test_the_beginning_of_a_word_of_a_name_is_answered_with_the_name(study: Study, typed: str) -> None:
    study.transcripts.rename("P1", "Interview 1 Saule (final)")
    with (
        study.store.read() as connection,
        pytest.raises(NotFound, match=r"did you mean Interview 1 Saule \(final\)\?"),
    ):
        find(connection, transcript, typed, "transcript")
