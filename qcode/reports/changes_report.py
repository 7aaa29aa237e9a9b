"""The report on what differs between two versions of a codebook: what changed, why, and what it means for codings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.told import ToldChange
from qcode.reports.change_words import KINDS, MEANING, few, heading, kind_of, noun
from qcode.reports.report import Block, Cell, Facts, Heading, Report, Table, Text
from qcode.reports.wording import wording
from qcode.reports.words import listed, plural

__all__ = ["change_table", "changes", "counted_kinds"]

FIELDS = {
    "code": "Key",
    "name": "Name",
    "names": "Other names",
    "brief": "In short",
    "definition": "Definition",
    "when": "When to use",
    "when_not": "When not to use",
    "examples": "Examples",
    "aliases": "Also called",
    "terms": "Words that suggest it",
    "origin": "Comes from",
    "color": "Colour",
    "codable": "Takes codings",
    "parent": "Under",
}
"""What the fields of a code are called in a report."""

MARKED = (
    "Below each code stand its words in both versions; the words that differ are struck out before and underlined "
    "after. Texts that have little in common carry no marks."
)


def changes(
    old: CodebookVersion,
    new: CodebookVersion,
    told: Sequence[ToldChange],
    *,
    counts: Sequence[int | None],
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report on what lies between two versions; `counts` are the codings that each change touches."""
    title = f"From version {old.version} to version {new.version}"
    name = new.title if new.title in ("", new.codebook) else f"{new.title} ({new.codebook})"
    subtitle = " · ".join(part for part in (study, f"Codebook {name or new.codebook}") if part)
    listed_changes = list(zip(told, counts, strict=True))
    blocks: list[Block]
    if told:
        blocks = [
            Heading("What differs"),
            Text(_said(old, new, told)),
            change_table(told, counts),
            Text(MARKED, "note"),
        ]
        for kind in KINDS:
            blocks += _section(kind, [one for one in listed_changes if kind_of(one[0]) == kind], old, new)
    else:
        blocks = [Text(f"No code differs between versions {old.version} and {new.version} of the codebook.")]
    return Report(title, tuple(blocks), subtitle=subtitle, made_by=tuple(made_by))


def _said(old: CodebookVersion, new: CodebookVersion, told: Sequence[ToldChange]) -> str:
    sizes = f"from {plural(len(old.codes), 'entry', 'entries')} to {len(new.codes):,}"
    note = f" {new.version} was made with this note: {new.note}" if new.note and new.note != old.note else ""
    return f"{plural(len(told), 'change')} ({counted_kinds(told)}), {sizes}.{note}"


def counted_kinds(told: Iterable[ToldChange]) -> str:
    """Return `1 split, 2 additions and 1 change of key`."""
    kinds = [one.change for one in told]
    order = dict.fromkeys(("split", "merge", "retire", "revive", "redefine", "rename", "add", "move", "name", "edit"))
    return listed([noun(kind, kinds.count(kind)) for kind in order if kind in kinds])


def change_table(
    told: Sequence[ToldChange], counts: Sequence[int | None], *, caption: str = "The changes", sheet: str = "Changes"
) -> Table:
    """Return the changes as a table, what the coders have work with first."""
    order = list(KINDS)
    pairs = sorted(zip(told, counts, strict=True), key=lambda pair: order.index(kind_of(pair[0])))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.change, few(one.codes), few(one.into), _effect(one), number, one.why) for one, number in pairs
    )
    columns = ("Change", "Codes", "Into", "Details", "Codings", "Why")
    note = "Codings: how many made so far the change touches; – where that was not counted."
    undefined = any(number is None for number in counts)
    return Table(caption, columns, rows, note=note if undefined else "", data=True, sheet=sheet)


def _effect(told: ToldChange) -> str:
    """Return a redefinition's effect, or the fields that differ, where the other columns do not say it."""
    if told.change == "redefine":
        fields = ", ".join(FIELDS.get(name, name).lower() for name in told.fields)
        return ": ".join(part for part in (told.effect or "", fields) if part)
    if told.change in ("move", "name"):
        return f"{told.texts[0][1]} → {told.texts[0][2]}" if told.texts else ""
    return ", ".join(FIELDS.get(name, name).lower() for name in told.fields if name != "code")


def _section(
    kind: str, found: Sequence[tuple[ToldChange, int | None]], old: CodebookVersion, new: CodebookVersion
) -> list[Block]:
    if not found:
        return []
    blocks: list[Block] = [Heading(KINDS[kind]), Text(MEANING[kind])]
    for told, number in found:
        code = new.by_key.get(told.codes[-1].casefold()) or old.by_key.get(told.codes[0].casefold())
        blocks.append(Heading(heading(told), 2, code.color if code else ""))
        facts = [("Why", told.why), ("Codings", "" if number is None else f"{number:,}"), *_codes(told, old, new)]
        if shown := tuple((name, text) for name, text in facts if text):
            blocks.append(Facts(shown))
        blocks += [wording(_field(name), before, after) for name, before, after in told.texts]
    return blocks


def _field(name: str) -> str:
    return FIELDS.get(name) or name[:1].upper() + name[1:]


def _codes(told: ToldChange, old: CodebookVersion, new: CodebookVersion) -> list[tuple[str, str]]:
    """Return the codes that a change of the tree names, with what they stand for: those before, then those after."""
    if told.change not in ("split", "merge", "retire", "revive", "add"):
        return []
    before, after = (told.codes, told.into) if told.change not in ("revive", "add") else ((), told.codes)
    entries = [(key, old) for key in before if key not in after] + [(key, new) for key in after]
    found = ((key, version, version.by_key.get(key.casefold())) for key, version in entries)
    return [(f"{key} ({version.version})", _entry(code)) for key, version, code in found if code is not None]


def _entry(code: Code) -> str:
    name = "" if code.name == code.key else code.name
    parts = (name, code.definition or code.brief, code.when and f"When to use: {code.when}")
    last = code.when_not and f"When not to use: {code.when_not}"
    return "\n".join(part for part in (*parts, last) if part) or "No definition."
