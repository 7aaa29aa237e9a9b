"""Finds the sentences of a text that hold terms of codes, with the words that were found and why; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcode.domain.span import Span
from qcode.text.lemmas import LemmaFinder
from qcode.text.sentences import sentence_spans
from qcode.text.terms import Hit, TermFinder
from qcode.text.words import fold_word

__all__ = ["Suggested", "reason", "suggested"]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A sentence with what was found of one code in it; the places of `hits` are those of the whole text."""

    code: str
    span: Span
    hits: tuple[Hit, ...]


def suggested(
    text: str, language: str | None, parts: Iterable[Span], finder: TermFinder, lemmas: LemmaFinder | None = None
) -> Iterator[Suggested]:
    """Yield the sentences in order of place, each once for every code of which terms stand in it.

    `parts` are the turns, which no sentence crosses. `lemmas` add what the rules of `finder` do not know.
    """
    for part in parts:
        if lemmas is None and not finder.hits(part.of(text)):
            continue
        spans = sentence_spans(text, language, [part])
        more: Sequence[Mapping[str, Sequence[Hit]]] = [{}] * len(spans)
        if lemmas is not None:
            more = lemmas.hits([span.of(text) for span in spans])
        for span, by_lemma in zip(spans, more, strict=True):
            by_rule = finder.hits(span.of(text))
            for code in dict.fromkeys([*by_rule, *by_lemma]):
                hits = _together(by_rule.get(code, ()), by_lemma.get(code, ()))
                yield Suggested(code, span, tuple(_moved(hit, span.start) for hit in hits))


def _together(by_rule: Sequence[Hit], by_lemma: Sequence[Hit]) -> list[Hit]:
    """Return the hits of both in order of place; where they overlap, that of the rules."""
    fresh = [hit for hit in by_lemma if not any(hit.start < one.end and one.start < hit.end for one in by_rule)]
    return sorted([*by_rule, *fresh], key=lambda hit: hit.start)


def _moved(hit: Hit, by: int) -> Hit:
    return Hit(hit.term, hit.language, hit.start + by, hit.end + by, hit.by)


def reason(found: Suggested, text: str, code: str) -> str:
    """Return why a sentence is suggested, as a sentence: `ждала` is a form of the term `ждать` (ru) of WAIT."""
    same: dict[tuple[str, str, str], list[str]] = {}
    for hit in found.hits:
        said = same.setdefault((hit.term, hit.language, hit.by), [])
        word = " ".join(text[hit.start : hit.end].split())
        if word not in said:
            said.append(word)
    return "; ".join(_said(words, *key) for key, words in same.items()) + f" of {code}"


def _said(words: Sequence[str], term: str, language: str, by: str) -> str:
    if len(words) == 1 and fold_word(words[0]) == fold_word(term):
        return f"`{words[0]}` is a term ({language})"
    listed = " and ".join(filter(None, [", ".join(f"`{word}`" for word in words[:-1]), f"`{words[-1]}`"]))
    are = "are forms" if len(words) > 1 else "is a form"
    return f"{listed} {are} of the term `{term}` ({language}{f', found by {by}' if by else ''})"
