"""`qcode history`: every act."""

from __future__ import annotations

from pathlib import Path

import click

from qcode.cli.options import format_option, open_study, output_option, study_option
from qcode.cli.output import emit


@click.command("history", epilog="Example: qcode history --last 20")
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the last N acts.")
@click.option("--merged", is_flag=True, help="The acts that other studies brought along when they were merged.")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def command(last: int | None, merged: bool, fmt: str, output: Path | None, study_path: str | None) -> None:
    """List every act: who, when, what, under which codebook version. It holds no word of a transcript."""
    from qcode.study.lists import history, things

    study = open_study(study_path)
    found, rows = history(study, last=last, merged=merged), []
    if output is None and fmt == "table":
        names = study.memos.names()
        rows = [{**row, "on": things(row["details"], names)} for row in found.rows]
    shown = ("n", "at", "coder", "act", "version", "on")
    emit(rows or found.rows, found.columns, fmt=fmt, output=output, shown=shown, title=found.title)
