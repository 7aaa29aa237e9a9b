"""The rows of a drawing of codes through versions: one tree of all columns, with runs of unchanged codes folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qcode.reports.report import Lineage, LineageCode

__all__ = ["MANY", "Path", "Row", "Rows"]

MANY = 28
"""From so many rows on, runs of unchanged codes are drawn as one."""

Path = tuple[str, ...]
"""A code with the codes above it, by their ids: where a code has moved, it has another path."""


@dataclass(slots=True)
class Row:
    """What stands on one height: a code in one place of the tree, or several unchanged ones (`folded` says which)."""

    depth: int
    paths: list[Path] = field(default_factory=list)
    folded: str = ""


class Rows:
    """All codes of `lineage` in one order: that of the newest version, older codes beside their old neighbours.

    `path` and `code` are by column; `place` is the number of the row that a path stands on.
    """

    def __init__(self, lineage: Lineage) -> None:
        self.path = tuple(_paths(column) for column in lineage.columns)
        self.code = tuple(
            {paths[one.id]: one for one in column} for paths, column in zip(self.path, lineage.columns, strict=True)
        )
        self.below = self._merged()
        self.order = list(self._walk())
        self.touched = self._touched(lineage)
        self.rows = [Row(len(path) - 1, [path]) for path in self.order]
        if lineage.fold and len(self.rows) > MANY:
            self.rows = list(self._folded())
        self.place = {path: n for n, row in enumerate(self.rows) for path in row.paths}
        self._hidden = {path for row in self.rows if row.folded for path in row.paths}

    def folded(self, path: Path) -> bool:
        """Tell whether a path is drawn together with others."""
        return path in self._hidden

    def last(self, path: Path) -> LineageCode:
        """Return a code as it stands in the newest column that has it in this place."""
        return next(codes[path] for codes in reversed(self.code) if path in codes)

    def _merged(self) -> dict[Path, list[Path]]:
        below: dict[Path, list[Path]] = {}
        seen: set[Path] = set()
        for codes in reversed(self.code):
            neighbour: dict[Path, Path] = {}
            for path in codes:
                siblings = below.setdefault(path[:-1], [])
                if path not in seen:
                    before = neighbour.get(path[:-1])
                    siblings.insert(siblings.index(before) + 1 if before is not None else 0, path)
                    seen.add(path)
                neighbour[path[:-1]] = path
        return below

    def _walk(self) -> Iterator[Path]:
        waiting = list(reversed(self.below.get((), [])))
        while waiting:
            path = waiting.pop()
            yield path
            waiting += reversed(self.below.get(path, []))

    def _touched(self, lineage: Lineage) -> set[Path]:
        """Return the paths that something happened to, and all that stand above such."""
        found = {path for path in self.order if any(path not in codes for codes in self.code)}
        for link in lineage.links:
            ends = (self.path[link.column][link.code], self.path[link.to_column][link.to_code])
            if link.kinds or ends[0] != ends[1]:
                found.update(ends)
        return {path[:length] for path in found for length in range(1, len(path) + 1)}

    def _folded(self) -> Iterator[Row]:
        run: list[Path] = []
        inside: Path | None = None
        for path in self.order:
            if inside is not None and path[: len(inside)] == inside:
                continue
            inside, leaf = None, path not in self.below
            quiet = path not in self.touched
            if run and not (quiet and leaf and path[:-1] == run[0][:-1]):
                yield self._run(run)
                run = []
            if quiet and leaf:
                run.append(path)
            elif quiet:
                inside = path
                yield self._family(path)
            else:
                yield Row(len(path) - 1, [path])
        if run:
            yield self._run(run)

    def _run(self, run: list[Path]) -> Row:
        folded = f"… {len(run)} codes unchanged" if len(run) > 1 else ""
        return Row(len(run[0]) - 1, list(run), folded)

    def _family(self, head: Path) -> Row:
        paths = [path for path in self.order if path[: len(head)] == head]
        below = [self.last(path) for path in paths[1:]]
        count = sum(code.codable for code in below) or len(below)
        said = f"… {count} {'code' if count == 1 else 'codes'} under {self.last(head).key} unchanged"
        return Row(len(head) - 1, paths, said)


def _paths(column: tuple[LineageCode, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for code in column:
        found[code.id] = (*found.get(code.parent, ()), code.id)
    return found
