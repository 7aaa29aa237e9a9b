"""`qcode search`: where words stand in the transcripts."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli.lines import wrapped
from qcode.cli.options import format_option, open_study, output_option, pairs, study_option
from qcode.cli.output import emit, plural, printable, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.study.searching import Match

COLUMNS = ("transcript", "turn", "speaker", "start", "end", "quote", "before", "after")

_EPILOG = """\b
Examples:
  qcode search "on the phone"
  qcode search ждать --forms                            also ждала, ждали ...
  qcode search clinic --transcript P07 --format csv
  qcode search clinic --where country=Kazakhstan -o clinic.xlsx
"""


@click.command("search", epilog=_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--forms", is_flag=True, help="Find whole words, in whatever form they stand.")
@click.option("--transcript", multiple=True, metavar="NAME", help="Only this transcript (repeatable).")
@click.option("--case", "case", multiple=True, metavar="NAME", help="Only this case (repeatable).")
@click.option("--where", multiple=True, metavar="KEY=VALUE", help="Only cases with this attribute (repeatable).")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def command(
    words: tuple[str, ...],
    forms: bool,
    transcript: tuple[str, ...],
    case: tuple[str, ...],
    where: tuple[str, ...],
    fmt: str,
    output: Path | None,
    study_path: str | None,
) -> None:
    """Find all places of the words: in this order, ignoring case, ё as е, also inside of longer words.

    A blank fits any blanks and line breaks. Everything is searched, with the labels of the speakers: what stands
    outside of a turn is listed without one.
    """
    from qcode.study.selection import Filters

    filters = Filters(transcripts=transcript, cases=case, where=pairs(where))
    found = open_study(study_path).search(" ".join(words), filters, forms=forms)
    if fmt == "table" and output is None:
        _tell(found, narrowed=bool(filters.as_json()))
        return
    rows = [{column: getattr(one, column) for column in COLUMNS} for one in found]
    emit(rows, COLUMNS, fmt=fmt, output=output, title="Places")


def _tell(found: Sequence[Match], *, narrowed: bool) -> None:
    for name, matches in groupby(found, key=lambda one: one.transcript):
        here = list(matches)
        click.echo(printable(f"{name}  ({plural(len(here), 'place')})"))
        for one in here:
            turn = f"turn {one.turn}, {one.speaker}" if one.speaker else f"turn {one.turn}"
            place = f"{one.start}-{one.end}  {turn if one.turn is not None else 'outside of the turns'}"
            passage = " ".join(f"{one.before}[[{one.quote}]]{one.after}".split())
            click.echo(printable(f"{wrapped(place, indent=2)}\n{wrapped(passage, indent=6)}"))
        click.echo()
    if not found:
        say(f"the words stand nowhere{' in these transcripts' if narrowed else ''}")
