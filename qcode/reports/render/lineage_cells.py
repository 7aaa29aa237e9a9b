"""What stands at each crossing of a row and a column in the drawing of codes through versions."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcode.reports.render.lineage_looks import LOOKS
from qcode.reports.render.lineage_rows import Path, Rows
from qcode.reports.report import Lineage, LineageLink

__all__ = ["Cell", "Trace", "cells", "traces"]


@dataclass(slots=True)
class Cell:
    """A code in a column: what happened to it there, in words and kinds; `gone` where it is no more.

    `named` asks for its key beside it, in the columns between the first and the last. Cells of one row with the same
    `state` do not differ.
    """

    key: str
    name: str
    kinds: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    named: bool = False
    gone: bool = False
    codable: bool = True
    color: str = ""
    codings: int | None = None
    state: int = 0

    def title(self, version: str) -> str:
        """Return what a pointer shows."""
        name = self.key if self.name in ("", self.key) else f"{self.key} {self.name}"
        counted = "" if self.codings is None else f"; {self.codings:,} coding{'' if self.codings == 1 else 's'}"
        return f"{version}: {name}{''.join(f'; {words}' for words in self.said)}{counted}"


@dataclass(frozen=True, slots=True)
class Trace:
    """A line from a cell to another; `kinds` of change, `aside` where it passes other cells beside them."""

    start: tuple[int, Path]
    stop: tuple[int, Path]
    kinds: tuple[str, ...] = ()
    aside: bool = False


def cells(lineage: Lineage, rows: Rows) -> dict[tuple[int, Path], Cell]:
    """Return the cells by column and path."""
    found = {
        (n, path): Cell(one.key, one.name, codable=one.codable, color=one.color, codings=one.codings)
        for n, codes in enumerate(rows.code)
        for path, one in codes.items()
    }
    for number, cell in enumerate(found.values()):
        cell.state = number
    arrived = set[tuple[int, Path]]()
    for link in lineage.links:
        start, stop = _ends(link, rows)
        if stop not in arrived and start[1] == stop[1] and not link.kinds:
            found[stop].state = found[start].state
        arrived.add(stop)
        _mark(found[start], found[stop], link, lineage.versions)
    for place, cell in found.items():
        if place not in arrived and _follows(lineage, place[0]):
            cell.kinds, cell.said, cell.named = ["add"], ["new"], True
    for end in lineage.ends:
        path = rows.path[end.column][end.code]
        cell = found[(end.column, path)]
        found[(end.to_column, path)] = Cell(cell.key, cell.name, ["retire"], ["retired"], named=True, gone=True)
    return found


def _follows(lineage: Lineage, column: int) -> bool:
    return column < len(lineage.follows) and bool(lineage.follows[column])


def _ends(link: LineageLink, rows: Rows) -> tuple[tuple[int, Path], tuple[int, Path]]:
    start = link.column, rows.path[link.column][link.code]
    return start, (link.to_column, rows.path[link.to_column][link.to_code])


def _mark(start: Cell, stop: Cell, link: LineageLink, versions: tuple[str, ...]) -> None:
    for kind in link.kinds:
        if kind not in stop.kinds:
            stop.kinds.append(kind)
        origin = {"split": "split off", "merge": "merged from", "rename": "was", "revive": "revived from"}.get(kind)
        what = f"{versions[link.column]}" if kind == "revive" else start.key
        if kind == "rename" and start.key == stop.key:
            what = start.name
        stop.said.append(f"{origin} {what}" if origin else LOOKS[kind].word)
    stop.kinds.sort(key=list(LOOKS).index)
    stop.named = stop.named or bool(link.kinds)
    start.named = start.named or bool({"split", "merge"} & set(link.kinds))


def traces(lineage: Lineage, rows: Rows, found: dict[tuple[int, Path], Cell]) -> list[Trace]:
    """Return the lines between cells, the quiet ones first; those inside a folded row are left out."""
    drawn = []
    for link in lineage.links:
        start, stop = _ends(link, rows)
        if not rows.folded(start[1]):
            drawn.append(Trace(start, stop, link.kinds, _aside(start, stop, found, bool(link.kinds))))
    crossed = set[tuple[int, Path]]()
    for end in lineage.ends:
        path = rows.path[end.column][end.code]
        start, stop = (end.column, path), (end.to_column, path)
        kinds = () if stop in crossed else ("retire",)
        drawn.append(Trace(start, stop, kinds, _aside(start, stop, found, bool(kinds))))
        crossed.add(stop)
    return sorted(drawn, key=lambda one: bool(one.kinds))


def _aside(start: tuple[int, Path], stop: tuple[int, Path], found: dict[tuple[int, Path], Cell], changed: bool) -> bool:
    """Tell whether a line would run through cells between that are not what it starts from, or do not change as it."""
    between = (found.get((n, start[1])) for n in range(start[0] + 1, stop[0]))
    return any(cell is not None and (changed or cell.state != found[start].state) for cell in between)
