"""Tables that people make elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qcode.errors import Unreadable
from qcode.study.folders import find_files
from qcode.study.tables import read_source, table_lines


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "table.csv")
    with pytest.raises(Unreadable, match="is not an ordinary file"):
        read_source(tmp_path / "table.csv")


def test_an_empty_path_names_no_folder() -> None:
    (found,) = find_files([""])
    assert found.why == "the path is empty; name a file or a folder"


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_the_sign_between_cells_is_found(between: str) -> None:
    head, rows = table_lines(between.join("ab").encode() + b"\n" + between.join("12").encode(), "t.csv")
    assert (head, rows) == (["a", "b"], [(2, ["1", "2"])])


def test_a_study_beside_the_interviews_is_none_of_them(tmp_path: Path) -> None:
    for name in ("a.txt", "study.qcode", "study.qcode-wal", "study.before-upgrade-from-0001.qcode.bak"):
        (tmp_path / name).write_text("INT: a\n", encoding="utf-8")
    assert [found.path.name for found in find_files([tmp_path])] == ["a.txt"]
