"""`qcode progress`: how far a coder is with each transcript."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qcode.cli.options import coder_option, format_option, open_study, output_option, study_option
from qcode.cli.output import emit

COLUMNS = ("id", "name", "case", "language", "characters", "read", "at", "codings", "pending", "opened_at")
SHOWN = ("name", "case", "language", "characters", "read", "codings", "pending", "opened_at")


@click.command("progress", epilog="Example: qcode progress --coder ana --format json")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
@coder_option
def command(fmt: str, output: Path | None, study_path: str | None, coder: str | None) -> None:
    """Show how far a coder is with each transcript: characters read, codings, those that wait for a decision."""
    rows = [asdict(one) for one in open_study(study_path, coder).reading.progress(coder)]
    people = fmt == "table" and output is None
    share = [row | {"read": _share(row["read"], row["characters"])} for row in rows] if people else rows
    emit(share, COLUMNS, fmt=fmt, output=output, shown=SHOWN, title="Progress", empty="no transcripts yet")


def _share(read: int, characters: int) -> str:
    return f"{read * 100 // characters} %" if characters else ""
