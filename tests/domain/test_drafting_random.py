"""Whatever is done to a draft, and in whatever order: it keeps the rules and can be adopted, or the act was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from qcode.domain import drafting
from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import QcodeError
from tests.domain.drafts import FORMER, adopted, base, draft

Act = Callable[[CodebookVersion, CodebookVersion], CodebookVersion]

BASE_KEYS = ("A", "B", "C", "D", "E")
THERE = st.integers(0, 11)
"""A code that is in the draft, whatever its key by then: the nth, counted round."""
KEYS = THERE | THERE | st.sampled_from([*BASE_KEYS, "a", "N1", "F"])
NEW = st.sampled_from(["A", "b", "c", "N1", "N1", "n1", "N2", "N2", "N3", "N4", "N5", "old", "bad,key"])
MAYBE = st.none() | st.none() | KEYS
TEXT = st.sampled_from(["", "x", "y", *(f"what {key} is" for key in BASE_KEYS)])
WHY = st.sampled_from(["", "why"])
ALIASES = st.lists(st.sampled_from(["old", "A", "B", "N1", "F"]), max_size=2).map(tuple)


def act(named_act: str, *positional: st.SearchStrategy[Any], **named: st.SearchStrategy[Any]) -> st.SearchStrategy[Act]:
    def made(args: tuple[Any, ...], options: dict[str, Any]) -> Act:
        def done(old: CodebookVersion, new: CodebookVersion) -> CodebookVersion:
            result: CodebookVersion = getattr(drafting, named_act)(
                old,
                new,
                *(_there(new, one) for one in args),
                **{name: _there(new, one) for name, one in options.items()},
            )
            return result

        done.__name__ = f"{named_act}{args}{options}"
        return done

    return st.builds(made, st.tuples(*positional), st.fixed_dictionaries(named))


def _there(version: CodebookVersion, drawn: Any) -> Any:
    """Return what was drawn, with keys in the place of numbers."""
    if isinstance(drawn, list):
        return [_there(version, one) for one in drawn]
    numbered = isinstance(drawn, int) and not isinstance(drawn, bool)
    return version.codes[drawn % len(version.codes)].key if numbered else drawn


FORMER_CODES = st.builds(
    Code,
    st.sampled_from([*(one.key for one in FORMER), "A", "B", "c"]),
    st.just("former"),
    st.none() | st.sampled_from(BASE_KEYS),
    aliases=ALIASES,
)
ACTS = st.one_of(
    act("add", NEW, parent=MAYBE, after=st.none() | st.none() | KEYS, codable=st.booleans(), aliases=ALIASES),
    act("edit", KEYS, codable=st.booleans(), name=TEXT),
    act("edit", KEYS, aliases=ALIASES, color=st.sampled_from(["", "#00ff00", "red"])),
    act("rename", KEYS, NEW, why=WHY),
    act("rename", KEYS, NEW, why=WHY),
    act("move", KEYS, under=MAYBE, before=st.none() | KEYS, after=st.none() | st.none() | KEYS),
    act("redefine", KEYS, definition=TEXT, effect=st.sampled_from(drafting.EFFECTS), why=WHY),
    act("split", KEYS, st.lists(NEW | KEYS | st.tuples(NEW, TEXT), max_size=3), keep=st.booleans(), why=WHY),
    act("split", KEYS, st.lists(NEW, min_size=2, max_size=3), keep=st.booleans()),
    act("merge", st.lists(KEYS, max_size=3), NEW | KEYS, name=TEXT, why=WHY),
    act("merge", st.lists(KEYS, min_size=2, max_size=2), NEW | KEYS),
    act("retire", KEYS, why=WHY),
    act("revive", FORMER_CODES, under=MAYBE, why=WHY),
)


@st.composite
def bases(draw: st.DrawFn) -> CodebookVersion:
    """Draw a tree of three to five codes in reading order, some of them headings, one with an alias."""
    depth, lines, path = -1, list[str](), list[str]()
    for key in BASE_KEYS[: draw(st.integers(3, 5))]:
        depth = draw(st.integers(0, depth + 1))
        path = path[:depth]
        heading = "!" if draw(st.integers(0, 4)) == 0 else ""
        lines.append(f"{key}{heading}{'<' + path[-1] if path else ''}{'=old' if key == 'C' else ''}")
        path.append(key)
    return base(*lines)


@settings(max_examples=400, deadline=None)
@given(bases(), st.lists(ACTS, min_size=1, max_size=14))
def test_every_act_leaves_a_draft_that_can_be_adopted_or_is_refused(old: CodebookVersion, acts: list[Act]) -> None:
    now = draft(old)
    ids = _ids(adopted(old, now).version)
    for one in acts:
        before = now
        try:
            now = one(old, before)
        except QcodeError as refused:
            event(f"{one.__name__.partition('(')[0]} refused")
            assert refused.sentence.strip() and "\n" not in refused.sentence
        else:
            name = one.__name__.partition("(")[0]
            if name != "revive" and _former(now) - _former(before):
                now = before  # that a new code gets no former key is the care of who calls
                continue
            event(f"{name} done")
            was, ids = ids, _ids(adopted(old, now).version)
            assert {key: ids[key] for key in was.keys() & ids} == {key: was[key] for key in was.keys() & ids}


def _ids(version: CodebookVersion) -> dict[str, str]:
    return {key: code.id for key, code in version.by_key.items()}


def _former(version: CodebookVersion) -> set[str]:
    return {one.key for one in FORMER if one.key.casefold() in version.by_key}
