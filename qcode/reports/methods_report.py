"""The report for a methods section: plain sentences with numbers, and behind each the table that it comes from."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode import __version__
from qcode.domain.coding import Coding
from qcode.domain.transcript import Transcript
from qcode.reports.change_words import sentences
from qcode.reports.history_report import VersionEntry, day
from qcode.reports.method import HISTORY, IMPORT
from qcode.reports.report import Block, Cell, Heading, Report, Table, Text
from qcode.reports.words import how_counted, listed, plural

__all__ = ["CodebookPast", "CoderWork", "coder_work", "methods"]

DEFAULT_RULE = (
    "Where a table of this study does not say otherwise, co-occurrence was counted as follows; every report on a "
    "matrix says its own rule."
)
STANDING = "Codings: those that count or wait; frozen ones, on codes that are retired, are not among them."
TRACED = "Each number of the sentences above, and the command that lists what it counts."

Traced = tuple[str, int, str]
"""What was counted, how many, and the command that lists them."""


@dataclass(frozen=True, slots=True)
class CoderWork:
    """What one coder did: codings that count or wait (`pending`), `frozen` and `withdrawn` ones, and in how many texts.

    `frozen` are those on codes that are retired; `first` and `last` are moments in UTC, ISO 8601.
    """

    name: str
    codings: int
    pending: int
    frozen: int
    withdrawn: int
    transcripts: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class CodebookPast:
    """A codebook with its versions, oldest first, and the codings by code that wait for a decision under it."""

    key: str
    title: str
    versions: tuple[VersionEntry, ...]
    waiting: Mapping[str, int]


def coder_work(codings: Iterable[Coding]) -> list[CoderWork]:
    """Return what each coder did, in order of names; `codings` hold the withdrawn ones too."""
    by_coder: dict[str, list[Coding]] = {}
    for one in codings:
        by_coder.setdefault(one.coder, []).append(one)
    return [_work(name, by_coder[name]) for name in sorted(by_coder, key=str.casefold)]


def _work(name: str, codings: Sequence[Coding]) -> CoderWork:
    standing = [one for one in codings if one.status in ("settled", "pending")]
    made = sorted(one.created_at for one in codings)
    return CoderWork(
        name,
        codings=len(standing),
        pending=sum(one.status == "pending" for one in standing),
        frozen=sum(one.status == "frozen" for one in codings),
        withdrawn=sum(one.status == "withdrawn" for one in codings),
        transcripts=len({one.transcript for one in standing}),
        first=made[0],
        last=made[-1],
    )


def methods(
    *,
    transcripts: Sequence[Transcript],
    cases: int,
    work: Sequence[CoderWork],
    codebooks: Sequence[CodebookPast],
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report; `transcripts` carry the numbers of their codings, `work` is what each coder did."""
    blocks: list[Block] = [Heading("The material"), *_material(transcripts, cases)]
    blocks += [Heading("The coding"), *_coding(work)]
    for book in codebooks:
        blocks += [Heading(f"The codebook {book.title or book.key}"), *_codebook(book)]
    blocks += [Heading("How it was counted"), *_counting()]
    traced = _traced(transcripts, cases, work, codebooks)
    columns = ("What", "Number", "Listed by")
    blocks += [
        Heading("Where the numbers come from"),
        Table(TRACED.rstrip("."), columns, tuple(traced), data=True, sheet="Sources"),
    ]
    return Report("Facts for a methods section", tuple(blocks), subtitle=study, made_by=tuple(made_by))


def _material(transcripts: Sequence[Transcript], cases: int) -> list[Block]:
    if not transcripts:
        return [Text("The study has no transcripts yet.")]
    languages = listed([f"{language} ({number:,})" for language, number in _languages(transcripts)])
    verb = "makes" if len(transcripts) == 1 else "make"
    of = f" of {plural(cases, 'case')}" if cases else ""
    said = (
        f"{plural(len(transcripts), 'transcript')}{of} {verb} the material, with "
        f"{plural(_turns(transcripts), 'turn')} and {plural(_characters(transcripts), 'character')}. "
        f"Transcripts by language: {languages}. {IMPORT}"
    )
    rows: list[tuple[Cell, ...]] = [
        (t.name, t.case or "", t.language or "", t.turns, t.characters, t.codings) for t in transcripts
    ]
    columns = ("Transcript", "Case", "Language", "Turns", "Characters", "Codings")
    return [Text(said), Table("The transcripts", columns, tuple(rows), note=STANDING, sheet="Transcripts")]


def _languages(transcripts: Sequence[Transcript]) -> list[tuple[str, int]]:
    return sorted(Counter(one.language or "unknown" for one in transcripts).items())


def _turns(transcripts: Sequence[Transcript]) -> int:
    return sum(one.turns for one in transcripts)


def _characters(transcripts: Sequence[Transcript]) -> int:
    return sum(one.characters for one in transcripts)


def _coding(work: Sequence[CoderWork]) -> list[Block]:
    if not work:
        return [Text("Nothing is coded yet.")]
    who = [f"{one.name} ({plural(one.codings, 'coding')}, {_when(one)})" for one in work]
    said = f"The passages were coded by {plural(len(work), 'coder')}: {listed(who)}. {HISTORY}"
    rows: list[tuple[Cell, ...]] = [
        (w.name, w.codings, w.pending, w.frozen, w.withdrawn, w.transcripts, w.first[:10], w.last[:10]) for w in work
    ]
    columns = ("Coder", "Codings", "Waiting", "Frozen", "Withdrawn", "Transcripts", "First", "Last")
    note = (
        "Codings: those that count or wait. Waiting: those of them that wait for a decision. Frozen: besides, on codes "
        "that are retired. First and last: the days (UTC) of the first and the last coding, withdrawn ones among them. "
        "A coding that became one with an equal one, or was replaced by a decision, stands in none of the columns."
    )
    return [Text(said), Table("The coders", columns, tuple(rows), note=note, sheet="Coders")]


def _when(one: CoderWork) -> str:
    first, last = day(one.first), day(one.last)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _codebook(book: CodebookPast) -> list[Block]:
    newest = book.versions[-1]
    said = (
        f"The codebook {book.key} has {plural(len(book.versions), 'version')}; the newest, {newest.version}, has "
        f"{plural(newest.codable, 'code')} under {plural(newest.codes - newest.codable, 'heading')}."
    )
    blocks: list[Block] = [Text(said)]
    for one in book.versions:
        blocks.append(Text(_version(one)))
        if one.note:
            blocks.append(Text(f"Why: {one.note.strip()}", "note"))
    blocks += [Text(_waiting(book.waiting)), _versions(book.versions)]
    return blocks


def _version(one: VersionEntry) -> str:
    said = f"Version {one.version} dates from {day(one.created_at)} and is by {one.coder}"
    made = f"{plural(one.codings, 'coding')} {_was(one.codings)} made under it."
    if not one.follows:
        return f"{said}; {made}"
    changes = sentences(one.told)
    changed = f": {'; '.join(changes)}" if changes else ""
    touched = "no coding made before"
    if one.touched:
        touched = f"{plural(one.touched, 'coding')} made before; none of them was put before the coders"
    if one.queued:
        decided = f"{one.queued:,} of them {_was(one.queued)} put before the coders, {one.waiting:,} not decided yet"
        touched = f"{plural(one.touched, 'coding')} made before; {decided}"
    return f"{said}. It follows {listed(one.follows)}{changed}. Its changes touch {touched}. {made}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _waiting(waiting: Mapping[str, int]) -> str:
    every = sum(waiting.values())
    if not every:
        return "No coding waits for a decision."
    codes = listed([f"{code} ({number:,})" for code, number in waiting.items()])
    verb = "waits" if every == 1 else "wait"
    return (
        f"{plural(every, 'coding')} {verb} for a decision, under {codes}; what is counted or quoted elsewhere leaves "
        f"{'it' if every == 1 else 'them'} out until then."
    )


def _versions(versions: Sequence[VersionEntry]) -> Table:
    columns = ("Version", "Follows", "Date", "By", "Codes", "Codings", "Touched", "Queued", "Waiting")
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.version, ", ".join(one.follows), one.created_at[:10], one.coder, one.codable),
            *(one.codings, one.touched, one.queued, one.waiting),
        )
        for one in versions
    ]
    return Table("The versions of the codebook", columns, tuple(rows), sheet="Versions")


def _counting() -> list[Block]:
    rule = how_counted("overlap", "stretches", "count", None, per_coder=False, rollup=False)
    program = f"Everything was counted with qcode {__version__}; the same study and options give the same report."
    return [Text(f"{DEFAULT_RULE} {rule}"), Text(program)]


def _traced(
    transcripts: Sequence[Transcript], cases: int, work: Sequence[CoderWork], codebooks: Sequence[CodebookPast]
) -> list[Traced]:
    traced: list[Traced] = [
        ("Transcripts", len(transcripts), "qcode transcript list"),
        *((f"Transcripts in {name}", number, "qcode transcript list") for name, number in _languages(transcripts)),
        ("Turns", _turns(transcripts), "qcode transcript list"),
        ("Characters", _characters(transcripts), "qcode transcript list"),
        ("Cases", cases, "qcode case list"),
        ("Coders with codings", len(work), "qcode coding list --withdrawn"),
    ]
    traced += [
        (f"Codings by {one.name}", one.codings, f"qcode coding list --coder {shlex.quote(one.name)}") for one in work
    ]
    return traced + [row for book in codebooks for row in _traced_codebook(book)]


def _traced_codebook(book: CodebookPast) -> list[Traced]:
    key, newest = shlex.quote(book.key), book.versions[-1]
    show, log = f"qcode codebook show {key}", f"qcode codebook log {key}"
    queue = f"qcode codebook queue --codebook {key}"
    traced: list[Traced] = [
        (f"Versions of {book.key}", len(book.versions), log),
        (f"Codes of {book.key} {newest.version}", newest.codable, show),
        (f"Headings of {book.key} {newest.version}", newest.codes - newest.codable, show),
    ]
    for one in book.versions:
        named = f"{book.key} {one.version}"
        traced.append((f"Codings made under {named}", one.codings, log))
        if one.follows:
            traced.append((f"Codings that {named} touched", one.touched, f"{log} --format json"))
        if one.queued:
            traced.append((f"Codings that {named} put before the coders", one.queued, log))
            traced.append((f"Codings of them not decided yet, {named}", one.waiting, log))
    traced.append((f"Codings that wait under {book.key}", sum(book.waiting.values()), queue))
    waits = (
        (f"Codings that wait under {code}", n, f"{queue} --code {shlex.quote(code)}")
        for code, n in book.waiting.items()
    )
    return [*traced, *waits]
