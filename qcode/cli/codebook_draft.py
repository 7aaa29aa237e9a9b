"""`qcode codebook draft`, `edit` and `publish`: the next version of a codebook, while it is being written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.changes import as_row, plan_as_text
from qcode.cli.editor import Sheet
from qcode.cli.lines import pointer
from qcode.cli.options import coder_option, open_study, print_option, study_option
from qcode.cli.output import printable, say, to_json
from qcode.errors import QcodeError

if TYPE_CHECKING:
    from qcode.study.drafts import Draft, Drafts

__all__ = ["COMMANDS", "codebook_option", "tell_draft"]


def codebook_option(function: Any) -> Any:
    """Add `--codebook` for which codebook's draft is meant."""
    return click.option("--codebook", metavar="NAME", help="Which codebook, where the study holds several.")(function)


def tell_draft(draft: Draft) -> None:
    """Print what the draft changes so far."""
    if draft.changes_nothing:
        click.echo(printable(f"{draft.label} changes nothing yet; it follows {draft.base.row.version}"))
        return
    told = plan_as_text(draft.planned) or "nothing differs but the title or the language of the codebook"
    click.echo(printable(f"draft of {draft.label}, follows {draft.base.row.version}\n\n{told}\n"))
    if draft.late:
        say(draft.late.sentence)
        return
    say(pointer("take the last change back: qcode codebook draft --undo"))
    say(pointer("make it the next version: qcode codebook publish"))


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


_EDIT_EPILOG = """\b
Examples:
  EDITOR=nano qcode codebook edit
  qcode codebook edit --from mine.yaml    take the draft from a file, without an editor
"""


@click.command("edit", epilog=_EDIT_EPILOG)
@click.option("--from", "source", metavar="FILE", help="Take the draft from this YAML file; no editor is opened.")
@codebook_option
@study_option
@coder_option
def edit_(source: str | None, codebook: str | None, study_path: str | None, coder: str | None) -> None:
    """Open the draft in your editor ($EDITOR) as YAML; it is checked when you close it.

    What you wrote is never lost: where something is wrong, you may go on, or find it in a file beside you.
    """
    drafts = open_study(study_path, coder).drafts
    draft = drafts.show(codebook)
    if draft.late:
        raise draft.late
    if source is not None:
        tell_draft(drafts.replace(_content_of(source), codebook=codebook))
    else:
        _edit(drafts, draft, codebook)


def _content_of(source: str) -> bytes:
    from qcode.study.tables import read_source

    return read_source(source)[0]


def _edit(drafts: Drafts, draft: Draft, codebook: str | None) -> None:
    """Let a person edit until the draft can be kept, or nothing was changed, or he or she gives up."""
    was = drafts.text(codebook)
    with Sheet(was, kept_as=Path(f"{draft.content.codebook}-draft.yaml")) as sheet:
        while sheet.edit():
            try:
                edited = drafts.replace(sheet.content(), codebook=codebook, was=was)
            except QcodeError as error:
                if not _again(error):
                    raise
            else:
                tell_draft(edited)
                return
    say("nothing was changed")


def _again(error: QcodeError) -> bool:
    """Tell what is wrong, and ask whether to go on editing; nobody is asked where there is no terminal."""
    if not sys.stdin.isatty():
        return False
    say(error.sentence)
    return click.confirm("edit again?", default=True, err=True)


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
    tell_imported(done, study, fmt=fmt, dry_run=dry_run, verb="publish")


COMMANDS = (draft_, edit_, publish)
