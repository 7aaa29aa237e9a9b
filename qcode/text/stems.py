"""Light stemming by rule: what may stand behind the beginning of a term's word in a text, per language."""

from __future__ import annotations

import re
from functools import cache

from qcode.text import stems_de, stems_en, stems_ru, stems_turkic

__all__ = ["fits", "ways"]

ENDINGS = {"exact": ""} | stems_de.ENDINGS | stems_en.ENDINGS | stems_ru.ENDINGS | stems_turkic.ENDINGS
SHORT_RU, SHORT_TURKIC = 3, 2
"""So short is a word that still has endings."""

LONGEST_ACRONYM = 5
"""A word of a term in capitals and no longer than this is found in capitals only: WHO is not who."""

IN_CAPITALS = "in capitals, "
ACRONYMS = {"ru": "ru masculine", "en": "en plural", "de": "en plural"}
ACRONYMS |= {language: f"{language} noun" for language in stems_turkic.LANGUAGES}


def ways(word: str, written: str, language: str, *, alone: bool) -> set[tuple[str, str]]:
    """Return the (beginning, kind of ending) of a word of a term; `alone` where it is the whole term.

    `word` is folded, without ё; `written` is it with its capitals.
    """
    if written.isupper() and 1 < len(written) <= LONGEST_ACRONYM:
        return {(word, IN_CAPITALS + ACRONYMS.get(language, "exact"))}
    if not word.replace("ʻ", "").isalpha():
        return {(word, "exact")}
    if language == "de":
        found = set(stems_de.ways(word, written[0].isupper()))
    elif language == "en":
        found = {(word, "exact"), *stems_en.ways(word, alone)}
    elif language == "ru" and len(word) >= SHORT_RU:
        found = {(word, "exact"), *stems_ru.ways(word, alone)}
    elif language in stems_turkic.LANGUAGES and len(word) >= SHORT_TURKIC:
        found = {(word, "exact"), *stems_turkic.ways(word, language, alone)}
    else:
        found = {(word, "exact")}
    return {(beginning, kind) for beginning, kind in found if beginning}


def fits(kind: str, word: str, cut: int, written: str) -> bool:
    """Tell whether a folded word may end so behind `cut` letters; `written` is it with its capitals."""
    if kind.startswith(IN_CAPITALS):
        kind = kind.removeprefix(IN_CAPITALS)
        ending = written[cut:]
        if not written[:cut].isupper() or ending != ending.lower():
            return False
    elif kind in stems_de.CAPITAL and not written[0].isupper():
        return False
    return _pattern(kind).fullmatch(word, cut) is not None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(ENDINGS[kind], re.VERBOSE)
