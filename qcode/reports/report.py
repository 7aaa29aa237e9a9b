"""A report as a value: a title and blocks, which every renderer turns into bytes."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "HOW_MADE",
    "UNDEFINED",
    "Block",
    "Cell",
    "CodedTurn",
    "Facts",
    "Figure",
    "Heading",
    "Lineage",
    "LineageCode",
    "LineageEnd",
    "LineageLink",
    "Network",
    "NetworkCode",
    "NetworkTie",
    "Picture",
    "Quote",
    "Quotes",
    "Report",
    "Table",
    "Text",
    "Wording",
    "printed",
]

HOW_MADE = "How this was made"
"""The heading of every report's last page."""

HIDDEN, UNDEFINED = "*", "–"
"""What stands in a cell that is withheld, and in one that has no value."""

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1, `color` (`#rrggbb`) draws a mark of that colour beside it."""

    text: str
    level: int = 1
    color: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `style` is `body`, `note` (small print) or `mono` (a command line, a hash)."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Facts:
    """Short names with their texts, under each other: the parts of a code, the numbers of a study."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a field `before` and `after`, in pieces: (words, whether they differ)."""

    name: str
    before: tuple[tuple[str, bool], ...]
    after: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table; `rows` are as long as `columns`, None is a cell without a value.

    `shades` gives each cell after the row header a weight in [-1, 1] for its background, None for
    none: as many rows as `rows`, each one shorter if there are `row_headers`.
    `hidden` lists the (row, column) of the cells that are withheld; other None cells are undefined.
    `square`: the columns after the row header stand for the same things as the rows; the diagonal
    is drawn apart. `wide` asks for a landscape page. `data` marks the table that `.csv` writes.
    `sheet` is a short name.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shades: tuple[tuple[float | None, ...], ...] | None = None
    row_headers: bool = True
    wide: bool = False
    note: str = ""
    hidden: frozenset[tuple[int, int]] = frozenset()
    square: bool = False
    data: bool = False
    sheet: str = ""

    def printed(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        return HIDDEN if (row, column) in self.hidden else printed(self.rows[row][column])


@dataclass(frozen=True, slots=True)
class Quote:
    """A segment's words as printed, with the line that leads back to it.

    `fields` says the same as `source` in (name, value) pairs: the columns of a table of quotes.
    """

    text: str
    source: str
    codes: tuple[str, ...] = ()
    memo: str = ""
    language: str | None = None
    fields: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes under each other."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class CodedTurn:
    """What one speaker says, in pieces, with what is noted beside it.

    `head` says who and when. A piece is (words, kind): `coded` words, a `mark` that stands where a passage begins or
    ends, or plain words (""). `notes` are (number of a passage, what is coded there).
    """

    head: str
    pieces: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A captioned heat map of `values` in [-1, 1] (None: no value) with printed cells.

    `alt` says in words what it shows. `labels` name the rows, `heads` the columns (empty: as the
    rows), `names` what a label stands for. `hidden` lists the cells withheld. `measure`, `low` and
    `high` stand beside the scale; `signed` says that it runs from -1. The diagonal of a square
    one is drawn apart, so that how often a code occurs does not drown what it occurs with.
    """

    caption: str
    alt: str
    labels: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    printed: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hidden: frozenset[tuple[int, int]] = frozenset()
    measure: str = ""
    low: str = ""
    high: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class LineageCode:
    """A code in one version of a codebook; `id` is the same in all, `parent` that of the code above, if any."""

    id: str
    key: str
    name: str
    parent: str = ""
    codable: bool = True
    color: str = ""
    codings: int | None = None


@dataclass(frozen=True, slots=True)
class LineageLink:
    """A code of one column and what it is in a later one, by their ids.

    `kinds` are rename, redefine, move, split, merge or revive; none where nothing changed, or where it changed in
    another version that the later column follows too.
    """

    column: int
    code: str
    to_column: int
    to_code: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineageEnd:
    """A code of one column that a later column which follows it has no more."""

    column: int
    code: str
    to_column: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """A captioned drawing of the codes through the versions of a codebook: a column each, oldest first.

    `alt` says in words what changed. `columns` hold the codes in reading order, `follows` the columns that each
    follows, `dates` what stands under its number. A code that is linked to no earlier column is new there.
    `fold` draws runs of unchanged codes as one line where there are many.
    """

    caption: str
    alt: str
    versions: tuple[str, ...]
    columns: tuple[tuple[LineageCode, ...], ...]
    links: tuple[LineageLink, ...] = ()
    ends: tuple[LineageEnd, ...] = ()
    follows: tuple[tuple[int, ...], ...] = ()
    dates: tuple[str, ...] = ()
    fold: bool = True


@dataclass(frozen=True, slots=True)
class NetworkCode:
    """A code in a network; `family` names what it stands under, `size` in [0, 1] is how big its dot is.

    `says` is what its dot stands for in words.
    """

    key: str
    name: str
    family: str = ""
    color: str = ""
    size: float = 0.0
    says: str = ""


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """A line between two codes, by their places; `weight` in [-1, 1] is how strong, `printed` its value."""

    first: int
    second: int
    weight: float
    printed: str


@dataclass(frozen=True, slots=True)
class Network:
    """A captioned drawing of `codes` in a circle, in this order, with lines between those that occur together.

    `alt` says in words what it shows. `directed`: a line leads from the first code to the second. `measure`, `low` and
    `high` stand beside the scale of the lines, `least` beside that of the negative ones; `sized` says what the size of
    a dot means.
    """

    caption: str
    alt: str
    codes: tuple[NetworkCode, ...]
    ties: tuple[NetworkTie, ...]
    directed: bool = False
    measure: str = ""
    low: str = ""
    high: str = ""
    least: str = ""
    sized: str = ""


Picture = Figure | Lineage | Network

Block = Heading | Text | Facts | Wording | Table | Quotes | CodedTurn | Picture


@dataclass(frozen=True, slots=True)
class Report:
    """A title, what stands under it, and its blocks; `language` is that of the words around the data.

    `made_by` says how it was made, as (what, value) pairs: the last page.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    language: str = "en"
    made_by: tuple[tuple[str, str], ...] = ()


def printed(cell: Cell) -> str:
    """Return a cell as people read it: whole numbers as they are, others with three decimals."""
    if cell is None:
        return UNDEFINED
    if isinstance(cell, float):
        if 0 < abs(cell) < 0.001:
            return "<0.001" if cell > 0 else ">−0.001"
        return (f"{cell:.3f}" if abs(cell) < 1e6 else f"{cell:.3g}").replace("-", "−")
    return str(cell)
