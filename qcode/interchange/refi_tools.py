"""How each program wants the texts and positions of a REFI-QDA project: one row a program."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from qcode.errors import BadValue

__all__ = ["STANDARD", "TOOLS", "Ruler", "Tool", "tool_named"]


@dataclass(frozen=True, slots=True)
class Tool:
    """The habits of a program (`title`); the standard's where it is not known to differ.

    `lines_count` is what a line break counts in positions, `units` whether a sign beyond U+FFFF counts two (None: not
    known, and then it is written as one); `capitals` whether identities stand in capitals, `one_name` whether no two
    codes may have one name; `advice` what a person who uses it should know.
    """

    title: str
    line_break: str = "\n"
    lines_count: int = 1
    units: bool | None = False
    mark: bool = False
    capitals: bool = False
    one_name: bool = False
    advice: str = ""

    @property
    def rule(self) -> str:
        """Return how positions are counted, in the words in which a reader tells it and can be told."""
        unit = "utf16" if self.units else "code points"
        return f"{unit}, CRLF {'one' if self.lines_count == 1 else 'two'}, BOM not counted"


STANDARD = Tool("")

TOOLS = {
    "nvivo": Tool("NVivo", "\r\n", lines_count=2, units=True, mark=True),
    "atlas.ti": Tool("ATLAS.ti", units=None, capitals=True),
    "maxqda": Tool("MAXQDA", "\r\n", units=None, capitals=True),
    "qualcoder": Tool("QualCoder", one_name=True),
    "taguette": Tool(
        "Taguette",
        advice="Taguette itself opens no such project: give it the interviews as documents, and the codes "
        "as a table (qcode codebook export -o codes.csv); the project is as the standard has it",
    ),
}
"""The programs that open a project, by the name that people type."""

BEYOND = re.compile("[\U00010000-\U0010ffff]")


def tool_named(name: str | None) -> Tool:
    """Return the habits of the program with this name, ignoring case; None is the standard. Raises BadValue."""
    if name is None:
        return STANDARD
    asked = name.strip().casefold()
    if asked not in TOOLS:
        raise BadValue(f"qcode does not know the program {name!r}", mend=f"known are {', '.join(TOOLS)}")
    return TOOLS[asked]


class Ruler:
    """Measures one text as a program does: its bytes, and its positions for ours."""

    def __init__(self, text: str, tool: Tool) -> None:
        self._text, self._tool = text, tool
        longer = ("\n" if tool.lines_count == 2 else "") + ("\U00010000-\U0010ffff" if tool.units else "")
        self._longer = [found.start() for found in re.finditer(f"[{longer}]", text)] if longer else []

    def position(self, ours: int) -> int:
        """Return where the program counts our position (a code point from 0)."""
        return ours + bisect_left(self._longer, ours)

    @property
    def data(self) -> bytes:
        """Return the text as the program's file."""
        text = self._text.replace("\n", self._tool.line_break)
        return text.encode("utf-8-sig" if self._tool.mark else "utf-8", "replace")

    def first_doubt(self) -> int | None:
        """Return the first position behind which it is not known how the program counts, or None."""
        found = BEYOND.search(self._text) if self._tool.units is None else None
        return None if found is None else found.end()
