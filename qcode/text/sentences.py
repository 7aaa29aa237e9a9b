"""Sentences of a text: one rule for seven languages, made for speech written down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qcode.domain.span import Span
from qcode.text.abbreviations import MAY_END, MONTHS, NEVER_END, WITH_NUMBER

__all__ = ["sentence_spans"]

CLOSERS = "»”“’\"')\\]}›」』）】》*_"
_end = re.compile(rf"[.!?…]+[{CLOSERS}]*|[。！？｡]+[{CLOSERS}]*|\n[^\S\n]*\n")
_open = re.compile(r"\s*(?:[«„“‘\"'(\[{‹「『（【《*_¿¡]|[-–—]\s)*\s*")
_token = re.compile(r"[^\s«„“‘\"(\[—–]*\Z")
_word = re.compile(r"[^\W\d_]+")
_number = re.compile(r"\d+(?:[.,]\d+)*\Z")
_spaced = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.\s?){1,3}[^\W\d_]{1,2}\Z")
REACH = 40
KINDS = {
    "vitamin",
    "type",
    "typ",
    "plan",
    "group",
    "hepatitis",
    "витамин",
    "группа",
    "группы",
    "план",
    "гепатит",
    "гепатита",
    "гепатитом",
}
DOTTED = {name[: cut + 2] for name in NEVER_END | MAY_END for cut, letter in enumerate(name) if letter == "."}


def sentence_spans(text: str, language: str | None = None, within: Sequence[Span] | None = None) -> list[Span]:
    """Return the sentences of `text`, in order, without the blanks around them.

    None crosses an end of `within` (turns or paragraphs, in order); None takes the whole text as one.
    """
    if within is None:
        within = [Span(0, len(text))] if text else []
    return [span for part in within for span in _of_part(text, part, language)]


def _of_part(text: str, part: Span, language: str | None) -> Iterator[Span]:
    start = part.start
    for match in _end.finditer(text, part.start, part.end):
        if match.end() >= part.end or _ends(text, start, match, part.end, language):
            span = _trimmed(text, start, match.end())
            if span:
                yield span
            start = match.end()
    rest = _trimmed(text, start, part.end)
    if rest:
        yield rest


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if right > left else None


def _ends(text: str, start: int, match: re.Match[str], end: int, language: str | None) -> bool:
    """Decide whether a mark that may end a sentence does."""
    mark, follows = match[0], text[match.end()]
    if mark[0] in "。！？｡\n":
        return True
    opening = _open.match(text, match.end(), end)
    at = opening.end() if opening else match.end()
    following = text[at] if at < end else ""
    if not following:
        return True
    if not follows.isspace():
        return _glued(text, match, following)
    if following.islower():
        return False
    if "!" in mark or "?" in mark:
        return True
    if not following.isalnum():
        return True
    return mark.count(".") != 1 or "…" in mark or not _abbreviates(text, start, match.start(), at, end, language)


def _glued(text: str, match: re.Match[str], following: str) -> bool:
    """Tell whether a blank was forgotten between two sentences; Chinese needs none."""
    if "\u4e00" <= following <= "\u9fff":
        return match[0][0] in "!?"
    before = text[max(0, match.start() - 2) : match.start()]
    cyrillic = all("а" <= c <= "ӿ" for c in before) and len(before) == 2
    nexts = text[match.end() + 1 : match.end() + 2]
    return cyrillic and "А" <= following <= "Я" and nexts.islower()


def _abbreviates(text: str, start: int, stop: int, following: int, end: int, language: str | None) -> bool:
    """Tell whether the full stop at `stop` belongs to an abbreviation, an initial or a number."""
    before = text[max(start, stop - REACH) : stop]
    found = _token.search(before)
    token = found[0].lstrip(".") if found else ""
    if _number.match(token):
        after = _word.match(text, following, end)
        return _ordinal(token, text, start, stop, after[0] if after else "", language)
    pairs = _spaced.search(before)
    name = "".join(pairs[0].split()).lower() if pairs else token.lower()
    if _goes_on(name, text[following : following + 2]):
        return True
    if len(token) == 1 and token.isupper() and not pairs:
        return not (token == "I" and language == "en") and not _after_kind(before[:-1])
    if name in WITH_NUMBER and text[following].isdigit():
        return True
    if name in MAY_END or (len(token) > 1 and token.isupper() and "." not in token):
        return False
    if name == "г":
        year = before[:-1].rstrip()[-1:].isdigit()
        return not year or len(text[start:stop].split(None, 4)) <= 3
    if name in NEVER_END:
        return True
    return "." in name and all(len(part) == 1 for part in name.split("."))


def _goes_on(name: str, nexts: str) -> bool:
    """Tell whether name and the letter behind the full stop are parts of one abbreviation (`z.` and `B.`)."""
    return nexts[1:] == "." and f"{name}.{nexts[0].lower()}" in DOTTED


def _after_kind(before: str) -> bool:
    """Tell a letter that names a kind, which may end a sentence (`vitamin C.`), from an initial."""
    words = before.split()
    return bool(words) and words[-1].lower() in KINDS


def _ordinal(token: str, text: str, start: int, stop: int, after: str, language: str | None) -> bool:
    if not text[start : stop - len(token)].strip():
        return True
    return language in ("de", None) and len(token) <= 2 and after.lower() in MONTHS
