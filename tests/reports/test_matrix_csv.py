"""A matrix as CSV: the same bytes from every face, and nothing in it runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from qcode.reports.matrix_csv import matrix_csv
from tests.conftest import Run
from tests.notation import make_study
from tests.reports import report_samples as samples
from tests.web.visitor import Visitor


def test_the_cells_stand_under_their_codes_and_one_without_a_value_is_empty() -> None:
    one = samples.hiding(samples.matrix(3), (1, 2), undefined=((0, 2),))
    head, *rows = csv.reader(io.StringIO(matrix_csv(one).decode()))
    assert head == ["code", *one.codes]
    assert [row[0] for row in rows] == list(one.codes)
    assert (rows[1][3], rows[0][3], rows[0][1]) == ("", "", str(one.matrix[0][0]))


def test_a_code_that_looks_like_a_formula_runs_in_no_file_and_in_no_print(run: Run, tmp_path: Path) -> None:
    make_study(tmp_path, P1="ANA: I [waited|=1+1, +x] long.").close()
    study, file, report = tmp_path / "study.qcode", tmp_path / "x.csv", tmp_path / "r.csv"
    assert run("cooccurrence", "--study", study, "-o", file).exit == 0
    assert run("report", "matrix", "--study", study, "-o", report).exit == 0
    shown = Visitor(study).post("/api/matrix/export", {"kind": "csv"}).data
    printed = run("cooccurrence", "--study", study, "--format", "csv").out.encode()
    assert file.read_bytes() == shown == printed
    for written in (file, report):
        cells = [cell for row in csv.reader(io.StringIO(written.read_text("utf-8-sig"))) for cell in row]
        assert cells.count("'=1+1") == cells.count("'+x") == 2
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]


def test_a_value_of_an_attribute_that_looks_like_a_formula_does_not_run_either(run: Run, tmp_path: Path) -> None:
    with make_study(tmp_path, P1="ANA: I [waited|a, b] long.") as made:
        made.transcripts.set_attributes("P1", {"role": "=1+1"}, case="P1")
    study = tmp_path / "study.qcode"
    printed = run("cooccurrence", "--study", study, "--by", "role", "--format", "csv").out
    assert "'=1+1,a," in printed
