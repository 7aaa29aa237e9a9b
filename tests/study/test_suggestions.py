"""The terms of codes suggest sentences to a coder, who accepts or rejects each; nothing is coded by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import Ambiguous, NotFound
from qcode.importers.base import Options
from qcode.study.selection import Filters
from qcode.study.study import Study, create
from tests.conftest import Dump
from tests.text.pipelines import install_pipeline

RU = """\
И: Вы долго ждали врача?
А: Я ждала два часа. Мне стыдно об этом говорить.
И: А потом?
А: Никто не пришёл. Со стыдом я ждала, а стыда меньше не стало.
"""
EN = "I: And you?\nB: I waited. Nobody came.\n"
CODES = (
    Code("WAIT", "Ожидание", terms=(("ru", ("ждать",)), ("en", ("wait",)))),
    Code("FEEL", "Чувства", codable=False, terms=(("ru", ("час",)),)),
    Code("SHAME", "Стыд", parent="FEEL", terms=(("ru", ("стыд", "стыдно")),)),
    Code("BARE", "Ohne"),
)
WAITED = ("WAIT", "Вы долго ждали врача?")
ALL = [
    WAITED,
    ("WAIT", "Я ждала два часа."),
    ("SHAME", "Мне стыдно об этом говорить."),
    ("WAIT", "Со стыдом я ждала, а стыда меньше не стало."),
    ("SHAME", "Со стыдом я ждала, а стыда меньше не стало."),
]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study of two transcripts, of which nothing is coded."""
    with create(tmp_path / "s.qcode", coder="ana") as study:
        study.codebooks.add_version(CodebookVersion("book", "1", CODES))
        for name, text, language in (("RU1", RU, "ru"), ("EN1", EN, "en")):
            file = tmp_path / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            speakers = tuple(dict.fromkeys(line.partition(":")[0] for line in text.splitlines()))
            study.transcripts.add(file, options=Options(speakers=speakers, language=language))
        yield study


def found(study: Study, *transcripts: str, coder: str | None = None, **more: object) -> list[tuple[str, str]]:
    listed = study.suggestions.list(transcripts, coder=coder, **more)  # type: ignore[arg-type]
    return [(one.code, one.quote) for one in listed]


def test_sentences_with_terms_in_any_form_are_suggested_in_order_of_place(study: Study) -> None:
    assert sorted(found(study, "RU1")) == sorted(ALL)
    starts = [one.start for one in study.suggestions.list(["RU1"])]
    assert starts == sorted(starts)
    assert found(study) == [("WAIT", "I waited."), *found(study, "RU1")]


def test_a_suggestion_tells_its_place_its_words_and_why(study: Study) -> None:
    one = next(one for one in study.suggestions.list("RU1", codes=["SHAME"]) if "стыдом" in one.quote)
    text = study.transcripts.show("RU1").revision.text
    assert (one.transcript, one.turn, one.speaker, one.codebook) == ("RU1", 4, "А", "book")
    assert text[one.start : one.end] == one.quote
    assert one.words == tuple(span.of(text) for span in one.places) == ("стыдом", "стыда")
    assert one.terms == (("ru", "стыд"),)
    assert one.why == "`стыдом` and `стыда` are forms of the term `стыд` (ru) of SHAME"


def test_a_word_that_is_the_term_itself_is_called_a_term(study: Study) -> None:
    (one, _) = study.suggestions.list("RU1", codes=["SHAME"])
    assert one.why == "`стыдно` is a term (ru) of SHAME"


def test_ids_are_the_same_each_time_and_different_from_each_other(study: Study) -> None:
    ids = [one.id for one in study.suggestions.list()]
    with type(study)(study.store) as again:
        assert [one.id for one in again.suggestions.list()] == ids
    assert len(set(ids)) == len(ids)
    assert all(len(one) == 12 and int(one, 16) >= 0 for one in ids)


def test_each_sentence_is_what_the_search_for_uncoded_passages_of_the_code_finds(study: Study) -> None:
    for code in ("WAIT", "SHAME"):
        uncoded = [one.quote for one in study.uncoded(code, Filters())]
        assert [quote for key, quote in found(study) if key == code] == uncoded


def test_to_look_at_suggestions_changes_nothing_and_makes_nobody_a_coder(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    assert found(study, coder="eva") == found(study)
    assert study.suggestions.rejected(coder="eva") == []
    assert dump(study.path) == before


def test_codes_narrow_it_to_these_and_those_below_them(study: Study) -> None:
    assert {code for code, _ in found(study, codes=["FEEL"])} == {"SHAME"}
    assert found(study, "RU1", codes=["BARE"]) == []
    with pytest.raises(NotFound, match="there is no code 'HOPE'"):
        found(study, codes=["HOPE"])


def test_a_transcript_that_is_not_there_is_refused(study: Study) -> None:
    with pytest.raises(NotFound, match="there is no transcript 'RU9'"):
        found(study, "RU9")


def test_where_this_coder_has_the_code_it_is_not_suggested_wherever_the_coding_touches(study: Study) -> None:
    study.code("RU1", quote="часа. Мне", code="WAIT")
    study.code("RU1", quote="Мне", code="WAIT")
    assert sorted(found(study, "RU1")) == sorted(one for one in ALL if one != ALL[1])


def test_what_others_coded_makes_no_difference(study: Study) -> None:
    study.code("RU1", quote="Я ждала", code="WAIT", coder="ben")
    assert sorted(found(study, "RU1")) == sorted(ALL)
    assert sorted(found(study, "RU1", coder="ben")) == sorted(one for one in ALL if one != ALL[1])


def test_a_waiting_coding_keeps_it_away_and_a_withdrawn_one_does_not(study: Study) -> None:
    (one,) = study.code("RU1", quote="Я ждала", code="WAIT")
    new = (replace(CODES[0], definition="Only long ones."), *CODES[1:])
    declared = ((("effect", "narrow"), ("redefine", "WAIT")),)
    study.codebooks.add_version(CodebookVersion("book", "2", new, changes=declared))
    assert study.status().pending == 1
    assert ALL[1] not in found(study, "RU1")
    study.codings.withdraw(one.id)
    assert ALL[1] in found(study, "RU1")


def test_the_terms_of_a_new_version_suggest_at_once(study: Study) -> None:
    assert len(found(study, "RU1")) == len(ALL)
    new = (replace(CODES[0], terms=(("ru", ("врач",)),)), *CODES[1:])
    study.codebooks.add_version(CodebookVersion("book", "2", new))
    assert [quote for code, quote in found(study, "RU1") if code == "WAIT"] == [WAITED[1]]


def test_an_accepted_one_is_coded_as_any_other(study: Study) -> None:
    one = study.suggestions.list("RU1")[0]
    (made,) = study.suggestions.accept(one.id, transcript="RU1", coder="ben")
    assert (made.start, made.end, made.quote, made.code, made.coder) == (one.start, one.end, *WAITED[::-1], "ben")
    assert [act.act for act in study.history(last=1)] == ["coding.add"]
    assert WAITED not in found(study, "RU1", coder="ben")
    assert WAITED in found(study, "RU1")
    study.codings.withdraw(made.id)
    assert WAITED in found(study, "RU1", coder="ben")


def test_several_are_accepted_at_once_or_none_where_one_is_not_there(study: Study, dump: Dump) -> None:
    ids = [one.id for one in study.suggestions.list()]
    before = dump(study.path)
    with pytest.raises(NotFound, match="there is no suggestion 'feedfeedfeed' for this coder"):
        study.suggestions.accept(*ids, "feedfeedfeed")
    assert dump(study.path) == before
    assert len(study.suggestions.accept(*ids, ids[0])) == len(ids)
    assert found(study) == []
    with pytest.raises(NotFound):
        study.suggestions.accept(ids[0])


def test_a_rejected_one_is_shown_to_this_coder_no_more_and_to_others_still(study: Study) -> None:
    one = study.suggestions.list("RU1")[0]
    assert study.suggestions.reject(one.id[:6], transcript="RU1") == 1
    assert WAITED not in found(study, "RU1")
    assert WAITED in found(study, "RU1", coder="ben")
    assert [(each.id, each.quote) for each in study.suggestions.rejected()] == [(one.id, one.quote)]
    assert study.suggestions.rejected("EN1") == study.suggestions.rejected(codes=["SHAME"]) == []
    with pytest.raises(NotFound):
        study.suggestions.reject(one.id)


def test_a_rejection_outlives_a_new_version_of_the_codebook(study: Study) -> None:
    study.suggestions.reject(study.suggestions.list("RU1")[0].id)
    study.codebooks.add_version(CodebookVersion("book", "2", (replace(CODES[0], brief="New."), *CODES[1:])))
    assert WAITED not in found(study, "RU1")


def test_what_was_rejected_can_come_again(study: Study) -> None:
    one = study.suggestions.list("RU1")[0]
    study.suggestions.reject(one.id)
    with pytest.raises(NotFound, match="that this coder rejected"):
        study.suggestions.restore(one.id, coder="ben")
    assert study.suggestions.restore(one.id, one.id) == 1
    assert WAITED in found(study, "RU1")
    assert study.suggestions.rejected() == []
    with pytest.raises(NotFound):
        study.suggestions.restore(one.id)


def test_the_history_tells_of_a_rejection_with_ids_and_places_and_no_word(study: Study) -> None:
    one = study.suggestions.list("RU1")[0]
    study.suggestions.reject(one.id)
    study.suggestions.restore(one.id)
    rejected, restored = study.history(last=2)
    assert (rejected.act, restored.act) == ("suggestion.reject", "suggestion.restore")
    for written in (rejected.details, restored.details):
        assert one.id in written
        assert not any(word in written for word in ("жд", "WAIT", "RU1", "ana"))
    assert one.code_id in rejected.details
    assert study.check() == []


def test_too_short_an_id_is_refused_and_one_that_fits_several_needs_more(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = study.suggestions.list("RU1")[0]
    with pytest.raises(NotFound):
        study.suggestions.reject(one.id[:5])
    monkeypatch.setattr("qcode.study.suggestions.SHORTEST", 0)
    with pytest.raises(Ambiguous, match="several suggestions have an id that begins with"):
        study.suggestions.reject("")


def test_a_key_of_two_codebooks_is_suggested_by_both_and_coded_with_the_one_that_was_meant(study: Study) -> None:
    study.codebooks.add_version(CodebookVersion("other", "1", CODES[:1]))
    both = [one for one in study.suggestions.list("EN1") if one.code == "WAIT"]
    assert [one.codebook for one in both] == ["book", "other"]
    (made,) = study.suggestions.accept(both[1].id)
    assert made.codebook == "other"
    assert [one.codebook for one in study.suggestions.list("EN1")] == ["book"]


def test_a_study_without_a_codebook_has_no_suggestions(tmp_path: Path) -> None:
    with create(tmp_path / "empty.qcode") as study:
        (tmp_path / "P1.txt").write_text("A: I waited.\n", encoding="utf-8")
        study.transcripts.add(tmp_path / "P1.txt")
        assert study.suggestions.list() == []


def test_a_removed_transcript_takes_its_rejections_along(study: Study) -> None:
    study.suggestions.reject(study.suggestions.list("RU1")[0].id)
    study.transcripts.remove("RU1")
    with study.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM rejection").scalar() == 0


def test_the_lemmas_of_an_installed_pipeline_suggest_more(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = install_pipeline(tmp_path / "pipelines", monkeypatch, "en_study_sm", {"came": "wait"})
    (_, one) = study.suggestions.list("EN1")
    assert (one.quote, one.why) == (
        "Nobody came.",
        f"`came` is a form of the term `wait` (en, found by {name}) of WAIT",
    )


def test_the_history_tells_which_codings_were_suggested(study: Study) -> None:
    one = study.suggestions.list()[0]
    study.suggestions.accept(one.id)
    study.code("EN1", quote="I waited", code="WAIT")
    told = [json.loads(entry.details).get("suggested", False) for entry in study.history() if entry.act == "coding.add"]
    assert told == [True, False]
    assert study.check() == []
