"""How much a request may hold: of somebody who has not entered next to nothing, of a page some, of files most."""

from __future__ import annotations

__all__ = ["MOST_BYTES", "MOST_DRAINED", "MOST_FIELD", "MOST_FILES", "MOST_JSON", "MOST_UNKNOWN", "most_of", "too_much"]

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of files that come at once."""

MOST_FILES = 2_000
"""Files that come at once."""

MOST_FIELD = 1_000_000
"""Bytes of the fields beside them."""

MOST_JSON = 5_000_000
"""Bytes of what a page sends without files."""

MOST_DRAINED = 1024 * 1024 * 1024
"""Bytes that are read and thrown away so that a browser hears why they are too much."""

MOST_UNKNOWN = 10_000
"""Bytes that somebody sends who has not entered."""


def most_of(content_type: str | None) -> int:
    """Return how many bytes somebody who has entered may send, files or not."""
    return MOST_BYTES if (content_type or "").casefold().startswith("multipart/") else MOST_JSON


def too_much(content_type: str | None, length: int | None) -> str:
    """Return the sentence for a request that holds too much."""
    if most_of(content_type) == MOST_JSON:
        return "this is too much at once; send less"
    if (length or 0) > MOST_BYTES:
        return f"this is more than {MOST_BYTES // 1024**2} MB at once; take fewer or smaller files"
    return f"these are more than {MOST_FILES:,} files at once, or a field holds too much; take fewer files"
