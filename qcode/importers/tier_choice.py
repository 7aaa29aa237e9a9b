"""Which tiers of a TextGrid are talk: not points, not the same talk cut finer, not a second text beside the first."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from qcode.importers.base import Notice
from qcode.importers.praat import Interval, Tier
from qcode.importers.spoken import counted

__all__ = ["spoken_on", "talk_of"]

PAUSES = frozenset({"_", "#", "sil", "sp", "<sil>", "<p:>", "<p>"})
MOST_COMPARED = 30
NEAR = 0.02
NEARLY_ALL = 0.95
SAME_LETTERS = 0.9
COVERS = 0.7


def talk_of(tiers: Sequence[Tier]) -> tuple[list[Tier], list[Notice]]:
    """Return the tiers that hold talk, and what is to be told of the others."""
    points = Counter({f"“{tier.name}”": tier.points for tier in tiers})
    spoken = [tier for tier in tiers if spoken_on(tier)]
    filled = [spoken_on(tier) for tier in spoken]
    pauses = sum(is_pause(one.text) for tier in tiers for one in tier.intervals)
    finer: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    talk = []
    for number, tier in enumerate(spoken):
        others = [other for n, other in enumerate(filled) if n != number] if len(spoken) <= MOST_COMPARED else []
        if any(_cut_finer(filled[number], other) for other in others):
            finer[f"“{tier.name}”"] += len(filled[number])
        elif others and any(_beside(filled[number], other) for other in filled[:number]):
            beside[f"“{tier.name}”"] += len(filled[number])
        else:
            talk.append(tier)
    notices = counted("tiers of points were left out, with points", points)
    notices += counted("tiers that cut the same talk finer (words, sounds) were left out, with intervals", finer)
    same = "tiers with the very intervals of another (translation, gloss) were left out, with intervals"
    notices += counted(same, beside)
    notices += counted("left out", {"intervals that mark a pause, as “_” or “sil”:": pauses})
    return talk, notices


def spoken_on(tier: Tier) -> list[Interval]:
    """Return the intervals of a tier that hold more than a pause."""
    return [one for one in tier.intervals if one.text.strip() and not is_pause(one.text)]


def is_pause(text: str) -> bool:
    """Tell whether a text is what programs that align sound write for a pause."""
    return text.strip().lower() in PAUSES


def _cut_finer(fine: Sequence[Interval], coarse: Sequence[Interval]) -> bool:
    if len(fine) < 1.5 * len(coarse) or _inside(fine, coarse) < NEARLY_ALL:
        return False
    if _same_letters(fine, coarse) >= SAME_LETTERS:
        return True
    single = sum(len(one.text.split()) == 1 for one in fine) / len(fine)
    return len(fine) >= 2 * len(coarse) and single >= NEARLY_ALL and _length(fine) >= COVERS * _length(coarse)


def _beside(one: Sequence[Interval], other: Sequence[Interval]) -> bool:
    """Tell whether two tiers have the same intervals, as two people who talk never have."""
    if len(one) != len(other) or len(one) < 3:
        return False
    same = sum(abs(a.start - b.start) < NEAR and abs(a.end - b.end) < NEAR for a, b in zip(one, other, strict=True))
    return same >= NEARLY_ALL * len(one)


def _inside(fine: Sequence[Interval], coarse: Sequence[Interval]) -> float:
    ordered = sorted(coarse, key=lambda one: one.start)
    starts = [one.start for one in ordered]
    inside = 0
    for one in fine:
        at = bisect_right(starts, one.start + NEAR) - 1
        inside += at >= 0 and one.end <= ordered[at].end + NEAR
    return inside / len(fine)


def _same_letters(fine: Sequence[Interval], coarse: Sequence[Interval]) -> float:
    a, b = (Counter(c for one in tier for c in one.text.casefold() if c.isalnum()) for tier in (fine, coarse))
    return (a & b).total() / max(1, a.total(), b.total())


def _length(tier: Sequence[Interval]) -> float:
    return sum(one.end - one.start for one in tier)
