"""`qcode merge`: two studies become one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli.lines import pointer, wrapped
from qcode.cli.options import coder_option, open_study, print_option, study_option
from qcode.cli.output import plural, printable, say, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.study.merging import Merged

__all__ = ["command"]

SHOWN = 10
"""How many ids and remarks are shown to people."""

NEW = {
    "transcripts": "transcript",
    "revisions": "corrected text",
    "codebooks": "codebook",
    "versions": "codebook version",
    "coders": "coder",
    "cases": "case",
    "values": "value of an attribute",
    "memos": "memo",
    "drafts": "draft",
    "marks": "passage marked in vivo",
}
"""What is new, by its word in the counts."""

PLURALS = {"value of an attribute": "values of attributes", "passage marked in vivo": "passages marked in vivo"}

_EPILOG = """\b
Examples:
  qcode merge ../ben/opioids.qcode --dry-run      tells what would come
  qcode merge ../ben/opioids.qcode
"""


@click.command("merge", epilog=_EPILOG)
@click.argument("other", metavar="OTHER.qcode", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would happen; change nothing.")
@print_option
@study_option
@coder_option
def command(other: Path, dry_run: bool, fmt: str, study_path: str | None, coder: str | None) -> int:
    """Take another study into this one: a colleague's copy, or one with the same interviews that was begun apart.

    All that either holds is there afterwards, whichever takes in the other, and doing it again adds nothing. The other
    file is only read. Where a codebook or a transcript has parted, nothing is changed, and it is said how to join it.
    """
    found = open_study(study_path, coder).merge(other, dry_run=dry_run)
    if fmt == "json":
        click.echo(to_json(_as_json(found)))
        return 0
    for line in _told(found):
        click.echo(printable(wrapped(line, indent=2)))
    for remark in found.remarks[:SHOWN]:
        click.echo(printable(wrapped(f"- {remark}", indent=4)))
    if len(found.remarks) > SHOWN:
        click.echo(f"  and {len(found.remarks) - SHOWN} more remarks (all with --format json)")
    if found.waiting:
        say(pointer(f"{plural(found.waiting, 'coding')} wait for a decision: qcode codebook queue"))
    if dry_run and found.changed:
        say(pointer("nothing is changed yet; to merge them, type this again without --dry-run"))
    return 0


def _as_json(found: Merged) -> dict[str, object]:
    return asdict(found) | {"codings": dict(found.codings)}


def _told(found: Merged) -> Iterator[str]:
    """Yield what happened, a line for each kind of thing."""
    if not found.changed:
        yield f"nothing new in {found.name}: this study holds it all ({plural(found.known, 'coding')} known)"
        return
    yield f"{'would take in' if found.dry_run else 'took in'} {found.name}"
    new = [_counted(found.counts[key], word) for key, word in NEW.items() if found.counts.get(key)]
    if new:
        yield f"new: {', '.join(new)}"
    if found.codings:
        whose = ", ".join(f"{n:,} by {name}" for name, n in found.codings)
        yield f"new codings: {sum(n for _, n in found.codings):,} ({whose})"
    yield f"known: {plural(found.known, 'coding')}; {plural(found.acts, 'act')} of the other history kept"
    if found.ended or found.restored:
        yield f"ended there, and now here: {plural(found.ended, 'coding')}; restored: {found.restored:,}"
    carried = [(found.counts.get(key, 0), words) for key, words in CARRIED.items()]
    if any(n for n, _ in carried):
        yield "carried on: " + ", ".join(f"{n:,} {words}" for n, words in carried if n)
    if found.doubles:
        yield f"coded alike by one coder in both, and one now: {plural(found.doubles, 'coding')}"
    if found.counts.get("gave_way"):
        yield f"facts that differed: {found.counts['gave_way']:,}; the later one holds, the other is kept as a memo"
    if found.differently:
        ids = ", ".join(id[:8] for id in found.differently[:SHOWN])
        more = " ..." if len(found.differently) > SHOWN else ""
        yield f"decided differently in both: {plural(len(found.differently), 'coding')} ({ids}{more})"


CARRIED = {
    "moved": "moved to another code",
    "queued": "wait since a version came",
    "reanchored": "went over to a corrected text",
    "lost_place": "have lost their place in it",
}
"""What became of codings that one study had not carried on, by its word in the counts."""


def _counted(n: int, word: str) -> str:
    return plural(n, word) if n == 1 or word not in PLURALS else f"{n:,} {PLURALS[word]}"
