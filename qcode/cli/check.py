"""`qcode check`: prove that the study is whole."""

from __future__ import annotations

import click

from qcode.cli.options import format_option, open_study, study_option
from qcode.cli.output import emit, printable, say


@click.command("check", epilog="Example: qcode check --study mystudy.qcode")
@format_option
@study_option
def command(fmt: str, study_path: str | None) -> int:
    """Prove that the study is whole: foreign keys, hashes, every quote against its text, the history's chain.

    Exit 1 and a list if anything is off.
    """
    found = open_study(study_path).check()
    if fmt != "table":
        emit([{"where": where, "what": what} for where, what in found], ("where", "what"), fmt=fmt)
    else:
        for where, what in found:
            click.echo(printable(f"{where}: {what}"))
    say("everything is as qcode wrote it" if not found else f"{len(found)} findings; go back to a copy if you have one")
    return 1 if found else 0
