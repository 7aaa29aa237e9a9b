"""The forms of Kazakh, Kyrgyz and Uzbek words: which chains of endings may stand behind a beginning.

Folded: no capitals, no ё, and Uzbek in Latin letters. In the chains a capital stands for what changes with the
sounds before it: A and Y are vowels that keep together; L, D, N, B, K, G and M begin endings of number, place, owner,
origin, object, aim and negation; I is a vowel only behind a consonant, H is "his", J the present and E the future.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["ENDINGS", "LANGUAGES", "ways"]

NOUN = {
    "kk": """(?:LAр)?(?:
        (?:NYң|GA|KY|DA|BAн|Mен(?:ен)?)?
      | (?:Iм|Iң|IңYз|IмYз)(?:NYң|A|GA|KY|DA|BAн|Mен)?
      | H(?:нYң|нA|н|ндA|нAн|Mен)? )
      (?:(?<=[дт]A)GY(?:LAр)?(?:H|мYз)?(?:NYң|GA|KY|н|нA|DA|BAн)?|[ндт]ікі)?
      (?:MYн|сYң|сYз|MYз|сYңдAр|сYздAр)?""",
    "ky": """(?:LAр)?(?:
        (?:KYн|GA|KY|DA|DAн|GAчA)?
      | (?:Iм|Iң|IңYз|IбYз|IңAр)(?:KYн|A|GA|KY|DA|DAн)?
      | H(?:нYн|нA|н|ндA|нAн)? )
      (?:(?<=[дт]A)GY(?:LAр)?H?(?:KYн|GA|KY|н|нA|DA|DAн)?)?
      (?:мYн|сYң|сYз|MYз|сYңAр|сYздAр)?(?:MY)?""",
    "uz": """(?:lar)?(?:Im|Ing|H|s?i|Imiz|Ingiz)?(?:ning|ni|Ga|da|dan|Gacha|niki|dek|day|cha)?
      (?:(?<=da)gi(?:lar)?(?:i|si)?(?:ning|ni|Ga|da|dan)?)?
      (?:man|san|miz|siz|dir|lar)?(?:mi)?""",
}
DERIVED = {"kk": "(?:сYз|LY|LY[гғкқ])", "ky": "(?:сYз|LYY|LY[гк])", "uz": "(?:siz|li|lik)"}
"""With, without and -ness of a noun."""

PERSON = {
    "kk": "(?:MYн|м|сYң|сYз|дY|MYз|сYңдAр|сYздAр|тYн NOUN)?",
    "ky": "(?:мYн|м|сYң|сYз|т|MYз|сYңAр)?",
    "uz": "(?:man|san|di|dilar|miz|siz|sizlar)?",
}
VERB = {
    "kk": """(?:SELF|Iл|Iс|DYр|GYз){0,2}(?:MA)?(?:
        DY(?:м|ң|ңYз|[кқ]|ңдAр)? | сA(?:м|ң|ңYз|[кқ]|ңдAр)?
      | J PERSON | Iп(?:тY(?:м|MYн|сYң|сYз|MYз|р)?)?
      | (?:GAн|E|(?<=[мбп]A)с|у(?:шY)?) NOUN
      | (?<=[мбп]A)стAн | сYн | IңYз | GAлY | GY(?:м|ң|сY|ңYз) | MA[кқ](?:шY)? )""",
    "ky": """(?:SELF|Iл|Iш|DYр|GYз|GAр){0,2}(?:MA)?(?:
        DY(?:м|ң|ңYз|[кқ]|ңAр)? | сA(?:м|ң|ңYз|[кқ]|ңAр)?
      | J PERSON
      | (?:GAн|Iп(?:тYр)?|E|(?<=[бп]A)с|ч[уү]|Y?[уү](?:чY)?|Iш) NOUN
      | (?<=[бп]A)стAн | сYн | IңYз | GAнY | GY(?:м|ң|сY|ңYз|лA) | MA[кқ](?:чY)? )
      (?:MY)?""",
    "uz": """(?:SELF|Il|Ish|[td]ir|Giz){0,2}(?:ma)?(?:
        di(?:m|ng|ngiz|k|lar|ngizlar)? | sa(?:m|ng|ngiz|k|lar)?
      | J PERSON | a?(?:yap|yotir)(?:man|san|ti|tilar|miz|siz|sizlar)
      | Ib(?:di|man|san|miz|siz|dilar)? | E(?:di)?(?:man|san|miz|siz|lar|m|ng|k|ngiz)?
      | (?:Gan|J(?:yot|di)gan|Ish|u?vchi|uv|(?<=ma)slik) NOUN
      | (?<=ma)s(?:dan|man|san|miz|siz|lar)? | moq(?:chi|da)?(?:man|san|miz|siz|lar)?
      | sin(?:lar)? | Ing(?:iz|lar)? | Gach | Guncha | Gani | (?<=ma) )""",
}
LANGUAGES = tuple(NOUN)

_vowels = {"kk": "аәеёоөұүыіэяи", "ky": "аеёоөуүыиэюя", "uz": "aeiou"}
_rows = {
    "kk": [("а", "ы", "ғ", "қ"), ("е", "і", "г", "к")],
    "ky": [("[ао]", "[ыу]", "г", "к"), ("[еө]", "[иү]", "г", "к")],
    "uz": [("a", "i", "g", "")],
}
"""The vowels A and Y that keep together in a word, and the soft and hard G beside them."""

_hard, _nasal = "пфкқтсшщчцхһ", "мнң"
SELF = {"kk": "Iн|т", "ky": "Iн|т", "uz": "In|t"}
"""Endings that make another verb of the shortest ones: uz ur- is to beat, urin- to try."""

_kinds = {
    "noun": "NOUN",
    "long noun": "(?:DERIVED)?NOUN",
    "verb": "VERB",
    "short verb": "VERB",
    "joined verb": "[яе] PERSON",
}
"""A joined verb has й and the vowel behind it in one letter: kk қой- and ады is қояды, ky кой- and от is коёт."""


def _sounds(language: str, a: str, y: str, soft: str, hard: str) -> dict[int, str]:
    """Return the patterns that the capitals stand for."""
    vowels = _vowels[language]
    after, after_none = f"(?<=[{vowels}])", f"(?<![{vowels}])"
    s, present, future = ("s", "y", "r") if language == "uz" else ("с", "й", "р")
    sounds = {
        "A": a,
        "Y": y,
        "I": f"(?:{after_none}{y}|{after})",
        "H": f"(?:{after}{s}{y}|{after_none}{y})",
        "J": f"(?:{after}{present}|{after_none}{a})",
        "E": f"(?:{after_none}{a})?{future}",
    }
    if language == "uz":
        return str.maketrans(sounds | {"G": "(?:g|(?<=k)k|(?<=q)q)"})
    after_hard, after_soft = f"(?<=[{_hard}бвгд])", f"(?<![{_hard}])"
    after_voiced, nasal = f"(?<![{vowels}{_hard}])", _nasal if language == "kk" else ""
    sounds |= {
        "L": f"(?:(?<=[{vowels}уюрй])л|(?<=[лмнңзжьбвгд])д|{after_hard}т)",
        "D": f"(?:{after_soft}д|{after_hard}т)",
        "N": f"(?:(?<=[{vowels}{nasal}])н|{after_voiced}д|{after_hard}т)",
        "B": f"(?:(?<=[{_nasal}])н|(?<![{_nasal}{_hard}])д|{after_hard}т)",
        "K": f"(?:{after}н|{after_voiced}д|{after_hard}т)",
        "G": f"(?:{after_soft}{soft}|{after_hard}{hard})",
        "M": f"(?:{after_soft}[мб]|{after_hard}п)",
    }
    return str.maketrans(sounds)


def _chain(language: str, kind: str) -> str:
    chain = _kinds[kind].replace("VERB", VERB[language]).replace("DERIVED", DERIVED[language])
    chain = chain.replace("SELF|", "" if kind.startswith("short") else SELF[language] + "|")
    chain = chain.replace("PERSON", PERSON[language]).replace("NOUN", f"(?:{NOUN[language]})")
    return "|".join(chain.translate(_sounds(language, *row)) for row in _rows[language])


ENDINGS = {f"{language} {kind}": _chain(language, kind) for language in LANGUAGES for kind in _kinds}

LONG = 4
"""So many sounds has a beginning that other words may be derived from, and that a plural is stripped down to."""

NO_VERB = {"ауру", "күйеу"}
STEMS_IN_I = {"oʻqi", "tani"}
VOICED = {"kk": {"к": "г", "қ": "ғ", "п": "б"}, "ky": {"к": "г", "п": "б"}, "uz": {"k": "g", "q": "gʻ"}}
INFINITIVE = {
    "kk": [("ю", "й"), ("у", "")],
    "ky": [("юу", "й"), ("уу", ""), ("үү", ""), ("оо", "а"), ("оо", "о"), ("өө", "е"), ("өө", "ө")],
    "uz": [("ish", ""), ("sh", ""), ("moq", ""), ("uv", "")],
}
"""What the name of an act ends in, and what its stem has instead."""

FINITE = {
    "kk": re.compile(r"(..+[аеыі])(?:п|йді|йды|йтін|йтын)"),
    "ky": re.compile(r"(..+[аеоөыиуү])(?:п|йт)"),
    "uz": re.compile(r"(..+[aiou])(?:b|ydi)"),
}
PAST = {"kk": re.compile("(..+)[дт][ыі]"), "ky": re.compile("(..+)[дт][ыиуү]"), "uz": re.compile("(..+)di")}
PLURAL = {"kk": re.compile("(.+)[лдт][ае]р"), "ky": re.compile("(.+)[лдт][аеоө]р"), "uz": re.compile("(.+)lar")}
BELONGING = {
    "kk": re.compile("(..+?)(?:с?[ыі]|[ндт][ыі]ң)"),
    "ky": re.compile("(..+?)(?:с?[ыиуү]|[ндт][ыиуү]н)"),
    "uz": re.compile("(..+?)(?:s?i|ning)"),
}
_digraph = re.compile("sh|ch|ng|[og]ʻ")


def ways(word: str, language: str, alone: bool) -> Iterator[tuple[str, str]]:
    """Yield (beginning, kind of ending) for a word of a term; `alone` where it is the whole term."""
    yield from _noun(word, language)
    plural = PLURAL[language].fullmatch(word)
    if plural and _length(plural[1]) >= LONG:
        yield from _noun(plural[1], language)
    for stem in _stems(word, language):
        yield stem, f"{language} short verb" if alone and len(stem) < 3 else f"{language} verb"
        if stem.endswith("й"):
            yield stem[:-1], f"{language} joined verb"
    if not alone:
        past, belonging = PAST[language].fullmatch(word), BELONGING[language].fullmatch(word)
        if past:
            yield past[1], f"{language} verb"
        if belonging:
            yield from _noun(belonging[1], language)


def _noun(word: str, language: str) -> Iterator[tuple[str, str]]:
    kind = f"{language} long noun" if _length(word) >= LONG else f"{language} noun"
    yield word, kind
    if word[-1] in VOICED[language]:
        yield word[:-1] + VOICED[language][word[-1]], kind


def _stems(word: str, language: str) -> Iterator[str]:
    """Yield the stems that a verb may have whose infinitive, or third person, the word may be."""
    for ending, instead in INFINITIVE[language]:
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(stem) >= (3 if ending == "moq" else 2) and not _no_stem(word, stem):
            yield stem
            yield from (
                stem.removesuffix(soft) + hard for hard, soft in VOICED[language].items() if stem.endswith(soft)
            )
    finite = FINITE[language].fullmatch(word)
    if finite and len(word) > 5:
        yield finite[1]


def _no_stem(word: str, stem: str) -> bool:
    """Tell whether the word is a noun (kk ауру), or was cut in the wrong place (uz ur-ish as uri-sh)."""
    return word in NO_VERB or (word.endswith("ish") and stem.endswith("i") and stem not in STEMS_IN_I)


def _length(word: str) -> int:
    return len(_digraph.sub("*", word))
