"""RTF files (.rtf): the text in the encodings that the file and its fonts declare."""

from __future__ import annotations

import codecs

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.blocks import drafts_of_body, left_out_notices
from qcode.importers.decode import NOT_OF_FILES, TRY
from qcode.importers.rtf_text import read_text

__all__ = ["read"]

SAYINGS = {
    "footnotes": "left out",
    "endnotes": "left out",
    "comments": "left out",
    "deletions": "of tracked changes left out; insertions kept",
    "hidden stretches": "of text left out",
    "headers and footers": "with words left out",
}


def read(data: bytes, name: str, options: Options) -> Draft | list[Draft]:
    """Return the draft of an RTF file; an encoding that a person names holds for all fonts. Raises Unreadable."""
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.startswith(b"{\\rtf"):
        raise Unreadable(
            "the file is called .rtf and is none", mend="open it in Word or LibreOffice and save it as .docx"
        )
    wanted = _codec(options.encoding) if options.encoding else None
    body, declared, broken = read_text(data, wanted)
    notices = left_out_notices(body.left_out, SAYINGS)
    if broken:
        notices.append(Notice("", f"broken characters were replaced by “\ufffd”: {broken}"))
    return drafts_of_body(body, "rtf", options, notices=notices, encoding=wanted or declared or None)


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name).name
        if found in NOT_OF_FILES:
            raise LookupError
        b"".decode(found)
    except (LookupError, ValueError, UnicodeError):
        raise Unreadable(f"“{name}” is no encoding that qcode knows", mend=TRY) from None
    return found
