"""Sets a coding that waits for reading: where it stands, why it waits, its passage, and where it may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from textual.content import Content

from qcode.domain.codebook import Code
from qcode.tui.lettering import called, in_lines, marked, one_line, plural, safe, styled, wrapped

if TYPE_CHECKING:
    from qcode.study.queue import QueueItem

__all__ = [
    "LOOK",
    "candidates_of",
    "decided_of",
    "head_of",
    "hints_of",
    "is_lost",
    "nothing_of",
    "numbered",
    "passage_of",
    "reason_of",
]

KEYS = 9
SEVERAL = (("1…9", "mark"), ("c", "another code"), ("Enter", "allocate to those marked"), ("Space Esc", "one only"))
LOOK = """
QueueScreen > #sheet { max-height: 34; }
QueueScreen Static { height: auto; }
QueueScreen #why { max-height: 3; color: $text-muted; }
QueueScreen VerticalScroll { height: 1fr; min-height: 3; margin-top: 1; background: $surface; }
QueueScreen #candidates { margin-top: 1; }
QueueScreen.-empty #passage, QueueScreen.-empty #candidates, QueueScreen.-empty #why { display: none; }
"""
"""The look of the queue."""

_CHANGES = {"split": "was split in", "redefine": "was redefined in", "edit": "is only a heading since"}


def numbered(item: QueueItem) -> tuple[str, ...]:
    """Return the codes under the keys 1 to 9: all it may go to, or where they are more, those that are suggested."""
    return item.candidates if len(item.candidates) <= KEYS else item.suggested[:KEYS]


def is_lost(item: QueueItem) -> bool:
    """Tell whether the words of a coding are gone from its corrected transcript, so that it has to be placed anew."""
    return item.change == "revise"


def nothing_of(others: int, *, is_read: bool) -> Content:
    """Return what is said where nothing waits here: `others` are the codings of other coders, not shown now."""
    if others:
        return styled(
            f"Nothing of yours waits for a decision. {plural(others, 'coding')} of other coders: o shows them."
        )
    return styled("Nothing waits for a decision." if is_read else "The queue could not be read.")


def hints_of(item: QueueItem | None, *, everyone: bool, can_undo: bool, several: bool = False) -> list[tuple[str, str]]:
    """Return the keys that do something with a coding, or where none waits; `several` codes may be chosen for it."""
    if several:
        return list(SEVERAL)
    back = [("z", "undo")] if can_undo else []
    others = [("o", "only mine" if everyone else "of others too")]
    if item is None:
        return [*back, *others, ("Esc", "back")]
    first = [("1…9", "allocate"), ("Space", "to several")] if numbered(item) else []
    keep = [("k", "keep")] if item.kept else []
    choose = ("p", "place it by its words") if is_lost(item) else ("c", "choose a code")
    rest = [choose, *keep, ("x", "withdraw"), ("w", "give a reason"), ("i", "definition")]
    return [*first, *rest, *back, ("↑ ↓", "go on without deciding"), *others, ("Esc", "back")]


def decided_of(item: QueueItem, coder: str, *, to: Sequence[str], keep: bool, withdraw: bool) -> str:
    """Return what was decided on a coding, in a sentence that says whose it was where it is not that of `coder`."""
    one = item.coding
    code = one.code if one.coder == coder else f"{one.coder}'s {one.code}"
    done = f"kept {code}" if keep else f"withdrew {code}" if withdraw else f"allocated {code} to {', '.join(to)}"
    return f"{done}; z takes it back"


def head_of(item: QueueItem, n: int, of: int) -> Content:
    """Return which coding this is, and where it stands."""
    one = item.coding
    place = [one.transcript, *([f"turn {item.turn}"] if item.turn is not None else [])]
    place += [item.speaker] if item.speaker else []
    return Content.assemble(
        (f"{n} of {of}", "bold"),
        "   ",
        (one_line(one.code), "bold $accent"),
        f" by {one_line(one.coder)}   ",
        (one_line(", ".join(place)), "$text-muted"),
    )


def reason_of(item: QueueItem, width: int) -> Content:
    """Return why the coding waits, in at most two lines, and its memo in one."""
    effect = f" ({item.effect})" if item.effect else ""
    text = f"{item.coding.code} {_CHANGES.get(item.change, 'was changed in')} {item.under}{effect}"
    text = item.coding.code if is_lost(item) else text
    lines = in_lines(styled(one_line(f"{text}: {item.why}" if item.why else text)), width, 2)
    if item.coding.memo:
        lines += in_lines(styled(f"memo: {one_line(item.coding.memo)}"), width, 1)
    return Content("\n").join(lines)


def passage_of(item: QueueItem, before: str, after: str, *, around: int, width: int) -> Content:
    """Return the passage with what stands around it: its own words bold, those found in it underlined as well."""
    words = list(dict.fromkeys(chain.from_iterable(item.found.values())))
    passage = Content.assemble(
        styled(_from_a_word(before, around), "$text-muted"),
        styled("▸", "bold"),
        marked(item.coding.quote, words, style="bold"),
        styled("◂", "bold"),
        styled(_to_a_word(after, around), "$text-muted"),
    )
    return Content("\n").join(wrapped(passage, width))


def _from_a_word(before: str, around: int) -> str:
    """Return what stands before from its first whole word on, where it was cut."""
    if len(before) < around:
        return before
    _, blank, rest = before.partition(" ")
    return f"… {rest}" if blank else f"…{before}"


def _to_a_word(after: str, around: int) -> str:
    if len(after) < around:
        return after
    rest, blank, _ = after.rpartition(" ")
    return f"{rest} …" if blank else f"{after}…"


def candidates_of(
    item: QueueItem,
    codes: Mapping[str, Code],
    inks: Mapping[str, str],
    marks: Sequence[str],
    width: int,
    language: str | None = None,
) -> Content:
    """Return the codes it may go to with their numbers, the words found for each, and which are marked."""
    keys = numbered(item)
    lines = [_candidate(n, key, item, codes, inks, key in marks, language) for n, key in enumerate(keys, 1)]
    more = len(item.candidates) - len(keys)
    if more > 0:
        suggested = "or any" if keys else "may go to any"
        lines.append(styled(f"  {suggested} of {more} {'other ' if keys else ''}codes: c", "$text-muted"))
    further = [key for key in marks if key not in keys]
    if further:
        lines.append(styled(f"✓ {', '.join(further)}", "bold"))
    if len(lines) > 4 and width >= 70:
        return _in_two(lines, width)
    return Content("\n").join(in_lines(line, width, 1)[0] for line in lines)


def _candidate(
    n: int,
    key: str,
    item: QueueItem,
    codes: Mapping[str, Code],
    inks: Mapping[str, str],
    is_marked: bool,
    language: str | None,
) -> Content:
    code = codes.get(key)
    found = ", ".join(item.found.get(key, ()))
    return Content.assemble(
        styled("✓ " if is_marked else "  ", "bold"),
        styled(f"{n} ", "bold"),
        styled("■ ", inks.get(key) or (code.color if code else "")),
        styled(key, "bold"),
        styled(f"  ← {one_line(found)}", "italic") if key in item.suggested and found else "",
        f"  {safe(called(code, language))}" if code else "",
    )


def _in_two(lines: Sequence[Content], width: int) -> Content:
    """Return `lines` in two columns, read downwards."""
    half, room = -(-len(lines) // 2), (width - 2) // 2
    rows = []
    for n in range(half):
        left = in_lines(lines[n], room, 1)[0]
        right = in_lines(lines[n + half], room, 1)[0] if n + half < len(lines) else Content()
        rows.append(Content.assemble(left.pad_right(room + 2 - left.cell_length), right))
    return Content("\n").join(rows)
