"""`qcode transcript revise` and `revisions`: a corrected transcript, what becomes of its codings, the texts before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.options import coder_option, format_option, open_study, output_option, print_option, study_option
from qcode.cli.output import emit, plural, printable, say, to_json

if TYPE_CHECKING:
    from qcode.study.revised import Reanchored, Revised

__all__ = ["revise", "revisions"]

MOST = 30
"""So many codings that only moved are printed; all of them are in the JSON."""

_COLUMNS = ("id", "code", "coder", "before", "after", "what", "words")
_TOLD = {"adjusted": "other words", "unplaceable": "waits in the queue", "moved": "same words"}

_EPILOG = """\b
Examples:
  qcode transcript revise P07 corrected/P07.docx --dry-run      look first, change nothing
  qcode transcript revise P07 corrected/P07.docx
  qcode codebook queue --transcript P07                         what could not be placed
"""


@click.command(epilog=_EPILOG)
@click.argument("name")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--encoding", metavar="ENC", help="The encoding (cp1251, gb18030 ...) instead of the detected one.")
@click.option("--speakers", metavar="A,B", help="Believe only these speaker labels, with commas between them.")
@click.option("--no-speakers", is_flag=True, help="Believe no speaker labels: every paragraph is a turn.")
@click.option("--columns", metavar="ROLE=COLUMN,...", help="Which column of a table is what: speaker, text, time ...")
@click.option("--anyway", is_flag=True, help="Also where hardly a word of the earlier text is in the file.")
@click.option("--dry-run", is_flag=True, help="Show what would become of the codings and change nothing.")
@print_option
@study_option
@coder_option
def revise(name: str, path: Path, study_path: str | None, coder: str | None, fmt: str, **values: Any) -> None:
    """Correct a transcript: FILE is its new text, and the codings go over to it.

    Each stands on the same words again, wherever they are now. Where words of a passage were changed, the coding is
    adjusted to it. Where a passage is gone, the coding stays on the earlier text and waits in the queue; none is lost.
    Earlier codebook versions are counted over the text that they were left with.
    """
    from qcode.study.import_options import options_from

    anyway, dry_run = values.pop("anyway"), values.pop("dry_run")
    study = open_study(study_path, coder)
    done = study.transcripts.revise(name, path, options=options_from(**values), dry_run=dry_run, anyway=anyway)
    if fmt == "json":
        click.echo(to_json(_as_json(done) | {"dry_run": dry_run}))
    else:
        _tell(done, dry_run=dry_run)


def _as_json(done: Revised) -> dict[str, Any]:
    facts = ("transcript", "id", "revision", "revision_id", "changed", "share", "characters", "turns", "sha256")
    lists = {verdict: getattr(done, verdict) for verdict in ("same", "moved", "adjusted", "unplaceable")}
    return (
        {fact: getattr(done, fact) for fact in facts}
        | {"revision_id": done.revision_id or None, "speakers": list(done.speakers)}
        | {verdict: [asdict(one) for one in found] for verdict, found in lists.items()}
        | {"marks": [asdict(one) for one in done.marks], "rejections_forgotten": done.rejections}
        | {"warnings": [{"where": notice.where, "what": notice.what} for notice in done.warnings]}
    )


def _tell(done: Revised, *, dry_run: bool) -> None:
    for notice in done.warnings[:8]:
        say(f"{notice.where}: {notice.what}" if notice.where else notice.what)
    if not done.changed:
        say(f"{done.transcript} says all of this already, in revision {done.revision}; nothing was done")
        return
    _table(done)
    is_now = "would be" if dry_run else "is"
    speakers = ", ".join(done.speakers) or "none named"
    say(
        f"{done.transcript} {is_now} at revision {done.revision} ({done.characters:,} characters, "
        f"{plural(done.turns, 'turn')}; speakers: {speakers})"
    )
    say(
        f"of {plural(len(done.codings), 'coding')}: {len(done.same):,} as they were, {len(done.moved):,} moved, "
        f"{len(done.adjusted):,} adjusted, {len(done.unplaceable):,} without a place"
    )
    if done.rejections and not dry_run:
        say(f"{plural(done.rejections, 'rejected suggestion')} may come again, as the text is another")
    if dry_run:
        return
    if done.unplaceable:
        say(f"to place or withdraw those: qcode codebook queue --transcript {quote(done.transcript)}")
    if any(one.verdict == "unplaceable" for one in done.marks):
        say("of passages marked in vivo some are gone; see: qcode coding in-vivo")
    earlier = f"qcode transcript show {quote(done.transcript)} --revision {done.revision - 1}"
    say(f"the earlier text stays: {earlier}")


def _table(done: Revised) -> None:
    """Print what has changed for a person: what waits, then what has other words, then what moved."""
    elsewhere = sorted(done.moved, key=lambda one: not one.reordered)
    shown = [*done.unplaceable, *done.adjusted, *elsewhere[:MOST]]
    rows = [_row(one, "") for one in shown]
    rows += [_row(one, ", marked in vivo") for one in done.marks if one.verdict in ("adjusted", "unplaceable")]
    if rows:
        emit(rows, _COLUMNS)
    if len(elsewhere) > MOST:
        click.echo(printable(f"and {len(elsewhere) - MOST:,} more that only moved (all with --format json)"))


def _row(one: Reanchored, kind: str) -> dict[str, Any]:
    what = "stays on the earlier text" if kind and one.verdict == "unplaceable" else _TOLD[one.verdict]
    place = ", elsewhere in the talk" if one.reordered else ""
    return {
        "id": (one.new_id or one.id)[:8],
        "code": one.code,
        "coder": one.coder,
        "before": f"{one.start}-{one.end}",
        "after": "" if one.new_start is None else f"{one.new_start}-{one.new_end}",
        "what": f"{what}{place}{kind}",
        "words": _words(one),
    }


def _words(one: Reanchored) -> str:
    before = _cropped(one.quote)
    return f"{before} → {_cropped(one.new_quote or '')}" if one.verdict == "adjusted" else before


def _cropped(words: str, limit: int = 50) -> str:
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


@click.command(epilog="Example: qcode transcript revisions P07")
@click.argument("name")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def revisions(name: str, fmt: str, output: Path | None, study_path: str | None) -> None:
    """List the texts that a transcript has had, with the codings that stand on each now."""
    rows: Sequence[dict[str, Any]] = [asdict(one) for one in open_study(study_path).transcripts.revisions(name)]
    shown = ("revision", "created_at", "format", "characters", "turns", "codings", "sha256")
    emit(rows, tuple(rows[0]), fmt=fmt, output=output, shown=shown, title=f"Revisions of {name}")
