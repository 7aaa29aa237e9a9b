"""The codebook in the browser: its codes as a tree with counts, its versions, what differs between two, and import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.domain.code_colors import color_of
from qcode.errors import BadValue, NotFound
from qcode.reports.change_words import KINDS, heading, kind_of
from qcode.reports.wording import wording
from qcode.reports.words import plural
from qcode.study.codebooks import CodebookImported
from qcode.study.selection import Filters
from qcode.study.starters import starter_names
from qcode.web.asked import asked
from qcode.web.home import take_remarks
from qcode.web.sessions import here
from qcode.web.uploads import plain_name

if TYPE_CHECKING:
    from uuid import UUID

    from qcode.domain.codebook import Code
    from qcode.study.planning import PlannedChange

__all__ = ["changes_told", "codebook", "import_told", "label_of"]

codebook = Blueprint("codebook", __name__)

FILES = {
    "yaml": "application/yaml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "qdc": "application/xml",
}


@codebook.get("/codebook")
def page() -> ResponseReturnValue:
    """Show the codebook."""
    return render_template("codebook.html")


@codebook.get("/api/codebooks")
def every() -> ResponseReturnValue:
    """Tell the codebooks with their versions, oldest first."""
    study = here().study
    books: dict[str, list[dict[str, Any]]] = {}
    for row, codes in study.codebooks.list():
        version = {"id": row.uuid, "version": row.version, "title": row.title, "at": row.created_at, "codes": codes}
        books.setdefault(row.codebook, []).append(version)
    return jsonify(
        codebooks=[{"key": key, "versions": versions} for key, versions in books.items()],
        starters=starter_names(),
    )


@codebook.get("/api/codebook/<uuid:version>")
def one(version: UUID) -> ResponseReturnValue:
    """Tell a version: its codes in reading order, and how many codings stood on each, or waited, as it was left."""
    label = label_of(version)
    study = here().study
    past = study.codebooks.log(label)[-1]
    waits = study.queue.counts(Filters(codebook=label))
    content = past.content
    colors = color_of(content)
    codes = [
        {
            **_as_json(code),
            "depth": depth,
            "color": colors.get(code.key, ""),
            "codings": past.by_code.get(code.key, 0),
            "waits": waits.get(code.key, 0),
        }
        for depth, code in content.walk()
    ]
    head = {"codebook": content.codebook, "version": content.version, "title": content.title, "note": content.note}
    more = {"at": past.created_at, "coder": past.coder, "follows": list(past.follows), "waiting": past.waiting}
    return jsonify(id=str(version), **head, **more, waits=sum(waits.values()), codes=codes)


def _as_json(code: Code) -> dict[str, Any]:
    told = asdict(code)
    return told | {"names": dict(code.names), "terms": {language: list(words) for language, words in code.terms}}


@codebook.get("/api/codebook/<uuid:old>/to/<uuid:new>")
def difference(old: UUID, new: UUID) -> ResponseReturnValue:
    """Tell what differs between two versions, in words, and how many codings each change touches."""
    found = here().study.codebooks.diff(label_of(old), label_of(new))
    return jsonify(old=found.old.label, new=found.new.label, changes=changes_told(found.planned))


@codebook.get("/api/codebook/<uuid:version>/log")
def log(version: UUID) -> ResponseReturnValue:
    """Tell how the codebook of this version came to be, newest first."""
    name = label_of(version).rpartition("@")[0]
    told = [
        {
            "version": past.content.version,
            "follows": list(past.follows),
            "at": past.created_at,
            "coder": past.coder,
            "note": past.content.note,
            "codes": sum(code.codable for code in past.content.codes),
            "codings": past.codings,
            "queued": past.queued,
            "waiting": past.waiting,
            "changes": changes_told(past.planned),
        }
        for past in here().study.codebooks.log(name)
    ]
    return jsonify(codebook=name, versions=told[::-1])


@codebook.get("/codebook/<uuid:version>/<any(yaml, csv, xlsx, qdc):ending>")
def file(version: UUID, ending: str) -> ResponseReturnValue:
    """Hand out a version as a file."""
    label = label_of(version)
    books = here().study.codebooks
    content = books.as_qdc(label)[0] if ending == "qdc" else books.export(label, ending=f".{ending}")
    answer = Response(content, content_type=FILES[ending])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{label.replace('@', '-')}.{ending}")
    return answer


@codebook.get("/api/codebook/<uuid:version>/left-out")
def left_out(version: UUID) -> ResponseReturnValue:
    """Tell what a version as a .qdc has no place for."""
    _, lost = here().study.codebooks.as_qdc(label_of(version))
    return jsonify(lost=[asdict(one) for one in lost])


@codebook.post("/api/codebook/starter")
def take_starter() -> ResponseReturnValue:
    """Take a codebook that ships with qcode into the study."""
    session, name = here(), asked().text("name")
    if name not in starter_names():
        raise NotFound("there is no starter codebook of this name", mend="choose one of the list")
    return jsonify(**import_told(session.study.codebooks.add(name)), remarks=take_remarks(session))


@codebook.post("/api/codebook/import")
def take_file() -> ResponseReturnValue:
    """Take the codebook `file` of a form into the study; with `look` tell what it would do, and do nothing."""
    session, files = here(), request.files.getlist("file")
    if len(files) != 1:
        raise BadValue(f"one codebook is needed, and {len(files)} came", mend="choose one file")
    data, name = files[0].stream.read(), plain_name(files[0].filename or "")
    done = session.study.codebooks.add(name, data=data, dry_run=request.form.get("look") == "yes")
    return jsonify(**import_told(done), remarks=take_remarks(session))


def import_told(done: CodebookImported) -> dict[str, Any]:
    """Return what a version that came in did, or would do."""
    return {
        "codebook": done.codebook,
        "version": done.version,
        "codes": done.codable,
        "known": done.known,
        "follows": done.follows,
        "queued": done.queued,
        "moved": done.moved,
        "problems": [f"{one.where}: {one.what}" for one in done.problems],
        "changes": changes_told(done.plan),
    }


def changes_told(planned: Sequence[PlannedChange]) -> list[dict[str, Any]]:
    """Return changes under the names of their kinds, what opens work first."""
    order = list(KINDS)
    by_work = sorted(planned, key=lambda one: order.index(kind_of(one.told)))
    return [
        {
            "kind": KINDS[kind_of(one.told)],
            "change": one.told.change,
            "what": heading(one.told),
            "why": one.told.why,
            "codings": one.codings,
            "transcripts": one.transcripts,
            "happens": one.happens,
            "fate": _fate(one),
            "texts": [_text(*text) for text in one.told.texts],
        }
        for one in by_work
    ]


def _fate(one: PlannedChange) -> str:
    """Return `12 codings in 3 transcripts wait: ...`, or nothing where no coding is touched."""
    if not one.codings:
        return ""
    happens = one.happens
    if one.codings == 1:
        happens = re.sub(r"^(wait|move|stand)\b", r"\1s", happens).replace("are ", "is ", 1)
    return f"{plural(one.codings, 'coding')} in {plural(one.transcripts, 'transcript')} {happens}"


def _text(field: str, before: str, after: str) -> dict[str, Any]:
    """Return the words of a field before and after, in pieces: [words, whether they differ]."""
    found = wording(field, before, after)
    return {"field": field, "before": list(map(list, found.before)), "after": list(map(list, found.after))}


def label_of(version: UUID) -> str:
    """Return NAME@V of the version with this id, or raise NotFound."""
    for row, _ in here().study.codebooks.list():
        if row.uuid == str(version):
            return f"{row.codebook}@{row.version}"
    raise NotFound("there is no such version of a codebook", mend="go back to the codebook")
