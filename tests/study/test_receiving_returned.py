"""A file that comes back: what is there is met again, what was made elsewhere comes in, what was decided here stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.codebook import CodebookVersion
from qcode.domain.parcel import Parcel
from qcode.errors import BadValue, Conflict
from qcode.study.receiving import receive_parcel
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import CODINGS as HERE
from tests.conftest import Dump
from tests.study.parcels import (
    BOOK,
    CODINGS,
    T1,
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
def mine(tmp_path: Path) -> Study:
    """Make a study that has taken in the parcel."""
    made = empty_study(tmp_path / "mine")
    take(made, parcel())
    return made


def changes(*changes: dict[str, object]) -> tuple[tuple[tuple[str, object], ...], ...]:
    """Return declared changes as a version holds them."""
    return tuple(tuple(sorted(one.items())) for one in changes)


def test_what_a_study_sends_is_known_when_it_comes_back(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    found = take(study, study.send())
    assert (found.changed, found.known, found.not_in_file) == (False, HERE, 0)
    assert dump(study.path) == before


def test_what_a_study_sends_is_all_there_in_an_empty_one(study: Study, tmp_path: Path) -> None:
    study.memos.add("a thought", about="code", target="wait")
    other = empty_study(tmp_path / "other")
    sent = study.send()
    found = take(other, sent)
    assert (found.lost, found.codings) == (sent.lost, HERE)
    assert content(other) == content(study)
    assert other.check() == []


def test_new_codings_of_a_colleague_come_in(mine: Study) -> None:
    found = take(mine, parcel((*CODINGS, coding("никто не пришёл", "TRUST", "ben"))))
    assert (found.codings, found.known, found.not_in_file) == (1, 3, 0)
    assert found.versions == ()


def test_codings_that_are_missing_in_the_file_are_counted_and_stay(mine: Study) -> None:
    found = take(mine, parcel(CODINGS[:1]))
    assert (found.changed, found.not_in_file, len(mine.codings.list())) == (False, 2, 3)


def test_what_was_withdrawn_here_is_not_revived(mine: Study) -> None:
    mine.codings.withdraw(CODINGS[1].id)
    found = take(mine, parcel())
    assert (found.changed, found.withdrawn_here, len(mine.codings.list())) == (False, (CODINGS[1].id,), 2)


def test_what_was_withdrawn_here_is_not_revived_under_another_identity_that_does_not_last(mine: Study) -> None:
    mine.codings.withdraw(CODINGS[1].id)
    fresh = tuple(replace(one, id=id_of(f"export 2 {n}")) for n, one in enumerate(CODINGS))
    found = take(mine, parcel(fresh, stable=False))
    assert (found.changed, found.known, found.withdrawn_here) == (False, 2, (CODINGS[1].id,))


def test_a_passage_that_was_coded_anew_elsewhere_is_a_new_coding(mine: Study) -> None:
    mine.codings.withdraw(CODINGS[1].id)
    assert take(mine, parcel((replace(CODINGS[1], id=id_of("anew")),))).codings == 1


def test_the_same_coding_under_another_identity_is_known(mine: Study) -> None:
    found = take(mine, parcel(tuple(replace(one, id=id_of(f"other {one.id}"), memo="") for one in CODINGS)))
    assert (found.changed, found.known) == (False, 3)


def test_a_coding_that_was_changed_elsewhere_is_listed_with_its_id(mine: Study) -> None:
    found = take(mine, parcel((replace(coding("Два часа", "COLD"), id=CODINGS[0].id),)))
    (lost,) = found.lost
    assert (lost.n, lost.where, found.changed) == (1, f"coding {CODINGS[0].id}", False)


def test_a_coding_that_names_nobody_any_more_is_known_by_its_identity(mine: Study) -> None:
    found = take(mine, parcel(tuple(replace(one, coder=None, memo="") for one in CODINGS)))
    assert (found.changed, found.known, found.lost) == (False, 3, ())


def test_codes_made_elsewhere_make_a_following_version(mine: Study) -> None:
    added = replace(BOOK, codes=(*BOOK.codes[:2], code("ICE", "COLD"), *BOOK.codes[2:], code("BUS")))
    found = take(mine, parcel((*CODINGS, coding("Два часа", "ICE")), versions=(added,)))
    assert (found.versions, found.codes, found.codings) == (("team@1.1",), 2, 1)
    shown = mine.codebooks.show("team").content
    assert [one.key for one in shown.codes] == ["WAIT", "COLD", "ICE", "HOME", "TRUST", "BUS"]
    assert shown.by_key["ice"].parent == "COLD"
    assert shown.note == "codes from team.qdpx"
    assert {c.status for c in mine.codings.list()} == {"settled"}
    assert mine.check() == []
    assert take(mine, parcel((*CODINGS, coding("Два часа", "ICE")), versions=(added,))).changed is False


def test_a_code_whose_key_is_taken_gets_another(mine: Study) -> None:
    added = replace(BOOK, codes=(*BOOK.codes, replace(code("TRUST"), id=id_of("another"), aliases=("HOME",))))
    renamed = tuple(
        replace(one, key="BELIEF") if one.key == "TRUST" and one.id != id_of("another") else one for one in added.codes
    )
    take(mine, parcel(versions=(replace(added, codes=renamed),)))
    keys = {one.key: one.aliases for one in mine.codebooks.show("team").content.codes}
    assert keys["TRUST (2)"] == ()


def test_codes_that_were_renamed_or_redefined_elsewhere_are_told_and_not_taken(mine: Study) -> None:
    changed = (
        BOOK.codes[0],
        replace(BOOK.codes[1], name="Frost"),
        replace(BOOK.codes[2], definition="x"),
        BOOK.codes[3],
    )
    found = take(mine, parcel(versions=(replace(BOOK, codes=changed),)))
    assert found.changed is False
    first, second = found.remarks
    assert "1 code is called otherwise in the file, which was not taken over: COLD (there Frost)" in first
    assert "1 code is defined otherwise in the file, which was not taken over: HOME" in second


def test_a_file_of_before_a_rename_is_no_difference(mine: Study) -> None:
    renamed = tuple(replace(one, key="ICE", name="Ice") if one.key == "COLD" else one for one in BOOK.codes)
    version = replace(BOOK, version="2.0", codes=renamed, changes=changes({"rename": "COLD", "to": "ICE"}))
    mine.codebooks.add_version(version)
    found = take(mine, parcel())
    assert (found.changed, found.remarks, found.known) == (False, (), 3)


def test_codings_on_a_code_that_was_merged_here_go_on_as_it_does(mine: Study) -> None:
    merged = tuple(one for one in BOOK.codes if one.key != "HOME")
    mine.codebooks.add_version(
        replace(BOOK, version="2.0", codes=merged, changes=changes({"merge": ["HOME"], "into": "TRUST"}))
    )
    found = take(mine, parcel((*CODINGS, coding("никто", "HOME"))))
    assert (found.codings, found.known, found.not_in_file) == (1, 3, 0)
    assert {c.quote for c in mine.codings.list(Filters(codes=("TRUST",)))} == {"никто", "Ушла домой"}
    assert mine.check() == []
    assert take(mine, parcel((*CODINGS, coding("никто", "HOME")))).changed is False


def test_codings_on_a_code_that_was_split_here_wait(mine: Study) -> None:
    parts = (*BOOK.codes[:2], code("HOME-A"), code("HOME-B"), BOOK.codes[3])
    parts = tuple(replace(one, id="") for one in parts)
    split = changes({"split": "HOME", "into": ["HOME-A", "HOME-B"]})
    mine.codebooks.add_version(replace(BOOK, version="2.0", codes=parts, changes=split))
    take(mine, parcel((*CODINGS, coding("домой", "HOME"))))
    assert {c.quote for c in mine.codings.list(Filters(pending=True))} == {"домой", "Ушла домой"}
    assert mine.check() == []


def test_a_coding_on_what_is_a_heading_here_is_listed(mine: Study) -> None:
    found = take(mine, parcel((*CODINGS, coding("домой", "WAIT"))))
    assert losses(found) == {("codings", "their codes are only headings here, or were left out"): 1}


def test_versions_that_follow_ours_come_in_with_what_they_declare(mine: Study) -> None:
    merged = tuple(one for one in BOOK.codes if one.key != "HOME")
    later = replace(BOOK, version="1.1", codes=merged, changes=changes({"merge": ["HOME"], "into": "TRUST"}))
    found = take(mine, parcel(versions=(BOOK, later)))
    assert (found.versions, found.known) == (("team@1.1",), 3)
    assert {c.code for c in mine.codings.list()} == {"COLD", "TRUST"}
    assert mine.check() == []


def test_all_versions_of_a_line_come_in_and_codings_wait_as_they_did(mine: Study, tmp_path: Path) -> None:
    parts = tuple(replace(one, id="") for one in (*BOOK.codes[:2], code("HOME-A"), code("HOME-B"), BOOK.codes[3]))
    split = changes({"split": "HOME", "into": ["HOME-A", "HOME-B"]})
    mine.codebooks.add_version(replace(BOOK, version="2.0", codes=parts, changes=split))
    other = empty_study(tmp_path / "other")
    found = take(other, mine.send())
    assert found.versions == ("team@1.0", "team@2.0")
    assert [c.quote for c in other.codings.list(Filters(pending=True))] == ["Ушла домой"]
    assert (other.check(), content(other)) == ([], content(mine))


def test_versions_that_do_not_say_what_changed_come_in_as_the_newest_alone(tmp_path: Path) -> None:
    other = empty_study(tmp_path / "other")
    found = take(other, parcel(CODINGS[:1], versions=(BOOK, replace(BOOK, version="2.0", codes=BOOK.codes[:2]))))
    assert (found.versions, [c.code for c in other.codings.list()]) == (("team@2.0",), ["COLD"])
    assert [one.what for one in found.lost] == ["earlier versions of a codebook"]
    assert other.check() == []


def test_a_heading_that_carries_codings_can_be_coded_with(tmp_path: Path) -> None:
    other = empty_study(tmp_path / "other")
    found = take(other, parcel((coding("домой", "WAIT"),)))
    assert (found.codings, found.lost) == (1, ())
    assert "1 heading carries codings in the file, and can be coded with here: WAIT" in found.remarks


def unstable(sent: Parcel) -> Parcel:
    """Return the same project as a program exports it that makes all identities anew."""
    names = {code.id: id_of(f"new {code.id}") for code in BOOK.codes}
    codes = tuple(replace(one, id=names[one.id]) for one in BOOK.codes)
    marks = tuple(replace(one, id=id_of(f"new {one.id}"), code=names[one.code]) for one in sent.codings)
    return replace(sent, stable=False, versions=(replace(BOOK, codebook="x", codes=codes),), codings=marks)


def test_codes_are_met_by_their_paths_where_identities_do_not_last(mine: Study, dump: Dump) -> None:
    before = dump(mine.path)
    found = take(mine, unstable(parcel()))
    assert (found.changed, found.known) == (False, 3)
    assert dump(mine.path) == before


def test_another_project_with_texts_of_its_own_keeps_its_codebook(mine: Study) -> None:
    other = replace(unstable(parcel(())), transcripts=(transcript("T9", "АНА: другое."),))
    assert take(mine, other).versions == ("x@1.0",)


def test_a_codebook_whose_name_is_taken_gets_another(mine: Study) -> None:
    codes = tuple(replace(one, id=id_of(f"2 {one.id}"), name="Other") for one in BOOK.codes)
    found = take(mine, parcel((), versions=(replace(BOOK, codes=codes),)))
    assert found.versions == ("team-2@1.0",)


def test_the_same_codes_under_the_same_name_are_one_codebook(mine: Study) -> None:
    codes = tuple(replace(one, id=id_of(f"2 {one.id}")) for one in BOOK.codes)
    assert take(mine, parcel((), versions=(replace(BOOK, codes=codes),))).changed is False


def test_codes_go_to_the_codebook_that_is_named(mine: Study) -> None:
    fresh = unstable(parcel((replace(coding("домой", "HOME"), id=""),)))
    found = receive_parcel(mine.desk, replace(fresh, stable=True), codebook="team")
    assert (found.versions, found.codes, found.codings) == ((), 0, 1)
    found = receive_parcel(mine.desk, replace(unstable(parcel(())), stable=True), codebook="mine")
    assert found.versions == ("mine@1.0",)
    with pytest.raises(Conflict, match="are in the codebook team already"):
        receive_parcel(mine.desk, parcel(), codebook="elsewhere")
    two = (BOOK, CodebookVersion("second", "1", (code("S"),)))
    with pytest.raises(BadValue, match="holds 2 codebooks"):
        receive_parcel(mine.desk, parcel(versions=two), codebook="team")


def test_a_transcript_that_was_corrected_elsewhere_becomes_a_revision(mine: Study) -> None:
    text = T1.replace("Два часа", "Целых два часа")
    marks = (
        replace(coding("Ушла домой", "HOME", "ben", text=text), id=CODINGS[1].id),
        coding("потом", "TRUST", text=text),
    )
    found = take(mine, parcel(marks, transcripts=(transcript("T1", text),)))
    assert (found.revised, found.known, found.codings, found.lost) == (("T1",), 1, 1, ())
    assert {c.quote for c in mine.codings.list(Filters(transcripts=("T1",)))} == {"на морозе", "Ушла домой", "потом"}
    assert mine.check() == []
    assert take(mine, parcel(marks, transcripts=(transcript("T1", text),))).changed is False


def test_another_talk_under_the_same_identity_is_listed(mine: Study) -> None:
    found = take(mine, parcel((), transcripts=(transcript("T1", "Etwas ganz anderes, ohne ein gemeinsames Wort."),)))
    assert (found.changed, [one.what for one in found.lost]) == (False, ["changed transcripts"])


def test_codings_on_a_text_that_was_corrected_here_go_over_to_the_new_one(mine: Study, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(T1.replace("Два часа", "Целых два часа"), encoding="utf-8")
    mine.transcripts.revise("T1", tmp_path / "new.txt")
    sent = parcel((*CODINGS, coding("домой", "TRUST"), coding("Ушла домой", "COLD")))
    found = take(mine, sent)
    assert (found.codings, found.known, found.not_in_file, found.revised) == (2, 3, 0, ())
    text = mine.transcripts.show("T1").revision.text
    on_it = mine.codings.list(Filters(transcripts=("T1",)))
    assert all(text[c.start : c.end] == c.quote for c in on_it)
    assert {(c.quote, c.code) for c in on_it} >= {("домой", "TRUST"), ("Ушла домой", "COLD")}
    assert mine.check() == []
    assert take(mine, sent).changed is False


@pytest.mark.parametrize("end", ["\n", "\n\n", " "])
def test_a_text_that_got_a_line_end_from_a_program_with_new_identities_is_met_by_its_name(
    mine: Study, end: str
) -> None:
    longer = replace(transcript("T1", T1 + end), id=id_of("minted"))
    marks = [replace(one, transcript=longer.id) for one in CODINGS[:2]]
    found = take(mine, replace(unstable(parcel(marks)), transcripts=(longer,)))
    assert (found.imported, found.revised, found.codings, found.known) == ((), ("T1",), 0, 2)
    assert mine.check() == []


def test_a_text_of_another_name_that_differs_at_its_end_is_another_one(mine: Study) -> None:
    found = take(mine, replace(unstable(parcel(())), transcripts=(transcript("T9", T1 + "\n"),)))
    assert [one.transcript for one in found.imported] == ["T9"]
