"""Lets codings that were made elsewhere on an earlier text of a transcript go over to the text that it has now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from qcode.store import receiving as bulk
from qcode.store import revisions
from qcode.store import transcripts as transcript_rows
from qcode.store.codings import Place
from qcode.study.receiving_arrival import Arrival
from qcode.study.receiving_transcripts import Landed, Texts
from qcode.text.align import Alignment, align

__all__ = ["Corrected"]


class Corrected:
    """The transcripts that were corrected here since the parcel was made, each beside the text of the parcel."""

    def __init__(self, connection: Connection, texts: Texts) -> None:
        self._connection = connection
        self._earlier = [one for one in texts.known if one.earlier]
        self._beside: dict[int, tuple[Any, Alignment]] = {}

    @property
    def newest_ids(self) -> set[int]:
        """Return the newest revisions (row ids) of these transcripts."""
        return {transcript_rows.current_id(self._connection, one.row_id) for one in self._earlier}

    def place(self, text: Landed, place: Place) -> Place | None:
        """Return where a coding on an earlier text would stand now, or None where its words are gone."""
        current, alignment = self._now(text)
        span = alignment.place(place[1], place[2]).span
        return None if span is None else (current.id, span.start, span.end, place[3], place[4])

    def _now(self, text: Landed) -> tuple[Any, Alignment]:
        if text.row_id not in self._beside:
            current = transcript_rows.current(self._connection, text.row_id)
            self._beside[text.row_id] = (current, align(text.text, current.text))
        return self._beside[text.row_id]

    def carry(self, arrival: Arrival, after: int) -> None:
        """Let the codings behind row `after` go over to the texts of now; what has no place there waits."""
        went = waits = 0
        for text in self._earlier:
            rows = [
                row
                for row in revisions.codings_of(self._connection, text.row_id)
                if row.id > after and row.revision_id == text.revision_id
            ]
            if rows:
                changes, lost = self._sorted(text, rows)
                current, _ = self._now(text)
                going = revisions.Going(current.id, current.sha256, arrival.at, arrival.who_id)
                revisions.go_over(self._connection, going, changes)
                revisions.lose_place(self._connection, lost)
                went, waits = went + len(changes), waits + len(lost)
        if went or waits:
            arrival.remarks.append(
                f"codings made elsewhere on texts that were corrected here since: {went:,} went over to the new text, "
                f"{waits:,} wait for a decision"
            )

    def _sorted(self, text: Landed, rows: list[Any]) -> tuple[list[revisions.Change], list[int]]:
        """Return what goes over and where to, and what has no place; what stands there already takes no other."""
        current, _ = self._now(text)
        taken = {one.place for one in bulk.on_revisions(self._connection, [current.id]) if one.ended_how is None}
        changes: list[revisions.Change] = []
        lost: list[int] = []
        for row in rows:
            place = self.place(text, (text.revision_id, row.start, row.end, row.code_id, row.coder_id))
            if place is None or place in taken:
                lost.append(row.id)
            else:
                changes.append((row.id, place[1], place[2], current.text[place[1] : place[2]]))
        return changes, lost
