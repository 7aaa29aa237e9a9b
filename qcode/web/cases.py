"""The cases in the browser: whom the transcripts are about, the facts known of them, and a table of cases taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue, NotFound
from qcode.web.asked import Asked, asked
from qcode.web.home import take_remarks
from qcode.web.sessions import here
from qcode.web.uploads import one_table

if TYPE_CHECKING:
    from uuid import UUID

    from qcode.domain.case import Case
    from qcode.study.study import Study

__all__ = ["cases", "facts_of"]

cases = Blueprint("cases", __name__)


@cases.get("/cases")
def page() -> ResponseReturnValue:
    """Show the cases."""
    return render_template("cases.html")


@cases.get("/api/cases")
def every() -> ResponseReturnValue:
    """Tell the cases with attributes and transcripts; what could harm a participant with `?hidden=yes` only."""
    study = here().study
    hidden = set() if request.args.get("hidden") == "yes" else study.cases.hidden_attributes()
    transcripts = study.transcripts.list()
    ids = {one.name: one.id for one in transcripts}
    memos = [one.target for one in study.memos.list(about="case")]
    return jsonify(
        cases=[_as_json(one.without(hidden), ids, memos.count(one.id)) for one in study.cases.list()],
        not_shown=sorted(hidden),
        transcripts=[{"id": one.id, "name": one.name, "case": one.case} for one in transcripts],
    )


def _as_json(one: Case, ids: dict[str, str], memos: int) -> dict[str, Any]:
    about = [{"id": ids[name], "name": name} for name in one.transcripts if name in ids]
    return {"id": one.id, "name": one.name, "attributes": list(one.attributes), "transcripts": about, "memos": memos}


@cases.post("/api/cases/add")
def add() -> ResponseReturnValue:
    """Write facts about the case `name`, which is made if it is new: `keys` and `values`, and `transcripts` by id."""
    session, body = here(), asked()
    name = body.text("name").strip()
    session.study.cases.set(name, facts_of(body), transcripts=tuple(body.texts("transcripts")))
    return jsonify(case=name, remarks=take_remarks(session))


@cases.post("/api/cases/<uuid:case>/set")
def describe(case: UUID) -> ResponseReturnValue:
    """Write facts about a case that is there; an empty value forgets the fact."""
    session, body = here(), asked()
    one = _one(session.study, case)
    session.study.cases.set(one.name, facts_of(body), transcripts=tuple(body.texts("transcripts")))
    return jsonify(case=one.name, remarks=take_remarks(session))


@cases.post("/api/cases/<uuid:case>/remove")
def remove(case: UUID) -> ResponseReturnValue:
    """Remove a case with its attributes and the memos on it; its transcripts stay, without a case."""
    session = here()
    one = _one(session.study, case)
    left = session.study.cases.remove(one.id)
    return jsonify(removed=one.name, transcripts=left, remarks=take_remarks(session))


@cases.post("/api/cases/import")
def take() -> ResponseReturnValue:
    """Take the table `file` of a form, one row a case: all of it or nothing."""
    session = here()
    data, name = one_table(request.files.getlist("file"))
    return jsonify(cases=session.study.cases.import_csv(data, name), remarks=take_remarks(session))


def facts_of(body: Asked) -> dict[str, str]:
    """Return what a page sends as `keys` and `values`; BadValue for a key without a name or one that stands twice."""
    keys, values = [key.strip() for key in body.texts("keys")], [value.strip() for value in body.texts("values")]
    if len(keys) != len(values):
        raise BadValue("there are not as many values as facts", mend="reload the page")
    if not all(keys):
        raise BadValue("a fact has no name", mend="name it, for example role")
    if len({key.casefold() for key in keys}) != len(keys):
        raise BadValue("a fact stands there twice", mend="keep one of them")
    return dict(zip(keys, values, strict=True))


def _one(study: Study, case: UUID) -> Case:
    """Return the case with this id, or raise NotFound."""
    for one in study.cases.list():
        if one.id == str(case):
            return one
    raise NotFound("there is no such case in this study", mend="go back to the cases")
