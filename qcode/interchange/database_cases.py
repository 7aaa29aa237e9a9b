"""The cases of another tool's database: which transcripts they have and what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from qcode.domain.parcel import ParcelCase
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.database_values import plural

__all__ = ["CaseBook"]


@dataclass(slots=True)
class _Case:
    id: str
    name: str
    facts: dict[str, tuple[str, str]] = field(default_factory=dict)
    transcripts: dict[str, None] = field(default_factory=dict)


class CaseBook:
    """The cases by the tool's own keys; `transcripts` are the names of the transcripts by their ids."""

    def __init__(self, transcripts: Mapping[str, str], gathering: Gathering) -> None:
        self._transcripts = transcripts
        self._gathering = gathering
        self._cases: dict[Hashable, _Case] = {}
        self._of: dict[str, list[_Case]] = {}
        self._names: Counter[str] = Counter()
        self._made = 0

    def add(self, key: Hashable, id: str, name: str) -> None:
        """Take a case; a name that is taken gets a number."""
        wanted = name
        while self._names[name.casefold()]:
            self._names[wanted.casefold()] += 1
            name = f"{wanted} ({self._names[wanted.casefold()]})"
        self._names[name.casefold()] = 1
        self._cases[key] = _Case(id, name)

    def id_of(self, key: Hashable) -> str | None:
        """Return the id of a case, None where there is none of that key."""
        return self._cases[key].id if key in self._cases else None

    def link(self, key: Hashable, transcript: str) -> None:
        """Put a transcript under a case that is there."""
        case = self._cases[key]
        if transcript not in case.transcripts:
            case.transcripts[transcript] = None
            self._of.setdefault(transcript, []).append(case)

    def fact(self, key: Hashable, attribute: str, value: str) -> None:
        """Take an attribute of a case that is there; of two values the first stays."""
        self._fact(self._cases[key], attribute, value)

    def fact_of(self, transcript: str, attribute: str, value: str) -> None:
        """Take an attribute of a transcript: its cases get it, or a case that is made after it. Links come before."""
        if not value.strip():
            return
        if transcript not in self._of:
            key = ("transcript", transcript)
            self.add(key, self._gathering.identity("case", transcript), self._transcripts[transcript])
            self.link(key, transcript)
            self._made += 1
        for case in self._of[transcript]:
            self._fact(case, attribute, value)

    def _fact(self, case: _Case, attribute: str, value: str) -> None:
        key, said = self._gathering.name(attribute, "attribute"), " ".join(value.split())
        if said and case.facts.setdefault(key.casefold(), (key, said))[1] != said:
            self._gathering.lose("attributes", 1, why="the same attribute of the same case has another value already")

    def cases(self) -> tuple[ParcelCase, ...]:
        """Return the cases in order, and remark on those that were made."""
        if self._made:
            what = plural(self._made, "case was made after a transcript", "cases were made after transcripts")
            self._gathering.remarks.append(f"{what} without one, to hold their attributes")
        return tuple(
            ParcelCase(case.id, case.name, tuple(case.facts.values()), tuple(case.transcripts))
            for case in self._cases.values()
        )
