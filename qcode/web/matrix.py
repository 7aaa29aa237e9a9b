"""The matrix in the browser: which codes occur together, the passages behind a cell, the network, and files of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from qcode.analysis.rules import COUNTS, MEASURES
from qcode.errors import BadValue
from qcode.reports import of_study
from qcode.reports.matrix_csv import matrix_csv
from qcode.reports.matrix_figure import figure
from qcode.reports.matrix_report import counted_blocks
from qcode.reports.network import drawing, network_blocks
from qcode.reports.render import svg
from qcode.reports.render.colors import background, ink
from qcode.reports.report import Network, Report, Text
from qcode.web.asked import Asked, asked
from qcode.web.downloads import file_of, report_file
from qcode.web.passages import behind, in_group, placed
from qcode.web.pooling import Groups, only_across
from qcode.web.questions import choices, command, here_said, request_of
from qcode.web.sessions import here

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix, MatrixByAttribute
    from qcode.domain.codebook import CodebookVersion
    from qcode.study.cooccurrence import Request
    from qcode.study.study import Study

__all__ = ["matrix"]

matrix = Blueprint("matrix", __name__)

UNITS = ("overlap", "exact", "within", "near", "follows", "sentence", "turn", "paragraph", "transcript", "case")
AT_ONCE, STEPS, MOST_LINES = 40, 24, 1000


@matrix.get("/matrix")
def page() -> ResponseReturnValue:
    """Show the form; nothing is counted until it is asked for."""
    return render_template("matrix.html", units=UNITS, counts=COUNTS, measures=MEASURES)


@matrix.get("/api/choices")
def to_choose() -> ResponseReturnValue:
    """Tell what filters may choose from."""
    return jsonify(**choices(here().study))


@matrix.post("/api/matrix")
def count() -> ResponseReturnValue:
    """Count which codes occur together: the document of `qcode cooccurrence --format json`, and how it is painted."""
    wanted = request_of(asked())
    study = here().study
    found: Any = study.ask(wanted)
    groups: Groups = list(found.groups) if wanted.by is not None else [(None, found)]
    pooled = only_across(study, wanted, groups)
    shown = [_painted(one, value) | {"pooled": told} for (value, one), told in zip(groups, pooled, strict=True)]
    return jsonify(
        by=wanted.by,
        groups=shown,
        cases=len({one.case or one.id for one in study.transcripts.list(wanted.filters)}),
        scale=_scale(),
        command=command("cooccurrence", wanted),
    )


def _painted(one: Matrix, value: str | None) -> dict[str, Any]:
    drawn = figure(one)
    notes = [block.text for block in counted_blocks(one) if isinstance(block, Text)]
    place = {code: i for i, code in enumerate(one.codes)}
    return {
        "value": value,
        "document": one.to_json(),
        "names": list(one.names),
        "counted": notes[0],
        "notes": [here_said(note) for note in notes[1:]],
        "nothing": one.nothing,
        "weights": [[None if cell is None else round(cell, 4) for cell in row] for row in drawn.values],
        "printed": drawn.printed,
        "measure": drawn.measure,
        "low": drawn.low,
        "high": drawn.high,
        "signed": drawn.signed,
        "alt": drawn.alt,
        "symmetric": one.symmetric,
        "top": [[place[a], place[b], cell, cases] for a, b, cell, cases in one.top_pairs(20)],
        "pairs": len(one.top_pairs()),
    }


def _scale() -> dict[str, list[tuple[str, str]]]:
    """Return fill and ink of each step, for more and for less, on a light page and on a dark one."""
    return {
        f"{tone}_{name}": [
            (fill := background(sign * (step / STEPS if tone == "light" else 1.04 - step / STEPS)), ink(fill))
            for step in range(STEPS + 1)
        ]
        for tone in ("light", "dark")
        for name, sign in (("more", 1), ("less", -1))
    }


@matrix.post("/api/matrix/passages")
def passages() -> ResponseReturnValue:
    """Tell the passages behind one cell, `first` (row) and `second` (column), from number `offset` on."""
    body, study = asked(), here().study
    value = body.body.get("group")
    if value is not None and not isinstance(value, str):
        raise BadValue("`group` is not a text", mend="reload the page")
    wanted = in_group(study, request_of(body), value)
    first, second = body.text("first"), body.text("second")
    found = behind(study, wanted, first, second)
    offset = max(0, body.number("offset", 0))
    return jsonify(
        passages=placed(study, found[offset : offset + AT_ONCE]),
        total=len(found),
        next=offset + AT_ONCE if offset + AT_ONCE < len(found) else None,
    )


@matrix.post("/api/matrix/network")
def network() -> ResponseReturnValue:
    """Draw the network of codes: a picture as SVG for each group, with what it shows in words."""
    body, study = asked(), here().study
    found = study.ask(request_of(body))
    groups: Any = getattr(found, "groups", None)
    drawn: Any = groups if groups is not None else [(None, found)]
    book = _version(study, found)
    return jsonify(groups=[_drawn(one, value, book, _top(body)) for value, one in drawn])


def _drawn(one: Matrix, value: str | None, book: CodebookVersion | None, most: int) -> dict[str, Any]:
    blocks = network_blocks(one, book, most)
    picture = next((block for block in blocks if isinstance(block, Network)), None)
    said = [block.text for block in blocks[blocks.index(picture) :] if isinstance(block, Text)] if picture else []
    if picture is None:
        said = [block.text for block in blocks if isinstance(block, Text)][-1:]
    svg_text = svg.draw(drawing(one, book, most), prefix="network") if picture is not None else ""
    return {"value": value, "svg": svg_text, "alt": picture.alt if picture else "", "notes": said}


def _top(body: Asked) -> int:
    most = body.number("top", 60)
    if not 1 <= most <= MOST_LINES:
        raise BadValue(f"{most} lines cannot be drawn", mend=f"ask for 1 to {MOST_LINES}")
    return most


@matrix.post("/api/matrix/export")
def export() -> ResponseReturnValue:
    """Answer with a file of this matrix or its network: the same bytes as the command line writes."""
    body, study = asked(), here().study
    wanted, kind = request_of(body), body.text("kind")
    found = study.ask(wanted)
    if body.text("what", "matrix") == "network":
        return report_file(_network_report(study, found, wanted, _top(body)), "network", kind)
    if kind == "json":
        return file_of((_json(found.to_json()) + "\n").encode(), "matrix", kind)
    if kind == "csv":
        return file_of(matrix_csv(found), "matrix", "csv")
    return report_file(_matrix_report(study, found, wanted), "matrix", kind)


def _matrix_report(study: Study, found: Matrix | MatrixByAttribute, wanted: Request) -> Report:
    return of_study.matrix_report(study, found, command=command("report matrix", wanted))


def _network_report(study: Study, found: Matrix | MatrixByAttribute, wanted: Request, most: int) -> Report:
    said = command("report network", wanted, ("--top", most if most != 60 else None))
    return of_study.network_report(study, found, most=most, command=said)


def _first(found: Matrix | MatrixByAttribute) -> Any:
    groups: Any = getattr(found, "groups", None)
    return found if groups is None else groups[0][1] if groups else None


def _version(study: Study, found: Matrix | MatrixByAttribute) -> CodebookVersion | None:
    first = _first(found)
    return study.codebooks.show_for(f"{first.codebook}@{first.version}") if first is not None else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
