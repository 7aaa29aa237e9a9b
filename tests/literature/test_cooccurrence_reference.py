"""The worked project of the shared reference values, with the differences that the contract names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qcode.analysis.codings import Codings, Spans
from qcode.analysis.cooccurrence import Counts, count
from qcode.analysis.measures import measure

FILE = Path(__file__).resolve().parents[3] / "shared" / "reference-values" / "cooccurrence.json"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the shared reference values are not beside this checkout")

CODES = "ABCDE"
ABOVE = [[], [], [], [2], []]


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


def codings(reference: dict[str, Any], *, coder: str | None = None, document: str | None = None) -> Codings:
    """Return the project's codings, or those of one coder or one document."""
    documents = [d["id"] for d in reference["project"]["documents"]]
    kept = [c for c in reference["project"]["codings"] if coder in (None, c["coder"])]
    kept = [c for c in kept if document in (None, c["document"])]
    rows = [(documents.index(c["document"]), c["start"], c["end"], CODES.index(c["code"]), c["coder"]) for c in kept]
    t, s, e, c, k = zip(*rows, strict=True)
    return Codings(t, s, e, c, ["xy".index(x) for x in k], [0, 1, 2])


def paragraphs(reference: dict[str, Any]) -> Spans:
    rows = [(k, s, e) for k, d in enumerate(reference["project"]["documents"]) for s, e in d["paragraphs"]]
    return Spans(*zip(*rows, strict=True))


def expected(reference: dict[str, Any], part: str, key: str) -> np.ndarray:
    """Return the n x n table of `key`, its diagonal -1 where ours differs."""
    table = np.zeros((5, 5), dtype=np.int64)
    for pair, values in reference[part].items():
        i, j = (CODES.index(c) for c in pair.split())
        table[i, j] = values[key]
        table[j, i] = values["second_with_first" if key == "first_with_second" else key]
    return table


def agree(found: Counts, table: np.ndarray, *, diagonal: bool = False) -> None:
    off = np.ones((5, 5), dtype=bool) if diagonal else ~np.eye(5, dtype=bool)
    assert (found.values[off] == table[off]).all(), f"{found.unit} {found.count}\n{found.values}\n{table}"


KINDS = [
    ("overlap", "hits", "hits"),
    ("exact", "hits", "hits_exact"),
    ("overlap", "segments", "first_with_second"),
    ("overlap", "characters", "characters"),
    ("overlap", "stretches", "stretches"),
    ("near", "hits", "near_pairs"),
]
UNITS = [("paragraph", "units", "paragraphs"), ("transcript", "units", "documents")]


@pytest.mark.parametrize(("unit", "what", "key"), KINDS + UNITS)
@pytest.mark.parametrize("part", ["pooled_distinct", "coder_x", "only_d3"])
def test_pooled_counts(reference: dict[str, Any], part: str, unit: str, what: str, key: str) -> None:
    chosen = codings(reference, **{"coder_x": {"coder": "x"}, "only_d3": {"document": "d3"}}.get(part, {}))
    spans = paragraphs(reference)
    found = count(chosen, 5, unit=unit, count=what, units=spans, turns=spans, distance="1t" if unit == "near" else None)
    agree(found, expected(reference, part, key), diagonal=what == "units")


@pytest.mark.parametrize(("unit", "what", "key"), KINDS)
def test_pairs_of_the_same_coder(reference: dict[str, Any], unit: str, what: str, key: str) -> None:
    """same_coder_only does not restrict paragraphs and documents; ours does, so only the pair counts agree."""
    spans = paragraphs(reference)
    distance = "1t" if unit == "near" else None
    found = count(codings(reference), 5, unit=unit, count=what, turns=spans, distance=distance, per_coder=True)
    agree(found, expected(reference, "same_coder_only", key))


def test_a_unit_counts_for_one_coder_who_has_both(reference: dict[str, Any]) -> None:
    spans = paragraphs(reference)
    each = [count(codings(reference, coder=c), 5, unit="transcript").values for c in "xy"]
    found = count(codings(reference), 5, unit="transcript", per_coder=True).values
    assert found[0].tolist() == [3, 3, 2, 1, 0]  # x has A and C in d1 and d2, y in d1: still two
    assert (found >= np.maximum(*each)).all() and (found <= each[0] + each[1]).all()
    paragraph = count(codings(reference), 5, unit="paragraph", units=spans, per_coder=True).values
    assert paragraph[2, 3] == 0  # C is y's, D is x's, in the one paragraph that holds both


@pytest.mark.parametrize(("unit", "what", "key"), KINDS + UNITS)
def test_rolled_up_counts(reference: dict[str, Any], unit: str, what: str, key: str) -> None:
    """The reference does not pool here: A at 0-20 of d1 is there twice, by x and by y.

    Ours pools equal facts, so hits and segments of A are compared with what the reference has less that double.
    """
    spans = paragraphs(reference)
    distance = "1t" if unit == "near" else None
    found = count(
        codings(reference), 5, unit=unit, count=what, units=spans, turns=spans, distance=distance, ancestors=ABOVE
    )
    table = expected(reference, "rolled_up", key)
    if what in ("hits", "segments"):
        table[0] -= expected(reference, "all_coders", key)[0] - expected(reference, "pooled_distinct", key)[0]
        table[:, 0] -= expected(reference, "all_coders", key)[:, 0] - expected(reference, "pooled_distinct", key)[:, 0]
    if key == "near_pairs":  # the double of A also met D's copy under C once
        table[0, 2] -= 1
        table[2, 0] -= 1
    agree(found, table, diagonal=what == "units")


@pytest.mark.parametrize("part", ["pooled_distinct", "coder_x", "only_d3"])
def test_coefficients(reference: dict[str, Any], part: str) -> None:
    chosen = codings(reference, **{"coder_x": {"coder": "x"}, "only_d3": {"document": "d3"}}.get(part, {}))
    c = measure(count(chosen, 5, count="hits"), "c")
    jaccard = measure(count(chosen, 5, unit="transcript"), "jaccard")
    for pair, values in reference[part].items():
        i, j = (CODES.index(k) for k in pair.split())
        if i != j and "c_coefficient" in values:
            assert c[i, j] == pytest.approx(values["c_coefficient"], abs=1e-6)
            assert jaccard[i, j] == pytest.approx(values["jaccard_documents"], abs=1e-6)


def test_coefficients_with_roll_up_and_per_coder(reference: dict[str, Any]) -> None:
    c = measure(count(codings(reference), 5, count="hits", ancestors=ABOVE), "c")
    assert c[2, 3] == pytest.approx(reference["rolled_up"]["C D"]["c_coefficient"])
    jaccard = measure(count(codings(reference), 5, unit="transcript", ancestors=ABOVE), "jaccard")
    assert jaccard[2, 3] == pytest.approx(reference["rolled_up"]["C D"]["jaccard_documents"])
    c = measure(count(codings(reference), 5, count="hits", per_coder=True), "c")
    for pair in ("A B", "B C", "B D"):
        i, j = (CODES.index(k) for k in pair.split())
        assert c[i, j] == pytest.approx(reference["same_coder_only"][pair]["c_coefficient"], abs=1e-6)


def test_the_manual_of_atlasti_prints_0_048(reference: dict[str, Any]) -> None:
    given = reference["atlasti_manual"]
    values = np.array([[given["n1"], given["n12"]], [given["n12"], given["n2"]]])
    c = measure(Counts("overlap", "hits", values, np.ones((2, 2), dtype=np.int64)), "c")
    assert c[0, 1] == pytest.approx(given["c_coefficient"], abs=1e-6)


def test_three_and_three_spans_on_one_place_give_minus_three(reference: dict[str, Any]) -> None:
    """The notes' example: 9 hits of 3 and 3 codings; spans differ by one position, so that nothing is pooled."""
    chosen = Codings([0] * 6, [0, 1, 2] * 2, [9] * 6, [0] * 3 + [1] * 3, [0] * 6, [0])
    assert measure(count(chosen, 2, count="hits"), "c")[0, 1] == pytest.approx(-3)
