"""`qcode backup`: copy a study that may be in use."""

from __future__ import annotations

from pathlib import Path

import click

from qcode.cli.options import open_study, study_option
from qcode.cli.output import say


@click.command("backup", epilog="Example: qcode backup backups/opioids-monday.qcode --study opioids.qcode")
@click.argument("target", metavar="NEW.qcode", type=click.Path(path_type=Path))
@study_option
def command(target: Path, study_path: str | None) -> None:
    """Copy the study to a new file, also while it is open elsewhere; the copy holds all that was kept.

    In place of NEW.qcode a folder may be named. A copy made in another way, while qcode is open, may lack the newest
    codings. To go back to a copy: close qcode everywhere, move NAME.qcode to another folder, together with
    NAME.qcode-wal and NAME.qcode-shm where they are there, and put the copy in its place.
    """
    study = open_study(study_path)
    if target.is_dir():
        target = target / study.path.name
    elif target.suffix != ".qcode":
        target = target.with_name(target.name + ".qcode")
    study.back_up(target)
    say(f"copied {study.path.name} to {target}")
