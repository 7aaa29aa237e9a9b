"""The proof of an export: the file is taken into an empty study, and what stands there compared with what was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qcode.domain.ledger import Loss, Positions
from qcode.domain.parcel import Parcel
from qcode.domain.transcript import text_hash
from qcode.study.out_of_sight import out_of_sight

__all__ = ["KINDS", "Compared", "Proof", "prove", "quotes_sha256"]

KINDS = ("coders", "codes", "transcripts", "codings", "cases", "memos")
"""What is counted."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Things of one kind: how many were sent, how many came back, and how many of these are equal in all."""

    what: str
    sent: int
    back: int
    equal: int

    @property
    def agrees(self) -> bool:
        """Tell whether all came back, and no others."""
        return self.sent == self.back == self.equal


@dataclass(frozen=True)
class Proof:
    """What a file holds beside what was to be in it; it holds no word of a transcript.

    `sha256` is that of the file; `quotes` are those of the sorted quotes with code and coder, sent and back.
    """

    file: str
    sha256: str
    tool: str | None
    study: str
    compared: tuple[Compared, ...]
    quotes: tuple[str, str]
    positions: Positions | None
    lost: tuple[Loss, ...]

    @property
    def holds(self) -> bool:
        """Tell whether everything came back as it was sent."""
        return self.quotes[0] == self.quotes[1] and all(one.agrees for one in self.compared)

    def as_json(self) -> dict[str, Any]:
        """Return the proof as it is written beside the file."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "for": self.tool,
            "study": self.study,
            "holds": self.holds,
            "compared": [
                {"what": one.what, "sent": one.sent, "back": one.back, "equal": one.equal} for one in self.compared
            ],
            "quotes_sha256": {"sent": self.quotes[0], "back": self.quotes[1]},
            "lost": [{"what": one.what, "n": one.n, "where": one.where, "why": one.why} for one in self.lost],
        }


def prove(sent: Parcel, data: bytes, *, file: str, tool: str | None, lost: tuple[Loss, ...]) -> Proof:
    """Take the bytes of a .qdpx into an empty study, and compare what stands there with the parcel that was sent.

    It is read as anybody would read it, without a word on how it counts; `lost` is what was left out on the way. Raises
    Unreadable where it cannot be read at all.
    """
    positions, back = _through_an_empty_study(data, file)
    before, after = _facts(sent), _facts(back)
    compared = (
        Compared(what, len(before[what]), len(after[what]), _common(before[what], after[what])) for what in KINDS
    )
    return Proof(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        tool=tool,
        study=sent.id,
        compared=tuple(compared),
        quotes=(quotes_sha256(sent), quotes_sha256(back)),
        positions=positions,
        lost=lost,
    )


def _through_an_empty_study(data: bytes, file: str) -> tuple[Positions | None, Parcel]:
    """Return how the positions of a file were understood, and what goes out of an empty study that took it in."""
    from qcode.interchange import refi
    from qcode.study.desk import new_id
    from qcode.study.receiving import receive_parcel
    from qcode.study.study import create

    parcel = refi.read(data, file)
    size = sum(len(one.text) for one in parcel.transcripts)
    nobody = new_id()  # (a coder who is met by name there would not keep the identity of the file)
    with (
        out_of_sight(10 * size + 2_000 * len(parcel.codings)) as folder,
        create(folder / "proof.qcode", coder=nobody) as empty,
    ):
        receive_parcel(empty.desk, parcel)
        return parcel.positions, empty.send(with_hidden=True)


def quotes_sha256(parcel: Parcel) -> str:
    """Return the SHA-256 over the sorted quotes of a parcel, each with the identities of its code and coder."""
    lines = sorted(f"{one.quote}\0{one.code}\0{one.coder or ''}\n" for one in parcel.codings)
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _facts(parcel: Parcel) -> dict[str, list[tuple[object, ...]]]:
    """Return by kind what is said of each thing, in the form in which two of them are compared."""
    newest = {version.codebook: version for version in parcel.versions}
    codes = [(code.id, code.key, code.parent, code.codable) for one in newest.values() for code in one.codes]
    return {
        "coders": [(one.id, one.name) for one in parcel.coders],
        "codes": list(codes),
        "transcripts": [(one.id, one.name, text_hash(one.text)) for one in parcel.transcripts],
        "codings": [
            (one.id, one.transcript, one.start, one.end, one.quote, one.code, one.coder, one.created_at)
            for one in parcel.codings
        ],
        "cases": [(one.id, one.name, _told(one.attributes), tuple(sorted(one.transcripts))) for one in parcel.cases],
        "memos": [(one.id, one.about, one.target, one.text, one.coder) for one in parcel.memos],
    }


def _common(before: Iterable[tuple[object, ...]], after: Iterable[tuple[object, ...]]) -> int:
    return len(set(before) & set(after))


def _told(attributes: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return attributes in order of key; blanks at the ends of a value tell nothing."""
    return tuple(sorted((key, value.strip()) for key, value in attributes))
