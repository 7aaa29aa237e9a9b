"""Keys when two versions become one: a key names one code, and what ours calls so stays so."""

from __future__ import annotations

import pytest

from qcode.domain.declared import Former, adopt
from qcode.domain.three_way import Merge, merge
from qcode.errors import BadValue
from tests.domain.codebook_strategies import id_of
from tests.domain.three_way_samples import book, change, conflicts, declares, follow, having, lines, merged

BASE = book("A=a", "B=b", "C<B=c")


def renamed(**keys: str) -> tuple[object, ...]:
    return tuple(change("rename", was, to=now, why="clearer") for was, now in keys.items())


def ids(found: Merge) -> dict[str, str]:
    assert found.version is not None, found.conflicts
    return {code.key: code.id for code in found.version.codes}


def test_a_key_that_theirs_changed_comes_with_its_declaration_and_the_children_follow() -> None:
    found = merged(BASE, BASE, book("A=a", "Z=b", "C<Z=c", changes=renamed(B="Z")))
    assert lines(found) == ["A=a", "Z=b", "C<Z=c"]
    assert declares(found) == [{"rename": "B", "to": "Z", "why": "clearer"}]


def test_a_code_that_both_renamed_differently_is_a_conflict() -> None:
    ours, theirs = (
        book("N=a", "B=b", "C<B=c", changes=renamed(A="N")),
        book("M=a", "B=b", "C<B=c", changes=renamed(A="M")),
    )
    assert conflicts(merged(BASE, ours, theirs)) == [("N.key", "A", "N", "M")]
    assert ids(merged(BASE, ours, theirs, {"N.key": "theirs"}))["M"] == "id:a"
    assert ids(merged(BASE, ours, theirs, {"N": "ours"}))["N"] == "id:a"
    own = merged(BASE, ours, theirs, {"N.key": "O"})
    assert ids(own)["O"] == "id:a" and declares(own) == [{"rename": "N", "to": "O", "why": "clearer"}]


def test_a_renamed_code_that_theirs_redefined_is_both() -> None:
    theirs = book("A=new", "B=b", "C<B=c", changes=(change("redefine", "A", effect="narrow"),))
    found = merged(BASE, book("N=a", "B=b", "C<B=c", changes=renamed(A="N")), theirs)
    assert lines(found) == ["N=new", "B=b", "C<B=c"]
    assert declares(found) == [{"redefine": "N", "effect": "narrow"}]


def test_a_new_code_of_theirs_whose_key_ours_gave_to_another_is_a_conflict() -> None:
    ours, theirs = book("N=a", "B=b", "C<B=c", changes=renamed(A="N")), book("A=a", "n=new", "B=b", "C<B=c")
    found = merged(BASE, ours, theirs)
    assert conflicts(found) == [("n.key", "", "n, another code", "n-2")]
    for side in ("ours", "theirs"):
        assert ids(merged(BASE, ours, theirs, {"*": side})) == {"N": "id:a", "n-2": "id:n", "B": "id:b", "C": "id:c"}
    assert ids(merged(BASE, ours, theirs, {"n.key": "NEW"}))["NEW"] == "id:n"


def test_a_code_that_theirs_renamed_to_a_key_of_ours_is_a_conflict() -> None:
    ours, theirs = book("A=a", "B=b", "C<B=c", "N=n"), book("A=a", "N=b", "C<N=c", changes=renamed(B="N"))
    assert conflicts(merged(BASE, ours, theirs)) == [("B.key", "B", "B", "N-2")]
    assert ids(merged(BASE, ours, theirs, {"B": "ours"})) == {"A": "id:a", "B": "id:b", "C": "id:c", "N": "id:n"}
    numbered = merged(BASE, ours, theirs, {"B": "theirs"})
    assert ids(numbered) == {"A": "id:a", "N-2": "id:b", "C": "id:c", "N": "id:n"}
    assert declares(numbered) == [{"rename": "B", "to": "N-2", "why": "clearer"}]


def test_two_conflicts_about_one_key_have_two_names() -> None:
    ours = book("N=a", "B=b", "C<B=c", changes=renamed(A="N"))
    theirs = book("M=a", "n=new", "B=b", "C<B=c", changes=renamed(A="M"))
    found = merged(BASE, ours, theirs)
    assert [one.name for one in found.conflicts] == ["N.key", "n-2.key"]
    settled = merged(BASE, ours, theirs, {"N.key": "theirs", "N-2.KEY": "O"})
    assert ids(settled) == {"M": "id:a", "O": "id:n", "B": "id:b", "C": "id:c"}


def test_a_number_that_is_taken_is_not_given_again() -> None:
    ours = book("N=a", "B=b", "C<B=c", changes=renamed(A="N"))
    theirs = book("A=a", "N=new", "N-2", "B=b", "C<B=c")
    assert "N-3" in ids(merged(BASE, ours, theirs, {"*": "theirs"}))


def test_a_long_key_is_cut_for_its_number() -> None:
    long = "N" * 200
    ours = book(f"{long}=a", "B=b", "C<B=c", changes=renamed(A=long))
    assert f"{'N' * 190}-2" in ids(merged(BASE, ours, book("A=a", long, "B=b", "C<B=c"), {"*": "theirs"}))


def test_a_key_that_ended_in_ours_is_not_given_to_a_new_code() -> None:
    theirs = book("M=a", "B=b", "C<B=c", changes=renamed(A="M"))
    ours = book("B=b", "C<B=c", changes=(change("retire", "A"),))
    assert lines(merged(BASE, ours, theirs)) == ["B=b", "C<B=c"]
    redefined = having(theirs, "M", definition="new")
    changes = (*redefined.changes, change("redefine", "M", effect="clarify"))
    found = merged(BASE, ours, book("M=new", "B=b", "C<B=c", changes=changes), {"A": "theirs"})
    assert lines(found) == ["A=new", "B=b", "C<B=c"]


def test_a_code_that_comes_back_gets_a_number_if_ours_gave_its_key_to_another() -> None:
    gone = follow(BASE, book("B=b", "C<B=c", number="2", changes=(change("retire", "A"),)))
    former = [Former("id:a", "A", "retire", "2")]
    reused = book("A=b", "C<A=c", number="3", changes=renamed(B="A"))
    then = adopt(gone.version, reused, former=former, identity=id_of)
    theirs = follow(BASE, book("A=new", "B=b", "C<B=c", changes=(change("redefine", "A", effect="clarify"),)))
    found = merge(
        *(BASE, then.version, theirs.version),
        ours_declared=(*gone.declared, *then.declared),
        theirs_declared=theirs.declared,
        version="4",
        settle={"A.fate": "theirs"},
        former=former,
    )
    assert ids(found) == {"A-2": "id:a", "A": "id:b", "C": "id:c"}
    assert declares(found) == []


def test_codes_that_both_added_in_other_letters_are_one_code_with_a_conflict() -> None:
    ours, theirs = book("A=a", "B=b", "C<B=c", "new"), book("A=a", "B=b", "C<B=c", "NEW")
    found = merged(BASE, having(ours, "new", name="x"), having(theirs, "NEW", name="x"))
    assert conflicts(found) == [("new.key", "", "new", "NEW")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "'' is no key for a code: the key is empty"),
        ("O,P", "'O,P' is no key for a code: a key has no comma"),
        ("b", "b is the key of another code; choose a key that none has or had"),
    ],
)
def test_own_words_that_are_no_key_are_refused(words: str, told: str) -> None:
    ours, theirs = (
        book("N=a", "B=b", "C<B=c", changes=renamed(A="N")),
        book("M=a", "B=b", "C<B=c", changes=renamed(A="M")),
    )
    with pytest.raises(BadValue, match=told):
        merged(BASE, ours, theirs, {"N.key": words})
