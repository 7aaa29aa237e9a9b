"""Texts prepared for MAXQDA's preprocessor: `#TEXT name` begins each; the marks of codes are taken out of the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.decode import decode
from qcode.importers.part import draft_of_part

__all__ = ["drafts_of", "is_prepared", "read"]

MOST_TEXTS = 10_000
_begins = re.compile(r"^#TEXT[^\S\n]*(.*)$", re.MULTILINE)
_coded = re.compile(r"^[^\S\n]*#CODE\b.*(?:\n|\Z)|^[^\S\n]*#ENDCODE[^\S\n]*(?:\n|\Z)|#ENDCODE\b", re.MULTILINE)


def read(data: bytes, name: str, options: Options) -> list[Draft]:
    """Return a draft for each text of the file. Raises Unreadable."""
    decoded = decode(data, options.encoding)
    return drafts_of(decoded.text, "txt", options, encoding=decoded.encoding, notices=decoded.notices)


def is_prepared(text: str) -> bool:
    """Tell whether a text is prepared for MAXQDA: its first words are #TEXT."""
    return text.lstrip()[:5] == "#TEXT"


def drafts_of(
    text: str, format: str, options: Options, *, encoding: str | None = None, notices: Sequence[Notice] = ()
) -> list[Draft]:
    """Return a draft for each text of a file that is already decoded. Raises Unreadable."""
    heads = list(_begins.finditer(text))
    if not heads:
        raise Unreadable("no text begins with #TEXT")
    if len(heads) > MOST_TEXTS:
        raise Unreadable(f"the file holds {len(heads):,} texts (at most {MOST_TEXTS:,})", mend="split it")
    drafts, empty, marks = [], 0, 0
    before = text[: heads[0].start()].strip()
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() : len(text) if following is None else following.start()]
        words, taken = _coded.subn("", body)
        marks += taken
        words = words.strip("\n")
        if not words.strip():
            empty += 1
            continue
        draft = draft_of_part(words, format, options)
        drafts.append(replace(draft, title=head[1].strip() or None, encoding=encoding))
    if not drafts:
        raise Unreadable("the file holds no words below its #TEXT marks")
    told = [Notice("", f"marks of codes (#CODE, #ENDCODE) were left out, their words kept: {marks}")] if marks else []
    told += [Notice("", f"texts without words, left out: {empty}")] if empty else []
    told += [Notice("line 1", "what stands in front of the first #TEXT was left out")] if before else []
    first = replace(drafts[0], notices=(*notices, *told, *drafts[0].notices))
    return [first, *drafts[1:]]
