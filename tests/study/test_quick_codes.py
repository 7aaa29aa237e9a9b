"""The codes under 1 to 9 while somebody works."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.domain.codebook import Code
from qcode.study.sitting import Sitting
from qcode.study.study import Study
from tests.notation import make_study

KEYS = [f"k{n}" for n in range(12)]


@pytest.fixture
def wide(tmp_path: Path) -> Study:
    return make_study(
        tmp_path, codes=KEYS, P1="ANA: One two three four five six seven eight nine ten eleven [twelve|k0]."
    )


def keys(sitting: Sitting, study: Study) -> list[str]:
    return [code.key for code in sitting.quick(codes(study))]


def codes(study: Study) -> list[Code]:
    return list(study.codebooks.show().content.codes)


def test_a_code_keeps_its_number_and_a_new_one_takes_that_of_the_one_used_longest_ago(wide: Study) -> None:
    sitting = Sitting(wide, coder="ana")
    before = keys(sitting, wide)
    for n, key in enumerate(reversed(before)):
        sitting.code("P1", 5 + n, 7 + n, [key])
        assert keys(sitting, wide) == before
    sitting.code("P1", 5, 10, ["k11"])
    assert keys(sitting, wide) == [*before[:-1], "k11"]


def test_undo_and_redo_move_no_number(wide: Study) -> None:
    sitting = Sitting(wide, coder="ana")
    keys(sitting, wide)
    for n in range(9, 12):
        sitting.code("P1", 5 + n, 7 + n, [f"k{n}"])
    after = keys(sitting, wide)
    for _ in range(3):
        sitting.undo()
        assert keys(sitting, wide) == after
    for _ in range(3):
        sitting.redo()
        assert keys(sitting, wide) == after


def test_what_another_sitting_of_the_same_coder_does_moves_no_number(wide: Study) -> None:
    sitting = Sitting(wide, coder="ana")
    before = keys(sitting, wide)
    Sitting(wide, coder="ana").code("P1", 5, 10, ["k11"])
    assert keys(sitting, wide) == before
