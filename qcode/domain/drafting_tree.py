"""The codes of a draft as a tree that can be rearranged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qcode.domain.codebook import Code
from qcode.errors import BadCodebook

__all__ = ["Tree", "fold"]


def fold(key: str) -> str:
    """Return what two keys that count as one have in common."""
    return key.casefold()


class Tree:
    """Codes by folded key, and the folded keys below each; None is the top."""

    def __init__(self, codes: Sequence[Code]) -> None:
        self.codes = {fold(code.key): code for code in codes}
        self.above: dict[str, str | None] = {}
        self.below: dict[str | None, list[str]] = {}
        for code in codes:
            self._enter(fold(code.key), None if code.parent is None else fold(code.parent))
        if len(self.codes) < len(codes) or len(self.flat()) < len(codes):
            what = "the codes of the draft are no tree: a key is there twice, or a parent is not there"
            raise BadCodebook(what, mend="mend the draft's file first")

    def get(self, key: str) -> Code | None:
        """Return the code with this key, ignoring case."""
        return self.codes.get(fold(key))

    def ancestors(self, key: str) -> list[str]:
        """Return the folded keys above `key`, nearest first."""
        found = []
        above = self.above[fold(key)]
        while above is not None:
            found.append(above)
            above = self.above[above]
        return found

    def children(self, key: str) -> list[Code]:
        """Return the codes directly below `key`, in order."""
        return [self.codes[child] for child in self.below.get(fold(key), ())]

    def put(self, code: Code, parent: str | None, *, before: str | None = None, after: str | None = None) -> None:
        """Add a code below `parent`: beside one that stands there, else as the last."""
        self.codes[fold(code.key)] = code
        self._enter(fold(code.key), parent, before, after)

    def move(self, key: str, parent: str | None, *, before: str | None = None, after: str | None = None) -> None:
        """Put a code, with all below it, below `parent`: beside one that stands there, else as the last."""
        self.below[self.above[fold(key)]].remove(fold(key))
        self._enter(fold(key), parent, before, after)

    def set(self, code: Code) -> None:
        """Put other content in the place of the code with the same key."""
        self.codes[fold(code.key)] = code

    def relabel(self, key: str, code: Code) -> None:
        """Put `code`, which may have another key, in the place of the code `key`."""
        was, now = fold(key), fold(code.key)
        del self.codes[was]
        self.codes[now] = code
        parent = self.above.pop(was)
        self.above[now] = parent
        self.below[parent] = [now if one == was else one for one in self.below[parent]]
        self.below[now] = self.below.pop(was, [])
        self.above.update(dict.fromkeys(self.below[now], now))

    def take_out(self, key: str) -> None:
        """Take a code out; those below it move up to its place."""
        folded = fold(key)
        parent, children = self.above.pop(folded), self.below.pop(folded, [])
        at = self.below[parent].index(folded)
        self.below[parent][at : at + 1] = children
        self.above.update(dict.fromkeys(children, parent))
        del self.codes[folded]

    def flat(self) -> tuple[Code, ...]:
        """Return the codes in reading order, each naming its parent as that is spelled."""
        codes: list[Code] = []
        waiting: list[tuple[str, str | None]] = [(key, None) for key in reversed(self.below.get(None, ()))]
        while waiting:
            key, parent = waiting.pop()
            codes.append(replace(self.codes[key], parent=parent))
            waiting += [(child, codes[-1].key) for child in reversed(self.below.get(key, ()))]
        return tuple(codes)

    def _enter(self, key: str, parent: str | None, before: str | None = None, after: str | None = None) -> None:
        siblings = self.below.setdefault(parent, [])
        at = len(siblings)
        if before is not None:
            at = siblings.index(fold(before))
        elif after is not None:
            at = siblings.index(fold(after)) + 1
        siblings.insert(at, key)
        self.above[key] = parent
