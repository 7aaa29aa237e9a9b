"""Reports: values in, a title and blocks out; rendering is in `render`."""

from qcode.reports.codebook_report import codebook
from qcode.reports.full_report import full
from qcode.reports.matrix_report import by_group, matrix
from qcode.reports.quotes_report import CodedQuote, quotes
from qcode.reports.report import Report
from qcode.reports.save import render_to, save

__all__ = ["CodedQuote", "Report", "by_group", "codebook", "full", "matrix", "quotes", "render_to", "save"]
