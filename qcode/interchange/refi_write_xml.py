"""Writes the small pieces of XML that a REFI-QDA file is made of, as text: the same values give the same bytes."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from functools import lru_cache

__all__ = ["NAMESPACE", "Ink", "derived", "when"]

NAMESPACE = uuid.UUID("a4b9e1a2-6f0b-5d2e-8c55-0f3d9c1b7e64")
"""Identities that a study does not keep, such as those of selections, are made from identities that it does."""

GUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
UNHELD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
IN_CONTENT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
IN_ATTRIBUTE = {**IN_CONTENT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
CONTENT, ATTRIBUTE = re.compile("[&<>\r]"), re.compile('[&<>\r"\n\t]')


def derived(kind: str, of: str) -> str:
    """Return the identity of a thing of a kind that is made from another's identity or name."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}\n{of}"))


@lru_cache(maxsize=100_000)
def when(created_at: str | None) -> str:
    """Return a time as the standard writes it, "" for none and for what is no time."""
    if created_at is None or not TIME.fullmatch(created_at):
        return ""
    try:
        datetime.fromisoformat(created_at)
    except ValueError:
        return ""
    return created_at


class Ink:
    """Writes texts and tags; `unheld` counts the characters that no XML file can hold, which became U+FFFD."""

    def __init__(self, *, capitals: bool = False) -> None:
        self._capitals = capitals
        self.unheld = 0

    def guid(self, kind: str, id: str) -> str:
        """Return an identity as it is written; what is none gets one of its kind."""
        one = id if GUID.fullmatch(id) else derived(kind, id)
        return one.upper() if self._capitals else one

    def content(self, text: str) -> str:
        """Return a text as it stands between tags."""
        return CONTENT.sub(lambda found: IN_CONTENT[found[0]], self._held(text))

    def attribute(self, text: str) -> str:
        """Return a text as it stands in quotation marks."""
        return ATTRIBUTE.sub(lambda found: IN_ATTRIBUTE[found[0]], self._held(text))

    def opening(self, element: str, /, end: str = ">", **attributes: str | None) -> str:
        """Return a tag with those attributes that are not None."""
        given = "".join(f' {key}="{self.attribute(value)}"' for key, value in attributes.items() if value is not None)
        return f"<{element}{given}{end}"

    def refer(self, element: str, guid: str) -> str:
        """Return a reference to the thing with this written identity."""
        return f'<{element} targetGUID="{guid}"/>'

    def description(self, text: str) -> str:
        """Return a description, or nothing for an empty one."""
        return f"<Description>{self.content(text)}</Description>" if text else ""

    def _held(self, text: str) -> str:
        held, n = UNHELD.subn("\ufffd", text)
        self.unheld += n
        return held
