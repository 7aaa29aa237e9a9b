"""The queue: codings that wait for a person since the codebook changed, and the decisions on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from qcode.domain.coding import Coding
from qcode.domain.diff import Declared
from qcode.errors import BadValue, Conflict, NotFound
from qcode.store import codebooks as codebook_rows
from qcode.store import codings as coding_rows
from qcode.store import lineage
from qcode.store import pending as rows
from qcode.store import transcripts as transcript_rows
from qcode.store.newest import newest_n
from qcode.study.codes import VersionInUse, choose_version, newest_row, newest_versions
from qcode.study.codings import list_codings
from qcode.study.decisions import Deciding
from qcode.study.desk import Desk
from qcode.study.places import in_place
from qcode.study.quotes import find_quote
from qcode.study.selection import Filters
from qcode.study.versions import Heirs, declared_between
from qcode.text.terms import TermFinder

__all__ = ["Decided", "Queue", "QueueItem"]


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A coding that waits, and why: `change` is split, redefine or edit, made by the version `under`.

    Where it is revise, its words are gone from the transcript's revision `under`: it is placed anew or withdrawn. Else
    it may go to `candidates`, and stay on its code if it may be `kept`. `suggested` are those of the candidates whose
    terms stand in the passage, `found` the words that do; nothing is ever decided by them.
    """

    coding: Coding
    turn: int | None
    speaker: str | None
    change: str
    effect: str
    under: str
    why: str
    candidates: tuple[str, ...]
    kept: bool
    suggested: tuple[str, ...]
    found: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Decided:
    """How many codings were decided on, and how many were made for the codes they were allocated to.

    `act` is the number of the decision in the history, `new` are the ids of the codings that were made, `coders` are
    those whose codings they were.
    """

    codings: int
    made: int = 0
    act: int = field(default=0, compare=False)
    new: tuple[str, ...] = field(default=(), compare=False)
    coders: tuple[str, ...] = field(default=(), compare=False)


class Queue:
    """The queue: `list`, `resolve`, `place`, `undo`, `has_decided`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, filters: Filters | None = None) -> list[QueueItem]:
        """Return the codings that wait and that the filters leave, in order of transcript and place."""
        with self._desk.store.read() as connection:
            _must_be_of_now(connection, filters)
            codings = list_codings(connection, filters or Filters(), pending=True)
            asking = _Asking(connection)
            return [asking.item(placed.coding, placed.turn, placed.speaker) for placed in in_place(connection, codings)]

    def counts(self, filters: Filters | None = None) -> dict[str, int]:
        """Return how many of the codings that the filters leave wait for a decision, by the key of their code.

        None where the filters ask for these alone: then nothing is left out.
        """
        if filters is not None and filters.pending:
            return {}
        with self._desk.store.read() as connection:
            return dict(Counter(one.code for one in list_codings(connection, filters or Filters(), pending=True)))

    def resolve(
        self,
        *names: str,
        to: str | Sequence[str] = (),
        keep: bool = False,
        withdraw: bool = False,
        filters: Filters | None = None,
        why: str = "",
        coder: str | None = None,
    ) -> Decided:
        """Decide on codings that wait, named by their ids or by filters: all of them or none.

        They go `to` one code or several, are kept on their code, or are withdrawn. Raises Conflict for a coding that
        does not wait or a code that it cannot go to, NotFound where nothing is meant.
        """
        targets = [to] if isinstance(to, str) else list(to)
        if (bool(targets), keep, withdraw).count(True) != 1:
            raise BadValue("one decision is needed", mend="give --to CODE[,CODE...], --keep or --withdraw")
        with self._desk.store.write() as connection:
            waiting = self._meant(connection, names, filters)
            deciding = Deciding(connection, self._desk, coder, why)
            asking = _Asking(connection)
            for one in waiting:
                if withdraw:
                    deciding.withdraw(one)
                    continue
                allowed = asking.allowed(one)
                if keep:
                    deciding.keep(one, allowed)
                else:
                    deciding.allocate(one, allowed, targets)
            deciding.record()
            coders = tuple(dict.fromkeys(one.coder for one in waiting))
            return Decided(len(waiting), len(deciding.new), deciding.act, tuple(deciding.new), coders)

    def place(
        self,
        name: str,
        *,
        start: int | None = None,
        end: int | None = None,
        quote: str | None = None,
        why: str = "",
        coder: str | None = None,
    ) -> Decided:
        """Put a coding whose words are gone on a segment of the corrected transcript, by its positions or its words.

        Raises Conflict for a coding that has its place, or where the same is coded there already.
        """
        with self._desk.store.write() as connection:
            (one,) = self._meant(connection, [name], None)
            _Asking(connection).must_be_lost(one)
            transcript = transcript_rows.transcript_row(connection, one.transcript)
            text = transcript_rows.current(connection, transcript.id)
            span = find_quote(text.text, start=start, end=end, quote=quote, where=one.transcript)
            deciding = Deciding(connection, self._desk, coder, why)
            deciding.place(one, text.id, span, span.of(text.text))
            deciding.record()
            return Decided(1, len(deciding.new), deciding.act, tuple(deciding.new))

    def _meant(self, connection: Connection, names: Sequence[str], filters: Filters | None) -> Sequence[Coding]:
        if names and filters is not None:
            raise BadValue("codings are named by their ids or by filters, not by both", mend="leave one out")
        if not names and filters is None:
            raise BadValue("no coding is named", mend="give ids, or filters such as --code and --transcript")
        _must_be_of_now(connection, filters)
        waiting = list_codings(connection, filters or Filters(), pending=True)
        if not names:
            if not waiting:
                raise NotFound("no coding that fits these filters waits", mend="see: qcode codebook queue")
            return waiting
        by_id = {one.id: one for one in waiting}
        wanted = dict.fromkeys(coding_rows.coding_row(connection, name).uuid for name in names)
        for uuid in wanted:
            if uuid not in by_id:
                raise Conflict(f"the coding {uuid[:8]} does not wait for a decision", mend="see: qcode codebook queue")
        return [by_id[uuid] for uuid in wanted]

    def undo(self, *names: str, act: int | None = None, coder: str | None = None) -> int:
        """Let codings wait again: those named, or those that the last decision of this coder was about, or an `act`.

        Raises Conflict for a decision that was made before the newest version came, NotFound where there is none.
        """
        with self._desk.store.write() as connection:
            deciding = Deciding(connection, self._desk, coder, "")
            return deciding.undo([coding_rows.coding_row(connection, name) for name in names], act)

    def has_decided(self) -> bool:
        """Tell whether this coder has made a decision that `undo` without names would take back."""
        with self._desk.store.read() as connection:
            coder = self._desk.seat.row(connection)
            newest = {v.row.id for v in newest_versions(connection)}
            return coder is not None and rows.last_act(connection, newest, coder.id) is not None


def _must_be_of_now(connection: Connection, filters: Filters | None) -> None:
    if filters is None or filters.codebook is None:
        return
    version = choose_version(connection, filters.codebook)
    newest = newest_row(connection, version.row.codebook_id)
    if newest.id != version.row.id:
        raise Conflict(
            f"{version.label} has been followed by {newest.version}: nothing is decided under it any more",
            mend="leave out --codebook, or name the codebook alone",
        )


@dataclass(frozen=True, slots=True)
class _Reason:
    version: VersionInUse
    under: str
    declared: Declared


class _Asking:
    """Says of a coding that waits why, and where it may go."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.newest = {v.row.codebook_id: v for v in newest_versions(connection)}
        self.labels = {row.id: row for row in codebook_rows.versions(connection)}
        self.waiting = _by_uuid(connection)
        ids = {one.version_id for one in self.waiting.values() if one.n >= 0}
        self.declared = lineage.changes_of(connection, ids) if ids else {}
        self.known: dict[tuple[int, int], tuple[tuple[str, ...], bool]] = {}
        self.finders: dict[tuple[str, ...], TermFinder] = {}

    def reason(self, coding: Coding) -> _Reason:
        one = self.waiting[coding.id]
        row = self.labels[one.version_id]
        return _Reason(self.newest[row.codebook_id], row.version, self.declared[one.version_id][one.n])

    def must_be_lost(self, coding: Coding) -> None:
        """Raise Conflict for a coding that waits for something else than its words."""
        if self.waiting[coding.id].n >= 0:
            raise Conflict(
                f"the coding {coding.id[:8]} has its place, and waits because its code was changed",
                mend="give --to CODE[,CODE...], --keep or --withdraw",
            )

    def allowed(self, coding: Coding) -> tuple[tuple[str, ...], bool, VersionInUse]:
        """Return the codes that a coding may go to, whether it may stay, and the version that says so."""
        one = self.waiting[coding.id]
        if one.n < 0:
            raise Conflict(
                f"the words of the coding {coding.id[:8]} are not in {coding.transcript} any more, as it was corrected",
                mend="place it with --at START END or --quote WORDS, or withdraw it",
            )
        reason = self.reason(coding)
        if (one.version_id, one.n) not in self.known:
            self.known[one.version_id, one.n] = self._candidates(reason, one.version_id)
        return (*self.known[one.version_id, one.n], reason.version)

    def _candidates(self, reason: _Reason, version_id: int) -> tuple[tuple[str, ...], bool]:
        content, declared = reason.version.content, reason.declared
        itself = next((c for c in content.codes if c.id == declared.codes[0]), None)
        kept = itself is not None and itself.codable
        others = tuple(c.key for c in content.codes if c.codable and c is not itself)
        if declared.kind == "redefine":
            return others, kept
        later = declared_between(self.connection, version_id, reason.version.row.id)
        heirs = Heirs(content, tuple(later)).of(declared.into)
        into = tuple(key for key in heirs if itself is None or key != itself.key)
        return into or others, kept

    def item(self, coding: Coding, turn: int | None, speaker: str | None) -> QueueItem:
        if self.waiting[coding.id].n < 0:
            transcript = transcript_rows.transcript_row(self.connection, coding.transcript)
            text = f"revision {newest_n(self.connection, transcript.id)}"
            why = f"its words are not in {text}"
            return QueueItem(coding, turn, speaker, "revise", "", text, why, (), False, (), {})
        reason = self.reason(coding)
        candidates, kept, version = self.allowed(coding)
        hits = self._finder(candidates, version).hits(coding.quote)
        found = {key: tuple(dict.fromkeys(coding.quote[h.start : h.end] for h in hits[key])) for key in hits}
        return QueueItem(
            coding=coding,
            turn=turn,
            speaker=speaker,
            change="edit" if reason.declared.kind == "uncodable" else reason.declared.kind,
            effect=reason.declared.effect,
            under=reason.under,
            why=reason.declared.why,
            candidates=candidates,
            kept=kept,
            suggested=tuple(key for key in candidates if key in found),
            found=found,
        )

    def _finder(self, candidates: tuple[str, ...], version: VersionInUse) -> TermFinder:
        if candidates not in self.finders:
            by_key = version.content.by_key
            self.finders[candidates] = TermFinder({key: by_key[key.casefold()].terms for key in candidates})
        return self.finders[candidates]


def _by_uuid(connection: Connection) -> dict[str, rows.Waiting]:
    waiting = rows.reasons(connection)
    return {uuid: waiting[row_id] for uuid, row_id in coding_rows.uuids_of(connection, waiting)}
