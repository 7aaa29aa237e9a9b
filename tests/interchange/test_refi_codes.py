"""Codes of REFI-QDA files: keys, colours, headings, and codebooks alone."""

from __future__ import annotations

import pytest

from qcode.domain.codebook import Code, check
from qcode.interchange.refi import read, read_codebook, read_codebook_with_remarks
from qcode.interchange.refi_colors import color_of
from tests.interchange.refi_files import (
    CODES,
    TRUST,
    WAIT,
    guid,
    parcel,
    project,
    sample,
    selection,
    source,
    sources,
    tag,
)


def code(number: int, name: str, inside: str = "", **said: str) -> str:
    more = "".join(f' {key}="{value}"' for key, value in said.items())
    codable = "" if "isCodable" in said else ' isCodable="true"'
    return f'<Code guid="{guid(number)}" name="{name}"{codable}{more}>{inside}</Code>'


def codes_of(*inside: str) -> tuple[Code, ...]:
    return parcel(f"<CodeBook><Codes>{''.join(inside)}</Codes></CodeBook>").versions[0].codes


def test_a_code_keeps_its_place_colour_and_description() -> None:
    inner = code(2, "Lärm", "<Description>laute  Dinge</Description>", color="#F44336")
    found = codes_of(code(1, "Ort", inner, isCodable="false"))
    assert found == (
        Code("Ort", "Ort", codable=False, id=guid(1)),
        Code("Lärm", "Lärm", "Ort", definition="laute  Dinge", color="#f44336", id=guid(2)),
    )


def test_a_name_that_repeats_gets_its_path_as_key() -> None:
    found = codes_of(code(1, "A", code(2, "gut")), code(3, "B", code(4, "Gut")), code(5, "nur hier"))
    assert [(one.key, one.name) for one in found if one.parent] == [("A/gut", "gut"), ("B/Gut", "Gut")]
    assert found[-1].key == "nur hier"


def test_codes_that_share_their_whole_path_are_numbered() -> None:
    found = codes_of(code(1, "A", code(2, "x") + code(3, "x")))
    assert [one.key for one in found] == ["A", "A/x", "A/x (2)"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Angst, Sorge", "Angst; Sorge"),
        ("/a/", "a"),
        ("zwei&#10;Zeilen", "zwei Zeilen"),
        ("", "code 1"),
        ("Ж" * 300, "Ж" * 200),
    ],
)
def test_a_name_that_is_no_key_is_mended_and_kept_as_name(name: str, key: str) -> None:
    (found,) = codes_of(code(1, name))
    assert found.key == key
    assert found.name == (name.replace("&#10;", "\n") or key)


def test_every_codebook_that_is_read_breaks_no_rule() -> None:
    names = ["a,b", "A,B", "/", "//", ",", "@", "😀", "a" * 250, "a" * 251, " a ", "A", "c/d", "&#9;"]
    found = parcel(
        f"<CodeBook><Codes>{''.join(code(n, name) for n, name in enumerate(names))}</Codes></CodeBook>",
        name="Studie, 2/3 @ Bonn",
    )
    assert [problem for problem in check(found.versions[0]) if problem.level == "error"] == []
    assert found.versions[0].codebook == "Studie-2-3-Bonn"


def test_names_with_colons_stay_as_they_are() -> None:
    assert [one.key for one in codes_of(code(1, "Coke::diet Coke"))] == ["Coke::diet Coke"]


@pytest.mark.parametrize(
    ("written", "color"),
    [
        ("#F0a", "#ff00aa"),
        ("#FF9800", "#ff9800"),
        ("FF9800", "#ff9800"),
        ("rgb(255, 152, 0)", "#ff9800"),
        ("rgba(255,152,0,0.5)", "#ff9800"),
        ("#80FF9800", "#80ff98"),
        ("#FFFF9800", "#ff9800"),
        ("16750592", "#ff9800"),
        ("-26624", "#ff9800"),
        ("Red", "#ff0000"),
        ("", ""),
        ("transparent", ""),
        ("rgb(999,0,0)", None),
        ("hell", None),
    ],
)
def test_colours_are_read_however_they_are_written(written: str, color: str | None) -> None:
    assert color_of(written) == color


def test_a_colour_that_cannot_be_read_is_told() -> None:
    found = parcel(f"<CodeBook><Codes>{code(1, 'A', color='hell')}</Codes></CodeBook>")
    assert found.remarks == ("colours that could not be read: 1",)


@pytest.mark.parametrize(("written", "id"), [("{%s}", WAIT), ("%s", WAIT)])
def test_guids_are_compared_without_braces_and_case(written: str, id: str) -> None:
    upper = CODES.replace(WAIT, (written % WAIT).upper())
    found = parcel(upper + sources(source(selection(0, 3, WAIT, TRUST))))
    assert found.versions[0].codes[0].id == id
    assert [coding.code for coding in found.codings] == [WAIT, TRUST]


def test_an_identity_that_is_no_guid_is_derived_and_lasts() -> None:
    inside = CODES.replace(WAIT, "7") + sources(source(selection(0, 3, "7")))
    first, second = parcel(inside), parcel(inside)
    assert first.versions[0].codes[0].id == first.codings[0].code == second.codings[0].code
    assert len(first.codings[0].code) == 36


def test_identities_stay_apart_where_one_guid_names_two_things() -> None:
    inside = CODES + sources(source(selection(0, 3, WAIT), id=WAIT))
    found = parcel(inside)
    assert found.codings[0].code == WAIT
    assert found.transcripts[0].id not in ("", WAIT)
    assert found.codings[0].transcript == found.transcripts[0].id


def test_a_heading_with_codings_becomes_codable() -> None:
    found = parcel(
        CODES.replace('"Wait" isCodable="true"', '"Wait" isCodable="false"') + sources(source(selection(0, 3, WAIT)))
    )
    assert found.versions[0].codes[0].codable
    assert "now codable: 1" in found.remarks[0]


def test_codings_of_a_code_that_is_not_there_are_lost() -> None:
    found = parcel(CODES + sources(source(selection(0, 3, guid(99)))))
    assert [(loss.what, loss.n, loss.where, loss.why) for loss in found.lost] == [
        ("codings", 1, "Talk: 0-3", "their code is not in the file")
    ]


@pytest.mark.parametrize("space", [None, "urn:QDA-XML:project:0:10", "urn:QDA-XML:project:1:0"])
def test_other_namespaces_are_read_and_told(space: str | None) -> None:
    found = read(project(CODES, space=space), "p.qdpx")
    assert len(found.versions[0].codes) == 2
    assert "namespace" in found.remarks[0]


def test_another_order_of_elements_is_read_and_told() -> None:
    found = parcel(sources(source(selection(0, 3, WAIT))) + CODES)
    assert len(found.codings) == 1
    assert "another order" in found.remarks[0]


def test_a_mark_before_the_declaration_does_no_harm() -> None:
    codes = tag("Codes", tag("Code", name="a", guid="1", isCodable="true"))
    book = "\ufeff" + tag("CodeBook", codes, xmlns="urn:QDA-XML:codebook:1.0")
    assert [one.key for one in read_codebook(book.encode(), "x.qdc").codes] == ["a"]


def test_the_codebook_of_the_standard_is_read() -> None:
    found, remarks = read_codebook_with_remarks(sample("annexA1_codebook.qdc"), "annexA1_codebook.qdc")
    assert [(one.name, one.codable, one.color) for one in found.codes] == [
        ("Topics", False, ""),
        ("Economy", True, "#ffff00"),
        ("Health care", True, "#33cc33"),
        ("Values", False, ""),
        ("Conservatives", True, "#ff0000"),
        ("Liberals", True, "#0000ff"),
    ]
    assert found.codes[0].id == "5215cc69-b628-4e02-afb9-9beeaee55808"
    assert remarks == ()


def test_a_codebook_of_atlas_keeps_its_tree_and_its_groups() -> None:
    found, remarks = read_codebook_with_remarks(sample("atlasti_win_9.0.19_codebook.qdc"), "codes.qdc")
    assert [(one.key, one.parent) for one in found.codes] == [
        ("code2", None),
        ("code1", None),
        ("code1.1", "code1"),
        ("code3", None),
        ("code:3.1", "code3"),
    ]
    assert "Set codeGroup1::codeGroup1.1: code1, code1.1" in found.note
    assert len(remarks) == 2


def test_an_empty_element_of_sets_does_no_harm() -> None:
    found, remarks = read_codebook_with_remarks(sample("taguette_1.5.2_codebook.qdc"), "taguette.qdc")
    assert [one.key for one in found.codes] == ["interesting", "place", "place.atmosphere.kindness", "place.noise"]
    assert (found.note, remarks) == ("", ())


def test_codes_outside_of_a_codebook_are_read_and_told() -> None:
    bare = CODES.replace("<CodeBook>", "").replace("</CodeBook>", "")
    found = parcel(bare + sources(source(selection(0, 3, WAIT))))
    assert [code.name for code in found.versions[0].codes] == ["Wait", "Trust"]
    assert len(found.codings) == 1
    assert any("outside of a codebook" in remark for remark in found.remarks)


def test_a_guid_without_hyphens_is_the_same_guid() -> None:
    found = parcel(CODES + sources(source(selection(0, 3, WAIT.replace("-", "").upper()))))
    assert [one.code for one in found.codings] == [WAIT]
