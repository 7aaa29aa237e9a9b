"""`qcode import` of projects: what came in, how their positions were understood, and what could not be held."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.lines import as_table, terminal_width, wrapped
from qcode.cli.output import plural, printable, say, to_json
from qcode.errors import QcodeError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from qcode.domain.ledger import Loss
    from qcode.study.folders import Found
    from qcode.study.import_outcomes import Imported
    from qcode.study.receiving import Received
    from qcode.study.study import Study

__all__ = [
    *("Taken", "apart", "as_json", "check_options", "ledgers", "show_projects", "take_in", "tell", "tell_errors"),
]

FOR_TRANSCRIPTS = ("case", "attr", "language", "encoding", "speakers", "no_speakers", "columns", "name")
FOR_PROJECTS = ("positions", "project", "codebook")

SHOWN = 12
"""How many remarks are shown to people."""

MOST = 60
"""How many lines of the ledger are shown to people."""


@dataclass(frozen=True)
class Taken:
    """What became of a project: what came in, or why it was refused."""

    path: str
    received: Received | None = None
    refused: str = ""


def apart(found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """Return the files that are projects, and all others; only a file that is asked for by its name is one."""
    from qcode.study.receiving_files import is_project_file

    projects = [one for one in found if one.why is None and one.asked_for and is_project_file(one.path)]
    return projects, [one for one in found if one not in projects]


def check_options(projects: Sequence[Found], others: Sequence[Found], values: Mapping[str, Any]) -> None:
    """Raise UsageError for an option of transcripts where a project is meant, and the other way round."""
    wrong = _typed(values, FOR_TRANSCRIPTS) if projects else []
    if wrong:
        name = projects[0].shown
        mend = "leave it out" if not others else "import transcripts and projects in two commands"
        raise click.UsageError(
            f"{wrong[0]} is for transcripts, and {name} is a project that says it all itself; {mend}"
        )
    if not projects and not any(one.why for one in others) and (wrong := _typed(values, FOR_PROJECTS)):
        raise click.UsageError(f"{wrong[0]} is for projects of other programs, and none is named here")


def _typed(values: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    return [f"--{name.replace('_', '-')}" for name in names if values.get(name)]


def take_in(study: Study, projects: Sequence[Found], values: Mapping[str, Any]) -> list[Taken]:
    """Take in one project after the other; one that is refused does not stop the others."""
    taken = []
    for one in projects:
        try:
            with _waiting(one.shown):
                received = study.receive(
                    one.path,
                    dry_run=values["dry_run"],
                    rule=values["positions"],
                    project=values["project"],
                    codebook=values["codebook"],
                )
            taken.append(Taken(one.shown, received))
        except QcodeError as error:
            if error.exit_code == 3:
                raise
            taken.append(Taken(one.shown, refused=error.sentence))
    return taken


def _waiting(name: str) -> AbstractContextManager[Any]:
    """Show that something goes on, where somebody looks on."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console
    from rich.markup import escape

    return Console(stderr=True).status(f"importing {escape(printable(Path(name).name))}")


def as_json(one: Imported) -> dict[str, Any]:
    """Return a transcript that came in, as JSON (contract, section 2)."""
    return {
        "transcript": one.transcript,
        "id": one.id or None,
        "path": one.path,
        "format": one.format,
        "encoding": one.encoding,
        "language": one.language,
        "characters": one.characters,
        "turns": one.turns,
        "labels": one.labels,
        "speakers": list(one.speakers),
        "sha256": one.sha256,
        "warnings": [{"where": notice.where, "what": notice.what} for notice in one.warnings],
    }


def ledger(received: Received, path: str) -> dict[str, Any]:
    """Return what came in with one project, as JSON (contract, section 6)."""
    return {
        "imported": [as_json(one) | {"path": path} for one in received.imported],
        "codes": received.codes,
        "codings": received.codings,
        "coders": received.coders,
        "cases": received.cases,
        "memos": received.memos,
        "positions": None if received.positions is None else asdict(received.positions),
        "quotes_agree": received.quotes_agree,
        "lost": [asdict(one) for one in received.lost],
        "known": received.known,
        "revised": list(received.revised),
        "withdrawn_here": list(received.withdrawn_here),
        "not_in_file": received.not_in_file,
        "versions": list(received.versions),
        "remarks": list(received.remarks),
        "origin": received.origin,
        "path": path,
    }


def show_projects(taken: Sequence[Taken], fmt: str) -> int:
    """Print what became of projects alone; return the exit code. What is lost is told, and no failure."""
    done, refused = sum(not one.refused for one in taken), sum(bool(one.refused) for one in taken)
    if fmt == "json":
        click.echo(to_json(_document(taken)))
    elif done:
        for one in taken:
            tell(one)
    if not done:
        tell_errors((one.path, one.refused) for one in taken)
    if len(taken) > 1:
        say(f"{plural(done, 'project')} imported, {refused} refused")
    return (1 if done else 2) if refused else 0


def _document(taken: Sequence[Taken]) -> dict[str, Any]:
    if len(taken) == 1 and taken[0].received is not None:
        return ledger(taken[0].received, taken[0].path)
    return {
        "imported": [],
        "skipped": [],
        "refused": [{"path": one.path, "why": one.refused} for one in taken if one.refused],
        "projects": ledgers(taken),
    }


def ledgers(taken: Sequence[Taken]) -> list[dict[str, Any]]:
    """Return what came in with each project that was not refused, as JSON."""
    return [ledger(one.received, one.path) for one in taken if one.received is not None]


def tell_errors(refused: Iterable[tuple[str, str]]) -> None:
    """Print for each path why nothing came in, where nothing came in at all."""
    for path, why in refused:
        say(f"error: {path}: {why}")


def tell(one: Taken) -> None:
    """Print what became of a project, for people."""
    found = one.received
    if found is None:
        click.echo(printable(f"refused  {one.path}: {one.refused}"))
        return
    verb = "would import" if found.dry_run else "imported"
    click.echo(
        printable(f"{verb if found.changed else 'nothing new in'} {one.path}  ({found.origin or 'unknown program'})")
    )
    for line in (*_counts(found), *_met(found), *_positions(found)):
        click.echo(printable(wrapped(line, indent=9)))
    for remark in found.remarks[:SHOWN]:
        click.echo(printable(wrapped(f"- {remark}", indent=9)))
    if len(found.remarks) > SHOWN:
        click.echo(f"         and {len(found.remarks) - SHOWN} more remarks (all with --format json)")
    if found.lost:
        click.echo("\nwhat did not come in, or not whole:")
        _show_losses(found.lost)


def _show_losses(lost: Sequence[Loss]) -> None:
    cells = [[printable(text) for text in (one.what, f"{one.n:,}", one.where, one.why)] for one in lost[:MOST]]
    click.echo(as_table(("what", "n", "where", "why"), cells, (False, True, False, False), terminal_width()))
    if len(lost) > MOST:
        click.echo(f"and {len(lost) - MOST:,} more lines (all with --format json)")


def _counts(found: Received) -> list[str]:
    codes = plural(found.codes, "code") + (f" ({', '.join(found.versions)})" if found.versions else "")
    counted = (
        (len(found.imported), plural(len(found.imported), "transcript")),
        (found.codes or len(found.versions), codes),
        (found.codings, plural(found.codings, "coding")),
        (found.coders, plural(found.coders, "coder")),
        (found.cases, plural(found.cases, "case")),
        (found.values, plural(found.values, "value") + " of attributes"),
        (found.memos, plural(found.memos, "memo")),
    )
    told = [words for n, words in counted if n]
    return [f"new: {', '.join(told)}"] if told else []


def _met(found: Received) -> list[str]:
    told = []
    if found.known_transcripts or found.known:
        told.append(f"known: {plural(found.known_transcripts, 'transcript')}, {plural(found.known, 'coding')}")
    if found.revised:
        told.append(f"changed elsewhere, and revised here: {', '.join(found.revised)}")
    if found.withdrawn_here:
        told.append(f"withdrawn here, and left so: {plural(len(found.withdrawn_here), 'coding')} of the file")
    if found.not_in_file:
        told.append(f"not in the file, and left here: {plural(found.not_in_file, 'coding')}")
    return told


def _positions(found: Received) -> list[str]:
    if found.positions is None:
        return []
    one = found.positions
    told = f"positions: {one.rule} (score {one.score:.2f}, {plural(one.tried, 'rule')} tried)"
    agree = "" if found.quotes_agree is None else f"; {plural(found.quotes_agree, 'quote')} of the file stand there"
    return [told + agree.replace("1 quote of the file stand ", "1 quote of the file stands ")]
