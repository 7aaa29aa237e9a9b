"""Cases and their attributes: written, forgotten, taken from a table as a whole."""

from __future__ import annotations

import pytest

from qcode.errors import BadValue, NotFound
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import Dump

ANA, BORIS = ("Ana A.", "Boris B.")


def facts(study: Study) -> dict[str, dict[str, str]]:
    return {case.name: dict(case.attributes) for case in study.cases.list()}


def test_a_case_that_is_new_is_made(study: Study) -> None:
    study.cases.set("Vera", {"role": "doctor"})
    assert facts(study)["Vera"] == {"role": "doctor"}


def test_a_fact_is_written_over_the_one_before(study: Study) -> None:
    study.cases.set(ANA, {"ROLE": "doctor"})
    assert facts(study)[ANA] == {"role": "doctor", "country": "Kyrgyzstan"}


def test_an_empty_value_forgets_the_fact(study: Study) -> None:
    study.cases.set("ana a.", {"role": ""})
    assert facts(study) == {ANA: {"country": "Kyrgyzstan"}, BORIS: {"role": "client", "country": "Kazakhstan"}}


def test_forgetting_what_nobody_wrote_makes_no_attribute(study: Study) -> None:
    study.cases.set(ANA, {"rolle": ""})
    with pytest.raises(NotFound, match="the attributes of this study: role, country"):
        study.codings.list(Filters(where={"rolle": "client"}))


def test_a_case_is_found_by_the_beginning_of_its_id(study: Study) -> None:
    study.cases.set(study.cases.list()[0].id[:8], {"age": "40"})
    assert facts(study)[ANA]["age"] == "40"


def test_a_case_may_be_called_like_a_number(study: Study) -> None:
    study.cases.set("20250131", {"role": "client"})
    assert facts(study)["20250131"] == {"role": "client"}


def test_a_transcript_is_put_under_its_case(study: Study) -> None:
    study.cases.set(ANA, {}, transcripts=("P2",))
    assert [case.transcripts for case in study.cases.list()] == [("P1", "P2"), ()]


@pytest.mark.parametrize("key", ["register_status", "Register Status", "register-status", "registration", "real name"])
def test_what_can_harm_a_participant_is_hidden(study: Study, key: str) -> None:
    study.cases.set(ANA, {key: "yes"})
    assert study.cases.hidden_attributes() == {key}


@pytest.mark.parametrize("key", ["case", "ID", "Transcripts"])
def test_an_attribute_is_not_called_like_a_column_of_every_list(study: Study, key: str) -> None:
    with pytest.raises(BadValue, match="an attribute cannot be called"):
        study.cases.set(ANA, {key: "x"})


@pytest.mark.parametrize("key", ["", "a\x1b[31mb", "x" * 201])
def test_an_attribute_that_nobody_can_type_is_refused(study: Study, key: str) -> None:
    with pytest.raises(BadValue, match="the name of an attribute"):
        study.cases.set(ANA, {key: "x"})


def test_an_unknown_transcript_changes_nothing(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    with pytest.raises(NotFound, match="there is no transcript 'P9'"):
        study.cases.set("Vera", {"role": "doctor"}, transcripts=("P9",))
    assert dump(study.path) == before


def test_a_table_of_cases_is_taken(study: Study) -> None:
    table = "case,role,transcripts\nana a.,doctor,P1; P2\nVera,client,\n"
    assert study.cases.import_csv(table.encode(), "cases.csv") == 2
    assert [(c.name, c.attribute("role"), c.transcripts) for c in study.cases.list()] == [
        (ANA, "doctor", ("P1", "P2")),
        (BORIS, "client", ()),
        ("Vera", "client", ()),
    ]


def test_the_first_column_names_the_case_where_none_is_called_so(study: Study) -> None:
    study.cases.import_csv(b"participant;age\nVera;40\n", "cases.csv")
    assert facts(study)["Vera"] == {"age": "40"}


def test_an_empty_cell_of_a_table_forgets_nothing(study: Study) -> None:
    study.cases.import_csv(b"case,role,country\nAna A.,,Kazakhstan\n", "cases.csv")
    assert facts(study)[ANA] == {"role": "client", "country": "Kazakhstan"}


def test_a_list_of_cases_can_be_taken_in_again(study: Study, dump: Dump) -> None:
    rows = [
        f"{c.name},{c.id},{c.attribute('role')},{c.attribute('country')},{'; '.join(c.transcripts)}"
        for c in study.cases.list()
    ]
    before = facts(study)
    study.cases.import_csv(("case,id,role,country,transcripts\n" + "\n".join(rows)).encode(), "cases.csv")
    assert facts(study) == before


@pytest.mark.parametrize(
    ("table", "what"),
    [
        (
            "case,role,transcripts\nVera,client,\nZoe,client,P9\n",
            "cases.csv, row 3: there is no transcript 'P9' in this study",
        ),
        ("case,role\nVera,client\n,client\n", "cases.csv, row 3: the column 'case' is empty"),
        ("case,role\nVera,client\nZoe,client,more\n", "cases.csv, row 3: it has more cells than there are columns"),
        ("case,role,Role\nVera,client,client\n", "cases.csv, row 1: two columns have one name"),
        ("", "cases.csv: the table is empty"),
        ('case,role\nVera,client\n"a\nb",client\n', "cases.csv, row 3"),
        ("case,id\nVera,7\n", "cases.csv, row 2: an attribute cannot be called 'id'"),
    ],
)
def test_a_bad_table_of_cases_is_refused_as_a_whole(study: Study, dump: Dump, table: str, what: str) -> None:
    before = dump(study.path)
    with pytest.raises(BadValue) as refused:
        study.cases.import_csv(table.encode(), "cases.csv")
    assert what in refused.value.sentence
    assert dump(study.path) == before


def test_two_rows_for_one_case_are_refused(study: Study) -> None:
    with pytest.raises(BadValue, match=r"cases\.csv, row 3: the case 'p07' has a row already"):
        study.cases.import_csv(b"case,role\nP07,client\np07,doctor\n", "cases.csv")


def test_a_transcript_that_moves_to_another_case_is_told(study: Study) -> None:
    study.cases.import_csv(b"case,transcript\nP07,P1\n", "cases.csv")
    assert study.remarks == ["the transcript P1 was under another case before"]


def test_a_removed_case_takes_its_attributes_and_memos_along(study: Study) -> None:
    study.memos.add("a note", about="case", target="Ana A.")
    assert study.cases.remove("Ana A.") == 1
    assert "Ana A." not in [one.name for one in study.cases.list()]
    assert study.memos.list(about="case") == []
    assert study.check() == []


def test_cases_stand_in_the_order_in_which_people_put_names(study: Study) -> None:
    for name in ("K10", "K9", "K100"):
        study.cases.set(name, {"role": "doctor"})
    assert [one.name for one in study.cases.list()] == [*sorted((ANA, BORIS)), "K9", "K10", "K100"]
