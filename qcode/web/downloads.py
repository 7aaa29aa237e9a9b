"""Answers with a file to keep: a report in one of its formats, under a name that says nothing of the study."""

from __future__ import annotations

from flask import Response

from qcode.errors import BadValue
from qcode.reports.report import Report
from qcode.reports.save import render_to

__all__ = ["KINDS", "file_of", "report_file"]

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
"""The formats of reports and lists, by their endings."""

FILES = KINDS | {
    "qdc": "application/xml",
    "qdpx": "application/octet-stream",
    "parquet": "application/vnd.apache.parquet",
    "sav": "application/x-spss-sav",
    "zip": "application/zip",
}
"""The formats of all files."""


def report_file(report: Report, name: str, kind: str) -> Response:
    """Return `report` as a file `name.kind`; BadValue for a kind that no report is written in."""
    return file_of(render_to(report, f".{must_be_known(kind)}"), name, kind)


def must_be_known(kind: str) -> str:
    """Return the ending of a file, or refuse it."""
    if kind not in KINDS:
        raise BadValue(f"{kind!r} is no kind of file here", mend=f"take one of {', '.join(KINDS)}")
    return kind


def file_of(content: bytes, name: str, kind: str) -> Response:
    """Return bytes as a file `name.kind`, which the browser keeps and never opens as a page of its own."""
    answer = Response(content, content_type=FILES[kind])
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{name}.{kind}\"; filename*=UTF-8''{name}.{kind}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
