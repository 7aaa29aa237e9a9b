"""Codings that are older than the last change of their text: NVivo leaves their positions as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qcode.domain.parcel import ParcelCoding
from qcode.interchange.refi_guids import utc
from qcode.interchange.refi_rules import parts_a_word
from qcode.interchange.refi_sources import Readable

__all__ = ["told_of_edited"]

FEW = 3
SHARE = 0.1
SHOWN = 5


def told_of_edited(readable: Sequence[Readable], codings: Sequence[ParcelCoding]) -> list[str]:
    """Return a remark where many codings older than the last change of their text part a word, else nothing."""
    changed = {held.id: utc(source.modified) for source, held in readable}
    texts = {held.id: held for _, held in readable}
    older = [one for one in codings if (one.created_at or "9") < (changed.get(one.transcript) or "")]
    parted = Counter(
        texts[one.transcript].name
        for one in older
        if any(parts_a_word(texts[one.transcript].text.words, place) for place in (one.start, one.end))
    )
    n = parted.total()
    if n < FEW or n < SHARE * len(older):
        return []
    names = ", ".join(name for name, _ in parted.most_common(SHOWN))
    more = f" and {len(parted) - SHOWN} more" if len(parted) > SHOWN else ""
    told = f"codings that part a word and are older than the last change of their text: {n} of {len(older)}; "
    return [told + f"that program left their places as they were before it: look at them in {names}{more}"]
