"""Coding in vivo: a passage is marked with a code that is to come, and becomes a coding when it has come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.codebook import Code, CodebookVersion, key_problem
from qcode.errors import Ambiguous, BadValue, Conflict, NotFound
from qcode.study.in_vivo_keys import free_key, key_of_words
from qcode.study.study import Study
from tests.conftest import CODINGS
from tests.notation import make_study
from tests.study.next_version import follow

QUOTE = "The doctor was kind"


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


def keys(study: Study) -> set[str]:
    return {code.key for code in study.drafts.show().content.codes}


def test_a_mark_brings_its_code_into_the_draft_in_the_words_of_the_passage(study: Study) -> None:
    mark = study.in_vivo.add("P2", quote=QUOTE)
    assert (mark.key, mark.name, mark.quote, mark.coder, mark.lost) == (QUOTE, QUOTE, QUOTE, "ana", False)
    code = study.drafts.show().content.by_key[QUOTE.casefold()]
    assert (code.origin, code.parent, code.codable, code.examples) == ("data", None, True, ())
    assert (study.in_vivo.list("P2"), study.in_vivo.list("P1")) == ([mark], [])


def test_a_mark_counts_nowhere_before_the_version_has_come(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE)
    assert len(study.codings.list()) == study.status().codings == CODINGS
    assert study.reading.open("P2").drafts[0].quote == QUOTE


def test_marks_of_others_are_seen_only_where_they_are_shown(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, coder="ben")
    assert study.reading.open("P2").drafts == ()
    assert [one.coder for one in study.reading.open("P2", shown=["ben"]).drafts] == ["ben"]


def test_with_the_version_a_mark_becomes_a_coding_of_the_one_who_marked(study: Study) -> None:
    mark = study.in_vivo.add("P2", quote=QUOTE, key="KIND", under="INFLUENCE", coder="ben")
    study.drafts.publish()
    (made,) = [one for one in study.codings.list() if one.quote == QUOTE]
    assert (made.id, made.code, made.coder, made.version, made.status) == (mark.id, "KIND", "ben", "2", "settled")
    assert (study.in_vivo.list(), study.history(last=1)[0].act) == ([], "in_vivo.coded")
    assert "1 passage marked in vivo is a coding now" in study.remarks
    assert study.codebooks.show().content.by_key["kind"].parent == "INFLUENCE"


def test_a_trial_of_the_publishing_leaves_the_marks(study: Study) -> None:
    mark = study.in_vivo.add("P2", quote=QUOTE)
    study.drafts.publish(dry_run=True)
    assert study.in_vivo.list() == [mark]


def test_a_second_passage_takes_the_code_that_is_to_come(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    study.in_vivo.add("P2", quote="every week", key="kind")
    assert [one.key for one in study.in_vivo.list()] == ["KIND", "KIND"]
    study.drafts.publish()
    assert sum(one.code == "KIND" for one in study.codings.list()) == 2


def test_a_code_that_somebody_wrote_into_the_draft_takes_marks_and_outlives_them(study: Study) -> None:
    study.drafts.add("KIND")
    mark = study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    study.in_vivo.remove(mark.id)
    assert "KIND" in keys(study)


def test_words_that_name_a_code_already_get_a_number(study: Study) -> None:
    study.in_vivo.add("P2", quote="every week")
    start = study.reading.open("P2").text.index("every week")
    assert study.in_vivo.add("P2", start=start, end=start + 11).key == "every week 2"


def test_the_key_of_a_code_that_has_ended_is_not_taken_again(study: Study) -> None:
    follow(study, "rename leave to wait2")
    follow(study, "retire wait2")
    start = study.reading.open("P1").text.index("wait")
    assert study.in_vivo.add("P1", start=start, end=start + 4).key == "wait 2"


def test_a_code_in_use_is_no_code_to_come(study: Study) -> None:
    with pytest.raises(Conflict, match="trust is a code of book@1 already; code the passage with it"):
        study.in_vivo.add("P2", quote=QUOTE, key="Trust")


def test_a_heading_of_the_draft_takes_no_marks(study: Study) -> None:
    study.drafts.add("TOP", codable=False)
    with pytest.raises(Conflict, match="TOP is only a heading"):
        study.in_vivo.add("P2", quote=QUOTE, key="TOP")


def test_the_same_mark_is_made_once(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE)
    with pytest.raises(Conflict, match="ana has marked this passage with The doctor was kind already"):
        study.in_vivo.add("P2", quote=QUOTE)
    assert study.in_vivo.add("P2", quote=QUOTE, key="KIND").key == "KIND"
    assert study.in_vivo.add("P2", quote=QUOTE, key="KIND", coder="ben").coder == "ben"


@pytest.mark.parametrize("key", ["a,b", "", " ", "x" * 201, "/a"])
def test_a_key_that_cannot_be_is_refused_and_nothing_is_marked(study: Study, key: str) -> None:
    with pytest.raises(BadValue, match="cannot be a key"):
        study.in_vivo.add("P2", quote=QUOTE, key=key)
    assert (study.in_vivo.list(), study.drafts.show().changes_nothing) == ([], True)


def test_a_study_with_several_codebooks_asks_which(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    with make_study(tmp_path / "two", P1="ANA: I [waited|wait].\n") as study:
        study.codebooks.add_version(CodebookVersion("other", "1", (Code("A", "A"),)))
        with pytest.raises(Ambiguous, match="holds 2 codebooks"):
            study.in_vivo.add("P1", quote="waited")
        assert study.in_vivo.add("P1", quote="waited", codebook="other").codebook == "other"


def test_a_mark_that_is_removed_takes_its_code_out_of_the_draft(study: Study) -> None:
    mark = study.in_vivo.add("P2", quote=QUOTE)
    assert study.in_vivo.remove(mark.id[:8]) == 1
    assert (study.in_vivo.list(), study.drafts.show().changes_nothing) == ([], True)


def test_the_code_stays_as_long_as_another_mark_has_it(study: Study) -> None:
    first = study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    second = study.in_vivo.add("P2", quote="every week", key="KIND")
    study.in_vivo.remove(first.id)
    assert "KIND" in keys(study)
    study.in_vivo.remove(second.id)
    assert "KIND" not in keys(study)


def test_a_code_that_was_worked_on_stays_when_its_mark_goes(study: Study) -> None:
    mark = study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    study.drafts.redefine("KIND", brief="Somebody is good to somebody.")
    study.in_vivo.remove(mark.id)
    assert "KIND" in keys(study)


def test_a_mark_that_is_a_coding_by_now_is_not_removed(study: Study) -> None:
    mark = study.in_vivo.add("P2", quote=QUOTE)
    study.drafts.publish()
    with pytest.raises(NotFound, match="is a coding since the codebook changed; withdraw the coding"):
        study.in_vivo.remove(mark.id)


def test_an_unknown_mark_is_refused(study: Study) -> None:
    for name in ("00000000", "nothing"):
        with pytest.raises(NotFound, match=r"there is no mark .* see: qcode coding in-vivo"):
            study.in_vivo.remove(name)


def test_a_mark_follows_its_code_when_the_draft_gives_it_another_key_and_back(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    study.drafts.rename("KIND", "GOOD")
    assert [one.key for one in study.in_vivo.list()] == ["GOOD"]
    study.drafts.undo()
    assert [(one.key, one.lost) for one in study.in_vivo.list()] == [("KIND", False)]
    study.drafts.undo()
    assert [(one.key, one.lost) for one in study.in_vivo.list()] == [("GOOD", False)]


def test_a_mark_goes_with_its_code_into_the_code_it_is_merged_into(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    study.drafts.merge(["KIND"], "help")
    assert [(one.key, one.lost) for one in study.in_vivo.list()] == [("help", False)]
    study.drafts.undo()
    assert [(one.key, one.lost) for one in study.in_vivo.list()] == [("KIND", False)]
    study.drafts.undo()
    study.drafts.add("hope")
    study.drafts.publish()
    assert [one.code for one in study.codings.list() if one.quote == QUOTE] == ["help"]


def test_a_mark_whose_passage_has_the_code_already_makes_no_second_coding(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    study.codings.add("P2", "help", quote=QUOTE)
    study.drafts.merge(["KIND"], "help")
    study.drafts.add("hope")
    study.drafts.publish()
    assert [one.code for one in study.codings.list() if one.quote == QUOTE] == ["help"]
    assert study.in_vivo.list() == []


def test_a_mark_that_has_lost_its_code_is_kept_and_told(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    study.drafts.retire("KIND")
    study.drafts.add("hope")
    study.drafts.publish()
    assert [(one.key, one.lost) for one in study.in_vivo.list()] == [("KIND", True)]
    assert any("1 passage marked in vivo has no code any more" in one for one in study.remarks)


def test_a_draft_that_is_discarded_leaves_the_marks_and_says_so(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    assert study.drafts.discard()
    assert any("1 passage marked in vivo has no code any more" in one for one in study.remarks)
    assert [one.lost for one in study.in_vivo.list()] == [True]
    again = study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    assert study.in_vivo.list() == [again]


def test_a_version_from_a_file_codes_the_marks_that_have_no_draft(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    study.drafts.discard()
    follow(study, "add KIND")
    assert [one.code for one in study.codings.list() if one.quote == QUOTE] == ["KIND"]


def test_a_version_from_a_file_leaves_the_marks_of_a_draft_to_the_draft(study: Study) -> None:
    mark = study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    follow(study, "add hope")
    assert study.in_vivo.list() == [mark]
    with pytest.raises(Conflict, match="the draft follows book@1, and the study is at 2 by now"):
        study.in_vivo.add("P2", quote="every week")


def test_a_draft_that_came_too_late_is_joined_with_its_marks(study: Study) -> None:
    study.in_vivo.add("P2", quote=QUOTE, key="KIND")
    follow(study, "add hope")
    file = study.path.with_name("mine.yaml")
    file.write_text(study.drafts.text(), encoding="utf-8")
    study.drafts.discard()
    study.codebooks.merge(file)
    assert [one.code for one in study.codings.list() if one.quote == QUOTE] == ["KIND"]
    assert study.in_vivo.list() == []


def test_a_codebook_with_marks_is_not_replaced(study: Study, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with make_study(tmp_path / "new", codes=("A", "B"), P1="ANA: I waited.\n") as fresh:
        fresh.in_vivo.add("P1", quote="waited")
        fresh.drafts.discard()
        with pytest.raises(Conflict, match="is in the study already, with other content"):
            fresh.codebooks.add_version(CodebookVersion("book", "1", (Code("C", "C"),)))


def test_a_transcript_with_marks_is_not_removed_by_mistake(study: Study) -> None:
    study.transcripts.add(_file(study.path.parent))
    study.in_vivo.add("P3", quote="hydrangea")
    with pytest.raises(Conflict, match="P3 carries a passage marked in vivo; add --with-codings"):
        study.transcripts.remove("P3")


def test_a_removed_transcript_takes_its_marks_and_the_words_of_their_codes_with_it(study: Study) -> None:
    study.transcripts.add(_file(study.path.parent))
    mark = study.in_vivo.add("P3", quote="hydrangea")
    other = study.in_vivo.add("P3", quote="blue hydrangea", key="COLOUR")
    study.in_vivo.remove(mark.id)
    study.transcripts.remove("P3", with_codings=True)
    assert study.in_vivo.list() == []
    assert not {mark.key, other.key} & keys(study)
    study.close()
    files = [file for file in study.path.parent.glob("study.qcode*") if file.is_file()]
    assert not any(b"hydrangea" in file.read_bytes() for file in files)


def _file(folder: Path) -> Path:
    file = folder / "P3.txt"
    file.write_text("ANA: The blue hydrangea bloomed.\n", encoding="utf-8")
    return file


def test_the_history_holds_no_words_of_a_mark(study: Study) -> None:
    mark = study.in_vivo.add("P2", quote=QUOTE)
    study.in_vivo.remove(mark.id)
    added, removed = study.history(last=2)
    assert (added.act, removed.act) == ("in_vivo.add", "in_vivo.remove")
    assert "kind" not in added.details + removed.details


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("left on read", "left on read"),
        ("  I waited,\nand waited. ", "I waited and waited"),
        ("«Иди домой!» /", "Иди домой"),
        ("а,,б", "а б"),
        ("Nobody ever called me back so I stopped asking", "Nobody ever called me back so I stopped"),
        ("你好" * 30, "你好" * 20),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_key_is_one_line_without_commas_cut_at_a_word(words: str, key: str) -> None:
    assert key_of_words(words) == key


@pytest.mark.parametrize("words", ["...", " , ", "\n", "«»"])
def test_of_marks_alone_no_key_is_made(words: str) -> None:
    with pytest.raises(BadValue, match="no key can be made from these words; give one"):
        key_of_words(words)


@given(st.text(min_size=1, max_size=80))
def test_every_key_made_from_words_can_be_a_key(words: str) -> None:
    try:
        key = key_of_words(words)
    except BadValue:
        return
    assert key_problem(key) is None
    assert len(key) <= 40


def test_a_taken_key_gets_the_next_number() -> None:
    assert free_key("Wait", {"wait", "wait 2"}) == "Wait 3"
