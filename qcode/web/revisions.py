"""A transcript that is corrected: its new text is looked at and taken, and its earlier texts can be read."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.study.import_options import options_from
from qcode.web.home import take_remarks
from qcode.web.sessions import WebSession, here
from qcode.web.transcripts import one_transcript
from qcode.web.uploads import one_file

if TYPE_CHECKING:
    from uuid import UUID

    from qcode.domain.transcript import Revision
    from qcode.study.revised import Reanchored, Revised

__all__ = ["revisions"]

revisions = Blueprint("revisions", __name__)

VERDICTS = ("same", "moved", "adjusted", "unplaceable")
FACTS = ("transcript", "revision", "changed", "share", "characters", "turns", "rejections")
MOST = 200
"""So many codings of a kind are told with their words."""


@revisions.get("/api/transcripts/<uuid:transcript>/revisions")
def every(transcript: UUID) -> ResponseReturnValue:
    """Tell the texts that a transcript has had, newest first."""
    study = here().study
    found = study.transcripts.revisions(one_transcript(study, transcript).id)
    return jsonify(revisions=[asdict(one) for one in reversed(found)])


@revisions.get("/transcripts/<uuid:transcript>/revisions/<int(max=999999):number>")
def page(transcript: UUID, number: int) -> ResponseReturnValue:
    """Show one text that a transcript has had."""
    study = here().study
    one = one_transcript(study, transcript)
    shown = study.transcripts.show(one.id, revision=number)
    newest = len(study.transcripts.revisions(one.id))
    return render_template("revision.html", transcript=one, shown=shown, newest=newest, parts=_parts(shown.revision))


def _parts(revision: Revision) -> list[tuple[bool, str]]:
    """Return a text in parts, each with whether it is spoken; all of them together are the text."""
    parts, done = list[tuple[bool, str]](), 0
    for turn in revision.turns:
        parts += [(False, revision.text[done : turn.start]), (True, revision.text[turn.start : turn.end])]
        done = turn.end
    return [*parts, (False, revision.text[done:])]


@revisions.post("/api/transcripts/<uuid:transcript>/revise")
def revise(transcript: UUID) -> ResponseReturnValue:
    """Make the `file` of a form the newest text of a transcript; with `look` tell what it would do, and do nothing.

    It may say `encoding`, `speakers`, `columns`, `no_speakers`, and `anyway` for a text with hardly a word of before.
    """
    session, form = here(), request.form
    one = one_transcript(session.study, transcript)
    data, name = one_file(request.files.getlist("file"), "text")
    said = {key: form.get(key, "").strip() or None for key in ("encoding", "speakers", "columns")}
    done = session.study.transcripts.revise(
        one.id,
        data,
        file_name=name,
        options=options_from(no_speakers=form.get("no_speakers") == "yes", **said),
        dry_run=form.get("look") == "yes",
        anyway=form.get("anyway") == "yes",
    )
    return jsonify(_told(session, done) | {"remarks": take_remarks(session)})


def _told(session: WebSession, done: Revised) -> dict[str, Any]:
    """Return what becomes of the codings: counts of all, words of those that the session may see."""
    seen = set(session.seen)
    facts = {name: getattr(done, name) for name in FACTS}
    counts = {verdict: len(getattr(done, verdict)) for verdict in VERDICTS}
    elsewhere = [one for one in done.moved if one.reordered]
    worded = {"unplaceable": done.unplaceable, "adjusted": done.adjusted, "elsewhere": elsewhere}
    shown = {kind: [one for one in found if one.coder in seen] for kind, found in worded.items()}
    return facts | {
        "counts": counts,
        "speakers": list(done.speakers),
        "codings": {kind: [_coding(one) for one in found[:MOST]] for kind, found in shown.items()},
        "not_shown": {kind: len(found) - len(shown[kind][:MOST]) for kind, found in worded.items()},
        "marks": {verdict: sum(one.verdict == verdict for one in done.marks) for verdict in VERDICTS},
        "warnings": [f"{one.where}: {one.what}" if one.where else one.what for one in done.warnings],
    }


def _coding(one: Reanchored) -> dict[str, Any]:
    return {"code": one.code, "coder": one.coder, "before": one.quote, "after": one.new_quote or ""}
