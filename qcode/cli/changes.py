"""Tells the changes of a codebook as text: what changed, why, which codings it touches and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from qcode.analysis.layout import display_width
from qcode.cli.lines import READABLE, terminal_width, wrapped
from qcode.cli.output import plural
from qcode.domain.told import ToldChange

if TYPE_CHECKING:
    from qcode.study.planning import PlannedChange

__all__ = ["as_row", "difference_as_text", "plan_as_text"]

WITH_FATE = ("split", "merge", "retire", "revive", "redefine", "rename")
"""The changes that are told one by one in a plan; the others leave every coding as it is."""

NOTHING = "(nothing)"


def as_row(one: PlannedChange) -> dict[str, Any]:
    """Return a change with the keys of the contract, and why, and in how many transcripts it touches codings."""
    return {
        "change": one.told.change,
        "codes": list(one.told.codes),
        "into": list(one.told.into),
        "effect": one.told.effect,
        "fields": list(one.told.fields),
        "codings": one.codings,
        "why": one.told.why,
        "transcripts": one.transcripts,
    }


def plan_as_text(planned: Sequence[PlannedChange]) -> str:
    """Return what a following version changes and what becomes of the codings; what opens work comes first."""
    told = [one for one in _in_order(planned) if _has_fate(one)]
    parts = [_with_fate(one, planned) for one in told]
    others = [one.told for one in planned if not (_has_fate(one) or _goes_with_a_split(one))]
    if others:
        head = f"{'besides, ' if told else ''}changes that leave every coding as it is"
        parts.append("\n".join([head, *(_item(line) for line in _short(others))]))
    return "\n\n".join(parts)


def difference_as_text(planned: Sequence[PlannedChange]) -> str:
    """Return what differs between two versions, with the words before and after."""
    return "\n\n".join(
        "\n".join(
            [
                _head(_said(one.told)),
                *_indented(one.told.why),
                *_indented(_counted(one) if one.codings else ""),
                *_texts(one.told),
            ]
        )
        for one in _in_order(planned)
    )


def _in_order(planned: Sequence[PlannedChange]) -> list[PlannedChange]:
    from qcode.reports.change_words import KINDS, kind_of

    order = list(KINDS)
    return sorted(planned, key=lambda one: order.index(kind_of(one.told)))


def _has_fate(one: PlannedChange) -> bool:
    return one.told.change in WITH_FATE or one.happens.startswith("wait:")


def _goes_with_a_split(one: PlannedChange) -> bool:
    """Tell whether a change is only that a code became the heading of those that it was split into."""
    return one.happens.startswith("wait,") and one.told.fields == ("codable",)


def _with_fate(one: PlannedChange, planned: Sequence[PlannedChange]) -> str:
    lines = [_head(_said(one.told)), *_indented(one.told.why), *_arrow(_fate(one))]
    if one.told.change == "split" and any(_goes_with_a_split(p) and p.told.ids == one.told.ids for p in planned):
        lines += _arrow(f"{one.told.codes[0]} is only a heading now")
    return "\n".join(lines)


def _said(told: ToldChange) -> str:
    codes, into = ", ".join(told.codes), ", ".join(told.into)
    match told.change:
        case "split" | "merge":
            return f"{told.change} {codes} into {into}"
        case "rename":
            return f"rename {codes} to {into}"
        case "redefine":
            return f"redefine {codes}{f' ({told.effect})' if told.effect else ''}: {_fields(told)}"
        case "name":
            return f"name {codes}: {told.texts[0][1]} -> {told.texts[0][2]}"
        case "move":
            _, was, now = told.texts[0]
            return f"move {codes} from {was} to {now}"
        case "edit" if told.fields == ("order",):
            return told.texts[0][0].replace("order", "order the codes", 1)
        case "edit":
            return f"edit {codes}: {_fields(told)}"
    return f"{told.change} {codes}"


def _fields(told: ToldChange) -> str:
    words = {("codable", "yes", "no"): "only a heading now", ("codable", "no", "yes"): "takes codings now"}
    said = {text[0]: words[text] for text in told.texts if text in words}
    return ", ".join(said.get(name, name) for name in told.fields)


def _short(told: Iterable[ToldChange]) -> Iterator[str]:
    """Yield one line for each change, and one for all codes that were added."""
    added, others = list[str](), list[str]()
    for one in told:
        if one.change == "add":
            added += one.codes
        else:
            others.append(_said(one))
    if added:
        yield f"add {', '.join(added)}"
    yield from others


def _fate(one: PlannedChange) -> str:
    if not one.codings:
        return "no coding is touched"
    happens = one.happens
    if one.codings == 1:
        happens = re.sub(r"^(wait|move|stand)\b", r"\1s", happens).replace("are ", "is ", 1)
    return f"{_counted(one)} {happens}"


def _counted(one: PlannedChange) -> str:
    return f"{plural(one.codings, 'coding')} in {plural(one.transcripts, 'transcript')}"


def _texts(told: ToldChange) -> Iterator[str]:
    if told.change in ("rename", "name", "move"):
        return
    for name, before, after in told.texts:
        line = f"    {name}: {before or NOTHING} -> {after or NOTHING}"
        if display_width(line) <= _width() and "\n" not in line:
            yield line
        else:
            yield from _both(name, before, after)


def _both(name: str, before: str, after: str) -> Iterator[str]:
    """Yield a field's words before and after; what differs stands in square brackets."""
    from qcode.reports.wording import wording

    found = wording(name, before, after)
    yield f"    {name}"
    for label, pieces in (("before", found.before), ("after", found.after)):
        text = "".join(_marked(words) if marked else words for words, marked in pieces)
        yield f"      {label:<6}  {wrapped(text or NOTHING, indent=14).lstrip()}"


def _marked(words: str) -> str:
    """Return words in square brackets, blanks around them outside."""
    bare = words.strip()
    before, _, after = words.partition(bare)
    return f"{before}[{bare}]{after}" if bare else words


def _head(text: str) -> str:
    return wrapped(text, indent=4)[4:]


def _item(text: str) -> str:
    return wrapped(text, indent=4)[2:]


def _indented(text: str) -> list[str]:
    return [wrapped(text, indent=4)] if text else []


def _arrow(text: str) -> list[str]:
    return [f"    -> {wrapped(text, indent=7).lstrip()}"]


def _width() -> int:
    return min(READABLE, terminal_width() or READABLE)
