"""A draft on the desk: the version it will follow, its codes as a tree, its declarations, and what an act may touch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from qcode.domain.codebook import Code, CodebookVersion, check, key_problem
from qcode.domain.drafting_said import Said, handed_over, listed, raw, read, unique, with_key
from qcode.domain.drafting_tree import Tree, fold
from qcode.errors import BadValue, Conflict, NotFound

__all__ = ["LATER", "Desk", "only_fields"]

LATER = "do this in the version after this one"


class Desk:
    """A draft taken apart for one act; `done` puts it together again."""

    def __init__(self, base: CodebookVersion, draft: CodebookVersion) -> None:
        self.base, self.draft = base, draft
        self.tree = Tree(draft.codes)
        self.said = [read(change) for change in draft.changes]

    def done(self) -> CodebookVersion:
        """Return the draft as it is now; raises BadValue where the act made it break a rule."""
        changes = tuple(raw(one) for one in self.said)
        version = replace(self.draft, codes=self.tree.flat(), changes=changes)
        known = set(check(self.draft))
        for problem in check(version):
            if problem.level == "error" and problem not in known:
                raise BadValue(f"{problem.where}: {problem.what}")
        return version

    def find(self, key: str) -> Code:
        """Return the draft's code `key`, ignoring case; raises NotFound with what became of it, or with near keys."""
        wanted = key.strip()
        code = self.tree.get(wanted)
        if code is not None:
            return code
        what = f"there is no code {wanted!r} in the draft"
        alias_of = self.taken(wanted)
        if alias_of is not None:
            raise NotFound(what, mend=f"it is an alias of {alias_of.key}; take that")
        fate = self.fate(wanted)
        if fate is not None:
            raise NotFound(fate[0], mend=fate[1])
        near = self._near(wanted)
        raise NotFound(what, mend=f"did you mean {' or '.join(near)}?" if near else "look at the draft's codes")

    def _near(self, key: str) -> list[str]:
        """Return up to three keys that someone who typed `key` may have meant."""
        inside = [one for one in self.tree.codes if key and fold(key) in one]
        return [self.tree.codes[one].key for one in (inside or get_close_matches(fold(key), self.tree.codes))[:3]]

    def origin(self, code: Code) -> Code | None:
        """Return what the version before has in the place of `code`, or None for a code that comes with the draft."""
        renamed = next((one for one in self.said if one.kind == "rename" and one.goes_to(code.key)), None)
        return self.base.by_key.get(fold(renamed.codes[0] if renamed else code.key))

    def now(self, key: str) -> Code | None:
        """Return the draft's code in the place of the code `key` of the version before, if it stands there."""
        renamed = next((one.into[0] for one in self.said if one.kind == "rename" and one.names(key)), key)
        return self.tree.get(renamed)

    def old_key(self, code: Code) -> tuple[str, ...]:
        """Return the key of `code` as the version before spells it, if it knew the code by that key or alias."""
        was = self.origin(code)
        known = () if was is None else (was.key, *was.aliases)
        return tuple(one for one in known if fold(one) == fold(code.key))[:1]

    def comes_back(self, code: Code) -> bool:
        """Tell whether `code` is revived in this draft."""
        return self.saying("revive", code) is not None

    def free(self, key: str, *, but: Collection[Code] = (), back: Code | None = None) -> str:
        """Return `key` if a code may have it: the codes `but` do not count, and `back` may have its own again."""
        wrong = key_problem(key)
        if wrong:
            raise BadValue(f"{key!r} cannot be a key, {wrong}", mend="choose another key")
        other = self.taken(key, but=but)
        if other is not None:
            what = "is in the draft already" if fold(other.key) == fold(key) else f"is an alias of {other.key}"
            raise Conflict(f"{key} {what}", mend="choose another key")
        fate = self.fate(key)
        if fate is not None and (back is None or fold(back.key) != fold(key)):
            raise Conflict(fate[0], mend=f"choose another key, or {fate[1]}")
        return key

    def free_aliases(self, code: Code) -> None:
        """Raise Conflict where an alias of `code` means another code."""
        for alias in code.aliases:
            other = self.taken(alias, but=(code,))
            if other is not None:
                raise Conflict(f"{alias} is the key or an alias of {other.key}", mend="give another alias")

    def taken(self, key: str, *, but: Collection[Code] = ()) -> Code | None:
        """Return the code, none of `but`, that has `key` as its key or an alias."""
        without = {fold(code.key) for code in but}
        for folded, code in self.tree.codes.items():
            if folded not in without and fold(key) in map(fold, (code.key, *code.aliases)):
                return code
        return None

    def fate(self, key: str) -> tuple[str, str] | None:
        """Return what this draft did with the key of a code of the version before, and how to go on; None of others."""
        was = self.base.by_key.get(fold(key))
        if was is None or fold(key) in self.tree.codes:
            return None
        for one in self.said:
            if not one.names(key):
                continue
            match one.kind:
                case "rename":
                    return f"{was.key} is called {one.into[0]} in this draft", f"take {one.into[0]}"
                case "merge":
                    return f"{was.key} is merged into {one.into[0]} in this draft", f"take {one.into[0]}"
                case "split":
                    return f"{was.key} is split into {listed(one.into)} in this draft", "take one of these"
                case "retire":
                    return f"{was.key} is retired in this draft", "revive it"
        return f"{was.key} is a code of {self.base.version} that the draft left out", "put it back"

    def spot(
        self, under: str | None, *, before: str | None = None, after: str | None = None
    ) -> tuple[str | None, Mapping[str, str]]:
        """Return the folded key of the code above a place, and the sibling beside it as `Tree.put` takes it."""
        if before is not None and after is not None:
            raise BadValue("a code stands before one code or after one, not both", mend="leave one away")
        parent = None if under is None else fold(self.find(under).key)
        beside = before if before is not None else after
        if beside is None:
            return parent, {}
        sibling = self.find(beside)
        if self.tree.above[fold(sibling.key)] != parent:
            where = "at the top" if parent is None else f"directly below {self.tree.codes[parent].key}"
            raise BadValue(f"{sibling.key} does not stand {where}", mend="name a code that does")
        return parent, {"after" if before is None else "before": sibling.key}

    def saying(self, kind: str, code: Code) -> Said | None:
        """Return the declaration of this kind about a code: redefine and revive name its key, others the key before."""
        was = code if kind in ("redefine", "revive") else self.origin(code)
        return next((one for one in self.said if was is not None and one.kind == kind and one.names(was.key)), None)

    def say(self, said: Said) -> None:
        """Declare, in the place of an earlier declaration of this kind about the same codes, whose reason may stay."""
        for at, one in enumerate(self.said):
            if (one.kind, *map(fold, one.codes)) == (said.kind, *map(fold, said.codes)):
                self.said[at] = replace(said, why=said.why or one.why)
                return
        self.said.append(said)

    def unsay(self, *said: Said | None) -> None:
        """Take declarations back."""
        self.said = [one for one in self.said if one not in said]

    def relabel(self, key: str, code: Code) -> None:
        """Put `code`, with another key, in the place of the draft's code `key`, in the declarations too."""
        self.tree.relabel(key, code)
        self.said = [with_key(one, key, code.key) for one in self.said]

    def hand_over(self, codes: Iterable[Code], heirs: Sequence[str]) -> None:
        """Let `heirs` take what this draft gave to `codes`; raises Conflict where that cannot be declared.

        A split that would go to one code only stays a split if its own code takes the rest; one that goes back to its
        own code alone is none any more.
        """
        before = list(self.said)
        for code in codes:
            self.said = [handed_over(one, code.key, heirs) for one in self.said]
        settled = [now if now == was else self._settled(was, now) for was, now in zip(before, self.said, strict=True)]
        self.said = [one for one in settled if one is not None]

    def _settled(self, was: Said, now: Said) -> Said | None:
        if now.kind != "split":
            return now
        itself = self.now(now.codes[0])
        own = (itself.key,) if itself is not None and itself.codable else ()
        if own and unique((*own, *now.into)) == own:
            return None
        whole = unique((*own, *now.into)) if len(now.into) < 2 else now.into
        if len(whole) < 2:
            what = f"{now.codes[0]} is split into {listed(was.into)} in this draft, which would leave too few"
            mend = f"split {itself.key} into one more code or make it codable first" if itself else LATER
            raise Conflict(what, mend=mend)
        return replace(now, into=whole)


def only_fields(fields: Mapping[str, Any], allowed: Collection[str]) -> Mapping[str, Any]:
    """Return `fields`; raises BadValue for one that is none of `allowed`."""
    for name in fields:
        if name not in allowed:
            raise BadValue(f"{name!r} cannot be set here", mend=f"known are {', '.join(allowed)}")
    return fields
