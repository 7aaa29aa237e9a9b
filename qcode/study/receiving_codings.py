"""Takes the codings of a parcel into a study: known ones are passed over, withdrawn ones stay so, others are added."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from qcode.domain.parcel import ParcelCoding
from qcode.store import codings as rows
from qcode.store import receiving as bulk
from qcode.store.codings import Place
from qcode.store.receiving import Held
from qcode.study.desk import new_id
from qcode.study.following import carry_late
from qcode.study.receiving_arrival import Arrival, time_of, usable
from qcode.study.receiving_codes import Codes, Spot
from qcode.study.receiving_corrected import Corrected
from qcode.study.receiving_people import Coders
from qcode.study.receiving_transcripts import Landed, Texts

__all__ = ["Codings", "Note", "take_codings"]

TAKEN_BACK = ("withdrawn", "undone")
"""How a coding ended that a person took back; others have gone on as other codings."""


@dataclass(frozen=True, slots=True)
class Note:
    """A memo that a coding carries: on which (uuid), its words, by whom (row id), and when."""

    target: str
    text: str
    coder_id: int
    created_at: str


@dataclass
class Codings:
    """What became of the codings: `ids` are those in the study by those in the parcel.

    `by` are the coders (row ids) of the new ones. `withdrawn` are those (uuid) that were taken back here; `missing`
    stand here and are not in the file, which was sent from here.
    """

    ids: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    added: int = 0
    by: set[int] = field(default_factory=set)
    known: int = 0
    withdrawn: list[str] = field(default_factory=list)
    missing: int = 0
    digest: str = ""


def take_codings(arrival: Arrival, texts: Texts, codes: Codes, coders: Coders) -> Codings:
    """Take in what is new among the codings of a parcel."""
    taker = _Taker(arrival, texts, codes, coders)
    last = rows.last_id(arrival.connection)
    for one in arrival.parcel.codings:
        taker.take(one)
    taker.write()
    arrival.remarks += carry_late(arrival.connection, taker.late, last, coder_id=arrival.who_id)
    taker.corrected.carry(arrival, last)
    taker.codings.missing = taker.missing()
    taker.codings.digest = taker.digest.hexdigest()
    return taker.codings


class _Taker:
    """Looks up what the study holds once, whatever the number of codings."""

    def __init__(self, arrival: Arrival, texts: Texts, codes: Codes, coders: Coders) -> None:
        self.arrival, self.texts, self.codes, self.coders = arrival, texts, codes, coders
        self.codings = Codings()
        self.lasting = arrival.parcel.stable
        self.digest = hashlib.sha256()
        wanted = (usable(one.id) for one in arrival.parcel.codings)
        self.held = bulk.held_codings(arrival.connection, (one for one in wanted if one is not None))
        self.corrected = Corrected(arrival.connection, texts)
        self.live: dict[Place, str] = {}
        self.ended: dict[Place, Held] = {}
        here = {one.revision_id for one in texts.known} | self.corrected.newest_ids
        for held in bulk.on_revisions(arrival.connection, here):
            if held.ended_how is None:
                self.live[held.place] = held.uuid
            else:
                self.ended[held.place] = held
        self.met: set[str] = set()
        self.given: set[str] = set()
        self.new: dict[Place, str] = {}
        self.waiting: list[dict[str, object]] = []
        self.late: set[int] = set()

    def take(self, one: ParcelCoding) -> None:
        """Take in a coding, or tell why not."""
        found = self._landing(one)
        if isinstance(found, str):
            self.arrival.lose("codings", why=found)
            return
        text, spot, coder_id = found
        place = (text.revision_id, one.start, one.end, spot.code_id, coder_id)
        id = usable(one.id)
        if id in self.given:
            id = None
        elif id is not None:
            self.given.add(id)
        if one.coder is None:
            place = self._by_whom(id, place)
        kept = self._kept(id, place)
        if kept is None and text.earlier:
            kept = self._kept_since(text, place)
        if kept is None:
            kept = self._add(one, id, place, spot, text)
        if not kept:
            return
        if one.id:
            self.codings.ids.setdefault(one.id, kept)
        if one.memo.strip():
            at = time_of(one.created_at) or self.arrival.date
            self.codings.notes.append(Note(kept, one.memo, place[4], at))

    def _landing(self, one: ParcelCoding) -> tuple[Landed, Spot, int] | str:
        """Return on which text, with which code and by whom a coding comes in, or why it does not."""
        text, spot, coder_id = (
            self.texts.landed.get(one.transcript),
            self.codes.spots.get(one.code),
            self.coders.row(one.coder),
        )
        if text is None:
            return "their transcripts did not come in"
        if one.code not in self.codes.ids:
            return "their codes are not in the file"
        if spot is None or coder_id is None:
            return "their codes are only headings here, or were left out"
        if one.start == one.end:
            return "they mark a place between two letters, and no words"
        if not 0 <= one.start < one.end <= len(text.text):
            return "their positions lie outside the text"
        if text.text[one.start : one.end] != one.quote:
            return "their words do not stand at their place"
        return text, spot, coder_id

    def _by_whom(self, id: str | None, place: Place) -> Place:
        """Return the place of a coding that names nobody, with who made it where the study knows."""
        held = self.held.get(id) if id is not None else None
        return held.place if held is not None and held.place[:4] == place[:4] else place

    def _kept(self, id: str | None, place: Place) -> str | None:
        """Return the identity of the coding that the study has for this one; "" where it is left out, None if none."""
        if (twin := self.new.get(place)) is not None:
            self.arrival.lose("codings", why="the same coder has the same code on the same words twice in the file")
            return twin
        held = self.held.get(id) if id is not None else None
        if held is not None and held.place != place:
            return self._elsewhere(held, place)
        if (uuid := self.live.get(place)) is not None:
            return self._known(uuid)
        if held is None and (id is None or not self.lasting):
            held = self.ended.get(place)
        if held is None:
            return None
        if held.ended_how in TAKEN_BACK:
            self.codings.withdrawn.append(held.uuid)
            return ""
        return self._known(held.uuid)

    def _kept_since(self, text: Landed, place: Place) -> str | None:
        """Return the identity of the coding that stands for this one on the text that was corrected since."""
        now = self.corrected.place(text, place)
        uuid = None if now is None else self.live.get(now)
        return None if uuid is None else self._known(uuid)

    def _elsewhere(self, held: Held, place: Place) -> str:
        """Return what stands for a coding that the study has at another place, with another code or coder."""
        if (uuid := self.live.get(place)) is not None:
            return self._known(uuid)
        why = "the study has a coding of this identity with other words, another code or coder; it stays"
        self.arrival.lose("codings", where=f"coding {held.uuid}", why=why)
        self.met.add(held.uuid)
        return ""

    def _known(self, uuid: str) -> str:
        if uuid not in self.met:
            self.codings.known += 1
        self.met.add(uuid)
        return uuid

    def _add(self, one: ParcelCoding, id: str | None, place: Place, spot: Spot, text: Landed) -> str:
        uuid = id if id is not None and id not in self.held else new_id()
        self.new[place] = uuid
        self.codings.added += 1
        self.codings.by.add(place[4])
        created_at = self.arrival.dated(one.created_at)
        self.digest.update(repr((text.id, one.start, one.end, spot.code_id, place[4], created_at)).encode())
        late = spot.version_id != spot.newest_id
        if late:
            self.late.add(spot.codebook_id)
        self.waiting.append(
            {
                "uuid": uuid,
                "revision_id": place[0],
                "start": one.start,
                "end": one.end,
                "code_id": spot.code_id,
                "coder_id": place[4],
                "version_id": spot.version_id,
                "since_version_id": spot.newest_id if late else None,
                "created_at": created_at,
                "quote": one.quote,
            }
        )
        if len(self.waiting) >= bulk.AT_ONCE:
            self.write()
        return uuid

    def write(self) -> None:
        """Write what waits to be written."""
        rows.add_codings(self.arrival.connection, self.waiting)
        self.waiting = []

    def missing(self) -> int:
        """Return how many codings of before are not in a file that came back."""
        if not self.codes.returned:
            return 0
        every = bulk.code_rows(self.arrival.connection).values()
        theirs = {row_id for row_id, book in every if book in self.codes.returned}
        heirs, waiting = bulk.heirs(self.arrival.connection), list(self.met)
        met = set(waiting)
        while waiting:
            fresh = [one for one in heirs.get(waiting.pop(), ()) if one not in met]
            met.update(fresh)
            waiting += fresh
        return sum(uuid not in met and place[3] in theirs for place, uuid in self.live.items())
