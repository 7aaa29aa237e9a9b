"""The memos of a study."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from qcode.domain.memo import MEMO_TARGETS, Memo
from qcode.errors import BadValue
from qcode.store import cases as case_rows
from qcode.store import coders as coder_rows
from qcode.store import codings as coding_rows
from qcode.store import memos as rows
from qcode.store import transcripts as transcript_rows
from qcode.study.codes import find_code
from qcode.study.desk import Desk, new_id, now

__all__ = ["MOST_CHARACTERS", "Memos", "as_kept"]

MOST_CHARACTERS = 100_000
"""A memo holds at most so much."""


class Memos:
    """Notes on the study, a transcript, a code, a coding or a case: `add`, `list`, `remove`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, text: str, *, about: str = "study", target: str = "", coder: str | None = None) -> Memo:
        """Write a memo about the thing that `target` names; `about` is one of MEMO_TARGETS."""
        if not text.strip():
            raise BadValue("the memo is empty", mend="write a word")
        as_kept(text)
        with self._desk.store.write() as connection:
            return self.write(connection, text, self._id_of(connection, about, target), about=about, coder=coder)

    def write(self, connection: Connection, text: str, target: str, *, about: str, coder: str | None = None) -> Memo:
        """Write a memo about the thing with the id `target`, within an act that is under way."""
        row_id, who = self._desk.acting(connection, coder)
        memo = Memo(new_id(), about, target, as_kept(text), who.name, now())
        rows.add_memos(connection, [(memo, row_id)])
        self._desk.record(connection, who, "memo.add", {"memo": memo.id, "about": about, "target": target})
        return memo

    def write_many(self, connection: Connection, notes: Iterable[tuple[str, str, str]]) -> int:
        """Write memos on codings, each (coding id, words, coder), within an act under way that records their number."""
        at, ids = now(), {name: row_id for row_id, name in coder_rows.coder_names(connection).items()}
        new = [
            (Memo(new_id(), "coding", target, as_kept(text), coder, at), ids[coder])
            for target, text, coder in notes
            if text.strip()
        ]
        rows.add_memos(connection, new)
        return len(new)

    def list(
        self, *, about: str | None = None, target: str | None = None, coders: Collection[str] | None = None
    ) -> list[Memo]:
        """Return memos, oldest first: all, those on one kind of thing, or those on one thing.

        `coders`: only those that these wrote, for somebody who codes without seeing what others think.
        """
        with self._desk.store.read() as connection:
            uuid = self._id_of(connection, about, target) if about and target else None
            found = rows.memos(connection, about=about, target=uuid)
            return found if coders is None else [one for one in found if one.coder in coders]

    def names(self) -> dict[str, str]:
        """Return a readable name for every id that a memo may be about."""
        from qcode.store.codebooks import code_names

        with self._desk.store.read() as connection:
            found = {t.id: t.name for t in transcript_rows.transcripts(connection)}
            found |= {c.id: c.name for c in case_rows.cases(connection)}
            return found | code_names(connection)

    def remove(self, name: str) -> None:
        """Remove a memo."""
        with self._desk.store.write() as connection:
            row = rows.memo_row(connection, name)
            rows.remove_memo(connection, row.id)
            _, who = self._desk.acting(connection)
            self._desk.record(connection, who, "memo.remove", {"memo": row.uuid})

    def _id_of(self, connection: Connection, about: str, target: str) -> str:
        match about:
            case "study":
                return str(coder_rows.study_row(connection).uuid)
            case "transcript":
                return str(transcript_rows.transcript_row(connection, target).uuid)
            case "case":
                return case_rows.case_row(connection, target)[1]
            case "coding":
                return str(coding_rows.coding_row(connection, target).uuid)
            case "code":
                return find_code(connection, target).code.id
        raise BadValue(f"a memo is about one of {', '.join(MEMO_TARGETS)}, not {about!r}")


def as_kept(text: str) -> str:
    """Return the words of a memo as they are kept; raises BadValue for too many, and for what is no writing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > MOST_CHARACTERS:
        raise BadValue(f"the memo has more than {MOST_CHARACTERS:,} characters", mend="write several memos")
    if any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t" for one in text):
        raise BadValue("the memo has a control character", mend="type the words anew, or paste them as plain text")
    return text
