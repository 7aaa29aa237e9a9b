"""Tables for statistics programs in the browser: the bytes of the command line, one as a file or all in one."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from qcode.cli.export_tables import ENDINGS
from qcode.study.tidy import TABLES
from qcode.web.tables import KINDS, TABLE_WORDS, packed
from tests.conftest import Run
from tests.web.visitor import Visitor

FILTERS: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({}, ()),
    ({"coders": ["ana"], "where": ["role=client"]}, ("--coder", "ana", "--where", "role=client")),
    ({"codes": ["INFLUENCE"], "codebook": "book@1"}, ("--code", "INFLUENCE", "--codebook", "book@1")),
)


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLE_WORDS)
def test_a_table_has_the_bytes_that_the_command_line_writes(
    run: Run, visitor: Visitor, study_path: Path, tmp_path: Path, table: str, kind: str
) -> None:
    for n, (body, words) in enumerate(FILTERS):
        file = tmp_path / f"x{n}.{kind}"
        ran = run("export", file, "--table", table, "--study", study_path, "--format", "json", *words)
        told, wanted = json.loads(ran.out), {"table": table, "kind": kind, **body}
        answer = visitor.post("/api/tables", wanted)
        assert (answer.status_code, answer.data == file.read_bytes()) == (200, True)
        assert f"{table}.{kind}" in answer.headers["Content-Disposition"]
        ledger = visitor.post("/api/tables/ledger", wanted).json
        assert ledger == {"rows": told["rows"], "lost": told["lost"]}


def test_what_can_be_chosen_is_what_the_command_line_has() -> None:
    assert tuple(f".{kind}" for kind in KINDS) == ENDINGS
    assert list(TABLE_WORDS) == list(TABLES)


@pytest.mark.parametrize(("body", "words"), FILTERS)
def test_all_tables_are_the_folder_of_the_command_line_in_one_file(
    run: Run,
    visitor: Visitor,
    study_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    body: dict[str, Any],
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", "tables", "--study", study_path, *words).exit == 0
    answer = visitor.post("/api/tables/all", body)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {f"tables/{path.name}": path.read_bytes() for path in Path("tables").iterdir()}
    assert "tables/README.txt" in found
    assert visitor.post("/api/tables/all", body).data == answer.data


def test_a_packed_folder_has_no_time_and_no_order_of_its_own() -> None:
    files = {"b.csv": b"2", "a.csv": b"1"}
    content = packed(files)
    assert content == packed(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [(one.filename, one.date_time[0]) for one in archive.infolist()] == [
            ("tables/a.csv", 1980),
            ("tables/b.csv", 1980),
        ]


@pytest.mark.parametrize("path", ["/api/tables", "/api/tables/ledger"])
@pytest.mark.parametrize(
    "body",
    [
        {"table": "secrets", "kind": "csv"},
        {"table": "codings", "kind": "qdpx"},
        {"table": "codings", "kind": "../x"},
        {"table": 7, "kind": "csv"},
        {"kind": "csv", "coders": ["nobody"]},
        {"kind": "csv", "where": ["client"]},
        {"kind": "csv", "codebook": "none"},
        [],
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(visitor: Visitor, path: str, body: Any) -> None:
    answer = visitor.post(path, body)
    assert answer.status_code in (400, 404) and answer.json["error"]
