"""The reading room: the page of a transcript, and what it asks for to show it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request

from qcode.errors import NotFound
from qcode.study.reading import Page
from qcode.web.placing import placing
from qcode.web.reading_acts import acts
from qcode.web.reading_coder import AnotherCoder, same_coder, tell_other
from qcode.web.reading_texts import OpenText, keep_text, text_of, units
from qcode.web.reading_values import codes_value, keys_value, marks_value, memo_value, state_value, turn_value
from qcode.web.sessions import WebSession, here

__all__ = ["reading"]

reading = Blueprint("reading", __name__)
reading.register_blueprint(acts)
reading.register_blueprint(placing)
reading.register_error_handler(AnotherCoder, tell_other)


@reading.get("/read/<uuid:transcript>")
def room(transcript: UUID) -> str:
    """Show the page of a transcript; `?at=N` opens it at a position (a code point), `?at=N&to=M` with that passage.

    `?place=ID` lets a coding whose words are gone be placed anew.
    """
    found = next((one for one in here().study.transcripts.list() if one.id == str(transcript)), None)
    if found is None:
        raise NotFound("there is no such transcript in this study", mend="go back to the study and choose one")
    at, to = (request.args.get(name, type=int) for name in ("at", "to"))
    place = request.args.get("place", type=UUID)
    return render_template("read.html", transcript=found, at=at, to=to if at is not None else None, place=place)


@reading.get("/api/read/<uuid:transcript>")
def whole(transcript: UUID) -> dict[str, Any]:
    """Return the transcript with everything that the page needs for its first picture."""
    session = here()
    with session.lock:
        page, one = _open(transcript)
        books = session.study.codebooks.newest()
        at = _inside(page, request.args.get("at", default=page.at, type=int))
        to = _inside(page, request.args.get("to", default=0, type=int))
        return {
            "id": page.id,
            "name": page.name,
            "language": page.language,
            "case": page.case,
            "coder": page.coder,
            "at": one.positions.to_units(at),
            "to": one.positions.to_units(to) if to > at else None,
            "hidden": _hidden(session, page, at, to),
            "read": one.positions.to_units(_inside(page, page.read)),
            "text": page.text,
            "revision": page.revision,
            "turns": [turn_value(turn, one.positions) for turn in _turns(one)],
            "asking": sorted(page.asking),
            "keys": keys_value(),
            **marks_value(page, one.positions),
            **codes_value(books),
            **state_value(session, books),
        }


@reading.get("/api/read/<uuid:transcript>/units")
def units_of(transcript: UUID) -> dict[str, list[int]]:
    """Return words, sentences and turns, in which a selection moves."""
    session = here()
    with session.lock:
        same_coder(session)
        return units(text_of(session, str(transcript)))


@reading.get("/api/read/<uuid:transcript>/codings")
def codings(transcript: UUID) -> dict[str, Any]:
    """Return all marks anew; `codebooks` tells whether the codes have changed as well."""
    session = here()
    with session.lock:
        page, one = _open(transcript)
        books = session.study.codebooks.newest()
        labels = [f"{book}@{version.version}" for book, version in books.items()]
        told = {"coder": page.coder, "codebooks": labels, "revision": page.revision}
        return marks_value(page, one.positions) | state_value(session, books) | told


@reading.get("/api/read/<uuid:transcript>/codes")
def codes(transcript: UUID) -> dict[str, Any]:
    """Return the codes of the newest versions."""
    same_coder(here())
    return codes_value(here().study.codebooks.newest())


@reading.get("/api/read/<uuid:transcript>/coding/<uuid:coding>")
def coding(transcript: UUID, coding: UUID) -> dict[str, Any]:
    """Return what is to tell of one coding: when it was made, its memos, and what became of it through the versions."""
    study = here().study
    page, _ = _open(transcript)
    found = next((one for one in page.codings if one.id == str(coding)), None)
    if found is None:
        raise NotFound("this coding is not here any more", mend="somebody withdrew it, or it is not shown to you")
    memos = study.memos.list(about="coding", target=found.id)
    return {
        "id": found.id,
        "quote": found.quote,
        "created_at": found.created_at,
        "memos": [memo_value(one) for one in memos],
        "trail": [step.what for step in study.codings.trail(found.id)],
    }


def _open(transcript: UUID) -> tuple[Page, OpenText]:
    session = here()
    same_coder(session)
    page = session.study.reading.open(str(transcript), coder=session.coder, shown=session.shown)
    if page.id != str(transcript):
        abort(404)
    return page, keep_text(session, page.id, page.text, page.language, page.turns, page.revision)


def _inside(page: Page, place: int) -> int:
    return min(max(0, place), len(page.text))


def _hidden(session: WebSession, page: Page, at: int, to: int) -> list[str]:
    """Return the names of those whose codings touch the passage that was linked to, and are not shown."""
    away = [name for name in page.others if name not in session.shown]
    if to <= at or not away:
        return []
    everyone = session.study.reading.open(page.id, coder=session.coder, shown=away)
    there = {one.coder for one in everyone.codings if one.start < to and at < one.end}
    return [name for name in away if name in there]


def _turns(one: OpenText) -> list[Any]:
    from qcode.domain.transcript import Turn

    return list(one.turns) or ([Turn(1, None, 0, len(one.text))] if one.text else [])
