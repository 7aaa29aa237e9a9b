"""`qcode demo`: the whole way once, on invented interviews."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from qcode.cli.output import printable, say

_EPILOG = """\b
Examples:
  qcode demo                  makes the folder qcode-demo here
  qcode demo elsewhere        makes it there
"""


@click.command("demo", epilog=_EPILOG)
@click.argument("folder", default="qcode-demo", type=click.Path(path_type=Path), metavar="[FOLDER]")
def command(folder: Path) -> None:
    """Make FOLDER/demo.qcode from the invented sample interviews and show what qcode does.

    Imports 13 interviews in seven languages, a codebook and the codings of two coders, prints which codes occur
    together, and writes matrix.docx and a heat map. A demo study that is there already is kept.
    """
    from qcode.cli.reporting import matrix_report
    from qcode.errors import MissingExtra
    from qcode.reports.save import save
    from qcode.study.demo import make_demo
    from qcode.study.study import open

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "demo.qcode"
    if path.exists():
        say(f"{path} is there already and is used as it is; remove it to start anew")
        study = open(path)
    else:
        study = make_demo(path, say)
    with study:
        matrix = study.cooccurrence()
        click.echo(printable(str(matrix)))
        report = matrix_report(study, matrix, command="qcode cooccurrence")
        written = [save(report, folder / "matrix.docx")]
        try:
            written.append(save(report, folder / "matrix.png"))
        except MissingExtra as missing:
            say(missing.sentence)
            written.append(save(report, folder / "matrix.svg"))
    _what_next(path, written)


def _what_next(path: Path, written: list[Path]) -> None:
    for one in written:
        say(f"wrote {one}")
    study = shlex.quote(str(path))
    say("\nWhat to type next (every command has --help with examples):")
    say(f"  qcode status --study {study}")
    say(f"  qcode cooccurrence --study {study} --show STIG-REG COER-NARC")
    say(f"  qcode quotes --study {study} --code FUND-EXIT --where country=Kazakhstan")
    say(f"  qcode cooccurrence --study {study} --unit turn --by role")
    say(f"  qcode report full --study {study} -o report.docx")
