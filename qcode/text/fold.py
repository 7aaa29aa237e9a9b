"""Comparing names as people write them: initials, look-alike letters, blanks; never changing the text."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["expands", "fold", "is_initials", "mixes_alphabets", "shape", "slipped", "surname_of", "swapped", "tidy"]

LOOKALIKES = str.maketrans("АВЕЁКМНОРСТУХІЈЅ", "ABEEKMHOPCTYXIJS")
_words = re.compile(r"[^\W_]+")
_initials = re.compile(r"[^\W\d_](?:\s?\.\s?-?\s?[^\W\d_]){0,2}\s?\.?|[^\W\d_]\s[^\W\d_]")
_code = re.compile(r"[^\W\d]{1,12}[\s_.-]?\d{1,4}[^\W\d_]?")
_age = re.compile(r",\s*(?:[^\W\d_]{1,3}\.?,?\s*)?\d{1,3}(?:\s*[^\W\d_]{1,8}\.?)?\Z")
_dropped = re.compile(r"[\s.\u00ad\u200b-\u200f\u2060\ufeff]+")


def tidy(label: str) -> str:
    """Return a label as it is shown: every run of blanks one blank, none at its ends."""
    return " ".join(label.replace("\u00ad", "").split())


def fold(label: str) -> str:
    """Return what two spellings of one label have in common: case, dots, blanks and alphabet left out."""
    plain = unicodedata.normalize("NFKC", label).upper()
    return _dropped.sub("", plain).translate(LOOKALIKES)


def is_initials(label: str) -> bool:
    """Tell whether a label is one letter, or two or three with dots or blanks between them."""
    return _initials.fullmatch(label.strip()) is not None


def shape(label: str) -> str:
    """Return the form of a label: letter, initials, code, caps, title1, titles, cjk, handle or phrase.

    An age behind it (`, 34 years`) is left aside.
    """
    label = _age.sub("", label.strip()) if "," in label else label.strip()
    tokens = [found[0] for token in label.split() if (found := _words.search(token))]
    if not tokens:
        return "phrase"
    if is_initials(label):
        return "letter" if len(_words.findall(label)) == 1 else "initials"
    if _code.fullmatch(label) and not (label[0].islower() and " " in label):
        return "code"
    if all(_caseless(token) for token in tokens):
        return "cjk"
    if len(tokens) <= 3 and label.upper() == label:
        return "caps"
    if _capital(tokens[0]) and all(_capital(token) or token.lower() in PARTICLES for token in tokens):
        return "title1" if len(tokens) == 1 else "titles"
    return "handle" if len(label.split()) == 1 else "phrase"


PARTICLES = {
    "von",
    "van",
    "de",
    "der",
    "den",
    "di",
    "da",
    "la",
    "le",
    "el",
    "al",
    "bin",
    "ibn",
    "y",
    "e",
    "кызы",
    "уулу",
}


PATRONYMICS = ("вич", "вна", "чна", "уулу", "кызы", "қызы", "ұлы")


def _capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or _caseless(word)


def _caseless(word: str) -> bool:
    return word.upper() == word.lower() and word[0].isalpha()


def expands(full: str, short: str) -> bool:
    """Tell whether `short` may stand for `full`: its initials, in the usual orders, or one of its names."""
    names = _words.findall(full)
    if len(names) == 3 and names[2].lower().endswith(PATRONYMICS):
        names = [names[1], names[2], names[0]]
    words = [fold(name) for name in names]
    brief = fold(short)
    if not words or brief == fold(full) or len(brief) >= len(fold(full)):
        return False
    if len(words) > 1 and not any(c.isdigit() for c in brief) and brief in (words[0], words[-1]) and len(brief) > 1:
        return True
    firsts = [word if word.isdigit() else word[0] for word in words]
    return brief in _abbreviations(firsts)


def surname_of(full: str, name: str) -> bool:
    """Tell whether a name is the surname in a label of initials and surname: `Doe` in `J. R. Doe`."""
    *firsts, last = _words.findall(full) or [""]
    return len(last) > 2 and fold(last) == fold(name) and bool(firsts) and all(len(word) == 1 for word in firsts)


def _abbreviations(firsts: list[str]) -> set[str]:
    if len(firsts) == 1:
        return {firsts[0]}
    digits = any(first.isdigit() for first in firsts)
    ways = {"".join(firsts), firsts[0] + firsts[1], firsts[0] + firsts[-1], firsts[-1] + firsts[0]}
    if not digits:
        ways |= {firsts[0], firsts[-1], firsts[-1] + "".join(firsts[:-1])}
    if len(firsts) == 3 and not digits:
        ways.add(firsts[1] + firsts[2])
    return ways


def swapped(one: str, other: str) -> bool:
    """Tell whether two pairs of initials hold the same letters in the other order."""
    a, b = fold(one), fold(other)
    return len(a) == 2 and a != b and a == b[::-1] and is_initials(one) and is_initials(other)


def mixes_alphabets(one: str, other: str) -> bool:
    """Tell whether two spellings differ only by letters of another alphabet that look the same."""
    strip = [_dropped.sub("", unicodedata.normalize("NFKC", label).upper()) for label in (one, other)]
    return strip[0] != strip[1] and fold(one) == fold(other)


def slipped(one: str, other: str) -> bool:
    """Tell whether two folded names differ inside by one letter wrong, missing, too many, or two in the wrong order."""
    if one == other or abs(len(one) - len(other)) > 1 or one[:1] != other[:1] or one[-1:] != other[-1:]:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or (
        short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    )
