"""`qcode case`: whom the data is about."""

from __future__ import annotations

from pathlib import Path

import click

from qcode.cli.groups import Group
from qcode.cli.options import coder_option, format_option, open_study, output_option, pairs, study_option
from qcode.cli.output import emit, plural, say


@click.group("case", cls=Group)
def command() -> None:
    """Say whom the transcripts are about: roles, countries, any facts. Filters and --by use them."""


@command.command("list", epilog="Example: qcode case list --format csv")
@click.option("--show-hidden", is_flag=True, help="Show attributes that could harm a participant (register_status).")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def list_(show_hidden: bool, fmt: str, output: Path | None, study_path: str | None) -> None:
    """List the cases with their attributes and transcripts."""
    from qcode.study.lists import cases

    study = open_study(study_path)
    found = cases(study, show_hidden=show_hidden)
    hidden = set() if show_hidden else study.cases.hidden_attributes()
    empty = "no cases yet; make one with: qcode case set NAME role=client --transcript TRANSCRIPT"
    shown = tuple(column for column in found.columns if column != "id")
    emit(found.rows, found.columns, fmt=fmt, output=output, shown=shown, title=found.title, empty=empty)
    if hidden:
        say(f"not shown: {', '.join(sorted(hidden))} (see --show-hidden)")


@command.command("set", epilog="Example: qcode case set P07 role=client country=Kyrgyzstan --transcript P07")
@click.argument("name")
@click.argument("values", nargs=-1, metavar="KEY=VALUE...")
@click.option("--transcript", multiple=True, metavar="NAME", help="A transcript that is about this case (repeatable).")
@study_option
@coder_option
def set_(
    name: str, values: tuple[str, ...], transcript: tuple[str, ...], study_path: str | None, coder: str | None
) -> None:
    """Write facts about a case, which is made if it is new; KEY= with nothing behind it forgets the fact."""
    open_study(study_path, coder).cases.set(name, pairs(values), transcripts=transcript)
    say(f"written for the case {name}")


@command.command(epilog="Example: qcode case remove P07")
@click.argument("name")
@study_option
@coder_option
def remove(name: str, study_path: str | None, coder: str | None) -> None:
    """Remove a case with its attributes and the memos on it; its transcripts stay, without a case."""
    left = open_study(study_path, coder).cases.remove(name)
    say(f"removed the case {name}; {plural(left, 'transcript')} without a case now")


@command.command("import", epilog="Example: qcode case import participants.csv")
@click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
@study_option
@coder_option
def import_(path: Path, study_path: str | None, coder: str | None) -> None:
    """Take a table of cases: one row a case, a column per attribute, all of it or nothing.

    The column `case` (or the first) names the case; `transcripts` holds transcript names with `;` between them.
    """
    n = open_study(study_path, coder).cases.import_csv(path)
    say(f"took {plural(n, 'case')} from {path.name}")
