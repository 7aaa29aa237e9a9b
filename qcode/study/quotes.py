"""Finds the segment that a person means, by positions or by words."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Row

from qcode.domain.span import Span
from qcode.errors import BadValue, Conflict
from qcode.store import transcripts as transcript_rows

__all__ = ["current_text", "find_quote"]


def current_text(connection: Connection, transcript: Row[Any], seen: str | None = None) -> Row[Any]:
    """Return the row of a transcript's newest revision; `seen` is the one (its id) that positions are meant in.

    Raises Conflict where another has followed that: its positions are those of other words.
    """
    current = transcript_rows.current(connection, transcript.id)
    if seen is not None and seen != current.uuid:
        raise Conflict(
            f"{transcript.name} was corrected in the meantime, and its text is another",
            mend="open it anew, and choose the passage there",
        )
    return current


def find_quote(text: str, *, start: int | None, end: int | None, quote: str | None, where: str) -> Span:
    """Return the span that positions or words name in `text`; given both, they have to agree.

    Raises BadValue, whose sentence holds positions but no words of the text.
    """
    if start is not None and end is not None:
        if not 0 <= start < end <= len(text):
            raise BadValue(
                f"{start} to {end} is not a stretch of this transcript",
                where=where,
                mend=f"its positions go from 0 to {len(text)}, and the start comes before the end",
            )
        if quote is not None and text[start:end] != quote:
            raise BadValue(
                f"the quote does not stand at {start} to {end}",
                where=where,
                mend="give the words exactly, or leave them out",
            )
        return Span(start, end)
    if start is not None or end is not None:
        raise BadValue("only one of start and end is given", where=where, mend="give both, or the quote")
    if not quote:
        raise BadValue("neither positions nor a quote is given", where=where, mend="give start and end, or the quote")
    first = text.find(quote)
    if first < 0:
        raise BadValue("the quote does not stand in this transcript", where=where, mend=_nearly(text, quote))
    if (second := text.find(quote, first + 1)) >= 0:
        raise BadValue(
            f"the quote stands there more than once (at {first} and {second})",
            where=where,
            mend="give start and end too",
        )
    return Span(first, first + len(quote))


_ALIKE = ("её", "\"'«»„“”‘’‹›「」『』", "-‐‑–—", ("…", "..."))
_SIGNS = re.compile(r"\s+|\.\.\.|.", re.DOTALL)


def _nearly(text: str, quote: str) -> str:
    """Return how to mend a quote that is not in `text`: where it stands with other capitals, blanks and signs."""
    found = (
        re.finditer("".join(map(_alike, _SIGNS.findall(quote.strip()))), text, re.IGNORECASE) if quote.strip() else ()
    )
    places = [place.span() for place, _ in zip(found, range(2), strict=False)]
    if len(places) != 1:
        return "copy it exactly from the text"
    (start, end), *_ = places
    return (
        f"with other capitals, blanks or signs it stands at {start} to {end}: give these two numbers in its place, "
        "or copy it exactly"
    )


def _alike(sign: str) -> str:
    """Return the pattern of all signs that a person may have typed for this one."""
    if sign.isspace():
        return r"\s+"
    alike = next((some for some in _ALIKE if sign.lower() in some), (sign,))
    return f"(?:{'|'.join(map(re.escape, alike))})"
