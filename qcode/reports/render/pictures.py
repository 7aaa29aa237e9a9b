"""Which blocks of a report are pictures, and how each is laid out."""

from __future__ import annotations

from qcode.errors import BadValue
from qcode.reports.render import heatmap, lineage, network
from qcode.reports.render.drawing import Drawing
from qcode.reports.report import Lineage, Network, Picture, Report

__all__ = ["Picture", "first_picture", "lay_out"]


def lay_out(picture: Picture) -> Drawing:
    """Return the drawing of a heat map, of a network, or of the codes through the versions."""
    if isinstance(picture, Lineage):
        return lineage.lay_out(picture)
    return network.lay_out(picture) if isinstance(picture, Network) else heatmap.lay_out(picture)


def first_picture(report: Report) -> Picture:
    """Return the first picture of `report`; BadValue if it has none."""
    found = next((block for block in report.blocks if isinstance(block, Picture)), None)
    if found is None:
        raise BadValue(f"the report {report.title!r} has no picture", mend="write it as .docx, .html or .xlsx")
    return found
