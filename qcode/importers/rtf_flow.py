"""The flow of an RTF text: runs become paragraphs, cells, rows, and text boxes that follow their paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcode.importers.blocks import Block, table_row

__all__ = ["Flow", "Look"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a group says of the words in it: their font, boldness, style, and where they belong.

    `skip` names why words are left out, empty where they are kept; `depth` is how many tables they stand in.
    """

    skip: str = ""
    font: int | None = None
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    depth: int = 0
    heading: bool = False
    fallback: int = 1
    starred: bool = False
    pair: bool = False
    box: bool = False


@dataclass(slots=True)
class Flow:
    """The blocks of one text, with the paragraph and the rows that are not ended yet."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    row: list[list[Block]] = field(default_factory=list)
    inner_cell: list[Block] = field(default_factory=list)
    inner_row: list[list[Block]] = field(default_factory=list)
    joined_cells: list[bool] = field(default_factory=list)
    joins: bool = False

    def paragraph(self, look: Look) -> None:
        """End the paragraph."""
        if look.depth == 0:
            self.end_row()
        sink = self.blocks if look.depth == 0 else self.cell if look.depth == 1 else self.inner_cell
        sink += [Block(self.runs, look.heading), *self.boxes]
        self.runs, self.boxes = [], []

    def end_cell(self, *, inner: bool) -> None:
        """End a cell; its last paragraph has no other end."""
        if inner:
            self.inner_row.append([*self.inner_cell, *self._rest()])
            self.inner_cell = []
        else:
            self.row.append([*self.cell, *self._rest()])
            self.cell = []

    def end_row(self, *, inner: bool = False) -> None:
        """End a row; cells that are joined to the one before them and empty are none."""
        if inner and self.inner_row:
            self.cell.append(table_row(self.inner_row))
            self.inner_row = []
        elif not inner and (self.row or self.cell):
            cells = [*self.row, self.cell] if self.cell else self.row
            joined = [*self.joined_cells, *([False] * len(cells))]
            self.blocks.append(table_row(c for c, j in zip(cells, joined, strict=False) if not j or _words(c)))
            self.row, self.cell = [], []

    def begin_row(self) -> None:
        """Forget how the cells of the row before were joined."""
        self.joined_cells, self.joins = [], False

    def cell_width(self) -> None:
        """Note one cell of the row that is described."""
        self.joined_cells.append(self.joins)
        self.joins = False

    def finish(self) -> list[Block]:
        """Return all blocks, the last one also where nothing ends it."""
        self.cell += self.inner_cell
        self.end_row(inner=True)
        rest = self._rest() if self.runs or self.boxes else []
        self.end_row()
        return [*self.blocks, *rest]

    def _rest(self) -> list[Block]:
        rest = [Block(self.runs), *self.boxes]
        self.runs, self.boxes = [], []
        return rest


def _words(cell: list[Block]) -> bool:
    return any(block.text.strip() for block in cell)
