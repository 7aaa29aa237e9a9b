"""The language of a text, offline, among those of the studies."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

__all__ = ["LANGUAGES", "detect"]

LANGUAGES = ("ru", "kk", "ky", "uz", "zh", "de", "en")
OTHERS = (
    "tg",
    "tr",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "uk",
    "be",
    "bg",
    "ka",
    "hy",
    "az",
    "tt",
    "mn",
    "ja",
    "ko",
    "ar",
    "fa",
    "he",
    "hi",
    "cs",
    "sv",
)
MOST = 8_000
SHORTEST = 15
SURE = 0.7
LONG, SURE_IF_LONG = 300, 0.4


def detect(text: str) -> str | None:
    """Return the code of the language, or None where the text is short, mixed or in another language."""
    sample = " ".join(text[:MOST].split())
    if sum(c.isalpha() for c in sample) < (SHORTEST if not _chinese(sample) else 4):
        return None
    code, sure = _identifier().classify(sample)
    enough = SURE if len(sample) < LONG else SURE_IF_LONG
    return str(code) if code in LANGUAGES and float(sure) >= enough else None


def _chinese(sample: str) -> bool:
    return sum("\u4e00" <= c <= "\u9fff" for c in sample) > len(sample) / 3


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Load the identifier once a process; it takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.labels)
    identifier.set_languages([code for code in (*LANGUAGES, *OTHERS) if code in known])
    return identifier
