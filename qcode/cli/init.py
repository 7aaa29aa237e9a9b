"""`qcode init`: make a new study."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from qcode.cli.output import say
from qcode.errors import BadValue


@click.command("init", epilog="Example: qcode init opioids.qcode --title 'Opioid treatment in Osh' --coder ana")
@click.argument("path", metavar="NAME.qcode", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the study is about.")
@click.option("--coder", default="coder1", show_default=True, metavar="NAME", help="The study's default coder.")
def command(path: Path, title: str, coder: str) -> None:
    """Make a new, empty study: one file that holds everything."""
    from qcode.study.study import create

    if path.name in ("", ".."):
        raise BadValue(f"{str(path)!r} is not a name for a study", mend="give it one, such as opioids.qcode")
    if path.suffix != ".qcode":
        path = path.with_name(path.name + ".qcode")
    with create(path, title=title, coder=coder):
        pass
    say(f"made {path}; the default coder is {coder}")
    say(f"next: qcode import FOLDER --study {shlex.quote(str(path))}")
