"""Tells which new transcripts of a parcel are probably one that the study has, with words corrected elsewhere."""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Sequence

from qcode.domain.parcel import ParcelTranscript
from qcode.store import transcripts as rows
from qcode.store.lookup import fold
from qcode.store.receiving import RevisionRow
from qcode.study.receiving_arrival import Arrival

__all__ = ["tell_of_likeness"]

ENOUGH, ENOUGH_OF_ITS_NAME = 0.5, 0.3
"""At least this share of the runs of words of the longer text is shared; of two of one name, of the shorter."""

LEAST, LEAST_OF_ITS_NAME = 40, 6
"""Texts of fewer runs of words tell nothing: answers to a survey are alike."""

FIRST = 20_000
"""So many characters of a text are looked at: the beginnings of two talks differ already."""

RUN = 4
SHOWN = 5
_word = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")

_Run = tuple[str, ...]


def tell_of_likeness(
    arrival: Arrival, added: Sequence[tuple[str, ParcelTranscript]], others: Sequence[RevisionRow]
) -> None:
    """Remark on those that were `added` (with their names here) and are like one of `others`, which the parcel has not.

    A program that makes all identities anew leaves nothing else to know a corrected text by.
    """
    if not added or not others:
        return
    runs = [_runs(one.text) for _, one in added]
    places: dict[_Run, list[int]] = defaultdict(list)
    for n, found in enumerate(runs):
        for run in found:
            places[run].append(n)
    best: dict[int, tuple[float, RevisionRow]] = {}
    for row in others:
        theirs = _runs(rows.text_of(arrival.connection, row.revision_id))
        for n, shared in Counter(n for run in theirs for n in places.get(run, ())).items():
            share = _likeness(shared, len(runs[n]), len(theirs), same=fold(added[n][1].name) == fold(row.name))
            if share > best.get(n, (0.0,))[0]:
                best[n] = (share, row)
    pairs = [(added[n][0], row.name) for n, (_, row) in sorted(best.items())]
    arrival.remarks.extend(_said(new, ours) for new, ours in pairs[:SHOWN])
    if len(pairs) > SHOWN:
        more = "; ".join(f"{new} ({ours})" for new, ours in pairs[SHOWN:])
        arrival.remarks.append(f"so it is with {len(pairs) - SHOWN:,} more: {more}")


def _runs(text: str) -> set[_Run]:
    words = _word.findall(text[:FIRST].casefold())
    return set(zip(*(words[n:] for n in range(RUN)), strict=False))


def _likeness(shared: int, mine: int, theirs: int, *, same: bool) -> float:
    """Return the share of what two texts have in common, 0 where that is too little to tell."""
    shorter, longer = sorted((mine, theirs))
    least, enough = (LEAST_OF_ITS_NAME, ENOUGH_OF_ITS_NAME) if same else (LEAST, ENOUGH)
    share = shared / max(shorter if same else longer, 1)
    return share if shorter >= least and share >= enough else 0.0


def _said(new: str, ours: str) -> str:
    return (
        f"{new} comes in as a transcript of its own and resembles {ours}, which the file has not; if it is {ours} with "
        f"words corrected, save its text from the other program and type: qcode transcript remove {shlex.quote(new)} "
        f"--with-codings, then qcode transcript revise {shlex.quote(ours)} FILE, then import the project again"
    )
