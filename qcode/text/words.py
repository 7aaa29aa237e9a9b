"""Words of a text as they are searched: their places, and their spelling with all that does not matter folded away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["APOSTROPHE", "fold_word", "is_cyrillic", "is_nothing", "latin_uzbek", "plain_word", "words"]

APOSTROPHE = "ʻ"
_ignored = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_marks = "\u0300-\u036f"
_han = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_quotes = "'`´ʹʻʼʽʾʿ‘’‛′＇"
_first = rf"[^\W_{_han}{_quotes}]"
_letter = rf"[^\W_{_han}]"
_word = re.compile(
    rf"[{_han}]|{_first}{_letter}*(?:(?:[{_marks}]+|[{_ignored}]+(?=[{_marks}]|{_letter})|[{_quotes}](?={_letter})){_letter}*)*"
)
_dropped = re.compile(rf"[{_ignored}]+")
_nothing = re.compile(rf"[\s{_ignored}]*")
_stress = re.compile(rf"[{_marks}]+")
_hook = re.compile("(?<=[ogOG])'")
_quote = re.compile(rf"[{_quotes}]")

_LATIN = "ABCEHKMOPTXYIJSËƏƟHaceopxykijsëəɵh"
_CYRILLIC = "АВСЕНКМОРТХУІЈЅЁӘӨНасеорхукіјѕёәөһ"
_to_cyrillic = str.maketrans(_LATIN, _CYRILLIC)
_to_latin = str.maketrans(_CYRILLIC, _LATIN)

_uzbek = str.maketrans(
    {"ё": "yo", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
    | {"ў": "o" + APOSTROPHE, "ғ": "g" + APOSTROPHE, "ҳ": "h", "қ": "q", "х": "x", "ж": "j", "й": "y", "э": "e"}
    | dict(zip("абвгдезиклмнопрстуфы", "abvgdeziklmnoprstufi", strict=True))
)
_iotated = re.compile(r"(?:^|(?<=[аеёиоуўэюя]))е")


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text, in order; of Chinese each character is one."""
    return _word.finditer(text)


def is_nothing(gap: str) -> bool:
    """Tell whether between two words stand only blanks and invisible characters."""
    return _nothing.fullmatch(gap) is not None


def plain_word(word: str) -> str:
    """Return a word in one spelling, with its capitals and ё.

    No letter is of another alphabet that looks the same; left out are invisible characters, marks of stress, wide
    forms, and apostrophes, but for those behind o and g, which make other letters.
    """
    plain = _quote.sub("'", word)
    if not plain.isascii():
        plain = _stress.sub("", _one_alphabet(unicodedata.normalize("NFKC", _dropped.sub("", plain))))
    return _hook.sub(APOSTROPHE, plain).replace("'", "")


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Return a word in one spelling and in small letters."""
    return _stress.sub("", plain_word(word).casefold())


def _one_alphabet(word: str) -> str:
    """Return a word of Cyrillic and Latin letters in that alphabet to which all of them may belong."""
    cyrillic = {c for c in word if "\u0400" <= c <= "\u052f"}
    latin = {c for c in word if c.isalpha() and c < "\u02b0"}
    if not cyrillic or not latin:
        return word
    if latin <= set(_LATIN):
        return word.translate(_to_cyrillic)
    return word.translate(_to_latin) if cyrillic <= set(_CYRILLIC) else word


def is_cyrillic(word: str) -> bool:
    """Tell whether a word has a Cyrillic letter."""
    return any("\u0400" <= c <= "\u052f" for c in word)


def latin_uzbek(word: str) -> str:
    """Return a folded Uzbek word in Latin letters."""
    return _iotated.sub("ye", word).translate(_uzbek)
