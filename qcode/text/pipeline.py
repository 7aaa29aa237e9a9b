"""A spaCy pipeline per language: blank, with our sentences; also for Kazakh and Uzbek, which spaCy lacks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["pipeline"]

OURS = {"kk": "Kazakh", "uz": "Uzbek"}
SPACY = ("ru", "ky", "zh", "de", "en", "tr", "tt", "fr", "uk")


@lru_cache(maxsize=16)
def pipeline(language: str | None) -> Language:
    """Return the pipeline for a language; an unknown one gets spaCy's multi-language tokenizer."""
    import spacy

    _register()
    known = language if language in OURS or language in SPACY else "xx"
    made = spacy.blank(str(known))
    made.add_pipe("qcode_sentences", config={"language": language})
    return made


@lru_cache(maxsize=1)
def _register() -> None:
    """Tell spaCy of our languages and our component, once a process."""
    import numpy as np
    from spacy.attrs import IDX, SENT_START
    from spacy.language import Language
    from spacy.util import registry

    from qcode.text.sentences import sentence_spans

    for code, name in OURS.items():
        if not registry.languages.__contains__(code):
            registry.languages.register(code, func=type(name, (Language,), {"lang": code}))

    def make(nlp: Language, name: str, language: str | None) -> object:
        def mark(doc: Doc) -> Doc:
            starts = [span.start for span in sentence_spans(doc.text, language)]
            offsets = doc.to_array([IDX])
            first = set(np.searchsorted(offsets, starts, side="right").tolist())
            flags = [[1 if n + 1 in first or n == 0 else -1] for n in range(len(doc))]
            marks: Any = np.asarray(flags, dtype="int64").astype("uint64")
            return doc.from_array([SENT_START], marks) if len(doc) else doc

        return mark

    Language.factory("qcode_sentences", default_config={"language": None}, assigns=["token.is_sent_start"], func=make)
