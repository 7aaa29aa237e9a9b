"""Takes the transcripts of a parcel into a study: known by identity or text, changed, or new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from qcode.domain.parcel import Parcel, ParcelTranscript
from qcode.domain.transcript import Revision, TimeMark, Turn, text_hash
from qcode.errors import Conflict, Unreadable
from qcode.importers.base import Draft, Options, check_lines
from qcode.importers.decode import LIMIT
from qcode.importers.plain import draft_of_text
from qcode.store import receiving as bulk
from qcode.store import transcripts as rows
from qcode.store.lookup import fold
from qcode.store.receiving import RevisionRow
from qcode.study.desk import new_id
from qcode.study.import_outcomes import Imported
from qcode.study.receiving_alike import tell_of_likeness
from qcode.study.receiving_arrival import Arrival, Names, plain, time_of, usable
from qcode.study.revising import revise_within

__all__ = ["Landed", "Texts", "drafts_of", "take_transcripts"]

ENDS = ("", "\n", "\n\n", " ", " \n")
"""What may stand behind the last word of a text."""

Drafts = Mapping[str, Draft]
"""What was found in the texts that are new, by the SHA-256 of the text."""


@dataclass(frozen=True, slots=True)
class Landed:
    """Where the codings on a transcript of the parcel go: the transcript (uuid, row id), its revision and its text.

    `known` where the study had it; `earlier` where this is what it read before it was revised.
    """

    id: str
    row_id: int
    revision_id: int
    text: str = field(repr=False)
    case_id: int | None = None
    known: bool = False
    earlier: bool = False


@dataclass
class Texts:
    """What became of the transcripts, by their ids in the parcel; `revised` are the names of those that changed."""

    landed: dict[str, Landed] = field(default_factory=dict)
    imported: list[Imported] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)

    @property
    def known(self) -> list[Landed]:
        """Return the transcripts that the study had, as they are or were."""
        return [one for one in self.landed.values() if one.known]


def drafts_of(parcel: Parcel, known: Collection[str]) -> dict[str, Draft]:
    """Find speakers, turns and the language in those texts of a parcel whose SHA-256 is not `known`."""
    found: dict[str, Draft] = {}
    for one in parcel.transcripts:
        sha256 = text_hash(one.text)
        if sha256 not in known and _unfit(one.text) is None:
            found[sha256] = draft_of_text(one.text, Options(language=one.language))
    return found


def take_transcripts(arrival: Arrival, drafts: Drafts) -> Texts:
    """Take in what is new among the transcripts of a parcel, and find where the others are."""
    taker = _Taker(arrival, drafts)
    for one, match in taker.matched().items():
        taker.take(one, match)
    tell_of_likeness(arrival, taker.added, taker.others())
    return taker.texts


def _unfit(text: str) -> str | None:
    """Return why a text cannot be a transcript, or None; blanks alone can: a respondent may have said nothing."""
    if not text:
        return "they are empty"
    if "\0" in text or "\r" in text:
        return "they hold control characters that no text has"
    if len(text) > LIMIT:
        return f"they have more than {LIMIT:,} characters"
    try:
        check_lines(text)
    except Unreadable as error:
        return error.what
    return None


class _Taker:
    def __init__(self, arrival: Arrival, drafts: Drafts) -> None:
        self.arrival, self.drafts = arrival, drafts
        self.texts = Texts()
        every = bulk.revisions(arrival.connection)
        self.by_uuid: dict[str, list[RevisionRow]] = defaultdict(list)
        self.by_text: dict[str, list[RevisionRow]] = defaultdict(list)
        for row in every:
            self.by_uuid[row.uuid].append(row)
            self.by_text[row.sha256].append(row)
        self.names = Names(row.name for row in every)
        self.added: list[tuple[str, ParcelTranscript]] = []

    def others(self) -> list[RevisionRow]:
        """Return the newest states of the transcripts that the study had and the parcel has not."""
        met = {one.row_id for one in self.texts.landed.values()}
        return [row for rows in self.by_uuid.values() for row in rows if row.newest and row.transcript_id not in met]

    def matched(self) -> dict[ParcelTranscript, RevisionRow | None]:
        """Return each transcript with the one in the study that it is: by identity first, then by its text.

        No two are the same one: of answers to a survey, some may be equal.
        """
        waiting = list(dict.fromkeys(self.arrival.parcel.transcripts))
        found: dict[ParcelTranscript, RevisionRow | None] = dict.fromkeys(waiting)
        claimed: set[int] = set()
        for look in (self._same, self._same_name, self._same_text, self._earlier_text, self._same_but_its_end):
            for one in waiting:
                if found[one] is None:
                    rows = (row for row in look(one) if row.transcript_id not in claimed)
                    if (row := next(rows, None)) is not None:
                        found[one] = row
                        claimed.add(row.transcript_id)
        return found

    def _same(self, one: ParcelTranscript) -> list[RevisionRow]:
        """Return the states of the transcript with this identity, the one with this text first, else the newest."""
        states = self.by_uuid.get(usable(one.id) or "", [])
        sha256 = text_hash(one.text)
        return sorted(states, key=lambda row: (row.sha256 != sha256, not row.newest))

    def _same_text(self, one: ParcelTranscript) -> list[RevisionRow]:
        return [row for row in self.by_text.get(text_hash(one.text), []) if row.newest]

    def _same_name(self, one: ParcelTranscript) -> list[RevisionRow]:
        return [row for row in self._same_text(one) if fold(row.name) == fold(one.name)]

    def _earlier_text(self, one: ParcelTranscript) -> list[RevisionRow]:
        return self.by_text.get(text_hash(one.text), [])

    def _same_but_its_end(self, one: ParcelTranscript) -> list[RevisionRow]:
        """Return those of this name and text, but for line ends behind the last word, which programs add and take."""
        words = one.text.rstrip()
        found = [row for end in ENDS if words for row in self.by_text.get(text_hash(words + end), [])]
        return [row for row in found if row.newest and fold(row.name) == fold(one.name)]

    def take(self, one: ParcelTranscript, match: RevisionRow | None) -> None:
        sha256 = text_hash(one.text)
        if one.id in self.texts.landed:
            self.arrival.lose("transcripts", why="another one in the file has the same identity")
        elif match is not None and match.sha256 == sha256:
            earlier = not match.newest
            place = (match.uuid, match.transcript_id, match.revision_id, one.text, match.case_id)
            self.texts.landed[one.id] = Landed(*place, known=True, earlier=earlier)
        elif (why := _unfit(one.text)) is not None:
            self.arrival.lose("transcripts", why=why)
        elif match is not None:
            self._changed(one, match)
        else:
            self._add(one)

    def _changed(self, one: ParcelTranscript, match: RevisionRow) -> None:
        """Correct a transcript whose text was changed elsewhere, unless it is another talk."""
        connection, sha256 = self.arrival.connection, text_hash(one.text)
        draft = self._draft(one)
        try:
            row = rows.transcript_row(connection, match.uuid)
            revise_within(connection, self.arrival.desk, row, draft, source_sha256=sha256)
        except Conflict:
            why = "the file has a text with hardly a word of it under the same identity; ours stays"
            self.arrival.lose("changed transcripts", where=match.name, why=why)
            return
        revision_id = rows.current_id(connection, match.transcript_id)
        place = (match.uuid, match.transcript_id, revision_id, one.text, match.case_id)
        self.texts.landed[one.id] = Landed(*place, known=True)
        self.texts.revised.append(match.name)

    def _draft(self, one: ParcelTranscript) -> Draft:
        draft = self.drafts.get(text_hash(one.text)) or draft_of_text(one.text, Options(language=one.language))
        return _timed(replace(draft, format=self.arrival.format), one.time_marks)

    def _add(self, one: ParcelTranscript) -> None:
        arrival, draft = self.arrival, self._draft(one)
        folder = plain(arrival.parcel.name, "study", otherwise="file")
        name = self.names.free(plain(one.name, "transcript", otherwise="transcript"), folder=folder)
        wanted = usable(one.id)
        uuid = wanted if wanted is not None and wanted not in self.by_uuid else new_id()
        self.by_uuid[uuid] = []
        row_id, revision_id = self._write(one, uuid, name, draft)
        self.texts.landed[one.id] = Landed(uuid, row_id, revision_id, one.text)
        self.added.append((name, one))
        self.texts.imported.append(_imported(name, uuid, arrival.name, draft))

    def _write(self, one: ParcelTranscript, uuid: str, name: str, draft: Draft) -> tuple[int, int]:
        arrival, revision = self.arrival, _revision(draft)
        at = time_of(one.created_at) or arrival.at
        language = draft.language and draft.language[:16]
        row_id = rows.add_transcript(
            arrival.connection, uuid=uuid, name=name, language=language, case_id=None, created_at=at
        )
        revision_id = rows.add_revision(
            arrival.connection,
            row_id,
            revision,
            uuid=new_id(),
            n=1,
            created_at=arrival.at,
            format=draft.format,
            encoding=None,
            source_sha256=revision.sha256,  # (as if the text had come in a file of its own)
            labels=draft.labels,
        )
        return row_id, revision_id


def _revision(draft: Draft) -> Revision:
    return Revision(draft.text, draft.turns, draft.paragraphs, draft.time_marks, draft.speakers)


def _timed(draft: Draft, marks: tuple[TimeMark, ...]) -> Draft:
    """Return a draft with the times that the parcel knows; a turn without one gets that of a mark where it begins."""
    inside = {m.position: m.seconds for m in marks if 0 <= m.position <= len(draft.text) and m.seconds >= 0}
    if not inside:
        return draft
    every = {m.position: m.seconds for m in draft.time_marks} | inside
    times = tuple(TimeMark(position, every[position]) for position in sorted(every))
    turns = tuple(replace(t, time=_time_of(t, inside, draft.text)) for t in draft.turns)
    return replace(draft, turns=turns, time_marks=times)


def _time_of(turn: Turn, marks: Mapping[int, float], text: str) -> float | None:
    """Return when a turn begins: what the text says, else a mark at its first word or at the beginning of its line."""
    if turn.time is not None:
        return turn.time
    line = text.rfind("\n", 0, turn.start) + 1
    return marks.get(turn.start, marks.get(line))


def _imported(name: str, uuid: str, path: str, draft: Draft) -> Imported:
    return Imported(
        transcript=name,
        id=uuid,
        path=path,
        format=draft.format,
        encoding=None,
        language=draft.language,
        characters=len(draft.text),
        turns=len(draft.turns),
        labels=draft.labels,
        speakers=tuple(one.name for one in draft.speakers),
        sha256=text_hash(draft.text),
        warnings=draft.notices,
    )
