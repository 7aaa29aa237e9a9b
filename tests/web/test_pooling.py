"""Coders that are counted together: how many pairs no coder alone brings together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qcode.web import pooling
from tests.notation import make_study
from tests.web.visitor import Visitor

TEXT = "ANA: I [waited|reg] [two hours|help, wait] there."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a study where ana and ben gave the same words different codes, and ana two codes to others."""
    with make_study(tmp_path, codes=("coer",), P1=TEXT) as made:
        made.codings.add("P1", ["coer"], quote="waited", coder="ben")
    return made.path


def pooled(path: Path, **body: Any) -> list[Any]:
    return [one["pooled"] for one in Visitor(path).post("/api/matrix", body).json["groups"]]


def test_a_pair_that_two_coders_disagree_on_is_counted(path: Path) -> None:
    assert pooled(path) == [{"coders": 2, "pairs": 1}]


@pytest.mark.parametrize("more", [{"per_coder": True}, {"coders": ["ana"]}])
def test_nothing_is_told_where_nothing_is_pooled(path: Path, more: dict[str, Any]) -> None:
    assert pooled(path, **more) == [None]


def test_in_both_halves_of_a_matrix_that_is_not_symmetric_it_is_counted_twice(path: Path) -> None:
    assert pooled(path, count="segments") == [{"coders": 2, "pairs": 2}]


def test_a_measure_and_a_test_change_nothing(path: Path) -> None:
    assert pooled(path, unit="turn", measure="jaccard", test="permutation", permutations=20)[0]["pairs"] == 3


def test_of_withheld_cells_nothing_is_told(path: Path) -> None:
    assert pooled(path, min_cases=2) == [{"coders": 2, "pairs": 0}]


def test_each_group_has_its_own_number(study_path: Path) -> None:
    told = pooled(study_path, by="country", unit="turn")
    assert len(told) == 2 and all(one["coders"] == 2 for one in told)


def test_in_a_large_study_it_is_not_asked_twice(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "MOST_CODINGS", 3)
    assert pooled(path) == [{"coders": 2, "pairs": None}]
