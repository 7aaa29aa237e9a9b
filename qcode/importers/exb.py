"""EXMARaLDA (.exb): the tiers of type t are talk, their events stand on one timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.markup import local, read_xml
from qcode.importers.said import Said, believed, draft_of
from qcode.importers.spoken import Piece, counted, distinct, in_order, name_of, one_line, seconds_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

NO_WORDS = ("ud-information", "ud-tier-information", "link")


@dataclass(frozen=True, slots=True)
class _Line:
    """The moments of a file in order, each with its seconds where it has any."""

    places: Mapping[str, int]
    seconds: Mapping[str, float | None]


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of an EXMARaLDA transcription. Raises Unreadable."""
    root = read_xml(data, name, options)
    if local(root) != "basic-transcription":
        raise Unreadable("the file is no transcription of EXMARaLDA", mend="save it in EXMARaLDA as .exb")
    line = _timeline(root)
    speakers = _speakers(root)
    tiers = list(root.iter("tier"))
    talk = _talk(tiers)
    pieces = [piece for n, tier in enumerate(talk) for piece in _pieces(tier, n, line, speakers)]
    if not pieces:
        raise Unreadable("the file holds no talk (no event with words in a tier of type t)")
    taken = set(talk)
    others = _events(tier for tier in tiers if tier not in taken)
    notices = counted("tiers that are no talk were left out, with events", others)
    if not any(seconds is not None for seconds in line.seconds.values()):
        notices.append(Notice("", "the timeline has no times"))
    notices += _strangers(talk, speakers)
    return draft_of(believed(in_order(pieces), options), "exb", options, notices=notices)


def _timeline(root: _Element) -> _Line:
    moments = [moment for moment in root.iter("tli") if moment.get("id")]
    return _Line(
        {moment.get("id", ""): n for n, moment in enumerate(moments)},
        {moment.get("id", ""): seconds_of(moment.get("time")) for moment in moments},
    )


def _speakers(root: _Element) -> dict[str, str]:
    names = {}
    for speaker in root.iter("speaker"):
        key = speaker.get("id") or ""
        named = name_of(speaker.findtext("abbreviation"), key)
        if named:
            names[key] = named
    return distinct(names)


def _talk(tiers: Sequence[_Element]) -> list[_Element]:
    """Return the tiers of talk: those of type t, or where none has words, those of the category of words."""
    by_type = [tier for tier in tiers if tier.get("type") == "t"]
    if any(_words(event) for tier in by_type for event in tier.iter("event")):
        return by_type
    return [tier for tier in tiers if tier.get("category") in ("v", "verbal", "trans") and tier.get("speaker")]


def _pieces(tier: _Element, number: int, line: _Line, speakers: Mapping[str, str]) -> Iterator[Piece]:
    key = tier.get("speaker")
    speaker = name_of(speakers.get(key), key) if key else None
    place, before, ended = -1.0, "", None
    for n, event in enumerate(tier.iter("event")):
        start, words = event.get("start") or "", _words(event)
        place = float(line.places.get(start, place))
        if one_line(words):
            said = Said(speaker, one_line(words), line.seconds.get(start), speaker is not None)
            # an event may end inside a word, where somebody else begins to speak
            inside = ended == start and before[-1:].isalpha() and words[:1].isalpha()
            yield Piece((place, number, n), replace(said, joint="") if inside else said)
        before, ended = words, event.get("end")


def _words(event: _Element) -> str:
    pieces = [event.text or ""]
    for child in event:
        pieces += ["" if local(child) in NO_WORDS else "".join(child.itertext()), child.tail or ""]
    return "".join(pieces)


def _title(tier: _Element) -> str:
    return name_of(tier.get("display-name"), tier.get("category"), tier.get("id")) or "?"


def _events(tiers: Iterable[_Element]) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for tier in tiers:
        numbers[_title(tier)] += sum(1 for _ in tier.iter("event"))
    return numbers


def _strangers(talk: Sequence[_Element], speakers: Mapping[str, str]) -> list[Notice]:
    nameless = _events(tier for tier in talk if not tier.get("speaker"))
    unknown = Counter(name_of(key) or "?" for t in talk if (key := t.get("speaker")) and key not in speakers)
    return [
        *counted("tiers without a speaker, kept as talk of nobody, with events", nameless),
        *counted("speakers who are not in the table of speakers, with tiers", unknown),
    ]
