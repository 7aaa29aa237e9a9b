"""The table of commands; each is imported when it is called, so that help is instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from qcode import __version__
from qcode.cli.groups import LazyGroup
from qcode.cli.output import printable
from qcode.errors import QcodeError

__all__ = ["COMMANDS", "cli", "run"]

COMMANDS = {
    "init": ("qcode.cli.init", "Make a new study."),
    "import": ("qcode.cli.import_", "Import transcripts (files, whole folders) and projects of other programs."),
    "transcript": ("qcode.cli.transcript", "List, show, rename, describe and remove transcripts."),
    "case": ("qcode.cli.case", "Say whom the transcripts are about: roles, countries, any facts."),
    "code": ("qcode.cli.code", "Read a transcript and code it, in the terminal."),
    "codebook": ("qcode.cli.codebook", "Import, show, change and compare codebooks; decide what a version left open."),
    "coding": ("qcode.cli.coding", "Add, withdraw, restore, list, import and export codings; mark passages in vivo."),
    "progress": ("qcode.cli.progress", "Show how far a coder is with each transcript."),
    "suggest": ("qcode.cli.suggest", "List sentences that terms of the codes suggest; accept or reject them."),
    "search": ("qcode.cli.search", "Find words in the transcripts."),
    "compare": ("qcode.cli.compare", "Lay the codings of two coders on one transcript side by side."),
    "coder": ("qcode.cli.coder", "List, add and rename the people who code."),
    "memo": ("qcode.cli.memo", "Write and list notes on anything."),
    "serve": ("qcode.cli.serve", "Open the workbench in the browser."),
    "quotes": ("qcode.cli.quotes", "Read the coded segments, with their words."),
    "cooccurrence": ("qcode.cli.cooccurrence", "Count which codes occur together, and show the passages."),
    "report": ("qcode.cli.report", "Write a report as docx, html, xlsx or md."),
    "export": ("qcode.cli.export", "Write the study for other programs: a project with its proof, a codebook, tables."),
    "merge": ("qcode.cli.merge", "Take a colleague's copy of the study, or another study, into this one."),
    "status": ("qcode.cli.status", "Tell what is in the study and what waits."),
    "history": ("qcode.cli.history", "List every act: who, when, what, under which codebook version."),
    "backup": ("qcode.cli.backup", "Copy the study, also while others work on it."),
    "check": ("qcode.cli.check", "Prove that the study is whole: texts, quotes, codebooks, history."),
    "demo": ("qcode.cli.demo", "Make a study from the invented sample interviews and show what qcode does."),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `qcode demo`, or with `qcode init mystudy.qcode` and `qcode import FOLDER`. "
    "Every command has its own --help with examples.",
)
@click.option(
    "--study", metavar="PATH", help="The study file; otherwise QCODE_STUDY, or the only one in or above here."
)
@click.option("--coder", metavar="NAME", help="Who acts; otherwise QCODE_CODER, or the study's default coder.")
@click.version_option(__version__, prog_name="qcode", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, study: str | None, coder: str | None) -> None:
    """Code qualitative interviews and lead every number in the report back to its passage. Works offline."""
    ctx.ensure_object(dict).update(study=study, coder=coder)


@cli.result_callback()
@click.pass_context
def tell_remarks(ctx: click.Context, /, result: Any, **_: Any) -> Any:
    """Say what an act that was carried out has to tell besides its result; a refused one tells nothing."""
    for remark in getattr(ctx.obj.get("opened"), "remarks", ()):
        click.echo(printable(remark), err=True)
    return result


def run(arguments: Sequence[str]) -> int:
    """Run a command line; return its exit code (contract, section 1)."""
    _speak_utf8()
    held: dict[str, Any] = {}
    out = sys.stdout
    try:
        result = cli.main(args=list(arguments), prog_name="qcode", standalone_mode=False, obj=held)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except QcodeError as error:
        return _fail(error) if error.exit_code == 3 else _say(error.sentence, error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.UsageError as error:
        hint = f" (see: {error.ctx.command_path} --help)" if error.ctx else ""
        return _say(error.format_message() + hint, 2)
    except click.ClickException as error:
        return _say(error.format_message(), 2)
    except SystemExit:
        if sys.stdout is not out:  # click puts another there where a reader such as `head` has read enough
            return 0
        raise
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped; what was committed before stays", 1)
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            place = f", {error.filename}" if isinstance(error.filename, str) else ""
            return _say(f"the system refused: {error.strerror or type(error).__name__}{place}", 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if _is_damaged(held.get("opened")):
            return _say("the study is damaged; go back to a copy of the file, or see: qcode check", 2)
        return _fail(error)


def _is_damaged(study: Any) -> bool:
    """Tell whether the open study fails its own check: then a failure is the file's, not ours."""
    try:
        return study is not None and bool(study.check())
    except Exception:  # what cannot even be checked is not whole
        return True


def _fail(error: Exception) -> int:
    from qcode.cli.crash import write_log

    return _say(f"qcode failed, and that is our fault; please send us {write_log(error)} (it holds no study text)", 3)


def _say(sentence: str, code: int) -> int:
    click.echo(f"error: {printable(sentence)}", err=True)
    return code


def _speak_utf8() -> None:
    """Write UTF-8 wherever output goes: a pipe on Windows would otherwise refuse Cyrillic and Chinese.

    Where a stream is closed, what is written goes nowhere.
    """
    nowhere = os.devnull
    sys.stdout = sys.stdout or open(nowhere, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(nowhere, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
