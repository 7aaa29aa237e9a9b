"""Terms are found by the lemmas of a trained pipeline where one is installed; where none is, nothing is different."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.domain.span import Span
from qcode.text import lemmas
from qcode.text.lemmas import installed, lemma_finder
from qcode.text.suggesting import reason, suggested
from qcode.text.terms import Hit, TermFinder
from tests.text.pipelines import install_pipeline

TERMS = {
    "LEAVE": (("en", ("go", "leave the house", "WHO")), ("de", ("gehen",))),
    "WAIT": (("en", ("wait",)),),
}
LEMMAS = {"fared": "go", "awaited": "wait", "who": "who", "house": "house"}
AWAITED = "`awaited` is a form of the term `wait` (en, found by en_tiny_sm)"
WAITED = "`waited` is a form of the term `wait` (en)"
TEXT = "She fared home. Nobody awaited her, who had waited."


@pytest.fixture
def pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Install a small English pipeline that knows some lemmas; give its name."""
    lemmas._trained.cache_clear()
    yield install_pipeline(tmp_path, monkeypatch, "en_tiny_sm", LEMMAS)
    lemmas._trained.cache_clear()


def test_without_a_pipeline_there_is_no_finder_and_spacy_is_not_even_imported() -> None:
    ask = "from qcode.text.lemmas import lemma_finder as f; import sys"
    done = f"{ask}; print(f({{'A': [('xx', ['go'])]}}, 'xx'), f({{}}, None), 'spacy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", done], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["None", "None", "False"]


def test_a_pipeline_is_found_by_its_language(pipeline: str) -> None:
    assert (installed("en"), installed("kk"), installed(None)) == (pipeline, None, None)


def test_the_smallest_of_several_pipelines_is_taken(
    pipeline: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_pipeline(tmp_path / "more", monkeypatch, "en_big_lg", LEMMAS)
    assert installed("en") == pipeline


def test_a_word_with_the_lemma_of_a_term_is_a_hit_with_the_name_of_the_pipeline(pipeline: str) -> None:
    finder = lemma_finder(TERMS, "en")
    assert finder is not None
    (one,) = finder.hits([TEXT])
    assert one["LEAVE"] == [Hit("go", "en", 4, 9, by=pipeline)]
    assert [TEXT[hit.start : hit.end] for hit in one["WAIT"]] == ["awaited"]


def test_an_acronym_and_a_term_of_several_words_have_no_lemma(pipeline: str) -> None:
    only = {"A": (("en", ("WHO", "leave the house")),)}
    assert lemma_finder(only, "en") is None


def test_terms_of_another_language_are_left_to_their_own_pipeline(pipeline: str) -> None:
    assert lemma_finder({"A": (("de", ("go",)),)}, "en") is None


def test_a_pipeline_without_lemmas_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_pipeline(tmp_path, monkeypatch, "en_bare_sm", None)
    assert installed("en") == "en_bare_sm"
    assert lemma_finder(TERMS, "en") is None


def test_a_pipeline_that_cannot_be_loaded_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_pipeline(tmp_path, monkeypatch, "en_broken_sm", LEMMAS)
    (settings,) = tmp_path.rglob("config.cfg")
    settings.write_text("[nlp]\nlang = 'none of these'\n", encoding="utf-8")
    assert lemma_finder(TERMS, "en") is None


def test_sentences_are_suggested_by_rule_and_by_lemma_each_with_its_reason(pipeline: str) -> None:
    found = list(
        suggested(TEXT, "en", [Span(0, len(TEXT))], TermFinder(TERMS), lemma_finder(TERMS, "en")),
    )
    assert [(one.code, one.span.of(TEXT), reason(one, TEXT, one.code)) for one in found] == [
        ("LEAVE", "She fared home.", "`fared` is a form of the term `go` (en, found by en_tiny_sm) of LEAVE"),
        (
            "WAIT",
            "Nobody awaited her, who had waited.",
            f"{AWAITED}; {WAITED} of WAIT",
        ),
    ]


def test_without_lemmas_only_the_rules_find() -> None:
    found = list(suggested(TEXT, "en", [Span(0, len(TEXT))], TermFinder(TERMS)))
    assert [reason(one, TEXT, one.code) for one in found] == [f"{WAITED} of WAIT"]
