"""`qcode codebook merge`: several codes into one, or two lines of a codebook that parted."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.changes import as_row, plan_as_text
from qcode.cli.codebook_draft import codebook_option, tell_draft
from qcode.cli.codebook_queue import waits
from qcode.cli.lines import pointer, wrapped
from qcode.cli.options import coder_option, open_study, print_option, study_option
from qcode.cli.output import plural, printable, say, to_json
from qcode.errors import BadValue

if TYPE_CHECKING:
    from qcode.domain.three_way import Conflict
    from qcode.study.joining import Joined
    from qcode.study.study import Study

__all__ = ["merge", "told_conflict"]

_EPILOG = """\b
Examples:
  qcode codebook merge STIG-REG COER-NARC --into REG --name "Registry" --why "one thing in talk"
  qcode codebook merge team.yaml                                   lists what both changed differently
  qcode codebook merge team.yaml --settle CTX-FAM=theirs --settle HR-OD.brief=ours --as 2.0
"""


@click.command("merge", epilog=_EPILOG)
@click.argument("what", nargs=-1, required=True, metavar="FILE | CODE...")
@click.option(
    "--into", metavar="KEY", help="Merge codes of the draft into this one: one of them, another or a new one."
)
@click.option("--name", default="", metavar="TEXT", help="With --into: the name of the code they become.")
@click.option("--why", default="", metavar="TEXT", help="With --into: the reason.")
@click.option(
    "--settle",
    multiple=True,
    metavar="CODE[.FIELD]=CHOICE",
    help="With a file: what holds where both changed it: ours, theirs, or your own words; *=ours for the rest.",
)
@click.option("--as", "version", default="", metavar="V", help="With a file: the number of the joined version.")
@click.option("--note", default="", metavar="TEXT", help="With a file: why the joined version was made.")
@click.option("--dry-run", is_flag=True, help="With a file: tell what would happen; change nothing.")
@codebook_option
@print_option
@study_option
@coder_option
def merge(
    what: tuple[str, ...],
    into: str | None,
    name: str,
    why: str,
    settle: tuple[str, ...],
    study_path: str | None,
    coder: str | None,
    **values: Any,
) -> int:
    """Merge codes of the draft into one (with --into), or join a codebook file of another team.

    The file and the newest version both follow an earlier one. What only one of them changed is taken; what both
    changed differently is listed and has to be settled. The joined version follows both, and codings made under either
    are kept.
    """
    if into is not None:
        if settle or values["version"] or values["note"] or values["dry_run"]:
            raise click.UsageError("--settle, --as, --note and --dry-run go with a file, --into goes with codes")
        drafts = open_study(study_path, coder).drafts
        tell_draft(drafts.merge(what, into, codebook=values["codebook"], name=name, why=why))
        return 0
    if len(what) > 1 or name or why:
        raise click.UsageError("name one file; to merge codes, give --into KEY")
    if values.pop("codebook") is not None:
        raise click.UsageError("--codebook goes with --into; a file says itself which codebook it is of")
    study = open_study(study_path, coder)
    fmt = values.pop("fmt")
    return _join(study, Path(what[0]), _choices(settle), fmt, values)


def _choices(settle: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for one in settle:
        name, equals, choice = one.partition("=")
        if not equals or not name.strip() or not choice.strip():
            raise click.UsageError(f"--settle {one!r} is not CODE[.FIELD]=CHOICE; write for example CTX-FAM=theirs")
        found[name.strip()] = choice.strip()
    return found


def _join(study: Study, path: Path, settle: dict[str, str], fmt: str, options: dict[str, Any]) -> int:
    found = study.codebooks.merge(path, settle=settle, **options)
    while found.conflicts and sys.stdin.isatty() and fmt == "table":
        try:
            answers = _ask(found.conflicts)
            found = study.codebooks.merge(path, settle=settle | answers, **options)
            settle |= answers
        except BadValue as error:
            say(f"{error.sentence}\n")
    if fmt == "json":
        click.echo(to_json(_as_json(found)))
    else:
        _tell(found, path, dry_run=options["dry_run"])
    return 1 if found.conflicts else 0


def _ask(conflicts: tuple[Conflict, ...]) -> dict[str, str]:
    """Let a person settle conflicts one by one."""
    settled = {}
    for n, one in enumerate(conflicts, start=1):
        click.echo(printable(f"{n} of {len(conflicts)}  {told_conflict(one)}"))
        choice = click.prompt("  ours, theirs, or your own words", err=True)
        settled[one.name] = choice.strip()
    return settled


def told_conflict(one: Conflict) -> str:
    """Return a conflict with the words before, ours and theirs."""
    lines = [one.name]
    for label, text in (("was", one.base), ("ours", one.ours), ("theirs", one.theirs)):
        lines.append(f"    {label:<8}{wrapped(text or '(nothing)', indent=12).lstrip()}")
    return "\n".join(lines)


def _tell(found: Joined, path: Path, *, dry_run: bool) -> None:
    if found.conflicts:
        for one in found.conflicts:
            click.echo(printable(told_conflict(one) + "\n"))
        settle = f"--settle {quote(f'{found.conflicts[0].name}=theirs')}"
        said = f"{plural(len(found.conflicts), 'conflict')} between {found.ours} and {found.theirs}"
        say(f"{said}; nothing was changed")
        say(pointer(f"settle each: qcode codebook merge {quote(str(path))} {settle}"))
        return
    happened = f"{'would be joined' if dry_run else 'joined'} as {found.codebook}@{found.version}"
    say(wrapped(f"{found.ours} and {found.theirs}, which follow {found.base}, {happened}"))
    plan = plan_as_text(found.plan) or f"nothing differs from {found.ours}"
    click.echo(printable(f"{plan}\n"))
    if dry_run:
        say(pointer("nothing is changed yet; to join them, type this again without --dry-run"))
    elif found.queued:
        say(pointer(f"{waits(found.queued)}: qcode codebook queue"))


def _as_json(found: Joined) -> dict[str, Any]:
    names = ("code", "field", "base", "ours", "theirs")
    return {
        "codebook": found.codebook,
        "version": found.version,
        "follows": [found.ours, found.theirs],
        "base": found.base,
        "done": found.done,
        "conflicts": [{name: getattr(one, name) for name in names} for one in found.conflicts],
        "plan": [as_row(one) | {"happens": one.happens} for one in found.plan],
        "queued": found.queued,
        "moved": found.moved,
    }
