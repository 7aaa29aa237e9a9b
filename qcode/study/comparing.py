"""Lays the codings of two coders on one transcript side by side, code by code: where both, where only one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qcode.domain.coding import Coding
from qcode.domain.span import Span, common, without
from qcode.errors import BadValue
from qcode.store import coders as coder_rows
from qcode.store import transcripts as transcript_rows
from qcode.store.engine import Store
from qcode.store.newest import newest_n
from qcode.study.codes import choose_version
from qcode.study.codings import list_codings
from qcode.study.selection import Filters, resolve

__all__ = ["CodeComparison", "Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class CodeComparison:
    """The stretches that two coders coded with one code: `both`, `first_only` and `second_only` share no position.

    Several codings of a coder that overlap or touch are one stretch.
    """

    code: str
    both: tuple[Span, ...]
    first_only: tuple[Span, ...]
    second_only: tuple[Span, ...]

    @property
    def both_characters(self) -> int:
        """Return how many characters both coders coded."""
        return _characters(self.both)

    @property
    def first_only_characters(self) -> int:
        """Return how many characters only the first coder coded."""
        return _characters(self.first_only)

    @property
    def second_only_characters(self) -> int:
        """Return how many characters only the second coder coded."""
        return _characters(self.second_only)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two coders on one transcript: `codes` are those that either used, in the order of the codebook.

    Positions are those of the text's `revision` (its number): the newest, or that with which an older version was left.
    Behind them stand codes that the version has no more, where codings of them still wait for a decision.
    """

    transcript: str
    transcript_id: str
    first: str
    second: str
    codebook: str
    version: str
    revision: int
    codes: tuple[CodeComparison, ...]
    first_codings: tuple[Coding, ...]
    second_codings: tuple[Coding, ...]


def compare(
    store: Store,
    transcript: str,
    first: str,
    second: str,
    *,
    codebook: str | None = None,
    codes: Sequence[str] = (),
) -> Comparison:
    """Return where the codings of two coders agree, from those that stand, waiting ones included.

    `codebook` is `NAME` or `NAME@V`; `codes` narrows it to these and those below them. Raises NotFound for a name that
    is not known, Ambiguous where there are several codebooks and none is named, BadValue for one coder named twice.
    """
    with store.read() as connection:
        row = transcript_rows.transcript_row(connection, transcript)
        (one, ours), (other, theirs) = (coder_rows.coder_row(connection, name) for name in (first, second))
        if one == other:
            raise BadValue(f"{ours.name} is named twice", mend="name two coders; see: qcode coder list")
        version = choose_version(connection, codebook)
        by_first, by_second = (
            list_codings(
                connection,
                Filters(codes=tuple(codes), coders=(who.id,), transcripts=(row.uuid,), codebook=version.label),
                placed=True,
            )
            for who in (ours, theirs)
        )
        up_to = resolve(connection, Filters(codebook=version.label)).chosen.up_to
        revision = newest_n(connection, row.id, up_to)
    return Comparison(
        transcript=row.name,
        transcript_id=row.uuid,
        first=ours.name,
        second=theirs.name,
        codebook=version.row.codebook,
        version=version.row.version,
        revision=revision,
        codes=tuple(_by_code([code.key for code in version.content.codes], by_first, by_second)),
        first_codings=tuple(by_first),
        second_codings=tuple(by_second),
    )


def _by_code(keys: Iterable[str], first: Sequence[Coding], second: Sequence[Coding]) -> Iterable[CodeComparison]:
    used = {one.code for one in (*first, *second)}
    for key in dict.fromkeys([*(key for key in keys if key in used), *sorted(used)]):
        ours, theirs = _spans(first, key), _spans(second, key)
        both, only, other = common(ours, theirs), without(ours, theirs), without(theirs, ours)
        yield CodeComparison(key, tuple(both), tuple(only), tuple(other))


def _spans(codings: Iterable[Coding], key: str) -> list[Span]:
    return [Span(one.start, one.end) for one in codings if one.code == key]


def _characters(spans: Iterable[Span]) -> int:
    return sum(map(len, spans))
