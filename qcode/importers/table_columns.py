"""Which column of a table is what: chosen by a person, else guessed by its name and by what stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qcode.errors import Unreadable
from qcode.importers.table_sheets import Grid, Row
from qcode.importers.table_words import HEADS, OTHERWISE, is_head_of_codes, is_personal, key_of

__all__ = ["ROLES", "Plan", "headed", "known_heads", "plan_of", "told"]

ROLES = ("speaker", "text", "time", "transcript", "id", "attribute")
LOOKED_AT = 2_000
"""So many rows tell what stands in a column."""

_wide = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_stop = re.compile("[.,;!?…。，！？]")
_number = re.compile(r"[-+]?[\d\s.,:%/–-]{1,40}")
_labelled = re.compile(r"\s*[^\W\d_][^:：\n]{0,40}[:：]")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of a table: `turns` (a row a turn), `talks` (a talk in each cell) or `answers` (a row a person).

    The rest are places of columns. `sure` says that columns are called as those of a talk are.
    """

    kind: str
    text: tuple[int, ...]
    speaker: int | None = None
    time: int | None = None
    transcript: int | None = None
    id: int | None = None
    attributes: tuple[int, ...] = ()
    personal: tuple[int, ...] = ()
    sure: bool = False


def known_heads(cells: Sequence[str]) -> int:
    """Return how many cells are names of columns that are known."""
    every = frozenset().union(*HEADS.values())
    return sum(key_of(cell) in every for cell in cells if cell.strip())


def headed(rows: Sequence[Row]) -> bool:
    """Tell whether the first row names the columns: it is not one more row of numbers or of the same speakers."""
    first = [cell.strip() for cell in rows[0].cells]
    if known_heads(first) or any(map(is_head_of_codes, first)):
        return True
    for at, cell in enumerate(first):
        below = [row.cells[at].strip() for row in rows[1:LOOKED_AT] if at < len(row.cells)]
        if cell and (_number.fullmatch(cell) or (len(cell) <= 60 and cell in below)):
            return False
    return len(rows) > 1 and any(first)


class Columns:
    """The columns of a table with their names and what stands in them."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.keys = [key_of(name) for name in grid.head]
        self._looks: dict[int, _Look] = {}

    def look(self, at: int) -> _Look:
        if at not in self._looks:
            cut = Grid("", self.grid.head, self.grid.rows[:LOOKED_AT])
            self._looks[at] = _Look([cell for cell in cut.column(at) if cell])
        return self._looks[at]

    def free(self, at: int) -> bool:
        """Tell whether people answered in words of their own; what is a question may have more of the same answers."""
        look, several = self.look(at), self.look(at).distinct >= min(8, 0.3 * len(self.look(at).cells))
        return look.free or (several and look.sentences and self.grid.head[at].rstrip().endswith(("?", "？")))

    def called(self, role: str) -> list[int]:
        """Return the columns that have a name of this role and hold anything."""
        return [at for at, key in enumerate(self.keys) if key in HEADS[role] and self.look(at).cells]

    def chosen(self, name: str) -> int:
        """Return the column that a person names, by its name or letter. Raises Unreadable."""
        wanted = [at for at, head in enumerate(self.grid.head) if head.casefold() == " ".join(name.casefold().split())]
        if not wanted and re.fullmatch("[A-Za-z]{1,2}", name):
            place = 0
            for letter in name.upper():
                place = place * 26 + ord(letter) - ord("A") + 1
            wanted = [place - 1] if place <= len(self.grid.head) else []
        if not wanted:
            listed = ", ".join(head[:40] for head in self.grid.head[:12])
            raise Unreadable(f"there is no column “{name[:60]}”", mend=f"the columns are: {listed}")
        return wanted[0]


class _Look:
    """What stands in the filled cells of a column."""

    def __init__(self, cells: list[str]) -> None:
        self.cells = cells

    @cached_property
    def length(self) -> float:
        """Return how long a cell is on average; a Chinese sign counts for two letters."""
        return sum(len(c) + len(_wide.findall(c[:5_000])) for c in self.cells) / max(1, len(self.cells))

    @cached_property
    def distinct(self) -> int:
        return len(set(self.cells))

    @cached_property
    def worded(self) -> bool:
        """Tell words from numbers and times."""
        return sum(_number.fullmatch(c[:60]) is None for c in self.cells) > 0.5 * len(self.cells)

    @property
    def repeats(self) -> bool:
        """Tell whether short values come again, as the names of speakers do."""
        return self.worded and self.length <= 60 and self.distinct <= max(2, 0.5 * len(self.cells))

    @property
    def unique(self) -> bool:
        return self.distinct == len(self.cells)

    @property
    def free(self) -> bool:
        """Tell whether people answered in words of their own."""
        return self.worded and self.length >= 25 and self.distinct >= 0.6 * len(self.cells)

    @cached_property
    def sentences(self) -> bool:
        """Tell whether some wrote more than the answers that a questionnaire offers."""
        return len({c for c in self.cells if len(c) + len(_wide.findall(c[:25])) >= 25 and _stop.search(c)}) > 1

    @cached_property
    def talks(self) -> bool:
        """Tell whether most cells hold several lines that begin with a label."""
        some = self.cells[:200]
        lines = [[line for line in cell.split("\n") if line.strip()][:60] for cell in some]
        several = [found for found in lines if len(found) > 1]
        named = sum(_labelled.match(line) is not None for found in several for line in found)
        return len(several) >= 0.5 * len(some) > 0 and named >= 0.6 * sum(map(len, several)) > 0


def plan_of(grid: Grid, chosen: Sequence[tuple[str, str]]) -> Plan | None:
    """Return what is made of a table, None where it holds no talk; `chosen` are roles with names of columns."""
    columns = Columns(grid)
    picked: dict[str, list[int]] = {role: [] for role in ROLES}
    for role, name in chosen:
        picked[role].append(columns.chosen(name))
    twice = Counter(at for role in ROLES if role != "attribute" for at in picked[role]).most_common(1)
    if twice and twice[0][1] > 1:
        raise Unreadable(f"two things are to come from the column “{grid.head[twice[0][0]][:60]}”", mend="name another")
    found = _talks(columns, picked) or _turns(columns, picked) or _answers(columns, picked)
    return None if found is None else _with_facts(found, columns, picked)


def _talks(columns: Columns, picked: dict[str, list[int]]) -> Plan | None:
    if picked["speaker"] or len(picked["text"]) > 1:
        return None
    among = picked["text"] or range(len(columns.keys))
    found = [at for at in among if columns.look(at).talks]
    if not found:
        return None
    best = max(found, key=lambda at: columns.look(at).length)
    name = _first(picked["transcript"] or picked["id"]) if picked["transcript"] or picked["id"] else None
    if name is None:
        named = [*columns.called("transcript"), *columns.called("id")]
        name = next((at for at in named if at != best and columns.look(at).unique), None)
    return Plan("talks", (best,), id=name)


def _turns(columns: Columns, picked: dict[str, list[int]]) -> Plan | None:
    if len(picked["text"]) > 1 or (picked["id"] and not picked["speaker"]):
        return None
    speaker = _first(picked["speaker"])
    if speaker is None:
        taken = {at for role in ROLES for at in picked[role]}
        called = [at for at in columns.called("speaker") if at not in taken and _speakers(columns, at)]
        speaker = _first(sorted(called, key=lambda at: columns.keys[at] in OTHERWISE))
    if speaker is None and not columns.grid.headed:
        speaker = next((at for at in range(len(columns.keys)) if columns.look(at).repeats), None)
    text = _first(picked["text"])
    text = _words(columns, {speaker, *(at for role in ROLES for at in picked[role])}) if text is None else text
    if text is None or text == speaker:
        return None
    if speaker is not None and not picked["speaker"] and columns.keys[speaker] in OTHERWISE:
        speaker = speaker if text in columns.called("text") else None
    bare = speaker is None and (picked["text"] or picked["transcript"] or _only_text(columns, text))
    if speaker is None and not bare:
        return None
    left = {speaker, text}
    time = _first(picked["time"] or [at for at in columns.called("time") if at not in left])
    left.add(time)
    named = picked["transcript"] or [
        at for at in columns.called("transcript") if at not in left and _names(columns, at)
    ]
    sure = speaker in columns.called("speaker") and text in columns.called("text")
    return Plan("turns", (text,), speaker, time, _first(named), sure=sure)


def _speakers(columns: Columns, at: int) -> bool:
    """Tell whether a column that is called so names speakers, each more than once where the name may mean another."""
    look = columns.look(at)
    return look.worded and look.length <= 60 and (columns.keys[at] not in OTHERWISE or not look.unique)


def _words(columns: Columns, taken: set[int | None]) -> int | None:
    """Return the column of what was said: the longest that is called so, else the longest of words."""
    left = [at for at in range(len(columns.keys)) if at not in taken and columns.look(at).worded]
    called = [at for at in columns.called("text") if at in left and not columns.look(at).repeats]
    called = called or [at for at in columns.called("text") if at in left]
    among = called or [at for at in left if columns.look(at).length >= 15 and not columns.look(at).repeats]
    return max(among, key=lambda at: columns.look(at).length, default=None)


def _only_text(columns: Columns, text: int) -> bool:
    """Tell whether nothing but words and times stands in a table, so that each row is a paragraph."""
    others = [at for at in range(len(columns.keys)) if at != text and columns.look(at).cells]
    times = [*columns.called("time"), *(at for at, key in enumerate(columns.keys) if key in ("end", "ende", "конец"))]
    return text in columns.called("text") and all(at in times for at in others)


def _names(columns: Columns, at: int) -> bool:
    look = columns.look(at)
    return look.length <= 120 and (look.distinct < len(look.cells) or len(look.cells) == 1)


def _answers(columns: Columns, picked: dict[str, list[int]]) -> Plan | None:
    """Return the plan for a row a person: who it is, what was answered freely, and the facts beside."""
    who = _first(picked["id"] or picked["transcript"])
    if who is None:
        called = [at for at in columns.called("id") if columns.look(at).unique and columns.look(at).length <= 60]
        who = _first(called)
    first = columns.look(0) if columns.keys else None
    if who is None and first and first.unique and first.length <= 40 and len(first.cells) == len(columns.grid.rows):
        who = 0
    elif who is None:
        return None
    taken = {who, *(at for role in ROLES for at in picked[role])}
    free = [at for at in range(len(columns.keys)) if at not in taken and columns.free(at)]
    text = picked["text"] or [at for at in free if not is_personal(columns.grid.head[at])]
    if not text or not columns.grid.headed:
        return None
    return Plan("answers", tuple(text), id=who)


def _with_facts(plan: Plan, columns: Columns, picked: dict[str, list[int]]) -> Plan:
    """Return the plan with the columns that hold facts about a person; where a row is a turn only those chosen."""
    if picked["attribute"] or plan.kind == "turns":
        return replace(plan, attributes=tuple(picked["attribute"]))
    taken = {*plan.text, plan.id}
    short = [
        at
        for at in range(len(columns.keys))
        if at not in taken and (look := columns.look(at)).cells and not columns.free(at) and look.length <= 100
    ]
    personal = tuple(at for at in short if is_personal(columns.grid.head[at]) or _mailed(columns.look(at)))
    return replace(plan, attributes=tuple(at for at in short if at not in personal), personal=personal)


def _mailed(look: _Look) -> bool:
    return sum("@" in cell for cell in look.cells) > 0.3 * len(look.cells)


def _first(places: Sequence[int]) -> int | None:
    return places[0] if places else None


def told(plan: Plan, grid: Grid) -> str:
    """Return in a sentence which column was taken for what."""
    parts = {
        "speaker": [plan.speaker],
        "answers" if plan.kind == "answers" else "words": plan.text,
        "time": [plan.time],
        "transcript": [plan.transcript],
        "name": [plan.id],
        "facts about the case": plan.attributes,
    }
    used = {at for places in parts.values() for at in places if at is not None}
    said = [
        f"{role} = {_listed(grid, places)}" for role, places in parts.items() if any(at is not None for at in places)
    ]
    cells = Counter(at for row in grid.rows for at, cell in enumerate(row.cells) if cell.strip())
    out = [at for at in range(len(grid.head)) if at not in used and at not in plan.personal and cells[at]]
    told = f"columns: {', '.join(said)}"
    told += f"; left out: {_listed(grid, out)}" if out else ""
    told += f"; left out as it may tell who a person is: {_listed(grid, plan.personal)}" if plan.personal else ""
    return f"{told}; if that is wrong, name them with --columns"


def _listed(grid: Grid, places: Sequence[int | None]) -> str:
    names = [grid.head[at][:60] for at in places if at is not None]
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
