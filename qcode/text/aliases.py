"""Several labels of one person: announced, or the full name once and its initials afterwards."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from qcode.domain.transcript import Speaker
from qcode.text.fold import expands, fold, mixes_alphabets, shape, slipped, surname_of, swapped, tidy
from qcode.text.labels import Candidate
from qcode.text.layout import Remark
from qcode.text.wordlists import is_slip_of_role

__all__ = ["name_speakers"]

MOST = 200
_announced = re.compile(
    r"(?:далее|в дальнейшем|im folgenden|hereafter|hereinafter|here|below|以下简称|以下簡稱)"
    r"\s*[-–—:,]*\s*[«\"“„]?(?P<alias>[^»\"”“]{1,40})",
    re.IGNORECASE,
)


def name_speakers(labels: Sequence[Candidate], *, join: bool = True) -> tuple[list[str], list[Speaker], list[Remark]]:
    """Return the speaker of each label, the speakers by number of labels, and what was joined or doubted."""
    written = [_with_bracket(c, stems) for stems in [_stems(labels)] for c in labels]
    keys = [fold(form) for form in written]
    same = _joins(labels, written, keys) if join and len(set(keys)) <= MOST else {}
    written = [c.label if key in same else form for c, key, form in zip(labels, keys, written, strict=True)]
    keys = [same.get(key, key) for key in keys]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for key, form in zip(keys, written, strict=True):
        forms[key][form] += 1
    names = {key: count.most_common(1)[0][0] for key, count in forms.items()}
    speakers = [
        Speaker(names[key], count.total(), tuple(sorted(form for form in count if form != names[key])))
        for key, count in forms.items()
    ]
    speakers.sort(key=lambda speaker: -speaker.labels)
    return [names[key] for key in keys], speakers, _remarks(speakers)


def _stems(labels: Sequence[Candidate]) -> set[str]:
    """Return the labels that also stand without a bracket, or with several: there it is no part of the name."""
    brackets: dict[str, set[str]] = defaultdict(set)
    for candidate in labels:
        brackets[fold(candidate.label)].add(candidate.bracket or "")
    return {key for key, found in brackets.items() if "" in found or len(found) > 1}


def _with_bracket(candidate: Candidate, stems: set[str]) -> str:
    bracket = candidate.bracket
    if (
        not bracket
        or fold(candidate.label) in stems
        or _announced.search(bracket)
        or shape(candidate.label) in ("letter", "initials")
    ):
        return candidate.label
    return tidy(f"{candidate.label} {bracket}")


def _joins(labels: Sequence[Candidate], written: Sequence[str], keys: Sequence[str]) -> dict[str, str]:
    """Return which key is another's long form: by announcement, else by initials that fit one label only."""
    counts, shown = Counter(keys), dict(zip(reversed(keys), reversed(written), strict=True))
    same: dict[str, str] = {}
    for candidate, key in zip(labels, keys, strict=True):
        told = _announced.search(candidate.bracket or "")
        alias = fold((told["alias"] if told else candidate.bracket or "").strip(' ()[]（）.«»"”'))
        if alias in counts and len(alias) < len(key) and counts[key] <= counts[alias]:
            same[key] = alias
    bare = dict(zip(keys, (c.label for c in labels), strict=True))
    rare = max(3, 0.1 * max(counts.values()))
    fits = {
        full: [k for k in counts if counts[k] > counts[full] and _may_be(bare[full], shown[k])]
        for full in counts
        if full not in same and counts[full] <= rare
    }
    return same | _only_ways(fits, set(same.values()))


def _may_be(rare: str, frequent: str) -> bool:
    """Tell whether a rare label is the long form of a frequent one, or its surname without the initials."""
    return expands(rare, frequent) or surname_of(frequent, rare)


def _only_ways(fits: dict[str, list[str]], taken: set[str]) -> dict[str, str]:
    """Join each long form that only one free label fits, until none is left; what fits several stays."""
    same: dict[str, str] = {}
    while True:
        free = {full: [k for k in found if k not in taken] for full, found in fits.items() if full not in same}
        sure = next(((full, found[0]) for full, found in free.items() if len(found) == 1), None)
        if sure is None:
            return same
        same[sure[0]] = sure[1]
        taken = taken | {sure[1]}


def _remarks(speakers: Sequence[Speaker]) -> list[Remark]:
    remarks = []
    for speaker in speakers:
        if speaker.aliases:
            others = ", ".join(f"“{alias}”" for alias in speaker.aliases)
            alike = [a for a in speaker.aliases if mixes_alphabets(a, speaker.name)]
            why = " (letters of another alphabet that look the same)" if alike else ""
            remarks.append(Remark(None, f"{others} and “{speaker.name}” were taken for one speaker{why}"))
    names = [speaker.name for speaker in speakers[:MOST]]
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            if swapped(one, other):
                remarks.append(
                    Remark(None, f"“{other}” may be “{one}” with its initials swapped; they were not joined")
                )
            for right, wrong in ((one, other), (other, one)):
                if _misspelt(right, wrong, speakers):
                    remarks.append(Remark(None, f"“{wrong}” may be “{right}” misspelt; they were not joined"))
    return remarks


def _misspelt(right: str, wrong: str, speakers: Sequence[Speaker]) -> bool:
    """Tell whether two names of five letters or more differ by a slip, and the second is the wrong one.

    It is where the first alone is a word for a part in an interview; else where it stands half as often at most.
    """
    keys = fold(right), fold(wrong)
    if min(map(len, keys)) < 5 or not all(key.isalpha() for key in keys) or not slipped(*keys):
        return False
    if is_slip_of_role(right) != is_slip_of_role(wrong):
        return is_slip_of_role(wrong)
    times = {speaker.name: speaker.labels for speaker in speakers}
    return times[wrong] <= times[right] / 2
