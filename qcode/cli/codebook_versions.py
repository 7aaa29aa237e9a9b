"""`qcode codebook import` and `qcode codebook diff`: versions that follow each other, and what lies between them."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.changes import as_row, difference_as_text, plan_as_text
from qcode.cli.codebook_queue import waits
from qcode.cli.lines import pointer
from qcode.cli.options import coder_option, format_option, open_study, output_option, print_option, study_option
from qcode.cli.output import emit, plural, printable, say, to_json

if TYPE_CHECKING:
    from qcode.domain.codebook import Problem
    from qcode.study.codebooks import CodebookImported, Difference
    from qcode.study.study import Study

__all__ = ["diff", "import_", "tell_imported"]

_IMPORT_EPILOG = """\b
Examples:
  qcode codebook import drug-treatment-ca               a starter that ships with qcode
  qcode codebook import mybook-1.1.yaml --dry-run       what a new version would do to the codings
  qcode codebook import mybook-1.1.yaml
  qcode codebook import table.csv --as mybook@1.1 --changes changes.yaml
"""


@click.command("import", epilog=_IMPORT_EPILOG)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Check and tell what would happen; change nothing.")
@click.option(
    "--changes",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A YAML file with the block changes:, for a codebook that comes as a table.",
)
@click.option(
    "--as", "name", default="", metavar="NAME@V", help="The codebook and its version, for one that comes as a table."
)
@print_option
@study_option
@coder_option
def import_(
    file: str,
    dry_run: bool,
    changes: Path | None,
    name: str,
    fmt: str,
    study_path: str | None,
    coder: str | None,
) -> None:
    """Import a codebook, or the next version of one: a file, or the name of a starter that ships with qcode.

    A version that follows another says in its block `changes:` what was split, merged, renamed, redefined, retired or
    revived. Printed is what becomes of the codings made so far: they stand, move, or wait for a decision.
    """
    study = open_study(study_path, coder)
    done = study.codebooks.add(file, name=name, changes=changes, dry_run=dry_run)
    tell_imported(done, study, fmt=fmt, dry_run=dry_run)


def tell_imported(
    done: CodebookImported, study: Study, *, fmt: str = "table", dry_run: bool = False, verb: str = "import"
) -> None:
    """Print what a version did to the codings, or would do, and say what waits now."""
    if fmt == "json":
        click.echo(to_json(_as_json(done)))
        return
    _tell_version(done, dry_run=dry_run, verb=verb)
    if done.follows and not dry_run and not done.known:
        _tell_next(done, study)


def _as_json(done: CodebookImported) -> dict[str, Any]:
    return {
        "codebook": done.codebook,
        "version": done.version,
        "follows": done.follows or None,
        "known": done.known,
        "codes": done.codes,
        "codable": done.codable,
        "plan": [as_row(one) | {"happens": one.happens} for one in done.plan],
        "queued": done.queued,
        "moved": done.moved,
        "problems": [{"level": p.level, "where": p.where, "what": p.what} for p in done.problems],
    }


def _tell_version(done: CodebookImported, *, dry_run: bool, verb: str) -> None:
    label, codes = f"{done.codebook}@{done.version}", f"{plural(done.codes, 'code')}, {done.codable} of them codable"
    if done.known:
        say(f"{label} is in the study already")
        return
    happened = f"would be {verb}ed" if dry_run else f"{verb}ed"
    if not done.follows:
        say(f"{label} {happened}: {codes}")
    else:
        plan = plan_as_text(done.plan) or "nothing differs but the title or the note of the codebook"
        click.echo(printable(f"{label} follows {done.follows}: {codes}\n\n{plan}\n"))
        say(f"{label} {happened}")
    _tell_problems(done.problems)
    if dry_run and done.follows:
        _point(f"{_codings(done.queued)} would wait for a decision" if done.queued else "no coding would wait")
        _point(f"nothing is changed yet; to {verb} it, type this again without --dry-run")


def _tell_problems(problems: tuple[Problem, ...], most: int = 5) -> None:
    for problem in problems[:most]:
        say(f"  {problem.where}: {problem.what}")
    if len(problems) > most:
        say(f"  and {len(problems) - most} more (see: qcode codebook check)")


def _tell_next(done: CodebookImported, study: Study) -> None:
    """Say what waits now, what moved, and what else the new version asks people to do."""
    waiting = study.status().pending
    if done.queued and waiting != done.queued:
        _point(f"{waits(done.queued)} now, {waiting:,} in all: qcode codebook queue")
    elif waiting:
        _point(f"{waits(waiting) if done.queued else waits(waiting, 'still')}: qcode codebook queue")
    for one in done.plan:
        if one.told.change == "merge" and one.codings:
            target = one.told.into[0]
            _point(f"{_codings(one.codings)} moved to {target}; look at some: qcode quotes --code {quote(target)}")
        if one.told.effect == "widen":
            code = one.told.codes[0]
            _point(f"{code} means more now; read what was left out before: qcode codebook passages {quote(code)}")
    clearer = [code for one in done.plan if one.told.effect == "clarify" for code in one.told.codes]
    if clearer:
        _point(f"tell the coders: {', '.join(clearer)} {'is' if len(clearer) == 1 else 'are'} said more clearly")


def _codings(n: int) -> str:
    return plural(n, "coding")


def _point(sentence: str) -> None:
    say(pointer(sentence))


_COLUMNS = ("change", "codes", "into", "effect", "fields", "codings", "why", "transcripts", "texts")
_DIFF_EPILOG = """\b
Examples:
  qcode codebook diff drug-treatment-ca@1.0 drug-treatment-ca@1.1
  qcode codebook diff mybook@1.0 mybook@1.2 -o changes.docx
"""


@click.command("diff", epilog=_DIFF_EPILOG)
@click.argument("first", metavar="NAME@V1")
@click.argument("second", metavar="NAME@V2")
@format_option
@output_option(".docx .html .md .xlsx .csv .json")
@study_option
@click.pass_context
def diff(ctx: click.Context, /, first: str, second: str, fmt: str, output: Path | None, study_path: str | None) -> None:
    """Tell what differs between two versions, in words, and how many codings each change touches.

    The codings are those that stood under the first version. Where a text was changed, the words that differ stand in
    square brackets.
    """
    study = open_study(study_path)
    found = study.codebooks.diff(first, second)
    if output is not None and output.suffix.lower() in (".docx", ".html", ".htm", ".md", ".xlsx"):
        _report(ctx, study, found, output)
        return
    as_text = fmt == "csv" or (output is not None and output.suffix.lower() == ".csv")
    rows = [as_row(one) | {"texts": _texts(one.told.texts, as_text=as_text)} for one in found.planned]
    if fmt != "table" or output is not None:
        emit(rows, _COLUMNS, fmt=fmt, output=output, title="Changes")
        return
    if rows:
        click.echo(printable(f"{found.old.label} -> {found.new.label}\n\n{difference_as_text(found.planned)}\n"))
    same = "nothing differs" if not rows else plural(len(rows), "change")
    say(f"{same} between {found.old.label} and {found.new.label}")


def _texts(texts: tuple[tuple[str, str, str], ...], *, as_text: bool) -> list[Any]:
    if as_text:
        return [f"{name}: {before} -> {after}" for name, before, after in texts]
    return [list(text) for text in texts]


def _report(ctx: click.Context, study: Study, found: Difference, output: Path) -> None:
    from qcode.cli.reporting import changes_report, command_line
    from qcode.reports.save import save

    save(changes_report(study, found, command=command_line(ctx)), output)
    say(f"wrote {output}")
