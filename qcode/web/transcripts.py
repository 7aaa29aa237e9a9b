"""One transcript in the browser, apart from its words: its facts, name and case, and taking it out of the study."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue, Conflict, DoneInPart, NotFound
from qcode.study.import_options import endings
from qcode.web.asked import asked
from qcode.web.cases import facts_of
from qcode.web.home import take_remarks
from qcode.web.sessions import here

if TYPE_CHECKING:
    from uuid import UUID

    from qcode.domain.transcript import Transcript
    from qcode.study.study import Study

__all__ = ["one_transcript", "transcripts"]

transcripts = Blueprint("transcripts", __name__)


@transcripts.get("/transcripts/<uuid:transcript>")
def page(transcript: UUID) -> ResponseReturnValue:
    """Show the facts of a transcript."""
    return render_template("transcript.html", transcript=one_transcript(here().study, transcript), endings=endings())


@transcripts.get("/api/transcripts/<uuid:transcript>")
def facts(transcript: UUID) -> ResponseReturnValue:
    """Tell the facts of a transcript and its case; attributes that could harm a participant with `?hidden=yes` only."""
    study = here().study
    one = one_transcript(study, transcript)
    cases = study.cases.list()
    hidden = set() if request.args.get("hidden") == "yes" else study.cases.hidden_attributes()
    case = next((case for case in cases if case.name == one.case), None)
    revision = study.transcripts.show(one.id).revision
    return jsonify(
        **{name: getattr(one, name) for name in ("id", "name", "language", "characters", "turns", "sha256", "codings")},
        marks=len(study.in_vivo.list(one.id)),
        memos=len(study.memos.list(about="transcript", target=one.id)),
        coding_memos=_memos_on_codings(study, one.id),
        speakers=[asdict(speaker) for speaker in revision.speakers],
        source=asdict(study.transcripts.source(one.id)),
        case=None if case is None else {"id": case.id, "name": case.name},
        attributes=[] if case is None else list(case.without(hidden).attributes),
        not_shown=sorted(hidden),
        cases=[case.name for case in cases],
    )


def _memos_on_codings(study: Study, transcript: str) -> int:
    targets = [one.target for one in study.memos.list(about="coding")]
    there = study.codings.whose(*targets) if targets else {}
    return sum(there.get(target, ("", ""))[0] == transcript for target in targets)


@transcripts.post("/api/transcripts/<uuid:transcript>/rename")
def rename(transcript: UUID) -> ResponseReturnValue:
    """Give it another `name`; no coding changes."""
    session = here()
    session.study.transcripts.rename(one_transcript(session.study, transcript).id, asked().text("name"))
    return jsonify(name=one_transcript(session.study, transcript).name, remarks=take_remarks(session))


@transcripts.post("/api/transcripts/<uuid:transcript>/case")
def put_under(transcript: UUID) -> ResponseReturnValue:
    """Put it under the case `case`, which is made if it is new."""
    session, case = here(), asked().text("case").strip()
    if not case:
        raise BadValue("no case is named", mend="type the name of a case, or of a new one")
    named = session.study.transcripts.set_attributes(one_transcript(session.study, transcript).id, {}, case=case)
    return jsonify(case=named, remarks=take_remarks(session))


@transcripts.post("/api/transcripts/<uuid:transcript>/attributes")
def describe(transcript: UUID) -> ResponseReturnValue:
    """Write facts about its case: `keys` and `values`, of which an empty one forgets the fact."""
    session, values = here(), facts_of(asked())
    if not values:
        raise BadValue("nothing is to be written", mend="change a fact, or add one")
    named = session.study.transcripts.set_attributes(one_transcript(session.study, transcript).id, values)
    return jsonify(case=named, remarks=take_remarks(session))


@transcripts.post("/api/transcripts/<uuid:transcript>/remove")
def remove(transcript: UUID) -> ResponseReturnValue:
    """Take it out of the study, for whom types its `name` and was told how many `codings` and `marks` go with it."""
    session, body = here(), asked()
    study = session.study
    one = one_transcript(study, transcript)
    if _typed(body.text("name")) != _typed(one.name):
        raise BadValue("what was typed is not the name of this transcript", mend=f"type {one.name} to remove it")
    told, there = (body.number("codings"), body.number("marks")), (one.codings, len(study.in_vivo.list(one.id)))
    if told != there:
        raise Conflict("the codings on it have changed since you were told of them", mend="look again and confirm anew")
    notice, gone = "", 0
    try:
        gone = study.transcripts.remove(one.id, with_codings=sum(there) > 0)
    except DoneInPart as left:
        notice, gone = left.sentence, one.codings
    return jsonify(removed=one.name, codings=gone, notice=notice, remarks=take_remarks(session))


def _typed(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())


def one_transcript(study: Study, transcript: UUID) -> Transcript:
    """Return the transcript with this id, or raise NotFound."""
    found: Any = next((one for one in study.transcripts.list() if one.id == str(transcript)), None)
    if found is None:
        raise NotFound("there is no such transcript in this study", mend="go back to the study")
    return found  # type: ignore[no-any-return]
