"""`qcode coding`: add, withdraw, restore, mark in vivo, list, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.groups import Group
from qcode.cli.in_vivo import command as in_vivo
from qcode.cli.lines import wrapped
from qcode.cli.options import (
    coder_option,
    filter_options,
    filters_from,
    format_option,
    open_study,
    output_option,
    print_option,
    study_option,
)
from qcode.cli.output import emit, plural, printable, say, to_json
from qcode.domain.coding import COLUMNS, Coding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qcode.study.selection import Filters


def as_row(coding: Coding) -> dict[str, Any]:
    """Return a coding as the contract's columns."""
    return {column: getattr(coding, column) for column in COLUMNS}


@click.group("coding", cls=Group)
def command() -> None:
    """Add, withdraw, restore, list, import and export codings; mark passages in vivo."""


_ADD_EPILOG = """\b
Examples:
  qcode coding add P07 1204 1310 TRUST-CLI,STIG-PROV
  qcode coding add P07 TRUST-CLI --quote "nobody ever called me back" --coder ana
"""


@command.command(epilog=_ADD_EPILOG)
@click.argument("transcript")
@click.argument("place", nargs=-1, required=True, metavar="[START END] CODE[,CODE...]")
@click.option("--quote", metavar="WORDS", help="The words, in place of START and END; they must stand there once.")
@click.option("--memo", default="", metavar="TEXT", help="A note on the coding.")
@click.option("--codebook", metavar="NAME", help="The codebook, where a code's key stands in several.")
@print_option
@study_option
@coder_option
def add(
    transcript: str,
    place: tuple[str, ...],
    quote: str | None,
    memo: str,
    codebook: str | None,
    fmt: str,
    study_path: str | None,
    coder: str | None,
) -> None:
    """Put one or more codes on a segment, named by positions (code points from 0, end excluded) or by its words."""
    start, end, codes = _place(place)
    study = open_study(study_path, coder)
    made = study.codings.add(
        transcript, codes, start=start, end=end, quote=quote, coder=coder, memo=memo, codebook=codebook
    )
    if fmt == "json":
        click.echo(to_json([as_row(one) for one in made]))
        return
    for one in made:
        say(f"{one.coder} coded {one.transcript} {one.start}-{one.end} with {one.code} ({one.id[:8]})")


def _place(words: tuple[str, ...]) -> tuple[int | None, int | None, list[str]]:
    """Return start, end and codes; several codes may be words of their own, as PowerShell hands over `A,B`."""
    numbers = sum(word.isdecimal() for word in words[:2])
    if len(words) == 1 or not numbers:
        return None, None, _codes(",".join(words))
    if len(words) == 2:
        raise click.UsageError("give START END CODE, or CODE with --quote")
    if numbers == 1:
        raise click.UsageError(f"START and END are whole numbers, not {words[0]!r} and {words[1]!r}")
    return int(words[0]), int(words[1]), _codes(",".join(words[2:]))


def _codes(word: str) -> list[str]:
    return [part.strip() for part in word.split(",") if part.strip()]


@command.command(epilog="Example: qcode coding withdraw 3f2a9c01")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@study_option
@coder_option
def withdraw(ids: tuple[str, ...], study_path: str | None, coder: str | None) -> None:
    """Withdraw codings; they leave every count and stay in the history. An id may be cut to its first 8 characters."""
    n = open_study(study_path, coder).codings.withdraw(*ids)
    say(f"withdrew {n} coding{'s' if n != 1 else ''}")


@command.command(epilog="Example: qcode coding restore 3f2a9c01")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@study_option
@coder_option
def restore(ids: tuple[str, ...], study_path: str | None, coder: str | None) -> None:
    """Let withdrawn codings stand again, as long as no version of the codebook came since.

    An id may be cut to its first 8 characters; `coding list --withdrawn` shows them.
    """
    say(f"restored {plural(open_study(study_path, coder).codings.restore(*ids), 'coding')}")


command.add_command(in_vivo)


@command.command("list", epilog="Example: qcode coding list --code STIG --where role=client --format json")
@filter_options
@click.option("--withdrawn", is_flag=True, help="List withdrawn codings too, and those frozen on retired codes.")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def list_(fmt: str, output: Path | None, study_path: str | None, **values: Any) -> None:
    """List codings with their words, places, coders and codebook versions."""
    filters = filters_from(values)
    rows = [as_row(one) for one in open_study(study_path).codings.list(filters)]
    shown: tuple[str, ...] = ("id", "transcript", "start", "end", "code", "coder", "quote")
    short = [row | {"id": row["id"][:8], "quote": _cropped(row["quote"])} for row in rows]
    if len({row["codebook"] for row in rows}) > 1:
        shown = (*shown[:-1], "codebook", "quote")
    if any(row["status"] != "settled" for row in rows):
        shown = (*shown[:-1], "status", "quote")
    people = fmt == "table" and output is None
    emit(
        short if people else rows,
        COLUMNS,
        fmt=fmt,
        output=output,
        shown=shown,
        title="Codings",
        empty=nothing_found(filters),
    )


def nothing_found(filters: Filters) -> str:
    """Return what to say where no coding is listed."""
    if filters.as_json() or filters.codebook:
        return "no coding fits these filters"
    return "no codings yet; add one with: qcode coding add TRANSCRIPT CODE --quote WORDS"


def say_left_out(waiting: Mapping[str, int]) -> None:
    """Say how many codings are left out because they wait for a decision, and under which codes."""
    if waiting:
        n, codes = sum(waiting.values()), ", ".join(f"{code} {n:,}" for code, n in waiting.items())
        are = "is left out, because it waits" if n == 1 else "are left out, because they wait"
        say(f"{plural(n, 'coding')} {are} for a decision ({codes}); see: qcode codebook queue")


def _cropped(words: str, limit: int = 60) -> str:
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


@command.command("import", epilog="Example: qcode coding import team.csv")
@click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
@study_option
@coder_option
def import_(path: Path, study_path: str | None, coder: str | None) -> None:
    """Take a table of codings: all of it or nothing.

    Needed columns: transcript, code, and start and end or quote. Also read: id, coder, created_at, codebook,
    version, memo. A row whose id the study knows is passed over.
    """
    done = open_study(study_path, coder).codings.import_csv(path, coder=coder)
    say(f"added {plural(done.added, 'coding')} from {path.name}")
    if done.known:
        say(f"{done.known} were in the study already")
    if done.left_out:
        say(f"{done.left_out} marked as withdrawn were left out")


@command.command(epilog="Example: qcode coding export -o codings.csv --coder ana")
@filter_options
@click.option("--withdrawn", is_flag=True, help="Export withdrawn codings too, and those frozen on retired codes.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help=".csv .json .xlsx")
@study_option
def export(output: Path, study_path: str | None, **values: Any) -> None:
    """Write codings to a file that `coding import` reads again."""
    filters = filters_from(values)
    rows = [as_row(one) for one in open_study(study_path).codings.list(filters)]
    emit(rows, COLUMNS, output=output, title="Codings")


@command.command("show", epilog="Example: qcode coding show 3f2a9c01")
@click.argument("id_", metavar="ID")
@study_option
def show(id_: str, study_path: str | None) -> None:
    """Show one coding with its words, the words around it, and what became of it as the codebook changed."""
    study = open_study(study_path)
    one, before, after = study.codings.in_context(id_)
    click.echo(printable(f"{one.code}  by {one.coder}, {one.created_at}, under {one.codebook}@{one.version}"))
    click.echo(printable(f"{one.transcript} {one.start}-{one.end}  {one.status}  {one.id}"))
    click.echo(printable("\n" + wrapped(f"…{before} [[ {one.quote} ]] {after}…")))
    if one.memo:
        click.echo(printable(f"\nmemo: {one.memo}"))
    steps = study.codings.trail(id_)
    if steps:
        click.echo()
    for step in steps:
        click.echo(printable(f"  {step.what}" + (f" ({step.coding[:8]})" if step.coding else "")))
