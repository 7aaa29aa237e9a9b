"""`qcode memo`: notes on anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from qcode.cli.groups import Group
from qcode.cli.options import coder_option, format_option, open_study, output_option, study_option
from qcode.cli.output import emit, say
from qcode.domain.memo import MEMO_TARGETS


@click.group("memo", cls=Group)
def command() -> None:
    """Write and list notes on the study, a transcript, a code, a coding or a case."""


@command.command(
    epilog="Examples: qcode memo add 'ask about the register' --on transcript P07; qcode memo add 'first idea'"
)
@click.argument("text")
@click.option("--on", "on", nargs=2, metavar="KIND NAME", help="transcript, code, coding or case, and which one.")
@study_option
@coder_option
def add(text: str, on: tuple[str, str] | None, study_path: str | None, coder: str | None) -> None:
    """Write a memo; without --on it is about the study."""
    about, target = on or ("study", "")
    memo = open_study(study_path, coder).memos.add(text, about=about, target=target)
    say(f"written ({memo.id[:8]})")


@command.command("list", epilog="Example: qcode memo list --about code")
@click.option("--about", type=click.Choice(MEMO_TARGETS), help="Only memos on this kind of thing.")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def list_(about: str | None, fmt: str, output: Path | None, study_path: str | None) -> None:
    """List the memos, oldest first."""
    from qcode.study.lists import memos

    found = memos(open_study(study_path), about=about)
    people = fmt == "table" and output is None
    rows = [{**row, "id": str(row["id"])[:8], "on": _short(row)} for row in found.rows] if people else found.rows
    empty = "no memos yet; write one with: qcode memo add TEXT"
    emit(rows, found.columns, fmt=fmt, output=output, title=found.title, empty=empty)


def _short(row: Mapping[str, str]) -> str:
    return row["on"][:8] if row["about"] == "coding" else row["on"]


@command.command(epilog="Example: qcode memo remove 77aa02c1")
@click.argument("id_", metavar="ID")
@study_option
@coder_option
def remove(id_: str, study_path: str | None, coder: str | None) -> None:
    """Remove a memo."""
    open_study(study_path, coder).memos.remove(id_)
    say("removed")
