"""`qcode history`: every act."""

from __future__ import annotations

import json
from pathlib import Path

import click

from qcode.cli.options import format_option, open_study, output_option, study_option
from qcode.cli.output import emit


@click.command("history", epilog="Example: qcode history --last 20")
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the last N acts.")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def command(last: int | None, fmt: str, output: Path | None, study_path: str | None) -> None:
    """List every act: who, when, what, under which codebook version. It holds no word of a transcript."""
    study = open_study(study_path)
    names = study.coder_names()
    rows = [
        {
            "n": one.n,
            "at": one.at,
            "coder": names.get(one.coder, one.coder),
            "act": one.act,
            "version": one.version,
            "details": json.loads(one.details),
            "hash": one.hash,
        }
        for one in study.history(last=last)
    ]
    columns = ("n", "at", "coder", "act", "version", "details", "hash")
    emit(rows, columns, fmt=fmt, output=output, shown=("n", "at", "coder", "act", "version"), title="History")
