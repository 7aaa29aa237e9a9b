"""`qcode codebook queue`: codings that wait since the codebook changed, or their transcript was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.coding import as_row
from qcode.cli.lines import wrapped
from qcode.cli.options import (
    filters_from,
    format_option,
    open_study,
    output_option,
    study_option,
    waiting_filter_options,
)
from qcode.cli.output import emit, plural, printable, say
from qcode.domain.coding import COLUMNS
from qcode.errors import BadValue

if TYPE_CHECKING:
    from qcode.study.queue import QueueItem
    from qcode.study.selection import Filters
    from qcode.study.study import Study

__all__ = ["must_be_now", "queue", "waits"]

_MORE = ("change", "candidates", "suggested", "kept", "effect", "under", "why", "turn", "speaker", "found")
_PRINTED = ("id", "transcript", "turn", "speaker", "code", "coder", "quote", "change", "candidates", "suggested", "why")
"""The columns of a list that is handed out on paper."""

FEW = 12
"""So many codes are named that a coding may go to; more are any."""

_QUEUE_EPILOG = """\b
Examples:
  qcode codebook queue
  qcode codebook queue --code FUND-EXIT --transcript KG-NGO-01
  qcode codebook queue -o queue.xlsx                    a table to hand out
"""


@click.command("queue", epilog=_QUEUE_EPILOG)
@waiting_filter_options("--coder")
@format_option
@output_option(".csv .json .xlsx .docx .html .md")
@study_option
def queue(fmt: str, output: Path | None, study_path: str | None, **values: Any) -> None:
    """List the codings that wait for a decision since the codebook changed, or their transcript was corrected.

    Each stands under the change that put it there, with the codes it may go to. `suggested` are those of them whose
    terms stand in the passage, with the words that were found; nothing is decided by them.
    """
    filters = filters_from(values)
    study = open_study(study_path)
    must_be_now(study, filters)
    items = study.queue.list(filters)
    if fmt == "table" and output is None:
        _tell(items, filters)
        return
    printed = output is not None and output.suffix.lower() in (".docx", ".html", ".htm", ".md")
    flat = fmt == "csv" or (output is not None and output.suffix.lower() != ".json")
    rows = [_as_row(one, flat=flat) | (_on_paper(one) if printed else {}) for one in items]
    emit(rows, _PRINTED if printed else (*COLUMNS, *_MORE), fmt=fmt, output=output, title="Codings that wait")


def must_be_now(study: Study, filters: Filters) -> None:
    """Refuse an older version: nothing is decided under it any more."""
    if filters.codebook:
        named = study.codebooks.show(filters.codebook)
        newest = study.codebooks.show(named.row.codebook)
        if named.label != newest.label:
            what = f"{named.label} is an older version, and the queue is that of {newest.label}"
            raise BadValue(what, mend=f"type --codebook {quote(named.row.codebook)}")


def _as_row(item: QueueItem, *, flat: bool = False) -> dict[str, Any]:
    found = {code: list(words) for code, words in item.found.items()}
    return as_row(item.coding) | {
        "change": item.change,
        "candidates": list(item.candidates),
        "suggested": list(item.suggested),
        "kept": item.kept,
        "effect": item.effect or None,
        "under": item.under,
        "why": item.why,
        "turn": item.turn,
        "speaker": item.speaker,
        "found": [f"{code}: {', '.join(words)}" for code, words in found.items()] if flat else found,
    }


def _on_paper(item: QueueItem) -> dict[str, str]:
    return {"id": item.coding.id[:8], "candidates": _goes_to(item), "suggested": _suggested(item)}


def _tell(items: Sequence[QueueItem], filters: Filters) -> None:
    """Print the queue for reading: the numbers, then the codings under the change that put them there."""
    if not items:
        narrowed = " that fits these filters" if filters.as_json() or filters.codebook else ""
        say(f"nothing{narrowed} waits for a decision")
        return
    changes: dict[tuple[str, ...], list[QueueItem]] = {}
    for one in items:
        lost = (one.coding.transcript,) if one.change == "revise" else ()
        changes.setdefault((one.coding.codebook, one.under, one.change, one.coding.code, *lost), []).append(one)
    click.echo(printable(_counts(items)))
    for same in changes.values():
        click.echo(printable(f"\n{_heading(same[0])}"))
        for _, codings in groupby(same, key=lambda one: (one.coding.transcript, one.coding.start, one.coding.end)):
            click.echo(printable(f"\n{_segment(list(codings))}"))
    click.echo()
    _tell_how(items[0])


def _counts(items: Sequence[QueueItem]) -> str:
    codes = [one.coding.code for one in items]
    numbers = ", ".join(f"{code} {codes.count(code):,}" for code in dict.fromkeys(codes))
    return wrapped(f"{waits(len(items))} for a decision: {numbers}")


def _heading(item: QueueItem) -> str:
    """Return which code, what happened to it and why, and what may be decided."""
    if item.change == "revise":
        since = f"{item.coding.code}: its words are not in {item.under} of {item.coding.transcript}"
        return "\n".join([wrapped(since, indent=2)[2:], wrapped("may be placed anew, or be withdrawn", indent=2)])
    happened = {"split": "split in", "redefine": "narrowed in", "edit": "only a heading since"}
    since = f"{item.coding.code}: {happened.get(item.change, 'changed in')} {item.under}"
    lines = [wrapped(since, indent=2)[2:], *([wrapped(item.why, indent=2)] if item.why else [])]
    return "\n".join([*lines, wrapped(_choices(item), indent=2)])


def _choices(item: QueueItem) -> str:
    keep = "be kept, or " if item.kept else ""
    one_or_more = " (one or several)" if len(item.candidates) > 1 else ""
    return f"may {keep}go to {_goes_to(item)}{one_or_more}, or be withdrawn"


def _goes_to(item: QueueItem) -> str:
    if item.change == "redefine" or len(item.candidates) > FEW:
        return "any other code" if item.kept else "any code"
    return ", ".join(item.candidates)


def _segment(items: Sequence[QueueItem]) -> str:
    """Return one segment with all its codings that wait because of one change."""
    one = items[0]
    turn = f", turn {one.turn}" if one.turn is not None else ""
    place = f"{one.coding.transcript}{turn}{f', {one.speaker}' if one.speaker else ''}"
    by = ", ".join(f"{each.coding.id[:8]} by {each.coding.coder}" for each in items)
    lines = [wrapped(f"{by}  {place}", indent=4)[2:], wrapped(" ".join(one.coding.quote.split()), indent=6)]
    if one.suggested:
        lines.append(wrapped(f"suggested: {_suggested(one)}", indent=8)[2:])
    return "\n".join(lines)


def _suggested(item: QueueItem) -> str:
    return "; ".join(f"{code} ({', '.join(item.found[code])})" for code in item.suggested)


def _tell_how(item: QueueItem) -> None:
    """Say what to type, with a real id and a code that it may go to."""
    code = quote((*item.suggested, *item.candidates, "CODE")[0])
    id_, own = item.coding.id[:8], quote(item.coding.code)
    say("to decide on one, or on several at once (take it back with --undo):")
    if item.change == "revise":
        say(f'  qcode codebook resolve {id_} --quote "its words now"      or --at START END')
        say(f'  qcode codebook resolve {id_} --withdraw --why "..."')
        return
    narrowed = item.change == "redefine"
    if item.kept:
        say(f"  qcode codebook resolve {id_} --keep")
    say(f"  qcode codebook resolve {id_} --to {'CODE' if narrowed else code}")
    say(f'  qcode codebook resolve {id_} --withdraw --why "..."')
    decision = "--keep" if narrowed else f"--to {code}"
    say(f"  qcode codebook resolve --code {own} --transcript {quote(item.coding.transcript)} {decision}")


def waits(n: int, still: str = "") -> str:
    """Return `1 coding waits`, `2 codings wait`, `3 codings still wait`."""
    return f"{plural(n, 'coding')} {f'{still} ' if still else ''}wait{'s' if n == 1 else ''}"
