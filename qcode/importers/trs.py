"""Transcriber (.trs): a turn for each Turn, its Sync times kept, noises and comments in brackets among the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.markup import local, read_xml
from qcode.importers.said import Said, believed, draft_of
from qcode.importers.spoken import counted, listed, name_of, one_line, seconds_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]


@dataclass(slots=True)
class _Told:
    """What a person should know of the file."""

    marks: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    together: int = 0


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of a Transcriber file. Raises Unreadable."""
    root = read_xml(data, name, options)
    if local(root) != "Trans":
        raise Unreadable("the file is no transcript of Transcriber", mend="save it in Transcriber as .trs")
    names = {one.get("id") or "": name_of(one.get("name"), one.get("id")) or "?" for one in root.iter("Speaker")}
    told = _Told()
    said = [one for turn in root.iter("Turn") for one in _turn(turn, names, told)]
    if not said:
        raise Unreadable("the file holds no words")
    notices = [*_notices(told), *_sections(root), *_doubles(names)]
    return draft_of(believed(said, options), "trs", options, notices=notices)


def _turn(turn: _Element, names: Mapping[str, str], told: _Told) -> Iterator[Said]:
    """Yield the words after each Sync; the first of them names the speaker, or all who speak at once."""
    people = [name_of(names.get(key), key) or "?" for key in (turn.get("speaker") or "").split()]
    speaker = name_of(" + ".join(people))
    named = speaker is not None
    first = True
    for seconds, words in _stretches(turn, people, told):
        if words:
            yield Said(speaker, words, seconds, named and first)
            told.together += first and len(people) > 1
            first = False


def _stretches(turn: _Element, people: Sequence[str], told: _Told) -> Iterator[tuple[float | None, str]]:
    seconds, words = seconds_of(turn.get("startTime")), [turn.text or ""]
    for child in turn:
        if local(child) == "Sync":
            yield seconds, _joined(words)
            seconds, words = seconds_of(child.get("time")), []
        else:
            words.append(_mark(child, people, told))
        words.append(child.tail or "")
    yield seconds, _joined(words)


def _joined(words: Sequence[str]) -> str:
    return one_line("".join(words))


def _mark(child: _Element, people: Sequence[str], told: _Told) -> str:
    """Return what stands among the words for a mark: `[noise]`, `{comment}`, `[name]` of one of several speakers."""
    kind, about = local(child), one_line(child.get("desc"))
    if kind == "Who":
        number = child.get("nb") or ""
        known = number.isascii() and number.isdigit() and len(number) < 4 and 0 < int(number) <= len(people)
        return f" [{people[int(number) - 1] if known else one_line(number)[:20]}] "
    if kind == "Event":
        told.marks["noises and the like"] += 1
        sort = child.get("type") or "noise"
        before, after = {"begin": ("", "-"), "end": ("-", "")}.get(child.get("extent") or "", ("", ""))
        return f" [{before}{about if sort == 'noise' else f'{one_line(sort)}={about}'}{after}] "
    if kind == "Comment":
        told.marks["comments"] += 1
        return f" {{{about}}} "
    told.left_out["changes of the background noise" if kind == "Background" else kind] += 1
    return " ".join(child.itertext())


def _notices(told: _Told) -> list[Notice]:
    notices = counted("kept among the words, in brackets", told.marks)
    notices += counted("left out", told.left_out)
    if told.together:
        what = f"turns of several speakers at once: {told.together}; their names stand in brackets before their words"
        notices.append(Notice("", what))
    return notices


def _sections(root: _Element) -> list[Notice]:
    """Tell which sections are marked as not transcribed; words that stand there all the same are kept."""
    notices = []
    for section in root.iter("Section"):
        if section.get("type") == "nontrans":
            kept = any(one_line("".join(turn.itertext())) for turn in section.iter("Turn"))
            what = "a section is marked as not transcribed (nontrans)" + ("; its words were kept" if kept else "")
            start, end = one_line(section.get("startTime")), one_line(section.get("endTime"))
            notices.append(Notice(f"{start} to {end} seconds"[:80], what))
    return notices


def _doubles(names: Mapping[str, str]) -> list[Notice]:
    doubles = [name for name, number in Counter(names.values()).items() if number > 1]
    if not doubles:
        return []
    what = f"several entries of the table of speakers bear one name and were taken for one person: {listed(doubles)}"
    return [Notice("Speakers", what)]
