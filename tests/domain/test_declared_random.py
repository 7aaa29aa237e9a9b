"""Random versions that declare all they changed, and such that leave one declaration out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from qcode.domain.codebook import CodebookVersion
from qcode.domain.declared import Adopted, Former, RawChange, adopt
from tests.domain.codebook_strategies import OFTEN, Line, id_of, lines, trees


def _without_ids(of: CodebookVersion) -> CodebookVersion:
    return replace(of, codes=tuple(replace(code, id="") for code in of.codes))


def _adopted(line: Line, changes: tuple[RawChange, ...] | None = None, *, before: tuple[Former, ...] = ()) -> Adopted:
    """Adopt the newest version of a line, of which nothing but the keys and `changes` are known."""
    new = line.newest if changes is None else replace(line.newest, changes=changes)
    return adopt(line.versions[-2], _without_ids(new), former=before, identity=id_of)


@st.composite
def followed(draw: st.DrawFn) -> tuple[Line, tuple[Former, ...]]:
    """Draw a line with the codes that had ended before its last version."""
    first = draw(lines(draw(trees(least=3)), edits=4))
    then = draw(lines(first.newest, edits=8, former=first.former))
    return then, tuple(first.former)


@OFTEN
@given(followed())
def test_a_version_that_declares_all_is_adopted_with_the_right_identities(
    drawn: tuple[Line, tuple[Former, ...]],
) -> None:
    line, before = drawn
    found = _adopted(line, before=before)
    assert found.problems == found.missing == []
    assert found.version == line.newest
    assert list(found.declared) == line.declared


@OFTEN
@given(followed(), st.data())
def test_a_declaration_left_out_is_told_and_what_is_guessed_instead_is_enough(
    drawn: tuple[Line, tuple[Former, ...]], data: st.DataObject
) -> None:
    line, before = drawn
    assume(line.newest.changes)
    left_out = data.draw(st.sampled_from(line.newest.changes))
    rest = tuple(one for one in line.newest.changes if one != left_out)
    found = _adopted(line, rest, before=before)
    told = {str(key).casefold() for one in found.missing for name, key in one if name not in ("effect", "to")}
    still = {str(value).casefold() for one in rest for name, value in one if name in ("split", "rename")}
    assert _needed(dict(left_out), line) - still <= told
    if not _hangs_on(left_out, rest):
        assert len(found.problems) == len(found.missing)
        assert _adopted(line, (*rest, *found.missing), before=before).problems == []


def _needed(change: dict[str, object], line: Line) -> set[str]:
    """Return the keys that a change accounts for, as they are told when it is left out."""
    old, new = line.versions[-2], line.newest
    match change:
        case {"redefine": str(key)}:
            was = {code.id: code for code in old.codes}[new.by_key[key.casefold()].id]
            now = new.by_key[key.casefold()]
            same = (was.definition, was.when, was.when_not) == (now.definition, now.when, now.when_not)
            return set() if same else {key.casefold()}
        case {"revive": str(key)}:
            return {key.casefold()}
        case {"merge": tuple(keys)}:
            return {key.casefold() for key in keys if key.casefold() not in new.by_key}
        case {"split": str(key)} | {"retire": str(key)} | {"rename": str(key)}:
            return {key.casefold()} - set(new.by_key)
    return set()


def _hangs_on(left_out: RawChange, rest: tuple[RawChange, ...]) -> bool:
    """Tell whether another change names what the one that was left out said: a redefined code by its new key, say."""
    named = {str(value).casefold() for name, value in left_out if name in ("to", "revive", "redefine")}
    others = {str(value).casefold() for one in rest for name, value in one if name == "redefine"}
    return bool(named & others)
