"""The quotes in the browser: chosen by filters and words, page by page, with their sources, and as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import Run
from tests.notation import make_study
from tests.study.next_version import follow
from tests.web.visitor import Visitor


def ask(path: Path, **body: Any) -> dict[str, Any]:
    found = Visitor(path).post("/api/quotes", body)
    assert found.status_code == 200, found.text
    return dict(found.get_json())


def texts(path: Path, **body: Any) -> list[str]:
    return [one["text"] for one in ask(path, **body)["quotes"]]


def test_quotes_stand_in_the_order_of_the_codebook(study_path: Path) -> None:
    found = ask(study_path)
    assert list(dict.fromkeys(one["code"] for one in found["quotes"])) == ["help", "money", "wait", "trust", "leave"]
    assert (found["total"], found["codings"]) == (7, 7)


def test_filters_leave_what_they_leave_on_the_command_line(study_path: Path) -> None:
    assert texts(study_path, codes=["INFLUENCE"], where=["country=Kazakhstan"]) == [
        "My sister paid for the bus",
        "paid for the bus",
        "Two thousand",
    ]
    assert texts(study_path, coders=["ben"], transcripts=["P1"]) == ["two hours", "two hours", "stopped asking"]


def test_what_is_left_out_names_the_queue_and_no_command(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    told = ask(study.path)["left_out"]
    assert told.endswith("The queue lists them.") and "qcode" not in told


def test_words_choose_quotes_whatever_their_case(study_path: Path) -> None:
    assert texts(study_path, words="CALLED me") == ["Nobody ever called me back"]
    assert texts(study_path, words="phone") == []


def test_a_quote_has_its_source_and_the_way_to_it(study_path: Path) -> None:
    (one,) = ask(study_path, words="two thousand")["quotes"]
    assert (one["transcript"], one["case"], one["turn"], one["speaker"]) == ("P2", "Boris B.", 4, "BORIS")
    assert (one["coders"], one["codebook"]) == ("ben", "book@1")
    with open_study(study_path) as study:
        shown = study.transcripts.show("P2")
    at = shown.revision.text.index("Two thousand")
    assert one["link"] == f"/read/{shown.id}?at={at}&to={at + len('Two thousand')}"
    for part in ("P2", "case Boris B.", "turn 4, BORIS", "coded by ben", "book 1", one["ids"][0][:8]):
        assert part in one["source"]


def test_equal_codings_of_two_coders_are_one_quote(study_path: Path) -> None:
    with open_study(study_path) as study:
        study.codings.add("P2", ["money"], quote="Two thousand", coder="ana")
    (one,) = ask(study_path, words="two thousand")["quotes"]
    assert one["coders"] == "ana, ben" and len(one["ids"]) == 2


def test_thousands_of_quotes_come_page_by_page_and_none_twice(tmp_path: Path) -> None:
    words = " ".join(f"[w{n}|code]" for n in range(150))
    with make_study(tmp_path, P1=f"ANA: {words}") as made:
        pass
    visitor, seen = Visitor(made.path), list[str]()
    offset: int | None = 0
    while offset is not None:
        found = visitor.post("/api/quotes", {"offset": offset}).get_json()
        seen += [one["text"] for one in found["quotes"]]
        offset = found["next"]
    assert seen == [f"w{n}" for n in range(150)]
    assert found["total"] == 150


@pytest.mark.parametrize("kind", ["docx", "xlsx", "md", "csv"])
def test_a_file_has_the_bytes_that_the_command_line_writes(
    run: Run, study_path: Path, tmp_path: Path, kind: str
) -> None:
    found = Visitor(study_path).post("/api/quotes/export", {"coders": ["ben"], "words": "two", "kind": kind})
    file = tmp_path / f"x.{kind}"
    run("report", "quotes", "--study", study_path, "--coder", "ben", "--words", "two", "-o", file)
    assert found.data == file.read_bytes()
    assert 'filename="quotes.' in found.headers["Content-Disposition"]


def test_a_filter_that_names_nothing_is_refused_with_a_sentence(study_path: Path) -> None:
    found = Visitor(study_path).post("/api/quotes", {"cases": ["Nobody"]})
    assert found.status_code == 404 and "Nobody" in found.get_json()["error"]


def test_the_page_is_there(study_path: Path) -> None:
    page = Visitor(study_path).get("/quotes")
    assert page.status_code == 200 and "<style" not in page.text and " onclick" not in page.text
