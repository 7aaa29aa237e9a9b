"""What random codebooks are made of: texts, lists, keys, and a line of versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from qcode.domain.codebook import CodebookVersion, key_problem
from qcode.domain.declared import Former
from qcode.domain.diff import Declared

TEXTS = st.sampled_from(["", "one", "two", "слово", "字 \n🙂", "É, e\u0301"])
FILLED = st.sampled_from(["one", "two", "слово", "字 \n🙂", "É, e\u0301"])
LISTS = st.lists(FILLED, max_size=3, unique=True).map(tuple)
LANGUAGES = st.sampled_from(["ru", "de", "zh"])
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "name": TEXTS,
    "names": st.dictionaries(LANGUAGES, FILLED, max_size=2).map(lambda d: tuple(d.items())),
    "brief": TEXTS,
    "examples": LISTS,
    "color": st.sampled_from(["", "#000000", "#aAbBcC"]),
    "origin": st.sampled_from(["", "theory", "data"]),
    "terms": st.dictionaries(LANGUAGES, LISTS, max_size=2).map(lambda d: tuple(d.items())),
}
"""What may differ between versions without a declaration, but for aliases."""

DEFINED: dict[str, st.SearchStrategy[Any]] = {"definition": TEXTS, "when": TEXTS, "when_not": TEXTS}
EFFECTS = st.sampled_from(["clarify", "widen", "narrow"])
OLD_KEYS = st.text("ABbcßſİжЖүΣς耻🙂 -_/.1", min_size=1, max_size=5).filter(lambda key: key_problem(key) is None)
NEW_KEYS = tuple(f"{word}+{n}" for n in range(4) for word in ("new", "Новый", "ΝΈΟΣ", "新"))
ALIASES = tuple(f"also {n}" for n in range(6))


def id_of(key: str) -> str:
    """Return the identity of a code that is new under `key`."""
    return f"id:{key.casefold()}"


@dataclass
class Line:
    """A codebook's versions, oldest first, with the declared changes on the way and the codes that ended there."""

    versions: list[CodebookVersion]
    declared: list[Declared] = field(default_factory=list)
    former: list[Former] = field(default_factory=list)

    @property
    def newest(self) -> CodebookVersion:
        return self.versions[-1]
