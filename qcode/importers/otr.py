"""oTranscribe files (.otr): lines of simple HTML inside JSON; its time stamps become time marks and leave the words."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace

from qcode.domain.transcript import TimeMark, Turn
from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options, check_lines
from qcode.importers.json_text import load, number
from qcode.importers.part import draft_of_part
from qcode.text.times import CLOCK, seconds_of

__all__ = ["read"]

BREAKS = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "tr", "blockquote"})
_tag = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})((?:\s[^<>]{0,2000})?)/?>|<!--[^<>]{0,2000}-->")
_stamped = re.compile(r"""class\s?=\s?["'][^"']{0,200}\btimestamp\b""")
_moment = re.compile(r"""data-timestamp\s?=\s?["']?(\d{1,9}(?:\.\d{1,20})?)""")
_half = re.compile("[\ud800-\udfff\0]")


@dataclass
class _Page:
    """The lines so far; a paragraph that begins ends the line before it, where anything stands on that."""

    pieces: list[str] = field(default_factory=list)
    marks: list[tuple[int, float]] = field(default_factory=list)
    size: int = 0
    unread: int = 0

    @property
    def fresh(self) -> bool:
        """Tell whether nothing stands on the line yet."""
        return not self.pieces or self.pieces[-1].endswith("\n")

    def add(self, words: str) -> None:
        if words:
            self.pieces.append(words)
            self.size += len(words)


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of an oTranscribe file. Raises Unreadable."""
    found = load(data, options.encoding)
    written = found.get("text") if isinstance(found, dict) else None
    if not isinstance(written, str):
        raise Unreadable("this is no file of oTranscribe (it has no text)", mend="export it again from oTranscribe")
    page = _page(written)
    text = "".join(page.pieces)
    if not text.strip():
        raise Unreadable("the file holds no words")
    check_lines(text)
    draft = _timed(draft_of_part(text, "otr", options), page.marks)
    notices = [Notice("", f"time stamps that could not be read: {page.unread}")] if page.unread else []
    if "\ufffd" in text:
        notices.append(Notice("", f"broken characters were replaced by “\ufffd”: {text.count(chr(0xFFFD))}"))
    return replace(draft, encoding="utf-8", notices=(*notices, *draft.notices))


def _page(written: str) -> _Page:
    page, at, spans = _Page(), 0, 0
    stamp: list[str] | None = None
    for tag in _tag.finditer(written):
        words = written[at : tag.start()]
        at = tag.end()
        if stamp is None:
            page.add(_plain(words, page))
        else:
            stamp.append(words)
        closing, kind = bool(tag[1]), (tag[2] or "").lower()
        if stamp is not None:
            spans += 0 if kind != "span" else -1 if closing else 1
            if spans == 0 or kind in BREAKS:
                _mark(page, stamp)
                stamp = None
        elif kind == "span" and not closing and _stamped.search(tag[3] or ""):
            moment = _moment.search(tag[3])
            stamp, spans = [moment[1] if moment else ""], 1
        if kind in BREAKS and (kind == "br" or not page.fresh):
            page.add("\n")
    if stamp is not None:
        _mark(page, stamp)
    page.add(_plain(written[at:], page))
    return page


def _plain(words: str, page: _Page) -> str:
    """Return the words of a piece, its blanks as a browser shows them; behind a time stamp none."""
    shown = re.sub(r"[ \t\r\n\f]+", " ", _half.sub("\ufffd", html.unescape(words)))
    stamped = bool(page.marks) and page.marks[-1][0] == page.size
    bare = page.fresh or (stamped and page.pieces[-1].endswith((" ", "\u00a0")))
    return shown.lstrip(" \u00a0" if stamped else " ") if bare else shown


def _mark(page: _Page, stamp: list[str]) -> None:
    """Take a time stamp: the moment that it holds, else the one that it shows; what is no time stays a word."""
    held, *shown = stamp
    words = "".join(shown)
    clock = re.fullmatch(rf"[\s\[(]*({CLOCK})[\s\])]*", html.unescape(words[:100])) if len(words) < 100 else None
    seconds = number(held) if held else seconds_of(clock[1]) if clock else None
    if seconds is None:
        page.unread += 1
    else:
        page.marks.append((page.size, seconds))
    if clock is None:
        page.add(_plain(words, page))


def _timed(draft: Draft, marks: list[tuple[int, float]]) -> Draft:
    """Return the draft with its time marks; one in front of a turn, or of its label, is the time of the turn."""
    places = [place for place, _ in marks]
    starts = {turn.start: turn for turn in draft.turns}
    moved, turns, before = dict(marks), [], 0
    for turn in draft.turns:
        first = bisect_left(places, before)
        until = bisect_right(places, turn.start)
        near = [n for n in range(first, until) if places[n] >= before]
        time = marks[near[-1]][1] if near else turn.time
        for n in near[-1:]:
            moved.pop(places[n], None)
            moved[turn.start] = marks[n][1]
        turns.append(Turn(turn.n, turn.speaker, turn.start, turn.end, time))
        before = turn.end
    known = {mark.position: mark.seconds for mark in draft.time_marks if mark.position not in starts}
    last = max(0, len(draft.text) - 1)
    every = known | {min(place, last): seconds for place, seconds in moved.items()}
    return replace(draft, turns=tuple(turns), time_marks=tuple(TimeMark(at, every[at]) for at in sorted(every)))
