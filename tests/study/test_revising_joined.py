"""A transcript is corrected before or while two lines of a codebook are made and joined."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qcode.study.study import Study
from tests.study.correcting import P1, correct, placed
from tests.study.joined_lines import beside, matrices
from tests.study.next_version import follow, stands
from tests.study.test_joining_codings import join

NOBODY = "Nobody ever called me back"
WITHOUT = P1.replace(f"{NOBODY}, so ", "")
LONGER = P1.replace("two hours", "two long hours")


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []
    for label in ("book@1", "book@2", "book@team", "book"):
        hits = study.cooccurrence(codebook=label, count="hits", per_coder=True).to_json()
        counted = sum(row[n] for n, row in enumerate(hits["matrix"]))
        listed = [one for one in stands(study, label, withdrawn=False) if one[3] != "frozen"]
        assert counted + sum(hits["pending_left_out"].values()) == len(listed), label


def test_a_coding_that_was_lost_before_the_lines_parted_waits_under_both(study: Study) -> None:
    correct(study, WITHOUT)
    file = beside(study, "merge trust, wait into mood")
    follow(study, "rename leave to go")
    join(study, file)
    assert (NOBODY, "mood", "ana", "pending") in placed(study)
    for label in ("book@team", "book@2"):
        assert [one[3] for one in stands(study, label, withdrawn=False) if one[0] == NOBODY] == ["pending"]


def test_a_correction_between_leaves_the_line_beside_on_the_text_where_it_parted(study: Study) -> None:
    file = beside(study, "merge trust, wait into mood")
    follow(study, "rename leave to go")
    correct(study, LONGER)
    before = matrices(study, "1")
    join(study, file)
    assert matrices(study, "1") == before
    assert {one[0] for one in stands(study, "book@team", withdrawn=False) if one[1] == "mood"} == {"two hours", NOBODY}
    assert {one[0] for one in placed(study) if one[1] == "mood"} == {"two long hours", NOBODY}


def test_a_coding_that_was_lost_after_the_lines_parted_stands_under_the_one_beside(study: Study) -> None:
    file = beside(study, "merge trust, wait into mood")
    follow(study, "rename leave to go")
    correct(study, WITHOUT)
    join(study, file)
    assert (NOBODY, "mood", "ana", "pending") in placed(study)
    assert [one[3] for one in stands(study, "book@team", withdrawn=False) if one[0] == NOBODY] == ["settled"]
