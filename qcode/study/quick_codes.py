"""The codes under the keys 1 to 9 of one sitting: they stay where they are while somebody works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from qcode.domain.code_finder import quick
from qcode.domain.codebook import Code

__all__ = ["QuickCodes"]


class QuickCodes:
    """Keeps the arrangement that was shown last, and which codes were used since; `recent` tells what was used before.

    Only a code that is used moves anything: to take a step back does not, nor does what happens in other windows.
    """

    def __init__(self, recent: Callable[[], Sequence[str]]) -> None:
        self._recent = recent
        self._used: list[str] | None = None
        self._shown: list[str] = []

    def use(self, keys: Iterable[str]) -> None:
        """Note that codes were used, the first of them as the newest."""
        if self._used is not None:
            self._used = list(dict.fromkeys([*keys, *self._used]))

    def of(self, codes: Sequence[Code]) -> list[Code]:
        """Return the codes under the keys 1 to 9; `codes` are all there are, in codebook order."""
        if self._used is None:
            self._used = list(self._recent())
        arranged = quick(codes, self._used, self._shown)
        self._shown = [code.key for code in arranged]
        return arranged
