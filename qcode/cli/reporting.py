"""Builds reports for the command line: the command as it can be typed again, and what is left out said on the way."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from qcode.cli.coding import say_left_out
from qcode.reports import of_study
from qcode.reports.of_study import changes_report, history_report, matrix_report, methods_report, network_report

if TYPE_CHECKING:
    from qcode.reports.report import Report
    from qcode.study.cooccurrence import Request
    from qcode.study.selection import Filters
    from qcode.study.study import Study

__all__ = [
    "changes_report",
    "codebook_report",
    "command_line",
    "full_report",
    "history_report",
    "matrix_report",
    "methods_report",
    "network_report",
    "quotes_report",
    "transcript_report",
]

_NOT_SAID = {"output", "study_path", "fmt"}


def command_line(ctx: click.Context) -> str:
    """Return the command as it can be typed again, without the paths of this computer."""
    words = [ctx.command_path]
    for parameter in ctx.command.params:
        if ctx.get_parameter_source(parameter.name or "") is not ParameterSource.COMMANDLINE:
            continue
        if parameter.name not in _NOT_SAID:
            words += _said(parameter, ctx.params[parameter.name or ""])
    return " ".join(words)


def _said(parameter: click.Parameter, value: Any) -> list[str]:
    if isinstance(parameter, click.Argument):
        named = Path(value).name if isinstance(parameter.type, click.Path) and value is not None else value
        return [shlex.quote(str(named))] if named is not None else []
    option = parameter.opts[-1] if not parameter.opts[0].startswith("--") else parameter.opts[0]
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return [option] if value else []
    if parameter.nargs > 1 and not parameter.multiple:
        return [option, *map(shlex.quote, value)]
    values = value if parameter.multiple else [value]
    return [word for one in values for word in (option, shlex.quote(str(one)))]


def quotes_report(study: Study, filters: Filters, *, command: str, words: str = "") -> Report:
    """Return the report on coded segments with their words; with `words` those that hold them."""
    return of_study.quotes_report(study, filters, command=command, words=words, tell=say_left_out)


def transcript_report(study: Study, name: str, filters: Filters, *, command: str) -> Report:
    """Return the report on one transcript with its coded passages."""
    return of_study.transcript_report(study, name, filters, command=command, tell=say_left_out)


def codebook_report(study: Study, name: str | None, *, command: str) -> Report:
    """Return the report on one codebook version, with the number of codings of each code."""
    return of_study.codebook_report(study, name, command=command, tell=say_left_out)


def full_report(study: Study, asked: Request, *, quotes_per_code: int, command: str) -> Report:
    """Return the report on the whole study: material, codebook, matrix, quotes, method."""
    return of_study.full_report(study, asked, quotes_per_code=quotes_per_code, command=command, tell=say_left_out)
