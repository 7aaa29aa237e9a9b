"""A matrix as CSV for programs: its cells and nothing else, one row a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qcode.reports.render.csv import render_rows

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix, MatrixByAttribute
    from qcode.reports.report import Cell

__all__ = ["matrix_csv"]


def matrix_csv(found: Matrix | MatrixByAttribute) -> bytes:
    """Return the cells of a matrix, or of one for each value of an attribute; a cell without a value is empty."""
    groups: Sequence[tuple[str | None, Any]] | None = getattr(found, "groups", None)
    by = [found.by] if groups is not None else []  # type: ignore[union-attr]
    groups = groups if groups is not None else [(None, found)]
    codes = list(dict.fromkeys(code for _, one in groups for code in one.codes))
    rows: list[list[Cell]] = []
    for value, one in groups:
        for code, values in zip(one.codes, one.matrix, strict=True):
            cells = dict(zip(one.codes, values, strict=True))
            rows.append([*([value] if by else []), code, *(cells.get(other) for other in codes)])
    return render_rows([*by, "code", *codes], rows)
