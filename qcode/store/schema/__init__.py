"""The tables of a study: the files of this folder are their documentation.

Every thing has an integer `id` for joins inside the file and a `uuid` that stays the same in every copy.
Names are held once, with a folded twin (`*_fold`, casefolded) that makes them unique ignoring case.
Times are UTC, ISO 8601. Positions are Unicode code points from 0, half-open.
"""

from __future__ import annotations

from qcode.store.schema.acts import history, memo, merged_act
from qcode.store.schema.base import metadata
from qcode.store.schema.codebooks import (
    code,
    code_change,
    code_entry,
    codebook,
    codebook_version,
    draft,
    version_parent,
)
from qcode.store.schema.codings import branch_end, coding, coding_origin, pending
from qcode.store.schema.people import attribute, attribute_value, case, coder, study
from qcode.store.schema.sittings import in_vivo, place, rejection
from qcode.store.schema.texts import paragraph, revision, speaker, time_mark, transcript, turn

__all__ = [
    "attribute",
    "attribute_value",
    "branch_end",
    "case",
    "code",
    "code_change",
    "code_entry",
    "codebook",
    "codebook_version",
    "coder",
    "coding",
    "coding_origin",
    "draft",
    "history",
    "in_vivo",
    "memo",
    "merged_act",
    "metadata",
    "paragraph",
    "pending",
    "place",
    "rejection",
    "revision",
    "speaker",
    "study",
    "time_mark",
    "transcript",
    "turn",
    "version_parent",
]
