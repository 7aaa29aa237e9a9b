"""Reports and lists as files, with the bytes that the command line writes; and a table of codings taken in."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue
from qcode.reports import of_study
from qcode.reports.listing import written
from qcode.study import lists
from qcode.study.selection import Filters
from qcode.web.asked import Asked, asked
from qcode.web.downloads import file_of, must_be_known, report_file
from qcode.web.home import take_remarks
from qcode.web.projects import PROGRAMS
from qcode.web.questions import command, filters_of, request_of
from qcode.web.sessions import here
from qcode.web.tables import KINDS as STATISTICS
from qcode.web.tables import TABLE_WORDS
from qcode.web.uploads import one_table

if TYPE_CHECKING:
    from qcode.reports.report import Report
    from qcode.study.study import Study

__all__ = ["reports"]

reports = Blueprint("reports", __name__)

PAGES = ("docx", "html", "md")
DOCUMENTS = (*PAGES, "xlsx")
KINDS = {
    "full": DOCUMENTS,
    "codebook": DOCUMENTS,
    "quotes": (*DOCUMENTS, "csv"),
    "matrix": (*DOCUMENTS, "csv", "png", "svg"),
    "network": (*DOCUMENTS, "csv", "png", "svg"),
    "history": (*DOCUMENTS, "svg", "png"),
    "transcript": PAGES,
    "methods": DOCUMENTS,
}
"""The reports, and the formats in which each is written."""

LISTS = ("codings", "transcripts", "cases", "memos", "coders", "history")
TABLES = ("csv", "json", "xlsx", "docx", "html")
MOST_QUOTES = 10_000


@reports.get("/reports")
def page() -> ResponseReturnValue:
    """Show the form."""
    return render_template(
        "reports.html",
        kinds=KINDS,
        tables=TABLES,
        programs=PROGRAMS,
        statistics=TABLE_WORDS,
        statistics_kinds=STATISTICS,
    )


@reports.post("/api/reports")
def make() -> ResponseReturnValue:
    """Answer with the report `what` as a file of the kind `kind`, for the filters and the question that are given."""
    body = asked()
    what, kind = body.text("what"), body.text("kind")
    if what not in KINDS:
        raise BadValue("there is no such report", mend=f"take one of {', '.join(KINDS)}")
    if kind not in KINDS[what]:
        raise BadValue(f"this report is not written as {kind!r}", mend=f"take one of {', '.join(KINDS[what])}")
    return report_file(BUILDERS[what](here().study, body), NAMES.get(what, what), kind)


NAMES = {"full": "report", "history": "codebook-history"}
"""How the files are called, where it is not by the name of the report."""


def _full(study: Study, body: Asked) -> Report:
    wanted, quotes = replace(request_of(body), by=None), body.number("quotes_per_code", 5)
    if not 0 <= quotes <= MOST_QUOTES:
        raise BadValue(f"{quotes} quotes of each code are not printed", mend=f"ask for 0 to {MOST_QUOTES:,}")
    said = command("report full", wanted, ("--quotes-per-code", str(quotes) if quotes != 5 else None))
    return of_study.full_report(study, wanted, quotes_per_code=quotes, command=said)


def _codebook(study: Study, body: Asked) -> Report:
    name = body.text("codebook") or None
    return of_study.codebook_report(study, name, command=_named("report codebook", name))


def _quotes(study: Study, body: Asked) -> Report:
    filters, words = filters_of(body), body.text("words").strip()
    said = command("report quotes", filters, ("--words", words))
    return of_study.quotes_report(study, filters, words=words, command=said)


def _matrix(study: Study, body: Asked) -> Report:
    wanted = request_of(body)
    return of_study.matrix_report(study, study.ask(wanted), command=command("report matrix", wanted))


def _network(study: Study, body: Asked) -> Report:
    wanted, most = request_of(body), body.number("top", 60)
    if not 1 <= most <= 1000:
        raise BadValue(f"{most} pairs cannot be drawn", mend="ask for 1 to 1000")
    said = command("report network", wanted, ("--top", most if most != 60 else None))
    return of_study.network_report(study, study.ask(wanted), most=most, command=said)


def _history(study: Study, body: Asked) -> Report:
    name = body.text("codebook") or None
    return of_study.history_report(study, study.codebooks.log(name), command=_named("codebook log", name))


def _transcript(study: Study, body: Asked) -> Report:
    name = body.text("transcript")
    if not name:
        raise BadValue("no transcript is named", mend="choose one")
    filters = replace(filters_of(body), transcripts=(), cases=(), where={})
    said = command(f"report transcript {shlex.quote(name)}", filters)
    return of_study.transcript_report(study, name, filters, command=said)


def _methods(study: Study, _: Asked) -> Report:
    return of_study.methods_report(study, command=command("report methods", Filters()))


def _named(words: str, name: str | None) -> str:
    return command(words, Filters()) + (f" {shlex.quote(name)}" if name else "")


BUILDERS: dict[str, Callable[[Study, Asked], Report]] = {
    "full": _full,
    "codebook": _codebook,
    "quotes": _quotes,
    "matrix": _matrix,
    "network": _network,
    "history": _history,
    "transcript": _transcript,
    "methods": _methods,
}


@reports.post("/api/lists")
def keep() -> ResponseReturnValue:
    """Answer with the list `what` as a file of the kind `kind`; of codings with filters, of cases with `hidden`."""
    body, study = asked(), here().study
    what, kind = body.text("what"), must_be_known(body.text("kind"))
    if what not in LISTS or kind not in TABLES:
        raise BadValue("there is no such list", mend=f"take one of {', '.join(LISTS)} as {', '.join(TABLES)}")
    found = _listing(study, what, body)
    return _as_file(found, what, kind)


def _listing(study: Study, what: str, body: Asked) -> lists.Listing:
    match what:
        case "codings":
            return lists.codings(study, replace(filters_of(body), withdrawn=body.flag("withdrawn")))
        case "cases":
            return lists.cases(study, show_hidden=body.flag("hidden"))
        case "transcripts":
            return lists.transcripts(study)
        case "memos":
            return lists.memos(study)
        case "coders":
            return lists.coders(study)
    return lists.history(study)


def _as_file(found: lists.Listing, what: str, kind: str) -> Response:
    return file_of(written(found.rows, found.columns, f".{kind}", title=found.title), what, kind)


@reports.post("/api/codings/import")
def take() -> ResponseReturnValue:
    """Take the table of codings `file` of a form: all of it or nothing."""
    session = here()
    data, name = one_table(request.files.getlist("file"))
    done = session.study.codings.import_csv(data, name, coder=session.coder)
    counts = {"added": done.added, "known": done.known, "left_out": done.left_out}
    return jsonify(**counts, remarks=take_remarks(session))
