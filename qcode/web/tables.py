"""Tables for statistics programs: one as a file, or all of them with what their columns mean, packed into one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import asdict

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue
from qcode.study.tidy import TABLES, bundle_files, table_file
from qcode.web.asked import Asked, asked
from qcode.web.downloads import file_of
from qcode.web.questions import command, filters_of
from qcode.web.sessions import here

__all__ = ["KINDS", "TABLE_WORDS", "packed", "tables"]

tables = Blueprint("tables", __name__)

KINDS = ("csv", "xlsx", "parquet", "sav")
"""The formats of one table."""

TABLE_WORDS = {
    "codings": "one row for each coding",
    "segments": "one row for each segment, a column for each code",
    "cases": "one row for each case, two columns for each code",
    "transcripts": "one row for each transcript, two columns for each code",
    "matrix": "how often codes occur together",
}
"""What stands in each table."""

FOLDER = "tables"
"""The folder in the packed file, and the one that the command names in its README."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a packed one, so that the same study gives the same bytes."""


@tables.post("/api/tables/ledger")
def ledger() -> ResponseReturnValue:
    """Tell how many rows the file has that `keep` gives for the same body, and what its format cannot hold."""
    body = asked()
    _, rows, lost = table_file(here().study, *_wanted(body), filters_of(body))
    return jsonify(rows=rows, lost=[asdict(one) for one in lost])


@tables.post("/api/tables")
def keep() -> Response:
    """Answer with the table `table` as a file of the kind `kind`, for the filters that are given."""
    body = asked()
    table, ending = _wanted(body)
    content, _, _ = table_file(here().study, table, ending, filters_of(body))
    return file_of(content, table, ending[1:])


def _wanted(body: Asked) -> tuple[str, str]:
    table, kind = body.text("table", "codings"), body.text("kind")
    if table not in TABLES:
        raise BadValue("there is no such table", mend=f"take one of {', '.join(TABLES)}")
    if kind not in KINDS:
        raise BadValue(f"a table is not written as {kind!r}", mend=f"take one of {', '.join(KINDS)}")
    return table, f".{kind}"


@tables.post("/api/tables/all")
def keep_all() -> Response:
    """Answer with all tables and their data dictionary, for the filters that are given, as one packed folder."""
    filters = filters_of(asked())
    files = bundle_files(here().study, filters, command=command(f"export {FOLDER}", filters))
    return file_of(packed(files), FOLDER, "zip")


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files, by their names, as a ZIP with one folder; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()
