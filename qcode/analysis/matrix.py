"""A co-occurrence matrix as a value: what was asked, what was found, and how it is written down."""

from __future__ import annotations

import importlib
import importlib.util
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.layout import WIDTH, clip, columns, grid, number
from qcode.analysis.rules import is_symmetric
from qcode.domain.codebook import CodebookVersion
from qcode.errors import MissingExtra

__all__ = ["Cell", "Codes", "Matrix", "MatrixByAttribute", "Row"]

Cell = int | float | None
Row = tuple[Cell, ...]

TOP_PRINTED = 15


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


@dataclass(frozen=True)
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
        pairs, cells = self._pairs_text(width, top), self._grid_text(width)
        notes = [line for note in self._notes() for line in textwrap.wrap(note, width)]
        return "\n".join([*self._head(width), "", *pairs, "", *cells, *notes])

    def __str__(self) -> str:
        return self.to_text()

    def _head(self, width: int) -> list[str]:
        what = self.count if self.measure == "count" else f"{self.measure} over {self.count}"
        where = f"{self.unit} {self.distance}" if self.distance else self.unit
        ways = [w for w, chosen in (("each coder by itself", self.per_coder), ("rolled up", self.rollup)) if chosen]
        of = f"{self.transcripts} transcript{'s' * (self.transcripts != 1)}"
        of += f", {self.units} unit{'s' * (self.units != 1)}" if self.units is not None else ""
        lines = [", ".join([f"{self.codebook} {self.version}: {what}, unit {where}", *ways, of])]
        lines += [f"coders: {', '.join(self.coders)}"] if self.coders else []
        lines += [f"only: {'; '.join(_filter(k, v) for k, v in self.filters.items())}"] if self.filters else []
        return [clip(line, width) for line in lines]

    def _pairs_text(self, width: int, top: int) -> list[str]:
        pairs = self.top_pairs()
        if not pairs:
            return ["No two codes meet." if not self.hidden else "No pair of codes can be shown."]
        name = dict(zip(self.codes, self.names, strict=True))
        each = max(8, (width - 20) // 2)
        rows = [["", "", self.measure if self.measure != "count" else self.count, "cases"]]
        rows += [
            [clip(_named(a, name[a]), each), clip(_named(b, name[b]), each), number(value), str(cases)]
            for a, b, value, cases in pairs[:top]
        ]
        more = [f"… and {len(pairs) - top} pairs more"] if len(pairs) > top else []
        return columns(rows, [False, False, True, True]) + more

    def _grid_text(self, width: int) -> list[str]:
        """Return the matrix; of too many codes those that meet others most."""
        order = list(range(len(self.codes)))
        hidden = set(self.hidden)
        cells = [
            [number(value, hidden=(key, other) in hidden) for other, value in zip(self.codes, row, strict=True)]
            for key, row in zip(self.codes, self.matrix, strict=True)
        ]
        lines, fitting = grid(self.codes, cells, width)
        if fitting == len(order):
            return lines
        weight = [sum(c or 0 for j, c in enumerate(row) if j != i) for i, row in enumerate(self.contributing_cases)]
        kept = sorted(sorted(order, key=lambda i: -weight[i])[:fitting])
        lines, shown = grid([self.codes[i] for i in kept], [[cells[i][j] for j in kept] for i in kept], width)
        rest = "those that meet others most; all with --format json, csv or -o FILE"
        return [*lines, *textwrap.wrap(f"{shown} of {len(order)} codes, {rest}", width)]

    def _notes(self) -> list[str]:
        notes = []
        if self.hidden:
            notes.append(f"* {len(self.hidden)} cells withheld: too few cases, or a total would give another one away")
        left_out = {code: n for code, n in self.pending_left_out.items() if n}
        if left_out:
            notes.append(f"left out as pending: {', '.join(f'{code} {n}' for code, n in left_out.items())}")
        if "seed" in self.extra:
            notes.append(f"permutation test: {self.extra['permutations']} permutations, seed {self.extra['seed']}")
        if self.extra.get("redundant"):
            notes.append(f"c leaves its range in {len(self.extra['redundant'])} cells; see redundant in --format json")
        return notes


def _filter(name: str, value: object) -> str:
    """Return a filter as a person would type it: `code STIG, COER`, `where role=client`."""
    if isinstance(value, Mapping):
        value = [f"{key}={one}" for key, one in value.items()]
    return f"{name} {', '.join(map(str, value))}" if isinstance(value, list | tuple) else name


def _named(key: str, name: str) -> str:
    return key if not name or name == key else f"{key} {name}"


@dataclass(frozen=True)
class MatrixByAttribute:
    """One matrix for each value of the attribute `by`; None stands for cases without it."""

    by: str
    groups: tuple[tuple[str | None, Matrix], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the contract's document with one group per value."""
        return {"by": self.by, "groups": [{"value": value, **one.to_json()} for value, one in self.groups]}

    def to_text(self, width: int = WIDTH, top: int = TOP_PRINTED) -> str:
        """Return all groups as plain text, one after the other."""
        return "\n\n".join(
            f"{self.by}: {value if value is not None else '(not known)'}\n{one.to_text(width, top)}"
            for value, one in self.groups
        )

    def __str__(self) -> str:
        return self.to_text()

    def __getitem__(self, value: str | None) -> Matrix:
        return dict(self.groups)[value]
