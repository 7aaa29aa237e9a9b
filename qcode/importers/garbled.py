"""Letters read in a wrong encoding: lines of UTF-8 in a text of another, and words with their case turned."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["lines_read_wrongly", "lines_saved_wrongly"]

SAMPLE = 400_000
FEWEST_BYTES, FEWEST_SAVED = 12, 6
FEWEST_TURNED = 5
SAVED_AS = {"cp1251": "[ß-ÿ]", "cp1252": "[а-яё]", "iso8859-1": "[а-яё]"}
"""Encodings in which UTF-8 is read wrongly, each with letters that it does not have."""
_turned = re.compile(r"\b[а-яё][А-ЯЁ]{3,}\b")


def lines_read_wrongly(text: str, encoding: str) -> list[int]:
    """Return the lines, counted from 1, that cannot be in the encoding in which a text was read.

    Their bytes are sound UTF-8; or words begin small and go on in capitals, as KOI8 read as Windows-1251 does and
    the other way round, and more often than a finger slips.
    """
    turned = {n: len(words) for n, line in _lines(text) if (words := _turned.findall(line))}
    if sum(turned.values()) < FEWEST_TURNED:
        turned = {}
    return [n for n, line in _lines(text) if n in turned or _is_utf8(line, encoding, FEWEST_BYTES)]


def lines_saved_wrongly(text: str) -> list[int]:
    """Return the lines, counted from 1, that some program read in a wrong encoding and saved so (`Ð¿Ñ€`, `РїСЂ`)."""
    sound = {name: _sound(name) for name in SAVED_AS}
    return [
        n
        for n, line in _lines(text)
        if any(not sound[name].search(line) and _is_utf8(line, name, FEWEST_SAVED) for name in SAVED_AS)
    ]


def _sound(encoding: str) -> re.Pattern[str]:
    """Return what UTF-8 read in an encoding cannot hold, to pass quickly over sound lines."""
    first, later = (bytes(range(*ends)).decode(encoding, "ignore") for ends in ((0xC2, 0xF5), (0x80, 0xC0)))
    return re.compile(f"[{re.escape(first)}][^{re.escape(later)}]|{SAVED_AS[encoding]}")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    sample = text[:SAMPLE]
    lines = re.split(r"\r\n|\r|\n", sample) if "\r" in sample else sample.split("\n")
    return ((n, line) for n, line in enumerate(lines, start=1) if not line.isascii())


def _is_utf8(line: str, encoding: str, fewest: int) -> bool:
    try:
        data = line.encode(encoding)
        # First what ends at the first byte of nearly every sound line
        return len(data.decode("utf-8")) < len(data) and sum(byte > 0x7F for byte in data) >= fewest
    except UnicodeError:
        return False
