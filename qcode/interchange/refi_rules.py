"""Finds how the positions of a project count: code points or UTF-16, CRLF as one or two, a byte order mark or not."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from qcode.domain.ledger import Positions
from qcode.errors import BadValue
from qcode.interchange.refi_texts import Text
from qcode.interchange.refi_tools import STANDARD as STANDARD_TOOL
from qcode.interchange.refi_tools import TOOLS

__all__ = ["STANDARD", "Mark", "Rule", "Scale", "agrees", "find_rule", "parts_a_word", "usable"]


class Rule(NamedTuple):
    """How positions count: in UTF-16 units or not, CRLF as two or not, the byte order mark or not."""

    utf16: bool
    two: bool
    mark: bool

    @property
    def words(self) -> str:
        """Return the rule as it is told."""
        unit, mark = "utf16" if self.utf16 else "code points", "" if self.mark else "not "
        return f"{unit}, CRLF {'two' if self.two else 'one'}, BOM {mark}counted"


@dataclass(frozen=True, slots=True)
class Mark:
    """A selection to measure by: the text it is on, its positions as written, its usable name or ""."""

    text: Text
    begin: int
    end: int
    name: str


STANDARD = Rule(utf16=False, two=True, mark=False)
HABITS = (
    ("nvivo", Rule(utf16=True, two=True, mark=False)),
    ("qualcoder", Rule(utf16=False, two=False, mark=False)),
    ("atlas.ti", Rule(utf16=False, two=False, mark=False)),
    ("maxqda", Rule(utf16=False, two=False, mark=False)),
)
WORDS = {
    "codepoints": (0, False),
    "code points": (0, False),
    "utf16": (0, True),
    "utf-16": (0, True),
    "crlf1": (1, False),
    "crlf one": (1, False),
    "crlf2": (1, True),
    "crlf two": (1, True),
    "nobom": (2, False),
    "bom not counted": (2, False),
    "bom": (2, True),
    "bom counted": (2, True),
}
MOST_TELLING = 10_000
MANY = 100
"""Of so many selections one may lie outside the text under the right rule too."""

ELLIPSIS = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*")
LONG_CUT = 15
LONGEST_QUOTE = 50_000


def find_rule(marks: Sequence[Mark], origin: str, wanted: str | None) -> tuple[Rule, Positions | None]:
    """Return the rule that fits the selections best, and how that was found; None where there is nothing to place.

    A file of qcode says by its origin how it counts, and is believed (score 1) as long as every selection is valid.
    Where the selections do not decide, the habit of the program that wrote the file does, else the standard.
    Raises BadValue for a `wanted` rule that is none.
    """
    own = _written_here(origin) if wanted is None else None
    if own is not None and marks and _valid(own, marks):
        return own, Positions(own.words, 1.0, 1)
    fixed = _wanted(wanted)
    texts = {id(one.text): one.text for one in marks}.values()
    open_choices = (
        fixed[0] is None and any(text.wide for text in texts),
        fixed[1] is None and any(text.breaks for text in texts),
        fixed[2] is None and any(text.marked for text in texts),
    )
    habit = next((rule for name, rule in HABITS if name in origin.casefold()), STANDARD)
    first = Rule(*(own if said is None else said for own, said in zip(habit, fixed, strict=True)))
    choices = [(here, not here) if free else (here,) for here, free in zip(first, open_choices, strict=True)]
    rules = [Rule(*each) for each in product(*choices)]
    best = rules[0] if len(rules) == 1 else _best([_Measured(rule, _telling(marks)) for rule in rules])
    return best, Positions(best.words, round(_Measured(best, marks).score(), 4), len(rules)) if marks else None


def _written_here(origin: str) -> Rule | None:
    """Return the rule by which qcode wrote a file, None for a file of another program."""
    found = re.fullmatch(r"qcode \S+(?: for (.+))?", origin.strip())
    if found is None:
        return None
    tool = next((one for one in TOOLS.values() if one.title == found[1]), STANDARD_TOOL)
    return Rule(utf16=bool(tool.units), two=tool.lines_count == 2, mark=False)


def _valid(rule: Rule, marks: Sequence[Mark]) -> bool:
    """Tell whether every selection has a place by the rule, and begins before it ends."""
    scales: dict[int, Scale] = {}
    for one in marks:
        scale = scales.get(id(one.text)) or scales.setdefault(id(one.text), Scale(one.text, rule))
        begin, end = scale.place(one.begin), scale.place(one.end, ending=True)
        if begin is None or end is None or begin > end:
            return False
    return True


def _telling(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return selections that rules can place differently; of very many some from all parts of the project."""
    found = [one for one in marks if one.text.marked or one.end > one.text.first_special]
    return found[:: 1 + len(found) // MOST_TELLING]


def _wanted(wanted: str | None) -> tuple[bool | None, bool | None, bool | None]:
    found: list[bool | None] = [None, None, None]
    for word in re.split(r"\s*[,+]\s*", wanted.strip().casefold()) if wanted is not None else ():
        if word not in WORDS:
            raise BadValue(
                f"“{wanted}” is no rule for positions",
                mend="write codepoints or utf16, crlf1 or crlf2, bom or nobom; several with commas: utf16,crlf2,nobom",
            )
        place, value = WORDS[word]
        if found[place] not in (None, value):
            raise BadValue(f"“{wanted}” says two things at once", mend="name one of each pair, such as utf16,crlf2")
        found[place] = value
    return found[0], found[1], found[2]


class Scale:
    """The positions of one text as a rule counts them."""

    def __init__(self, text: Text, rule: Rule) -> None:
        wide = text.wide if rule.utf16 else ()
        self._doubles = sorted((*wide, *(text.breaks if rule.two else ())))
        self._starts = [place + before for before, place in enumerate(self._doubles)]
        self._wide = frozenset(wide)
        self._shift = int(rule.mark and text.marked)
        self._length = len(text.words)

    def place(self, position: int, *, ending: bool = False) -> int | None:
        """Return the stored place of a position; None outside the text and inside a character.

        Between the CR and the LF of one line end a passage begins before it and ends behind it.
        """
        position -= self._shift
        if position < 0:
            return None
        before = bisect_left(self._starts, position)
        if before and self._starts[before - 1] == position - 1:
            inside = self._doubles[before - 1]
            return None if inside in self._wide else inside + ending
        return position - before if position - before <= self._length else None


class _Measured:
    """A rule with what speaks for it: `invalid` selections, names that agree, and ends at the borders of words."""

    def __init__(self, rule: Rule, marks: Sequence[Mark]) -> None:
        self.rule = rule
        self.invalid = self.agree = self.named = 0
        self.borders: list[bool | None] = []
        self._split = self._ends = 0
        scales: dict[int, Scale] = {}
        for one in marks:
            text = one.text
            scale = scales.get(id(text)) or scales.setdefault(id(text), Scale(text, rule))
            begin, end = scale.place(one.begin), scale.place(one.end, ending=True)
            self.named += bool(one.name)
            if begin is None or end is None or begin > end:
                self.invalid += 1
                self.borders += (False, False)
                self._split, self._ends = self._split + 2, self._ends + 2
                continue
            self.agree += bool(one.name) and agrees(one.name, text.words, begin, end)
            self._measure(text.words, begin, end)

    def score(self) -> float:
        """Return the share of marks that speak for the rule: names where any agrees, else ends that part no word."""
        if self.agree:
            return self.agree / self.named
        return 1 - self._split / self._ends if self._ends else 1.0

    def on_borders(self) -> int:
        """Return how many ends stand at the border of a word, with the word inside."""
        return sum(each is True for each in self.borders)

    def _measure(self, words: str, begin: int, end: int) -> None:
        for place, inner in ((begin, begin), (end, end - 1)):
            joined = _joined(words, place)
            blank = 0 <= inner < len(words) and words[inner].isspace()
            self._ends += joined is not None
            self._split += joined is True
            self.borders.append(None if joined is None and not blank else not (joined or blank))


def _best(tried: Sequence[_Measured]) -> Rule:
    """Return the rule that the selections choose; the first one, if they do not choose clearly."""
    fewest = min(one.invalid for one in tried)
    slack = len(tried[0].borders) // 2 // MANY
    left = [one for one in tried if one.invalid <= fewest + slack]
    most = max(one.agree for one in left)
    left = [one for one in left if one.agree == most]
    better = [other for other in left[1:] if _clearly(other, left[0])]
    best = max(better, key=_Measured.on_borders) if better else left[0]
    spoilt = [other for other in tried if other not in left and _though_invalid(other, best)]
    return (max(spoilt, key=lambda one: (one.agree, one.on_borders())) if spoilt else best).rule


def _though_invalid(other: _Measured, best: _Measured) -> bool:
    """Tell whether far more speaks for `other`, under which a selection lies outside the text or in a character."""
    more = other.agree - best.agree
    return more > other.invalid - best.invalid or (more == 0 and _clearly(other, best, chance=4))


def _clearly(other: _Measured, first: _Measured, chance: int = 2) -> bool:
    """Tell whether more borders of words speak for `other` than chance would give it."""
    pairs = [(a, b) for a, b in zip(first.borders, other.borders, strict=True) if a is not None and b is not None]
    won, lost = sum(b and not a for a, b in pairs), sum(a and not b for a, b in pairs)
    return won - lost >= 2 and (won - lost) ** 2 > chance * (won + lost)


def usable(name: str) -> str:
    """Return the name of a selection if it may be its words, else ""."""
    words = " ".join(name.split())
    return words if len(words) > 1 and any(unicodedata.category(sign)[0] in "LMS" for sign in words) else ""


def agrees(name: str, text: str, begin: int, end: int) -> bool:
    """Tell whether a usable name is the quote, whole or cut, however its lines were folded; of very long ones not."""
    if end - begin > LONGEST_QUOTE:
        return False
    words = " ".join(text[begin:end].split())
    if name == words or (len(name) >= LONG_CUT and words.startswith(name)):
        return True
    pieces = ELLIPSIS.split(name)
    if len(pieces) == 1 or not any(pieces):
        return False
    return words.startswith(pieces[0]) and words.endswith(pieces[-1]) and len(words) >= sum(map(len, pieces))


def parts_a_word(words: str, place: int) -> bool:
    """Tell whether both sides of a place surely belong to one word."""
    return _joined(words, place) is True


def _joined(words: str, place: int) -> bool | None:
    """Tell whether both sides of a place belong to one word; None in a script that does not part words."""
    if not 0 < place < len(words):
        return False
    before, after = words[place - 1], words[place]
    if before < "\u0300" and after < "\u0300":
        return before.isalnum() and after.isalnum()
    if unicodedata.category(after)[0] == "M" or "\u200d" in (before, after):
        return True
    if not (before.isalnum() or unicodedata.category(before)[0] == "M") or not after.isalnum():
        return False
    return None if _unparted(before) or _unparted(after) else True


def _unparted(letter: str) -> bool:
    """Tell whether a letter is of Chinese, Japanese, Thai, Lao, Khmer or Burmese writing."""
    return (
        "\u2e80" <= letter <= "\ua4cf"
        or "\U00020000" <= letter <= "\U0003ffff"
        or "\u0e00" <= letter <= "\u0eff"
        or "\u1000" <= letter <= "\u109f"
        or "\u1780" <= letter <= "\u17ff"
    )
