"""What the plain mode says: turns, selections, codings and codes in whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qcode.cli.output import plural
from qcode.domain.codebook import Code

if TYPE_CHECKING:
    from qcode.domain.coding import Coding
    from qcode.domain.transcript import Turn
    from qcode.study.in_vivo import DraftMark
    from qcode.study.queue import QueueItem
    from qcode.study.reading import Progress

__all__ = [
    "closed",
    "coding_line",
    "definition",
    "joined",
    "mark_line",
    "numbers",
    "one_line",
    "progress_line",
    "queue_lines",
    "quoted",
    "time_of",
    "turn_name",
]

LONGEST = 160
"""A quote is read back whole up to so many characters; of a longer one the beginning and the end."""

_range = re.compile(r"(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?")


def one_line(text: str) -> str:
    """Return a text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Return a quote in quotation marks, its middle left out where it is long."""
    line = one_line(text)
    if len(line) <= LONGEST:
        return f"“{line}”"
    half = LONGEST // 2
    return f"“{line[:half].rstrip()} … {line[-half:].lstrip()}”"


def closed(said: str) -> str:
    """Return what is said with a full stop, unless the quote at its end has one."""
    return said if said.rstrip("”")[-1:] in ".!?…。！？" else f"{said}."


def joined(parts: Iterable[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def time_of(seconds: float) -> str:
    """Return seconds as `00:03:12`."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def numbers(typed: str) -> tuple[int, int] | None:
    """Return the first and the last of `2`, `2-3` or `3-2`, or None for what is no number."""
    found = _range.fullmatch(typed.strip())
    if not found:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return min(first, last), max(first, last)


def turn_name(turn: Turn, turns: int) -> str:
    """Return `Turn 12 of 212, R1, 00:03:12`."""
    parts = [f"Turn {turn.n:,} of {turns:,}"]
    parts += [turn.speaker] if turn.speaker else []
    parts += [time_of(turn.time)] if turn.time is not None else []
    return ", ".join(parts)


def coding_line(coding: Coding, mine: bool) -> str:
    """Return a coding in words: its code, its quote, whose it is, what it waits for, its memo."""
    parts = [f"{coding.code} on {quoted(coding.quote)}", "yours" if mine else f"by {coding.coder}"]
    parts += ["waits for a decision"] if coding.status == "pending" else []
    parts += ["on a retired code"] if coding.status == "frozen" else []
    return f"{', '.join(parts)}, id {coding.id[:8]}." + (f" Memo: {one_line(coding.memo)}" if coding.memo else "")


def mark_line(mark: DraftMark, mine: bool) -> str:
    """Return a passage that is marked with a code to come."""
    whose = "yours" if mine else f"by {mark.coder}"
    return f"{mark.key} on {quoted(mark.quote)}, {whose}, a code of the draft, id {mark.id[:8]}."


def definition(code: Code) -> list[str]:
    """Return what is known of a code, a line each."""
    called = [name for _, name in code.names] + list(code.aliases)
    others = [name for name in dict.fromkeys(called) if name != code.name]
    lines = [f"{code.key}: {code.name}." + ("" if code.codable else " It is only a heading.")]
    lines += [f"Also called: {', '.join(others)}."] if others else []
    fields = (("In short", code.brief), ("Definition", code.definition), ("When", code.when), ("Not", code.when_not))
    lines += [f"{name}: {one_line(text)}" for name, text in fields if text]
    lines += [f"Example: {quoted(example)}" for example in code.examples]
    return lines


def progress_line(one: Progress, here: bool) -> str:
    """Return how far a coder is with a transcript."""
    read = f"{round(100 * one.read / one.characters) if one.characters else 0} percent read"
    parts = [one.name, f"{one.characters:,} characters", read if one.opened_at else "not opened yet"]
    parts += [plural(one.codings, "coding")]
    parts += [f"{one.pending:,} waiting for a decision"] if one.pending else []
    return ", ".join(parts) + (". You are here." if here else ".")


def queue_lines(item: QueueItem, n: int, of: int) -> list[str]:
    """Return a coding that waits: where it stands, why it waits, where it may go."""
    coding = item.coding
    place = [f"{n:,} of {of:,}: {coding.transcript}"]
    place += [f"turn {item.turn}"] if item.turn is not None else []
    place += [item.speaker] if item.speaker else []
    happened = {"split": "was split", "redefine": "was narrowed", "edit": "became a heading"}
    why = f"{coding.code} {happened.get(item.change, 'was changed')} in version {item.under}"
    why = coding.code if item.change == "revise" else why
    why += f": {one_line(item.why)}" if item.why else ""
    found = (f"{code} ({joined(item.found[code])})" for code in item.suggested)
    lines = [", ".join(place) + ".", quoted(coding.quote), f"Coded {coding.code} by {coding.coder}. {why.rstrip('.')}."]
    return lines + ([f"Its words suggest {joined(found)}."] if item.suggested else [])
