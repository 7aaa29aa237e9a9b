"""The report on one transcript: every turn with its speaker and time, and numbered marks where passages are coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qcode.domain.codebook import CodebookVersion
from qcode.domain.coding import Coding
from qcode.domain.span import Span
from qcode.domain.transcript import Revision, Transcript, Turn
from qcode.reports.report import Block, Cell, CodedTurn, Facts, Heading, Quote, Quotes, Report, Table, Text
from qcode.reports.words import NONE_PENDING, clock, left_out, plural

__all__ = ["transcript"]

HOW_TO_READ = (
    "A coded passage has a number: [1 stands where passage 1 begins, 1] where it ends. "
    "Below the turn stand the codes of each passage and, in brackets, who coded it."
)
NOT_CODED = "No passage of this transcript is coded with these options."
WITHOUT_SPEAKER = "No speaker"

Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch that is coded, its number in the report, and the codings on it."""

    number: int
    start: int
    end: int
    codings: tuple[Coding, ...]


def transcript(
    about: Transcript,
    revision: Revision,
    codings: Sequence[Coding],
    *,
    codebook: CodebookVersion | None = None,
    pending: Mapping[str, int] = NONE_PENDING,
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report on the transcript `about`, whose text is `revision`, with these `codings` of it.

    Codings of the same stretch share a number, which rises with the place. `pending` are the codings by code that wait
    for a decision and are not among `codings`.
    """
    passages = _passages(codings)
    blocks: list[Block] = [Facts(_facts(about, revision, codings, passages))]
    if waiting := left_out(pending):
        blocks.append(Text(waiting))
    blocks += [Heading("The transcript"), Text(HOW_TO_READ if passages else NOT_CODED, "note")]
    blocks += [_turn(turn, revision, passages, about.language, codebook) for turn in revision.turns]
    blocks += _between(revision.turns, passages, about.language, codebook)
    blocks += _codes(passages, codebook)
    return Report(about.name, tuple(blocks), subtitle=study, made_by=tuple(made_by))


def _passages(codings: Sequence[Coding]) -> list[_Passage]:
    """Return the passages in order; of two that begin together the longer comes first."""
    ordered = sorted(codings, key=lambda one: (one.start, -one.end, one.code, one.coder.casefold(), one.id))
    grouped = groupby(ordered, key=lambda one: (one.start, one.end))
    return [_Passage(n, start, end, tuple(same)) for n, ((start, end), same) in enumerate(grouped, 1)]


def _facts(
    about: Transcript, revision: Revision, codings: Sequence[Coding], passages: Sequence[_Passage]
) -> tuple[tuple[str, str], ...]:
    coders = sorted({one.coder for one in codings}, key=str.casefold)
    facts = [
        ("Case", about.case or ""),
        ("Language", about.language or ""),
        ("Speakers", ", ".join(about.speakers)),
        ("Size", f"{plural(len(revision.turns), 'turn')}, {plural(len(revision.text), 'character')}"),
        ("Coded", f"{plural(len(passages), 'passage')}, {plural(len(codings), 'coding')}" if codings else ""),
        ("Coders", ", ".join(coders)),
    ]
    return tuple((name, value) for name, value in facts if value)


def _turn(
    turn: Turn,
    revision: Revision,
    passages: Sequence[_Passage],
    language: str | None,
    codebook: CodebookVersion | None,
) -> CodedTurn:
    here = [one for one in passages if one.start < turn.end and turn.start < one.end]
    parts = [str(turn.n), turn.speaker or WITHOUT_SPEAKER, clock(turn.time)]
    notes = tuple((str(one.number), _note(one, turn, revision.turns, codebook)) for one in here)
    return CodedTurn(" · ".join(part for part in parts if part), _pieces(revision.text, turn, here), notes, language)


def _pieces(text: str, turn: Turn, passages: Sequence[_Passage]) -> Pieces:
    """Return the words of a turn cut where a passage begins or ends, the marks of those that end before the others."""
    begins: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for one in passages:
        begins.setdefault(max(one.start, turn.start), []).append(f"[{one.number}")
        ends.setdefault(min(one.end, turn.end), []).insert(0, f"{one.number}]")
    pieces: list[tuple[str, str]] = []
    cuts = sorted({turn.start, turn.end, *begins, *ends})
    open_ = 0
    for place, following in zip(cuts, [*cuts[1:], None], strict=True):
        closed, opened = ends.get(place, []), begins.get(place, [])
        open_ += len(opened) - len(closed)
        pieces += [("\N{NARROW NO-BREAK SPACE}".join(marks), "mark") for marks in (closed, opened) if marks]
        if following is not None:
            pieces.append((Span(place, following).of(text), "coded" if open_ else ""))
    return tuple(pieces)


def _note(one: _Passage, turn: Turn, turns: Sequence[Turn], codebook: CodebookVersion | None) -> str:
    touched = [each.n for each in turns if one.start < each.end and each.start < one.end]
    if touched[0] != turn.n:
        return f"goes on from turn {touched[0]:,}, where its codes stand"
    ended = f" · goes on to turn {touched[-1]:,}" if len(touched) > 1 else ""
    return f"{_coded(one, codebook)}{ended}{_memos(one)}"


def _coded(one: _Passage, codebook: CodebookVersion | None) -> str:
    """Return `Money (FUND) [ana, ben]; Trust (TRUST) [ana]`."""
    said = []
    for code, same in groupby(one.codings, key=lambda coding: coding.code):
        codings = list(same)
        waits = ", waits for a decision" if any(coding.status == "pending" for coding in codings) else ""
        said.append(f"{_named(code, codebook)} [{', '.join(dict.fromkeys(c.coder for c in codings))}{waits}]")
    return "; ".join(said)


def _memos(one: _Passage) -> str:
    return "".join(f"\nMemo [{coding.coder}]: {coding.memo}" for coding in one.codings if coding.memo)


def _named(code: str, codebook: CodebookVersion | None) -> str:
    entry = codebook.by_key.get(code.casefold()) if codebook else None
    return f"{entry.name} ({code})" if entry and entry.name != code else code


def _between(
    turns: Sequence[Turn], passages: Sequence[_Passage], language: str | None, codebook: CodebookVersion | None
) -> list[Block]:
    """Return the passages that lie on no turn (on labels, say), so that none is left out."""
    alone = [one for one in passages if not any(one.start < t.end and t.start < one.end for t in turns)]
    if not alone:
        return []
    quotes = [
        Quote(
            one.codings[0].quote,
            f"{one.number} · at {one.start:,}–{one.end:,} · {_coded(one, codebook)}",
            memo=_memos(one).strip(),
            language=language,
        )
        for one in alone
    ]
    return [Heading("Passages between the turns"), Quotes(tuple(quotes))]


def _codes(passages: Sequence[_Passage], codebook: CodebookVersion | None) -> list[Block]:
    """Return the table of codes in the codebook's order, each with the numbers of its passages."""
    order = {code.key: n for n, code in enumerate(codebook.codes)} if codebook else {}
    used = sorted({c.code for one in passages for c in one.codings}, key=lambda key: (order.get(key, len(order)), key))
    rows: list[tuple[Cell, ...]] = []
    for code in used:
        here = [one for one in passages if any(coding.code == code for coding in one.codings)]
        every = sum(coding.code == code for one in here for coding in one.codings)
        rows.append((_named(code, codebook), every, ", ".join(str(one.number) for one in here)))
    if not rows:
        return []
    columns = ("Code", "Codings", "Passages")
    return [
        Heading("The codes"),
        Table("Codes of this transcript and the numbers of their passages", columns, tuple(rows), data=True),
    ]
