"""The report on a codebook: every code with its place, its definition and its rules of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qcode.domain.codebook import Code, CodebookVersion
from qcode.reports.report import Block, Cell, Facts, Heading, Report, Table, Text
from qcode.reports.words import NONE_PENDING, left_out, plural

__all__ = ["codebook", "codebook_blocks"]

_INDENT = "\u2003"
_DEEPEST = 3


def codebook(
    version: CodebookVersion,
    *,
    counts: Mapping[str, int] | None = None,
    pending: Mapping[str, int] = NONE_PENDING,
    title: str = "",
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report on `version`; `counts` says how many codings each key carries (missing: none).

    `pending` are the codings by key that wait for a decision and are not in `counts`.
    """
    title = title or version.title or version.codebook
    subtitle = " · ".join(part for part in (study, f"Codebook {version.codebook}, version {version.version}") if part)
    blocks = codebook_blocks(version, counts=counts, pending=pending)
    return Report(title, tuple(blocks), subtitle=subtitle, made_by=tuple(made_by))


def codebook_blocks(
    version: CodebookVersion,
    *,
    counts: Mapping[str, int] | None = None,
    pending: Mapping[str, int] = NONE_PENDING,
    level: int = 1,
) -> list[Block]:
    """Return the table of all codes and an entry for each, headings from `level`."""
    codable = sum(code.codable for code in version.codes)
    said = f"{plural(codable, 'code')} under {plural(len(version.codes) - codable, 'heading')}."
    blocks: list[Block] = [Heading("All codes", level), Text(said)]
    if waiting := left_out(pending):
        blocks.append(Text(waiting))
    if version.note:
        blocks.append(Text(version.note))
    if not version.codes:
        return blocks
    blocks.append(_overview(version, counts))
    for depth, code in version.walk():
        blocks += _entry(version, code, level + min(depth, _DEEPEST - level), counts)
    return blocks


def _overview(version: CodebookVersion, counts: Mapping[str, int] | None) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for depth, code in version.walk():
        row: tuple[Cell, ...] = (code.key, _INDENT * depth + code.name, "code" if code.codable else "heading")
        rows.append(row if counts is None else (*row, counts.get(code.key, 0) if code.codable else ""))
    columns = ("Key", "Name", "Kind") if counts is None else ("Key", "Name", "Kind", "Codings")
    return Table("The codes in their order", columns, tuple(rows), data=True, sheet="Codes")


def _entry(version: CodebookVersion, code: Code, level: int, counts: Mapping[str, int] | None) -> list[Block]:
    heading = Heading(code.key if code.name == code.key else f"{code.name} ({code.key})", level, code.color)
    pairs = [(name, text) for name, text in _parts(version, code, counts) if text]
    return [heading, Facts(tuple(pairs))] if pairs else [heading]


def _parts(version: CodebookVersion, code: Code, counts: Mapping[str, int] | None) -> list[tuple[str, str]]:
    above = [parent.name for parent in reversed(version.ancestors(code.key))]
    counted = "" if counts is None or not code.codable else f"{counts.get(code.key, 0):,}"
    return [
        ("Under", " › ".join(above)),
        ("In short", code.brief),
        ("Definition", code.definition),
        ("When to use", code.when),
        ("When not to use", code.when_not),
        ("Examples", "\n".join(code.examples)),
        ("Other names", "\n".join(f"{language}: {name}" for language, name in code.names)),
        ("Also called", ", ".join(code.aliases)),
        ("Comes from", code.origin),
        ("Codings", counted),
    ]
