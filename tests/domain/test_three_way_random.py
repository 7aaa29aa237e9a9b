"""What holds of every merge of two lines, however they came about."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, event, given
from hypothesis import strategies as st

from qcode.domain.change_kinds import places
from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.domain.declared import adopt
from qcode.domain.diff import DEFINING, strongest
from qcode.domain.three_way import Merge, merge
from qcode.errors import BadValue
from tests.domain.codebook_strategies import OFTEN, Line, forks, lines, trees

Fork = tuple[Line, Line]


def merged(ours: Line, theirs: Line, settle: dict[str, str] | None = None) -> Merge:
    base = ours.versions[0]
    return merge(
        base,
        ours.newest,
        theirs.newest,
        ours_declared=ours.declared,
        theirs_declared=theirs.declared,
        version="merged",
        settle=settle or {},
        former=ours.former,
    )


def whole(found: Merge) -> CodebookVersion:
    assert found.version is not None
    assert found.conflicts == ()
    return found.version


def assert_follows(new: CodebookVersion, ours: Line) -> None:
    """A merged version keeps the rules, and what it declares is complete seen from ours."""
    assert [problem for problem in check(new) if problem.level == "error"] == []
    ids = {code.key: code.id for code in new.codes}
    found = adopt(
        ours.newest,
        replace(new, codes=tuple(replace(code, id="") for code in new.codes)),
        former=ours.former,
        identity=ids.__getitem__,
    )
    assert found.problems == []
    assert found.version == new


def unordered(version: CodebookVersion) -> dict[str, object]:
    """Return the codes by id, whatever the order of codes and of what they list."""
    at = places(version)

    def content(code: Code) -> dict[str, object]:
        lists = {field: sorted(getattr(code, field)) for field in ("names", "examples", "aliases")}
        terms = {language: sorted(words) for language, words in code.terms}
        fields = {field: getattr(code, field) for field in Code.__slots__ if field != "parent"}
        return {**fields, **lists, "terms": terms, "parent": at[code.id].parent}

    return {code.id: content(code) for code in version.codes}


def _redefined(was: dict[str, Code], now: dict[str, Code], id: str) -> bool:
    if id not in was or id not in now:
        return False
    return any(getattr(was[id], field) != getattr(now[id], field) for field in DEFINING)


@OFTEN
@given(st.data())
def test_what_only_theirs_changed_is_as_theirs_has_it(data: st.DataObject) -> None:
    theirs = data.draw(lines(data.draw(trees(least=1)), edits=8))
    ours = Line(theirs.versions[:1])
    found = merged(ours, theirs)
    assert whole(found).codes == theirs.newest.codes
    assert_follows(whole(found), ours)
    was = {code.id: code for code in theirs.versions[0].codes}
    now = {code.id: code for code in theirs.newest.codes}
    said = [one for one in theirs.declared if one.kind != "redefine" or _redefined(was, now, one.codes[0])]
    assert set(found.declared) == set(said)


@OFTEN
@given(st.data())
def test_what_only_ours_changed_is_as_ours_has_it(data: st.DataObject) -> None:
    ours = data.draw(lines(data.draw(trees(least=1)), steps=3))
    found = merged(ours, Line(ours.versions[:1]))
    assert whole(found).codes == ours.newest.codes
    assert whole(found).changes == found.joined == ()


@OFTEN
@given(st.data())
def test_two_sides_that_did_the_same_have_nothing_to_merge(data: st.DataObject) -> None:
    ours = data.draw(lines(data.draw(trees(least=1)), steps=2))
    found = merged(ours, ours)
    assert whole(found).codes == ours.newest.codes
    assert whole(found).changes == found.joined == ()


def _share_a_key(one: Line, other: Line) -> bool:
    """Tell whether a key of one line is or was that of another code in the other, or an ended code has another key.

    What may then be depends on the side.
    """
    ids = {code.key.casefold(): code.id for code in one.newest.codes}
    keys = {code.id: code.key.casefold() for code in one.newest.codes}
    shared = any(ids.get(code.key.casefold(), code.id) != code.id for code in (*other.newest.codes, *other.former))
    return shared or any(keys.get(gone.id, gone.key.casefold()) != gone.key.casefold() for gone in other.former)


@OFTEN
@given(forks())
def test_it_makes_no_difference_which_side_is_ours_but_for_the_order(fork: Fork) -> None:
    ours, theirs = fork
    assume(not _share_a_key(ours, theirs) and not _share_a_key(theirs, ours))
    here, there = merged(ours, theirs), merged(theirs, ours)
    assert bool(here.conflicts) == bool(there.conflicts)
    if here.version and there.version:
        assert unordered(here.version) == unordered(there.version)


@OFTEN
@given(forks(), st.sampled_from(["ours", "theirs"]), st.sampled_from(["*", ""]))
def test_whatever_is_settled_alike_gives_a_version_that_follows_ours(fork: Fork, side: str, everything: str) -> None:
    ours, theirs = fork
    new = whole(merged(ours, theirs, {everything: side}))
    assert_follows(new, ours)
    assert new.follows == (ours.newest.version, theirs.newest.version)


@OFTEN
@given(forks())
def test_each_conflict_is_told_once_and_settled_by_its_name(fork: Fork) -> None:
    ours, theirs = fork
    found = merged(ours, theirs)
    names = [conflict.name for conflict in found.conflicts]
    assert len(names) == len({name.casefold() for name in names})
    assert (found.version is None) == bool(names)
    if found.version is not None:
        assert_follows(found.version, ours)
    assert (
        whole(merged(ours, theirs, dict.fromkeys(names, "ours"))).codes
        == whole(merged(ours, theirs, {"*": "ours"})).codes
    )


@OFTEN
@given(forks(), st.data())
def test_however_conflicts_are_settled_one_by_one_there_is_a_version_or_a_sentence(
    fork: Fork, data: st.DataObject
) -> None:
    ours, theirs = fork
    settle: dict[str, str] = {}
    found = merged(ours, theirs)
    while found.conflicts:
        settle |= {one.name: data.draw(st.sampled_from(["ours", "theirs"])) for one in found.conflicts}
        try:
            found = merged(ours, theirs, settle)
        except BadValue as told:
            event(told.mend)
            assert told.mend == "settle one of them otherwise" or "parent is not in conflict" in told.what
            return
    assert_follows(whole(found), ours)


@OFTEN
@given(forks())
def test_without_conflicts_new_codes_come_and_a_code_stands_where_no_side_ended_it(fork: Fork) -> None:
    ours, theirs = fork
    found = merged(ours, theirs)
    assume(found.version is not None)
    base, here, there = ({code.id for code in line.codes} for line in (ours.versions[0], ours.newest, theirs.newest))
    assert {code.id for code in whole(found).codes} == ((here | there) - base) | (base & here & there)


@OFTEN
@given(forks(), st.sampled_from(["ours", "theirs"]))
def test_a_field_that_one_side_changed_is_as_that_side_has_it(fork: Fork, side: str) -> None:
    ours, theirs = fork
    ended = {conflict.id for conflict in merged(ours, theirs).conflicts if conflict.field == "fate"}
    ended |= {id for one in theirs.declared if one.kind == "split" for id in one.codes}
    found = merged(ours, theirs, {"*": side})
    was, here, there = ({code.id: code for code in v.codes} for v in (ours.versions[0], ours.newest, theirs.newest))
    for code in whole(found).codes:
        if code.id in ended or not {code.id} <= was.keys() & here.keys() & there.keys():
            continue
        for field in ("name", "brief", "codable", "color", "origin", *DEFINING):
            base, mine, other = (getattr(of[code.id], field) for of in (was, here, there))
            expected = other if mine == base else mine if other in (base, mine) or side == "ours" else other
            assert getattr(code, field) == expected


@OFTEN
@given(forks())
def test_a_redefinition_of_theirs_alone_keeps_its_effect(fork: Fork) -> None:
    ours, theirs = fork
    found = merged(ours, theirs)
    assume(found.version is not None)
    was, here, there = ({code.id: code for code in v.codes} for v in (ours.versions[0], ours.newest, theirs.newest))
    effects = {one.codes[0]: one.effect for one in found.declared if one.kind == "redefine"}
    for id in was.keys() & here.keys() & there.keys():
        if _redefined(was, there, id) and not _redefined(was, here, id):
            said = [one.effect for one in theirs.declared if one.kind == "redefine" and id in one.codes]
            assert effects.pop(id) == strongest(said) or not said
    assert all(_redefined(was, here, id) or id not in was for id in effects)
