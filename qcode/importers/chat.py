"""CHAT of TalkBank (.cha), strict or loose: the lines that begin with `*` are talk, the rest is about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.decode import decode
from qcode.importers.said import Said, believed, draft_of
from qcode.importers.spoken import counted, listed, name_of, one_line

__all__ = ["read"]

QUIET_HEADERS = frozenset(
    ("@utf8", "@begin", "@end", "@languages", "@participants", "@id", "@options", "@font", "@media", "@pid", "@window")
)
WORDLESS = "[…]"
EMPTY = f"turns without words, kept as {WORDLESS}:"
_main = re.compile(r"\*([^:\n]{1,200}):[ \t]*")
_time = re.compile(
    '[\u0015\u2022](?:%\\w{2,5}:[ ]?(?:"[^"\n]{0,300}"|[^\\s_"]{0,300})[_ ])?'
    "(\\d{1,10})[_ ]\\d{1,10}-?[\u0015\u2022]"
    r"|(?<!\S)(\d{1,10})_\d{1,10}[ \t]*$",
    re.MULTILINE,
)
_link = re.compile("\u0015[^\u0015\n]{0,500}\u0015?")
_form = re.compile("[\u0001-\u0008]+")


@dataclass(slots=True)
class _Lines:
    """What a file holds: its talk, by speaker, and what stands beside it."""

    talk: list[tuple[str | None, list[str]]] = field(default_factory=list)
    headers: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)
    participants: list[str] = field(default_factory=list)
    blanks: int = 0
    odd: list[int] = field(default_factory=list)


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of a CHAT file; every mark of the transcriber stays but the times. Raises Unreadable."""
    decoded = decode(data, options.encoding)
    lines = _sorted_out(decoded.text)
    if not any(speaker is not None for speaker, _ in lines.talk):
        raise Unreadable("the file holds no talk (no line like *CHI: words)", mend="save the talk as .txt instead")
    beside: Counter[str] = Counter()
    said = [one for speaker, words in lines.talk for one in _utterance(speaker, "\n".join(words), beside)]
    return draft_of(
        believed(said, options),
        "cha",
        options,
        encoding=decoded.encoding,
        notices=(*decoded.notices, *_notices(lines, beside)),
    )


def _sorted_out(text: str) -> _Lines:
    found = _Lines()
    into: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        main = _main.match(line)
        if main is not None:
            into = [line[main.end() :]]
            found.talk.append((name_of(main[1]), into))
        elif line.startswith("@"):
            into = [line]
            found.headers[line.partition(":")[0].strip()] += 1
            if line.lower().startswith("@participants"):
                into = found.participants
                into.append(line.partition(":")[2])
        elif line.startswith("%"):
            into = []
            found.beside[line.partition(":")[0].split()[0]] += 1
        elif line.startswith("*"):
            into = [line]
            found.talk.append((None, into))
            found.odd.append(number)
        elif line.strip():
            into.append(line)
            found.blanks += line.startswith(" ")
            if not line[0].isspace():
                found.odd.append(number)
    return found


def _utterance(speaker: str | None, text: str, beside: Counter[str]) -> Iterator[Said]:
    """Yield the words before each time, which says when they began; the first of them names the speaker."""
    named, at, last = speaker is not None, 0, None
    for found in [*_time.finditer(text), None]:
        words = text[at:] if found is None else text[at : found.start()]
        words, gone = _link.subn("", words)
        words, forms = _form.subn("", words)
        beside["links to pictures or broken times, left out:"] += gone
        beside["marks of underlining, left out:"] += forms
        words, start = one_line(words), None if found is None else int(found[1] or found[2]) / 1000
        last = last if start is None else start
        if words:
            yield Said(speaker, words, start, named)
            named = False
        at = len(text) if found is None else found.end()
    if named:
        beside[EMPTY] += 1
        yield Said(speaker, WORDLESS, last)


def _notices(lines: _Lines, beside: Counter[str]) -> list[Notice]:
    notices = counted("lines that are no talk were left out", lines.beside)
    told = {name: number for name, number in lines.headers.items() if name.lower() not in QUIET_HEADERS}
    notices += counted("header lines were left out", told)
    notices += counted("in the lines of talk", beside)
    if lines.odd:
        where = f"line {listed(str(number) for number in lines.odd)}"
        what = "a line begins as no line of CHAT does; it was taken to go on with the one before"
        notices.append(Notice(where, what))
    if lines.blanks:
        notices.append(Notice("", f"lines that go on with blanks in place of a tab: {lines.blanks}"))
    return notices + _people(lines)


def _people(lines: _Lines) -> list[Notice]:
    """Tell who the codes of the speakers are after the header, and who is not in it."""
    entries = [entry.split() for entry in " ".join(lines.participants).split(",") if entry.split()]
    who = {entry[0]: ", ".join(dict.fromkeys(part.replace("_", " ") for part in entry[1:])) for entry in entries}
    notices = []
    known = [f"{code} is {said}" for code, said in who.items() if said]
    if known:
        notices.append(Notice("@Participants", f"speakers keep the codes of the file: {listed(known)}"))
    strangers = _first(speaker for speaker, _ in lines.talk if speaker is not None and speaker not in who)
    if strangers:
        notices.append(Notice("@Participants", f"speakers who are not named there: {listed(strangers)}"))
    return notices


def _first(names: Iterator[str]) -> Sequence[str]:
    return list(dict.fromkeys(names))
