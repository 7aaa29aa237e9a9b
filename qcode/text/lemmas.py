"""Finds terms by the lemmas of a trained spaCy pipeline, where one is installed for a language; else does nothing."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from qcode.text.terms import Hit
from qcode.text.words import fold_word, plain_word, words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["LemmaFinder", "installed", "lemma_finder"]

LEMMATIZERS = {"lemmatizer", "trainable_lemmatizer"}
NOT_NEEDED = ("ner", "parser", "senter", "entity_linker", "textcat", "spancat")

Terms = Mapping[str, Iterable[tuple[str, Iterable[str]]]]


def installed(language: str | None) -> str | None:
    """Return the name of the smallest trained pipeline that is installed for a language, or None; without spaCy."""
    if not language:
        return None
    names = {one.name for one in entry_points(group="spacy_models") if one.name.partition("_")[0] == language}
    return min(names, key=lambda name: (not name.endswith("_sm"), len(name), name), default=None)


def lemma_finder(terms: Terms, language: str | None) -> LemmaFinder | None:
    """Return what finds the one-word terms of a language by their lemmas, or None where no pipeline can do that."""
    name = installed(language)
    if language is None or name is None:
        return None
    found = {
        key: [term for spoken, several in pairs if spoken == language for term in several if _is_one_word(term)]
        for key, pairs in terms.items()
    }
    found = {key: several for key, several in found.items() if several}
    pipeline = _trained(name) if found else None
    return LemmaFinder(found, language, name, pipeline) if pipeline is not None else None


class LemmaFinder:
    """Finds words that have the lemma of a term; `terms` are of one word each and in the language of the pipeline."""

    def __init__(self, terms: Mapping[str, Sequence[str]], language: str, name: str, pipeline: Language) -> None:
        self._language, self._name, self._pipeline = language, name, pipeline
        self._by_lemma: dict[str, dict[str, str]] = {}
        pairs = [(key, term) for key, several in terms.items() for term in several]
        with _quiet():
            docs = list(pipeline.pipe(term for _, term in pairs))
        for (key, term), doc in zip(pairs, docs, strict=True):
            lemma = _folded(doc[0].lemma_) if len(doc) == 1 else ""
            if lemma:
                self._by_lemma.setdefault(lemma, {}).setdefault(key, term)

    def hits(self, passages: Iterable[str]) -> list[dict[str, list[Hit]]]:
        """Return the hits of each passage by code, in order of place."""
        with _quiet():
            return [self._of(doc) for doc in self._pipeline.pipe(passages, batch_size=64)]

    def _of(self, doc: Doc) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = {}
        for token in doc:
            for key, term in self._by_lemma.get(_folded(token.lemma_), {}).items():
                hit = Hit(term, self._language, token.idx, token.idx + len(token), by=self._name)
                found.setdefault(key, []).append(hit)
        return found


@lru_cache(maxsize=4)
def _trained(name: str) -> Language | None:
    """Return a trained pipeline that knows lemmas, or None where it has none or does not fit this spaCy."""
    import spacy

    try:
        with _quiet():
            loaded = spacy.load(name, exclude=NOT_NEEDED)
            loaded(name)
    except (OSError, ValueError, ImportError, AttributeError, KeyError):
        return None  # (one made for another spaCy fails in any of these ways, and our own rules still find)
    return loaded if LEMMATIZERS & set(loaded.pipe_factories.values()) else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep spaCy's warnings off the terminal, on which somebody is coding."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _is_one_word(term: str) -> bool:
    """Tell whether a term is one word, and no acronym: WHO is not who."""
    found = [match[0] for match in words(term) if fold_word(match[0])]
    return len(found) == 1 and found[0] == term.strip() and not (len(term) > 1 and plain_word(term).isupper())


def _folded(lemma: str) -> str:
    return fold_word(lemma).replace("ё", "е")
