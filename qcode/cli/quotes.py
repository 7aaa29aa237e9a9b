"""`qcode quotes`: coded segments for reading."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import click

from qcode.cli.coding import as_row, nothing_found, say_left_out
from qcode.cli.lines import wrapped
from qcode.cli.options import filter_options, filters_from, format_option, open_study, output_option, study_option
from qcode.cli.output import emit, plural, printable, say
from qcode.domain.coding import COLUMNS, Coding


@click.command("quotes", epilog="Example: qcode quotes --code FUND-EXIT --where country=Kazakhstan -o quotes.docx")
@filter_options
@format_option
@output_option(".docx .html .md .xlsx .csv .json")
@study_option
@click.pass_context
def command(ctx: click.Context, /, fmt: str, output: Path | None, study_path: str | None, **values: Any) -> None:
    """Read the coded segments with their words, by code, each with the line that leads back to it.

    Codings that wait for a decision are left out; --pending shows these alone.
    """
    filters = filters_from(values)
    study = open_study(study_path)
    if output is not None and output.suffix.lower() in (".docx", ".html", ".htm", ".md"):
        from qcode.cli.reporting import command_line, quotes_report
        from qcode.reports.save import save

        save(quotes_report(study, filters, command=command_line(ctx)), output)
        say(f"wrote {output}")
        return
    found = study.codings.list(filters, pending=False)
    left_out = study.queue.counts(filters)
    say_left_out(left_out)
    if fmt != "table" or output is not None:
        emit([as_row(one) for one in found], COLUMNS, fmt=fmt, output=output, title="Quotes")
        return
    if not found and not left_out:
        say(nothing_found(filters))
    for code in dict.fromkeys(one.code for one in found):
        same = [one for one in found if one.code == code]
        click.echo(printable(f"{code}  ({plural(len(same), 'coding')})"))
        for _, codings in groupby(same, key=lambda one: (one.transcript, one.start, one.end)):
            _tell(list(codings))
        click.echo()


def _tell(codings: list[Coding]) -> None:
    """Print one segment with all codings of one code on it."""
    one = codings[0]
    click.echo(printable(wrapped(" ".join(one.quote.split()), indent=4)))
    by = ", ".join(f"{coding.coder} ({coding.id[:8]})" for coding in codings)
    click.echo(printable(wrapped(f"{one.transcript} {one.start}-{one.end}, {by}", indent=6)))
    for coding in codings:
        if coding.memo:
            click.echo(printable(wrapped(f"{coding.coder} notes: {' '.join(coding.memo.split())}", indent=6)))
