"""The queue in the browser: codings that wait since the codebook changed, each with its passage and where it may go."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.domain.code_colors import color_of
from qcode.study.selection import Filters
from qcode.web.asked import asked
from qcode.web.passages import link
from qcode.web.questions import filters_of
from qcode.web.seeing import must_see
from qcode.web.sessions import here

if TYPE_CHECKING:
    from uuid import UUID

    from qcode.domain.codebook import Code
    from qcode.study.queue import QueueItem

__all__ = ["queue"]

queue = Blueprint("queue", __name__)

AROUND = 250
"""Characters before and after a passage that are shown with it."""

MOST_PLACES = 50
"""So many places of the words that are searched for are told."""

LONG_WORD = 20
"""What is longer is no word that was cut, but a text without blanks."""


@queue.get("/queue")
def page() -> ResponseReturnValue:
    """Show the queue."""
    return render_template("queue.html")


@queue.route("/api/queue", methods=["GET", "POST"])
def waiting() -> ResponseReturnValue:
    """Tell the codings of this coder that wait, with `?of=everyone` those of all; and how many others have.

    A POST tells of those that its filters leave; with names of coders it asks for theirs.
    """
    session = here()
    filters, everyone = _wanted()
    items = session.study.queue.list(filters)
    mine = [one for one in items if one.coding.coder == session.coder]
    session.sees_all |= everyone
    chosen = items if everyone else mine
    transcripts = {one.name: one.id for one in session.study.transcripts.list()}
    books = session.study.codebooks.newest().values()
    colors = {key: color for version in books for key, color in color_of(version).items()}
    codes = {one.key: _rules(one, colors[one.key]) for version in books for one in version.codes}
    return jsonify(
        items=[_as_json(one, transcripts) for one in chosen],
        codes={key: codes[key] for key in sorted(_named(chosen)) if key in codes},
        mine=len(mine),
        everyone=len(items),
        can_undo=session.sitting.can_undo,
        can_redo=session.sitting.can_redo,
        earlier=not session.sitting.can_undo and session.study.queue.has_decided(),
    )


def _wanted() -> tuple[Filters | None, bool]:
    """Return the filters of a request, and whether it asks for the codings of others, too."""
    if request.method != "POST":
        return None, request.args.get("of") == "everyone"
    filters = filters_of(asked())
    return filters, asked().text("of") == "everyone" or bool(filters.coders)


def _named(items: list[QueueItem]) -> set[str]:
    return {key for one in items for key in (one.coding.code, *one.candidates)}


def _rules(code: Code, color: str) -> dict[str, Any]:
    rules = {name: getattr(code, name) for name in ("name", "definition", "when", "when_not")}
    return rules | {"color": color}


def _as_json(item: QueueItem, transcripts: dict[str, str]) -> dict[str, Any]:
    coding = item.coding
    return {
        "id": coding.id,
        "transcript": coding.transcript,
        "transcript_id": transcripts[coding.transcript],
        "link": _link(item, transcripts[coding.transcript]),
        "place": _way_to_place(item, transcripts[coding.transcript]),
        "quote": coding.quote,
        "code": coding.code,
        "coder": coding.coder,
        "memo": coding.memo,
        "turn": item.turn,
        "speaker": item.speaker,
        "change": item.change,
        "effect": item.effect,
        "under": item.under,
        "why": item.why,
        "candidates": list(item.candidates),
        "kept": item.kept,
        "suggested": list(item.suggested),
        "found": {key: list(words) for key, words in item.found.items()},
    }


def _link(item: QueueItem, transcript: str) -> str:
    """Return the way to a passage; where its words are gone, to the beginning of the transcript."""
    gone = item.change == "revise"
    return link(transcript, 0) if gone else link(transcript, item.coding.start, item.coding.end)


def _way_to_place(item: QueueItem, transcript: str) -> str | None:
    """Return the way to where a coding that lost its words stood, to be placed there anew."""
    return f"{link(transcript, item.coding.start)}&place={item.coding.id}" if item.change == "revise" else None


@queue.get("/api/queue/<uuid:coding>")
def context(coding: UUID) -> ResponseReturnValue:
    """Tell what stands before and after the passage of a coding."""
    session = here()
    must_see(session, [str(coding)], all_do=True)
    one, before, after = session.study.codings.in_context(str(coding), around=AROUND)
    if one.start > AROUND:
        part, _, rest = before.partition(" ")
        before = f"… {rest if len(part) < LONG_WORD else before}"
    if len(after) == AROUND:
        rest, _, part = after.rpartition(" ")
        after = f"{rest if len(part) < LONG_WORD else after} …"
    return jsonify(id=one.id, before=before, after=after)


@queue.post("/api/queue/decide")
def decide() -> ResponseReturnValue:
    """Decide on the codings `ids`: they go `to` codes, are kept (`keep`) or withdrawn (`withdraw`), with a `why`."""
    body, session = asked(), here()
    ids = body.texts("ids")
    must_see(session, ids, all_do=True)
    done = session.sitting.decide(
        *ids,
        to=body.texts("to"),
        keep=body.flag("keep"),
        withdraw=body.flag("withdraw"),
        why=body.text("why"),
    )
    return jsonify(codings=done.codings, made=done.made)


@queue.post("/api/queue/find")
def find() -> ResponseReturnValue:
    """Tell where `words` stand in the newest text of the transcript of a coding `id` that lost its place."""
    body, session = asked(), here()
    id = body.text("id")
    must_see(session, [id], all_do=True)
    transcript, _ = session.study.codings.whose(id)[id]
    found = session.study.search(body.text("words"), Filters(transcripts=(transcript,)))
    return jsonify(places=[asdict(one) for one in found[:MOST_PLACES]], more=max(0, len(found) - MOST_PLACES))


@queue.post("/api/queue/place")
def place() -> ResponseReturnValue:
    """Put the coding `id`, which lost its place, on the words `quote` from `start` to `end`, with a `why`."""
    body, session = asked(), here()
    id = body.text("id")
    must_see(session, [id], all_do=True)
    start, end = body.number("start"), body.number("end")
    done = session.sitting.place(id, start=start, end=end, quote=body.text("quote"), why=body.text("why"))
    return jsonify(codings=done.codings, made=done.made)


@queue.post("/api/queue/undo")
def undo() -> ResponseReturnValue:
    """Take the last step of this sitting back; with `earlier` this coder's last decision of a sitting before it."""
    session = here()
    if asked().flag("earlier") and not session.sitting.can_undo:
        n = session.study.queue.undo()
        return jsonify(said=f"took back what was decided earlier on {n:,} {'coding' if n == 1 else 'codings'}")
    return jsonify(said=session.sitting.undo())


@queue.post("/api/queue/redo")
def redo() -> ResponseReturnValue:
    """Do again what was taken back last."""
    return jsonify(said=here().sitting.redo())
