"""Files that a browser sends: names that are only names, and nothing on a disk."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

from qcode.study.import_options import endings, endings_together
from qcode.study.receiving_files import ENDINGS
from qcode.web.uploads import MOST_NAME, found_in, plain_name
from tests.web.visitor import Visitor


@pytest.mark.parametrize(
    ("given_name", "plain"),
    [
        ("Интервью 3.docx", "Интервью 3.docx"),
        ("访谈.txt", "访谈.txt"),
        ("folder/P1.txt", "P1.txt"),
        ("C:\\Users\\me\\P1.txt", "P1.txt"),
        ("../../x.txt", "x.txt"),
        ("..", "transcript"),
        ("", "transcript"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ('a"<b>|?*:.txt', "a__b_____.txt"),
        (".hidden", "hidden"),
    ],
)
def test_a_name_is_the_last_part_of_what_was_sent(given_name: str, plain: str) -> None:
    assert plain_name(given_name) == plain


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder_or_is_too_long_for_a_disk(name: str) -> None:
    plain = plain_name(name)
    assert plain not in ("", ".", "..")
    assert not set(plain) & set('/\\\0<>:"|?*\n')
    assert len(plain.encode()) <= MOST_NAME


@given(st.text(alphabet="ыа点z", min_size=60, max_size=300))
def test_a_name_that_is_cut_keeps_its_ending(stem: str) -> None:
    assert plain_name(f"{stem}.docx").endswith(".docx")


def test_files_come_as_they_were_sent_in_a_folder_of_the_day_that_is_not_there() -> None:
    sent = [FileStorage(io.BytesIO(b"one"), "a.txt"), FileStorage(io.BytesIO(b"two"), "x/a.txt")]
    found = list(found_in(sent))
    assert [(one.data, one.shown, one.path.name, one.asked_for) for one in found] == [
        (b"one", "a.txt", "a.txt", True),
        (b"two", "a.txt", "a.txt", True),
    ]
    assert {str(one.path.parent) for one in found} == {date.today().isoformat()}
    assert not found[0].path.exists()


def test_the_words_of_a_file_are_not_part_of_what_is_shown_of_it() -> None:
    assert "her words" not in repr(next(found_in([FileStorage(io.BytesIO(b"her words"), "a.txt")])))


@pytest.fixture
def no_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return an empty folder that is taken for the temporary one, and refuse to make anything in it."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a temporary file was made")

    for name in ("mkdtemp", "mkstemp", "NamedTemporaryFile", "TemporaryDirectory"):
        monkeypatch.setattr(tempfile, name, refuse)
    place = tmp_path / "empty"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setattr(Path, "write_bytes", refuse)
    return place


def test_an_import_puts_no_file_on_a_disk(study_path: Path, no_temporary_files: Path) -> None:
    visitor = Visitor(study_path)
    files = [(io.BytesIO(f"ANA: {n} words\nBEN: yes\n".encode() * 20_000), f"new {n}.txt") for n in range(3)]
    told = visitor.post("/api/import", form={"files": files}).json
    assert [one["transcript"] for one in told["imported"]] == ["new 0", "new 1", "new 2"]
    assert list(no_temporary_files.iterdir()) == []


def test_a_name_that_is_taken_gets_the_day_in_front_and_an_empty_file_is_refused(study_path: Path) -> None:
    visitor = Visitor(study_path)
    files = [(io.BytesIO(b"ANA: other words\nBEN: yes\n"), "P1.txt"), (io.BytesIO(b""), "empty.txt")]
    told = visitor.post("/api/import", form={"files": files}).json
    assert [one["transcript"] for one in told["imported"]] == [f"{date.today().isoformat()}/P1"]
    assert [one["why"] for one in told["refused"]] == ["the file is empty"]


def test_a_codebook_puts_no_file_on_a_disk_and_is_never_taken_for_a_starter(
    study_path: Path, no_temporary_files: Path
) -> None:
    visitor = Visitor(study_path)
    words = b"codebook: own\nversion: '1.0'\ncodes:\n- code: WAIT\n  name: Waiting\n"
    for name in ("own.yaml", "open-coding"):
        told = visitor.post("/api/codebook/import", form={"file": (io.BytesIO(words), name), "look": "yes"}).json
        assert (told["codebook"], told["codes"]) == ("own", 1)
    assert list(no_temporary_files.iterdir()) == []


def test_the_page_takes_every_ending_that_is_read(study_path: Path) -> None:
    page = Visitor(study_path).get("/").text
    assert f'accept="{",".join([*endings(), *ENDINGS])}" data-transcripts="{",".join(endings())}"' in page
    assert f'data-projects="{",".join(ENDINGS)}" data-together="{",".join(endings_together())}"' in page


def test_a_table_met_in_a_folder_is_taken_only_where_it_is_a_talk(study_path: Path) -> None:
    visitor = Visitor(study_path)

    def survey() -> tuple[io.BytesIO, str]:
        return io.BytesIO(b"ID,Why?\nR1,My sister paid for the bus until spring.\n"), "survey.csv"

    told = visitor.post("/api/import", form={"files": [survey()], "in_folder": "yes"}).json
    assert [one["why"] for one in told["skipped"]] == ["it is not clearly a talk; to import it, name the file itself"]
    told = visitor.post("/api/import", form={"files": [survey()]}).json
    assert [one["transcript"] for one in told["imported"]] == ["R1"]


def test_columns_are_those_that_were_named(study_path: Path) -> None:
    form = {"files": [(io.BytesIO(b"A,B\nwell,INT\nno,ANA\n"), "t.csv")], "columns": "speaker=B,text=A"}
    told = Visitor(study_path).post("/api/import", form=form).json
    assert [one["speakers"] for one in told["imported"]] == [["INT", "ANA"]]
