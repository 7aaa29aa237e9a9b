"""The report on quotes: coded segments with their words, code by code, each with the way back to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qcode.domain.codebook import CodebookVersion
from qcode.domain.coding import Coding
from qcode.domain.natural import natural
from qcode.reports.report import Block, Cell, Heading, Quote, Quotes, Report, Text
from qcode.reports.words import NONE_PENDING, clock, left_out, plural

__all__ = ["CodedQuote", "quotes", "quotes_blocks"]

NOTHING = "No coding was found with these options, so there is nothing to quote."


@dataclass(frozen=True, slots=True)
class CodedQuote:
    """A coding with what the reader needs to find it: case, turn (from 1), speaker, seconds, language."""

    coding: Coding
    case: str | None = None
    turn: int | None = None
    speaker: str | None = None
    time: float | None = None
    language: str | None = None


def quotes(
    coded: Iterable[CodedQuote],
    *,
    codebook: CodebookVersion | None = None,
    most: int | None = None,
    pending: Mapping[str, int] = NONE_PENDING,
    title: str = "Quotes by code",
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the quotes grouped by code, in the order of `codebook`; `most` caps the quotes of one code.

    `pending` are the codings by code that wait for a decision and are not among `coded`.
    """
    waiting = left_out(pending)
    blocks = [*([Text(waiting)] if waiting else []), *quotes_blocks(coded, codebook=codebook, most=most)]
    return Report(title, tuple(blocks), subtitle=study, made_by=tuple(made_by))


def quotes_blocks(
    coded: Iterable[CodedQuote],
    *,
    codebook: CodebookVersion | None = None,
    most: int | None = None,
    level: int = 1,
) -> list[Block]:
    """Return a heading and the quotes for each code that has any; equal segments of several coders stand once."""
    grouped = _by_code(coded, codebook)
    if not grouped:
        return [Text(NOTHING)]
    blocks: list[Block] = []
    for code, segments in grouped:
        entry = codebook.by_key.get(code.casefold()) if codebook else None
        name = f"{entry.name} ({code})" if entry and entry.name != code else code
        blocks.append(Heading(name, level, entry.color if entry else ""))
        shown = _spread(segments, most) if most is not None and len(segments) > most else segments
        blocks.append(Text(_how_many(segments, len(shown)), "note"))
        blocks.append(Quotes(tuple(_quote(same) for same in shown)))
    return blocks


def _by_code(coded: Iterable[CodedQuote], codebook: CodebookVersion | None) -> list[tuple[str, list[list[CodedQuote]]]]:
    """Return (code, segments) in order; a segment is the codings of the same code on the same words."""
    order = {code.key: n for n, code in enumerate(codebook.codes)} if codebook else {}

    def place(one: CodedQuote) -> tuple[object, ...]:
        c = one.coding
        case = one.case or c.transcript
        return (order.get(c.code, len(order)), c.code, natural(case), natural(c.transcript), c.start, c.end)

    ordered = sorted(coded, key=lambda one: (*place(one), one.coding.coder, one.coding.id))
    segments = [list(same) for _, same in groupby(ordered, key=place)]
    return [(code, list(group)) for code, group in groupby(segments, key=lambda same: same[0].coding.code)]


def _spread(segments: Sequence[list[CodedQuote]], most: int) -> list[list[CodedQuote]]:
    """Return `most` segments in their order, taken in turns from all cases so that none speaks alone."""
    rank: dict[str, int] = {}
    ranked = []
    for number, same in enumerate(segments):
        case = same[0].case or same[0].coding.transcript
        rank[case] = rank.get(case, 0) + 1
        ranked.append((rank[case], number))
    return [segments[number] for number in sorted(number for _, number in sorted(ranked)[:most])]


def _how_many(segments: Sequence[list[CodedQuote]], shown: int) -> str:
    cases = len({same[0].case or same[0].coding.transcript for same in segments})
    said = f"{plural(len(segments), 'passage')} in {plural(cases, 'case')}"
    return f"{said}; {shown:,} of them are shown, spread over the cases." if shown < len(segments) else f"{said}."


def _quote(same: Sequence[CodedQuote]) -> Quote:
    first = same[0].coding
    memo = "\n".join(one.coding.memo for one in same if one.coding.memo)
    return Quote(first.quote, _source(same), (first.code,), memo, same[0].language, _fields(same))


def _source(same: Sequence[CodedQuote]) -> str:
    one, coding = same[0], same[0].coding
    turn = f"turn {one.turn}" if one.turn is not None else ""
    parts = [
        coding.transcript,
        f"case {one.case}" if one.case and one.case != coding.transcript else "",
        ", ".join(part for part in (turn, one.speaker or "") if part),
        clock(one.time),
        f"at {coding.start:,}–{coding.end:,}",
        f"coded by {_coders(same)}",
        f"{coding.codebook} {coding.version}",
        f"coding\N{NO-BREAK SPACE}{_ids(same)}",
        "pending" if any(each.coding.status == "pending" for each in same) else "",
    ]
    return " · ".join(part for part in parts if part)


def _fields(same: Sequence[CodedQuote]) -> tuple[tuple[str, Cell], ...]:
    one, coding = same[0], same[0].coding
    return (
        ("transcript", coding.transcript),
        ("case", one.case),
        ("turn", one.turn),
        ("speaker", one.speaker),
        ("time", clock(one.time) or None),
        ("start", coding.start),
        ("end", coding.end),
        ("coders", _coders(same)),
        ("codebook", coding.codebook),
        ("version", coding.version),
        ("codings", " ".join(each.coding.id for each in same)),
    )


def _coders(same: Sequence[CodedQuote]) -> str:
    return ", ".join(dict.fromkeys(one.coding.coder for one in same))


def _ids(same: Sequence[CodedQuote]) -> str:
    return ", ".join(one.coding.id[:8] for one in same)
