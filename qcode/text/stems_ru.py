"""The forms of Russian words: what may stand behind which beginning of a word. Folded: no capitals, no ё."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["ENDINGS", "ways"]

ADJECTIVE = "(?:[ыи]й|ой|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]м|[ое]м|ей|[ую]ю|[ыи]х|[ыи]ми|[ое]ю)"
PRESENT = "(?:[ую]|ешь|ет|ем|ете|[ую]т|й|йте|и|ите|ь|ьте|я|[ую]щ%s)"
SECOND = "(?:[ую]|ишь|ит|им|ите|[ая]т|и|ь|ьте|[ая]|[ая]щ%s)"
NOUN = {
    "masculine": "а|у|ом|ем|е|ы|и|ов|ев|ей|ам|ами|ах",
    "short j": "й|я|ю|ем|е|и|ев|ям|ями|ях",
    "soft": "ь|и|ью|я|ю|ем|е|ей|ям|ями|ях",
    "feminine": "а|ы|и|е|у|ой|ою|ей|ею|ам|ами|ах",
    "feminine ja": "я|и|е|ю|ей|ею|й|ям|ями|ях",
    "neuter": "о|а|у|ом|е|ам|ами|ах",
    "neuter je": "е|я|ю|ем|и|й|ям|ями|ях",
}
_plural = "|".join(NOUN[kind] for kind in ("masculine", "short j", "soft", "feminine"))
_patterns = {kind: ends if kind == "feminine ja" else f"(?:{ends})?" for kind, ends in NOUN.items()} | {
    "plural": f"(?:{_plural})?",
    "soft plural": f"{NOUN['soft']}|й|ев",
    "brothers": "ья|ьев|ьям|ьями|ьях",
    "derived": f"(?:ов|ск){ADJECTIVE}",
    "adjective": ADJECTIVE,
    "adjective, short": f"{ADJECTIVE}|[аы]?",
    "adjective, feminine": "ая|ой|ую|ою|ые|ых|ым|ыми|яя|ей|юю|ие|их|им|ими",
    "past": f"ть|л|ла|ло|ли|в|вши|вш{ADJECTIVE}",
    "passive n": f"н|на|но|ны|нн{ADJECTIVE}",
    "passive t": f"т|та|то|ты|т{ADJECTIVE}",
    "passive en": f"(?:ен|ена|ено|ены|енн{ADJECTIVE})",
    "first person": "[ую]",
    "present": PRESENT % ADJECTIVE,
    "second": SECOND % ADJECTIVE,
    "give": "м|шь|ст|дим|дите|дут",
    "bare past": f"(?:ть|ла|ло|ли|ш{ADJECTIVE})?",
}
_reflexive = {
    "past",
    "passive n",
    "passive t",
    "passive en",
    "first person",
    "present",
    "second",
    "give",
    "bare past",
}
ENDINGS = {f"ru {kind}": ends for kind, ends in _patterns.items() if kind not in _reflexive}
ENDINGS |= {f"ru {kind}": f"(?:{_patterns[kind]})(?:ся|сь)?" for kind in _reflexive}
ENDINGS |= {f"ru {kind}, only": _patterns[kind] for kind in _reflexive}
ENDINGS |= {f"ru {kind}, self": f"(?:{_patterns[kind]})(?:ся|сь)" for kind in _reflexive}

VOWELS = "аеиоуыэюя"
SOFTENED = {"с": "ш", "з": "ж", "т": "чщ", "д": "ж", "к": "ч", "х": "ш"}
IRREGULAR = {"мать": "матер", "дочь": "дочер", "церковь": "церкв", "любовь": "любв"}
BROTHERS = {"муж", "брат", "друг", "сын"}
NO_VERB = {"мать", "сеть", "мечеть", "печать", "кровать", "память", "треть", "нить", "суть", "путь", "прыть"}
OTHER_WITH_SELF = {"отказать"}
"""Verbs that mean another thing with -ся: отказать is to refuse somebody, отказаться to decline."""

IRREGULAR_PRESENT = {"бра": "бер", "взя": "возьм", "гна": "гон", "еха": "ед", "зва": "зов"}
IRREGULAR_PRESENT |= {"приня": "прим", "сня": "сним"}
_full = re.compile(r"..+(?:[ыи]й|[ыи]е|[ыи]х|[ое]го|[ое]му|[ыи]ми|[ую]ю|ое|ее)")
_oblique = re.compile(r"(.{3,}?)(?:ов|ев|ей|ами|ями|ам|ям|ах|ях|ом|ем|ой|ью)")
_infinitive = re.compile(r"(.+[аяеиуыоз])ть(с[ья])?")
_give = re.compile("(?:вы|за|из|об|от|пере|по|под|при|про|раз|с|у)?да")
_beat = re.compile("(?:вы|до|за|из|на|о|об|от|пере|по|при|про|раз|рас|с|у)?[бпвлш]и")
_finite = re.compile(r"(.{2,}?)(?:[ую]т|[ая]т|ет|ит)")


def ways(word: str, alone: bool) -> Iterator[tuple[str, str]]:
    """Yield (beginning, kind of ending) for a word of a term; `alone` where it is the whole term."""
    verb = _infinitive.fullmatch(word)
    if verb and word not in NO_VERB:
        kinds = "{}, self" if verb[2] else "{}, only" if word in OTHER_WITH_SELF else "{}"
        yield from ((base, "ru " + kinds.format(kind)) for base, kind in (*_past(verb[1]), *_present(verb[1])))
        if verb[2]:
            return
    if _full.fullmatch(word) or word.endswith(("ая", "яя")) or (word.endswith("ой") and len(word) > 5):
        yield from _adjective(word, alone)
    yield from _noun(word)
    if word.endswith("но") and len(word) > 6:
        yield word[:-1], "ru adjective"
    if not alone:
        for part in (_oblique.fullmatch(word), word.endswith(("а", "я", "у")) and re.match("(.+).", word)):
            if part:
                yield part[1], "ru plural"
        finite = _finite.fullmatch(word)
        if finite:
            yield finite[1], "ru present"
            yield finite[1], "ru second"


def _noun(word: str) -> Iterator[tuple[str, str]]:
    last, base = word[-1], word[:-1]
    kinds = {"й": "short j", "ь": "soft", "а": "feminine", "я": "feminine ja", "о": "neuter", "е": "neuter je"}
    kinds |= {"ы": "plural", "и": "plural"}
    if word in IRREGULAR:
        yield IRREGULAR[word], "ru soft"
        yield word, "exact"
        return
    if last == "и" and base[-1] not in "кгхжшчщ" and len(base) < 5:
        yield base, "ru soft plural"
    elif last not in kinds:
        yield word, "ru masculine"
        if word in BROTHERS:
            yield word, "ru brothers"
        if re.fullmatch(r".{3,}[ео][кц]", word):
            yield word[:-2] + last, "ru masculine"
    else:
        yield base, f"ru {kinds[last]}"
        if last in "аыияо" and len(base) > 2:
            yield from ((form, "exact") for form in _without_ending(base))
    if len(base) > 4 and last not in "оеь":
        yield word if last not in kinds else base, "ru derived"


def _without_ending(base: str) -> Iterator[str]:
    """Yield the form without ending where a vowel comes in: справк(а) справок, тюрьм(а) тюрем, судь(я) судей."""
    before, last = base[-2], base[-1]
    if last == "ь":
        yield base[:-1] + "ей"
    elif last == "н" and before not in VOWELS:
        yield base[:-1] + "ен"
    elif before in "ьй":
        yield base[:-2] + "е" + last
    elif last == "к" and before not in VOWELS:
        yield base[:-1] + "ок"
        yield base[:-1] + "ек"


def _adjective(word: str, alone: bool) -> Iterator[tuple[str, str]]:
    if word.endswith(("ая", "яя")) and alone:
        yield word[:-2], "ru adjective, feminine"
    elif word.endswith(("ый", "ой", "ий")) and alone and len(word) > 5:
        yield word[:-2], "ru adjective, short"
    elif word.endswith(("го", "му", "ми")):
        yield word[:-3], "ru adjective"
    else:
        yield word[:-2], "ru adjective"


def _past(stem: str) -> Iterator[tuple[str, str]]:
    last, base = stem[-1], stem[:-1]
    if last == "з":
        yield stem, "bare past"
        return
    yield stem, "past"
    if stem.endswith("ере"):
        yield base, "bare past"
    elif last in "ая" and not stem.endswith("ня"):
        yield stem, "passive n"
    elif last in "ыуоя" or _beat.fullmatch(stem):
        yield stem, "passive t"
    elif last == "и":
        yield from ((form, "passive en") for form in _softened(base))


def _present(stem: str) -> Iterator[tuple[str, str]]:
    last, base = stem[-1], stem[:-1]
    for infinitive, present in IRREGULAR_PRESENT.items():
        if stem.endswith(infinitive):
            yield stem.removesuffix(infinitive) + present, "second" if present == "гон" else "present"
            return
    if stem.endswith(("ова", "ева")):
        yield stem[:-3] + "у", "present"
    elif last in "ая":
        yield stem, "give" if _give.fullmatch(stem) else "present"
        if base[-1] in "жшчщ":
            yield base, "second"
        elif base[-1] in SOFTENED:
            yield from ((form, "present") for form in _softened(base))
        elif base[-1] in "вр" and base[-2:-1] not in VOWELS:
            yield base, "present"
    elif last == "и":
        yield (base + "ь", "present") if _beat.fullmatch(stem) else (base, "second")
        yield from ((form, "first person") for form in _softened(base))
    elif stem.endswith("ере"):
        yield stem[:-3] + "р", "present"
    elif last == "е":
        yield stem, "present"
        yield base, "second"
        yield from ((form, "first person") for form in _softened(base))
    elif last == "ы":
        yield base + "о", "present"
    else:
        yield base if last == "у" else stem, "present"


def _softened(base: str) -> Iterator[str]:
    """Yield a stem as it sounds before ю and -ен: броси брош, постави поставл, сократи сокращ."""
    if base.endswith("ст"):
        yield base[:-2] + "щ"
    elif base[-1] in "пбвмф":
        yield base + "л"
    elif base[-1] in SOFTENED:
        yield from (base[:-1] + soft for soft in SOFTENED[base[-1]])
        if base[-1] == "д":
            yield base[:-1] + "жд"
    else:
        yield base
