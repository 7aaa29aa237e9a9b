"""Tables (.csv, .tsv, .xlsx) that hold talk: a row a turn, a talk in each cell, or a row a respondent with answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.table_columns import Plan, headed, known_heads, plan_of, told
from qcode.importers.table_drafts import drafts_of
from qcode.importers.table_sheets import Grid, csv_grid, grid_of
from qcode.importers.table_words import looks_coded

__all__ = ["is_talk", "read"]

BEST = ("turns", "talks", "answers")


def read(data: bytes, name: str, options: Options) -> list[Draft]:
    """Return the drafts of the transcripts in a table. Raises Unreadable."""
    grids, format, encoding, notices = _grids(data, options)
    grid, plan = _best(grids, options)
    others = [one.title for one in grids if one is not grid]
    if others:
        said = ", ".join(f"“{title[:40]}”" for title in others[:6]) + (" and more" if len(others) > 6 else "")
        notices = (*notices, Notice("", f"the sheet “{grid.title[:40]}” was read, and these were not: {said}"))
    first, *rest = drafts_of(grid, plan, PurePath(name).stem, options)
    first = replace(first, notices=(*notices, Notice("", told(plan, grid)), *first.notices))
    return [replace(one, format=format, encoding=encoding) for one in (first, *rest)]


def is_talk(data: bytes, name: str) -> bool:
    """Tell whether the columns are clearly those of a talk: one called as speakers are, one as their words."""
    try:
        grids, *_ = _grids(data, Options())
        plans = [plan_of(grid, ()) for grid in grids if not looks_coded(grid.head)]
    except Unreadable:
        return False
    return any(plan is not None and plan.sure for plan in plans)


def _grids(data: bytes, options: Options) -> tuple[list[Grid], str, str | None, tuple[Notice, ...]]:
    if not data.startswith(b"PK"):
        grid, encoding, notices = csv_grid(data, options.encoding, headed, known_heads)
        return [grid], "csv", encoding, notices
    from qcode.importers.table_workbook import workbook_rows

    found = [grid_of(title, rows, headed=headed) for title, rows in workbook_rows(data)]
    grids = [grid for grid in found if grid is not None]
    if not grids:
        raise Unreadable("the workbook is empty")
    return grids, "xlsx", None, ()


def _best(grids: Sequence[Grid], options: Options) -> tuple[Grid, Plan]:
    """Return the sheet that holds talk and what is made of it. Raises Unreadable."""
    plans: list[tuple[Grid, Plan]] = []
    missing: Unreadable | None = None
    for grid in grids:
        try:
            plan = plan_of(grid, options.columns)
        except Unreadable as error:
            missing = error
            continue
        if plan is not None and (options.columns or plan.sure or not looks_coded(grid.head)):
            plans.append((grid, plan))
    if plans:
        return min(plans, key=lambda one: (BEST.index(one[1].kind), not one[1].sure))
    if missing is not None:
        raise missing
    raise _refusal(grids)


def _refusal(grids: Sequence[Grid]) -> Unreadable:
    commands = sorted({command for grid in grids if (command := looks_coded(grid.head))})
    if commands:
        what = {"coding": "codings", "codebook": "codes", "case": "cases"}[commands[0].split()[1]]
        return Unreadable(f"this is a table of {what}, not a transcript", mend=f"take it in with: {commands[0]}")
    listed = ", ".join(head[:40] for head in grids[0].head[:12])
    return Unreadable(
        "no column of the table was recognised as talk or as answers in words",
        mend=f"say which is which, as in --columns speaker=Who,text=Said (here: {listed}); "
        "codings come in with: qcode coding import, facts about cases with: qcode case import",
    )
