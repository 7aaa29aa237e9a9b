"""A co-occurrence matrix as a value: what was asked, what was found, and how it is written down."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.layout import WIDTH
from qcode.analysis.matrix_text import groups_text, matrix_text
from qcode.analysis.rules import is_symmetric
from qcode.domain.codebook import CodebookVersion
from qcode.errors import MissingExtra

__all__ = ["Cell", "Codes", "Matrix", "MatrixByAttribute", "Row"]

Cell = int | float | None
Row = tuple[Cell, ...]

TOP_PRINTED = 15

_RELATIONS = {"within": "row within column", "follows": "row, then column"}


@dataclass(frozen=True)
class Codes:
    """The codes of one codebook version, in its order: one entry each; `ancestors` are places, nearest first."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    codable: tuple[bool, ...]
    ancestors: tuple[tuple[int, ...], ...]
    codebook: str = ""
    version: str = ""

    @classmethod
    def of(cls, version: CodebookVersion) -> Codes:
        """Return the codes of `version`."""
        place = {code.key.casefold(): k for k, code in enumerate(version.codes)}
        above: list[tuple[int, ...]] = []
        parents = [place[c.parent.casefold()] if c.parent is not None else None for c in version.codes]
        for parent in parents:
            chain: list[int] = []
            while parent is not None:
                chain.append(parent)
                parent = parents[parent]
            above.append(tuple(chain))
        return cls(
            keys=tuple(c.key for c in version.codes),
            names=tuple(c.name for c in version.codes),
            codable=tuple(c.codable for c in version.codes),
            ancestors=tuple(above),
            codebook=version.codebook,
            version=version.version,
        )


@dataclass(frozen=True, repr=False)
class Matrix:
    """One answer to `qcode cooccurrence`; the fields are those of the contract's JSON, in its order.

    `codes` are keys and `names` the names beside them, in codebook order. In `matrix` and `contributing_cases` None
    is a hidden cell (`hidden` lists these as pairs of keys, row and column) or, in `matrix`, an undefined value.
    `units` is N of a containing unit, else None. `extra` holds what was asked for beyond: p-values, q-values, seed,
    the codings that make c leave its range. `exposed`: hidden cells that totals would give away; print none.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    unit: str
    count: str
    measure: str
    distance: str | None
    coders: tuple[str, ...]
    per_coder: bool
    rollup: bool
    codebook: str
    version: str
    filters: Mapping[str, object]
    transcripts: int
    units: int | None
    pending_left_out: Mapping[str, int]
    matrix: tuple[Row, ...]
    contributing_cases: tuple[tuple[int | None, ...], ...]
    hidden: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    exposed: tuple[tuple[str, str], ...] = ()
    made_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def values(self) -> NDArray[np.int64] | NDArray[np.float64]:
        """Return the cells as n x n numbers: whole where all are, else floats with NaN for hidden and undefined."""
        n = len(self.codes)
        whole = all(isinstance(cell, int) for row in self.matrix for cell in row)
        if whole:
            return np.array(self.matrix, dtype=np.int64).reshape(n, n)
        return np.array(self.matrix, dtype=np.float64).reshape(n, n)

    @property
    def symmetric(self) -> bool:
        """Tell whether cell (A, B) is always cell (B, A)."""
        return self.measure != "given" and is_symmetric(self.unit, self.count)

    @property
    def reading(self) -> str:
        """Return how a cell is read where (A, B) is not (B, A), like `row within column`; else nothing."""
        said = [_RELATIONS[self.unit]] if self.unit in _RELATIONS else []
        if self.measure == "given":
            said.append("given the row's code")
        elif self.count == "segments":
            said.append("counting codings of the row's code")
        return "; ".join(said)

    @property
    def counts_cases(self) -> bool:
        """Tell whether the cells are numbers of cases themselves."""
        return self.measure == "count" and (self.count == "cases" or self.unit == "case")

    @property
    def nothing(self) -> str:
        """Return the sentence that stands for the whole matrix where nothing was found to count; else nothing."""
        if not self.transcripts:
            return "No transcript fits these filters." if self.filters else "There are no transcripts."
        if self.hidden or any(cases for row in self.contributing_cases for cases in row):
            return ""
        if self.coders and self.units is not None:
            return f"No {self.unit} holds a coding."
        return "No coding fits these filters." if self.filters else "There are no codings."

    @property
    def empty(self) -> bool:
        """Tell whether every cell off the diagonal is zero or undefined, and none withheld."""
        return not self.hidden and not any(c for i, row in enumerate(self.matrix) for j, c in enumerate(row) if i != j)

    @property
    def meeting(self) -> bool:
        """Tell whether any two codes meet, withheld or not."""
        cases = enumerate(self.contributing_cases)
        return bool(self.hidden) or any(n for i, row in cases for j, n in enumerate(row) if i != j)

    @property
    def pairs_tested(self) -> int:
        """Return how many of the pairs that are not withheld were tested."""
        q = enumerate(self.extra.get("q_values", ()))
        return sum(value is not None for i, row in q for value in row[i + 1 :])

    @property
    def permutations_wanted(self) -> int | None:
        """Return how many permutations let a single pair have q below 0.05, None where there are as many.

        The smallest p is 1 / (permutations + 1); for a pair that alone has it, q is that times the pairs tested. So
        many do even if all withheld pairs were tested; the permutations are too few even if none was.
        """
        surely = 20 * self.pairs_tested
        withheld = sum(one != other for one, other in self.hidden)
        return surely + 10 * withheld if self.extra.get("permutations", surely) < surely else None

    def to_json(self) -> dict[str, Any]:
        """Return the contract's document, ready for json.dumps; extra keys stand at the end."""
        document: dict[str, Any] = {"codes": list(self.codes), "unit": self.unit, "count": self.count}
        document |= {"measure": self.measure, "distance": self.distance, "coders": list(self.coders)}
        document |= {"per_coder": self.per_coder, "rollup": self.rollup, "codebook": self.codebook}
        document |= {"version": self.version, "filters": dict(self.filters), "transcripts": self.transcripts}
        document |= {"units": self.units, "pending_left_out": dict(self.pending_left_out)}
        document |= {"matrix": [list(row) for row in self.matrix]}
        document |= {"contributing_cases": [list(row) for row in self.contributing_cases]}
        return document | {"hidden": [list(pair) for pair in self.hidden]} | dict(self.extra)

    def to_frame(self) -> Any:
        """Return the cells as a pandas table, codes on both sides; raises MissingExtra without pandas."""
        if importlib.util.find_spec("pandas") is None:
            raise MissingExtra("to_frame() needs pandas, which is not installed", "all")
        return importlib.import_module("pandas").DataFrame(
            self.values, index=list(self.codes), columns=list(self.codes)
        )

    def top_pairs(self, n: int | None = None) -> list[tuple[str, str, Cell, int | None]]:
        """Return (code, code, value, contributing cases), the strongest first: of p-values the smallest.

        Each pair once where the matrix is symmetric; pairs that never meet, hidden and undefined ones left out.
        """
        size, found = range(len(self.codes)), []
        for i in size:
            for j in size:
                value = self.matrix[i][j]
                if i == j or (self.symmetric and j < i) or value is None or not self.contributing_cases[i][j]:
                    continue
                found.append((value if self.measure == "fisher" else -value, i, j))
        found.sort()
        return [
            (self.codes[i], self.codes[j], self.matrix[i][j], self.contributing_cases[i][j]) for _, i, j in found[:n]
        ]

    def to_text(self, width: int = WIDTH, top: int = TOP_PRINTED) -> str:
        """Return the matrix as plain text at most `width` cells wide: what was counted, top pairs, matrix."""
        return matrix_text(self, width, top)

    def __repr__(self) -> str:
        return self.to_text()


@dataclass(frozen=True, repr=False)
class MatrixByAttribute:
    """One matrix for each value of the attribute `by`; None stands for cases without it."""

    by: str
    groups: tuple[tuple[str | None, Matrix], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the contract's document with one group per value."""
        return {"by": self.by, "groups": [{"value": value, **one.to_json()} for value, one in self.groups]}

    def to_text(self, width: int = WIDTH, top: int = TOP_PRINTED) -> str:
        """Return all groups as plain text, one after the other, with the same codes in the same order."""
        return groups_text(self.by, self.groups, width, top)

    def __repr__(self) -> str:
        return self.to_text()

    def __getitem__(self, value: str | None) -> Matrix:
        return dict(self.groups)[value]
