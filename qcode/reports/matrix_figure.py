"""The heat map of a matrix: weights for its colours, labels, and in words what it shows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qcode.reports import words
from qcode.reports.report import Figure, printed

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

__all__ = ["figure", "hidden_places", "named", "no_pair", "weights"]

NAMED = 20
"""Up to so many codes the rows carry names beside the keys."""


def weights(matrix: Matrix) -> tuple[tuple[tuple[float | None, ...], ...], str, str, bool]:
    """Return each cell's weight in [-1, 1], and what its scale's ends stand for."""
    size = range(len(matrix.codes))
    signed, middle = words.scale(matrix.measure)
    raw = [[None if i == j else _strength(matrix.measure, matrix.matrix[i][j]) for j in size] for i in size]
    signed = signed or any(v < 0 for row in raw for v in row if v is not None)
    most = max((abs(v) for row in raw for v in row if v is not None), default=0.0) or 1.0
    values = tuple(tuple(None if v is None else v / most for v in row) for row in raw)
    if matrix.measure == "fisher":
        return values, "1", printed(float(10**-most)) if most < 3 else f"{10**-most:.0e}", False
    if matrix.measure == "lift":
        return values, f"1/{2**most:.3g}", f"{2**most:.3g}", True
    high = f"{most:,.0f}" if matrix.measure == "count" else f"{most:.3g}"
    return values, f"−{high}" if signed else f"{middle:.0f}", high, signed


def _strength(measure: str, value: float | None) -> float | None:
    if value is None:
        return None
    if measure == "fisher":
        return min(6.0, -math.log10(max(value, 1e-6)))
    if measure == "lift":
        return max(-6.0, math.log2(value)) if value > 0 else -6.0
    return float(value)


def figure(matrix: Matrix) -> Figure:
    """Return the heat map of `matrix`."""
    values, low, high, signed = weights(matrix)
    size = range(len(matrix.codes))
    few = len(matrix.codes) <= NAMED
    value = words.measured(matrix.unit, matrix.count, matrix.measure)
    return Figure(
        f"{value}: which codes occur together",
        _alt(matrix, value),
        tuple(_label(matrix, i) if few else matrix.codes[i] for i in size),
        values,
        tuple(tuple(_short(matrix.matrix[i][j]) for j in size) for i in size),
        heads=tuple(matrix.codes),
        names=tuple(named(matrix, i) for i in size),
        hidden=hidden_places(matrix),
        measure=f"{value}, {matrix.reading}" if matrix.reading else value,
        low=low,
        high=high,
        signed=signed,
    )


def _label(matrix: Matrix, i: int) -> str:
    name, code = matrix.names[i], matrix.codes[i]
    return code if name == code or not name else f"{code} · {name}"


def _short(value: float | None) -> str:
    """Return a cell as the heat map prints it: no zero, two decimals without the leading 0."""
    if not value:
        return ""
    if isinstance(value, int):
        return str(value)
    if abs(value) < 0.005:
        return "<.01" if value > 0 else ">−.01"
    shown = f"{value:.2f}".replace("0.", ".", 1) if abs(value) < 0.995 else f"{value:.3g}"
    return shown.replace("-", "−")


def _alt(matrix: Matrix, value: str) -> str:
    darker = "darker for smaller values" if matrix.measure == "fisher" else "darker for more"
    said = f"Heat map of {words.plural(len(matrix.codes), 'code')}, rows by columns, {darker}. {value}."
    if not (pairs := matrix.top_pairs(1)):
        return f"{said} {no_pair(matrix)}"
    place = {code: i for i, code in enumerate(matrix.codes)}
    code, other, most, _ = pairs[0]
    strongest = f"{named(matrix, place[code])} with {named(matrix, place[other])}"
    return f"{said} The strongest pair is {strongest}: {printed(most)}."


def no_pair(matrix: Matrix) -> str:
    """Return the sentence that stands where no pair can be listed."""
    if matrix.hidden:
        return "No pair of codes can be shown."
    return "The measure is undefined for all pairs." if matrix.meeting else "No two codes occur together."


def hidden_places(matrix: Matrix) -> frozenset[tuple[int, int]]:
    """Return the withheld cells as (row, column) places."""
    place = {code: i for i, code in enumerate(matrix.codes)}
    return frozenset((place[row], place[column]) for row, column in matrix.hidden)


def named(matrix: Matrix, i: int) -> str:
    """Return `Name (KEY)` of the code at place `i`, or the key alone where the name says no more."""
    name, code = matrix.names[i], matrix.codes[i]
    return code if name == code or not name else f"{name} ({code})"
