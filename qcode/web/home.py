"""The home of a study: what is in it, how far this coder is, import, who codes here, and whether anything changed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue
from qcode.study.import_options import columns_from, endings, endings_together
from qcode.study.importing import Decisions, Imported, Outcome, Skipped
from qcode.study.receiving_files import ENDINGS, is_project
from qcode.study.starters import starter_names
from qcode.web.asked import asked
from qcode.web.reading_texts import forget_removed
from qcode.web.sessions import WebSession, here
from qcode.web.uploads import found_in

__all__ = ["home"]

home = Blueprint("home", __name__)


@home.get("/")
def page() -> ResponseReturnValue:
    """Show the home of the study."""
    return render_template("home.html", endings=endings(), together=endings_together(), projects=ENDINGS)


@home.get("/api/stamp")
def stamp() -> ResponseReturnValue:
    """Tell the number of the newest act, which grows whenever anything is changed anywhere, and who codes here."""
    session = here()
    now = session.study.reading.stamp()
    if now != session.stamp:
        forget_removed(session)
        session.stamp = now
    return jsonify(stamp=now, coder=session.coder)


@home.get("/api/session")
def who_codes() -> ResponseReturnValue:
    """Tell a page of an earlier session what it needs to go on in this one, after somebody entered again."""
    return jsonify(coder=here().coder, csrf=here().csrf)


@home.get("/api/home")
def overview() -> ResponseReturnValue:
    """Tell what is in the study, and how far this coder is with each transcript."""
    session = here()
    study, found = session.study, session.study.status()
    books = [{"key": key, "version": version, "codes": n} for key, version, n in found.codebooks]
    return jsonify(
        title=found.title,
        coder=session.coder,
        counts={name: getattr(found, name) for name in ("transcripts", "cases", "codings", "pending", "memos")},
        codebooks=books,
        starters=[] if books else starter_names(),
        last=study.reading.last(),
        transcripts=[asdict(one) for one in study.reading.progress()],
        stamp=study.reading.stamp(),
    )


@home.get("/api/coders")
def coders() -> ResponseReturnValue:
    """Tell the names of the coders."""
    return jsonify(coders=sorted(here().study.coder_names().values(), key=str.casefold))


@home.post("/api/coder")
def coder() -> ResponseReturnValue:
    """Let another coder work in this session: `name`, one of the study or a new one."""
    session = here()
    session.sit_down(asked().text("name"))
    return jsonify(coder=session.coder)


@home.post("/api/leave")
def leave() -> ResponseReturnValue:
    """End this session."""
    app: Any = current_app
    app.sessions.end(here())
    answer = jsonify(left=True)
    answer.delete_cookie(app.doors.cookie, path="/", httponly=True, samesite="Strict", secure=app.doors.secure)
    return answer


@home.post("/api/import")
def take_transcripts() -> ResponseReturnValue:
    """Import the `files` of a form; it may say `case`, `attributes`, `language`, `encoding`, `speakers`, `columns`.

    `in_folder` says that nobody chose them one by one. Each comes in whole or is refused with a reason; the others go
    on. A project of another program does not come in here: `projects` are the numbers of such files, from 0.
    """
    session, files = here(), request.files.getlist("files")
    if not files:
        raise BadValue("no file came", mend="choose one or drop it on the page")
    said = _said()
    found = list(found_in(files, asked_for="in_folder" not in request.form))
    projects = [n for n, one in enumerate(found) if one.asked_for and is_project(one.data or b"", one.shown)]
    others = (one for n, one in enumerate(found) if n not in projects)
    told: dict[str, list[Any]] = {"imported": [], "skipped": [], "refused": [], "projects": projects}
    for one in session.study.transcripts.add_each(others, **said):
        told[_kind(one)].append(_as_json(one))
    return jsonify(**told, remarks=take_remarks(session))


def _said() -> dict[str, Any]:
    form = request.form
    labels, attributes = form.get("speakers", "").strip(), {}
    for line in form.get("attributes", "").splitlines():
        key, equals, value = line.partition("=")
        if line.strip() and not (equals and key.strip()):
            raise BadValue(f"{line.strip()!r} is not KEY=VALUE", mend="write for example role=client, one on a line")
        if line.strip():
            attributes[key.strip()] = value.strip()
    options = replace(
        Decisions().options,
        language=form.get("language", "").strip() or None,
        encoding=form.get("encoding", "").strip() or None,
        speakers=tuple(part.strip() for part in labels.split(",") if part.strip()) if labels else None,
        columns=columns_from(form.get("columns", "")),
    )
    return {"options": options, "case": form.get("case", "").strip() or None, "attributes": attributes}


def _kind(one: Outcome) -> str:
    if isinstance(one, Imported):
        return "imported"
    return "skipped" if isinstance(one, Skipped) else "refused"


def _as_json(one: Outcome) -> dict[str, Any]:
    if not isinstance(one, Imported):
        return {"file": one.path, "why": one.why}
    told = asdict(one)
    return {"file": told.pop("path"), **told}


def take_remarks(session: WebSession) -> list[str]:
    """Return what the acts of this session have to tell besides their results, each once."""
    told = list(session.study.remarks)
    session.study.remarks.clear()
    return told
