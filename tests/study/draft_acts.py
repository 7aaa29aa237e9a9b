"""One example of each act on the draft of the tiny study's codebook, and what is asked of drafts."""

from __future__ import annotations

from collections.abc import Callable

from qcode.domain.codebook import Code
from qcode.study.drafts import Draft
from qcode.study.study import Study

__all__ = ["ACTS", "TERMS", "code", "publish", "said", "tree"]

TERMS = (("ru", ("доверие", "верить")), ("zh", ("信任",)))


def code(draft: Draft, key: str) -> Code:
    """Return a code of a draft."""
    return draft.content.by_key[key.casefold()]


def tree(draft: Draft) -> list[str]:
    """Return the keys in reading order, indented by a dot for each level."""
    return [f"{'.' * depth}{one.key}" for depth, one in draft.content.walk()]


def said(draft: Draft) -> list[tuple[str, str]]:
    """Return what a draft changes, and what that does to the codings."""
    return [(one.told.change, one.happens) for one in draft.planned]


def publish(study: Study, **options: str) -> str:
    """Publish the draft; return its number."""
    return study.drafts.publish(**options).version


ACTS: dict[str, Callable[[Study], Draft]] = {
    "add": lambda s: s.drafts.add("hope", parent="influence", after="help", name="Hope", terms=TERMS),
    "rename": lambda s: s.drafts.rename("Wait", "waiting", name="Waiting", why="better"),
    "move": lambda s: s.drafts.move("trust", under="INFLUENCE", before="money"),
    "redefine": lambda s: s.drafts.redefine("trust", definition="Only in staff.", effect="narrow", why="agreed"),
    "edit": lambda s: s.drafts.redefine("trust", brief="in a few words", color="#112233"),
    "split": lambda s: s.drafts.split("trust", [("hope", "Надежда"), "страх"], keep=True, why="two"),
    "merge": lambda s: s.drafts.merge(["help", "money"], "HANDS", name="Hands", why="one"),
    "retire": lambda s: s.drafts.retire("leave", why="nobody"),
}
