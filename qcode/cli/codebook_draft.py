"""`qcode codebook draft`, `edit` and `publish`: the next version of a codebook, while it is being written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.changes import as_row, plan_as_text
from qcode.cli.options import coder_option, open_study, print_option, study_option
from qcode.cli.output import printable, say, to_json
from qcode.errors import QcodeError

if TYPE_CHECKING:
    from qcode.study.drafts import Draft
    from qcode.study.study import Study

__all__ = ["COMMANDS", "codebook_option", "tell_draft"]


def codebook_option(function: Any) -> Any:
    """Add `--codebook` for which codebook's draft is meant."""
    return click.option("--codebook", metavar="NAME", help="Which codebook, where the study holds several.")(function)


def tell_draft(draft: Draft) -> None:
    """Print what the draft changes so far."""
    if not draft.planned:
        click.echo(printable(f"{draft.label} changes nothing yet; it follows {draft.base.row.version}"))
        return
    click.echo(printable(f"draft of {draft.label}, follows {draft.base.row.version}\n"))
    click.echo(printable(plan_as_text(draft.planned)))
    say("\ntake the last change back: qcode codebook draft --undo; make it the next version: qcode codebook publish")


_DRAFT_EPILOG = """\b
Examples:
  qcode codebook draft                    what the draft changes so far
  qcode codebook draft --undo             take its last change back
  qcode codebook draft -o mine.yaml       write it to a file
"""


@click.command("draft", epilog=_DRAFT_EPILOG)
@click.option("--undo", is_flag=True, help="Take the last change back; a second time brings it again.")
@click.option("--discard", is_flag=True, help="Throw the draft away.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this YAML file.")
@codebook_option
@print_option
@study_option
@coder_option
def draft_(
    undo: bool,
    discard: bool,
    output: Path | None,
    codebook: str | None,
    fmt: str,
    study_path: str | None,
    coder: str | None,
) -> None:
    """Show the draft of the next version, and what it would do to the codings.

    The commands add, rename, move, redefine, split, merge, retire, revive and edit work on it; nothing happens to the
    codebook and the codings before it is published.
    """
    drafts = open_study(study_path, coder).drafts
    if (undo, discard, output is not None).count(True) > 1:
        raise click.UsageError("give one of --undo, --discard and -o")
    if discard:
        say("the draft is thrown away" if drafts.discard(codebook) else "there is no draft")
    elif output is not None:
        _write(drafts.text(codebook), output)
    else:
        _show(drafts.undo(codebook) if undo else drafts.show(codebook), fmt)


def _show(draft: Draft, fmt: str) -> None:
    if fmt == "table":
        tell_draft(draft)
        return
    document = {
        "codebook": draft.content.codebook,
        "version": draft.content.version,
        "follows": draft.base.row.version,
        "plan": [as_row(one) | {"happens": one.happens} for one in draft.planned],
    }
    click.echo(to_json(document))


def _write(text: str, output: Path) -> None:
    from qcode.reports.save import write

    if output.suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError(f"{output.name}: a draft is written as .yaml")
    write(text.encode(), output)
    say(f"wrote {output}")


@click.command("edit", epilog="Example: EDITOR=nano qcode codebook edit")
@codebook_option
@study_option
@coder_option
def edit_(codebook: str | None, study_path: str | None, coder: str | None) -> None:
    """Open the draft in your editor ($EDITOR) as YAML; it is checked when you close it.

    What you wrote is never lost: where something is wrong, you may go on, or find it in a file beside you.
    """
    study = open_study(study_path, coder)
    text = study.drafts.text(codebook)
    edited = _edited(text)
    while edited is not None and edited != text:
        try:
            tell_draft(study.drafts.replace(edited, codebook=codebook))
            return
        except QcodeError as error:
            edited = _once_more(study, edited, error, codebook)
    say("nothing was changed")


def _edited(text: str) -> str | None:
    edited = click.edit(text, extension=".yaml", require_save=True)
    return None if edited is None else edited.replace("\r\n", "\n")


def _once_more(study: Study, edited: str, error: QcodeError, codebook: str | None) -> str | None:
    """Tell what is wrong; let the person go on editing, or keep the text in a file and end with the error."""
    if sys.stdin.isatty():
        say(error.sentence)
        if click.confirm("edit again?", default=True, err=True):
            return _edited(edited) or edited
    name = study.drafts.show(codebook).content.codebook
    kept = _free(Path(f"{name}-draft.yaml"))
    _write(edited, kept)
    say(f"your text is kept in {kept}; mend it there and take it with: qcode codebook import {kept}")
    raise error


def _free(path: Path) -> Path:
    n = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}-{n}{path.suffix}")
        n += 1
    return free


_PUBLISH_EPILOG = """\b
Examples:
  qcode codebook publish --dry-run
  qcode codebook publish --note "two kinds of exit"
  qcode codebook publish --as 2.0 --note "after the second reliability round"
"""


@click.command("publish", epilog=_PUBLISH_EPILOG)
@click.option("--note", default="", metavar="TEXT", help="Why this version was made.")
@click.option("--as", "version", default="", metavar="V", help="Its number (default: the next one).")
@click.option("--dry-run", is_flag=True, help="Tell what would happen; change nothing.")
@codebook_option
@print_option
@study_option
@coder_option
def publish(
    note: str,
    version: str,
    dry_run: bool,
    codebook: str | None,
    fmt: str,
    study_path: str | None,
    coder: str | None,
) -> None:
    """Make the draft the next version of the codebook, and carry the codings over."""
    from qcode.cli.codebook_versions import tell_imported

    study = open_study(study_path, coder)
    done = study.drafts.publish(codebook, note=note, version=version, dry_run=dry_run)
    tell_imported(done, study, fmt=fmt, dry_run=dry_run)


COMMANDS = (draft_, edit_, publish)
