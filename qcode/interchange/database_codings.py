"""The codings of another tool's database: each mark with its place in our text, and what had none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.domain.ledger import Positions
from qcode.domain.parcel import ParcelCoding, ParcelMemo
from qcode.errors import Unreadable
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.database_values import plural
from qcode.interchange.quote_places import Locate, Mark, Placed, Text, place

__all__ = ["Marked", "codings_at"]

MOST_QUOTED = 200_000_000
"""So many characters all quotes hold together; ten coders who code each word of a large study ten times stay below."""

SHOWN = 20
"""A loss names at most so many marks by their numbers."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark that carries a code; `row` is what the tool's table counts it as."""

    mark: Mark
    row: int
    id: str
    code: str
    coder: str | None = None
    created_at: str | None = None
    memo: str = ""


def codings_at(
    marked: Sequence[Marked],
    texts: Mapping[str, Text],
    rules: Sequence[str],
    locate: Locate,
    table: str,
    gathering: Gathering,
) -> tuple[tuple[ParcelCoding, ...], Positions | None, int | None]:
    """Return the codings, the rule of their positions, and how many carry words that stand at their place.

    Marks without a place go to the losses with their raw numbers, those that were moved to the remarks. Raises
    Unreadable for more words than memory should hold.
    """
    marked = _once(marked, table, gathering)
    placed, positions = place([one.mark for one in marked], texts, rules, locate)
    if sum(there.end - there.start for there in placed if there is not None) > MOST_QUOTED:
        raise Unreadable("the codings quote far more text than a project can hold")
    codings, nowhere, moved = [], [], 0
    for one, there in zip(marked, placed, strict=True):
        if there is None:
            nowhere.append(one)
            _keep_memo(one, gathering)
        else:
            codings.append(_coding(one, there, texts[one.mark.text].text, gathering))
            moved += there.how == "found"
    _tell(nowhere, moved, table, gathering)
    carry = any(one.mark.words for one in marked)
    agree = sum(there is not None and there.how == "agrees" for there in placed)
    return tuple(codings), positions, agree if carry or not marked else None


def _once(marked: Sequence[Marked], table: str, gathering: Gathering) -> list[Marked]:
    once: dict[str, Marked] = {}
    for one in marked:
        once.setdefault(one.id, one)
    gathering.lose("codings", len(marked) - len(once), table, "the file has them twice, equal in everything")
    return list(once.values())


def _coding(one: Marked, there: Placed, text: str, gathering: Gathering) -> ParcelCoding:
    first, *more = gathering.pieces(one.memo) or [""]
    for n, piece in enumerate(more):
        id = gathering.identity("memo", one.id, n)
        gathering.memos.append(ParcelMemo(id, "coding", one.id, piece, one.coder, one.created_at))
    quote = text[there.start : there.end]
    return ParcelCoding(
        one.id, one.mark.text, there.start, there.end, quote, one.code, one.coder, one.created_at, memo=first
    )


def _keep_memo(one: Marked, gathering: Gathering) -> None:
    """Keep what was written about a coding without a place: on its transcript, with the numbers that the file has."""
    for n, piece in enumerate(gathering.pieces(one.memo)):
        id, words = gathering.identity("memo", one.id, n), f"[{one.mark.start}-{one.mark.end} in the file] {piece}"
        gathering.memos.append(ParcelMemo(id, "transcript", one.mark.text, words, one.coder, one.created_at))


def _tell(nowhere: Sequence[Marked], moved: int, table: str, gathering: Gathering) -> None:
    if moved:
        what = plural(moved, "coding stands", "codings stand")
        gathering.remarks.append(f"{what} where the words are that the file keeps, not at the positions that it names")
    for why, ones in (
        ("they are empty or run backwards", [one for one in nowhere if one.mark.start >= one.mark.end]),
        (
            "their words do not stand at their positions, nor anywhere else just once",
            [one for one in nowhere if one.mark.start < one.mark.end and one.mark.words],
        ),
        (
            "their positions are outside the text",
            [one for one in nowhere if one.mark.start < one.mark.end and not one.mark.words],
        ),
    ):
        shown = "; ".join(f"row {one.row}: {one.mark.start}-{one.mark.end}" for one in ones[:SHOWN])
        more = f" and {len(ones) - SHOWN:,} more" if len(ones) > SHOWN else ""
        gathering.lose("codings", len(ones), f"{table}, {shown}{more}", why)
