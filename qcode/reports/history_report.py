"""The report on the history of a codebook, for a methods section: its versions, what each changed and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qcode.domain.told import ToldChange
from qcode.reports.changes_report import change_table, counted_kinds
from qcode.reports.report import Block, Cell, Facts, Heading, Lineage, Report, Table, Text
from qcode.reports.words import listed, plural

__all__ = ["VersionEntry", "day", "history"]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
COLUMNS = ("Version", "Follows", "Date", "Codes", "Changes", "Codings", "Touched", "Queued", "Waiting")
EXPLAINED = (
    "Codes: those that take codings. Changes: against the version it follows, the first of them if it follows several. "
    "Codings: made under the version. Touched: codings made before that its changes touch. Queued: those of them that "
    "were put before the coders for a decision. Waiting: those not decided yet."
)


@dataclass(frozen=True)
class VersionEntry:
    """A version of a codebook with its past: when, by whom, how many codings it met, `told` and `counts` its changes.

    `codes` counts all entries, `codable` those that take codings; `codings` were made under it, `touched` met by its
    changes, `queued` put before the coders, of which `waiting` are not decided. `told` is against the first of
    `follows`, `counts` the codings that each of these changes touches.
    """

    version: str
    follows: tuple[str, ...]
    created_at: str
    coder: str
    note: str
    sha256: str
    codes: int
    codable: int
    codings: int
    touched: int
    queued: int
    waiting: int
    told: tuple[ToldChange, ...] = ()
    counts: tuple[int, ...] = ()


def history(
    entries: Sequence[VersionEntry],
    lineage: Lineage,
    *,
    codebook: str,
    title: str = "",
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report on the versions of `codebook`, oldest first; `title` is the codebook's own."""
    name = f"{title} ({codebook})" if title and title != codebook else codebook
    subtitle = " · ".join(part for part in (study, f"Codebook {name}") if part)
    if not entries:
        said = Text(f"The codebook {name} has no versions yet.")
        return Report("History of the codebook", (said,), subtitle=subtitle, made_by=tuple(made_by))
    blocks: list[Block] = [Heading("In short"), Text(_in_short(entries, name))]
    blocks += [Heading("The versions"), _overview(entries)]
    if len(lineage.columns) > 1:
        blocks += [Heading("The codes through the versions"), Text(DRAWN), lineage]
    blocks.append(Heading("What each version changed"))
    for entry in entries:
        blocks += _version(entry)
    return Report("History of the codebook", tuple(blocks), subtitle=subtitle, made_by=tuple(made_by))


DRAWN = (
    "A version is a column, a code a line from left to right; where the line bends, forks, joins or ends, the code "
    "changed in the version to the right of it."
)


def day(created_at: str) -> str:
    """Return `3 March 2025` of a time as the study keeps it; the time itself where it is none."""
    when = _date(created_at)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}" if when else created_at


def _date(created_at: str) -> date | None:
    try:
        return date.fromisoformat(created_at[:10])
    except ValueError:
        return None


def _iso(created_at: str) -> str:
    when = _date(created_at)
    return when.isoformat() if when else created_at


def _in_short(entries: Sequence[VersionEntry], name: str) -> str:
    first, last = entries[0], entries[-1]
    if len(entries) == 1:
        made = f"{day(first.created_at)}{f', by {first.coder}' if first.coder else ''}"
        return f"The codebook {name} has one version, {first.version} ({made}), with {_size(first)}."
    said = [f"The codebook {name} went through {len(entries):,} versions {_between(entries)}."]
    said.append(f"It began with {_size(first)} (version {first.version}), and has {_size(last)} in {last.version}.")
    if every := list(_once(entries)):
        said.append(f"On the way there were {counted_kinds(every)}.")
    said += [
        f"Version {entry.version} brings {len(entry.follows)} lines together: it follows {listed(entry.follows)}."
        for entry in entries
        if len(entry.follows) > 1
    ]
    return " ".join([*said, *_decided(entries)])


def _once(entries: Sequence[VersionEntry]) -> Iterator[ToldChange]:
    """Yield the changes of all versions; what a version took over from another that it follows counts once."""
    seen = set[tuple[object, ...]]()
    for entry in entries:
        told = [((one.change, one.codes, one.into, one.effect, one.texts), one) for one in entry.told]
        yield from (one for what, one in told if len(entry.follows) < 2 or what not in seen)
        seen.update(what for what, _ in told)


def _size(entry: VersionEntry) -> str:
    headings = entry.codes - entry.codable
    under = f" under {plural(headings, 'heading')}" if headings else ""
    return f"{plural(entry.codable, 'code')}{under}"


def _between(entries: Sequence[VersionEntry]) -> str:
    dates = [_date(entry.created_at) for entry in entries]
    known = sorted(one for one in dates if one is not None)
    if not known or len(known) < len(dates):
        return f"between {day(entries[0].created_at)} and {day(entries[-1].created_at)}"
    first, last = known[0], known[-1]
    if first == last:
        return f"on {day(first.isoformat())}"
    begin = day(first.isoformat())
    if first.year == last.year:
        begin = begin.removesuffix(f" {first.year}")
    return f"between {begin} and {day(last.isoformat())}"


def _decided(entries: Sequence[VersionEntry]) -> list[str]:
    """Return what the changes meant for the codings: a coding that two versions touch counts twice."""
    touched, queued, waiting = (sum(getattr(one, name) for one in entries) for name in ("touched", "queued", "waiting"))
    if not touched:
        return ["No coding was touched by these changes."] if any(entry.told for entry in entries) else []
    said = [f"Codings made before were touched {plural(touched, 'time')} by these changes."]
    if not queued:
        return [*said, "None had to be decided anew by a coder."]
    still = (
        f"{plural(waiting, 'decision')} {'is' if waiting == 1 else 'are'} still open" if waiting else "all were made"
    )
    return [*said, f"A coding was put before the coders for a new decision {plural(queued, 'time')}; {still}."]


def _overview(entries: Sequence[VersionEntry]) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(one.version, ", ".join(one.follows), _iso(one.created_at), one.codable, len(one.told)),
            *(one.codings, one.touched, one.queued, one.waiting),
        )
        for one in entries
    )
    return Table("The versions of the codebook", COLUMNS, rows, note=EXPLAINED, data=True, sheet="Versions")


def _version(entry: VersionEntry) -> list[Block]:
    facts = [
        ("Date", day(entry.created_at)),
        ("By", entry.coder),
        ("Note", entry.note),
        ("Follows", ", ".join(entry.follows)),
        ("Codes", _size(entry)),
        ("Codings", f"{entry.codings:,} made under it"),
        ("SHA-256", entry.sha256),
    ]
    when = day(entry.created_at)
    heading = Heading(f"Version {entry.version}{f', {when}' if when else ''}", 2)
    blocks: list[Block] = [heading, Facts(tuple((name, text) for name, text in facts if text))]
    if not entry.follows:
        return [*blocks, Text("It follows no other version.")]
    if not entry.told:
        return [*blocks, Text(f"No code differs from version {entry.follows[0]}.")]
    caption = f"What version {entry.version} changed in {entry.follows[0]}"
    counts = entry.counts or (None,) * len(entry.told)
    return [*blocks, change_table(entry.told, counts, caption=caption, sheet=f"Changes {entry.version}")]
