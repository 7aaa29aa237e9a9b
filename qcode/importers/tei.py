"""TEI (.xml, .tei): spoken texts (`u`) and plays (`sp`) are talk; a text without either comes in by paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.markup import XML_ID, local, read_xml
from qcode.importers.said import Said, believed, draft_of
from qcode.importers.spoken import counted, distinct, name_of, seconds_of
from qcode.importers.tei_words import NO_WORDS, NOISES, UNCOUNTED, stretches, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_talk", "read"]

ROOTS = ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2")
PROSE = frozenset(
    {"p", "head", "ab", "l", "stage", "note", "item", "castItem", "titlePart", "byline", "dateline", "trailer"}
    | {"opener", "closer", "salute", "signed", "cell", "seg", "s", "quote", "epigraph", "docDate", "docAuthor"}
    | NOISES
)
MOST_TEXTS = 2_000
MOST_PARTS = 200
UNITS = {"ms": 0.001, "s": 1.0, "sec": 1.0, "min": 60.0, "h": 3600.0}
_clock = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:\.\d{1,9})?)")
_talks = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:u|sp)[\s>/]")


@dataclass(frozen=True, slots=True)
class _Book:
    """What a text refers to: its people and its times, by their ids; `around` holds the elements around talk."""

    people: Mapping[str, str]
    times: Mapping[str, float]
    around: frozenset[_Element]
    left_out: Counter[str] = field(default_factory=Counter)


def is_talk(data: bytes, name: str) -> bool:
    """Tell whether a file is TEI in which somebody speaks; another .xml may be anything."""
    plain = data.replace(b"\0", b"")
    return any(b"<" + word in plain[:4096] for word in (b"TEI", b"teiCorpus", b"tei:TEI")) and bool(
        _talks.search(plain)
    )


def read(data: bytes, name: str, options: Options) -> Draft | list[Draft]:
    """Return the draft of a TEI text, or those of a corpus of them. Raises Unreadable."""
    root = read_xml(data, name, options)
    if local(root) not in ROOTS:
        raise Unreadable("the file is XML of a kind that qcode does not read", mend="save the talk as .docx or .txt")
    texts = [one for one in root.iter() if local(one) in ROOTS[:2]]
    texts = [one for one in texts if not any(local(above) in ROOTS[:2] for above in one.iterancestors())]
    if len(texts) > MOST_TEXTS:
        raise Unreadable(f"the file holds {len(texts):,} texts; at most {MOST_TEXTS:,}", mend="split it")
    if len(texts) == 1:
        return _draft(texts[0], root, options)
    if not texts:
        raise Unreadable("the TEI file holds no text")
    return [replace(_draft(one, one, options), title=_title(one)) for one in texts]


def _draft(tei: _Element, around: _Element, options: Options) -> Draft:
    book = _Book(_people(around), _times(tei), _around_talk(tei))
    said = list(_pieces(tei, book, None, None))  # some archives put the talk beside <text>, not in it
    if not said:
        raise Unreadable("the TEI text holds no words")
    notices = counted("left out of the text", book.left_out)
    if not any(one.named for one in said):
        notices.append(Notice("", "the text names no speakers; it comes in by its paragraphs"))
    return draft_of(believed(said, options), "tei", options, notices=notices)


def _around_talk(tei: _Element) -> frozenset[_Element]:
    found: set[_Element] = set()
    for one in tei.iter():
        if local(one) in ("u", "sp"):
            for above in one.iterancestors():
                if above in found:
                    break
                found.add(above)
    return frozenset(found)


def _title(tei: _Element) -> str | None:
    return next((name_of("".join(one.itertext())) for one in tei.iter() if local(one) == "title"), None)


def _people(root: _Element) -> dict[str, str]:
    """Return the people of the header and of the cast list by their ids."""
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for person in root.iter():
        if local(person) not in ("person", "personGrp", "role"):
            continue
        key = person.get(XML_ID) or person.get("n")
        name = name_of(_called(person), key)
        if name is not None and key:
            names.setdefault(key, name)
        for code in (one.get("type") for one in islice(person.iter(), MOST_PARTS) if local(one) == "alt"):
            codes.setdefault(code or "", name or code or "")
    return {**codes, **distinct(names)}


def _called(person: _Element) -> str:
    """Return the name of a person as the header has it, "" where there is none."""
    if local(person) == "role":
        return _text(person)
    for kinds in (("persName", "name"), ("givenName", "forename", "familyName", "surname")):
        parts = [one for one in islice(person.iter(), MOST_PARTS) if local(one) in kinds]
        found = [_text(one) for one in parts]
        if found:
            return found[0] if "name" in kinds else " ".join(found)
    return ""


def _text(element: _Element) -> str:
    """Return the text of a name; what is longer than a name is cut, so that no nesting takes hours."""
    parts = list(islice(element.iter(), MOST_PARTS))
    return " ".join(text for one in parts for text in (one.text, "" if one is element else one.tail) if text)


def _times(tei: _Element) -> dict[str, float]:
    """Return the moments of the timelines in seconds by their ids."""
    found: dict[str, float] = {}
    for line in tei.iter():
        if local(line) != "timeline":
            continue
        unit = UNITS.get((line.get("unit") or "s").lower(), 1.0)
        before = _id(line.get("origin"))
        for when in line:
            key, interval = when.get(XML_ID) or "", _clocked(when.get("interval"))
            absolute = _clocked(when.get("absolute"))
            since = found.get(_id(when.get("since")) or before, 0.0)
            if interval is not None:
                found[key] = since + interval * unit
            elif absolute is not None or not found:
                found[key] = absolute or 0.0
            before = key
    return found


def _clocked(text: str | None) -> float | None:
    clock = _clock.fullmatch((text or "").strip()[:40])
    if clock is None:
        return seconds_of(text)
    return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3])


def _pieces(element: _Element, book: _Book, who: str | None, start: str | None) -> Iterator[Said]:
    """Yield what is said, and the text between in lines of nobody."""
    for child in element:
        kind = local(child)
        if kind in ("u", "sp"):
            yield from _spoken(child, book, child.get("who") or who, child.get("start") or child.get("synch") or start)
        elif kind == "pause" or (kind in NO_WORDS and kind != "speaker"):
            book.left_out["pauses between the turns" if kind == "pause" else kind] += kind not in UNCOUNTED
        elif kind in PROSE and child not in book.around:
            words = f"[{words_of(child, book.left_out)}]" if kind == "stage" else _prose(child, kind, book)
            if words.strip("[]"):
                yield Said(None, words, None, False, "\n")
        else:
            more = (child.get("who"), child.get("start")) if kind == "annotationBlock" else (None, None)
            yield from _pieces(child, book, more[0] or who, more[1] or start)


def _prose(child: _Element, kind: str, book: _Book) -> str:
    words = words_of(child, book.left_out)
    if kind in NOISES:
        about = " ".join("".join(child.itertext()).split()) or child.get("desc") or child.get("type") or kind
        return f"[{about}]"
    return words


def _spoken(child: _Element, book: _Book, who: str | None, start: str | None) -> Iterator[Said]:
    speaker = _speaker(child, book, who)
    seconds = book.times.get(_id(start), seconds_of(start))
    named = speaker is not None
    for n, (moment, words) in enumerate(stretches(child, book.times, book.left_out)):
        yield Said(speaker, words, seconds if n == 0 and moment is None else moment, named and n == 0)


def _speaker(child: _Element, book: _Book, who: str | None) -> str | None:
    """Return who speaks: the people of the header, else the name printed before the speech, else the id."""
    ids = [_id(one) for one in (who or "").split()]
    if ids and all(one in book.people for one in ids):
        return name_of(" + ".join(book.people[one] for one in ids))
    printed = next((one for one in child if local(one) == "speaker"), None)
    label = "" if printed is None else " ".join("".join(printed.itertext()).split()).rstrip(" .:")
    return name_of(label, " + ".join(book.people.get(one, one) for one in ids))


def _id(pointer: str | None) -> str:
    return (pointer or "").rpartition("#")[2].strip()
