"""`qcode history`: every act."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
    things = study.memos.names() if output is None and fmt == "table" else None
    rows: list[dict[str, Any]] = [
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
    if things is not None:
        rows = [row | {"on": _things(row["details"], things)} for row in rows]
    columns = ("n", "at", "coder", "act", "version", "details", "hash")
    emit(rows, columns, fmt=fmt, output=output, shown=("n", "at", "coder", "act", "version", "on"), title="History")


def _things(details: dict[str, object], names: Mapping[str, str]) -> str:
    """Return what an act was about: names where the thing is still in the study, else short ids, and counts."""
    said = []
    for key, value in details.items():
        if isinstance(value, str) and key not in ("sha256", "about", "format", "memo"):
            kind = details.get("about", key) if key == "target" else key
            said.append(f"{kind} {names.get(value, value[:8])}")
        elif isinstance(value, int) and key not in ("start", "end", "characters"):
            said.append(f"{value:,} {key}")
    return ", ".join(said)
