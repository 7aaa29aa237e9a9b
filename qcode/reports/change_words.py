"""Changes of a codebook in words: what each kind is called, what it did, and what it means for the codings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qcode.domain.told import ToldChange
from qcode.reports.words import listed

__all__ = ["KINDS", "MEANING", "few", "heading", "kind_of", "noun", "sentences"]

KINDS = {
    "split": "Codes split into others",
    "merge": "Codes merged",
    "retire": "Codes retired",
    "revive": "Codes revived",
    "narrow": "Definitions narrowed",
    "uncodable": "Codes that became headings",
    "widen": "Definitions widened",
    "clarify": "Definitions made clearer",
    "redefine": "Definitions changed",
    "rename": "Keys changed",
    "add": "Codes added",
    "move": "Codes moved",
    "name": "Names changed",
    "edit": "Other changes",
}
"""The kinds of changes in the order of a report: what the coders have work with comes first."""

WAIT = (
    "The codings made so far wait for a decision and are left out of counts until then (qcode codebook queue lists "
    "them)"
)
STAND = "The codings made so far stand."

MEANING = {
    "split": f"{WAIT}: each goes to one or more of the new codes, stays where the old code can still be used, or is "
    "withdrawn.",
    "merge": "The codings made so far moved to the code that the others were merged into; where one coder had put "
    "several of these codes on the same words, one coding is left.",
    "retire": "The codings made so far are frozen: they are kept, and count under earlier versions, but not any more.",
    "revive": "The codings made before these codes were given up are back.",
    "narrow": f"{WAIT}: each is kept, moved to another code or withdrawn, because the narrower definition may not fit.",
    "uncodable": f"{WAIT}: a heading carries no codings, so each goes to a code below it or is withdrawn.",
    "widen": f"{STAND} Passages that were left out under the narrower definition may belong to these codes now.",
    "clarify": f"{STAND} What belongs to these codes is the same as before, said more clearly.",
    "redefine": f"{STAND} Whether more or fewer passages belong to these codes now is not said.",
    "rename": f"{STAND} A code is the same under its new key, and no count changes.",
    "add": "No coding made so far is touched; passages coded before were not read again for these codes.",
    "move": f"{STAND} Counts that are rolled up change for the codes above.",
    "name": f"{STAND} Only what people read changed.",
    "edit": f"{STAND} What belongs to a code is the same as before.",
}

MOST = 12
"""How many codes a sentence names."""

_NOUNS = {
    "add": "addition",
    "merge": "merger",
    "retire": "retirement",
    "revive": "revival",
    "rename": "change of key",
    "name": "change of name",
    "redefine": "redefinition",
    "edit": "other change",
}
_EFFECTS = {"narrow": "narrowed", "widen": "widened", "clarify": "made clearer"}


def kind_of(told: ToldChange) -> str:
    """Return the kind that a change is listed under: a redefinition under its effect."""
    if told.change == "redefine" and told.effect in _EFFECTS:
        return told.effect
    if told.change == "edit" and ("codable", "yes", "no") in told.texts:
        return "uncodable"
    return told.change


def noun(change: str, number: int) -> str:
    """Return `1 split`, `2 additions`, `2 changes of key`."""
    first, of, rest = _NOUNS.get(change, change).partition(" of ")
    return f"{number:,} {first}{'' if number == 1 else 's'}{of}{rest}"


def heading(told: ToldChange) -> str:
    """Return what a change is listed as: `FUND-EXIT → FUND-HAND, FUND-STOP`, or the code alone."""
    if told.fields == ("order",) and told.texts:
        words = told.texts[0][0]
        return words[:1].upper() + words[1:]
    return f"{few(told.codes)} → {few(told.into)}" if told.into else few(told.codes)


def few(codes: Sequence[str]) -> str:
    """Return the codes in a line, of very many the first ones and how many more there are."""
    return ", ".join(codes[:MOST]) + (f" and {len(codes) - MOST:,} more" if len(codes) > MOST else "")


def sentences(told: Iterable[ToldChange]) -> list[str]:
    """Return `A was split into B and C`, `D and E were retired`; what a reader of counts need not know is left out."""
    said, together = list[str](), dict[str, list[str]]()
    for one in told:
        kind = kind_of(one)
        if kind in ("add", "retire", "revive"):
            together.setdefault(kind, []).extend(one.codes)
        elif kind not in ("name", "edit"):
            said.append(_sentence(one, kind))
    verbs = {"add": "added", "retire": "retired", "revive": "revived"}
    return said + [f"{_were(codes)} {verbs[kind]}" for kind, codes in together.items()]


def _sentence(told: ToldChange, kind: str) -> str:
    if kind == "split":
        return f"{_were(told.codes)} split into {listed(told.into)}"
    if kind == "merge":
        others = [code for code in told.codes if code not in told.into]
        return f"{_were(others or told.codes)} merged into {listed(told.into)}"
    if kind == "rename":
        return f"{_were(told.codes)} renamed {listed(told.into)}"
    if kind == "move":
        to = told.texts[0][2]
        return f"{_were(told.codes)} moved {'to the top' if to == 'the top' else f'below {to}'}"
    if kind == "uncodable":
        return f"{listed(told.codes)} became a heading"
    return f"{_were(told.codes)} {_EFFECTS.get(kind, 'redefined')}"


def _were(codes: Sequence[str]) -> str:
    more = len(codes) - MOST
    names = listed([*codes[:MOST], f"{more:,} more"] if more > 0 else list(codes))
    return f"{names} {'was' if len(codes) == 1 else 'were'}"
