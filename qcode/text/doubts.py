"""What a person should look at: labels believed once, and what looks like a label and was not believed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from qcode.text.belief import Belief
from qcode.text.fold import shape
from qcode.text.labels import Candidate, key_of
from qcode.text.layout import Remark
from qcode.text.wordlists import is_no_person

__all__ = ["label_remarks", "unconvinced"]

MOST_REMARKS = 20
MOST_READY = 8
# What ends a name in the option, or means something else to a command line
_unfit = re.compile(r"[,\"“”„`´$!\\%|]")


def label_remarks(belief: Belief, names: Sequence[str]) -> list[Remark]:
    """Return what a person should look at: labels believed once, and what was not believed."""
    if not belief.labels:
        return unconvinced(belief)
    doubts = [c for c in belief.doubted if _may_be_meant(c)]
    ready = _ready([*belief.labels, *doubts], "if these speak, too, import again with") if doubts else []
    return [*_once(belief.labels, names), *_doubts(belief.doubted), *ready]


def _once(labels: Sequence[Candidate], names: Sequence[str]) -> list[Remark]:
    places: dict[str, list[Candidate]] = defaultdict(list)
    for label, name in zip(labels, names, strict=True):
        places[name].append(label)
    single = [found[0] for found in places.values() if len(found) == 1 and len(labels) > 8]
    return [Remark(c.start, f"“{c.label}” speaks only once; is this a speaker?") for c in single[:MOST_REMARKS]]


def _doubts(doubted: Sequence[Candidate]) -> list[Remark]:
    remarks = [Remark(c.start, f"“{c.label}” looks like a speaker's label and was left as text") for c in doubted]
    if len(remarks) > MOST_REMARKS:
        more = len(remarks) - MOST_REMARKS
        remarks[MOST_REMARKS:] = [
            Remark(None, f"{more} more beginnings of lines look like labels and were left as text")
        ]
    return remarks


def unconvinced(belief: Belief) -> list[Remark]:
    """Say what looked like labels in a text where none was believed, in the order of the text."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in belief.doubted:
        if _may_be_meant(candidate):
            found[candidate.label].append(candidate)
    most = sorted(found.values(), key=lambda places: -len(places))[:5]
    remarks = []
    for places in sorted(most, key=lambda places: places[0].start):
        often = f"{len(places)} times" if len(places) > 1 else "once"
        what = f"“{places[0].label}” stands before a colon {often} and was not taken for a speaker"
        remarks.append(Remark(places[0].start, f"{what}; if it is one, name all with --speakers"))
    return [
        *remarks,
        *_ready([c for places in most for c in places], "to take them all for speakers, import again with"),
    ]


def _may_be_meant(candidate: Candidate) -> bool:
    return not is_no_person(candidate.label) and shape(candidate.label) != "phrase"


def _ready(candidates: Sequence[Candidate], beginning: str) -> list[Remark]:
    """Return the option to paste that names these labels, each once; nothing where there are too many to look at."""
    labels = {key_of(c): c.label for c in sorted(candidates, key=lambda c: -c.start)}
    names = [label for label in reversed(labels.values()) if not _unfit.search(label)]
    if not 2 <= len(names) <= MOST_READY:
        return []
    return [Remark(None, f'{beginning}: --speakers "{",".join(names)}"')]
