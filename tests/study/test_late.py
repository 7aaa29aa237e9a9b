"""Codings that come into a study late, made under versions that others have followed, are carried over as they come."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qcode.errors import BadCodings, Conflict
from qcode.study.study import Study
from tests.conftest import Dump
from tests.study.next_version import follow, stands

HEAD = "transcript,quote,code,coder,codebook,version\n"
NEW = "on the phone"
LATE = "codings made before book@{} were carried over: {}"


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


def arrive(study: Study, *rows: str) -> list[tuple[str, str, str]]:
    """Take rows such as "wait ana 1" (code, coder, version) on one segment; return what stands there now."""
    lines = (f"P1,{NEW},{code},{coder},book,{version}\n" for code, coder, version in map(str.split, rows))
    study.codings.import_csv((HEAD + "".join(lines)).encode(), "late.csv")
    return [(code, coder, status) for quote, code, coder, status in stands(study) if quote == NEW]


def test_a_coding_on_a_code_that_nothing_happened_to_stands(study: Study) -> None:
    follow(study, "clarify wait", "widen trust")
    assert arrive(study, "wait ana 1") == [("wait", "ana", "settled")]
    assert study.remarks == []


@pytest.mark.parametrize("said", ["split wait into now, later", "narrow wait", "heading wait"])
def test_a_coding_on_a_code_that_was_split_narrowed_or_made_a_heading_waits(study: Study, said: str) -> None:
    follow(study, said)
    assert arrive(study, "wait ana 1") == [("wait", "ana", "pending")]
    assert study.remarks == [LATE.format(2, "1 wait, 0 moved")]


def test_a_coding_on_a_code_that_was_merged_moves(study: Study) -> None:
    follow(study, "merge wait, leave into away")
    assert arrive(study, "wait ana 1") == [("away", "ana", "settled")]
    assert study.remarks == [LATE.format(2, "0 wait, 1 moved")]


def test_doubles_among_late_codings_become_one(study: Study) -> None:
    follow(study, "merge wait, leave into away")
    assert arrive(study, "wait ana 1", "leave ana 1", "away ana 2") == [("away", "ana", "settled")]


def test_a_late_double_of_a_coding_that_is_there_becomes_one_with_it(study: Study) -> None:
    follow(study, "merge wait, leave into away")
    (there,) = study.code("P1", quote=NEW, code="away", coder="ana")
    assert arrive(study, "wait ana 1") == [("away", "ana", "settled")]
    assert there.id in [one.id for one in study.codings.list()]


def test_a_coding_on_a_code_that_was_retired_is_frozen_and_comes_back_with_it(study: Study) -> None:
    follow(study, "retire wait")
    assert arrive(study, "wait ana 1") == [("wait", "ana", "frozen")]
    follow(study, "revive wait")
    assert [code for quote, code, _, status in stands(study) if (quote, status) == (NEW, "settled")] == ["wait"]


def test_a_coding_goes_through_all_the_versions_that_came_since(study: Study) -> None:
    follow(study, "merge wait, leave into away")
    follow(study, "rename away to gone")
    follow(study, "merge gone into trust")
    follow(study, "split trust into hope, fear")
    assert arrive(study, "wait ana 1") == [("trust", "ana", "pending")]
    assert study.remarks == [LATE.format(5, "1 wait, 1 moved")]


def test_a_coding_that_waited_on_its_way_and_was_merged_then_waits_no_more(study: Study) -> None:
    follow(study, "narrow wait")
    follow(study, "merge wait into trust")
    assert arrive(study, "wait ana 1") == [("trust", "ana", "settled")]
    assert study.remarks == [LATE.format(3, "0 wait, 1 moved")]


def test_a_coding_that_two_versions_let_wait_is_told_once(study: Study) -> None:
    follow(study, "narrow wait")
    follow(study, "split wait+ into now, later")
    assert arrive(study, "wait ana 1") == [("wait", "ana", "pending")]
    assert study.remarks == [LATE.format(3, "1 wait, 0 moved")]
    (item,) = (item for item in study.queue.list() if item.coding.quote == NEW)
    assert (item.change, item.candidates, item.kept) == ("split", ("now", "later"), True)


def test_only_what_came_after_the_version_of_a_coding_is_done_to_it(study: Study) -> None:
    follow(study, "narrow wait")
    follow(study, "clarify wait")
    assert arrive(study, "wait ana 1", "wait ben 2", "wait eva 3") == [
        ("wait", "ana", "pending"),
        ("wait", "ben", "settled"),
        ("wait", "eva", "settled"),
    ]


def test_the_same_change_again_in_a_later_version_is_done_too(study: Study) -> None:
    follow(study, "narrow wait")
    follow(study, "narrow wait")
    assert arrive(study, "wait ana 2") == [("wait", "ana", "pending")]


def test_a_row_without_version_names_a_code_of_the_newest_by_its_earlier_key(study: Study) -> None:
    follow(study, "rename wait to delay")
    study.codings.import_csv(f"transcript,quote,code,coder\nP1,{NEW},wait,ana\n".encode(), "late.csv")
    assert (NEW, "delay", "ana", "settled") in stands(study)


def test_a_late_coding_does_not_change_how_the_earlier_versions_were_left(study: Study) -> None:
    follow(study, "merge wait, leave into away")
    follow(study, "narrow away")
    before = [stands(study, f"book@{n}") for n in (1, 2)]
    assert arrive(study, "wait ana 1", "away ben 2") == [("away", "ana", "pending"), ("away", "ben", "pending")]
    assert [stands(study, f"book@{n}") for n in (1, 2)] == before


def test_the_same_table_again_brings_nothing_also_after_its_codings_moved(study: Study, dump: Dump) -> None:
    rows = (
        HEAD.replace("transcript", "id,transcript") + f"{'0' * 8}-0000-4000-8000-{'1' * 12},P1,{NEW},wait,ana,book,1\n"
    )
    follow(study, "merge wait into trust")
    assert study.codings.import_csv(rows.encode(), "late.csv").added == 1
    before = [line for line in dump(study.path) if '"history"' not in line]
    assert study.codings.import_csv(rows.encode(), "late.csv").known == 1
    assert [line for line in dump(study.path) if '"history"' not in line] == before


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("away,ana,book,1", "there is no code 'away' in book@1"),
        ("wait,ana,book,7", "the codebook book has no version 7; it has 1, 2"),
        ("wait,ana,book,2", "wait was merged into away in book@2; ask for away"),
        ("wait,ana,,", "wait was merged into away in book@2; ask for away"),
        ("trust,ana,book,2", "trust was split into hope and fear in book@2"),
        ("leave,ana,book,2", "leave was retired in book@2; ask for the codings as they were: --codebook book@1"),
        ("INFLUENCE,ana,book,1", "INFLUENCE is only a heading"),
        ("wait,ana,,1", "a version is given without its codebook"),
    ],
)
def test_a_late_row_that_does_not_fit_its_version_refuses_the_table(
    study: Study, dump: Dump, row: str, sentence: str
) -> None:
    follow(study, "merge wait into away", "split trust into hope, fear", "retire leave")
    before = dump(study.path)
    with pytest.raises(BadCodings) as refused:
        study.codings.import_csv((HEAD + f"P1,{NEW},help,ana,book,1\nP1,{NEW},{row}\n").encode(), "late.csv")
    assert f"late.csv, row 3: {sentence}" in refused.value.sentence
    assert dump(study.path) == before


def test_nothing_is_coded_by_hand_under_a_version_that_was_followed(study: Study, dump: Dump) -> None:
    follow(study, "clarify wait")
    before = dump(study.path)
    with pytest.raises(Conflict, match=r"book@1 has been followed by 2: nothing is coded under it any more"):
        study.codings.add("P1", "wait", quote=NEW, codebook="book@1")
    assert dump(study.path) == before


def test_what_waited_or_was_frozen_where_it_was_exported_is_so_again(study: Study) -> None:
    follow(study, "narrow wait", "retire leave")
    head = HEAD.replace("\n", ",status\n")
    rows = (f"P1,{NEW},wait,ana,book,1,pending\n", f"P1,{NEW},leave,ben,book,1,frozen\n")
    study.codings.import_csv((head + "".join(rows)).encode(), "late.csv")
    here = [(code, coder, status) for quote, code, coder, status in stands(study) if quote == NEW]
    assert here == [("leave", "ben", "frozen"), ("wait", "ana", "pending")]
