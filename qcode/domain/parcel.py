"""A parcel: a whole project on its way from or to another tool, as plain values that belong to neither.

Identities are UUIDs in lower case without braces. What a tool does not say is None or empty, never made up.
Positions are code points of `text` from 0, half-open, and `text` has LF alone and no byte order mark.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qcode.domain.codebook import CodebookVersion
from qcode.domain.coding import Coder
from qcode.domain.ledger import Loss, Positions
from qcode.domain.transcript import TimeMark

__all__ = ["Parcel", "ParcelCase", "ParcelCoding", "ParcelMemo", "ParcelTranscript"]


@dataclass(frozen=True, slots=True)
class ParcelTranscript:
    """One interview. `name` may repeat in a parcel; `created_at` is UTC, ISO 8601 to the second, or None."""

    id: str
    name: str
    text: str
    language: str | None = None
    created_at: str | None = None
    time_marks: tuple[TimeMark, ...] = ()


@dataclass(frozen=True, slots=True)
class ParcelCoding:
    """A coding: `transcript`, `code` and `coder` are ids in the parcel; `coder` None where nobody is named.

    `quote` is what stands at its place, `text[start:end]`. `id` is "" where the tool gives none that lasts.
    """

    id: str
    transcript: str
    start: int
    end: int
    quote: str
    code: str
    coder: str | None = None
    created_at: str | None = None
    memo: str = ""


@dataclass(frozen=True, slots=True)
class ParcelCase:
    """Whom the data is about; `transcripts` are ids in the parcel, `attributes` (key, value) pairs as text."""

    id: str
    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    transcripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParcelMemo:
    """A note; `about` is one of `qcode.domain.memo.MEMO_TARGETS` and `target` an id in the parcel ("" for the study).

    `id` is "" where the tool gives none that lasts.
    """

    id: str
    about: str
    target: str
    text: str
    coder: str | None = None
    created_at: str | None = None


@dataclass(frozen=True)
class Parcel:
    """A project. `origin` is the program that wrote it; `id` the identity of the study it came from, or "".

    `versions` are the versions of its codebooks, each after those that it follows; every `Code.id` is filled and is
    what `ParcelCoding.code` names. Mostly it is one version, of a codebook called after the project. `stable` tells
    whether identities last from one export to the next: where they do not, codes are met by their paths, transcripts
    by their texts and codings by their places. `lost` is what reading it left out.
    """

    name: str
    origin: str
    id: str = ""
    stable: bool = True
    coders: tuple[Coder, ...] = ()
    versions: tuple[CodebookVersion, ...] = ()
    transcripts: tuple[ParcelTranscript, ...] = ()
    codings: tuple[ParcelCoding, ...] = field(default=(), repr=False)
    cases: tuple[ParcelCase, ...] = ()
    memos: tuple[ParcelMemo, ...] = ()
    positions: Positions | None = None
    quotes_agree: int | None = None
    """How many codings carry words of their own that stand at their place; None where the tool keeps none."""
    remarks: tuple[str, ...] = ()
    lost: tuple[Loss, ...] = ()
