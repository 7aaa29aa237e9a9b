"""Small parcels for tests: two coders, two transcripts, a codebook of a heading and three codes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coder
from qcode.domain.parcel import Parcel, ParcelCase, ParcelCoding, ParcelMemo, ParcelTranscript
from qcode.study.receiving import Received, receive_parcel
from qcode.study.study import Study, create

AT = "2024-05-05T10:00:00Z"
T1 = "ИНТ: Как вы ждали?\nАНА: Два часа 😀 на морозе, и никто не пришёл.\nИНТ: А потом?\nАНА: Ушла домой."
T2 = "I: 你等了多久?\nR: 两个小时, und dann bin ich gegangen.\nI: Warum?\nR: Es kam ja keiner."


def id_of(name: str) -> str:
    """Return an identity that is the same for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def code(key: str, parent: str | None = None, *, codable: bool = True, definition: str = "") -> Code:
    """Return a code with an identity of its own."""
    return Code(key, key.title(), parent, codable=codable, definition=definition, id=id_of(f"code {key}"))


BOOK = CodebookVersion("team", "1.0", (code("WAIT", codable=False), code("COLD", "WAIT"), code("HOME"), code("TRUST")))


def transcript(name: str, text: str) -> ParcelTranscript:
    """Return a transcript with an identity of its own."""
    return ParcelTranscript(id_of(f"transcript {name}"), name, text, created_at="2024-01-01T00:00:00Z")


def coding(
    words: str, key: str, coder: str | None = "ana", *, text: str = T1, on: str = "T1", id: str = "", memo: str = ""
) -> ParcelCoding:
    """Return a coding on the first place of these words."""
    start = text.index(words)
    identity = id_of(f"coding {on} {words} {key} {coder}") if id == "" else id.strip()
    who = None if coder is None else id_of(f"coder {coder}")
    where = (id_of(f"transcript {on}"), start, start + len(words), words)
    return ParcelCoding(identity, *where, id_of(f"code {key}"), who, AT, memo)


CODINGS = (
    coding("на морозе", "COLD", memo="ask again"),
    coding("Ушла домой", "HOME", "ben"),
    coding("两个小时", "COLD", text=T2, on="T2"),
)


def parcel(
    codings: Sequence[ParcelCoding] = CODINGS,
    *,
    versions: tuple[CodebookVersion, ...] = (BOOK,),
    transcripts: tuple[ParcelTranscript, ...] = (transcript("T1", T1), transcript("T2", T2)),
    cases: tuple[ParcelCase, ...] = (),
    memos: tuple[ParcelMemo, ...] = (),
    origin: str = "Other 4.0",
    stable: bool = True,
) -> Parcel:
    """Return a project of another program."""
    busy = {one.coder for one in codings} | {one.coder for one in memos}
    every = (Coder(id_of(f"coder {name}"), name) for name in ("ana", "ben"))
    coders = tuple(one for one in every if one.id in busy)
    return Parcel(
        name="Team",
        origin=origin,
        stable=stable,
        coders=coders,
        versions=versions,
        transcripts=transcripts,
        codings=tuple(codings),
        cases=cases,
        memos=memos,
    )


def empty_study(folder: Path) -> Study:
    """Make a study of its own in a folder."""
    folder.mkdir(exist_ok=True)
    return create(folder / "study.qcode", coder="me")


def take(study: Study, *parcels: Parcel) -> Received:
    """Take parcels into a study; return what came of the last."""
    return [receive_parcel(study.desk, one, name="team.qdpx", format="qdpx") for one in parcels][-1]


def losses(received: Received) -> dict[tuple[str, str], int]:
    """Return how many things were lost, by what and why."""
    return {(one.what, one.why): one.n for one in received.lost}


def content(study: Study, *, ids: bool = True) -> list[str]:
    """Return all that is in a study but for its history and row ids, in an order of its own.

    Without `ids` those of codings are left out: each study gives its own to codings that come without.
    """
    every = study.codings.list()
    where = {one.id: (one.transcript, one.start, one.end, one.code, one.coder) for one in every}
    texts = [(one.id, one.name, one.case, one.sha256) for one in study.transcripts.list()]
    codes = [(v.codebook, c) for v in study.codebooks.newest().values() for c in v.codes]
    codings = [(c.id if ids else "", where[c.id], c.quote, c.created_at) for c in every]
    memos = [
        (m.about, where.get(m.target, "" if m.about == "study" else m.target), m.text, m.coder, m.created_at)
        for m in study.memos.list()
    ]
    cases = [(c.name, tuple(sorted(c.attributes)), c.transcripts) for c in study.cases.list()]
    return sorted(repr(one) for one in (*texts, *codes, *codings, *memos, *cases))
