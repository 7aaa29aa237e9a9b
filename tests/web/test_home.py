"""The home of a study: what it tells, import, and who codes."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import create
from qcode.study.study import open as open_study
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


def file(text: str | bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode() if isinstance(text, str) else text), name


TALK = "INT: Как давно?\nANA: Я ждала <script>alert(1)</script> два часа.\n"


def test_the_home_tells_what_is_in_the_study_and_what_this_coder_did(visitor: Visitor) -> None:
    told = visitor.get("/api/home").json
    assert told["title"] == "Invented"
    assert told["counts"] == {"transcripts": 2, "cases": 2, "codings": 7, "pending": 0, "memos": 0}
    assert [(one["name"], one["case"], one["codings"], one["read"]) for one in told["transcripts"]] == [
        ("P1", "Ana A.", 1, 0),
        ("P2", "Boris B.", 1, 0),
    ]
    assert told["codebooks"] == [{"key": "book", "version": "1", "codes": 5}]
    assert told["starters"] == []


def test_another_coder_is_told_of_other_codings_as_counts_only_of_their_own(visitor: Visitor) -> None:
    assert visitor.post("/api/coder", {"name": "ben"}).json == {"coder": "ben"}
    assert [one["codings"] for one in visitor.get("/api/home").json["transcripts"]] == [3, 2]


def test_an_empty_study_offers_the_starter_codebooks(tmp_path: Path) -> None:
    create(tmp_path / "new.qcode").close()
    told = Visitor(tmp_path / "new.qcode").get("/api/home").json
    assert told["codebooks"] == told["transcripts"] == []
    assert "drug-treatment-ca" in told["starters"]


def test_the_stamp_grows_when_the_study_is_changed_from_anywhere(visitor: Visitor, study_path: Path) -> None:
    before = visitor.get("/api/stamp").json["stamp"]
    assert visitor.get("/api/stamp").json["stamp"] == before
    with open_study(study_path) as elsewhere:
        elsewhere.code("P1", quote="two hours", code="leave", coder="eve")
    assert visitor.get("/api/stamp").json["stamp"] > before


def test_files_come_in_and_what_was_decided_is_told_with_its_warnings(visitor: Visitor, study_path: Path) -> None:
    told = visitor.post("/api/import", form={"files": [file(TALK, "Интервью 3.txt"), file("", "leer.txt")]}).json
    [imported], [refused] = told["imported"], told["refused"]
    assert (imported["transcript"], imported["file"]) == ("Интервью 3", "Интервью 3.txt")
    assert imported["characters"] == len(TALK)
    assert (refused["file"], told["skipped"]) == ("leer.txt", [])
    assert refused["why"].strip()
    with open_study(study_path) as study:
        assert study.transcripts.show(imported["id"]).revision.text == TALK
        assert study.check() == []


def test_the_same_bytes_again_are_skipped_with_the_reason(visitor: Visitor) -> None:
    visitor.post("/api/import", form={"files": [file(TALK, "a.txt")]})
    told = visitor.post("/api/import", form={"files": [file(TALK, "b.txt")]}).json
    assert told["imported"] == []
    assert "as a" in told["skipped"][0]["why"]


def test_a_name_that_is_taken_gets_something_in_front_and_no_path_of_this_machine(visitor: Visitor) -> None:
    form = {"files": [file("INT: Eins.\nANA: Zwei.\n", "P1.txt")]}
    [imported] = visitor.post("/api/import", form=form).json["imported"]
    assert imported["transcript"].endswith("/P1")
    assert tempfile.gettempdir() not in str(imported)
    assert "qcode-" not in imported["transcript"]


def test_what_was_said_of_the_files_is_kept_with_them(visitor: Visitor, study_path: Path) -> None:
    form = {
        "files": [file(TALK.encode("cp1251"), "a.txt")],
        "case": "Case 9",
        "attributes": "role=client\n\nage = 40\n",
    }
    form |= {"encoding": "cp1251", "language": "ky", "speakers": "INT,ANA"}
    [imported] = visitor.post("/api/import", form=form).json["imported"]
    assert (imported["encoding"], imported["language"], imported["speakers"]) == ("cp1251", "ky", ["INT", "ANA"])
    with open_study(study_path) as study:
        [case] = [one for one in study.cases.list() if one.name == "Case 9"]
    assert dict(case.attributes) == {"role": "client", "age": "40"}


def test_a_fact_that_is_none_is_refused_and_nothing_comes_in(visitor: Visitor) -> None:
    answer = visitor.post("/api/import", form={"files": [file(TALK, "a.txt")], "attributes": "client"})
    assert answer.status_code == 400
    assert "KEY=VALUE" in answer.json["error"]
    assert visitor.get("/api/home").json["counts"]["transcripts"] == 2


def test_an_import_without_a_file_is_a_sentence(visitor: Visitor) -> None:
    answer = visitor.post("/api/import", form={"case": "x"})
    assert (answer.status_code, "no file" in answer.json["error"]) == (400, True)


def test_no_word_of_an_interview_is_left_in_the_temporary_folder(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    told = visitor.post("/api/import", form={"files": [file(TALK, "a.txt"), file(b"PK\x03\x04 broken", "b.docx")]}).json
    assert (len(told["imported"]), len(told["refused"])) == (1, 1)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "C:\\Users\\x\\..\\evil.txt", "/abs.txt", "..", "."])
def test_the_name_of_a_file_leads_nowhere(visitor: Visitor, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = list[Path]()
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: written.append(path))
    told = visitor.post("/api/import", form={"files": [file(TALK, name)]}).json
    assert written == []
    names = [one["transcript"] for one in told["imported"]] + [one["file"] for one in told["refused"]]
    assert len(names) == 1
    assert not set(names[0]) & set("/\\")


def test_the_coders_of_the_study_are_told_by_name(visitor: Visitor) -> None:
    assert visitor.get("/api/coders").json == {"coders": ["ana", "ben"]}


def test_a_new_coder_who_sits_down_is_in_the_study_with_the_first_act_and_not_before(
    visitor: Visitor, study_path: Path
) -> None:
    visitor.post("/api/coder", {"name": " Айгүл "})
    assert visitor.get("/api/home").json["coder"] == "Айгүл"
    assert visitor.get("/api/coders").json == {"coders": ["ana", "ben"]}
    visitor.post("/api/import", form={"files": [file(TALK, "a.txt")]})
    assert visitor.get("/api/coders").json == {"coders": ["ana", "ben", "Айгүл"]}


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": 7}, {"name": "x" * 201}, [], "x"])
def test_a_name_that_is_none_is_a_sentence(visitor: Visitor, body: Any) -> None:
    answer = visitor.post("/api/coder", body)
    assert answer.status_code == 400
    assert answer.json["error"]


def test_a_language_that_is_none_is_refused_before_a_file_is_read(study_path: Path) -> None:
    visitor = Visitor(study_path)
    form = {"files": (io.BytesIO(b"I: Hello.\n"), "P9.txt"), "language": "ru\0"}
    answer = visitor.post("/api/import", form=form)
    assert (answer.status_code, "is not the code of a language" in answer.json["error"]) == (400, True)


def test_a_project_that_is_met_in_a_folder_is_refused_with_what_to_type(visitor: Visitor) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("project.qde", "<Project/>")
    form = {"files": [(io.BytesIO(packed.getvalue()), "our team.qdpx")], "in_folder": "yes"}
    told = visitor.post("/api/import", form=form).json
    (refused,) = told["refused"]
    assert refused["why"] == (
        "this is a project of another program, not a transcript; "
        "import it in the terminal: qcode import 'our team.qdpx'"
    )
