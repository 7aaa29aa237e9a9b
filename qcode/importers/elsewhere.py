"""Files that hold no transcript as qcode reads it, known by their endings: what they are and what to do instead."""

from __future__ import annotations

import re

from qcode.errors import Unreadable

__all__ = ["refuse_by_ending"]

_own = (
    (re.compile(r"\.(?:nvp|nvpx|nvcx)"), "NVivo"),
    (re.compile(r"\.(?:mx|mex)\d{1,2}"), "MAXQDA"),
    (re.compile(r"\.atlproj\d{0,2}"), "ATLAS.ti"),
    (re.compile(r"\.qrk"), "Quirkos"),
)
_others = (
    (re.compile(r"\.(?:qdc|ya?ml)"), "this is a codebook, not a transcript", "take it in with: qcode codebook import"),
    (re.compile(r"\.qde"), "this is a REFI-QDA project without its texts", "import the whole project (.qdpx)"),
    (re.compile(r"\.xls"), "this is a table of an old Excel, which is not read", "save it as .xlsx"),
    (
        re.compile(r"\.(?:mp[34]|m4[av]|wav|wma|ogg|opus|flac|aac|mov|avi|mkv|webm)"),
        "this is a recording, not a transcript",
        "transcribe it, and import the transcript",
    ),
)


def refuse_by_ending(suffix: str) -> None:
    """Refuse what no format is, with the way that leads on; say nothing of other endings. Raises Unreadable."""
    for ending, program in _own:
        if ending.fullmatch(suffix):
            raise Unreadable(
                f"this is a project in the own format of {program}, which no other program reads",
                mend=f"export it in {program} as a REFI-QDA project (.qdpx), and import that",
            )
    for ending, what, mend in _others:
        if ending.fullmatch(suffix):
            raise Unreadable(what, mend=mend)
