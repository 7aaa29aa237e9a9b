"""A parcel comes into a study: all of it that can be, in one act, and what cannot be is listed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.codebook import CodebookVersion
from qcode.domain.parcel import ParcelCase, ParcelMemo, ParcelTranscript
from qcode.domain.transcript import TimeMark
from qcode.errors import BadCodebook, BadValue, QcodeError
from qcode.store import history
from qcode.study.receiving import receive_parcel
from qcode.study.study import Study
from tests.conftest import Dump
from tests.study.parcels import (
    AT,
    BOOK,
    CODINGS,
    T1,
    T2,
    code,
    coding,
    content,
    empty_study,
    id_of,
    losses,
    parcel,
    take,
    transcript,
)


@pytest.fixture
def empty(tmp_path: Path) -> Study:
    """Make a study without anything in it."""
    return empty_study(tmp_path / "empty")


def test_everything_of_a_parcel_comes_in(empty: Study) -> None:
    found = take(empty, parcel())
    assert (len(found.imported), found.codes, found.codings, found.coders, found.memos) == (2, 4, 3, 2, 1)
    assert [(c.transcript, c.quote, c.code, c.coder, c.created_at) for c in empty.codings.list()] == [
        ("T1", "на морозе", "COLD", "ana", AT),
        ("T1", "Ушла домой", "HOME", "ben", AT),
        ("T2", "两个小时", "COLD", "ana", AT),
    ]
    assert empty.check() == []


def test_identities_are_kept(empty: Study) -> None:
    take(empty, parcel())
    assert {c.id for c in empty.codings.list()} == {one.id for one in CODINGS}
    assert {t.id for t in empty.transcripts.list()} == {id_of("transcript T1"), id_of("transcript T2")}
    assert {c.id for c in empty.codebooks.show().content.codes} == {one.id for one in BOOK.codes}


def test_speakers_and_turns_are_found_in_the_texts(empty: Study) -> None:
    (first, _) = take(empty, parcel()).imported
    assert (sorted(first.speakers), first.turns, first.language, first.format) == (["АНА", "ИНТ"], 4, "ru", "qdpx")


def test_the_same_parcel_again_changes_nothing_and_says_so(empty: Study, dump: Dump) -> None:
    take(empty, parcel())
    before = dump(empty.path)
    found = take(empty, parcel())
    assert (found.changed, found.known, found.known_transcripts, found.codings, found.memos) == (False, 3, 2, 0, 0)
    assert dump(empty.path) == before


def test_a_dry_run_tells_the_same_and_changes_nothing(empty: Study, dump: Dump) -> None:
    before = dump(empty.path)
    told = receive_parcel(empty.desk, parcel(), name="team.qdpx", format="qdpx", dry_run=True)
    assert dump(empty.path) == before
    done = take(empty, parcel())
    assert (told.codes, told.codings, told.memos, told.lost) == (done.codes, done.codings, done.memos, done.lost)
    assert (told.dry_run, [one.id for one in told.imported]) == (True, ["", ""])


def test_a_refused_parcel_leaves_the_study_as_it_was(empty: Study, dump: Dump) -> None:
    before = dump(empty.path)
    wrong = replace(BOOK, codes=(*BOOK.codes, replace(code("A"), key="A, B")))
    with pytest.raises(BadCodebook, match="a key has no comma"):
        take(empty, parcel(versions=(wrong,)))
    assert dump(empty.path) == before
    assert empty.remarks == []


def test_an_act_that_breaks_off_leaves_the_study_as_it_was(
    empty: Study, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(empty.path)

    def fail(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(history, "append", fail)
    with pytest.raises(KeyboardInterrupt):
        take(empty, parcel())
    assert dump(empty.path) == before


def test_the_history_has_one_act_with_counts_and_no_words(empty: Study) -> None:
    take(empty, parcel(cases=(ParcelCase(id_of("case"), "Айгуль", (("role", "client"),)),)))
    last = empty.history()[-1]
    told = json.loads(last.details)
    assert [one.act for one in empty.history()] == ["study.init", "study.receive"]
    assert (told["codings"], told["transcripts"], told["cases"]) == (3, 2, 1)
    for word in ("Айгуль", "морозе", "team.qdpx", "T1", "COLD", "ana"):
        assert word not in last.details


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"quote": "never said"}, "their words do not stand at their place"),
        ({"end": 100_000}, "their positions lie outside the text"),
        ({"start": -1}, "their positions lie outside the text"),
        ({"start": 20, "end": 10}, "their positions lie outside the text"),
        ({"start": 5, "end": 5, "quote": ""}, "they mark a place between two letters, and no words"),
        ({"transcript": id_of("nothing")}, "their transcripts did not come in"),
        ({"code": id_of("nothing")}, "their codes are not in the file"),
    ],
)
def test_a_coding_that_cannot_stand_is_listed_and_never_taken(
    empty: Study, change: dict[str, object], why: str
) -> None:
    bad = replace(CODINGS[0], id=id_of("bad"), **change)  # type: ignore[arg-type]
    found = take(empty, parcel((*CODINGS, bad)))
    assert losses(found) == {("codings", why): 1}
    assert found.codings == 3


def test_a_coding_that_stands_twice_in_the_file_comes_in_once(empty: Study) -> None:
    found = take(empty, parcel((*CODINGS, replace(CODINGS[0], id=id_of("twin")))))
    assert found.codings == 3
    assert sum(losses(found).values()) == 1


def test_two_codings_of_one_identity_both_come_in(empty: Study) -> None:
    other = replace(coding("домой", "HOME"), id=CODINGS[0].id)
    assert take(empty, parcel((CODINGS[0], other))).codings == 2
    assert take(empty, parcel((CODINGS[0], other))).changed is False


def test_codings_of_nobody_are_by_a_coder_who_is_named_after_the_program(empty: Study) -> None:
    found = take(empty, parcel((coding("Ушла домой", "HOME", None),)))
    assert [c.coder for c in empty.codings.list()] == ["unknown (Other)"]
    assert "what names no coder in the file is by unknown (Other)" in found.remarks
    take(empty, parcel((coding("домой", "HOME", None),), origin="Other 5.1 (Build 7)"))
    assert {c.coder for c in empty.codings.list()} == {"unknown (Other)"}


def test_codings_of_nobody_can_be_given_to_somebody(empty: Study) -> None:
    receive_parcel(empty.desk, parcel((coding("Ушла домой", "HOME", None),)), coder="zarina")
    assert [c.coder for c in empty.codings.list()] == ["zarina"]


def test_a_coding_without_a_time_carries_the_latest_of_the_file(empty: Study) -> None:
    found = take(empty, parcel((CODINGS[1], replace(CODINGS[2], created_at=None))))
    assert {c.created_at for c in empty.codings.list()} == {AT}
    assert f"they carry the latest time in the file, {AT}" in " ".join(found.remarks)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024-05-05T12:00:00+02:00", AT),
        ("2024-05-05T10:00:00.25Z", AT),
        ("2024-05-05T10:00:00", AT),
        ("0001-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
        ("yesterday", "2024-01-01T00:00:00Z"),
    ],
)
def test_times_of_all_spellings_are_kept_in_one(empty: Study, given: str, kept: str) -> None:
    take(empty, parcel((replace(CODINGS[1], created_at=given),)))
    assert [c.created_at for c in empty.codings.list()] == [kept]


def test_a_coder_who_coded_nothing_stays_out_and_is_listed(empty: Study) -> None:
    coders = {one.name for one, _ in empty.coders.list()}
    sent = parcel()
    assert take(empty, sent).lost == ()
    idle = replace(sent.coders[0], id=id_of("coder idle"), name="idle")
    found = take(empty, replace(sent, coders=(*sent.coders, idle)))
    assert losses(found) == {("coders", "they coded nothing and wrote nothing"): 1}
    assert {one.name for one, _ in empty.coders.list()} == coders | {"ana", "ben"}


def test_a_coder_is_known_by_the_name_in_any_case(empty: Study) -> None:
    empty.coders.add("ANA")
    take(empty, parcel())
    assert {c.coder for c in empty.codings.list()} == {"ANA", "ben"}


def test_two_coders_of_one_name_stay_two(empty: Study) -> None:
    sent = parcel()
    both = (sent.coders[0], replace(sent.coders[1], name="Ana"))
    take(empty, replace(sent, coders=both))
    assert {c.coder for c in empty.codings.list()} == {"ana", "Ana (2)"}


def test_transcripts_of_one_name_get_names_of_their_own(empty: Study) -> None:
    texts = (
        transcript("T1", T1),
        replace(transcript("T2", T2), name="t1"),
        replace(transcript("T3", "АНА: да."), name="T1"),
    )
    take(empty, parcel(transcripts=texts))
    assert {t.name for t in empty.transcripts.list()} == {"T1", "Team/t1", "Team/T1 (2)"}


def test_equal_answers_of_a_survey_stay_apart(empty: Study) -> None:
    answers = tuple(transcript(f"R{n}", "Yes, always.") for n in range(3))
    sent = parcel(transcripts=answers, codings=(coding("always", "HOME", text="Yes, always.", on="R1"),))
    assert len(take(empty, sent).imported) == 3
    assert take(empty, sent).changed is False


def test_a_transcript_that_was_imported_as_a_file_is_met_again(empty: Study, tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_text(T1, encoding="utf-8")
    empty.transcripts.add(tmp_path / "first.txt")
    found = take(empty, parcel())
    assert ([one.transcript for one in found.imported], found.known_transcripts) == (["T2"], 1)
    assert {c.transcript for c in empty.codings.list()} == {"first", "T2"}


@pytest.mark.parametrize("text", ["", "a\0b", "a\r\nb", "a\n" * 100_001])
def test_a_text_that_is_no_transcript_is_listed(empty: Study, text: str) -> None:
    found = take(empty, parcel(transcripts=(transcript("T1", T1), transcript("T2", text))))
    assert [one.transcript for one in found.imported] == ["T1"]
    assert {what for what, _ in losses(found)} >= {"transcripts", "codings"}


def test_a_text_of_blanks_alone_is_a_transcript_without_turns(empty: Study) -> None:
    sent = parcel(transcripts=(transcript("T1", T1), transcript("T2", T2), transcript("T3", " \n")))
    found = take(empty, sent)
    assert ([one.turns for one in found.imported], found.lost, empty.check()) == ([4, 4, 0], (), [])
    assert take(empty, sent).changed is False


def test_times_of_the_recording_are_kept_and_given_to_turns(empty: Study) -> None:
    marks = (TimeMark(0, 1.5), TimeMark(T1.index("Ушла"), 9.0), TimeMark(len(T1) + 5, 3.0))
    take(empty, parcel(transcripts=(replace(transcript("T1", T1), time_marks=marks),), codings=()))
    shown = empty.transcripts.show("T1").revision
    assert [m.seconds for m in shown.time_marks] == [1.5, 9.0]
    assert [t.time for t in shown.turns] == [1.5, None, None, 9.0]


def test_cases_come_with_their_facts_and_transcripts(empty: Study) -> None:
    one = ParcelCase(id_of("case"), "Ana A.", (("role", "client"), ("Register status", "yes"), ("id", "7"), ("x", "")))
    found = take(empty, parcel(cases=(replace(one, transcripts=(id_of("transcript T1"),)),)))
    (case,) = empty.cases.list()
    assert (case.id, case.name, case.transcripts) == (one.id, "Ana A.", ("T1",))
    assert dict(case.attributes) == {"role": "client", "Register status": "yes", "id_": "7"}
    assert empty.cases.hidden_attributes() == {"Register status"}
    assert (found.cases, found.values) == (1, 3)


def test_a_fact_that_the_study_has_otherwise_is_not_written_over(empty: Study) -> None:
    empty.cases.set("Ana A.", {"role": "client", "age": "30"})
    one = ParcelCase(id_of("case"), "ana a.", (("Role", "peer"), ("age", "30"), ("town", "Osh")))
    found = take(empty, parcel(cases=(one,)))
    assert dict(empty.cases.list()[0].attributes) == {"role": "client", "age": "30", "town": "Osh"}
    assert losses(found)["values of attributes", "the case has another value, which stays"] == 1


def test_a_transcript_stays_under_its_case(empty: Study) -> None:
    take(empty, parcel())
    empty.cases.set("Mine", {}, transcripts=("T1",))
    one = ParcelCase(id_of("case"), "Theirs", (), (id_of("transcript T1"), id_of("transcript T2"), id_of("no")))
    found = take(empty, parcel(cases=(one,)))
    assert {c.name: c.transcripts for c in empty.cases.list()} == {"Mine": ("T1",), "Theirs": ("T2",)}
    assert sum(n for (what, _), n in losses(found).items() if what == "links of cases") == 2


MEMOS = tuple(
    ParcelMemo(id_of(f"memo {about}"), about, target, f"on the {about}", id_of("coder ben"), AT)
    for about, target in (
        ("study", ""),
        ("transcript", id_of("transcript T1")),
        ("code", id_of("code HOME")),
        ("coding", CODINGS[1].id),
        ("case", id_of("case")),
    )
)


def test_memos_come_to_what_they_are_about(empty: Study, dump: Dump) -> None:
    sent = parcel(cases=(ParcelCase(id_of("case"), "Ana A."),), memos=MEMOS)
    assert take(empty, sent).memos == 6
    assert {(m.about, m.text, m.coder) for m in empty.memos.list()} == {
        *((one.about, one.text, "ben") for one in MEMOS),
        ("coding", "ask again", "ana"),
    }
    assert empty.check() == []
    before = dump(empty.path)
    assert take(empty, sent).memos == 0
    assert dump(empty.path) == before


def test_a_memo_on_nothing_or_too_long_is_listed(empty: Study) -> None:
    lost = (
        replace(MEMOS[1], target=id_of("nothing")),
        replace(MEMOS[0], id=id_of("long"), text="я" * 100_001),
        replace(MEMOS[0], id=id_of("none"), text=" \n"),
    )
    found = take(empty, parcel(memos=lost))
    assert found.memos == 1
    assert losses(found) == {
        ("memos", "the transcript that they are about did not come in"): 1,
        ("memos", "the memo has more than 100,000 characters"): 1,
    }


def test_a_memo_that_was_written_anew_elsewhere_is_listed(empty: Study) -> None:
    take(empty, parcel(memos=MEMOS[:1]))
    found = take(empty, parcel(memos=(replace(MEMOS[0], text="other words"),)))
    assert losses(found)["memos", "the study has another memo of the same identity, which stays"] == 1
    assert [m.text for m in empty.memos.list(about="study")] == ["on the study"]


def test_control_characters_of_a_memo_become_blanks(empty: Study) -> None:
    take(empty, parcel(memos=(replace(MEMOS[0], text="one\x0btwo\r\nthree"),)))
    assert [m.text for m in empty.memos.list(about="study")] == ["one two\nthree"]


def test_identities_that_are_none_are_made_anew_and_met_again(empty: Study) -> None:
    codes = tuple(replace(one, id=f"c{n}") for n, one in enumerate(BOOK.codes))
    text = ParcelTranscript("7", "T1", T1)
    mark = replace(CODINGS[0], id="", transcript="7", code="c1")
    sent = parcel((mark,), versions=(CodebookVersion("team", "", codes),), transcripts=(text,))
    take(empty, sent)
    (kept,) = empty.codings.list()
    assert len(kept.id) == 36
    assert take(empty, sent).changed is False


def test_a_text_with_half_a_character_refuses_the_parcel(empty: Study, dump: Dump) -> None:
    before = dump(empty.path)
    with pytest.raises(QcodeError, match="half a character"):
        take(empty, parcel(cases=(ParcelCase("c", "x", (("k", "\ud800"),)),)))
    assert dump(empty.path) == before


def test_a_file_that_is_no_project_is_refused(empty: Study) -> None:
    with pytest.raises(QcodeError, match="no project of another program"):
        empty.receive(b"INT: hello", "talk.txt")
    with pytest.raises(BadValue, match="holds one project"):
        empty.receive(b"PK\x05\x06" + b"\0" * 18, "team.qdpx", project="x")


def test_content_is_told_in_one_way(empty: Study, tmp_path: Path) -> None:
    other = empty_study(tmp_path / "other")
    take(empty, parcel(memos=MEMOS[:4]))
    take(other, parcel(memos=MEMOS[:4]))
    assert content(empty) == content(other)
