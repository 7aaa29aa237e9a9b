"""Two coders side by side in the browser: stretches both or one coded, in the positions of a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import Study
from tests.notation import make_study
from tests.web.visitor import Visitor


@pytest.fixture
def made(tmp_path: Path) -> Study:
    told = "ANA: \N{GRINNING FACE} I [waited [two|wait @ben] hours|wait] and [left|leave @ben].\nINT: And [then|ask]?"
    with make_study(tmp_path, P1=told) as study:
        return study


def compared(study: Study, **body: Any) -> dict[str, Any]:
    found = Visitor(study.path).post("/api/compare", {"transcript": "P1", "first": "ana", "second": "ben", **body})
    assert found.status_code == 200, found.text
    return dict(found.get_json())


def units(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def words(found: dict[str, Any], spans: list[int]) -> list[str]:
    return [units(found["text"], spans[n], spans[n + 1]) for n in range(0, len(spans), 2)]


def test_stretches_are_in_units_of_utf_16(made: Study) -> None:
    found = compared(made)
    wait = next(one for one in found["codes"] if one["key"] == "wait")
    assert words(found, wait["both"]) == ["two"]
    assert words(found, wait["first_only"]) == ["waited ", " hours"]
    assert wait["second_only"] == []


def test_the_share_is_of_the_characters_that_either_coded(made: Study) -> None:
    by_key = {one["key"]: one for one in compared(made)["codes"]}
    assert by_key["wait"]["share"] == 3 / len("waited two hours")
    assert by_key["leave"]["share"] == 0
    assert (by_key["leave"]["second_only_characters"], by_key["leave"]["second_codings"]) == (4, 1)


def test_codings_and_turns_are_in_units_of_utf_16(made: Study) -> None:
    found = compared(made)
    (left,) = [one for one in found["second_codings"] if one["code"] == "leave"]
    assert units(found["text"], left["start"], left["end"]) == "left"
    turn = found["turns"][1]
    assert units(found["text"], turn["start"], turn["end"]) == "And then?" and turn["speaker"] == "INT"


def test_the_way_into_the_reading_room_counts_code_points(made: Study) -> None:
    found = compared(made)
    (left,) = [one for one in found["second_codings"] if one["code"] == "leave"]
    at = found["text"].index("left")
    assert left["link"] == f"/read/{found['transcript_id']}?at={at}&to={at + len('left')}"


def test_codes_may_be_chosen(made: Study) -> None:
    assert [one["key"] for one in compared(made, codes=["leave"])["codes"]] == ["leave"]


def test_who_coded_a_transcript_is_told(made: Study) -> None:
    visitor = Visitor(made.path)
    id = visitor.get("/api/choices").get_json()["transcripts"][0]["id"]
    assert visitor.get(f"/api/compare/{id}").get_json()["coders"] == [
        {"name": "ana", "codings": 2},
        {"name": "ben", "codings": 2},
    ]


def test_one_coder_twice_is_refused(made: Study) -> None:
    found = Visitor(made.path).post("/api/compare", {"transcript": "P1", "first": "ana", "second": "ANA"})
    assert found.status_code == 400 and "twice" in found.get_json()["error"]


def test_the_page_is_there(made: Study) -> None:
    page = Visitor(made.path).get("/compare")
    assert page.status_code == 200 and "<style" not in page.text
