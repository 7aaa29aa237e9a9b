"""Three studies become one: in whatever order, things that were given one name have the same names in the end."""

from __future__ import annotations

import shutil
import sqlite3
from itertools import permutations
from pathlib import Path

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.study.merging_acts import ticking

PEOPLE = ("ана", "бен", "ümit")


def names(path: Path, table: str) -> dict[str, str]:
    connection = sqlite3.connect(path)
    try:
        return dict(connection.execute(f'SELECT uuid, name FROM "{table}"'))
    finally:
        connection.close()


def in_every_order(copies: list[Path], table: str) -> list[dict[str, str]]:
    """Return the names that a table has after the copies became one, in each of twelve orders."""
    found = []
    for order in permutations(copies):
        for route in (((0, 1), (0, 2)), ((1, 2), (0, 1))):
            taken = [Path(shutil.copy(one, one.with_name(f"{n}.qcode"))) for n, one in enumerate(order)]
            for into, other in route:
                with open_study(taken[into]) as study:
                    study.merge(taken[other])
            found.append(names(taken[0], table))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_coders_who_took_one_name_in_three_copies_are_told_apart_alike_in_every_order(
    study: Study, tmp_path: Path, seed: int
) -> None:
    with ticking(seed):
        for name in PEOPLE:
            study.coders.add(name)
        copies = [tmp_path / f"copy{n}.qcode" for n in range(3)]
        for copy, name in zip(copies, PEOPLE, strict=True):
            study.back_up(copy)
            with open_study(copy) as theirs:
                theirs.coders.rename(name, "Айгуль")
        every = in_every_order(copies, "coder")
    assert sorted(every[0].values())[-3:] == ["Айгуль", "Айгуль (2)", "Айгуль (3)"]
    assert [one for one in every if one != every[0]] == []


@pytest.mark.parametrize("seed", range(2))
def test_interviews_with_one_name_in_three_studies_are_told_apart_alike_in_every_order(
    study: Study, tmp_path: Path, seed: int
) -> None:
    with ticking(seed):
        copies = [tmp_path / f"copy{n}.qcode" for n in range(3)]
        for n, copy in enumerate(copies):
            study.back_up(copy)
            (tmp_path / "Бишкек.txt").write_text(f"INT: Кто вы?\nМАРТА: Меня зовут {n}.\n", encoding="utf-8")
            with open_study(copy) as theirs:
                theirs.transcripts.add(tmp_path / "Бишкек.txt")
        every = in_every_order(copies, "transcript")
    assert sorted(every[0].values()) == ["P1", "P2", "Бишкек", "Бишкек (2)", "Бишкек (3)"]
    assert [one for one in every if one != every[0]] == []


def test_a_number_that_is_a_part_of_a_name_stays(study: Study, tmp_path: Path) -> None:
    copy = tmp_path / "copy.qcode"
    study.back_up(copy)
    for path, word in ((study.path, "да"), (copy, "нет")):
        (tmp_path / "Ош (2024).txt").write_text(f"INT: Вы там были?\nМАРТА: Скорее {word}.\n", encoding="utf-8")
        with open_study(path) as one:
            one.transcripts.add(tmp_path / "Ош (2024).txt")
    study.merge(copy)
    assert set(names(study.path, "transcript").values()) == {"P1", "P2", "Ош (2024)", "Ош (2024) (2)"}
