"""Options that several commands share, and how the study is found."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qcode.errors import BadValue, StudyNotFound

if TYPE_CHECKING:
    from qcode.study.selection import Filters
    from qcode.study.study import Study

__all__ = [
    "coder_option",
    "filter_options",
    "filters_from",
    "format_option",
    "open_study",
    "output_option",
    "pairs",
    "print_option",
    "study_option",
    "waiting_filter_options",
]

F = TypeVar("F", bound=Callable[..., Any])


def study_option(function: F) -> F:
    """Add `--study`."""
    return click.option(
        "--study", "study_path", metavar="PATH", help="The study file (default: the one in or above here)."
    )(function)


def coder_option(function: F) -> F:
    """Add `--coder` for who acts."""
    return click.option("--coder", "coder", metavar="NAME", help="Who acts (default: QCODE_CODER or the study's).")(
        function
    )


def format_option(function: F) -> F:
    """Add `--format`."""
    choice = click.Choice(["table", "json", "csv"])
    return click.option("--format", "fmt", type=choice, default="table", show_default=True, help="How to print.")(
        function
    )


def print_option(function: F) -> F:
    """Add `--format` for what is printed as text or JSON."""
    choice = click.Choice(["table", "json"])
    return click.option("--format", "fmt", type=choice, default="table", show_default=True, help="How to print.")(
        function
    )


def output_option(endings: str) -> Callable[[F], F]:
    """Add `-o FILE`, whose ending picks the format."""

    def add(function: F) -> F:
        help = f"Write to a file instead; its ending picks the format: {endings}."
        return click.option("-o", "--output", "output", metavar="FILE", type=click.Path(path_type=Path), help=help)(
            function
        )

    return add


def filter_options(function: F) -> F:
    """Add the filters of codings."""
    help = "The codebook, or the codings as they stood under version V."
    codebook = click.option("--codebook", metavar="NAME[@V]", help=help)
    pending = click.option("--pending", is_flag=True, help="Only codings that wait for a decision.")
    return _filter_options("--coder", codebook)(pending(function))


def waiting_filter_options(coder: str) -> Callable[[F], F]:
    """Add the filters of codings that wait for a decision; `coder` is the option that says who coded."""
    return _filter_options(coder, click.option("--codebook", metavar="NAME", help="Only this codebook."))


def _filter_options(coder: str, codebook: Callable[[Any], Any]) -> Callable[[F], F]:
    options = [
        click.option(
            "--code", "code", multiple=True, metavar="CODE", help="Only this code and those below it (repeatable)."
        ),
        click.option("--no-children", is_flag=True, help="With --code: without the codes below it."),
        click.option(coder, multiple=True, metavar="NAME", help="Only what this coder coded (repeatable)."),
        click.option("--transcript", multiple=True, metavar="NAME", help="Only this transcript (repeatable)."),
        click.option("--case", "case", multiple=True, metavar="NAME", help="Only this case (repeatable)."),
        click.option(
            "--where", multiple=True, metavar="KEY=VALUE", help="Only cases with this attribute (repeatable)."
        ),
        codebook,
    ]

    def add(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def filters_from(values: dict[str, Any]) -> Filters:
    """Return the filters that were typed, taking them out of a command's values."""
    from qcode.study.selection import Filters

    return Filters(
        codes=tuple(values.pop("code")),
        children=not values.pop("no_children"),
        coders=tuple(values.pop("coder")),
        transcripts=tuple(values.pop("transcript")),
        cases=tuple(values.pop("case")),
        where=pairs(values.pop("where")),
        codebook=values.pop("codebook"),
        pending=values.pop("pending", False),
        withdrawn=values.pop("withdrawn", False),
    )


def pairs(words: tuple[str, ...]) -> dict[str, str]:
    """Return KEY=VALUE words as a mapping; raises BadValue for one that is none."""
    found = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key.strip():
            raise BadValue(f"{word!r} is not KEY=VALUE", mend="write for example role=client")
        found[key.strip()] = value.strip()
    return found


def open_study(path: str | None, coder: str | None = None) -> Study:
    """Open the study that was meant; tell when an older one was upgraded. Raises StudyNotFound."""
    from qcode.study.study import open

    ctx = click.get_current_context()
    given = ctx.find_root().obj or {}
    study = open(find_study(path or given.get("study")), coder=coder or given.get("coder") or _coder_in_environment())
    ctx.call_on_close(study.close)
    if ctx.find_root().obj is not None:
        ctx.find_root().obj["opened"] = study
    if study.upgraded_from is not None:
        click.echo(f"The study was upgraded; the file as it was is kept as {study.upgraded_from.name}.", err=True)
    return study


def _coder_in_environment() -> str | None:
    return os.environ.get("QCODE_CODER") or None


def find_study(given: str | None) -> Path:
    """Return the study that is named, else that of QCODE_STUDY, else the only one in or above this folder."""
    named = given or os.environ.get("QCODE_STUDY")
    if named:
        return Path(os.path.expanduser(named))  # noqa: PTH111 (pathlib's fails where ~ is no home)
    here = Path.cwd()
    for folder in (here, *here.parents):
        try:
            found = sorted(path for path in folder.glob("*.qcode") if path.is_file())
        except OSError:
            continue
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(path.name for path in found)
            raise StudyNotFound(
                f"there are {len(found)} studies in {folder} ({names})", mend="say which: --study NAME.qcode"
            )
    raise StudyNotFound(
        "there is no study in this folder or above it",
        mend="make one with `qcode init NAME.qcode`, or say --study PATH",
    )
