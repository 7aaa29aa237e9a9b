"""`qcode transcript`: list, show, correct, rename, describe, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.groups import Group
from qcode.cli.lines import wrapped
from qcode.cli.options import coder_option, format_option, open_study, output_option, pairs, study_option
from qcode.cli.output import emit, plural, printable, say, to_json
from qcode.cli.transcript_revise import revise, revisions
from qcode.domain.span import Span

if TYPE_CHECKING:
    from qcode.study.transcripts import Shown


@click.group("transcript", cls=Group)
def command() -> None:
    """List, show, correct, rename, describe and remove transcripts."""


command.add_command(revise)
command.add_command(revisions)


@command.command("list", epilog="Example: qcode transcript list --format json")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def list_(fmt: str, output: Path | None, study_path: str | None) -> None:
    """List the transcripts with their cases, languages, turns and codings."""
    from qcode.study.lists import transcripts

    found = transcripts(open_study(study_path))
    shown = ("transcript", "case", "language", "characters", "turns", "codings", "speakers")
    empty = "no transcripts yet; bring some in with: qcode import FOLDER"
    emit(found.rows, found.columns, fmt=fmt, output=output, shown=shown, title=found.title, empty=empty)


@command.command(epilog="Example: qcode transcript show KZ-NGO-01")
@click.argument("name")
@click.option("--revision", type=click.IntRange(min=1), metavar="N", help="An earlier text, before it was corrected.")
@format_option
@study_option
def show(name: str, revision: int | None, fmt: str, study_path: str | None) -> None:
    """Show a transcript, turn by turn, with positions."""
    _show(open_study(study_path).transcripts.show(name, revision=revision), fmt)


def _show(shown: Shown, fmt: str) -> None:
    """Print a transcript; which revision it is, where it was corrected."""
    revision = shown.revision
    turns: list[dict[str, Any]] = [
        {"n": t.n, "speaker": t.speaker, "start": t.start, "end": t.end, "time": t.time} for t in revision.turns
    ]
    if fmt == "csv":
        rows = [turn | {"words": Span(turn["start"], turn["end"]).of(revision.text)} for turn in turns]
        emit(rows, ("n", "speaker", "start", "end", "time", "words"), fmt=fmt)
        return
    if fmt == "json":
        document: dict[str, Any] = {"transcript": shown.name, "id": shown.id, "text": revision.text}
        corrected = {"revision": shown.n} if shown.corrected else {}
        click.echo(to_json(document | {"sha256": revision.sha256, "turns": turns} | corrected))
        return
    which = f", revision {shown.n}" if shown.corrected else ""
    click.echo(
        printable(
            f"{shown.name}  ({shown.language or 'language unknown'}, {plural(len(revision.turns), 'turn')}{which})"
        )
    )
    for turn in revision.turns:
        time = "" if turn.time is None else f"  {_clock(turn.time)}"
        click.echo(printable(f"\n{turn.n}. {turn.speaker or '(no speaker)'}  [{turn.start}-{turn.end}]{time}"))
        click.echo(printable(wrapped(revision.text[turn.start : turn.end])))


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


@command.command(epilog="Example: qcode transcript rename interview7 P07")
@click.argument("name")
@click.argument("to")
@study_option
@coder_option
def rename(name: str, to: str, study_path: str | None, coder: str | None) -> None:
    """Give a transcript another name; codings stay as they are."""
    open_study(study_path, coder).transcripts.rename(name, to)
    say(f"{name} is now called {to}")


@command.command(epilog="Example: qcode transcript attr P07 role=client country=Kyrgyzstan")
@click.argument("name")
@click.argument("values", nargs=-1, metavar="KEY=VALUE...")
@click.option("--case", metavar="NAME", help="Put the transcript under this case.")
@study_option
@coder_option
def attr(name: str, values: tuple[str, ...], case: str | None, study_path: str | None, coder: str | None) -> None:
    """Write facts about the case of a transcript; KEY= with nothing behind it forgets the fact."""
    if not values and not case:
        raise click.UsageError("give KEY=VALUE, or --case NAME")
    named = open_study(study_path, coder).transcripts.set_attributes(name, pairs(values), case=case)
    say(f"written for the case {named}")


@command.command(epilog="Example: qcode transcript remove P07 --with-codings")
@click.argument("name")
@click.option("--with-codings", is_flag=True, help="Remove the codings on it too.")
@study_option
@coder_option
def remove(name: str, with_codings: bool, study_path: str | None, coder: str | None) -> None:
    """Remove a transcript and every word of it from the study's file, as when consent is taken back.

    There is no undo. The history keeps that a transcript was removed, without its name or words.
    """
    gone = open_study(study_path, coder).transcripts.remove(name, with_codings=with_codings)
    say(f"removed {name} with {plural(gone, 'coding')}; copies elsewhere and backups are yours to remove")
