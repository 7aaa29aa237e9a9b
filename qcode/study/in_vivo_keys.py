"""Makes the key of a code from the words of whoever speaks."""

from __future__ import annotations

from collections.abc import Collection

from qcode.domain.codebook import key_problem
from qcode.errors import BadValue
from qcode.study.desk import unnameable

__all__ = ["free_key", "key_of_words"]

LONGEST = 40
"""A key made from words is cut at the end of a word before so many characters."""

AT_ENDS = " /.,;:!?…。！？、，；：«»„“”‘’\"'()[]—–-"


def key_of_words(words: str) -> str:
    """Return a key made from `words`: one line without commas, cut at the end of a word."""
    line = " ".join("".join(" " if one in ",\u2028\u2029" or unnameable(one) else one for one in words).split())
    key = _cut(line.strip(AT_ENDS)).strip(AT_ENDS)
    if key_problem(key) is not None:
        raise BadValue("no key can be made from these words", mend="give one")
    return key


def _cut(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    whole, blank, _ = line[: LONGEST + 1].rpartition(" ")
    return whole if blank else line[:LONGEST]  # (Chinese is written without blanks)


def free_key(key: str, taken: Collection[str]) -> str:
    """Return `key`, or where it is among the `taken` (casefolded) with the first number that makes it another."""
    free, n = key, 1
    while free.casefold() in taken:
        n += 1
        free = f"{key} {n}"
    return free
