"""`qcode codebook`: check, list, show, export; the group holds what is done with versions and the queue too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from qcode.cli import codebook_acts, codebook_draft, codebook_log
from qcode.cli.codebook_merge import merge
from qcode.cli.codebook_queue import queue
from qcode.cli.codebook_resolve import resolve
from qcode.cli.codebook_versions import diff, import_
from qcode.cli.groups import Group
from qcode.cli.lines import wrapped
from qcode.cli.options import format_option, open_study, output_option, study_option
from qcode.cli.output import emit, plural, printable, say, to_json
from qcode.domain.codebook import Code, CodebookVersion, Problem


@click.group("codebook", cls=Group)
def command() -> None:
    """Import, check, show and export codebooks, compare their versions, decide what a new version left open."""


command.add_command(import_)


@command.command("check", epilog="Example: qcode codebook check mybook.yaml")
@click.argument("file")
@format_option
def check_(file: str, fmt: str) -> int:
    """Check a codebook file: keys, parents, cycles, colours, and parts that are missing. Exit 1 if anything is off."""
    from qcode.study.codebook_files import read_file

    found = read_file(Path(file))
    if fmt != "table":
        rows = [{"level": p.level, "where": p.where, "what": p.what} for p in found.problems]
        emit(rows, ("level", "where", "what"), fmt=fmt)
    else:
        _tell_problems(found.version, found.problems)
    for remark in found.remarks:
        say(remark)
    return 1 if found.problems else 0


def _tell_problems(version: CodebookVersion, problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(printable(f"{problem.level}: {problem.where}: {problem.what}"))
    errors = sum(p.level == "error" for p in problems)
    label = f"{version.codebook}@{version.version}" if version.version else version.codebook
    say(
        f"{label}: {plural(len(version.codes), 'code')}, "
        f"{plural(errors, 'error')}, {plural(len(problems) - errors, 'warning')}"
    )


@command.command("list", epilog="Example: qcode codebook list")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def list_(fmt: str, output: Path | None, study_path: str | None) -> None:
    """List the codebooks of the study with all their versions."""
    from qcode.study.starters import starter_names

    study = open_study(study_path)
    rows = [
        {
            "codebook": row.codebook,
            "version": row.version,
            "title": row.title,
            "codes": n,
            "created_at": row.created_at,
            "note": row.note,
            "sha256": row.sha256,
        }
        for row, n in study.codebooks.list()
    ]
    columns = ("codebook", "version", "title", "codes", "created_at", "note", "sha256")
    empty = f"no codebook yet; import a file, or a starter: {', '.join(starter_names())}"
    emit(rows, columns, fmt=fmt, output=output, shown=columns[:5], title="Codebooks", empty=empty)


@command.command(epilog="Examples: qcode codebook show; qcode codebook show drug-treatment-ca@1.0 --code STIG-REG")
@click.argument("name", required=False, metavar="[NAME[@V]]")
@click.option("--code", metavar="CODE", help="One code, with its definition and rules of use.")
@format_option
@study_option
def show(name: str | None, code: str | None, fmt: str, study_path: str | None) -> None:
    """Show the tree of codes, or one code in full."""
    books = open_study(study_path).codebooks
    version = books.show(name).content
    codes = list(version.codes) if code is None else [books.show_code(code, codebook=name)]
    if fmt == "csv":
        emit([_as_json(one) for one in codes], tuple(_as_json(codes[0])) if codes else (), fmt=fmt)
        return
    if fmt == "json":
        document = {"codebook": version.codebook, "version": version.version, "title": version.title}
        click.echo(to_json(document | {"sha256": version.sha256, "codes": [_as_json(one) for one in codes]}))
    elif code is not None:
        _tell_code(codes[0])
    else:
        _tell_tree(version)


def _as_json(code: Code) -> dict[str, Any]:
    return {
        "code": code.key,
        "id": code.id,
        "name": code.name,
        "parent": code.parent,
        "codable": code.codable,
        "names": dict(code.names),
        "brief": code.brief,
        "definition": code.definition,
        "when": code.when,
        "when_not": code.when_not,
        "examples": list(code.examples),
        "color": code.color,
        "origin": code.origin,
        "aliases": list(code.aliases),
        "terms": {language: list(words) for language, words in code.terms},
    }


def _tell_tree(version: CodebookVersion) -> None:
    click.echo(printable(f"{version.codebook}@{version.version}  {version.title}"))
    for depth, code in version.walk():
        heading = "" if code.codable else "  (heading)"
        name = "" if code.name == code.key else f"  {code.name}"
        click.echo(printable(f"{'  ' * (depth + 1)}{code.key}{name}{heading}"))


def _tell_code(code: Code) -> None:
    click.echo(printable(f"{code.key}  {code.name}"))
    parts = {
        "other names": "; ".join(f"{language}: {name}" for language, name in code.names),
        "brief": code.brief,
        "definition": code.definition,
        "when to use": code.when,
        "when not": code.when_not,
        "examples": " | ".join(code.examples),
        "also called": ", ".join(code.aliases),
        "terms": "; ".join(f"{language}: {', '.join(words)}" for language, words in code.terms),
    }
    for name, text in parts.items():
        if text:
            click.echo(printable(f"  {name}:\n{wrapped(text, indent=4)}"))


_EXPORT_EPILOG = """\b
Examples:
  qcode codebook export drug-treatment-ca@1.0 -o book.yaml
  qcode codebook export -o book.xlsx           codes as a table, without the changes between versions
  qcode codebook export -o book.qdc            codes for NVivo, ATLAS.ti, MAXQDA, QualCoder
"""


@command.command(epilog=_EXPORT_EPILOG)
@click.argument("name", required=False, metavar="[NAME[@V]]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file (.yaml, .csv, .xlsx or .qdc), not as YAML to stdout.",
)
@study_option
def export(name: str | None, output: Path | None, study_path: str | None) -> None:
    """Export a version, byte for byte the same each time."""
    from qcode.reports.save import write

    books = open_study(study_path).codebooks
    if output is None:
        click.echo(books.export(name).decode(), nl=False)
        return
    ending = output.suffix.lower()
    if ending not in (".yaml", ".yml", ".csv", ".xlsx", ".qdc"):
        raise click.UsageError(f"{output.name}: a codebook is written as .yaml, .csv, .xlsx or .qdc")
    write(books.export(name, ending=ending), output)
    say(f"wrote {output}")


for one in (diff, *codebook_log.COMMANDS, queue, resolve, *codebook_draft.COMMANDS, *codebook_acts.COMMANDS, merge):
    command.add_command(one)
