"""Cases: whom the data is about, and the facts (attributes) known of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

__all__ = ["HIDDEN_BY_DEFAULT", "Case"]

HIDDEN_BY_DEFAULT = frozenset({"register_status", "registration", "real_name"})
"""Attributes that no list and no report shows unless they are asked for by name: they can harm a participant."""


@dataclass(frozen=True, slots=True)
class Case:
    """A participant or an organisation; `attributes` are (key, value) pairs in order of key."""

    id: str
    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    transcripts: tuple[str, ...] = ()

    def without(self, hidden: Collection[str]) -> Case:
        """Return the case without these attributes."""
        return replace(self, attributes=tuple((k, v) for k, v in self.attributes if k not in hidden))

    def attribute(self, key: str) -> str | None:
        """Return the value of the attribute `key` (ignoring case), or None."""
        wanted = key.casefold()
        return next((value for k, value in self.attributes if k.casefold() == wanted), None)
