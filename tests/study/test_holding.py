"""Which codings hold the words that a person typed."""

from __future__ import annotations

from qcode.study.holding import holding
from qcode.study.study import Study


def quotes(study: Study, words: str) -> set[str]:
    return {one.quote for one in holding(study.codings.list(), words)}


def test_the_case_of_letters_does_not_matter(study: Study) -> None:
    assert quotes(study, "TWO thousand") == {"Two thousand"}


def test_without_words_all_codings_are_kept_in_their_order(study: Study) -> None:
    codings = study.codings.list()
    assert holding(codings, "  ") == codings


def test_words_beside_a_coding_do_not_count(study: Study) -> None:
    assert quotes(study, "phone") == set()
