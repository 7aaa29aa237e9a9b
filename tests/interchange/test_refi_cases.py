"""Cases of REFI-QDA projects: transcripts by every kind of reference, values of variables as attributes."""

from __future__ import annotations

from qcode.domain.parcel import Parcel
from tests.interchange.refi_files import CODES, TALK, TEXT, WAIT, guid, losses, parcel, selection, source, sources, tag

AGE, CITY = guid(0x51), guid(0x52)
VARIABLES = (
    f'<Variables><Variable guid="{AGE}" name="Alter" typeOfVariable="Integer"/>'
    f'<Variable guid="{CITY}" name="Stadt" typeOfVariable="Text"/></Variables>'
)
SECOND = guid(0x92)
TWO = sources(source(), source(id=SECOND, name="Zweites", text="Anderes."))


def value(variable: str, kind: str, words: str | None) -> str:
    held = "" if words is None else f"<{kind}Value>{words}</{kind}Value>"
    return f'<VariableValue><VariableRef targetGUID="{variable}"/>{held}</VariableValue>'


def case(number: int, name: str | None, *inside: str) -> str:
    named = "" if name is None else f' name="{name}"'
    return f'<Case guid="{guid(number)}"{named}>{"".join(inside)}</Case>'


def refer(id: str) -> str:
    return f'<SourceRef targetGUID="{id}"/>'


def cases(*each: str) -> str:
    return f"<Cases>{''.join(each)}</Cases>"


def told(found: Parcel) -> list[tuple[str, dict[str, str], tuple[str, ...]]]:
    return [(one.name, dict(one.attributes), one.transcripts) for one in found.cases]


def test_a_case_has_its_values_and_its_transcripts() -> None:
    values = value(AGE, "Integer", "34") + value(CITY, "Text", "Алматы")
    found = parcel(VARIABLES + cases(case(1, "P1", values, refer(TALK), refer(SECOND))) + TWO)
    assert told(found) == [("P1", {"Alter": "34", "Stadt": "Алматы"}, (TALK, SECOND))]
    assert (found.lost, found.remarks) == ((), ())


def test_values_of_all_kinds_become_text_and_missing_ones_nothing() -> None:
    kinds = [
        ("Boolean", "TRUE"),
        ("Float", "1.50"),
        ("Date", "2020-01-02"),
        ("DateTime", "2020-01-02T03:04:05Z"),
        ("Text", None),
    ]
    variables = "".join(
        f'<Variable guid="{guid(100 + n)}" name="v{n}" typeOfVariable="{kind}"/>' for n, (kind, _) in enumerate(kinds)
    )
    values = "".join(value(guid(100 + n), kind, words) for n, (kind, words) in enumerate(kinds))
    found = parcel(f"<Variables>{variables}</Variables>" + cases(case(1, "P1", values)))
    assert told(found) == [("P1", {"v0": "true", "v1": "1.50", "v2": "2020-01-02", "v3": "2020-01-02T03:04:05Z"}, ())]
    assert found.remarks == ("variables without any value, left out: 1",)


def test_a_case_without_a_name_is_called_after_its_source() -> None:
    found = parcel(VARIABLES + cases(case(1, None, value(CITY, "Text", "Bonn"), refer(TALK)), case(2, None)) + TWO)
    assert told(found) == [("Talk", {"Stadt": "Bonn"}, (TALK,)), ("case 2", {}, ())]


def test_values_on_a_source_go_to_its_case_or_make_one() -> None:
    inside = sources(
        source(value(CITY, "Text", "Bonn")), source(value(CITY, "Text", "Köln"), id=SECOND, name="Zweites")
    )
    found = parcel(VARIABLES + cases(case(1, "P1", refer(TALK))) + inside)
    assert told(found) == [("P1", {"Stadt": "Bonn"}, (TALK,)), ("Zweites", {"Stadt": "Köln"}, (SECOND,))]


def test_a_second_value_that_differs_is_lost() -> None:
    inside = sources(source(value(CITY, "Text", "Bonn")))
    found = parcel(VARIABLES + cases(case(1, "P1", value(CITY, "Text", "Köln"), refer(TALK))) + inside)
    assert told(found)[0][1] == {"Stadt": "Köln"}
    assert losses(found) == {"second values of a variable": 1}


def test_a_second_case_of_a_transcript_is_lost_by_name() -> None:
    found = parcel(cases(case(1, "P1", refer(TALK)), case(2, "2010", refer(TALK))) + TWO)
    assert told(found) == [("P1", {}, (TALK,)), ("2010", {}, ())]
    assert [(loss.what, loss.n, loss.where) for loss in found.lost] == [
        ("transcripts that belong to a second case", 1, "2010")
    ]


def test_a_reference_to_a_file_is_followed_by_its_name_or_its_words() -> None:
    by_name = parcel(
        cases(case(1, "P1", refer(guid(7)))) + sources(source(path=f"internal://{guid(7)}.txt")),
        {f"sources/{guid(7)}.txt": TEXT},
    )
    copy = parcel(
        cases(case(1, "P1", refer(guid(7)))) + sources(source()), {f"sources/{guid(7)}.txt": TEXT.replace("\n", "\r\n")}
    )
    for found in (by_name, copy):
        assert told(found) == [("P1", {}, (TALK,))]
        assert "followed: 1" in found.remarks[0]


def test_a_file_whose_name_has_no_hyphens_is_followed_too() -> None:
    bare = guid(7).replace("-", "")
    by_name = parcel(
        cases(case(1, "P1", refer(bare))) + sources(source(path=f"internal://{bare}.txt")),
        {f"sources/{bare}.txt": TEXT},
    )
    copy = parcel(cases(case(1, "P1", refer(bare))) + sources(source()), {f"sources/{bare}.txt": TEXT})
    for found in (by_name, copy):
        assert told(found) == [("P1", {}, (TALK,))]


def test_references_to_nothing_are_lost() -> None:
    passage = tag("SelectionRef", targetGUID=guid(88))
    inside = tag("CodeRef", targetGUID=WAIT) + value(guid(66), "Text", "x") + refer(guid(77)) + passage
    found = parcel(CODES + cases(case(1, "P1", inside)) + TWO)
    assert losses(found) == {
        "references from cases to codes": 1,
        "values of variables that are not in the file": 1,
        "references from cases to sources that are not in the file": 1,
        "passages of cases": 1,
    }


def test_a_case_among_the_codes_is_a_case_and_its_codings_tell_its_transcripts() -> None:
    codes = (
        tag("Code", tag("Code", guid=guid(3), name="Thema", isCodable="true"), guid=guid(1), name="P1", isCodable="1"),
        tag("Code", guid=guid(2), name="Jahrgang", isCodable="true"),
        tag("Code", guid=WAIT, name="Wait", isCodable="true"),
    )
    coded = (
        selection(0, len(TEXT) - 1, guid(2))
        + selection(0, len(TEXT), guid(1))
        + selection(5, 8, WAIT, guid(3))
        + selection(0, 4, guid(2))
    )
    codebook = tag("CodeBook", tag("Codes", "".join(codes)))
    found = parcel(codebook + cases(case(1, "P1"), case(2, "Jahrgang")) + sources(source(coded, text=TEXT[:-1] + "\n")))
    assert [(one.key, one.parent) for one in found.versions[0].codes] == [("Thema", None), ("Wait", None)]
    assert [one.code for one in found.codings] == [WAIT, guid(3)]
    assert told(found) == [("P1", {}, (TALK,)), ("Jahrgang", {}, ())]
    assert losses(found) == {
        "codings to cases": 3,
        "transcripts that belong to a second case": 1,
        "passages coded to a case": 1,
    }
    assert "taken as cases alone: 2" in found.remarks[0]


def test_cases_of_one_name_are_told_apart() -> None:
    assert [one.name for one in parcel(cases(case(1, "P"), case(2, "p"))).cases] == ["P", "p (2)"]


def test_a_variable_with_two_values_keeps_the_first_and_tells() -> None:
    two = value(AGE, "Integer", "34").replace("</VariableValue>", "<TextValue>alt</TextValue></VariableValue>")
    found = parcel(VARIABLES + cases(case(1, "P1", two)))
    assert dict(found.cases[0].attributes) == {"Alter": "34"}
    assert losses(found) == {"second values of a variable": 1}
