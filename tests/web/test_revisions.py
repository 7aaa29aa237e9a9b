"""A transcript that is corrected in the browser: looked at first, then taken; its earlier texts can be read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import open as open_study
from tests.conftest import Dump
from tests.study.correcting import P1
from tests.web.visitor import Visitor

LONGER = P1.replace("two hours", "two <b>long</b> hours")
WITHOUT = P1.replace("Nobody ever called me back, so ", "")


class Page:
    """The page of the transcript P1, with `ana` at work."""

    def __init__(self, path: Path, coder: str = "ana") -> None:
        self.visitor = Visitor(path, coder=coder)
        listed = self.visitor.get("/api/home").json["transcripts"]
        self.id = next(one["id"] for one in listed if one["name"] == "P1")

    def revise(self, text: str | bytes, name: str = "P1.txt", **said: str) -> Any:
        data = text.encode() if isinstance(text, str) else text
        form = {"file": (io.BytesIO(data), name), "speakers": "INT,ANA", **said}
        return self.visitor.post(f"/api/transcripts/{self.id}/revise", form=form)

    def revisions(self) -> list[int]:
        told = self.visitor.get(f"/api/transcripts/{self.id}/revisions").json
        return [one["revision"] for one in told["revisions"]]


@pytest.fixture
def page(study_path: Path) -> Page:
    return Page(study_path)


def test_what_a_text_would_do_is_told_and_nothing_is_changed(page: Page, study_path: Path, dump: Dump) -> None:
    before = dump(study_path)
    told = page.revise(WITHOUT.replace("INT: How", "INT: So how"), look="yes").json
    assert told["changed"] is True
    assert told["counts"]["unplaceable"] == 1 and sum(told["counts"].values()) == 4
    (gone,) = told["codings"]["unplaceable"]
    assert gone == {"code": "trust", "coder": "ana", "before": "Nobody ever called me back", "after": ""}
    assert dump(study_path) == before
    assert page.revisions() == [1]


def test_it_is_taken_and_the_earlier_text_can_be_read(page: Page, study_path: Path) -> None:
    told = page.revise(LONGER).json
    assert (told["changed"], told["counts"]["unplaceable"], told["counts"]["adjusted"]) == (True, 0, 2)
    assert page.revisions() == [2, 1]
    with open_study(study_path) as study:
        assert study.transcripts.show("P1").revision.text == LONGER
        assert study.check() == []
    old = page.visitor.get(f"/transcripts/{page.id}/revisions/1").text
    assert "two hours" in old and "Text 1 of 2" in old and "an earlier one" in old
    new = page.visitor.get(f"/transcripts/{page.id}/revisions/2").text
    assert "two &lt;b&gt;long&lt;/b&gt; hours" in new and "<b>long" not in new and "an earlier one" not in new


def test_of_coders_who_are_not_shown_only_a_number_is_told(page: Page, study_path: Path) -> None:
    told = page.revise(LONGER, look="yes").json
    assert (told["counts"]["adjusted"], told["codings"]["adjusted"], told["not_shown"]["adjusted"]) == (2, [], 2)
    told = Page(study_path, coder="ben").revise(LONGER, look="yes").json
    assert [(one["before"], one["after"]) for one in told["codings"]["adjusted"]] == [
        ("two hours", "two <b>long</b> hours")
    ] * 2


def test_the_same_text_again_changes_nothing(page: Page) -> None:
    assert page.revise(P1).json["changed"] is False
    assert page.revisions() == [1]


def test_a_text_of_another_talk_is_refused_unless_it_is_meant(page: Page) -> None:
    other = "INT: Wer half?\nANA: Niemand, leider, ganz allein war das.\n"
    answer = page.revise(other, look="yes")
    assert (answer.status_code, "another talk" in answer.json["error"]) == (409, True)
    assert page.revise(other).status_code == 409
    assert page.revisions() == [1]
    assert page.revise(other, look="yes", anyway="yes").json["counts"]["unplaceable"] == 4


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "P1.txt", {}),
        (b"PK\x03\x04 broken", "P1.docx", {}),
        (P1.encode(), "P1.txt", {"encoding": "no-such"}),
        (P1.encode(), "P1.txt", {"columns": "nonsense"}),
        (b"a\0b", "P1.txt", {}),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(page: Page, data: bytes, name: str, said: dict[str, str]) -> None:
    for look in ({}, {"look": "yes"}):
        answer = page.revise(data, name, **said, **look)
        assert answer.status_code == 400 and answer.json["error"]
    assert page.revisions() == [1]


def test_no_file_is_a_sentence_and_another_page_is_refused(page: Page) -> None:
    path = f"/api/transcripts/{page.id}/revise"
    assert "one text is needed" in page.visitor.post(path, form={"look": "yes"}).json["error"]
    assert page.visitor.client.post(path, data={}).status_code == 403


@pytest.mark.parametrize("number", ["0", "3", "x", "99999999999999999999"])
def test_a_text_that_is_not_there_is_no_page(page: Page, number: str) -> None:
    assert page.visitor.get(f"/transcripts/{page.id}/revisions/{number}").status_code == 404


def test_a_transcript_that_is_not_there_has_no_texts(page: Page) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    assert page.visitor.get(f"/api/transcripts/{nobody}/revisions").status_code == 404
    assert page.visitor.get(f"/transcripts/{nobody}/revisions/1").status_code == 404
    form = {"file": (io.BytesIO(b"x"), "a.txt")}
    assert page.visitor.post(f"/api/transcripts/{nobody}/revise", form=form).status_code == 404
