"""The words of a TEI element as one line: marks of pauses and noises in brackets, tokens joined by blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from qcode.importers.markup import local

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NOISES", "NO_WORDS", "UNCOUNTED", "stretches", "words_of"]

NOISES = frozenset({"vocal", "kinesic", "incident", "event", "writing"})
NO_WORDS = frozenset(
    {"spanGrp", "span", "linkGrp", "interpGrp", "fs", "timeline", "shift", "certainty", "figure", "graphic", "media"}
    | {"teiHeader", "standOff", "facsimile", "listPerson", "listAnnotation", "desc", "speaker"}
)
UNCOUNTED = frozenset({"desc", "speaker", "timeline", "teiHeader"})
LINES = frozenset({"p", "l", "lg", "ab", "s", "u", "lb", "div", "item", "head", "cell", "row", "castItem"})
OPENING = frozenset("([{«„“‘‹¿¡")
_blanks = re.compile("[ \t\r\n]+")


class _Writer:
    """Words as they are collected, with the time at which each stretch begins."""

    def __init__(self, times: Mapping[str, float], left_out: Counter[str], *, spaced: bool) -> None:
        self.times, self.left_out, self.spaced = times, left_out, spaced
        self.found: list[tuple[float | None, str]] = []
        self.seconds: float | None = None
        self.pieces: list[str] = []
        self.marked = False

    def text(self, text: str | None) -> None:
        if text:
            self.pieces.append(f" {text}" if self.marked and text[0].isalnum() else text)
            self.marked = False

    def mark(self, mark: str) -> None:
        """Write a mark with a blank before it, and one behind where a word follows at once."""
        if mark:
            self.blank()
            self.text(mark)
            self.marked = True

    def blank(self) -> None:
        if self.pieces and not self.pieces[-1][-1].isspace():
            self.pieces.append(" ")

    def moment(self, seconds: float) -> None:
        self.close()
        self.seconds = seconds

    def close(self) -> None:
        words = _blanks.sub(" ", "".join(self.pieces)).strip()
        if words:
            self.found.append((self.seconds, words))
        self.pieces = []

    def inner(self, element: _Element) -> None:
        self.text(element.text)
        for child in element:
            self.child(child)
            self.text(child.tail)

    def child(self, child: _Element) -> None:
        kind = local(child)
        if kind in NOISES or kind in ("pause", "gap", "stage", "note"):
            self.mark(_mark(child, kind))
        elif kind in NO_WORDS:
            self.left_out[kind] += kind not in UNCOUNTED
        elif kind == "anchor":
            seconds = self.times.get(_target(child.get("synch")))
            if seconds is not None:
                self.moment(seconds)
        elif kind == "choice":
            self.choice(child)
        elif kind == "unclear":
            self.text("(")
            self.inner(child)
            self.text(")")
        elif kind in ("w", "pc", "c"):
            self.token(child, kind)
        else:
            self.block(child, kind)

    def choice(self, child: _Element) -> None:
        """Write what was said or stood there, not what somebody made of it."""
        kinds = {local(one): one for one in reversed(child)}
        said = next((kinds[kind] for kind in ("orig", "sic", "abbr", "unclear", "seg") if kind in kinds), None)
        chosen = said if said is not None else next(iter(child), None)
        if chosen is not None:
            self.left_out["corrected or regular forms"] += len(child) - 1
            self.inner(chosen)

    def token(self, child: _Element, kind: str) -> None:
        join = child.get("join") or ""
        before = self.pieces[-1] if self.pieces else ""
        if kind == "w":
            if not self.spaced and join not in ("left", "both") and before[-1:] not in OPENING:
                self.blank()
        elif before.isspace() and "\n" in before and "".join(child.itertext()).strip()[:1] not in OPENING:
            self.pieces.pop()  # the line break is layout of the XML, not a blank in front of a full stop
        self.inner(child)

    def block(self, child: _Element, kind: str) -> None:
        """Write an element with words; what is a line of its own does not run into its neighbours."""
        before = self.pieces[-1] if self.pieces else ""
        alone = kind in LINES or (kind == "seg" and (child.getprevious() is not None and not _text_before(child)))
        if alone and before:
            self.blank()
        self.inner(child)
        if kind in LINES:
            self.blank()


def stretches(element: _Element, times: Mapping[str, float], left_out: Counter[str]) -> list[tuple[float | None, str]]:
    """Return the words of an element, cut where it tells a time; what holds no words is counted in `left_out`."""
    spaced = any((one.text or "")[-1:].isspace() for one in element.iter() if local(one) == "w")
    writer = _Writer(times, left_out, spaced=spaced)
    writer.inner(element)
    writer.close()
    return writer.found


def words_of(element: _Element, left_out: Counter[str]) -> str:
    """Return the words of an element as one line."""
    return " ".join(words for _, words in stretches(element, {}, left_out))


def _text_before(child: _Element) -> str:
    previous = child.getprevious()
    parent = child.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else None
    return "" if not text or text[-1].isspace() else text


def _mark(child: _Element, kind: str) -> str:
    """Return a mark for what is no word: `[laughs]`, `[pause 2s]`, `{note}`."""
    about = _blanks.sub(" ", "".join(child.itertext())).strip()
    if kind == "note":
        return f"{{{about}}}" if about else ""
    if kind == "pause":
        more = about or child.get("dur") or child.get("type") or ""
        return f"[pause {more}]" if more else "[pause]"
    if kind == "gap":
        return f"[{about or child.get('reason') or 'gap'}]"
    return f"[{about or child.get('desc') or child.get('type') or kind}]"


def _target(pointer: str | None) -> str:
    return (pointer or "").rpartition("#")[2].strip()
