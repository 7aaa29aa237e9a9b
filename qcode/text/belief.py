"""Which candidates are speakers: repeats and coverage decide, then likeness to what is believed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qcode.text.fold import expands, fold, shape, surname_of
from qcode.text.header import header_of, speaks
from qcode.text.labels import Candidate, Line, key_of
from qcode.text.layout import Layout, Remark
from qcode.text.wordlists import is_column_head, is_no_person, is_role

__all__ = ["Belief", "believe", "believe_only"]

FAMILIES = ("colon", "heading", "bold", "bracket", "tab", "dash", "alone", "stop", "blanks", "clock", "embraced")
COVERAGE = {
    "colon": 0.02,
    "heading": 0.02,
    "bold": 0.1,
    "bracket": 0.3,
    "tab": 0.4,
    "dash": 0.3,
    "alone": 0.2,
    "stop": 0.3,
    "blanks": 0.5,
    "clock": 0.3,
    "embraced": 0.3,
}
TRUST = {
    "bracket": 0.9,
    "tab": 0.8,
    "dash": 0.8,
    "alone": 0.6,
    "stop": 0.5,
    "blanks": 0.5,
    "clock": 0.9,
    "embraced": 0.8,
}
LISTLIKE = ("stop", "embraced")
ALPHABETS = ("abcdefghij", "абвгдежзик")
MOST_POINTS = 10
IN_ORDER = 0.6
SELDOM_QUOTED = 0.2
EVERY_LINE = 0.9
OWN_FORM = {"letter", "initials", "code", "caps"}
LONGEST = 40
ALIKE = {"letter": ("letter", "initials"), "initials": ("letter", "initials")}
_inner_stop = re.compile(r"\w{4,}\.\s")
NAMES = OWN_FORM | {"title1", "titles", "cjk"}


@dataclass
class Belief:
    """The candidates believed, in order, one a line at most; `full` are long forms used once or twice.

    `doubted` are candidates that look like labels and were left as text.
    """

    labels: list[Candidate] = field(default_factory=list)
    doubted: list[Candidate] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def believe_only(candidates: Sequence[Candidate], names: Sequence[str]) -> Belief:
    """Believe exactly the labels named, in whatever family they occur."""
    keys = {fold(name.rstrip(":： ")) for name in names}
    chosen = [c for c in candidates if key_of(c) in keys or (c.bracket and fold(f"{c.label}{c.bracket}") in keys)]
    missing = [name for name in names if fold(name.rstrip(":： ")) not in _keys_with_brackets(chosen)]
    remarks = [Remark(None, f"the label “{name}” that was asked for does not occur") for name in missing]
    return Belief(_one_a_line(chosen), [], remarks)


def _keys_with_brackets(candidates: Iterable[Candidate]) -> set[str]:
    return {fold(f"{c.label}{extra}") for c in candidates for extra in ("", c.bracket or "")}


def believe(candidates: Sequence[Candidate], lines: Sequence[Line], layout: Layout) -> Belief:
    """Decide which candidates are labels of speakers."""
    header = header_of(candidates, lines, layout.text)
    body = _unquoted([c for c in candidates if c not in header])
    best: list[Candidate] = []
    for family in FAMILIES:
        chosen = _of_family([c for c in body if c.family == family], family, lines, layout)
        if _weight(chosen) > _weight(best):
            best = chosen
    if not best:
        return Belief([], [c for c in candidates if c.family == "colon" and len(c.label) <= LONGEST])
    keys, first, family = {key_of(c) for c in best}, best[0].line, best[0].family
    others = ("colon", "heading", "bold", "bracket", "tab", "dash")
    full = (
        _expanding(keys, _grouped([*best, *(c for c in body if c.family == "colon")])) if family != "colon" else set()
    )
    also = [c for c in body if c.family in others and ((c.line > first and key_of(c) in keys) or key_of(c) in full)]
    labels = _one_a_line([*best, *also])
    taken = {c.line for c in labels}
    left = [c for c in candidates if c.family == family and c.line not in taken and len(c.label) <= LONGEST]
    sharp = family in ("colon", "heading", "bold", "bracket")
    return Belief(labels, [c for c in left if sharp or shape(c.label) in OWN_FORM])


def _unquoted(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out what stands in quoted lines (`> NAME: words`), where few lines are quoted: nobody speaks there."""
    quoted = {c.line for c in candidates if "q" in c.dress}
    others = {c.line for c in candidates} - quoted
    return [c for c in candidates if c.line in others] if len(quoted) < SELDOM_QUOTED * len(others) else candidates


def _weight(chosen: Sequence[Candidate]) -> float:
    """Return how much a family carries; what talk itself may hold in front of lines counts less."""
    return len(chosen) * TRUST.get(chosen[0].family, 1.0) if chosen else 0.0


def _one_a_line(candidates: Iterable[Candidate]) -> list[Candidate]:
    first: dict[int, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.line, candidate)
    return [first[line] for line in sorted(first)]


def _of_family(candidates: list[Candidate], family: str, lines: Sequence[Line], layout: Layout) -> list[Candidate]:
    """Return the candidates of one family that are believed, if together they carry the text."""
    if family == "alone" and sum("t" in c.dress for c in candidates) >= 2:
        candidates = [c for c in candidates if "t" in c.dress]
    if family in LISTLIKE and _is_list(candidates, lines):
        return []
    groups = _grouped(candidates)
    sure = _repeated(groups, family, lines, layout)
    if not sure or not _carries(sure, groups, family, lines, layout):
        return []
    chosen = sure | _alike(sure, groups, lines, layout) | _expanding(sure, groups)
    return sorted((c for key in chosen for c in groups[key]), key=lambda c: c.line)


def _is_list(candidates: Sequence[Candidate], lines: Sequence[Line]) -> bool:
    """Tell the points of lists (`A. yes`, `(b) no`) from labels: the first letters of an alphabet, in its order."""
    letters = [(c.line, c.label.strip(". ").lower()) for c in candidates if shape(c.label) == "letter"]
    used = {letter for _, letter in letters}
    if not any(used >= set(alphabet[:2]) and used <= set(alphabet[:MOST_POINTS]) for alphabet in ALPHABETS):
        return False
    filled = {line.index: n for n, line in enumerate(line for line in lines if not line.blank)}
    beside = [(a, b) for (i, a), (j, b) in pairwise(letters) if filled[j] == filled[i] + 1]
    following = sum(any(a + b in alphabet for alphabet in ALPHABETS) for a, b in beside)
    return following >= IN_ORDER * len(beside)


def _grouped(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[key_of(candidate)].append(candidate)
    return groups


def _repeated(groups: dict[str, list[Candidate]], family: str, lines: Sequence[Line], layout: Layout) -> set[str]:
    viable = {key: found for key, found in groups.items() if _may_name(found, family, layout)}
    total = sum(len(found) for found in viable.values())
    needed = 3 if total >= 20 else 2
    sure = {key for key, found in viable.items() if len(found) >= needed}
    strong = {key for key in sure if _has_own_form(viable[key][0])}
    if len(strong) >= 2 and not layout.cues:
        sure = {key for key in sure if key in strong or len(viable[key]) >= 3}
    return sure | _compact(viable, sure, lines, layout.text) if total <= 12 and family not in LISTLIKE else sure


def _is_clear_role(label: str) -> bool:
    """Tell whether a label is a whole word for a role, as hardly anything but an interview has in front of a colon."""
    return is_role(label) and (len(label) >= 9 or (shape(label) == "cjk" and len(label) >= 3))


def _has_own_form(candidate: Candidate) -> bool:
    """Tell whether a label has a form that words of talk do not have, or names a role."""
    return shape(candidate.label) in OWN_FORM or is_role(candidate.label)


def _may_name(found: list[Candidate], family: str, layout: Layout) -> bool:
    """Tell whether a label, as often as it occurs, has a form that may name a person."""
    label = found[0].label
    if is_no_person(label) or len(label.split()) > 5 or len(label) > LONGEST:
        return False
    if family == "tab" and len(found) == 1 and is_column_head(label):
        return False
    form = shape(label)
    if family == "stop":
        return form == "letter" and label.isupper()
    if is_role(label):
        return True
    if family in ("dash", "tab", "alone", "blanks", "clock"):
        return form in NAMES or (form == "handle" and family == "tab")
    if form == "phrase":
        few = "," not in label and len(label.split()) <= 3
        return (layout.cues and len(found) >= 3) or (few and len(found) >= 5)
    return form != "cjk" or len(label) <= 12


def _compact(viable: dict[str, list[Candidate]], sure: set[str], lines: Sequence[Line], text: str) -> set[str]:
    """In a text of a few lines, nearly all labelled, believe also what occurs once.

    Roles and codes are believed as they are; names where they have a time, where only one label
    repeats, or where whole sentences follow every label.
    """
    certain = {key for key, found in viable.items() if _has_own_form(found[0])}
    names = {key for key, found in viable.items() if shape(found[0].label) in NAMES}
    chosen = sure | certain
    if all("t" in c.dress for found in viable.values() for c in found) or (
        len(chosen) < 2 and (sure or all(speaks(c, lines, text) for found in viable.values() for c in found))
    ):
        chosen |= names
    places = {c.line for key in chosen for c in viable[key]}
    if len(chosen) < 2 or not places:
        return set()
    alone = all(c.words >= lines[c.line].end for key in chosen for c in viable[key])
    filled = sum(not line.blank for line in lines[min(places) :])
    most = 0.4 if any(_is_clear_role(viable[key][0].label) for key in chosen) else 0.7
    return chosen if len(places) * (2 if alone else 1) >= most * filled else set()


def _carries(
    sure: set[str], groups: dict[str, list[Candidate]], family: str, lines: Sequence[Line], layout: Layout
) -> bool:
    """Tell whether the labels believed so far cover the text as labels of speakers do."""
    places = sorted({c.line for key in sure for c in groups[key]})
    filled = [line.index for line in lines if not line.blank]
    body = [index for index in filled if index >= places[0]]
    share = len(places) / len(body)
    if layout.cues:
        return share >= 0.5 or (len(sure) >= 2 and share >= 0.15 and len(places) >= 6)
    if family == "alone":
        share *= 1.5 if all("t" in c.dress for key in sure for c in groups[key]) else 1
        if _unfollowed(places, filled) > 0.2:
            return False
    if len(sure) == 1:
        (only,) = sure
        dressed = any(c.dress for c in groups[only])
        return (share >= 0.8 and len(places) >= 3 and family in ("colon", "bracket", "heading", "tab", "bold")) or (
            dressed and share >= 0.45 and len(places) >= 5 and "t" in groups[only][0].dress
        )
    begins_late = len(filled) - len(body) > max(30, 0.6 * len(filled))
    return share >= COVERAGE[family] and not (begins_late and share < 0.2)


def _unfollowed(places: list[int], filled: list[int]) -> float:
    """Return the share of labels with no words on the next line, where labels stand alone on theirs."""
    following = dict(pairwise(filled))
    marked = set(places)
    return sum(following.get(place, place) in marked for place in places) / len(places)


def _alike(sure: set[str], groups: dict[str, list[Candidate]], lines: Sequence[Line], layout: Layout) -> set[str]:
    """Return rarer labels that look exactly like those believed."""
    believed = [c for key in sure for c in groups[key]]
    forms, dresses = Counter(c.form for c in believed), Counter(c.dress for c in believed)
    roles = any(is_role(c.label) for c in believed)
    timed = sum("t" in c.dress for c in believed) >= 0.9 * len(believed)
    density = _density(groups, lines)
    dense = layout.cues and density >= 0.9
    chosen = set()
    for key in groups.keys() - sure:
        one = groups[key][0]
        form = shape(one.label)
        column = one.family == "tab" and is_column_head(one.label)
        if is_no_person(one.label) or one.dress not in dresses or column:
            continue
        common = sum(forms[like + one.dress] for like in ALIKE.get(form, (form,))) >= 0.3 * len(believed)
        own = (form in OWN_FORM and (common or (form == "code" and is_role(one.label)))) or (
            is_role(one.label) and (roles or _is_clear_role(one.label))
        )
        names = form == "titles" and common and (len(groups[key]) > 1 or "," not in one.label)
        names = names or (form == "title1" and common and len(groups[key]) > 1 and density >= EVERY_LINE)
        free = form != "phrase" and (timed or dense) and len(one.label.split()) <= 4
        if own or names or free or (form == "cjk" and "h" in one.dress):
            chosen.add(key)
    return chosen


def _density(groups: dict[str, list[Candidate]], lines: Sequence[Line]) -> float:
    """Return the share of lines that begin with what may be a name."""
    names = sum(len(found) for found in groups.values() if shape(found[0].label) != "phrase")
    return names / sum(not line.blank for line in lines)


def _expanding(sure: set[str], groups: dict[str, list[Candidate]]) -> set[str]:
    """Return rare long labels whose initials are a believed label: full names and roles, or surnames at the top."""
    believed = [groups[key][0].label for key in sure]
    soon = sorted(c.line for key in sure for c in groups[key])[:3][-1]
    chosen = set()
    for key in groups.keys() - sure:
        one = groups[key][0]
        form = shape(one.label)
        long = form == "titles" or (form in ("title1", "caps") and (is_role(one.label) or one.line < soon))
        if is_no_person(one.label) or not long or _inner_stop.search(one.label):
            continue
        if any(expands(one.label, other) or surname_of(other, one.label) for other in believed):
            chosen.add(key)
    return chosen
