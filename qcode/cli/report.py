"""`qcode report`: a report to hand in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.groups import Group
from qcode.cli.options import filter_options, filters_from, open_study, study_option
from qcode.cli.output import check_ending, say
from qcode.cli.question import question_options, request_from

if TYPE_CHECKING:
    from qcode.reports.report import Report

PAGES = (".docx", ".html", ".htm", ".md")
DOCUMENTS = (*PAGES, ".xlsx")
MATRICES = (*DOCUMENTS, ".csv", ".png", ".svg")

ENDINGS = {"matrix": MATRICES, "network": MATRICES, "quotes": (*DOCUMENTS, ".csv"), "transcript": PAGES}
"""The endings of the reports that are not written as DOCUMENTS."""


def _fits(ctx: click.Context, _: click.Parameter, output: Path) -> Path:
    check_ending(output, ENDINGS.get(ctx.command.name or "", DOCUMENTS), "this report")
    return output


to_file = click.option(
    "-o",
    "--output",
    required=True,
    callback=_fits,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write; the ending picks the format: .docx .html .md .xlsx (quotes also .csv, a matrix or a network "
    "also .csv .png .svg).",
)


@click.group("report", cls=Group)
def command() -> None:
    """Write a report as docx, html, md or xlsx. Its last page says how it was made.

    The same study and options give the same bytes, so that a reviewer can make it again.
    """


@command.command(epilog="Example: qcode report matrix --unit turn --min-cases 3 -o matrix.docx")
@filter_options
@question_options
@click.option("--by", metavar="ATTRIBUTE", help="One matrix for each value of this attribute of the cases.")
@to_file
@study_option
@click.pass_context
def matrix(ctx: click.Context, /, output: Path, study_path: str | None, **values: Any) -> None:
    """Which codes occur together: strongest pairs, heat map, all cells."""
    from qcode.cli.reporting import command_line, matrix_report

    asked = request_from(values)
    study = open_study(study_path)
    _write(matrix_report(study, study.ask(asked), command=command_line(ctx)), output)


@command.command(epilog="Example: qcode report network --unit turn --top 40 -o network.svg")
@filter_options
@question_options
@click.option("--by", metavar="ATTRIBUTE", help="One network for each value of this attribute of the cases.")
@click.option("--top", type=click.IntRange(1, 1000), default=60, show_default=True, help="Draw so many pairs at most.")
@to_file
@study_option
@click.pass_context
def network(ctx: click.Context, /, top: int, output: Path, study_path: str | None, **values: Any) -> None:
    """Which codes occur together, drawn as a network: codes in a circle, the strongest pairs joined by lines."""
    from qcode.cli.reporting import command_line, network_report

    asked = request_from(values)
    study = open_study(study_path)
    _write(network_report(study, study.ask(asked), most=top, command=command_line(ctx)), output)


@command.command(epilog="Example: qcode report codebook drug-treatment-ca@1.0 -o codebook.docx")
@click.argument("name", required=False, metavar="[NAME[@V]]")
@to_file
@study_option
@click.pass_context
def codebook(ctx: click.Context, /, name: str | None, output: Path, study_path: str | None) -> None:
    """Every code with its definition, rules of use, examples and number of codings."""
    from qcode.cli.reporting import codebook_report, command_line

    _write(codebook_report(open_study(study_path), name, command=command_line(ctx)), output)


@command.command(epilog="Example: qcode report quotes --code TRUST --where role=client -o quotes.docx")
@filter_options
@click.option("--words", metavar="TEXT", default="", help="Only quotes in which these words stand, ignoring case.")
@to_file
@study_option
@click.pass_context
def quotes(ctx: click.Context, /, words: str, output: Path, study_path: str | None, **values: Any) -> None:
    """Coded segments with their words, code by code, each with the way back to it."""
    from qcode.cli.reporting import command_line, quotes_report

    made = quotes_report(open_study(study_path), filters_from(values), command=command_line(ctx), words=words)
    _write(made, output)


@command.command(epilog="Example: qcode report transcript KG-CLI-01 --coder ana -o KG-CLI-01.docx")
@click.argument("name")
@click.option("--code", multiple=True, metavar="CODE", help="Only this code and those below it (repeatable).")
@click.option("--no-children", is_flag=True, help="With --code: without the codes below it.")
@click.option("--coder", multiple=True, metavar="NAME", help="Only what this coder coded (repeatable).")
@click.option("--codebook", metavar="NAME[@V]", help="The codebook, or the codings as they stood under version V.")
@click.option("--pending", is_flag=True, help="Only codings that wait for a decision.")
@to_file
@study_option
@click.pass_context
def transcript(ctx: click.Context, /, name: str, output: Path, study_path: str | None, **values: Any) -> None:
    """One transcript, turn by turn, with numbered marks where passages are coded, and their codes and coders.

    It is written as .docx, .html or .md.
    """
    from qcode.cli.reporting import command_line, transcript_report

    filters = filters_from({**values, "transcript": (), "case": (), "where": ()})
    made = transcript_report(open_study(study_path), name, filters, command=command_line(ctx))
    _write(made, output)


@command.command(epilog="Example: qcode report methods -o methods.docx")
@to_file
@study_option
@click.pass_context
def methods(ctx: click.Context, /, output: Path, study_path: str | None) -> None:
    """The facts for a methods section, in sentences: material, coders, codebook versions, counting; with sources."""
    from qcode.cli.reporting import command_line, methods_report

    _write(methods_report(open_study(study_path), command=command_line(ctx)), output)


@command.command(epilog="Example: qcode report full --quotes-per-code 3 -o report.docx")
@filter_options
@question_options
@click.option("--quotes-per-code", type=click.IntRange(0), default=5, show_default=True, help="Quotes of each code.")
@to_file
@study_option
@click.pass_context
def full(ctx: click.Context, /, quotes_per_code: int, output: Path, study_path: str | None, **values: Any) -> None:
    """The whole study: material, codebook, matrix, quotes for each code, method."""
    from qcode.cli.reporting import command_line, full_report

    asked = request_from(values)
    study = open_study(study_path)
    _write(full_report(study, asked, quotes_per_code=quotes_per_code, command=command_line(ctx)), output)


def _write(report: Report, output: Path) -> None:
    from qcode.reports.save import save

    say(f"wrote {save(report, output)}")
