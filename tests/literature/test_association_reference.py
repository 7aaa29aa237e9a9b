"""Published and computed values of the coefficients over 2 x 2 tables, and of Benjamini and Hochberg's example."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qcode.analysis.cooccurrence import Counts
from qcode.analysis.fisher import two_sided
from qcode.analysis.measures import benjamini_hochberg, measure

FILE = Path(__file__).resolve().parents[3] / "shared" / "reference-values" / "association.json"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the shared reference values are not beside this checkout")


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


def counts_of(table: dict[str, Any]) -> Counts:
    a, b = table["both"] + table["first_only"], table["both"] + table["second_only"]
    values = np.array([[a, table["both"]], [table["both"], b]])
    total = sum(table[k] for k in ("both", "first_only", "second_only", "neither"))
    return Counts("turn", "units", values, np.ones((2, 2), dtype=np.int64), total)


@pytest.mark.parametrize("name", ["jaccard", "dice", "lift", "npmi", "phi", "fisher"])
def test_measures_of_two_by_two_tables(reference: dict[str, Any], name: str) -> None:
    for table in reference["tables"]:
        expected = table["fisher_two_sided" if name == "fisher" else name]
        assert measure(counts_of(table), name)[0, 1] == pytest.approx(expected, abs=1e-6), table


def test_the_lady_tasting_tea(reference: dict[str, Any]) -> None:
    """Fisher prints 17/70 one-sided; the table is symmetric, so the two-sided value is twice that: 34/70."""
    one_sided = reference["published"]["fisher_tea"]["one_sided"]
    found = two_sided(np.array([3]), np.array([4]), np.array([4]), 8)
    assert found[0] == pytest.approx(2 * one_sided, abs=2e-6)


def test_benjamini_and_hochberg_reject_four(reference: dict[str, Any]) -> None:
    given = reference["multiple_testing"]
    q = benjamini_hochberg(np.array(given["p"]))
    assert q == pytest.approx(given["bh_adjusted"], abs=1e-6)
    assert int((q <= given["q"]).sum()) == given["bh_rejected"]
