"""Reports: values in, a title and blocks out; rendering is in `render`."""

from qcode.reports.changes_report import changes
from qcode.reports.codebook_report import codebook
from qcode.reports.full_report import full
from qcode.reports.history_report import VersionEntry, history
from qcode.reports.lineage import lineage
from qcode.reports.matrix_report import by_group, matrix
from qcode.reports.methods_report import CodebookPast, CoderWork, methods
from qcode.reports.network import network, networks
from qcode.reports.quotes_report import CodedQuote, quotes
from qcode.reports.report import Report
from qcode.reports.save import render_to, save
from qcode.reports.transcript_report import transcript

__all__ = [
    "CodebookPast",
    "CodedQuote",
    "CoderWork",
    "Report",
    "VersionEntry",
    "by_group",
    "changes",
    "codebook",
    "full",
    "history",
    "lineage",
    "matrix",
    "methods",
    "network",
    "networks",
    "quotes",
    "render_to",
    "save",
    "transcript",
]
