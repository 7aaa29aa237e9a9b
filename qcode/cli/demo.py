"""`qcode demo`: the whole way once, on invented interviews."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli.lines import wrapped
from qcode.cli.output import plural, printable, say, to_json

if TYPE_CHECKING:
    from qcode.study.codebooks import CodebookImported
    from qcode.study.joining import Joined
    from qcode.study.queue import Decided
    from qcode.study.study import Study

_EPILOG = """\b
Examples:
  qcode demo                  makes the folder qcode-demo here
  qcode demo elsewhere        makes it there
  qcode demo --versions       lets the codebook change three times, and carries the codings over
"""


@click.command("demo", epilog=_EPILOG)
@click.argument("folder", default="qcode-demo", type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--versions", is_flag=True, help="Then take three revisions of the codebook and a branch into the study.")
def command(folder: Path, versions: bool) -> None:
    """Make FOLDER/demo.qcode from the invented sample interviews and show what qcode does.

    Imports 13 interviews in seven languages, a codebook and the codings of two coders, prints which codes occur
    together, and writes matrix.docx and a heat map. A demo study that is there already is kept.
    """
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
        written = _versions(study, folder) if versions else _matrix(study, folder)
    _what_next(path, written, versions=versions)


def _matrix(study: Study, folder: Path) -> list[Path]:
    from qcode.cli.reporting import matrix_report
    from qcode.errors import MissingExtra
    from qcode.reports.save import save

    matrix = study.cooccurrence()
    click.echo(printable(str(matrix)))
    report = matrix_report(study, matrix, command="qcode cooccurrence")
    written = [save(report, folder / "matrix.docx")]
    try:
        written.append(save(report, folder / "matrix.png"))
    except MissingExtra as missing:
        say(missing.sentence)
        written.append(save(report, folder / "matrix.svg"))
    return written


def _versions(study: Study, folder: Path) -> list[Path]:
    """Let the codebook change, tell what each version does, and show that the first one's numbers stay."""
    from qcode.cli.reporting import history_report
    from qcode.reports.save import save
    from qcode.study.demo import STARTER, revise

    first = f"{STARTER}@1.0"
    before = to_json(study.cooccurrence(codebook=first).to_json())
    for done in revise(study):
        _tell(done, study)
    same = to_json(study.cooccurrence(codebook=first).to_json()) == before
    say(f"the matrix of {first} is {'the same as before, byte for byte' if same else 'another than before'}")
    report = history_report(study, study.codebooks.log(STARTER), command="qcode codebook log")
    return [save(report, folder / "codebook-history.docx"), save(report, folder / "codebook-history.html")]


def _tell(done: CodebookImported | Joined | Decided, study: Study) -> None:
    from qcode.cli.changes import plan_as_text
    from qcode.cli.codebook_merge import told_conflict
    from qcode.study.queue import Decided

    if isinstance(done, Decided):
        say(f"{plural(done.codings, 'coding')} of these allocated by hand, {study.status().pending:,} still wait\n")
        return
    conflicts = getattr(done, "conflicts", ())
    click.echo(printable(f"== {done.codebook}@{done.version} ==\n"))
    for one in conflicts:
        said = wrapped(f"both lines changed {one.name}, so that it has to be settled; here theirs is to hold")
        click.echo(printable(f"{said}\n{told_conflict(one)}\n"))
    if not conflicts:
        click.echo(printable(plan_as_text(done.plan)) + "\n")
        waiting = study.status().pending
        say(f"{plural(done.queued, 'coding')} wait because of it, {waiting:,} in all; {done.moved:,} moved\n")


def _what_next(path: Path, written: list[Path], *, versions: bool) -> None:
    for one in written:
        say(f"wrote {one}")
    study = shlex.quote(str(path))
    say("\nWhat to type next (every command has --help with examples):")
    if versions:
        say(f"  qcode codebook queue --study {study} --code FUND-EXIT")
        say(f"  qcode codebook log --study {study}")
        say(f"  qcode codebook diff --study {study} drug-treatment-ca@1.0 drug-treatment-ca@2.0")
        say(f"  qcode cooccurrence --study {study} --codebook drug-treatment-ca@1.0")
        return
    say(f"  qcode serve --study {study}                read, code and count in the browser")
    say(f"  qcode code --study {study}                 the same in the terminal; ? shows the keys")
    say(f"  qcode status --study {study}")
    say(f"  qcode cooccurrence --study {study} --show STIG-REG COER-NARC")
    say(f"  qcode quotes --study {study} --code FUND-EXIT --where country=Kazakhstan")
    say(f"  qcode cooccurrence --study {study} --unit turn --by role")
    say(f"  qcode report full --study {study} -o report.docx")
    say(f"  qcode demo --versions {shlex.quote(str(path.parent))}")
