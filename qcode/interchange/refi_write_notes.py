"""Writes the notes of a REFI-QDA project: memos with who wrote them and when, and what each is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from qcode.domain.ledger import Loss
from qcode.domain.parcel import Parcel, ParcelMemo
from qcode.interchange.refi_write_xml import Ink, derived, when

__all__ = ["MEMO_NAME", "Notes", "notes_of"]

MEMO_NAME = "memo"
"""What every memo is called: a name of its own would be made of somebody's words."""

REFERRING = ("code", "transcript", "coding", "study")
"""What an element of the standard can refer to a note; for cases a link leads from the note."""


@dataclass(frozen=True)
class Notes:
    """The memos of a parcel in order, and by kind and target the references to them as elements."""

    memos: tuple[ParcelMemo, ...]
    refer: Mapping[str, Mapping[str, str]]
    losses: tuple[Loss, ...]

    def lines(self, ink: Ink, users: Mapping[str, str]) -> Iterator[str]:
        """Yield each memo as an element; `users` are the written identities of the coders."""
        for memo in self.memos:
            head = ink.opening(
                "Note",
                guid=ink.guid("memo", memo.id),
                name=MEMO_NAME,
                creatingUser=users.get(memo.coder or ""),
                creationDateTime=when(memo.created_at) or None,
            )
            yield f"{head}<PlainTextContent>{ink.content(memo.text)}</PlainTextContent></Note>\n"

    def links(self, ink: Ink) -> Iterator[str]:
        """Yield what leads from memos to the cases that they are about."""
        for memo in self.memos:
            if memo.about == "case":
                yield ink.opening(
                    "Link",
                    "/>\n",
                    guid=ink.guid("link", derived("link", memo.id)),
                    name=MEMO_NAME,
                    direction="OneWay",
                    originGUID=ink.guid("memo", memo.id),
                    targetGUID=ink.guid("case", memo.target),
                )


def notes_of(parcel: Parcel, ink: Ink, there: Mapping[str, Collection[str]]) -> Notes:
    """Return the memos of a parcel; `there` are the ids of the things of each kind that the file holds."""
    memos, lost = [], 0
    for memo in (*_identified(parcel), *_of_codings(parcel)):
        if memo.about != "study" and memo.target not in there.get(memo.about, ()):
            lost += 1
            memo = ParcelMemo(memo.id, "study", "", memo.text, memo.coder, memo.created_at)
        memos.append(memo)
    refer: dict[str, dict[str, str]] = {about: defaultdict(str) for about in REFERRING}
    for memo in memos:
        if memo.about in refer:
            target = "" if memo.about == "study" else memo.target
            refer[memo.about][target] += ink.refer("NoteRef", ink.guid("memo", memo.id))
    why = "what they are about is not in the file; they are notes on the whole there"
    return Notes(tuple(memos), refer, (Loss("targets of memos", lost, why=why),))


def _identified(parcel: Parcel) -> Iterator[ParcelMemo]:
    """Yield the memos, each with an identity."""
    for n, memo in enumerate(parcel.memos):
        id = memo.id or derived("memo", f"{memo.about}\n{memo.target}\n{n}")
        yield ParcelMemo(id, memo.about, memo.target, memo.text, memo.coder, memo.created_at)


def _of_codings(parcel: Parcel) -> Iterator[ParcelMemo]:
    """Yield the words that codings carry themselves as memos on them."""
    for coding in parcel.codings:
        if coding.memo:
            id = derived("memo of a coding", coding.id)
            yield ParcelMemo(id, "coding", coding.id, coding.memo, coding.coder, coding.created_at)
