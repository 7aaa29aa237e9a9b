"""The draft in the browser: the next version of a codebook, changed act by act, published or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue, Conflict, NotFound
from qcode.study.draft_entry import save_entry
from qcode.study.draft_facts import draft_facts, draft_stamp
from qcode.web.asked import Asked, asked
from qcode.web.codebook import import_told, label_of
from qcode.web.draft_values import draft_value, entry_fields, whole
from qcode.web.draft_words import in_browser_words, remarks_here
from qcode.web.sessions import here

if TYPE_CHECKING:
    from uuid import UUID

    from qcode.study.drafts import Draft, Drafts
    from qcode.web.sessions import WebSession

__all__ = ["draft"]

draft = Blueprint("draft", __name__)


@draft.get("/codebook/draft")
def page() -> ResponseReturnValue:
    """Show the draft; `?of=ID` names a version of the codebook, for where a study holds several."""
    return render_template("draft.html")


@draft.get("/api/drafts")
def every() -> ResponseReturnValue:
    """Tell of which codebooks a draft is kept that changes something, and who changed it last."""
    session = here()
    with session.lock:
        newest = {row.codebook: row for row, _ in session.study.codebooks.list()}
        told = []
        for key, row in newest.items():
            found = session.study.drafts.show(key)
            facts = draft_facts(session.study.desk, found)
            last = {"coder": facts.coder, "at": facts.changed_at}
            is_open = facts.kept and not found.changes_nothing
            told.append({"id": row.uuid, "codebook": key, "open": is_open, "changes": len(found.planned), **last})
    return jsonify(drafts=told)


@draft.get("/api/draft/<uuid:version>")
def state(version: UUID) -> ResponseReturnValue:
    """Tell the draft of the codebook that has this version."""
    session = here()
    with session.lock:
        return jsonify(_state(session, _book(version)))


@draft.get("/api/draft/<uuid:version>/stamp")
def stamp(version: UUID) -> ResponseReturnValue:
    """Tell what is another whenever the draft is: the history of the study does not tell of drafts."""
    session = here()
    with session.lock:
        return jsonify(stamp=draft_stamp(session.study.desk, _book(version)))


@draft.get("/api/draft/<uuid:version>/text")
def text(version: UUID) -> ResponseReturnValue:
    """Tell the draft as YAML."""
    return jsonify(text=here().study.drafts.text(_book(version)))


@draft.get("/codebook/draft/<uuid:version>/yaml")
def file(version: UUID) -> ResponseReturnValue:
    """Hand out the draft as a file."""
    book = _book(version)
    answer = Response(here().study.drafts.text(book), content_type="application/yaml")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{book}-draft.yaml")
    return answer


@draft.post("/api/draft/<uuid:version>/publish")
def publish(version: UUID) -> ResponseReturnValue:
    """Make the draft that was looked at (`stamp`) the next version; with `look` tell what it would do, and do nothing.

    It gets a `note` and, where one is given, the number `version`.
    """
    session, body, book = here(), asked(), _book(version)
    look = body.flag("look")
    with in_browser_words():
        if not look:
            _must_be_as_seen(session, book, body)
        given = {"note": whole(body.text("note")), "version": whole(body.text("version"))}
        done = session.study.drafts.publish(book, dry_run=look, **given)
    told = import_told(done)
    if look:
        return jsonify(**told, stamp=draft_stamp(session.study.desk, book))
    return jsonify(**told, remarks=remarks_here(session), draft=_state(session, book))


@draft.post("/api/draft/<uuid:version>/discard")
def discard(version: UUID) -> ResponseReturnValue:
    """Throw the draft that was looked at (`stamp`) away."""
    session, book = here(), _book(version)
    with in_browser_words():
        _must_be_as_seen(session, book, asked())
        gone = session.study.drafts.discard(book)
    return jsonify(gone=gone, remarks=remarks_here(session), draft=_state(session, book))


@draft.post("/api/draft/<uuid:version>/marks/remove")
def remove_marks(version: UUID) -> ResponseReturnValue:
    """Take marks in vivo away by their `ids`."""
    session, book, ids = here(), _book(version), asked().texts("ids")
    with in_browser_words():
        there = {one.id for one in session.study.in_vivo.list() if one.codebook == book}
        if not ids or not there.issuperset(ids):
            raise NotFound("this mark is not there any more", mend="reload the page")
        session.study.in_vivo.remove(*ids)
    return jsonify(remarks=remarks_here(session), draft=_state(session, book))


@draft.post(
    "/api/draft/<uuid:version>/<any(add, move, entry, split, merge, retire, revive, undo, text):act>",
)
def change(version: UUID, act: str) -> ResponseReturnValue:
    """Do one act on the draft; tell how it is afterwards."""
    session, book = here(), _book(version)
    with in_browser_words():
        ACTS[act](session, book, asked())
    return jsonify(remarks=remarks_here(session), draft=_state(session, book))


def _book(version: UUID) -> str:
    return label_of(version).rpartition("@")[0]


def _state(session: WebSession, book: str) -> dict[str, Any]:
    study, everyone = session.study, request.args.get("marks") == "everyone"
    found = study.drafts.show(book)
    marks = [one for one in study.in_vivo.list() if one.codebook == book]
    seen = [one for one in marks if everyone or one.coder in (session.coder, *session.shown)]
    transcripts = {one.name: one.id for one in study.transcripts.list()} if seen else {}
    told = draft_value(found, draft_facts(study.desk, found), seen, transcripts)
    return told | {"marks_unseen": len(marks) - len(seen)}


def _must_be_as_seen(session: WebSession, book: str, body: Asked) -> None:
    if draft_stamp(session.study.desk, book) != body.text("stamp"):
        raise Conflict("the draft was changed in the meantime", mend="look at what it does now, and try again")


def _add(session: WebSession, book: str, body: Asked) -> Draft:
    place = {"parent": _one(body, "under"), "after": _one(body, "after"), "codable": not body.flag("heading")}
    fields = {"name": whole(body.text("name")).strip(), "definition": whole(body.text("definition")).strip()}
    return session.study.drafts.add(_key(body, "key"), codebook=book, **place, **fields)


def _move(session: WebSession, book: str, body: Asked) -> Draft:
    drafts, key, where = session.study.drafts, _key(body, "code"), body.text("where")
    match where:
        case "top":
            return drafts.move(key, codebook=book, under=None)
        case "under":
            return drafts.move(key, codebook=book, under=_key(body, "beside"))
        case "before" | "after":
            return drafts.move_beside(key, codebook=book, **{where: _key(body, "beside")})
    raise BadValue("where the code goes is not said", mend="choose below, before or behind a code, or the top")


def _entry(session: WebSession, book: str, body: Asked) -> Draft:
    fields, was = entry_fields(body.body.get("fields")), entry_fields(body.body.get("was"))
    more = {"effect": body.text("effect"), "why": _why(body)}
    return save_entry(session.study.desk, _key(body, "code"), fields, was=was, codebook=book, **more)


def _split(session: WebSession, book: str, body: Asked) -> Draft:
    keys, names = body.texts("keys"), body.texts("names")
    named = [(whole(key).strip(), whole(name).strip()) for key, name in zip(keys, names, strict=False)]
    into = [(key, name) for key, name in named if key or name]
    code, keep = _key(body, "code"), body.flag("keep")
    return session.study.drafts.split(code, into, codebook=book, keep=keep, why=_why(body))


def _merge(session: WebSession, book: str, body: Asked) -> Draft:
    codes, name = [whole(one) for one in body.texts("codes")], whole(body.text("name")).strip()
    if not codes:
        raise BadValue("no code is chosen", mend="choose those that become one")
    return session.study.drafts.merge(codes, _key(body, "into"), codebook=book, name=name, why=_why(body))


def _retire(session: WebSession, book: str, body: Asked) -> Draft:
    return session.study.drafts.retire(_key(body, "code"), codebook=book, why=_why(body))


def _revive(session: WebSession, book: str, body: Asked) -> Draft:
    code, under = _key(body, "code"), _one(body, "under")
    return session.study.drafts.revive(code, codebook=book, under=under, why=_why(body))


def _undo(session: WebSession, book: str, body: Asked) -> Draft:
    _must_be_as_seen(session, book, body)
    return session.study.drafts.undo(book)


def _text(session: WebSession, book: str, body: Asked) -> Draft:
    drafts: Drafts = session.study.drafts
    return drafts.replace(whole(body.text("text")), codebook=book, was=body.text("was"))


ACTS: dict[str, Callable[[WebSession, str, Asked], Draft]] = {
    "add": _add,
    "move": _move,
    "entry": _entry,
    "split": _split,
    "merge": _merge,
    "retire": _retire,
    "revive": _revive,
    "undo": _undo,
    "text": _text,
}


def _key(body: Asked, name: str) -> str:
    key = whole(body.text(name)).strip()
    if not key:
        raise BadValue("a code is missing", mend="type its key or choose one")
    return key


def _one(body: Asked, name: str) -> str | None:
    return whole(body.text(name)).strip() or None


def _why(body: Asked) -> str:
    return whole(body.text("why")).strip()
