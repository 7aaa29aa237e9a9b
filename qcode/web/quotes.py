"""The quotes in the browser: coded segments with their words and sources, by code, page by page, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from qcode.domain.code_colors import color_of
from qcode.reports import of_study
from qcode.reports.quotes_report import CodedQuote, quotes_blocks
from qcode.reports.report import Quote, Quotes
from qcode.reports.words import left_out
from qcode.study.holding import holding
from qcode.study.selection import Filters
from qcode.web.asked import Asked, asked
from qcode.web.downloads import report_file
from qcode.web.passages import link
from qcode.web.questions import command, filters_of, here_said
from qcode.web.sessions import here

if TYPE_CHECKING:
    from qcode.domain.codebook import CodebookVersion
    from qcode.domain.coding import Coding
    from qcode.study.study import Study

__all__ = ["quotes"]

quotes = Blueprint("quotes", __name__)

AT_ONCE = 60


@quotes.get("/quotes")
def page() -> ResponseReturnValue:
    """Show the form."""
    return render_template("quotes.html")


@quotes.post("/api/quotes")
def some() -> ResponseReturnValue:
    """Tell the quotes that the filters leave, in the order of the codebook, from number `offset` on."""
    body, study = asked(), here().study
    filters = filters_of(body)
    version = study.codebooks.show_for(filters.codebook)
    codings = _codings(study, body, filters)
    segments = _segments(codings, version)
    offset = max(0, body.number("offset", 0))
    chosen = segments[offset : offset + AT_ONCE]
    counts = {code: sum(1 for _ in of) for code, of in groupby(segments, key=lambda same: same[0].code)}
    return jsonify(
        quotes=_placed(study, chosen),
        total=len(segments),
        codings=len(codings),
        transcripts=len({one.transcript for one in codings}),
        next=offset + AT_ONCE if offset + AT_ONCE < len(segments) else None,
        codes={code: _code(version, code, n) for code, n in counts.items()},
        left_out=here_said(left_out(study.queue.counts(filters))) if not filters.pending else "",
        command=_command(body, filters),
    )


def _codings(study: Study, body: Asked, filters: Filters) -> list[Coding]:
    return holding(study.codings.list(filters, pending=filters.pending), body.text("words"))


def _command(body: Asked, filters: Filters) -> str:
    return command("report quotes", filters, ("--words", body.text("words").strip()))


def _segments(codings: Sequence[Coding], version: CodebookVersion | None) -> list[list[Coding]]:
    """Return the codings of one code on the same words together, in order of code, transcript and place."""
    order = {code.key: n for n, code in enumerate(version.codes)} if version else {}
    listed = {id(one): n for n, one in enumerate(codings)}

    def place(one: Coding) -> tuple[object, ...]:
        return order.get(one.code, len(order)), one.code, one.transcript, one.start, one.end

    ordered = sorted(codings, key=lambda one: (order.get(one.code, len(order)), one.code, listed[id(one)]))
    return [list(same) for _, same in groupby(ordered, key=place)]


def _code(version: CodebookVersion | None, key: str, n: int) -> dict[str, Any]:
    entry = version.by_key.get(key.casefold()) if version else None
    color = color_of(version).get(entry.key, "") if version and entry else ""
    return {"name": entry.name if entry else key, "color": color, "passages": n}


def _placed(study: Study, segments: Sequence[Sequence[Coding]]) -> list[dict[str, Any]]:
    ids = {one.name: one.id for one in study.transcripts.list()}
    coded = {one.coding.id: one for one in _coded(study, [one for same in segments for one in same])}
    found = []
    for same in segments:
        quote, first = _quote([coded[one.id] for one in same]), same[0]
        fields = dict(quote.fields)
        found.append(
            {
                "text": quote.text,
                "source": quote.source,
                "language": quote.language,
                "memo": quote.memo,
                "code": first.code,
                "transcript": first.transcript,
                "link": link(ids[first.transcript], first.start, first.end),
                **{key: fields.get(key) for key in ("case", "turn", "speaker", "time", "coders")},
                "codebook": f"{first.codebook}@{first.version}",
                "ids": [one.id for one in same],
                "pending": any(one.status == "pending" for one in same),
            }
        )
    return found


def _quote(coded: Sequence[CodedQuote]) -> Quote:
    """Return a segment as a report prints it."""
    return next(block.quotes[0] for block in quotes_blocks(coded) if isinstance(block, Quotes))


def _coded(study: Study, codings: Sequence[Coding]) -> list[CodedQuote]:
    return [
        CodedQuote(p.coding, case=p.case, turn=p.turn, speaker=p.speaker, time=p.time, language=p.language)
        for p in study.in_place(codings)
    ]


@quotes.post("/api/quotes/export")
def export() -> ResponseReturnValue:
    """Answer with a file of all quotes that the filters leave: the same bytes as the command line writes."""
    body, study = asked(), here().study
    filters, words = filters_of(body), body.text("words").strip()
    made = of_study.quotes_report(study, filters, words=words, command=_command(body, filters))
    return report_file(made, "quotes", body.text("kind"))
