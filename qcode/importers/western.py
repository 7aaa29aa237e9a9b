"""Which of the old Western encodings a text is in: the one in which letters stand where letters stand in words."""

from __future__ import annotations

__all__ = ["western"]

OTHERS = ("mac_roman", "cp850")
LETTERS = frozenset("äöüßàâæçéèêëîïôœùûÿñáíóúìòãõåø")
OPENING = frozenset("«„‚‹")
CLOSING = frozenset("»“”›")
ANYWHERE = frozenset("‘’–—…\u00a0\u00ad")
SURE = 0.9
DOUBTFUL = 0.6
SAMPLE = 200_000


def western(data: bytes) -> str:
    """Return cp1252, or mac_roman or cp850 where nearly all letters make sense in that one and few in cp1252."""
    sample = data[:SAMPLE]
    if _fitting(sample, "cp1252") > DOUBTFUL:
        return "cp1252"
    best = max(OTHERS, key=lambda name: _fitting(sample, name))
    return best if _fitting(sample, best) >= SURE else "cp1252"


def _fitting(data: bytes, name: str) -> float:
    """Return the share of characters outside ASCII that stand as they do in print, 1 where there are none."""
    text = f" {data.decode(name, 'replace')} "
    places = [i for i, c in enumerate(text) if c > "\x7f"]
    return sum(_fits(text[i], text[i - 1], text[i + 1]) for i in places) / len(places) if places else 1.0


def _fits(c: str, before: str, after: str) -> bool:
    if c.isalpha():
        return c in LETTERS or (c.lower() in LETTERS and not before.islower())
    if c in OPENING:
        return not before.isalpha()
    if c in CLOSING:
        return not (before.isalpha() and after.isalpha())
    return c in ANYWHERE or (c.isprintable() and not before.isalpha() and not after.isalpha())
