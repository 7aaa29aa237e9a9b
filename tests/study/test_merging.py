"""Two studies become one: what comes, what is kept, what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import Conflict
from qcode.importers.base import Options
from qcode.study.study import Study, create
from qcode.study.study import open as open_study
from tests.conftest import CODINGS, P1, P2, Dump
from tests.notation import make_study
from tests.study.merging_acts import held, matrices, ticking
from tests.study.next_version import follow


@pytest.fixture
def other(study: Study, tmp_path: Path) -> Iterator[Study]:
    """Give a copy of the tiny study."""
    study.back_up(tmp_path / "other.qcode")
    with open_study(tmp_path / "other.qcode") as opened:
        yield opened


def both_ways(study: Study, other: Study) -> None:
    copy = study.path.with_name("as-it-was.qcode")
    study.back_up(copy)
    study.merge(other.path)
    other.merge(copy)
    assert (study.check(), other.check()) == ([], [])
    assert held(study) == held(other)
    assert matrices(study) == matrices(other)
    assert not study.merge(other.path).changed


def test_codings_and_memos_of_both_are_there(study: Study, other: Study) -> None:
    study.code("P1", code="wait", quote="on the phone")
    other.code("P2", code="help", quote="The doctor was kind", coder="ben", memo="хорошо")
    found = study.merge(other.path)
    assert (found.codings, found.known, found.counts["memos"]) == ((("ben", 1),), CODINGS, 1)
    assert len(study.codings.list()) == CODINGS + 2
    assert study.check() == []


def test_a_dry_run_changes_nothing_and_tells_the_same(study: Study, other: Study, dump: Dump) -> None:
    other.code("P2", code="help", quote="The doctor was kind")
    before = dump(study.path)
    told = study.merge(other.path, dry_run=True)
    assert dump(study.path) == before
    done = study.merge(other.path)
    assert (told.codings, told.counts, told.acts) == (done.codings, done.counts, done.acts)


def test_the_other_file_is_only_read(study: Study, other: Study) -> None:
    other.code("P2", code="help", quote="The doctor was kind")
    other.close()
    before = other.path.read_bytes()
    study.merge(other.path)
    assert other.path.read_bytes() == before


def test_merging_again_adds_nothing_and_writes_no_act(study: Study, other: Study, dump: Dump) -> None:
    other.code("P2", code="help", quote="The doctor was kind")
    study.merge(other.path)
    before = dump(study.path)
    assert not study.merge(other.path).changed
    assert dump(study.path) == before


def test_what_was_withdrawn_in_one_is_withdrawn_in_both(study: Study, other: Study) -> None:
    other.codings.withdraw(other.codings.list()[0].id)
    assert study.merge(other.path).ended == 1
    assert len(study.codings.list()) == CODINGS - 1


def test_what_was_restored_since_stands(study: Study, tmp_path: Path) -> None:
    id = study.codings.list()[0].id
    study.codings.withdraw(id)
    study.back_up(tmp_path / "other.qcode")
    with open_study(tmp_path / "other.qcode") as other:
        other.codings.restore(id)
        assert study.merge(other.path).restored == 1
        assert len(study.codings.list()) == CODINGS
        both_ways(study, other)


def test_a_version_that_goes_on_carries_our_codings_over(study: Study, other: Study) -> None:
    study.code("P1", code="wait", quote="on the phone")
    follow(other, "merge wait into trust", "split leave into go, stay")
    found = study.merge(other.path)
    assert (found.counts["versions"], found.counts["moved"], found.waiting) == (1, 1, 1)
    assert "wait" not in {one.code for one in study.codings.list()}
    assert study.check() == []


def test_our_version_carries_their_codings_over(study: Study, other: Study) -> None:
    follow(study, "merge wait into trust", "split leave into go, stay")
    other.code("P1", code="wait", quote="on the phone")
    other.code("P2", code="leave", quote="The doctor was kind")
    both_ways(study, other)
    assert len(study.queue.list()) == 2


def test_a_codebook_that_has_parted_is_refused_and_nothing_changes(study: Study, other: Study, dump: Dump) -> None:
    follow(study, "add hope")
    follow(other, "add fear")
    before = dump(study.path)
    with pytest.raises(Conflict, match=r"has parted: 2 here and 2 in other\.qcode.*join the lines first"):
        study.merge(other.path)
    assert dump(study.path) == before


def test_lines_that_were_joined_first_become_one(study: Study, other: Study, tmp_path: Path) -> None:
    follow(study, "add hope", number="2-ours")
    follow(other, "merge wait into trust", number="2-theirs")
    other.code("P1", code="trust", quote="on the phone")
    file = tmp_path / "theirs.yaml"
    file.write_bytes(other.codebooks.export("book"))
    assert study.codebooks.merge(file, settle={"*": "theirs"}).done
    both_ways(study, other)


def test_a_correction_takes_our_codings_along(study: Study, other: Study) -> None:
    study.code("P1", code="wait", quote="on the phone")
    text = other.transcripts.show("P1").revision.text.replace("two hours", "three long hours")
    other.transcripts.revise("P1", text.encode(), file_name="P1.txt")
    both_ways(study, other)
    assert ("on the phone", "wait") in {(one.quote, one.code) for one in study.codings.list()}


def test_a_transcript_that_both_corrected_differently_is_refused(study: Study, other: Study, dump: Dump) -> None:
    for one, words in ((study, "three hours"), (other, "four hours")):
        text = one.transcripts.show("P1").revision.text.replace("two hours", words)
        one.transcripts.revise("P1", text.encode(), file_name="P1.txt")
    before = dump(study.path)
    with pytest.raises(Conflict, match=r"P1 was corrected differently in other\.qcode"):
        study.merge(other.path)
    assert dump(study.path) == before


def test_studies_begun_apart_meet_by_texts_and_names(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with (
        make_study(tmp_path / "a", codes=("money", "wait"), P1=P1, P2=P2) as ours,
        make_study(
            tmp_path / "b", codes=("money", "wait"), coder="Ana", P2=P2, P3="INT: 你好。\nANA: [谢谢|wait]。\n"
        ) as theirs,
    ):
        assert [one.sha256 for one, _ in ours.codebooks.list()] != [one.sha256 for one, _ in theirs.codebooks.list()]
        with pytest.raises(Conflict, match="began with other versions"):
            ours.merge(theirs.path)


def test_the_same_codings_made_apart_are_one(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with (
        make_study(tmp_path / "a", P1=P1, P2=P2) as ours,
        make_study(tmp_path / "b", P1=P1, P2=P2) as theirs,
    ):
        live = len(ours.codings.list())
        found = ours.merge(theirs.path)
        assert (found.doubles, len(ours.codings.list())) == (live, live)
        assert len(ours.transcripts.list()) == 2
        assert ours.check() == []
        assert not ours.merge(theirs.path).changed


def test_different_interviews_with_one_name_get_two(study: Study, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with make_study(tmp_path / "b", P1="INT: Кто вы?\nМАРТА: Никто.\n") as theirs:
        study.merge(theirs.path)
    assert [one.name for one in study.transcripts.list()] == ["P1", "P1 (2)", "P2"]


def test_an_interview_that_was_removed_here_does_not_come_back(study: Study, other: Study) -> None:
    study.transcripts.remove("P2", with_codings=True)
    other.code("P2", code="help", quote="The doctor was kind", memo="a note")
    found = study.merge(other.path)
    assert [one.name for one in study.transcripts.list()] == ["P1"]
    assert any("P2 of other.qcode was removed here" in one for one in found.remarks)
    assert study.check() == []


def test_an_interview_that_the_other_removed_is_told_and_stays(study: Study, other: Study) -> None:
    other.transcripts.remove("P2", with_codings=True)
    found = study.merge(other.path)
    assert "qcode transcript remove P2 --with-codings" in " ".join(found.remarks)
    assert len(study.transcripts.list()) == 2


def test_a_memo_that_was_removed_in_one_stays_removed(study: Study, tmp_path: Path) -> None:
    memo = study.memos.add("a thought")
    study.back_up(tmp_path / "other.qcode")
    study.memos.remove(memo.id)
    with open_study(tmp_path / "other.qcode") as other:
        both_ways(study, other)
    assert study.memos.list() == []


def test_of_two_values_one_holds_and_the_other_becomes_a_memo(study: Study, other: Study) -> None:
    study.cases.set("Ana A.", {"country": "Казахстан"})
    other.cases.set("Ana A.", {"country": "Kirgistan"})
    both_ways(study, other)
    kept = {value for one in study.cases.list() for key, value in one.attributes if key == "country"}
    noted = {one.text for one in study.memos.list()}
    assert kept - {"Kazakhstan"} < {"Казахстан", "Kirgistan"}
    assert noted < {"country: Казахстан", "country: Kirgistan"} and noted


def test_decisions_that_differ_are_told_and_all_that_came_of_them_stands(study: Study, tmp_path: Path) -> None:
    follow(study, "split leave into go, stay")
    study.back_up(tmp_path / "other.qcode")
    with open_study(tmp_path / "other.qcode") as other:
        for one, to in ((study, "go"), (other, "stay")):
            item = one.queue.list()[0]
            one.queue.resolve(item.coding.id, to=(to,))
        both_ways(study, other)
        assert {"go", "stay"} <= {one.code for one in study.codings.list()}


def test_a_draft_comes_where_only_they_have_one(study: Study, other: Study) -> None:
    other.in_vivo.add("P2", quote="The doctor was kind")
    found = study.merge(other.path)
    assert (found.counts["drafts"], found.counts["marks"]) == (1, 1)
    assert len(study.in_vivo.list()) == 1


def test_acts_of_the_other_are_proven(study: Study, other: Study) -> None:
    other.code("P2", code="help", quote="The doctor was kind")
    other.memos.add("one more")
    study.merge(other.path)
    with sqlite3.connect(study.path) as connection:
        connection.execute("DELETE FROM merged_act WHERE n = (SELECT min(n) FROM merged_act)")
    assert any("history of a merged study" in where for where, _ in study.check())


def test_the_last_act_of_the_other_is_proven_too(study: Study, other: Study) -> None:
    other.memos.add("one more")
    study.merge(other.path)
    with sqlite3.connect(study.path) as connection:
        connection.execute("DELETE FROM merged_act WHERE n = (SELECT max(n) FROM merged_act)")
    assert any("history of a merged study" in where for where, _ in study.check())


def test_an_interview_of_the_other_counts_under_the_versions_it_was_coded_under(study: Study, other: Study) -> None:
    follow(study, "add hope")
    file = study.path.parent / "P9.txt"
    file.write_text("INT: Where?\nANA: At home.\n", encoding="utf-8")
    other.transcripts.add(file)
    both_ways(study, other)
    assert study.cooccurrence(codebook="book@1").to_json()["transcripts"] == 3


def test_a_study_that_others_have_open_is_read_as_it_stands(study: Study, other: Study) -> None:
    with other.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM memo")
        assert not study.merge(other.path).changed


def test_a_study_with_nothing_takes_all(study: Study, tmp_path: Path) -> None:
    with create(tmp_path / "empty.qcode") as empty:
        empty.merge(study.path)
        assert len(empty.codings.list()) == CODINGS
        assert matrices(empty) == matrices(study)
        assert empty.check() == []


def test_an_interview_that_was_removed_here_does_not_come_back_under_another_identity(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with (
        make_study(tmp_path / "a", P1=P1, P2=P2) as ours,
        make_study(tmp_path / "b", P1=P1, P2=P2) as theirs,
    ):
        ours.merge(theirs.path)
        ours.transcripts.remove("P2", with_codings=True)
        assert any("was removed here" in one for one in ours.merge(theirs.path).remarks)
        assert [one.name for one in ours.transcripts.list()] == ["P1"]
        assert "qcode transcript remove P2 --with-codings" in " ".join(theirs.merge(ours.path).remarks)


def test_an_interview_that_was_read_in_anew_gets_the_codings_of_the_other(study: Study, other: Study) -> None:
    study.transcripts.remove("P2", with_codings=True)
    study.transcripts.add(study.path.parent / "P2.txt")
    other.code("P2", code="help", quote="The doctor was kind")
    found = study.merge(other.path)
    assert not any("removed here" in one for one in found.remarks)
    assert "The doctor was kind" in {one.quote for one in study.codings.list()}
    assert study.check() == []


def test_a_case_that_the_other_removed_is_told(study: Study, other: Study) -> None:
    other.cases.remove("Ana A.")
    assert "qcode case remove 'Ana A.'" in " ".join(study.merge(other.path).remarks)


def test_a_case_that_was_removed_here_does_not_come_back_under_another_identity(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with (
        make_study(tmp_path / "a", P1=P1) as ours,
        make_study(tmp_path / "b", P1=P1) as theirs,
    ):
        for one in (ours, theirs):
            one.cases.set("Дина", {"role": "client"}, transcripts=("P1",))
        ours.merge(theirs.path)
        ours.cases.remove("Дина")
        assert "1 cases of study.qcode were removed here" in " ".join(ours.merge(theirs.path).remarks)
        assert ours.cases.list() == []
        assert "qcode case remove" in " ".join(theirs.merge(ours.path).remarks)
        assert (ours.check(), theirs.check()) == ([], [])


def test_a_text_in_which_both_found_other_turns_is_told(tmp_path: Path) -> None:
    made = []
    for folder, speakers, language in (("a", ("INT", "ANA"), "en"), ("b", ("ANA",), "ru")):
        (tmp_path / folder).mkdir()
        made.append(make_study(tmp_path / folder, P2=P2))
        file = tmp_path / folder / "P1.txt"
        file.write_text("INT: Where?\nANA: At home.\nINT: Why?\n", encoding="utf-8")
        made[-1].transcripts.add(file, options=Options(speakers=speakers, language=language))
    with made[0] as ours, made[1] as theirs:
        told = " ".join(ours.merge(theirs.path).remarks)
        assert "P1 has 2 turns in study.qcode and 3 here" in told
        assert "the language of P1 is ru in study.qcode and en here" in told


def test_a_withdrawal_a_correction_and_a_merge_of_codes_come_together_from_three(study: Study, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.qcode" for name in ("a", "b", "c")]
    for path in paths:
        study.back_up(path)
    with open_study(paths[0]) as first, open_study(paths[1]) as second, open_study(paths[2]) as third:
        first.codings.withdraw(next(one.id for one in first.codings.list() if one.code == "wait"))
        follow(second, "merge wait into trust")
        text = third.transcripts.show("P1").revision.text.replace("two hours", "three long hours")
        third.transcripts.revise("P1", text.encode(), file_name="P1.txt")
        first.merge(third.path)
        first.merge(second.path)
        assert first.check() == []
        both_ways(first, third)


def test_merging_again_adds_nothing_where_one_moved_what_the_other_corrected_and_withdrew(
    study: Study, tmp_path: Path
) -> None:
    with ticking(7):
        follow(study, "split trust+ into hope, fear")
        study.back_up(tmp_path / "other.qcode")
        with open_study(tmp_path / "other.qcode") as other:
            text = other.transcripts.show("P1").revision.text.replace("two hours", "three long hours")
            other.transcripts.revise("P1", text.encode(), file_name="P1.txt")
            other.queue.resolve(waits(other, "three long hours"), withdraw=True)
            study.queue.resolve(waits(study, "two hours"), to=("hope", "fear"))
            study.merge(other.path)
            assert not study.merge(other.path).changed


def waits(study: Study, quote: str) -> str:
    """Return the id of the coding on these words that waits for a decision."""
    return next(one.coding.id for one in study.queue.list() if one.coding.quote == quote)


def facts(study: Study) -> dict[str, str]:
    """Return the two facts about the case that `described` writes, as they are now."""
    every = next(one for one in study.cases.list() if one.name == "Ana A.")
    return {key: value for key, value in every.attributes if key in ("role", "register")}


@pytest.fixture
def described(study: Study, tmp_path: Path) -> Iterator[tuple[Study, Study]]:
    """Give the tiny study and a copy of it, both with two facts about a case."""
    study.cases.set("Ana A.", {"role": "client", "register": "yes"}, transcripts=("P1",))
    study.back_up(tmp_path / "described.qcode")
    with open_study(tmp_path / "described.qcode") as opened:
        yield study, opened


@pytest.fixture
def ticks() -> Iterator[None]:
    """Let a second or more pass between any two acts."""
    with ticking(7):
        yield


@pytest.mark.usefixtures("ticks")
def test_a_fact_that_was_forgotten_here_does_not_come_back(described: tuple[Study, Study]) -> None:
    study, other = described
    study.transcripts.set_attributes("P1", {"register": ""})
    other.cases.set("Ana A.", {"role": "expert"})
    told = study.merge(other.path, dry_run=True)
    assert told.remarks == ("facts about cases that were forgotten here do not come back: 1",)
    both_ways(study, other)
    assert facts(study) == {"role": "expert"}
    assert not [one for one in study.memos.list() if "register" in one.text]


@pytest.mark.usefixtures("ticks")
def test_a_fact_that_the_other_forgot_is_forgotten_and_told(described: tuple[Study, Study]) -> None:
    study, other = described
    other.cases.set("Ana A.", {"register": ""})
    found = study.merge(other.path)
    assert found.counts["forgotten"] == 1
    assert found.remarks == ("facts about cases that described.qcode has forgotten are gone here, too: 1",)
    assert facts(study) == {"role": "client"}


@pytest.mark.usefixtures("ticks")
@pytest.mark.parametrize("by_table", [False, True], ids=["by name", "by a table"])
def test_a_fact_that_was_written_anew_since_stands(described: tuple[Study, Study], by_table: bool) -> None:
    study, other = described
    study.cases.set("Ana A.", {"register": ""})
    if by_table:
        other.cases.import_csv(b"case,register\nAna A.,no\n", "cases.csv")
    else:
        other.cases.set("Ana A.", {"register": "no"})
    both_ways(study, other)
    assert facts(study)["register"] == "no"


@pytest.mark.usefixtures("ticks")
def test_of_two_values_of_a_fact_the_later_holds_whatever_else_was_written(described: tuple[Study, Study]) -> None:
    study, other = described
    study.cases.set("Ana A.", {"role": "older"})
    other.cases.set("Ana A.", {"role": "later"})
    study.cases.set("Ana A.", {"register": "no"})
    both_ways(study, other)
    assert facts(study) == {"role": "later", "register": "no"}
