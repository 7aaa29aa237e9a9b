"""The history in the browser, page by page, and the check of the study."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from qcode.web import act_words, history
from tests.study.next_version import follow
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


def pages(visitor: Visitor) -> list[dict[str, Any]]:
    told = visitor.get("/api/history").json
    acts = list(told["acts"])
    while told["next"] is not None:
        told = visitor.get(f"/api/history?before={told['next']}").json
        acts += told["acts"]
    return acts


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_every_act_is_told_once_newest_first_whatever_the_size_of_a_page(
    visitor: Visitor, study_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(history, "AT_ONCE", at_once)
    with open_study(study_path) as study:
        expected = [(one.n, one.act) for one in study.history()][::-1]
    assert [(one["n"], one["act"]) for one in pages(visitor)] == expected


def test_an_act_tells_who_did_what_to_which_thing(visitor: Visitor) -> None:
    one = visitor.get("/api/home").json["transcripts"][0]["id"]
    visitor.post(f"/api/transcripts/{one}/rename", {"name": "P7"})
    newest = visitor.get("/api/history").json["acts"][0]
    assert (newest["act"], newest["coder"], newest["on"]) == ("transcript.rename", "ana", "transcript P7")


def test_acts_are_told_in_words_and_a_version_by_its_name(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    newest = Visitor(study.path).get("/api/history").json["acts"][0]
    assert (newest["words"], newest["act"]) == ("took in the next version of the codebook", "codebook.follow")
    assert newest["on"] == "follows book@1, 1 change, 0 moved, 2 queued"


def test_every_kind_of_act_has_words() -> None:
    root = Path(act_words.__file__).parents[1] / "study"
    found = {
        act
        for file in root.glob("*.py")
        for act in re.findall(r'record\([^)]*?"([a-z_]+\.[a-z_]+)"', file.read_text(encoding="utf-8"), re.DOTALL)
    }
    assert len(found) > 20 and found <= set(act_words.WORDS)


def test_an_own_coding_is_led_to_and_that_of_another_coder_is_not(visitor: Visitor) -> None:
    coded = [one for one in pages(visitor) if one["act"] == "coding.add"]
    assert {one["coder"] for one in coded} == {"ana", "ben"}
    for one in coded:
        assert (one["link"] is not None) == (one["coder"] == "ana")
    [mine, *_] = [one["link"] for one in coded if one["link"]]
    assert visitor.get(mine).status_code == 303


def test_no_word_of_a_transcript_stands_in_it(visitor: Visitor) -> None:
    assert "two hours" not in str(pages(visitor))
    assert visitor.get("/history").status_code == 200


@pytest.mark.parametrize("before", ["x", "-1", "1.5", "", "9" * 40, "٣"])
def test_a_number_that_is_none_is_refused(visitor: Visitor, before: str) -> None:
    assert visitor.get("/api/history", query_string={"before": before}).status_code == 400


@pytest.mark.parametrize("before", ["0", "1"])
def test_before_the_first_act_there_is_none(visitor: Visitor, before: str) -> None:
    told = visitor.get(f"/api/history?before={before}").json
    assert (told["acts"], told["next"]) == ([], None)


def test_a_sound_study_has_no_findings(visitor: Visitor) -> None:
    assert visitor.post("/api/check").json == {"findings": []}


def test_a_change_from_outside_is_found(visitor: Visitor, study_path: Path) -> None:
    with sqlite3.connect(study_path) as raw:
        raw.execute("UPDATE coding SET quote = 'three hours' WHERE quote = 'two hours'")
    raw.close()
    assert visitor.post("/api/check").json["findings"]


def test_the_check_is_no_act_and_needs_the_secret_of_the_session(visitor: Visitor) -> None:
    before = visitor.get("/api/stamp").json
    visitor.post("/api/check")
    assert visitor.get("/api/stamp").json == before
    assert visitor.client.post("/api/check").status_code == 403
