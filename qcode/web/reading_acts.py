"""What is done in the reading room; each answer says what it changed, so that only that is painted anew."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint

from qcode.domain.code_finder import rank
from qcode.errors import BadValue, NotFound
from qcode.study.searching import find_said
from qcode.study.suggestions import Suggestion
from qcode.web.asked import Asked, asked
from qcode.web.reading_coder import same_coder
from qcode.web.reading_texts import OpenText, text_of
from qcode.web.reading_values import (
    codable,
    coding_value,
    memo_value,
    pick_of,
    state_value,
    suggestion_value,
)
from qcode.web.seeing import must_see
from qcode.web.sessions import WebSession, here

__all__ = ["acts"]

acts = Blueprint("reading_acts", __name__, url_prefix="/api/read/<uuid:transcript>")


@acts.post("/code")
def code(transcript: UUID) -> dict[str, Any]:
    """Put codes on a stretch: `start`, `end`, `codes`, `memo` if wanted, and the `versions` that the page shows."""
    session, one, body = _asked(transcript)
    span = one.positions.span(body.body.get("start"), body.body.get("end"))
    memo = body.text("memo")
    with session.lock:
        before = session.study.reading.stamp()
        codes, under, text = body.texts("codes"), _versions(body), _revision(body, one)
        made = session.sitting.code(one.id, span.start, span.end, codes, memo=memo, under=under, revision=text)
        added = [coding_value(each, session.coder, one.positions) | {"memo": memo.strip()} for each in made]
        said = f"coded {', '.join(each.code for each in made)}"
        steps = len(made) * (2 if memo.strip() else 1)
        return _done(session, said, before, steps=steps) | {"added": added}


@acts.post("/withdraw")
def withdraw(transcript: UUID) -> dict[str, Any]:
    """Withdraw codings by their `ids`: those that are shown here."""
    session, one, body = _asked(transcript)
    ids = _some(body.texts("ids"))
    with session.lock:
        must_see(session, ids, transcript=one.id)
        before = session.study.reading.stamp()
        n = session.sitting.withdraw(*ids, where=one.id)
        said = f"withdrew {n} coding{'' if n == 1 else 's'}"
        return _done(session, said, before, steps=n) | {"removed": ids}


@acts.post("/undo")
def undo(transcript: UUID) -> dict[str, Any]:
    """Take the last step back."""
    session, one, _ = _asked(transcript)
    with session.lock:
        return _elsewhere(session, one, session.sitting.undo())


@acts.post("/redo")
def redo(transcript: UUID) -> dict[str, Any]:
    """Do the step again that was taken back last."""
    session, one, _ = _asked(transcript)
    with session.lock:
        return _elsewhere(session, one, session.sitting.redo())


@acts.post("/memo")
def memo(transcript: UUID) -> dict[str, Any]:
    """Write a memo: `text`, `about` and `target` (an id or a key; of the transcript itself nothing)."""
    session, one, body = _asked(transcript)
    about = body.text("about")
    target = one.id if about == "transcript" else body.text("target")
    with session.lock:
        if about == "coding":
            must_see(session, [target], transcript=one.id)
        session.sitting.memo(body.text("text"), about=about, target=target, where=one.id)
        return _done(session, "wrote a memo")


@acts.post("/memos")
def memos(transcript: UUID) -> dict[str, Any]:
    """Return the memos on one thing (`about`, `target`), of this coder and of those who are shown."""
    session, one, body = _asked(transcript)
    about = body.text("about")
    target = one.id if about == "transcript" else body.text("target")
    if about == "coding":
        raise BadValue("the memos on a coding come with the coding", mend="reload the page")
    found = session.study.memos.list(about=about, target=target, coders=session.seen)
    return {"memos": [memo_value(each) for each in found]}


@acts.post("/in-vivo")
def in_vivo(transcript: UUID) -> dict[str, Any]:
    """Make a code of the words of a stretch, under `key` if one is given."""
    session, one, body = _asked(transcript)
    span = one.positions.span(body.body.get("start"), body.body.get("end"))
    key = body.text("key").strip() or None
    codebook = body.text("codebook") or None
    with session.lock:
        text = _revision(body, one)
        mark = session.sitting.in_vivo(one.id, span.start, span.end, key=key, codebook=codebook, revision=text)
        said = f"{mark.key} is in the draft of {mark.codebook}; publish it under Codebook"
        return _done(session, said) | {"link": {"href": "/codebook/draft", "words": "Open the draft"}}


@acts.post("/in-vivo/remove")
def remove_in_vivo(transcript: UUID) -> dict[str, Any]:
    """Take marks in vivo away by their `ids`."""
    session, one, body = _asked(transcript)
    ids = _some(body.texts("ids"))
    with session.lock:
        seen = session.seen
        there = {mark.id: mark for mark in session.study.in_vivo.list(one.id) if mark.coder in seen}
        if any(id not in there for id in ids):
            raise NotFound("this mark is not there any more", mend="reload the page")
        for id in ids:
            session.sitting.remove_mark(there[id])
        return _done(session, "took the mark away")


@acts.post("/place")
def place(transcript: UUID) -> dict[str, Any]:
    """Keep where the reader is (`at`) and how far the text was read (`read`)."""
    session, one, body = _asked(transcript)
    at, read = (one.positions.to_points(body.body.get(name, 0)) for name in ("at", "read"))
    with session.lock:
        session.study.reading.keep_place(one.id, at, read=read)
    return {}


@acts.post("/shown")
def shown(transcript: UUID) -> dict[str, Any]:
    """Show the codings of these other `coders`, and of no others."""
    session, _, body = _asked(transcript)
    wanted = body.texts("coders")
    known = {coder.name for coder, _ in session.study.coders.list()}
    if strange := [name for name in wanted if name not in known]:
        raise NotFound(f"there is no coder {strange[0]!r} in this study", mend="reload the page")
    with session.lock:
        session.shown = [name for name in wanted if name != session.coder]
        return {"shown": session.shown}


@acts.post("/search")
def search(transcript: UUID) -> dict[str, Any]:
    """Return the places of `words`, ignoring case and ё."""
    _, one, body = _asked(transcript)
    found = find_said(one.text, one.turns, body.text("words"))
    places = [[one.positions.to_units(span.start), one.positions.to_units(span.end)] for span in found]
    return {"matches": places}


@acts.post("/codes")
def codes(transcript: UUID) -> dict[str, Any]:
    """Return the codes that fit the letters `typed`, best first."""
    session, _, body = _asked(transcript)
    books = session.study.codebooks.newest()
    with session.lock:
        recent = session.sitting.recent()
    return {"picks": pick_of(books, rank(codable(books), body.text("typed"), recent=recent))}


@acts.post("/suggestions")
def suggestions(transcript: UUID) -> dict[str, Any]:
    """Return what is suggested in this transcript."""
    session, one, _ = _asked(transcript)
    with session.lock:
        return {"suggestions": [suggestion_value(each, one.positions) for each in _suggested(session, one)]}


@acts.post("/suggestions/accept")
def accept(transcript: UUID) -> dict[str, Any]:
    """Code the passage that the suggestion `id` names."""
    session, one, body = _asked(transcript)
    with session.lock:
        coding = session.sitting.accept(_named(session, one, body.text("id")), under=_versions(body))
        return _done(session, f"coded {coding.code}") | {"coding": coding.id}


@acts.post("/suggestions/reject")
def reject(transcript: UUID) -> dict[str, Any]:
    """Do not show the suggestion `id` to this coder again."""
    session, one, body = _asked(transcript)
    with session.lock:
        suggestion = _named(session, one, body.text("id"))
        session.sitting.reject(suggestion)
        return _done(session, f"{suggestion.code} is not suggested here again")


def _asked(transcript: UUID) -> tuple[WebSession, OpenText, Asked]:
    """Return what an act needs. Raises Conflict for a page on which somebody else codes than in the session now."""
    session, body = here(), asked()
    same_coder(session, body.text("coder"))
    return session, text_of(session, str(transcript)), body


def _done(session: WebSession, said: str, before: int | None = None, *, steps: int = 0) -> dict[str, Any]:
    """Return what every act answers. Where more has changed than this act did, `before` is None: all is to be asked."""
    stamp = session.study.reading.stamp()
    alone = before is not None and stamp == before + steps
    state = state_value(session, session.study.codebooks.newest())
    return {"said": said, "before": before if alone else None, "stamp": stamp, **state}


def _elsewhere(session: WebSession, one: OpenText, said: str) -> dict[str, Any]:
    """Return what taking back or doing again answers: which transcript it was about, by name where it is another."""
    where = session.sitting.where
    known = (each for each in session.study.transcripts.list() if where in (each.id, each.name))
    there = next(known, None) if where else None
    told: dict[str, Any] = {"where": {"id": there.id, "name": there.name} if there else None}
    if there is not None and there.id != one.id:
        said = f"{said} in {there.name}"
        told["link"] = {"href": f"/read/{there.id}", "words": f"Open {there.name}"}
    return _done(session, said) | told


def _revision(body: Asked, one: OpenText) -> str:
    """Return the text (its id) in which a page means its positions, where it says that; else the one that it got."""
    return body.text("revision") or one.revision


def _versions(body: Asked) -> dict[str, str] | None:
    """Return the versions of the codebooks that a page shows, by codebook, where it says them."""
    said = body.body.get("versions")
    if said is None:
        return None
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise BadValue(
            "`versions` are not the versions of codebooks", where="what the page sent", mend="reload the page"
        )
    return said


def _some(ids: list[str]) -> list[str]:
    if not ids:
        raise BadValue("nothing is named", mend="reload the page")
    return ids


def _suggested(session: WebSession, one: OpenText) -> list[Suggestion]:
    return session.study.suggestions.list((one.id,), coder=session.coder)


def _named(session: WebSession, one: OpenText, id: str) -> Suggestion:
    found = next((each for each in _suggested(session, one) if each.id == id), None)
    if found is None:
        raise NotFound("this is not suggested any more", mend="look at the next suggestion")
    return found
