"""`qcode coder`: the people who code."""

from __future__ import annotations

from pathlib import Path

import click

from qcode.cli.groups import Group
from qcode.cli.options import coder_option, format_option, open_study, output_option, study_option
from qcode.cli.output import emit, say


@click.group("coder", cls=Group)
def command() -> None:
    """List, add and rename the people who code."""


@command.command("list", epilog="Example: qcode coder list")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def list_(fmt: str, output: Path | None, study_path: str | None) -> None:
    """List the coders with their codings."""
    from qcode.study.lists import coders

    found = coders(open_study(study_path))
    emit(found.rows, found.columns, fmt=fmt, output=output, shown=("coder", "codings"), title=found.title)


@command.command(epilog="Example: qcode coder add ben")
@click.argument("name")
@study_option
@coder_option
def add(name: str, study_path: str | None, coder: str | None) -> None:
    """Add a coder before the first coding."""
    say(f"{open_study(study_path, coder).coders.add(name).name} may code")


@command.command(epilog="Example: qcode coder default ben")
@click.argument("name")
@study_option
def default(name: str, study_path: str | None) -> None:
    """Say who codes in this file where nobody is named, as in a copy that somebody else works on."""
    study = open_study(study_path)
    say(f"{study.coders.make_default(name).name} is the default coder of {study.path.name}")


@command.command(epilog="Example: qcode coder rename coder1 ana")
@click.argument("name")
@click.argument("to")
@study_option
@coder_option
def rename(name: str, to: str, study_path: str | None, coder: str | None) -> None:
    """Give a coder another name; no coding and no count changes."""
    open_study(study_path, coder).coders.rename(name, to)
    say(f"{name} is now called {to}")
