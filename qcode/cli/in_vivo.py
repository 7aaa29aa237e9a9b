"""`qcode coding in-vivo`: a passage becomes the first of a new code in the words of whoever speaks."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli.options import coder_option, format_option, open_study, output_option, study_option
from qcode.cli.output import emit, plural, say, to_json

if TYPE_CHECKING:
    from qcode.study.study import Study

COLUMNS = (
    *("id", "codebook", "key", "name", "transcript", "start", "end", "quote", "coder", "created_at"),
    *("lost", "placed", "revision"),
)
SHOWN = ("id", "transcript", "start", "end", "key", "coder", "quote")

_EPILOG = """\b
Examples:
  qcode coding in-vivo P07 1204 1231
  qcode coding in-vivo P07 --quote "left on read" --key LEFT-ON-READ --under TRUST
  qcode coding in-vivo
  qcode coding in-vivo --remove 3f2a9c01
"""


@click.command("in-vivo", epilog=_EPILOG)
@click.argument("place", nargs=-1, metavar="[TRANSCRIPT [START END]]")
@click.option("--quote", metavar="WORDS", help="The words, in place of START and END; they must stand there once.")
@click.option("--key", metavar="KEY", help="The key of the new code; otherwise it is made from the words.")
@click.option("--under", metavar="CODE", help="The code below which the new one stands.")
@click.option("--codebook", metavar="NAME", help="The codebook, where the study has several.")
@click.option("--remove", "removed", metavar="ID", multiple=True, help="Remove a mark; may be given several times.")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
@coder_option
def command(
    place: tuple[str, ...],
    quote: str | None,
    key: str | None,
    under: str | None,
    codebook: str | None,
    removed: tuple[str, ...],
    fmt: str,
    output: Path | None,
    study_path: str | None,
    coder: str | None,
) -> None:
    """Mark a passage with a new code in the words of whoever speaks; without a place, list what is marked.

    The code comes into the codebook's draft. When that is published, the passage becomes a coding.
    """
    study = open_study(study_path, coder)
    start, end = _positions(place, quote, removed)
    if removed:
        say(f"removed {plural(study.in_vivo.remove(*removed), 'mark')}")
    elif start is None and quote is None:
        if key or under or codebook:
            raise click.UsageError("--key, --under and --codebook are for a place that is marked: give START END")
        _list(study, place[0] if place else None, fmt, output)
    else:
        made = study.in_vivo.add(place[0], start=start, end=end, quote=quote, key=key, under=under, codebook=codebook)
        if fmt == "json":
            click.echo(to_json(asdict(made)))
            return
        say(f"{made.coder} marked {made.transcript} {made.start}-{made.end} with {made.key} ({made.id[:8]})")
        say("it is a coding as soon as the draft is published: qcode codebook publish")


def _positions(place: tuple[str, ...], quote: str | None, removed: tuple[str, ...]) -> tuple[int | None, int | None]:
    if removed and (place or quote):
        raise click.UsageError("--remove takes ids of marks and nothing else")
    if quote is not None and len(place) != 1:
        raise click.UsageError("--quote needs a TRANSCRIPT and no positions")
    if len(place) == 3 and all(word.isdecimal() for word in place[1:]):
        return int(place[1]), int(place[2])
    if len(place) > 1:
        raise click.UsageError("give TRANSCRIPT START END, with whole numbers, or TRANSCRIPT with --quote")
    return None, None


def _list(study: Study, transcript: str | None, fmt: str, output: Path | None) -> None:
    rows = [asdict(one) for one in study.in_vivo.list(transcript)]
    people = fmt == "table" and output is None
    short = [row | {"id": row["id"][:8], "quote": " ".join(row["quote"].split())[:60]} for row in rows]
    told = [name for name, usual in (("lost", False), ("placed", True)) if any(row[name] != usual for row in rows)]
    shown = (*SHOWN[:-1], *told, "quote")
    title, empty = "Passages marked in vivo", "nothing is marked in vivo"
    emit(short if people else rows, COLUMNS, fmt=fmt, output=output, shown=shown, title=title, empty=empty)
