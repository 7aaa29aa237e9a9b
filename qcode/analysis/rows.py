"""Writes rows for programs: CSV with a head, and JSON with a row a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["Row", "flat", "to_csv", "to_json"]

Row = Mapping[str, Any]

_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def to_json(value: Any) -> str:
    """Return one JSON document, a row a line, in which characters that steer a terminal are escaped."""
    return _in_lines(value, 0).translate(_ESCAPED)


def _in_lines(value: Any, depth: int) -> str:
    """Return a value as JSON: what holds rows is broken into lines, a row itself is one (and is written fast)."""
    margin = " " * (depth + 1)
    if isinstance(value, dict) and value and depth == 0:
        inside = [f"{margin}{json.dumps(key, ensure_ascii=False)}: {_in_lines(v, 1)}" for key, v in value.items()]
        return "{\n" + ",\n".join(inside) + "\n}"
    if isinstance(value, list) and value and isinstance(value[0], list | dict):
        rows = [margin + json.dumps(row, ensure_ascii=False) for row in value]
        return "[\n" + ",\n".join(rows) + f"\n{margin[1:]}]"
    return json.dumps(value, ensure_ascii=False)


def to_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Return `rows` as CSV with a head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[flat(row.get(column)) for column in columns] for row in rows])
    return out.getvalue()


def flat(value: Any) -> Any:
    """Return a value as one cell: a list with semicolons, a mapping as KEY=VALUE, nothing as an empty cell."""
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{k}={v}" for k, v in value.items())
    return "" if value is None else value
