"""When two lines of a codebook are joined, no coding is lost or doubled, and earlier versions count as they did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import BadCodings
from qcode.importers.base import Options
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.study.joined_lines import beside, matrices
from tests.study.next_version import follow, stands

BOTH = (["split trust! into hope, fear", "merge help, money into HANDS", "narrow wait"], ["rename leave to go"])
HEAD = "transcript,quote,code,coder,codebook,version\n"
NEW = "on the phone"
TRUSTED = ("trust", "faith")


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []
    live = study.codings.list()
    assert len({(one.transcript, one.start, one.end, one.code, one.coder) for one in live}) == len(live)
    waiting = [one for one in live if one.status == "pending"]
    assert len(waiting) == len(study.queue.list()) == study.status().pending
    codable = {code.key for code in study.codebooks.show("book").content.codes if code.codable}
    assert {one.code for one in live if one.status == "settled"} <= codable


def joined(study: Study, theirs: list[str], ours: list[str], settle: str = "theirs") -> None:
    """Join what a team made of version 1 with the version 2 that is made here."""
    file = beside(study, *theirs)
    follow(study, *ours)
    join(study, file, settle)


def join(study: Study, file: Path, settle: str = "theirs") -> None:
    found = study.codebooks.merge(file)
    if found.conflicts:
        found = study.codebooks.merge(file, settle={"*": settle})
    assert found.done


def arrive(study: Study, *rows: str) -> list[tuple[str, str, str]]:
    """Take rows such as "wait cy 1" (code, coder, version) on one segment; return what stands there now."""
    lines = (f"P1,{NEW},{code},{coder},book,{version}\n" for code, coder, version in map(str.split, rows))
    study.codings.import_csv((HEAD + "".join(lines)).encode(), "late.csv")
    return [(code, coder, status) for quote, code, coder, status in stands(study) if quote == NEW]


def test_codings_of_before_become_what_theirs_says(study: Study) -> None:
    joined(study, *BOTH)
    assert stands(study) == [
        ("My sister paid for the bus", "HANDS", "ben", "settled"),
        ("Nobody ever called me back", "trust", "ana", "pending"),
        ("Two thousand", "HANDS", "ben", "settled"),
        ("paid for the bus", "HANDS", "ana", "settled"),
        ("stopped asking", "go", "ben", "settled"),
        ("two hours", "trust", "ben", "pending"),
        ("two hours", "wait", "ben", "pending"),
    ]


def test_codings_made_on_the_main_line_after_the_lines_parted_are_carried_too(study: Study) -> None:
    file = beside(study, *BOTH[0])
    follow(study, *BOTH[1])
    for code in ("trust", "help", "money", "wait", "go"):
        study.code("P1", quote=NEW, code=code, coder="cy")
    join(study, file)
    assert [one[1:] for one in stands(study) if one[0] == NEW] == [
        ("HANDS", "cy", "settled"),
        ("go", "cy", "settled"),
        ("trust", "cy", "pending"),
        ("wait", "cy", "pending"),
    ]


def test_versions_that_were_there_count_as_before(study: Study) -> None:
    file = beside(study, *BOTH[0])
    follow(study, "narrow help", "split leave into go, stay")
    study.queue.resolve(study.queue.list()[0].coding.id, withdraw=True)
    study.code("P1", quote=NEW, code="trust", coder="cy")
    before = [(stands(study, name), matrices(study, name[5:])) for name in ("book@1", "book@2")]
    join(study, file)
    follow(study, "add more")
    assert [(stands(study, name), matrices(study, name[5:])) for name in ("book@1", "book@2")] == before


def test_their_version_shows_what_stood_when_the_lines_parted_with_their_changes(study: Study) -> None:
    study.code("P2", quote="The doctor was kind", code="money", coder="ben")
    study.code("P2", quote="The doctor was kind", code="help", coder="ben")
    gone = study.code("P1", quote=NEW, code="leave", coder="cy")[0]
    study.codings.withdraw(gone.id)
    file = beside(study, *BOTH[0])
    follow(study, "retire leave")
    study.codings.withdraw(*(one.id for one in study.codings.list() if one.quote == "Two thousand"))
    study.code("P1", quote="How long", code="trust", coder="cy")
    join(study, file)
    expected = [
        ("My sister paid for the bus", "HANDS", "ben", "settled"),
        ("Nobody ever called me back", "trust", "ana", "pending"),
        ("The doctor was kind", "HANDS", "ben", "settled"),
        ("Two thousand", "HANDS", "ben", "settled"),
        ("paid for the bus", "HANDS", "ana", "settled"),
        ("stopped asking", "leave", "ben", "settled"),
        ("two hours", "trust", "ben", "pending"),
        ("two hours", "wait", "ben", "pending"),
    ]
    assert stands(study, "book@team", withdrawn=False) == expected
    assert stands(study, "book@team") == sorted([*expected, (NEW, "leave", "cy", "withdrawn")])


def test_what_waited_when_the_lines_parted_waits_under_theirs_whatever_was_decided_here(study: Study) -> None:
    follow(study, "narrow trust", "narrow wait")
    file = beside(study, "merge wait, leave into away", base="2")
    follow(study, "add more")
    for item in study.queue.list():
        study.queue.resolve(item.coding.id, keep=True)
    join(study, file)
    under = {(code, status) for _, code, _, status in stands(study, "book@team")}
    assert under == {("trust", "pending"), ("away", "settled"), ("help", "settled"), ("money", "settled")}
    assert {one[3] for one in stands(study) if one[1] == "trust"} == {"settled"}


def test_transcripts_that_came_after_the_lines_parted_are_not_counted_under_theirs(study: Study) -> None:
    file = beside(study, *BOTH[0])
    follow(study, *BOTH[1])
    new = study.path.with_name("P3.txt")
    new.write_text("ANA: Later came another one.\n", encoding="utf-8")
    study.transcripts.add(new, options=Options(speakers=("ANA",), language="en"))
    join(study, file)
    counted = {
        name: study.cooccurrence(codebook=name).to_json()["transcripts"] for name in ("book@1", "book@team", "book@3")
    }
    assert counted == {"book@1": 2, "book@team": 2, "book@3": 3}


@pytest.mark.parametrize("code", ["trust", "help", "money", "wait", "leave"])
def test_a_late_coding_of_the_base_becomes_what_those_became_that_were_there(study: Study, code: str) -> None:
    study.code("P1", quote="And then", code=code, coder="cy")
    joined(study, *BOTH)
    there = [one[1:] for one in stands(study) if one[0] == "And then"]
    assert arrive(study, f"{code} cy 1") == there


@pytest.mark.parametrize(
    ("code", "becomes"),
    [("HANDS", "HANDS settled"), ("wait", "wait settled"), ("hope", "hope settled"), ("leave", "go settled")],
)
def test_a_late_coding_of_theirs_is_not_done_again_what_their_version_did(
    study: Study, code: str, becomes: str
) -> None:
    joined(study, *BOTH)
    assert arrive(study, f"{code} cy team") == [(becomes.split()[0], "cy", becomes.split()[1])]


def test_a_late_coding_of_theirs_gets_what_the_main_line_did(study: Study) -> None:
    joined(study, ["add hope"], ["narrow wait", "merge help, money into HANDS", "retire leave"])
    assert arrive(study, "wait cy team", "help cy team", "money cy team", "hope cy team") == [
        ("HANDS", "cy", "settled"),
        ("hope", "cy", "settled"),
        ("wait", "cy", "pending"),
    ]


def test_a_late_coding_of_the_base_is_not_done_what_theirs_declared_and_ours_held_against(study: Study) -> None:
    joined(study, ["merge trust, wait into calm", "split leave! into go, stay"], ["widen trust", "widen leave"], "ours")
    there = {code.key for code in study.codebooks.show("book").content.codes}
    assert {"trust", "leave"} <= there
    assert arrive(study, "trust cy 1", "leave cy 1") == [("leave", "cy", "settled"), ("trust", "cy", "settled")]


def test_a_late_coding_with_a_code_of_theirs_that_was_left_out_is_refused(study: Study) -> None:
    joined(study, ["split trust! into hope, fear"], ["widen trust"], "ours")
    with pytest.raises(BadCodings, match=r"hope of book@team was left out when that was joined.*name a code of book@3"):
        arrive(study, "hope cy team")
    assert arrive(study, "trust cy 1") == [("trust", "cy", "settled")]


def test_late_codings_are_seen_from_the_joined_version_on(study: Study) -> None:
    joined(study, *BOTH)
    before = [stands(study, name) for name in ("book@1", "book@2", "book@team")]
    arrive(study, "leave cy team", "wait ben 1")
    assert [stands(study, name) for name in ("book@1", "book@2", "book@team")] == before


@pytest.mark.parametrize(("settle", "codes"), [("ours", {"hope", "trust"}), ("theirs", {"trust"})])
def test_what_was_allocated_here_goes_back_where_the_split_does_not_hold(
    study: Study, settle: str, codes: set[str]
) -> None:
    file = beside(study, "narrow trust")
    follow(study, "split trust into hope, fear")
    study.queue.resolve(study.queue.list()[0].coding.id, to="hope")
    join(study, file, settle)
    found = [code for _, code, _, _ in stands(study) if code in ("hope", "fear", "trust")]
    assert (set(found), len(found)) == (codes, 2)


def test_a_decision_after_the_join_is_taken_back(study: Study) -> None:
    joined(study, *BOTH)
    before = stands(study)
    for item in study.queue.list():
        study.queue.resolve(item.coding.id, to=item.candidates[0])
    assert study.status().pending == 0
    for _ in range(3):
        study.queue.undo()
    assert stands(study) == before
    assert stands(study, "book@team", withdrawn=False)[1] == ("Nobody ever called me back", "trust", "ana", "pending")


def test_the_trail_of_a_coding_leads_through_both_lines(study: Study) -> None:
    id = next(one.id for one in study.codings.list() if one.code == "help")
    joined(study, *BOTH)
    assert [one.what for one in study.codings.trail(id)] == [
        "became a coding of HANDS under team",
        "became a coding of HANDS under 3",
    ]


def test_a_code_keeps_the_key_of_the_main_line_where_a_team_that_joins_later_has_it_under_the_old_one(
    study: Study,
) -> None:
    file = beside(study, "add hope")
    follow(study, "rename trust to faith")
    follow(study, "split faith into calm, fear")
    join(study, file)
    assert {one.code for one in study.codings.list(Filters(pending=True))} == {"faith"}
    assert study.queue.counts() == {"faith": 2}
    assert study.cooccurrence(codebook="book").to_json()["pending_left_out"] == {"faith": 2}
    assert {one.code for one in study.codings.list(Filters(codebook="book@team")) if one.code in TRUSTED} == {"trust"}
