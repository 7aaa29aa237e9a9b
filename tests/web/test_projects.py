"""Projects of other programs in the browser: looked at, brought in, refused; and the study as one, with its proof."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from qcode.cli.export import TOOLS
from qcode.study.study import create
from qcode.study.study import open as open_study
from qcode.web import limits
from qcode.web.projects import PROGRAMS
from tests.conftest import CODINGS, Dump, Run
from tests.interchange import database_files, refi_files
from tests.web.visitor import Visitor

NAME = "<script>alert(1)</script>"
TALK = "INT: Как давно?\nANA: Ждала 😀 два часа.\n"
WORDS = "два часа"


def project(*, name: str = NAME, start: int | None = None) -> bytes:
    """Return a project of one text, one code, one coding and one picture."""
    begin = TALK.index(WORDS) if start is None else start
    coding = (
        f'<PlainTextSelection guid="{refi_files.guid(4)}" startPosition="{begin}" endPosition="{begin + len(WORDS)}" '
        f'name="{WORDS}"><Coding guid="{refi_files.guid(5)}" creatingUser="{refi_files.ANA}" '
        f'creationDateTime="2024-05-05T10:00:00Z"><CodeRef targetGUID="{refi_files.WAIT}"/></Coding>'
        "</PlainTextSelection>"
    )
    shown = name.replace("<", "&lt;").replace(">", "&gt;")
    sources = (
        f'<Sources><TextSource guid="{refi_files.TALK}" name="{shown}" plainTextPath="internal://talk.txt">{coding}'
        f'</TextSource><PictureSource guid="{refi_files.guid(6)}" name="map" path="internal://map.png"/></Sources>'
    )
    content = refi_files.xml(refi_files.USERS + refi_files.CODES + sources, origin="Other 2.0")
    return refi_files.packed({"project.qde": content, "sources/talk.txt": TALK})


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


def sent(data: bytes, name: str = "team.qdpx", **said: str) -> dict[str, Any]:
    return {"file": (io.BytesIO(data), name), **said}


def test_what_would_come_in_is_told_and_nothing_is_changed(visitor: Visitor, study_path: Path, dump: Dump) -> None:
    before = dump(study_path)
    told = visitor.post("/api/projects", form=sent(project(), look="yes")).json
    assert (told["dry_run"], told["changed"], told["origin"]) == (True, True, "Other 2.0")
    assert [told[key] for key in ("codes", "codings", "cases", "memos")] == [2, 1, 0, 0]
    assert [(one["transcript"], one["id"], one["characters"]) for one in told["imported"]] == [(NAME, "", len(TALK))]
    assert {"rule", "score", "tried"} == set(told["positions"])
    assert told["quotes_agree"] == 1
    assert ("pictures", 1) in [(one["what"], one["n"]) for one in told["lost"]]
    assert all(set(one) == {"what", "n", "where", "why"} for one in told["lost"])
    assert dump(study_path) == before


def test_it_is_brought_in_with_the_same_as_was_told_and_again_brings_nothing(
    visitor: Visitor, study_path: Path
) -> None:
    looked = visitor.post("/api/projects", form=sent(project(), look="yes")).json
    told = visitor.post("/api/projects", form=sent(project())).json
    differ = {"dry_run", "imported"}
    assert {key: told[key] for key in told if key not in differ} == {
        key: looked[key] for key in looked if key not in differ
    }
    with open_study(study_path) as study:
        assert {one.quote for one in study.codings.list() if one.transcript == NAME} == {WORDS}
        assert study.transcripts.show(told["imported"][0]["id"]).revision.text == TALK
        assert study.check() == []
    assert visitor.post("/api/projects", form=sent(project(), look="yes")).json["changed"] is False
    assert visitor.post("/api/projects", form=sent(project())).json["known"] == 1


def test_what_the_browser_brings_in_is_what_the_command_line_brings_in(run: Run, tmp_path: Path) -> None:
    for name in ("one.qcode", "two.qcode"):
        create(tmp_path / name).close()
    (tmp_path / "team.qdpx").write_bytes(project())
    ran = json.loads(run("import", tmp_path / "team.qdpx", "--format", "json", "--study", tmp_path / "one.qcode").out)
    told = Visitor(tmp_path / "two.qcode").post("/api/projects", form=sent(project())).json
    keys = ("codes", "codings", "coders", "cases", "memos", "positions", "quotes_agree", "lost", "versions", "remarks")
    assert {key: told[key] for key in keys} == {key: ran[key] for key in keys}


@pytest.mark.parametrize(
    ("data", "name", "said", "status"),
    [
        (b"PK\x03\x04 cut off", "a.qdpx", {}, 400),
        (b"", "a.qdpx", {}, 400),
        (b"ANA: Good day.\n", "talk.txt", {}, 400),
        (b"SQLite format 3\0" + b"\0" * 4000, "a.rqda", {}, 400),
        (project(), "a.qdpx", {"positions": "nonsense"}, 400),
        (project(), "a.qdpx", {"project": "Other"}, 400),
        (project(), "a.qdpx", {"codebook": "\0"}, 400),
    ],
)
def test_what_cannot_come_in_is_refused_in_the_words_of_the_command_line_and_changes_nothing(
    run: Run,
    visitor: Visitor,
    study_path: Path,
    tmp_path: Path,
    dump: Dump,
    data: bytes,
    name: str,
    said: dict[str, str],
    status: int,
) -> None:
    before = dump(study_path)
    for look in ({}, {"look": "yes"}):
        answer = visitor.post("/api/projects", form=sent(data, name, **said, **look))
        assert answer.status_code == status, answer.json
    assert dump(study_path) == before
    if "\0" in "".join(said.values()) or name == "talk.txt":
        return
    (tmp_path / name).write_bytes(data)
    options = [word for key, value in said.items() for word in (f"--{key}", value)]
    ran = run("import", tmp_path / name, *options, "--study", study_path, "--dry-run")
    assert answer.json["error"].partition(";")[0] in " ".join(ran.out.replace(f"{tmp_path}/", "").split()) + ran.err


@pytest.mark.parametrize("form", [{}, {"file": []}, {"look": "yes"}])
def test_no_file_or_several_are_a_sentence(visitor: Visitor, form: dict[str, Any]) -> None:
    two = {"file": [(io.BytesIO(project()), "a.qdpx"), (io.BytesIO(project()), "b.qdpx")]}
    for one in (form, two):
        answer = visitor.post("/api/projects", form=one)
        assert (answer.status_code, "one project is needed" in answer.json["error"]) == (400, True)


def test_a_project_that_is_too_large_is_not_read(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 1000)
    visitor.app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = visitor.post("/api/projects", form=sent(b"PK" + b"x" * 2000))
    assert (answer.status_code, "MB at once" in answer.json["error"]) == (413, True)


@pytest.mark.parametrize(
    "path",
    [
        "projects",
        "projects/proof",
        "projects/file",
        "tables",
        "tables/ledger",
        "tables/all",
        "queue/find",
        "queue/place",
    ],
)
def test_nothing_is_done_for_another_page_or_for_who_has_not_entered(visitor: Visitor, path: str) -> None:
    assert visitor.client.post(f"/api/{path}", json={}).status_code == 403
    stranger = visitor.app.test_client()
    assert stranger.post(f"/api/{path}", json={}, headers={"X-QCODE-CSRF": visitor.csrf}).status_code == 403
    assert visitor.get(f"/api/{path}").status_code in (404, 405)


def test_a_database_of_another_program_comes_in(tmp_path: Path) -> None:
    create(tmp_path / "new.qcode").close()
    visitor = Visitor(tmp_path / "new.qcode")
    told = visitor.post(
        "/api/projects", form=sent(database_files.sample("taguette_1.5.2_project.sqlite3"), "t.sqlite3")
    )
    assert told.status_code == 200


def test_a_project_among_the_interviews_is_named_so_that_the_page_can_look_at_it(visitor: Visitor) -> None:
    files = [(io.BytesIO(TALK.encode()), "a.txt"), (io.BytesIO(project()), "team.zip")]
    told = visitor.post("/api/import", form={"files": files}).json
    assert (len(told["imported"]), told["refused"], told["projects"]) == (1, [], [1])
    met = {"files": [(io.BytesIO(project()), "team.qdpx")], "in_folder": "yes"}
    told = visitor.post("/api/import", form=met).json
    assert (told["imported"], len(told["refused"]), told["projects"]) == ([], 1, [])


def test_no_word_is_left_in_the_temporary_folder_and_none_is_in_a_log(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    assert visitor.post("/api/projects", form=sent(project(), look="yes")).status_code == 200
    assert visitor.post("/api/projects", form=sent(project())).status_code == 200
    assert visitor.post("/api/projects/proof").status_code == 200
    assert list(place.iterdir()) == []
    assert WORDS not in "".join(capfd.readouterr())


@pytest.mark.parametrize("tool", [None, *TOOLS])
def test_the_project_has_the_bytes_and_the_proof_of_the_command_line(
    run: Run, visitor: Visitor, study_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", "study.qdpx", "--study", study_path, *(("--for", tool) if tool else ())).exit == 0
    told = visitor.post("/api/projects/proof", {"for": tool or ""}).json
    answer = visitor.post("/api/projects/file", {"for": tool or "", "sha256": told["proof"]["sha256"]})
    assert answer.data == Path("study.qdpx").read_bytes()
    assert told["beside"] == Path("study.qdpx.proof.json").read_text(encoding="utf-8")
    assert told["proof"]["holds"] is True
    assert (told["advice"] != "") == (tool == "taguette")
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment") and "study.qdpx" in said


def test_every_program_of_the_command_line_can_be_chosen() -> None:
    assert tuple(key for key, _ in PROGRAMS) == TOOLS


def test_one_codebook_or_hidden_facts_go_out_as_asked(
    run: Run, visitor: Visitor, study_path: Path, tmp_path: Path
) -> None:
    visitor.post("/api/cases/add", {"name": "Ana A.", "keys": ["real_name"], "values": ["Ainura"]})
    for body, words in (
        ({"codebook": "book"}, ("--codebook", "book")),
        ({"with_hidden": True}, ("--with-hidden",)),
        ({}, ()),
    ):
        file = tmp_path / f"x{len(words)}.qdpx"
        assert run("export", file, "--study", study_path, *words).exit == 0
        assert visitor.post("/api/projects/file", body).data == file.read_bytes()


def test_a_project_of_a_study_that_changed_since_the_proof_is_refused(visitor: Visitor, study_path: Path) -> None:
    told = visitor.post("/api/projects/proof").json
    with open_study(study_path) as elsewhere:
        elsewhere.code("P1", quote="on the phone", code="wait", coder="eve")
    answer = visitor.post("/api/projects/file", {"sha256": told["proof"]["sha256"]})
    assert (answer.status_code, "was changed while" in answer.json["error"]) == (409, True)


@pytest.mark.parametrize("body", [{"for": "word"}, {"for": 7}, {"codebook": "none"}, {"with_hidden": "yes"}, [], "x"])
@pytest.mark.parametrize("path", ["/api/projects/proof", "/api/projects/file"])
def test_a_project_that_cannot_be_made_is_a_sentence(visitor: Visitor, path: str, body: Any) -> None:
    answer = visitor.post(path, body)
    assert answer.status_code in (400, 404) and answer.json["error"]


def test_the_proof_counts_all_and_tells_what_stays_behind(visitor: Visitor) -> None:
    told = visitor.post("/api/projects/proof", {"for": "nvivo"}).json
    counts = {one["what"]: (one["sent"], one["back"], one["equal"]) for one in told["proof"]["compared"]}
    assert counts["codings"] == (CODINGS, CODINGS, CODINGS)
    assert "acts in the history" in [one["what"] for one in told["proof"]["lost"]]
    assert told["rule"] == "utf16, CRLF two, BOM not counted"


def test_a_codebook_goes_out_as_qdc_with_the_bytes_of_the_command_line(
    run: Run, visitor: Visitor, study_path: Path, tmp_path: Path
) -> None:
    (version,) = visitor.get("/api/codebooks").json["codebooks"][0]["versions"]
    file = tmp_path / "x.qdc"
    assert run("export", file, "--study", study_path).exit == 0
    assert visitor.get(f"/codebook/{version['id']}/qdc").data == file.read_bytes()
    with open_study(study_path) as study:
        _, lost = study.codebooks.as_qdc()
    assert visitor.get(f"/api/codebook/{version['id']}/left-out").json["lost"] == [asdict(one) for one in lost]
    again = {"file": (io.BytesIO(file.read_bytes()), "x.qdc"), "look": "yes"}
    assert visitor.post("/api/codebook/import", form=again).status_code == 200
