"""What a reader of another tool's database gathers on its way: coders, memos, remarks and losses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from qcode.domain.coding import Coder
from qcode.domain.ledger import Loss, gathered
from qcode.domain.parcel import Parcel, ParcelMemo
from qcode.interchange.database_values import identity, line, moment, passage, plural, portions
from qcode.interchange.refi_colors import color_of
from qcode.interchange.sqlite_rows import Row

__all__ = ["Gathering"]

MENDED = "names had control characters or were too long and were mended"


class Gathering:
    """The coders, memos, remarks and losses of one project; `project` is what its identities are derived from."""

    def __init__(self, *project: object) -> None:
        self._project = project
        self._coders: dict[str, Coder] = {}
        self._counts: Counter[str] = Counter()
        self.memos: list[ParcelMemo] = []
        self.remarks: list[str] = []
        self.losses: list[Loss] = []

    @property
    def coders(self) -> tuple[Coder, ...]:
        """Return the coders that coded or wrote, in order of appearance."""
        return tuple(self._coders.values())

    @property
    def lost(self) -> tuple[Loss, ...]:
        """Return the losses, equal ones as one."""
        return gathered(self.losses)

    def identity(self, *parts: object) -> str:
        """Return the identity of a thing of this project."""
        return identity(*self._project, *parts)

    def lose(self, what: str, n: int, where: str = "", why: str = "") -> None:
        """Note a loss; none of 0."""
        self.losses.append(Loss(what, n, where, why))

    def coder(self, owner: str) -> str | None:
        """Return the id of the coder of this name, None for no name."""
        name = line(owner)
        if not name:
            return None
        id = self.identity("coder", name.casefold())
        return self._coders.setdefault(name.casefold(), Coder(id, name)).id

    def numbered(self, rows: Iterable[Row], column: str, what: str) -> dict[int, Row]:
        """Return the rows by their number in `column`; those without one, or with one that was met, are lost."""
        found: dict[int, Row] = {}
        for row in rows:
            number = row.whole(column)
            if number is None or number in found:
                self.lose(what, 1, why="they have no number of their own")
            else:
                found[number] = row
        return found

    def name(self, text: str, otherwise: str) -> str:
        """Return a name as it may be, or `otherwise` where nothing is left; counted if it had to be changed."""
        name = line(text)
        self._counts["names"] += name != " ".join(text.split())
        self._counts["nameless"] += not name
        return name or otherwise

    def moment(self, text: str) -> str | None:
        """Return a time; counted where it says no zone, or cannot be read."""
        time = moment(text)
        if time is not None:
            self._counts["times"] += 1
        elif text.strip():
            self._counts["dates"] += 1
        return time

    def color(self, written: str) -> str:
        """Return a colour as #rrggbb, "" for none; counted if it cannot be read."""
        color = color_of(written[:100])
        self.lose("colours", color is None, why="they are written in a way that could not be read")
        return color or ""

    def nuls(self, n: int) -> None:
        """Count NUL characters that were replaced in a text."""
        self._counts["nuls"] += n

    def pieces(self, text: str) -> list[str]:
        """Return the words of a memo in pieces that a study takes; none where nobody wrote any."""
        pieces = portions(passage(text))
        self._counts["long"] += len(pieces) > 1
        return pieces

    def memo(self, about: str, target: str, text: str, row: Row, *, owner: str = "owner", date: str = "date") -> None:
        """Take a memo that stands in `row`; its columns `owner` and `date` tell who wrote it when ("": none does)."""
        for piece in self.pieces(text):
            who = self.coder(row.text(owner)) if owner else None
            when = self.moment(row.text(date)) if date else None
            id = self.identity("memo", about, target, row.number, piece)
            self.memos.append(ParcelMemo(id, about, target, piece, who, when))

    def parcel(self, name: str, *, zone: str, **found: Any) -> Parcel:
        """Return the project as a parcel: what was `found`, by the fields of a parcel, and what was gathered.

        Its identities are derived, so they do not last; `zone` is as for `conclude`.
        """
        gathered_here: dict[str, Any] = {
            "coders": self.coders,
            "memos": tuple(self.memos),
            "remarks": self.conclude(zone=zone),
        }
        return Parcel(name, str(self._project[0]), stable=False, lost=self.lost, **gathered_here, **found)

    def conclude(self, *, zone: str) -> tuple[str, ...]:
        """Return the remarks; `zone` is the sentence for times that name no zone, or ""."""
        counts = self._counts
        if counts["dates"]:
            self.lose("dates", counts["dates"], why="they are written in a way that could not be read")
        said = {
            "names": ("name had control characters or was too long and was mended", MENDED),
            "nameless": ("thing had no name and got one", "things had no name and got one"),
            "nuls": (
                "NUL character was replaced by “\ufffd” in texts",
                "NUL characters were replaced by “\ufffd” in texts",
            ),
            "long": ("memo was too long for one and became several", "memos were too long for one and became several"),
        }
        told = [plural(counts[key], one, more) for key, (one, more) in said.items() if counts[key]]
        return (*self.remarks, *told, *((zone,) if zone and counts["times"] else ()))
