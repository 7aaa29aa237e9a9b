"""Two lines of a codebook that parted are joined: what one side changed is taken, what both changed is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import BadCodebook, BadValue, Conflict, NotFound, QcodeError
from qcode.study.joining import Joined
from qcode.study.study import Study, create
from tests.conftest import Dump
from tests.study.joined_lines import beside, matrices, seen
from tests.study.next_version import follow, stands


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


def keys(study: Study, name: str = "book") -> list[str]:
    return [code.key for code in study.codebooks.show(name).content.codes]


def names(found: Joined) -> list[str]:
    return [one.name for one in found.conflicts]


def test_what_only_one_side_changed_is_taken_from_both(study: Study) -> None:
    file = beside(study, "split trust into hope, fear", "rename leave to go")
    follow(study, "merge help, money into HANDS", "name wait")
    done = study.codebooks.merge(file)
    assert (done.base, done.ours, done.theirs, done.version, done.done) == ("1", "2", "team", "3", True)
    assert (done.conflicts, done.queued, done.moved) == ((), 2, 0)
    assert sorted(keys(study)) == sorted(["INFLUENCE", "wait", "go", "HANDS", "hope", "fear"])
    assert study.codebooks.show_code("wait").name == "Another name"


@pytest.mark.parametrize("older", ["1", "2"])
def test_what_a_joined_version_declares_anew_for_its_main_line_is_told_once(study: Study, older: str) -> None:
    file = beside(study, "split trust into hope, fear", "narrow wait")
    follow(study, "retire leave", "merge help, money into HANDS")
    study.codebooks.merge(file)
    planned = study.codebooks.diff(f"book@{older}", "book@3").planned
    told = [(one.told.change, one.told.ids) for one in planned]
    assert len(told) == len(set(told))
    kinds = [kind for kind, _ in told]
    assert kinds.count("split") == 1 and kinds.count("merge") == (older == "1")
    back = [one.told.change for one in study.codebooks.diff("book@3", f"book@{older}").planned]
    assert len(back) == len(kinds)


def test_the_joined_version_follows_both(study: Study) -> None:
    file = beside(study, "add hope")
    follow(study, "add fear")
    study.codebooks.merge(file, note="with the team")
    newest = study.codebooks.show()
    assert (newest.label, newest.content.follows, newest.row.note) == ("book@3", ("2", "team"), "with the team")
    study.close()
    connection = sqlite3.connect(study.path)
    ask = (
        "SELECT a.version, b.version FROM version_parent JOIN codebook_version a ON a.id = version_id"
        " JOIN codebook_version b ON b.id = parent_id ORDER BY a.id, b.id"
    )
    assert connection.execute(ask).fetchall() == [("2", "1"), ("team", "1"), ("3", "2"), ("3", "team")]
    connection.close()


def test_the_file_of_theirs_is_given_back_as_it_was(study: Study) -> None:
    file = beside(study, "split trust! into hope, fear", "narrow wait", note="из команды", title="书")
    follow(study, "add more")
    study.codebooks.merge(file)
    assert study.codebooks.export("book@team") == file.read_bytes()


def test_the_file_of_a_joined_version_comes_into_a_study_of_its_main_line(study: Study, tmp_path: Path) -> None:
    file = beside(study, "split trust into hope, fear")
    follow(study, "add more")
    study.codebooks.merge(file)
    with create(tmp_path / "elsewhere.qcode") as elsewhere:
        for number in ("1", "2", "3"):
            (tmp_path / "book.yaml").write_bytes(study.codebooks.export(f"book@{number}"))
            elsewhere.codebooks.add(tmp_path / "book.yaml")
        assert elsewhere.codebooks.show().row.sha256 == study.codebooks.show().row.sha256
        assert elsewhere.check() == []


def test_the_joined_version_is_followed_by_a_further_one(study: Study) -> None:
    file = beside(study, "add hope")
    follow(study, "add fear")
    study.codebooks.merge(file)
    assert follow(study, "narrow trust", "retire hope").queued == 2
    assert study.codebooks.show().label == "book@4"


CLASHES = [
    ("rename trust to hope", "rename trust to faith", "trust.key"),
    ("split trust into hope, fear", "narrow trust", "trust.fate"),
    ("merge trust, wait into calm", "retire trust", "trust.fate"),
    ("move trust under INFLUENCE", "move trust under wait", "trust.parent"),
    ("name trust as Hope", "name trust", "trust.name"),
    ("narrow trust", "widen trust", "trust.definition"),
]


@pytest.mark.parametrize(("theirs", "ours", "name"), CLASHES)
def test_what_both_changed_differently_is_told_and_nothing_done(
    study: Study, dump: Dump, theirs: str, ours: str, name: str
) -> None:
    file = beside(study, theirs.replace(" as Hope", ""), "add more", number="0.9")
    if "name" in theirs:
        file.write_text(file.read_text(encoding="utf-8").replace("Another name", "Hope"), encoding="utf-8")
    follow(study, ours)
    before = dump(study.path)
    found = study.codebooks.merge(file)
    told = [one.rpartition(".")[2] for one in names(found)]
    assert (found.done, told) == (False, [name.rpartition(".")[2]])
    assert dump(study.path) == before


@pytest.mark.parametrize(
    ("said", "definition"), [("ours", "widen in 2"), ("THEIRS", "narrow in team"), ("Мы: 信任", "Мы: 信任")]
)
def test_a_conflict_is_settled_by_a_side_or_in_own_words(study: Study, said: str, definition: str) -> None:
    file = beside(study, "narrow trust")
    follow(study, "widen trust")
    (conflict,) = study.codebooks.merge(file).conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("", "widen in 2", "narrow in team")
    assert study.codebooks.merge(file, settle={"TRUST.definition": said}).done
    assert study.codebooks.show_code("trust").definition == definition


@pytest.mark.parametrize(("settle", "kept"), [({"trust": "ours"}, True), ({"*": "theirs"}, False)])
def test_a_split_that_the_other_side_narrowed_holds_as_a_whole_or_not(
    study: Study, settle: dict[str, str], kept: bool
) -> None:
    file = beside(study, "split trust into hope, fear")
    follow(study, "narrow trust")
    done = study.codebooks.merge(file, settle=settle)
    assert (done.done, "trust" in keys(study), "hope" in keys(study)) == (True, kept, not kept)
    assert [one[3] for one in stands(study) if one[1] == "trust"] == ["pending", "pending"]
    assert {item.change for item in study.queue.list()} == {"redefine" if kept else "split"}


def test_some_may_be_settled_before_the_others(study: Study) -> None:
    file = beside(study, "narrow trust", "narrow wait")
    follow(study, "widen trust", "widen wait")
    assert len(study.codebooks.merge(file).conflicts) == 2
    assert names(study.codebooks.merge(file, settle={"trust": "ours"})) == ["wait.definition"]
    assert study.codebooks.merge(file, settle={"trust": "ours", "*": "theirs"}).done


WRONG_WORDS = [
    ({"help": "ours"}, "help is not in conflict; in conflict: trust.definition"),
    ({"trust.name": "ours"}, "trust.name is not in conflict"),
    ({"ghost": "ours"}, "ghost is not in conflict"),
    ({"*": "own words"}, "own words settle one field"),
]


@pytest.mark.parametrize(("settle", "why"), WRONG_WORDS)
def test_what_settles_nothing_is_refused(study: Study, dump: Dump, settle: dict[str, str], why: str) -> None:
    file = beside(study, "narrow trust")
    follow(study, "widen trust")
    before = dump(study.path)
    with pytest.raises(BadValue) as refused:
        study.codebooks.merge(file, settle=settle)
    assert why in refused.value.sentence
    assert dump(study.path) == before


def refused(study: Study, file: Path, **options: object) -> QcodeError:
    with pytest.raises(QcodeError) as caught:
        study.codebooks.merge(file, **options)  # type: ignore[arg-type]
    return caught.value


def test_a_file_that_follows_the_newest_is_to_be_imported(study: Study) -> None:
    file = beside(study, "add hope")
    what = refused(study, file)
    assert isinstance(what, Conflict)
    assert "follows 1, the newest version: there is nothing to join; import it with" in what.sentence
    assert study.codebooks.add(file).version == "team"


def test_a_file_that_follows_a_version_that_is_not_there_is_refused(study: Study) -> None:
    file = beside(study, "add hope", follows=("7",))
    follow(study, "add fear")
    assert "book@team follows 7, which the study does not have; the study has 1, 2" in refused(study, file).sentence


def test_a_file_that_does_not_say_what_it_follows_is_joined_where_it_fits(study: Study) -> None:
    file = beside(study, "narrow trust", "rename wait to waiting", follows=())
    follow(study, "retire leave")
    follow(study, "retire help")
    done = study.codebooks.merge(file)
    assert (done.base, done.done, "waiting" in keys(study), "leave" in keys(study)) == ("1", True, True, False)


def test_a_file_that_fits_nowhere_is_refused(study: Study) -> None:
    file = beside(study, "retire wait", follows=(), changes=())
    follow(study, "retire leave")
    assert "does not say which version book@team follows, and it fits none" in refused(study, file).sentence


def test_a_file_that_does_not_account_for_what_it_changed_is_refused(study: Study) -> None:
    file = beside(study, "retire wait", changes=())
    follow(study, "add hope")
    what = refused(study, file)
    assert isinstance(what, BadCodebook)
    assert "changes:\n  - retire: wait" in what.sentence


def test_the_same_file_is_joined_once(study: Study) -> None:
    file = beside(study, "add hope")
    follow(study, "add fear")
    study.codebooks.merge(file)
    assert "book@team is in the study already; it was joined or imported before" in refused(study, file).sentence


def test_a_number_that_another_version_has_is_refused(study: Study) -> None:
    file = beside(study, "add hope", number="2")
    follow(study, "add fear")
    why = "book@2 is in the study already, with other content; give the file another version, such as"
    assert why in refused(study, file).sentence


@pytest.mark.parametrize(("number", "why"), [("1", "has a version 1 already"), ("team", "has a version team already")])
def test_the_joined_version_has_a_number_of_its_own(study: Study, number: str, why: str) -> None:
    file = beside(study, "add hope")
    follow(study, "add fear")
    assert why in refused(study, file, version=number).sentence
    assert "cannot be the number of a version: it has an @" in refused(study, file, version="a@b").sentence
    assert study.codebooks.merge(file, version=" 3.0-all ").version == "3.0-all"


def test_the_next_number_is_one_that_is_free(study: Study) -> None:
    follow(study, "add fear")
    assert study.codebooks.merge(beside(study, "add hope", number="3")).version == "4"


def test_a_table_or_another_codebook_cannot_be_joined(study: Study, tmp_path: Path) -> None:
    table = tmp_path / "book.csv"
    table.write_text("code,name\ntrust,Trust\n", encoding="utf-8")
    assert (
        "book.csv is a table, which says neither its version nor which one it follows" in refused(study, table).sentence
    )
    assert isinstance(refused(study, Path("generic-interview")), NotFound)
    assert "there is no file" in refused(study, tmp_path / "nowhere.yaml").sentence


def test_a_dry_run_tells_the_plan_and_changes_nothing(study: Study, dump: Dump) -> None:
    file = beside(study, "split trust into hope, fear", "merge help, money into HANDS")
    follow(study, "narrow wait")
    before = dump(study.path)
    dry = study.codebooks.merge(file, dry_run=True)
    assert dump(study.path) == before
    done = study.codebooks.merge(file)
    assert (dry.done, done.done, dry.plan) == (False, True, done.plan)
    assert (dry.queued, dry.moved) == (done.queued, done.moved) == (2, 3)
    assert [one.happens for one in dry.plan] == [
        "wait: allocate to hope or fear or withdraw",
        "move to HANDS; exact doubles become one",
    ]


@pytest.mark.parametrize(("said", "key"), [("ours", "hope-2"), ("theirs", "hope-2"), ("despair", "despair")])
def test_a_code_that_both_added_under_one_key_is_two(study: Study, said: str, key: str) -> None:
    file = beside(study, "add hope")
    follow(study, "add hope")
    assert names(study.codebooks.merge(file)) == ["hope.key"]
    study.codebooks.merge(file, settle={"hope.key": said})
    assert set(keys(study)[-2:]) == {"hope", key}


def test_a_second_file_of_the_other_team_is_joined_where_the_first_was(study: Study) -> None:
    first = beside(study, "split trust! into hope, fear", "narrow wait")
    follow(study, "add more")
    study.codebooks.merge(first)
    second = beside(study, "retire fear", "widen wait", number="team.2", base="team")
    before = (seen(study, "team"), matrices(study, "team"))
    done = study.codebooks.merge(second)
    assert (done.base, done.done, done.conflicts, done.queued) == ("team", True, (), 0)
    assert "fear" not in keys(study)
    assert (seen(study, "team"), matrices(study, "team")) == before


def test_what_is_new_to_a_line_is_told_once(study: Study) -> None:
    file = beside(study, "split trust! into hope, fear", "narrow wait")
    follow(study, "name leave")
    study.codebooks.merge(file)
    told = {
        name: [one.told.change for one in study.codebooks.diff(name, "book@3").planned]
        for name in ("book@2", "book@team")
    }
    assert told["book@team"] == ["name"]
    assert {"split", "redefine"} <= set(told["book@2"])
