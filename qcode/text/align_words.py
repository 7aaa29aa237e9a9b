"""Takes two texts apart into words and signs that can be laid side by side."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Words", "words_of"]

_one_by_one = "\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_marks = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_word = re.compile(rf"[{_one_by_one}]|(?:[^\W{_one_by_one}][{_marks}]*)+|\S")
"""A word with its marks, a Chinese or Japanese character, or a sign; blanks belong to none."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words and signs of a text in order: where each starts and ends, and the number that stands for its spelling.

    Two that differ only in capitals or in how an accent is stored have one number. `begins` tells whether a word is the
    first of its line.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[int]
    begins: list[bool]

    def __len__(self) -> int:
        return len(self.keys)

    def raw(self, n: int) -> str:
        """Return the n-th word as it stands."""
        return self.text[self.starts[n] : self.ends[n]]


def words_of(text: str, numbers: dict[str, int]) -> Words:
    """Return the words of a text; `numbers` are those given to spellings so far, and gets the new ones."""
    starts, ends, keys, begins, before = list[int](), list[int](), list[int](), list[bool](), 0
    seen: dict[str, int] = {}
    for match in _word.finditer(text):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
        begins.append(before == 0 or "\n" in text[before:start])
        word = match[0]
        if word not in seen:
            seen[word] = numbers.setdefault(_folded(word), len(numbers))
        keys.append(seen[word])
        before = end
    return Words(text, starts, ends, keys, begins)


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word).casefold()
