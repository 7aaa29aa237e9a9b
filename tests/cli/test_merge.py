"""`qcode merge`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS, Run
from tests.study.next_version import follow


@pytest.fixture
def paths(study: Study, tmp_path: Path) -> tuple[str, str]:
    """Give two copies of the tiny study; in the second somebody worked on."""
    study.back_up(tmp_path / "other.qcode")
    study.close()
    with open_study(tmp_path / "other.qcode") as other:
        other.code("P2", code="help", quote="The doctor was kind", coder="Дина")
    return str(study.path), str(tmp_path / "other.qcode")


def test_merge_tells_what_came(run: Run, paths: tuple[str, str]) -> None:
    ran = run("merge", paths[1], "--study", paths[0])
    assert ran.exit == 0
    assert "took in other.qcode" in ran.out
    assert "new codings: 1 (1 by Дина)" in ran.out
    assert f"known: {CODINGS} codings" in ran.out


def test_a_second_merge_tells_that_nothing_is_new(run: Run, paths: tuple[str, str]) -> None:
    run("merge", paths[1], "--study", paths[0])
    ran = run("merge", paths[1], "--study", paths[0])
    assert (ran.exit, "nothing new in other.qcode" in ran.out) == (0, True)


def test_a_dry_run_prints_the_same_numbers_as_json(run: Run, paths: tuple[str, str]) -> None:
    told = json.loads(run("merge", paths[1], "--study", paths[0], "--dry-run", "--format", "json").out)
    done = json.loads(run("merge", paths[1], "--study", paths[0], "--format", "json").out)
    assert told | {"dry_run": False} == done
    assert (done["codings"], done["known"], done["counts"]) == ({"Дина": 1}, CODINGS, {"coders": 1})


def test_a_merge_that_is_refused_says_what_to_type(run: Run, paths: tuple[str, str]) -> None:
    for path, code in zip(paths, ("hope", "fear"), strict=True):
        with open_study(path) as study:
            follow(study, f"add {code}")
    ran = run("merge", paths[1], "--study", paths[0])
    assert (ran.exit, ran.out) == (2, "")
    assert "qcode codebook export book -o theirs.yaml --study other.qcode" in ran.err


def test_the_history_lists_the_acts_of_the_other_on_request(run: Run, paths: tuple[str, str]) -> None:
    run("merge", paths[1], "--study", paths[0])
    acts = json.loads(run("history", "--merged", "--format", "json", "--study", paths[0]).out)
    assert [one["act"] for one in acts] == ["coder.add", "coding.add"]
    own = json.loads(run("history", "--last", "1", "--format", "json", "--study", paths[0]).out)
    assert (own[0]["act"], own[0]["details"]["codings"]) == ("study.merge", 1)
