"""What all readers of a REFI-QDA project share: the file, the identities given so far, what is to be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from qcode.domain.ledger import Loss, gathered
from qcode.domain.parcel import ParcelMemo
from qcode.interchange.refi_archive import Archive
from qcode.interchange.refi_guids import Identities, utc
from qcode.interchange.refi_texts import Text
from qcode.interchange.refi_values import RawProject, RawUser

__all__ = ["Desk", "Held", "Namer", "Place"]

MOST_PLACES = 200
"""One GUID stands for at most so many things; memory is bounded with it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a memo can be about; `mark` stands in front of its words."""

    about: str
    target: str
    mark: str = ""


@dataclass(slots=True)
class Held:
    """A transcript that came in: its identity, its name and its text."""

    id: str
    name: str
    text: Text


@dataclass
class Desk:
    """`places` are what each GUID stands for in the parcel, `named` who is named as having coded or written;
    `references` are the notes that something points at, with what points at them."""

    raw: RawProject
    archive: Archive
    ids: Identities
    remarks: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[Place]] = field(default_factory=dict)
    references: list[tuple[str, tuple[Place, ...]]] = field(default_factory=list)
    memos: list[ParcelMemo] = field(default_factory=list)
    sources: dict[str, list[Held]] = field(default_factory=dict)
    files: dict[str, Held] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    @property
    def own(self) -> bool:
        """Tell whether we wrote the file."""
        return self.raw.origin.casefold().startswith("qcode")

    def lose(self, what: str, n: int, where: str = "", why: str = "") -> None:
        """Enter things that do not come in."""
        self.losses.append(Loss(what, n, where, why))

    def lost(self) -> tuple[Loss, ...]:
        """Return what did not come in."""
        return gathered(self.losses)

    def coder(self, *guids: str) -> str | None:
        """Return the identity of the first user that is named; one who is not listed is a coder all the same."""
        first = next(filter(None, guids), None)
        if first is None:
            return None
        if first not in self.users:
            self.counts["users who are named and not listed"] += 1
            self.users[first] = self.ids.of("coder", first)
            self.raw.users.append(RawUser(first, f"user {first[:8]}", ""))
        self.named.add(self.users[first])
        return self.users[first]

    def moment(self, *dates: str) -> str | None:
        """Return the first of these dates that is one."""
        for written in dates:
            if written and (found := utc(written)):
                return found
            self.counts["dates that could not be read"] += bool(written.strip())
        return None

    def stands(self, guid: str, place: Place) -> None:
        """Enter what a GUID stands for."""
        if guid and len(self.places.setdefault(guid, [])) < MOST_PLACES:
            self.places[guid].append(place)

    def refer(self, notes: Iterable[str], *places: Place) -> None:
        """Enter that these notes are about these places; about none where the thing did not come in."""
        self.references += [(note, places[:MOST_PLACES]) for note in notes]

    def remember(
        self, place: Place, words: str, *, id: str = "", coder: str | None = None, at: str | None = None
    ) -> None:
        """Enter a memo, if it has words."""
        if words.strip():
            self.memos.append(ParcelMemo(id, place.about, place.target, place.mark + words, coder, at))


class Namer:
    """Gives each thing a name of its own, ignoring case: the second of a name is `NAME (2)`."""

    def __init__(self) -> None:
        self._taken = set[str]()
        self._counts = Counter[str]()

    def name(self, wanted: str) -> str:
        """Return the name, with a number if it is taken."""
        shown, folded = wanted, wanted.casefold()
        while shown.casefold() in self._taken:
            self._counts[folded] += 1
            shown = f"{wanted} ({self._counts[folded] + 1})"
        self._taken.add(shown.casefold())
        return shown
