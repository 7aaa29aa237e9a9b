"""Which code became which: the value behind the drawing of codes through versions."""

from __future__ import annotations

import pytest

from qcode.domain.codebook import Code
from qcode.domain.diff import Declared
from qcode.reports.report import Lineage, LineageEnd
from tests.reports import version_samples as samples


@pytest.fixture(scope="module")
def joined() -> Lineage:
    return samples.branched(samples.starter().codes).lineage()


def links(one: Lineage, to: str, *, changed: bool = True) -> set[tuple[str, str, str, tuple[str, ...]]]:
    column = one.versions.index(to)
    found = (link for link in one.links if link.to_column == column and (link.kinds or not changed))
    return {(one.versions[link.column], link.code, link.to_code, link.kinds) for link in found}


def test_every_code_that_stays_is_linked_to_itself() -> None:
    one = samples.small().lineage()
    assert ("1", "hope", "hope", ()) in links(one, "2", changed=False)


def test_a_split_forks_and_a_merge_joins() -> None:
    one = samples.small().lineage()
    assert links(one, "2") == {
        ("1", "wait", "wait-short", ("split",)),
        ("1", "wait", "wait-long", ("split",)),
        ("1", "trust", "trust", ("rename",)),
    }
    assert links(one, "3") == {("2", "trust", "hope", ("merge",))}


def test_a_branch_is_linked_to_the_version_that_it_follows(joined: Lineage) -> None:
    assert joined.versions == ("1.0", "1.1", "1.2", "1.1-uz", "2.0")
    assert joined.follows == ((), (0,), (1,), (1,), (2, 3))
    assert links(joined, "1.1-uz") == {("1.1", "ctx-fam", heir, ("split",)) for heir in ("ctx-kin", "ctx-mah")}


def test_what_another_branch_changed_is_no_change_of_the_version_that_joins_them(joined: Lineage) -> None:
    every = links(joined, "2.0", changed=False)
    assert ("1.2", "ctx-fam", "ctx-kin", ()) in every
    assert ("1.1-uz", "ctx-kin", "ctx-kin", ()) in every
    assert ("1.1-uz", "coer-narc", "reg", ()) in every


def test_a_version_that_joins_two_shows_its_own_changes_once(joined: Lineage) -> None:
    assert links(joined, "2.0") == {
        ("1.2", "coer-civ", "coer-civ", ("rename", "move")),
        ("1.1", "stig-reg", "stig-reg", ("revive",)),
    }
    assert set(joined.ends) == {LineageEnd(2, "hr-nps", 4), LineageEnd(3, "hr-nps", 4)}


def test_a_code_that_becomes_a_heading_is_redefined() -> None:
    line = samples.Line()
    line.add("1", [Code("A", "A")])
    line.add("2", line.revised("1", A={"codable": False}), "1", declared=[Declared("uncodable", ("a",))])
    one = line.lineage()
    assert links(one, "2") == {("1", "a", "a", ("redefine",))}
    assert "A became a heading" in one.alt


def test_another_colour_is_no_change_to_draw() -> None:
    line = samples.Line()
    line.add("1", [Code("A", "A")])
    line.add("2", line.revised("1", A={"color": "#123456", "examples": ("x",)}), "1")
    assert links(line.lineage(), "2") == set()


def test_the_words_say_what_changed_in_which_version(joined: Lineage) -> None:
    assert joined.alt == (
        "The codes of 5 versions of the codebook, a column each: 44 entries in 1.0, 45 entries in 2.0. In 1.1: "
        "FUND-EXIT was split into FUND-HAND and FUND-STOP; FUND-EFF was made clearer. In 1.2: STIG-REG and COER-NARC "
        "were merged into REG; COER-COMP was narrowed; HR-OST was renamed HR-OAT. In 1.1-uz: CTX-FAM was split into "
        "CTX-KIN and CTX-MAH. 2.0 follows 1.2 and 1.1-uz. In 2.0: COER-CIV was moved below NGO; HR-NPS was retired; "
        "STIG-REG was revived."
    )


def test_many_new_codes_are_counted_and_not_all_named() -> None:
    line = samples.Line()
    line.add("1", [Code("A", "A")])
    line.add("2", [*line["1"].codes, *(Code(f"B{n}", "B") for n in range(40))], "1")
    assert "B0, B1" in line.lineage().alt and "B11 and 28 more were added" in line.lineage().alt


def test_versions_that_do_not_differ_say_so() -> None:
    line = samples.Line()
    line.add("1", samples.small()["1"].codes)
    line.add("2", line["1"].codes, "1")
    assert line.lineage().alt.endswith("No code changed.")


def test_codings_and_dates_stand_with_their_version() -> None:
    one = samples.small().lineage(codings={"2": {"WAIT-LONG": 3}}, dates={"2": "May"})
    assert one.dates == ("", "May", "")
    assert {code.key: code.codings for code in one.columns[1]}["WAIT-LONG"] == 3
    assert {code.codings for code in one.columns[0]} == {None}


def test_a_version_that_follows_one_not_drawn_begins_anew() -> None:
    line = samples.small()
    del line.versions[0]
    one = line.lineage()
    assert one.follows == ((), (0,))


def test_no_versions_are_an_empty_drawing() -> None:
    one = samples.Line().lineage()
    assert (one.columns, one.alt) == ((), "There are no versions.")
