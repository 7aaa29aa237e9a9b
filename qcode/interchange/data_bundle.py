"""A folder of tables that R and pandas read in one line each, with a data dictionary.

`datapackage.json` describes the same tables as a Data Package does (specs.frictionlessdata.io, version 1).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from qcode.domain.table import Table
from qcode.interchange.data_files import dictionary, write

__all__ = ["bundle"]

_TYPES = {"text": "string", "integer": "integer", "number": "number", "time": "datetime"}


def bundle(tables: Sequence[Table], *, name: str, made: Sequence[tuple[str, str]]) -> Mapping[str, bytes]:
    """Return the files of a bundle by their names; `made` says how it was made, as (what, value)."""
    every = [*tables, dictionary(tables)]
    files = {f"{table.name}.csv": write(table, ".csv")[0] for table in every}
    files["datapackage.json"] = _package(every, name, made)
    files["README.txt"] = _readme(every, name, made).encode()
    return files


def _package(tables: Sequence[Table], name: str, made: Sequence[tuple[str, str]]) -> bytes:
    resources = [
        {
            "name": table.name.replace("_", "-"),
            "path": f"{table.name}.csv",
            "description": table.title,
            "format": "csv",
            "encoding": "utf-8",
            "schema": {
                "missingValues": [""],
                "fields": [{"name": c.name, "type": _TYPES[c.kind], "description": c.label} for c in table.columns],
            },
        }
        for table in tables
    ]
    whole = {"name": "qcode-tables", "title": name, "made": dict(made), "resources": resources}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _readme(tables: Sequence[Table], name: str, made: Sequence[tuple[str, str]]) -> str:
    listed = "\n".join(f"{table.name + '.csv':24} {table.title}" for table in tables)
    how = "\n".join(f"{what}: {value}" for what, value in made)
    return f"""{name}

The tables are CSV in UTF-8 with a head; an empty cell holds nothing. dictionary.csv says what each column holds,
datapackage.json says the same for programs.

{listed}

R:       codings <- read.csv("codings.csv", encoding = "UTF-8", check.names = FALSE)
pandas:  codings = pandas.read_csv("codings.csv")

A spreadsheet may take words that begin with = + - @ for formulas and run them: for Excel, write a table as .xlsx.

These files hold words of participants. Keep them where the study is kept.

{how}
"""
