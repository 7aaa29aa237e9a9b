"""`qcode cooccurrence`: which codes occur together, and the passages behind it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.coding import say_left_out
from qcode.cli.lines import READABLE, terminal_width, wrapped
from qcode.cli.options import filter_options, open_study, output_option, study_option
from qcode.cli.output import emit, printable, say, to_json
from qcode.cli.question import question_options, request_from

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix, MatrixByAttribute
    from qcode.study.cooccurrence import Request
    from qcode.study.study import Study

_EPILOG = """\b
Examples:
  qcode cooccurrence                                   passages that two codes cover together
  qcode cooccurrence --unit turn --by role             turns that hold both, for each role
  qcode cooccurrence --unit near --distance 1t         codings at most one turn apart
  qcode cooccurrence --measure jaccard -o matrix.xlsx
  qcode cooccurrence --min-cases 3 -o matrix.docx      hide cells that fewer than 3 cases stand behind
  qcode cooccurrence --show STIG-REG COER-NARC         read the passages behind a cell
"""


@click.command("cooccurrence", epilog=_EPILOG)
@filter_options
@question_options
@click.option("--by", metavar="ATTRIBUTE", help="One matrix for each value of this attribute of the cases.")
@click.option("--show", nargs=2, metavar="A B", help="List the passages behind one cell.")
@click.option(
    "--format",
    "fmt",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print.",
)
@output_option(".docx .html .xlsx .csv .json .png .svg .md")
@study_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    show: tuple[str, str] | None,
    fmt: str,
    output: Path | None,
    study_path: str | None,
    **values: Any,
) -> None:
    """Count which codes occur together.

    Prints the strongest pairs, then as much of the matrix as fits; everything with --format json or -o FILE. What each
    unit, count and measure means is on the methods page of the documentation.
    """
    asked = request_from(values)
    if show and asked.by:
        raise click.UsageError("--show lists the passages of one matrix; choose a group with --where instead of --by")
    study = open_study(study_path)
    if show:
        _show_passages(study, asked, show, fmt, output)
        return
    _give(ctx, study, study.ask(asked), fmt, output)


def _give(ctx: click.Context, study: Study, found: Matrix | MatrixByAttribute, fmt: str, output: Path | None) -> None:
    if output is not None:
        _write(ctx, study, found, output)
    elif fmt == "json":
        click.echo(to_json(found.to_json()))
    elif fmt == "csv":
        _say_left_out(found)
        click.echo(_csv(found).decode(), nl=False)
    else:
        click.echo(printable(found.to_text(terminal_width() or READABLE)))


def _say_left_out(found: Matrix | MatrixByAttribute) -> None:
    """Say beside a table or a picture, which has no line for it, how many codings wait and are left out."""
    from qcode.analysis.matrix import Matrix

    waiting = Counter[str]()
    for one in [found] if isinstance(found, Matrix) else [matrix for _, matrix in found.groups]:
        waiting.update(one.pending_left_out)
    say_left_out(+waiting)


def _csv(found: Matrix | MatrixByAttribute) -> bytes:
    from qcode.reports.matrix_csv import matrix_csv

    return matrix_csv(found)


def _write(ctx: click.Context, study: Study, found: Matrix | MatrixByAttribute, output: Path) -> None:
    from qcode.cli.reporting import command_line, matrix_report
    from qcode.reports.save import save, write

    match output.suffix.lower():
        case ".json":
            write((to_json(found.to_json()) + "\n").encode(), output)
        case ".csv":
            _say_left_out(found)
            write(_csv(found), output)
        case ending:
            if ending in (".png", ".svg"):
                _say_left_out(found)
            save(matrix_report(study, found, command=command_line(ctx)), output)
    say(f"wrote {output}")


LONGEST = 1200
"""Of a longer unit (a whole interview) no more is printed; JSON and files have all of it."""


def _show_passages(study: Study, asked: Request, pair: tuple[str, str], fmt: str, output: Path | None) -> None:
    found = study.passages(asked, *pair)
    rows: list[dict[str, Any]] = [
        {
            "transcript": one.transcript,
            "start": one.start,
            "end": one.end,
            "quote": one.quote,
            "first": [f"{c.code} {c.coder} {c.id[:8]}" for c in one.first],
            "second": [f"{c.code} {c.coder} {c.id[:8]}" for c in one.second],
        }
        for one in found
    ]
    if fmt != "table" or output is not None:
        columns = ("transcript", "start", "end", "quote", "first", "second")
        emit(rows, columns, fmt=fmt, output=output, title=f"{pair[0]} with {pair[1]}")
        return
    for row in rows:
        click.echo(printable(f"{row['transcript']} {row['start']}-{row['end']}"))
        words = " ".join(str(row["quote"]).split())
        click.echo(printable(wrapped(words if len(words) <= LONGEST else f"{words[:LONGEST]}…", indent=4)))
        click.echo(printable(f"      {'; '.join(row['first'])}"))
        click.echo(printable(f"      {'; '.join(row['second'])}\n"))
    say(
        f"{len(rows)} passages where {pair[0]} and {pair[1]} meet"
        if rows
        else f"{pair[0]} and {pair[1]} never meet here"
    )
