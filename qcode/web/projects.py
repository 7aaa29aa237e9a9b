"""Projects of other programs: one comes in after it was looked at, and the study goes out as one with its proof."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from qcode.analysis.rows import to_json
from qcode.errors import Conflict
from qcode.study.exporting import export_project
from qcode.web.asked import Asked, asked
from qcode.web.downloads import file_of
from qcode.web.home import take_remarks
from qcode.web.sessions import here
from qcode.web.uploads import one_file

if TYPE_CHECKING:
    from qcode.study.exporting import Exported
    from qcode.study.receiving import Received

__all__ = ["PROGRAMS", "projects"]

projects = Blueprint("projects", __name__)

PROGRAMS = (
    ("nvivo", "NVivo"),
    ("atlas.ti", "ATLAS.ti"),
    ("maxqda", "MAXQDA"),
    ("qualcoder", "QualCoder"),
    ("taguette", "Taguette"),
)
"""The programs that a project can be written for, and what they are called."""

NAME = "study"
"""What the file of a project is called: nothing that tells of the study."""

COUNTS = ("codes", "codings", "coders", "cases", "values", "memos", "known_transcripts", "known", "not_in_file")
FACTS = ("name", "origin", "dry_run", "changed", "quotes_agree")


@projects.post("/api/projects")
def take() -> ResponseReturnValue:
    """Take the project `file` of a form into the study; with `look` tell what would come in, and change nothing.

    It may say `positions`, `project` and `codebook`, as `qcode import` does.
    """
    session, form = here(), request.form
    data, name = one_file(request.files.getlist("file"), "project")
    received = session.study.receive(
        data,
        name,
        dry_run=form.get("look") == "yes",
        rule=form.get("positions", "").strip() or None,
        project=form.get("project", "").strip() or None,
        codebook=form.get("codebook", "").strip() or None,
    )
    told = _told(received)
    return jsonify(told | {"remarks": [*told["remarks"], *take_remarks(session)]})


def _told(received: Received) -> dict[str, Any]:
    """Return what came in, or would."""
    facts = {name: getattr(received, name) for name in (*FACTS, *COUNTS)}
    lists = {name: list(getattr(received, name)) for name in ("revised", "versions", "remarks")}
    return (
        facts
        | lists
        | {
            "imported": [_transcript(one) for one in received.imported],
            "withdrawn_here": len(received.withdrawn_here),
            "positions": None if received.positions is None else asdict(received.positions),
            "lost": [asdict(one) for one in received.lost],
        }
    )


def _transcript(one: Any) -> dict[str, Any]:
    facts = {name: getattr(one, name) for name in ("transcript", "id", "language", "characters", "turns")}
    return facts | {"speakers": list(one.speakers)}


@projects.post("/api/projects/proof")
def proof() -> ResponseReturnValue:
    """Tell what stands in the project that `send` gives for the same body, as it is read back, and what stays behind.

    `for` is a program, `codebook` one of the study; `with_hidden` takes attributes along that no list shows. `beside`
    is the proof as the command line writes it beside a project.
    """
    exported = _exported(asked())
    proved = exported.prove(exported.data, f"{NAME}.qdpx").as_json()
    return jsonify(proof=proved, beside=f"{to_json(proved)}\n", rule=exported.rule, advice=exported.advice)


@projects.post("/api/projects/file")
def send() -> Response:
    """Answer with the study as a project; with `sha256` only where it is the file that was proved."""
    body = asked()
    exported = _exported(body)
    wanted = body.text("sha256")
    if wanted and hashlib.sha256(exported.data).hexdigest() != wanted:
        raise Conflict("the study was changed while its project was made", mend="make the project again")
    return file_of(exported.data, NAME, "qdpx")


def _exported(body: Asked) -> Exported:
    return export_project(
        here().study,
        tool=body.text("for") or None,
        codebook=body.text("codebook") or None,
        with_hidden=body.flag("with_hidden"),
    )
