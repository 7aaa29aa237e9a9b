"""ELAN (.eaf): the tiers that depend on no other are talk, merged by the time at which each piece begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.markup import local, read_xml
from qcode.importers.said import Said, believed, draft_of
from qcode.importers.spoken import Piece, counted, in_order, listed, name_of, one_line, shared_time

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

SECONDS_A_UNIT = {"milliseconds": 0.001, "PAL-frames": 1 / 25, "NTSC-frames": 1001 / 30000}
MOST_OF_IT = 0.5
MOST_COMPARED = 60
_number = re.compile(r"[\w.:#/@-]{0,60}\d\w?")


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time slot: its place in the file's order of time, its seconds if it has any, and the last that were known."""

    place: int
    seconds: float | None
    at_least: float


@dataclass(frozen=True, slots=True)
class _Note:
    """One piece of a tier, with its slots, or the piece of another tier that it depends on."""

    words: str
    start: str | None
    end: str | None
    on: str | None


@dataclass(frozen=True, slots=True)
class _Tier:
    """A tier as the file has it."""

    id: str
    participant: str | None
    parent: str | None
    notes: Mapping[str, _Note]

    @property
    def words(self) -> list[str]:
        return [note.words for note in self.notes.values() if note.words]


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of an ELAN file. Raises Unreadable."""
    root = read_xml(data, name, options)
    if local(root) != "ANNOTATION_DOCUMENT":
        raise Unreadable("the file is no transcript of ELAN", mend="save it in ELAN as .eaf")
    moments = _moments(root)
    tiers = [_tier(element) for element in root.iter("TIER")]
    talk = _talk(tiers)
    if not talk:
        raise Unreadable("the file holds no words")
    notes = {key: note for tier in tiers for key, note in tier.notes.items()}
    names, notices = _named(talk, notes, moments)
    said = in_order(
        piece
        for number, (tier, speaker) in enumerate(zip(talk, names, strict=True))
        for piece in _pieces(tier, number, speaker, notes, moments)
    )
    timeless = sum(one.seconds is None for one in said)
    if timeless:
        notices.append(Notice("", f"pieces without a time of their own, kept in the order of their tier: {timeless}"))
    taken = {tier.id for tier in talk}
    others = Counter({tier.id: len(tier.words) for tier in tiers if tier.id not in taken})
    left = counted("tiers that depend on others (translations, glosses, numbers) were left out, with pieces", others)
    return draft_of(believed(said, options), "eaf", options, notices=(*left, *notices))


def _moments(root: _Element) -> dict[str, _Moment]:
    header = root.find("HEADER")
    unit = SECONDS_A_UNIT.get("" if header is None else header.get("TIME_UNITS") or "", 0.001)
    found: dict[str, _Moment] = {}
    known = 0.0
    for place, slot in enumerate(root.iter("TIME_SLOT")):
        value = (slot.get("TIME_VALUE") or "").strip()
        seconds = int(value) * unit if re.fullmatch("[0-9]{1,12}", value) else None
        known = known if seconds is None else seconds
        found[slot.get("TIME_SLOT_ID") or ""] = _Moment(place, seconds, known)
    return found


def _tier(element: _Element) -> _Tier:
    notes: dict[str, _Note] = {}
    for one in element.iter("ALIGNABLE_ANNOTATION", "REF_ANNOTATION"):
        value = one.find("ANNOTATION_VALUE")
        words = "" if value is None else one_line("".join(value.itertext()))
        key = one.get("ANNOTATION_ID") or ""
        key = key if key and key not in notes else f"{element.get('TIER_ID')} {len(notes)}"
        notes[key] = _Note(words, one.get("TIME_SLOT_REF1"), one.get("TIME_SLOT_REF2"), one.get("ANNOTATION_REF"))
    parent = element.get("PARENT_REF") or None
    return _Tier(element.get("TIER_ID") or "", name_of(element.get("PARTICIPANT")), parent, notes)


def _talk(tiers: Sequence[_Tier]) -> list[_Tier]:
    """Return the tiers of talk: each that depends on none, or the first below it where it has no words."""
    below: dict[str, list[_Tier]] = {}
    for tier in tiers:
        below.setdefault(tier.parent or "", []).append(tier)
    ids = {tier.id for tier in tiers}
    tops = [tier for tier in tiers if tier.parent is None or tier.parent not in ids]
    chosen = [found for top in tops if (found := _speech(top, below)) is not None]
    if not chosen:  # every tier with words hangs on one that hangs on it
        chosen = [tier for tier in tiers if tier.words][:1]
    return chosen


def _speech(top: _Tier, below: Mapping[str, Sequence[_Tier]]) -> _Tier | None:
    level, seen = [top], {top.id}
    while level:
        spoken = next((tier for tier in level if tier.words and not _numbers(tier)), None)
        if spoken is not None:
            return spoken
        level = [tier for above in level for tier in below.get(above.id, ()) if tier.id not in seen]
        seen.update(tier.id for tier in level)
    return top if top.words else None


def _numbers(tier: _Tier) -> bool:
    """Tell whether a tier only numbers its pieces, as `Tale.001`, `Tale.002`."""
    words = tier.words
    return len(words) > 1 and len(set(words)) == len(words) and all(_number.fullmatch(one) for one in words)


def _named(
    talk: Sequence[_Tier], notes: Mapping[str, _Note], moments: Mapping[str, _Moment]
) -> tuple[list[str | None], list[Notice]]:
    """Return who speaks in each tier: its participant, else its name; a second tier beside the first keeps its own."""
    names: list[str | None] = []
    spans: dict[str, list[tuple[float, float]]] = {}
    beside: list[str] = []
    for tier in talk:
        name = tier.participant or (None if len(talk) == 1 and tier.id == "default" else _from_id(tier.id))
        own = [span for note in tier.notes.values() if note.words and (span := _span(note, notes, moments))]
        few = len(talk) <= MOST_COMPARED
        if few and name is not None and name in spans and shared_time(spans[name], own) > MOST_OF_IT:
            name = name_of(f"{name} ({tier.id})") or name
            beside.append(name)
        if name is not None:
            spans.setdefault(name, []).extend(own)
        names.append(name)
    notices = []
    if beside:
        what = "tiers that run beside another tier of the same participant are speakers of their own"
        notices.append(Notice("", f"{what}: {listed(beside)}"))
    nameless = [tier for tier in talk if not tier.participant]
    if nameless and len(nameless) < len(talk):
        what = "tiers that name no participant were taken for speakers"
        notices.append(Notice("", f"{what}: {listed(name_of(tier.id) or '?' for tier in nameless)}"))
    return names, notices


def _from_id(id: str) -> str | None:
    """Return who speaks after a tier's name alone: `Ana`, and `Ana` in `tx@Ana`, as ELAN's own exports write it."""
    return name_of(id.rpartition("@")[2], id)


def _pieces(
    tier: _Tier,
    number: int,
    speaker: str | None,
    notes: Mapping[str, _Note],
    moments: Mapping[str, _Moment],
) -> Iterator[Piece]:
    order, at = (0.0, -1.0), None
    for n, note in enumerate(tier.notes.values()):
        moment = moments.get(_anchored(note, notes).start or "")
        if moment is not None:
            order = (moment.at_least, -1.0 if moment.seconds is not None else float(moment.place))
        seconds = None if moment is None or moment.place == at else moment.seconds
        if note.words:
            yield Piece((*order, float(number), float(n)), Said(speaker, note.words, seconds, speaker is not None))
            at = None if moment is None else moment.place


def _anchored(note: _Note, notes: Mapping[str, _Note]) -> _Note:
    """Return the piece with time slots on which a piece depends, itself where it has them."""
    seen = 0
    while note.on is not None and note.on in notes and seen < 100:
        note, seen = notes[note.on], seen + 1
    return note


def _span(note: _Note, notes: Mapping[str, _Note], moments: Mapping[str, _Moment]) -> tuple[float, float] | None:
    anchored = _anchored(note, notes)
    start, end = moments.get(anchored.start or ""), moments.get(anchored.end or "")
    if start is None or end is None or start.seconds is None or end.seconds is None:
        return None
    return start.seconds, end.seconds
