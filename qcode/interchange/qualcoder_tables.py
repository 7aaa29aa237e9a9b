"""The tables of QualCoder's database, versions 1 to 17: which columns are read."""

from __future__ import annotations

__all__ = ["SIGNS", "WANTED"]

SIGNS = {"source": {"id", "fulltext"}, "code_name": {"cid", "name"}, "code_text": {"cid", "fid", "pos0", "pos1"}}
"""What every version has, and no other tool."""

WHO = ("owner", "date", "memo")

WANTED = {
    "project": ("databaseversion", "date", "memo"),
    "source": ("id", "name", "fulltext", "mediapath", "av_text_id", "risid", *WHO),
    "code_cat": ("catid", "name", "supercatid", *WHO),
    "code_name": ("cid", "name", "catid", "supercid", "color", *WHO),
    "code_text": ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "avid", "important", *WHO),
    "code_image": ("id", *WHO),
    "code_av": ("id", *WHO),
    "cases": ("caseid", "name", *WHO),
    "case_text": ("caseid", "fid", "pos0", "pos1", *WHO),
    "attribute_type": ("name", *WHO),
    "attribute": ("name", "attr_type", "value", "id"),
    "annotation": ("fid", "pos0", "pos1", *WHO),
    "journal": ("name", "jentry", "owner", "date"),
    "graph": ("grid",),
    "stored_sql": ("title",),
}
