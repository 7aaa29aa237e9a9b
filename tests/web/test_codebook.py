"""The codebook in the browser: codes, versions, what changed, and files that come and go."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from qcode.study.study import Study, create
from tests.study.next_version import follow
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(study: Study) -> Visitor:
    follow(study, "split trust into hope, fear")
    return Visitor(study.path)


@pytest.fixture
def new(tmp_path: Path) -> Visitor:
    create(tmp_path / "new.qcode").close()
    return Visitor(tmp_path / "new.qcode")


def versions(visitor: Visitor) -> dict[str, str]:
    [book] = visitor.get("/api/codebooks").json["codebooks"]
    return {one["version"]: one["id"] for one in book["versions"]}


def form(text: str, name: str = "book.yaml", **more: str) -> dict[str, Any]:
    return {"file": (io.BytesIO(text.encode()), name), **more}


def test_the_codebooks_are_told_with_their_versions_oldest_first(visitor: Visitor) -> None:
    [book] = visitor.get("/api/codebooks").json["codebooks"]
    assert book["key"] == "book"
    assert [(one["version"], one["codes"]) for one in book["versions"]] == [("1", 6), ("2", 7)]


def test_the_codes_of_a_version_stand_in_order_with_their_depth_and_the_codings_on_them(visitor: Visitor) -> None:
    told = visitor.get(f"/api/codebook/{versions(visitor)['1']}").json
    assert [(one["key"], one["depth"], one["codings"]) for one in told["codes"]][:3] == [
        ("INFLUENCE", 0, 0),
        ("help", 1, 1),
        ("money", 1, 2),
    ]
    assert sum(one["codings"] for one in told["codes"]) == 7
    assert all(one["color"].startswith("#") for one in told["codes"])


def test_codings_that_wait_are_told_beside_those_that_count(study: Study) -> None:
    follow(study, "narrow money", "split trust into hope, fear")
    visitor = Visitor(study.path)
    ids = versions(visitor)
    told = visitor.get(f"/api/codebook/{ids['2']}").json
    codes = {one["key"]: (one["codings"], one["waits"]) for one in told["codes"]}
    assert codes["money"] == (0, 2) and codes["help"] == (1, 0)
    assert sum(n for n, _ in codes.values()) + told["waits"] == 7
    older = visitor.get(f"/api/codebook/{ids['1']}").json
    assert older["waits"] == 0 and sum(one["codings"] for one in older["codes"]) == 7


def test_what_differs_between_two_versions_is_told_in_words_with_the_codings_it_touches(visitor: Visitor) -> None:
    ids = versions(visitor)
    told = visitor.get(f"/api/codebook/{ids['1']}/to/{ids['2']}").json
    assert (told["old"], told["new"]) == ("book@1", "book@2")
    split = next(one for one in told["changes"] if one["change"] == "split")
    assert (split["kind"], split["what"], split["codings"]) == ("Codes split into others", "trust → hope, fear", 2)
    assert split["fate"] == "2 codings in 1 transcript wait: allocate to hope or fear or withdraw"


def test_the_words_before_and_after_a_change_stand_in_pieces(study: Study) -> None:
    follow(study, "narrow trust")
    follow(study, "narrow trust")
    visitor = Visitor(study.path)
    ids = versions(visitor)
    [change] = visitor.get(f"/api/codebook/{ids['2']}/to/{ids['3']}").json["changes"]
    assert change["kind"] == "Definitions narrowed"
    [text] = change["texts"]
    assert text["field"] == "definition"
    assert "".join(words for words, _ in text["after"]) == study.codebooks.show_code("trust").definition
    assert {differs for _, differs in text["after"]} == {True, False}


def test_the_history_of_a_codebook_is_told_newest_first(visitor: Visitor) -> None:
    told = visitor.get(f"/api/codebook/{versions(visitor)['1']}/log").json
    assert [(one["version"], one["queued"], one["waiting"]) for one in told["versions"]] == [("2", 2, 2), ("1", 0, 0)]


@pytest.mark.parametrize(
    "path", ["/api/codebook/{}", "/api/codebook/{}/log", "/api/codebook/{}/to/{}", "/codebook/{}/csv"]
)
def test_a_version_that_is_not_there_is_a_sentence(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path.replace("{}", str(uuid4())))
    assert answer.status_code == 404
    assert "no such version" in answer.text


@pytest.mark.parametrize(("ending", "begins"), [("yaml", b"codebook: book"), ("csv", b""), ("xlsx", b"PK")])
def test_a_version_is_handed_out_as_the_file_that_the_command_line_writes(
    visitor: Visitor, study: Study, ending: str, begins: bytes
) -> None:
    answer = visitor.get(f"/codebook/{versions(visitor)['2']}/{ending}")
    assert answer.data == study.codebooks.export("book@2", ending=f".{ending}")
    assert answer.data.startswith(begins)
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_starter_comes_in_at_a_click(new: Visitor) -> None:
    told = new.post("/api/codebook/starter", {"name": "drug-treatment-ca"}).json
    assert (told["codebook"], told["known"]) == ("drug-treatment-ca", False)
    assert [one["key"] for one in new.get("/api/codebooks").json["codebooks"]] == ["drug-treatment-ca"]


@pytest.mark.parametrize("name", ["", "nothing", "/etc/passwd", "../../codebooks/drug-treatment-ca"])
def test_a_starter_is_one_of_the_list_and_no_path(new: Visitor, name: str) -> None:
    assert new.post("/api/codebook/starter", {"name": name}).status_code == 404


FIRST = "codebook: mine\nversion: '1.0'\ncodes:\n  - code: '<b>hope</b>'\n    name: Надежда\n"


def test_a_file_is_looked_at_before_it_comes_in(new: Visitor) -> None:
    looked = new.post("/api/codebook/import", form=form(FIRST, look="yes")).json
    assert (looked["codebook"], looked["version"], looked["codes"]) == ("mine", "1.0", 1)
    assert new.get("/api/codebooks").json["codebooks"] == []
    new.post("/api/codebook/import", form=form(FIRST))
    [version] = versions(new).values()
    assert [one["key"] for one in new.get(f"/api/codebook/{version}").json["codes"]] == ["<b>hope</b>"]


def test_a_following_version_tells_first_what_it_does_to_the_codings(study: Study) -> None:
    text = study.codebooks.export("book").decode().replace("code: trust", "code: faith").replace('"1"', '"2"')
    visitor = Visitor(study.path)
    refused = visitor.post("/api/codebook/import", form=form(text, look="yes"))
    assert refused.status_code == 400
    assert "changes:" in refused.json["error"]
    text += "changes:\n  - rename: trust\n    to: faith\n"
    looked = visitor.post("/api/codebook/import", form=form(text, look="yes")).json
    assert (looked["follows"], [one["change"] for one in looked["changes"]]) == ("1", ["rename"])
    assert list(versions(visitor)) == ["1"]


def test_a_file_that_is_no_codebook_is_refused_with_its_name_and_not_with_a_path(new: Visitor) -> None:
    answer = new.post("/api/codebook/import", form=form("{", "плохо.yaml"))
    assert answer.status_code == 400
    assert "плохо.yaml" in answer.json["error"]
    assert "/qcode-" not in answer.json["error"]


def test_a_table_is_a_codebook_called_by_its_name(new: Visitor) -> None:
    told = new.post("/api/codebook/import", form=form("code,name\nhope,Hope\nfear,Fear\n", "My codes.csv")).json
    assert (told["codebook"], told["codes"]) == ("My-codes", 2)


def test_without_a_file_nothing_is_done(new: Visitor) -> None:
    assert new.post("/api/codebook/import", form={"look": "yes"}).status_code == 400
