"""The history of a study: every act in order, each chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["FIRST", "Entry", "broken_links", "chain_hash"]

FIRST = "0" * 64
"""What stands for the hash before the first act."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: `coder` is an id, `details` a JSON object of ids and counts, never of transcript text."""

    n: int
    at: str
    coder: str
    act: str
    version: str | None
    details: str
    previous: str
    hash: str


def chain_hash(n: int, at: str, coder: str, act: str, version: str | None, details: str, previous: str) -> str:
    """Return the SHA-256 over an act and the hash of the act before it, in hexadecimal."""
    packed = json.dumps([n, at, coder, act, version, details, previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def broken_links(entries: Iterable[Entry]) -> list[int]:
    """Return the numbers of the acts whose hash or place in the chain is not what it was when they were written."""
    broken, previous, expected = [], FIRST, 1
    for e in entries:
        content = chain_hash(e.n, e.at, e.coder, e.act, e.version, e.details, e.previous)
        if e.n != expected or e.previous != previous or e.hash != content:
            broken.append(e.n)
        previous, expected = e.hash, e.n + 1
    return broken
