"""Two coders side by side in the browser: one transcript, what each coded, and where they agree, code by code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from qcode.domain.code_colors import color_of
from qcode.study.selection import Filters
from qcode.web.asked import asked
from qcode.web.passages import link
from qcode.web.sessions import here
from qcode.web.utf16 import Utf16

if TYPE_CHECKING:
    from uuid import UUID

    from qcode.domain.coding import Coding
    from qcode.domain.transcript import Turn
    from qcode.study.comparing import CodeComparison, Comparison
    from qcode.study.study import Study

__all__ = ["compare"]

compare = Blueprint("compare", __name__)


@compare.get("/compare")
def page() -> ResponseReturnValue:
    """Show the form."""
    return render_template("compare.html")


@compare.get("/api/compare/<uuid:transcript>")
def coders(transcript: UUID) -> ResponseReturnValue:
    """Tell who coded a transcript, with how many codings, most first."""
    codings = here().study.codings.list(Filters(transcripts=(str(transcript),)))
    found = Counter(one.coder for one in codings).most_common()
    return jsonify(coders=[{"name": name, "codings": n} for name, n in found])


@compare.post("/api/compare")
def side_by_side() -> ResponseReturnValue:
    """Lay what two coders coded in a transcript side by side; positions are units of UTF-16."""
    body, study = asked(), here().study
    names = (body.text(name) for name in ("transcript", "first", "second"))
    codebook = body.text("codebook") or None
    found = study.compare(*names, codebook=codebook, codes=tuple(body.texts("codes")))
    return jsonify(**_as_json(study, found))


def _as_json(study: Study, found: Comparison) -> dict[str, Any]:
    shown = study.transcripts.show(found.transcript_id, revision=found.revision)
    units = Utf16(shown.revision.text)
    version = study.codebooks.show_for(f"{found.codebook}@{found.version}")
    names = {code.key: code.name for code in version.codes} if version else {}
    colors = color_of(version) if version else {}
    return {
        "transcript": found.transcript,
        "transcript_id": found.transcript_id,
        "language": shown.language,
        "first": found.first,
        "second": found.second,
        "codebook": f"{found.codebook}@{found.version}",
        "text": shown.revision.text,
        "turns": [_turn(turn, units) for turn in shown.revision.turns],
        "codes": [
            {"key": one.code, "name": names.get(one.code, one.code), "color": colors.get(one.code, "")}
            | _agreement(one, found, units)
            for one in found.codes
        ],
        "first_codings": [_coding(one, units, found.transcript_id) for one in found.first_codings],
        "second_codings": [_coding(one, units, found.transcript_id) for one in found.second_codings],
    }


def _turn(turn: Turn, units: Utf16) -> dict[str, Any]:
    start, end = units.to_units(turn.start), units.to_units(turn.end)
    return {"n": turn.n, "speaker": turn.speaker, "time": turn.time, "start": start, "end": end}


def _agreement(one: CodeComparison, found: Comparison, units: Utf16) -> dict[str, Any]:
    """Return the stretches of one code, their characters, and the share that both coded of what either did."""
    either = one.both_characters + one.first_only_characters + one.second_only_characters
    return {
        "both": units.flat(one.both),
        "first_only": units.flat(one.first_only),
        "second_only": units.flat(one.second_only),
        "both_characters": one.both_characters,
        "first_only_characters": one.first_only_characters,
        "second_only_characters": one.second_only_characters,
        "share": one.both_characters / either if either else None,
        "first_codings": sum(1 for coding in found.first_codings if coding.code == one.code),
        "second_codings": sum(1 for coding in found.second_codings if coding.code == one.code),
    }


def _coding(one: Coding, units: Utf16, transcript: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "start": units.to_units(one.start),
        "end": units.to_units(one.end),
        "memo": one.memo,
        "link": link(transcript, one.start, one.end),
        "pending": one.status == "pending",
    }
