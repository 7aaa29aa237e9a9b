"""Finds the code that somebody means by a few letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from qcode.domain.codebook import Code
from qcode.domain.keys import latin

__all__ = ["exact", "other_layout", "quick", "rank"]

QUICK = 9
_EXACT, _PREFIX, _BEGINNINGS, _INSIDE, _UNDER, _IN_ORDER, _NOT = range(7)
_Score = tuple[int, int, int]
_word = re.compile(r"[^\W_]+")
_LETTERS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_cyrillic = {latin(letter): letter for letter in _LETTERS}


def rank(codes: Sequence[Code], typed: str, *, recent: Sequence[str] = ()) -> list[Code]:
    """Return the codes one can code with that fit the letters typed, best first.

    A code fits by its key, its name in any language or an alias. Best is what was typed in full, then what begins with
    it, then what has a word (or words in order) beginning with it, then what holds it inside; then what stands under a
    heading that begins so. Only where nothing does, what has the letters in order in its key, from the beginning of a
    word of it. A key goes before a name where either is typed in full or begins so. Among equals those whose keys are
    in `recent` come first, in its order, then codebook order. Case does not matter, nor ё and е, nor the layout: `ыешп`
    is `stig`, `cnsl` is `стыд`. Nothing typed fits every code.
    """
    order = {key.casefold(): n for n, key in reversed(list(enumerate(recent)))}
    wanted = _fold(typed)
    ways = [wanted] if not wanted else list(dict.fromkeys((wanted, *map(_fold, other_layout(typed)))))
    headings = _headings(codes, ways)
    scored = []
    for n, code in enumerate(codes):
        score = min((*_score(code, ways), *headings.get(n, ())), default=None) if code.codable else None
        if score is not None:
            scored.append((score, order.get(code.key.casefold(), len(order)), n))
    clear = any(how < _IN_ORDER for (how, *_), *_ in scored)
    return [codes[n] for (how, *_), _, n in sorted(scored) if how < _IN_ORDER or not clear]


def exact(codes: Sequence[Code], typed: str) -> list[Code]:
    """Return the codes one can code with whose key is typed in full, else those whose name or alias is."""
    wanted = _fold(typed)
    can = [code for code in codes if code.codable and wanted]
    by_key = [code for code in can if _fold(code.key) == wanted]
    return by_key or [code for code in can if wanted in map(_fold, _names(code))]


def quick(codes: Sequence[Code], recent: Sequence[str], before: Sequence[str] = ()) -> list[Code]:
    """Return the codes under the keys 1 to 9.

    Which nine: those used last, filled up in codebook order. At first they stand in codebook order. `before` are the
    keys that stood there until now: each that is still among the nine keeps its number, and the others take, in
    codebook order, the numbers that have become free.
    """
    order = {key.casefold(): n for n, key in reversed(list(enumerate(recent)))}
    can = [n for n, code in enumerate(codes) if code.codable]
    chosen = sorted(sorted(can, key=lambda n: (order.get(codes[n].key.casefold(), len(order)), n))[:QUICK])
    number = {key.casefold(): place for place, key in enumerate(before[: len(chosen)])}
    placed: dict[int, int] = {}
    for n in chosen:
        place = number.get(codes[n].key.casefold())
        if place is not None:
            placed.setdefault(place, n)
    others = (n for n in chosen if n not in placed.values())
    return [codes[placed[place] if place in placed else next(others)] for place in range(len(chosen))]


def other_layout(typed: str) -> tuple[str, ...]:
    """Return what the same keys give on the other keyboard layout, Latin for Cyrillic and the other way round."""
    small = typed.lower()
    to_latin = "".join(map(latin, small))
    to_cyrillic = "".join(_cyrillic.get(letter, letter) for letter in small)
    return tuple(way for way in (to_latin, to_cyrillic) if way != small)


def _names(code: Code) -> Iterable[str]:
    return (code.name, *(name for _, name in code.names), *code.aliases)


def _headings(codes: Sequence[Code], ways: Sequence[str]) -> dict[int, list[_Score]]:
    """Return for the codes under headings that begin with what is typed how well those fit."""
    fitting = {
        code.key.casefold(): best
        for code in codes
        if not code.codable and ways != [""] and (best := min(_score(code, ways), default=None)) and best[0] < _INSIDE
    }
    above = {code.key.casefold(): (code.parent or "").casefold() for code in codes} if fitting else {}
    found: dict[int, list[_Score]] = {}
    for n, code in enumerate(codes if fitting else ()):
        over, seen = (code.parent or "").casefold(), set[str]()
        while over and over not in seen:
            seen.add(over)
            if over in fitting:
                how, layout, _ = fitting[over]
                found.setdefault(n, []).append((_UNDER, layout, how))
            over = above.get(over, "")
    return found


def _score(code: Code, ways: Sequence[str]) -> list[_Score]:
    """Return how a code fits, if it does: how well, as typed or on the other layout, by key or by name."""
    if ways == [""]:
        return [(0, 0, 0)]
    scores = []
    for layout, wanted in enumerate(ways):
        if not wanted:
            continue
        by_key = _fit(_fold(code.key), wanted, scattered=True)
        by_name = min(_fit(_fold(name), wanted) for name in _names(code))
        scores.append((min(by_key, by_name), min(layout, 1), int(by_key > by_name or by_key > _PREFIX)))
    return [score for score in scores if score[0] < _NOT]


def _fit(said: str, wanted: str, *, scattered: bool = False) -> int:
    if said == wanted:
        return _EXACT
    close, wanted_close = _close(said), _close(wanted)
    if said.startswith(wanted) or (wanted_close and close.startswith(wanted_close)):
        return _PREFIX
    words = _words(said)
    if any(said.startswith(wanted, start) for start, _ in words) or _begin_words(words, wanted):
        return _BEGINNINGS
    if wanted in said:
        return _INSIDE
    letters = wanted_close or wanted
    if not scattered:
        return _NOT
    return _IN_ORDER if any(_in_order(letters, said[start:]) for start, _ in words) else _NOT


def _begin_words(words: Sequence[tuple[int, str]], wanted: str) -> bool:
    """Tell whether each word wanted begins a word said, in order, or its letters are those the words begin with."""
    asked = _word.findall(wanted)
    if len(asked) > 1:
        said = iter(words)
        return all(any(word.startswith(part) for _, word in said) for part in asked)
    initials = "".join(word[0] for _, word in words)
    return len(wanted) > 1 and wanted in initials


def _in_order(letters: str, said: str) -> bool:
    rest = iter(said)
    return said[:1] == letters[:1] and all(letter in rest for letter in letters)


@lru_cache(maxsize=50_000)
def _fold(text: str) -> str:
    """Return a text without what does not matter: case, ё, wide forms, blanks around and doubled."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").split())


@lru_cache(maxsize=50_000)
def _close(text: str) -> str:
    """Return the letters and digits of a text, closed up."""
    return "".join(_word.findall(text))


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((match.start(), match[0]) for match in _word.finditer(text))
