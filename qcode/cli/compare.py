"""`qcode compare`: two coders on one transcript, code by code: where both coded, where only one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.lines import wrapped
from qcode.cli.options import format_option, open_study, output_option, study_option
from qcode.cli.output import emit, plural, printable, say

if TYPE_CHECKING:
    from qcode.domain.span import Span
    from qcode.domain.transcript import Revision
    from qcode.study.comparing import CodeComparison, Comparison

COLUMNS = (
    "transcript",
    "code",
    "first",
    "second",
    "both",
    "both_characters",
    "first_only",
    "first_only_characters",
    "second_only",
    "second_only_characters",
)
QUOTES = ("transcript", "code", "coders", "turn", "speaker", "start", "end", "quote")

_EPILOG = """\b
Examples:
  qcode compare P07 ana ben
  qcode compare P07 ana ben --code STIG --quotes        with the passages
  qcode compare P07 ana ben -o compared.xlsx
"""


@click.command("compare", epilog=_EPILOG)
@click.argument("transcript")
@click.argument("first", metavar="CODER")
@click.argument("second", metavar="CODER")
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only this code and those below it (repeatable).")
@click.option("--codebook", metavar="NAME[@V]", help="The codebook, or the codings as they stood under version V.")
@click.option("--quotes", is_flag=True, help="Show the passages, a row each.")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def command(
    transcript: str,
    first: str,
    second: str,
    codes: tuple[str, ...],
    codebook: str | None,
    quotes: bool,
    fmt: str,
    output: Path | None,
    study_path: str | None,
) -> None:
    """Lay the codings of two coders on one transcript side by side: how many characters both coded, or only one.

    Counted are the stretches, by code; codings that wait for a decision are among them.
    """
    study = open_study(study_path)
    compared = study.compare(transcript, first, second, codebook=codebook, codes=codes)
    revision = study.transcripts.show(compared.transcript_id, revision=compared.revision).revision if quotes else None
    passages = list(_passages(compared, revision)) if revision else []
    if fmt == "table" and output is None and compared.codes:
        _tell_passages(passages) if quotes else _tell(compared)
        return
    if quotes:
        emit(passages, QUOTES, fmt=fmt, output=output, title="Compared", empty=_none(compared))
        return
    emit(
        [_as_row(compared, one) for one in compared.codes],
        COLUMNS,
        fmt=fmt,
        output=output,
        title="Compared",
        empty=_none(compared),
    )


def _none(compared: Comparison) -> str:
    return f"neither {compared.first} nor {compared.second} has coded {compared.transcript} with any of these codes"


def _as_row(compared: Comparison, one: CodeComparison) -> dict[str, Any]:
    return {
        "transcript": compared.transcript,
        "code": one.code,
        "first": compared.first,
        "second": compared.second,
        "both": len(one.both),
        "both_characters": one.both_characters,
        "first_only": len(one.first_only),
        "first_only_characters": one.first_only_characters,
        "second_only": len(one.second_only),
        "second_only_characters": one.second_only_characters,
    }


def _tell(compared: Comparison) -> None:
    """Print the characters of each code, and how many stretches they are."""
    columns = ("code", "both", f"only {compared.first}", f"only {compared.second}")
    rows = []
    for one in compared.codes:
        both = _cell(one.both, one.both_characters)
        first = _cell(one.first_only, one.first_only_characters)
        second = _cell(one.second_only, one.second_only_characters)
        rows.append(dict(zip(columns, (one.code, both, first, second), strict=True)))
    emit(rows, columns)
    say(f"\ncharacters of {compared.transcript} (and stretches), under {compared.codebook}@{compared.version}")


def _cell(spans: Sequence[Span], characters: int) -> str:
    return f"{characters:,} ({len(spans)})" if spans else "-"


def _passages(compared: Comparison, revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield the stretches of each code in order of place, with the coders whose codings cover them."""
    starts = [turn.start for turn in revision.turns]
    for one in compared.codes:
        parts = (
            (one.both, [compared.first, compared.second]),
            (one.first_only, [compared.first]),
            (one.second_only, [compared.second]),
        )
        for span, coders in sorted((span, coders) for spans, coders in parts for span in spans):
            n = bisect_right(starts, span.start)
            turn = revision.turns[n - 1] if n else None
            yield {
                "transcript": compared.transcript,
                "code": one.code,
                "coders": coders,
                "turn": turn.n if turn else None,
                "speaker": turn.speaker if turn else None,
                "start": span.start,
                "end": span.end,
                "quote": span.of(revision.text),
            }


def _tell_passages(passages: Sequence[dict[str, Any]]) -> None:
    for code, several in groupby(passages, key=lambda one: one["code"]):
        same = list(several)
        click.echo(printable(f"{code}  ({plural(len(same), 'passage')})"))
        for one in same:
            coders = one["coders"]
            who = f"both {coders[0]} and {coders[1]}" if len(coders) > 1 else f"only {coders[0]}"
            turn = f"  turn {one['turn']}" if one["turn"] is not None else ""
            speaker = f", {one['speaker']}" if one["speaker"] else ""
            click.echo(printable(wrapped(f"{who}  {one['start']}-{one['end']}{turn}{speaker}", indent=2)))
            click.echo(printable(wrapped(" ".join(one["quote"].split()), indent=6)))
        click.echo()
