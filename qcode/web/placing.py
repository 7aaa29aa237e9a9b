"""Placing a coding anew by selecting words in the reading room, where its own are gone from the corrected text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint

from qcode.errors import Conflict, NotFound
from qcode.study.selection import Filters
from qcode.web.asked import asked
from qcode.web.reading_coder import same_coder
from qcode.web.reading_texts import text_of
from qcode.web.reading_values import state_value
from qcode.web.seeing import must_see
from qcode.web.sessions import here

__all__ = ["placing"]

placing = Blueprint("placing", __name__, url_prefix="/api/read/<uuid:transcript>")


@placing.get("/lost/<uuid:coding>")
def lost(transcript: UUID, coding: UUID) -> dict[str, Any]:
    """Tell the code, the coder and the words of a coding that lost its place in this transcript."""
    session, id = here(), str(coding)
    same_coder(session)
    must_see(session, [id], transcript=str(transcript), all_do=True)
    items = session.study.queue.list(Filters(transcripts=(str(transcript),)))
    found = next((one.coding for one in items if one.coding.id == id and one.change == "revise"), None)
    if found is None:
        raise NotFound("this coding does not wait for a place any more", mend="go back to the queue")
    return {"id": id, "code": found.code, "coder": found.coder, "quote": found.quote}


@placing.post("/anew")
def place(transcript: UUID) -> dict[str, Any]:
    """Put the coding `id`, whose words are gone, on the stretch from `start` to `end` of the text shown."""
    session, body = here(), asked()
    same_coder(session, body.text("coder"))
    one, id = text_of(session, str(transcript)), body.text("id")
    if body.text("revision", one.revision) != one.revision:
        raise Conflict("the transcript was corrected in the meantime, and its text is another", mend="reload the page")
    span = one.positions.span(body.body.get("start"), body.body.get("end"))
    with session.lock:
        must_see(session, [id], transcript=one.id, all_do=True)
        session.sitting.place(id, start=span.start, end=span.end, quote=span.of(one.text), why=body.text("why"))
        told = {"said": "placed the coding anew", "before": None, "stamp": session.study.reading.stamp()}
        state = state_value(session, session.study.codebooks.newest())
        return told | state | {"link": {"href": "/queue", "words": "Back to the queue"}}
