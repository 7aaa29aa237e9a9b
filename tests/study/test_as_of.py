"""Under an earlier version a study looks as it did when the next one came, whatever has happened since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from qcode.errors import NotFound
from qcode.importers.base import Options
from qcode.interchange import codebook_yaml
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import CODINGS
from tests.study.next_version import follow, next_version, stands

NOBODY, HOURS = "Nobody ever called me back", "two hours"
CHANGES = (
    "split trust into hope, fear",
    "merge wait, leave into away",
    "retire help",
    "rename money to cash",
    "narrow cash",
)


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


def seen(study: Study, codebook: str) -> str:
    """Return all that is told of a study under a version, as text."""
    asked = Filters(codebook=codebook, withdrawn=True)
    listed = [asdict(one) for one in study.codings.list(asked)]
    matrices = [
        study.cooccurrence(codebook=codebook, **question).to_json()
        for question in ({}, {"unit": "turn"}, {"count": "hits"}, {"unit": "case"}, {"pending": True}, {"by": "role"})
    ]
    return json.dumps([listed, matrices, study.queue.counts(Filters(codebook=codebook))], ensure_ascii=False, indent=1)


def on(study: Study, quote: str, codebook: str | None = None) -> list[tuple[str, str, str]]:
    return [(code, coder, status) for q, code, coder, status in stands(study, codebook) if q == quote]


def add_transcript(study: Study, name: str) -> None:
    file = study.path.with_name(f"{name}.txt")
    file.write_text("ANA: Another day of waiting.\n", encoding="utf-8")
    study.transcripts.add(file, options=Options(speakers=("ANA",), language="en"))


def test_each_version_stays_as_it_was_left_through_all_that_follows(study: Study) -> None:
    left = {"book@1": seen(study, "book@1")}
    follow(study, *CHANGES)
    study.queue.resolve(filters=Filters(coders=("ana",), transcripts=("P1",)), to=["hope", "fear"])
    study.code("P1", quote="on the phone", code="away")
    left["book@2"] = seen(study, "book@2")
    follow(study, "merge hope, away into mood", "revive help")
    study.queue.resolve(filters=Filters(coders=("ben",), transcripts=("P1",)), to="fear")
    study.codings.withdraw(study.codings.list(Filters(codes=("mood",)))[0].id)
    left["book@3"] = seen(study, "book@3")
    follow(study, "rename help to aid")
    study.queue.resolve(filters=Filters(), withdraw=True)
    study.queue.undo()
    assert {label: seen(study, label) for label in left} == left


@pytest.mark.parametrize("act", ["withdraw", "resolve", "undo", "code", "transcript", "late", "next"])
def test_no_act_changes_a_version_that_was_followed(study: Study, act: str) -> None:
    follow(study, "split trust+ into hope, fear")
    before = seen(study, "book@2")
    follow(study, "widen wait")
    one = next(item.coding.id for item in study.queue.list() if item.coding.quote == NOBODY)
    match act:
        case "withdraw":
            study.codings.withdraw(one)
        case "resolve" | "undo":
            study.queue.resolve(one, to="hope")
            _ = act == "undo" and study.queue.undo(one)
        case "code":
            study.code("P1", quote="on the phone", code="hope")
        case "transcript":
            add_transcript(study, "P3")
            study.code("P3", quote="Another day", code="wait")
        case "late":
            table = b"transcript,quote,code,coder,codebook,version\nP1,on the phone,trust,ana,book,1\n"
            study.codings.import_csv(table, "late.csv")
        case "next":
            follow(study, "merge trust, hope into belief", "retire fear")
    assert seen(study, "book@2") == before


def test_a_coding_stands_under_its_old_code_in_the_version_before_a_merge(study: Study) -> None:
    follow(study, "merge wait into delay")
    assert on(study, HOURS, "book@1") == [("trust", "ben", "settled"), ("wait", "ben", "settled")]
    assert on(study, HOURS, "book@2") == [("delay", "ben", "settled"), ("trust", "ben", "settled")]


def test_codings_that_were_never_decided_on_wait_under_each_version_since(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    follow(study, "widen wait")
    assert [on(study, NOBODY, f"book@{n}")[0][2] for n in (1, 2, 3)] == ["settled", "pending", "pending"]


def test_a_decision_holds_from_the_version_under_which_it_was_made(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    follow(study, "widen wait")
    study.queue.resolve(filters=Filters(coders=("ana",)), to="hope")
    assert on(study, NOBODY, "book@2") == [("trust", "ana", "pending")]
    assert on(study, NOBODY, "book@3") == on(study, NOBODY) == [("hope", "ana", "settled")]


def test_a_withdrawal_holds_from_the_version_under_which_it_was_made(study: Study) -> None:
    follow(study, "widen wait")
    study.codings.withdraw(next(one.id for one in study.codings.list() if one.quote == NOBODY))
    assert on(study, NOBODY, "book@1") == [("trust", "ana", "settled")]
    assert on(study, NOBODY, "book@2") == [("trust", "ana", "withdrawn")]


def test_a_retired_code_counts_under_the_versions_that_had_it(study: Study) -> None:
    follow(study, "retire trust")
    follow(study, "revive trust")
    assert [on(study, NOBODY, f"book@{n}")[0][2] for n in (1, 2, 3)] == ["settled", "frozen", "settled"]
    assert "trust" not in study.cooccurrence(codebook="book@2").to_json()["codes"]


def test_codes_have_the_keys_and_the_order_of_the_version_that_is_asked_for(study: Study) -> None:
    follow(study, "rename wait to delay", "reorder all")
    first, second = (study.cooccurrence(codebook=f"book@{n}").to_json()["codes"] for n in (1, 2))
    assert (first, second) == (
        ["help", "money", "wait", "trust", "leave"],
        ["leave", "trust", "delay", "money", "help"],
    )


def test_a_code_that_a_split_took_out_keeps_its_key_there_whatever_it_is_called_later(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    before = seen(study, "book@2")
    follow(study, "revive trust")
    follow(study, "rename trust to faith")
    assert seen(study, "book@2") == before
    assert study.cooccurrence(codebook="book@2").to_json()["pending_left_out"] == {"trust": 2}


@pytest.mark.parametrize(
    ("name", "codebook", "found"),
    [("wait", "book@1", "wait"), ("wait", None, "delay"), ("delay", "book@2", "delay"), ("wait", "book@2", "delay")],
)
def test_a_code_is_found_by_the_key_it_has_or_had(study: Study, name: str, codebook: str | None, found: str) -> None:
    follow(study, "rename wait to delay")
    assert [one.code for one in study.codings.list(Filters(codes=(name,), codebook=codebook))] == [found]
    assert study.codebooks.show_code(name, codebook=codebook).key == found


def test_a_code_is_not_found_by_a_key_it_has_later(study: Study) -> None:
    follow(study, "rename wait to delay")
    with pytest.raises(NotFound, match="there is no code 'delay' in book@1"):
        study.codings.list(Filters(codes=("delay",), codebook="book@1"))


def test_an_earlier_key_that_another_code_has_now_names_that_one(study: Study) -> None:
    follow(study, "rename wait to delay")
    follow(study, "add wait")
    assert study.codings.list(Filters(codes=("wait",))) == []
    assert len(study.codings.list(Filters(codes=("wait",), codebook="book@1"))) == 1


def test_what_waits_is_left_out_of_counts_and_told_by_code(study: Study) -> None:
    follow(study, "split trust into hope, fear", "narrow money")
    document = study.cooccurrence(count="hits").to_json()
    assert document["pending_left_out"] == {"money": 2, "trust": 2}
    assert sum(row[n] for n, row in enumerate(document["matrix"])) == CODINGS - 4


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        ({"transcript": "P2"}, {"money": 2}),
        ({"coder": "ana"}, {"money": 1, "trust": 1}),
        ({"code": "money"}, {"money": 2}),
        ({"code": "INFLUENCE"}, {"money": 2}),
        ({"code": "INFLUENCE", "children": False}, {}),
        ({"code": "wait"}, {}),
        ({"where": {"country": "Kyrgyzstan"}}, {"trust": 2}),
        ({"coder": "ben", "transcript": "P1"}, {"trust": 1}),
    ],
)
def test_what_is_told_to_be_left_out_is_what_the_filters_leave(
    study: Study, asked: dict[str, object], left_out: dict[str, int]
) -> None:
    follow(study, "split trust into hope, fear", "narrow money")
    assert study.cooccurrence(**asked).to_json()["pending_left_out"] == left_out


def test_each_group_tells_what_of_it_is_left_out(study: Study) -> None:
    follow(study, "split trust into hope, fear", "narrow money")
    groups = study.cooccurrence(by="country").to_json()["groups"]
    assert {one["value"]: one["pending_left_out"] for one in groups} == {
        "Kazakhstan": {"money": 2},
        "Kyrgyzstan": {"trust": 2},
    }


def test_only_what_waits_is_listed_and_counted_where_that_is_asked_for(study: Study) -> None:
    follow(study, "split trust+ into hope, fear", "narrow money")
    assert {one.code for one in study.codings.list(Filters(pending=True))} == {"trust", "money"}
    document = study.cooccurrence(count="hits", pending=True).to_json()
    counts = {code: row[n] for n, (code, row) in enumerate(zip(document["codes"], document["matrix"], strict=True))}
    assert {code: n for code, n in counts.items() if n} == {"trust": 2, "money": 2}
    assert (document["pending_left_out"], document["filters"]) == ({}, {"pending": True})


@pytest.mark.parametrize("said", ["split trust into hope, fear", "heading trust"])
def test_what_waits_on_a_code_that_the_matrix_does_not_show_is_told_to_be_left_out(study: Study, said: str) -> None:
    follow(study, said, "narrow money")
    document = study.cooccurrence(count="hits", pending=True).to_json()
    assert document["pending_left_out"] == {"trust": 2}


def test_transcripts_that_came_later_are_not_counted(study: Study) -> None:
    follow(study, "widen wait")
    add_transcript(study, "P3")
    assert [study.cooccurrence(codebook=f"book@{n}").to_json()["transcripts"] for n in (1, 2)] == [2, 3]


def test_a_transcript_that_takes_the_place_of_a_removed_one_came_later_too(study: Study, tmp_path: Path) -> None:
    add_transcript(study, "P3")
    follow(study, "widen wait")
    study.transcripts.remove("P3")
    before = seen(study, "book@1")
    add_transcript(study, "P4")
    assert seen(study, "book@1") == before


def test_what_another_line_merged_and_the_joined_version_kept_stands_under_that_when_it_is_left(study: Study) -> None:
    follow(study, "clarify wait")
    file = study.path.with_name("team.yaml")
    theirs = next_version(study.codebooks.show("book@1").content, "merge wait into trust", number="1-team")
    file.write_text(codebook_yaml.write(theirs), encoding="utf-8")
    joined = study.codebooks.merge(file, settle={"*": "ours"}).version
    before = seen(study, f"book@{joined}")
    follow(study, "widen leave", number="9")
    assert seen(study, f"book@{joined}") == before
    assert ("wait", "ben", "settled") in on(study, HOURS, f"book@{joined}")
    assert ("wait", "ben", "settled") not in on(study, HOURS, "book@1-team")


def test_the_newest_version_by_its_number_is_as_without_one(study: Study) -> None:
    follow(study, *CHANGES)
    assert seen(study, "book@2") == seen(study, "book")
