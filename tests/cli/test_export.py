"""`qcode export` writes projects and codebooks for other programs, with the proof beside them."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from qcode.errors import StudyBusy
from qcode.study.exporting import Exported
from qcode.study.proof import Proof
from tests.conftest import CODINGS, Dump, Run


@pytest.fixture
def here(study_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(study_path.parent)
    return study_path.parent


def test_a_project_is_written_with_its_proof(run: Run, here: Path) -> None:
    ran = run("export", "out.qdpx")
    assert (ran.exit, ran.err) == (0, "wrote out.qdpx, and the proof to out.qdpx.proof.json\n")
    lines = ran.out.splitlines()
    assert lines[:5] == [
        "  coders              2   all read back equal",
        "  codes               6   all read back equal",
        "  transcripts         2   all read back equal",
        f"  codings             {CODINGS}   all read back equal",
        "  cases               2   all read back equal",
    ]
    assert lines[5] == "  SHA-256 over the quotes with codes and coders: the same before and after"
    assert "          8  turns with their speakers: " in ran.out
    proof = json.loads((here / "out.qdpx.proof.json").read_text(encoding="utf-8"))
    assert (proof["file"], proof["holds"], proof["lost"][0]["what"]) == ("out.qdpx", True, "acts in the history")
    assert zipfile.ZipFile(here / "out.qdpx").namelist()[0] == "project.qde"


def test_for_taguette_the_project_is_standard_and_it_is_said_what_taguette_reads(run: Run, here: Path) -> None:
    ran = run("export", "out.qdpx", "--for", "taguette")
    assert (ran.exit, "codebook export -o codes.csv" in ran.err) == (0, True)
    assert run("export", "standard.qdpx").exit == 0
    texts = [
        zipfile.ZipFile(here / name).read("project.qde").count(b"<Coding ") for name in ("out.qdpx", "standard.qdpx")
    ]
    assert texts[0] == texts[1] > 0


def test_the_ledger_is_printed_as_json(run: Run, here: Path) -> None:
    ran = run("export", "out.qdpx", "--for", "NVivo", "--format", "json")
    told = json.loads(ran.out)
    assert {key: told[key] for key in ("codes", "codings", "coders", "cases", "memos", "quotes_agree")} == {
        "codes": 6,
        "codings": CODINGS,
        "coders": 2,
        "cases": 2,
        "memos": 0,
        "quotes_agree": CODINGS,
    }
    assert [one["transcript"] for one in told["exported"]] == ["P1", "P2"]
    assert (told["positions"]["rule"], told["positions"]["score"]) == ("utf16, CRLF two, BOM not counted", 1.0)
    assert {one["what"] for one in told["lost"]} >= {"turns with their speakers", "languages of transcripts"}
    assert (told["proof"]["holds"], told["proof"]["for"]) == (True, "nvivo")


def test_the_same_study_gives_the_same_file_and_is_not_changed(
    run: Run, here: Path, study_path: Path, dump: Dump
) -> None:
    before = dump(study_path)
    assert run("export", "a.qdpx").exit == run("export", "b.qdpx").exit == 0
    assert (here / "a.qdpx").read_bytes() == (here / "b.qdpx").read_bytes()
    assert dump(study_path) == before
    assert not [path for path in here.iterdir() if path.name.startswith(".")]


def test_a_proof_that_fails_is_said_with_exit_1(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Proof, "holds", False)
    ran = run("export", "out.qdpx")
    assert (ran.exit, "the proof fails" in ran.err) == (1, True)
    assert json.loads((here / "out.qdpx.proof.json").read_text(encoding="utf-8"))["holds"] is False


def test_no_proof_of_an_earlier_project_stands_beside_a_new_one(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("export", "out.qdpx").exit == 0
    before = [(here / name).read_bytes() for name in ("out.qdpx", "out.qdpx.proof.json")]

    def breaks(*_: object) -> Proof:
        raise KeyboardInterrupt

    monkeypatch.setattr(Exported, "prove", breaks)
    assert run("export", "out.qdpx", "--for", "nvivo").exit == 1
    assert [(here / name).read_bytes() for name in ("out.qdpx", "out.qdpx.proof.json")] == before

    def refuses(data: bytes, path: Path) -> Path:
        if path.name.endswith(".json"):
            raise StudyBusy("it cannot be written")
        path.write_bytes(data)
        return path

    monkeypatch.undo()
    monkeypatch.chdir(here)
    monkeypatch.setattr(sys.modules["qcode.reports.save"], "write", refuses)
    assert run("export", "out.qdpx", "--for", "nvivo").exit == 2
    assert (here / "out.qdpx").read_bytes() != before[0]
    assert not (here / "out.qdpx.proof.json").exists()


def test_where_the_proof_has_no_place_no_project_is_written(run: Run, here: Path) -> None:
    (here / "out.qdpx.proof.json").mkdir()
    ran = run("export", "out.qdpx")
    assert (ran.exit, "out.qdpx.proof.json is a folder" in ran.err) == (2, True)
    assert not (here / "out.qdpx").exists()


def test_a_codebook_is_written_for_other_programs(run: Run, here: Path) -> None:
    ran = run("export", "book.qdc")
    assert (ran.exit, ran.err) == (0, "wrote 6 codes of book@1 to book.qdc\n")
    assert "facts about the codebook" in ran.out
    told = json.loads(run("export", "book.qdc", "--codebook", "book", "--format", "json").out)
    assert (told["exported"], told["codes"]) == (["book@1"], 6)
    by_noun = run("codebook", "export", "book", "-o", "again.qdc")
    assert (by_noun.exit, "left out: " in by_noun.err) == (0, True)
    assert (here / "again.qdc").read_bytes() == (here / "book.qdc").read_bytes()


def test_a_codebook_that_went_out_comes_in_again(run: Run, here: Path) -> None:
    assert run("export", "book.qdc").exit == 0
    assert run("init", "new.qcode").exit == 0
    assert run("codebook", "import", "book.qdc", "--study", "new.qcode").err == (
        "book@1.0 imported: 6 codes, 5 of them codable\n"
        "  help: no brief, definition, when, when_not, examples\n"
        "  money: no brief, definition, when, when_not, examples\n"
        "  wait: no brief, definition, when, when_not, examples\n"
        "  trust: no brief, definition, when, when_not, examples\n"
        "  leave: no brief, definition, when, when_not, examples\n"
    )
    shown = [
        json.loads(run("codebook", "show", "--study", s, "--format", "json").out) for s in ("new.qcode", "study.qcode")
    ]
    assert shown[0]["codes"] == shown[1]["codes"]
    assert (
        run("codebook", "import", "book.qdc", "--as", "book", "--study", "study.qcode").err
        == "book@1 is in the study already\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["out.docx"], ".qdpx (a project), .qdc (a codebook) or .csv, .xlsx, .parquet, .sav (a table), not .docx"),
        (["out.qdc", "--for", "nvivo"], "--for is for a project"),
        (["out.csv", "--with-hidden"], "--with-hidden is for a project"),
        (["out.qdpx", "--case", "Ana A."], "--case is for a table"),
        (["out.qdc", "--no-children"], "--no-children is for a table"),
        (["out", "--table", "cases"], "--table is for a table, as a file"),
        (["out.csv", "--table", "nothing"], "there is no table 'nothing'"),
        (["no/such/out.qdpx"], "there is no folder"),
        (["out.qdpx", "--codebook", "nothing"], "nothing"),
        (["out.qdpx", "--for", "word"], "'word' is not one of"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(run: Run, here: Path, words: list[str], sentence: str) -> None:
    before = sorted(here.iterdir())
    ran = run("export", *words)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert sentence in ran.err
    assert sorted(here.iterdir()) == before


def test_a_table_is_written_with_the_filters(run: Run, here: Path) -> None:
    assert run("export", "t.csv", "--coder", "ben").err == "wrote 5 rows of the table codings to t.csv\n"
    told = json.loads(run("export", "t.csv", "--table", "cases", "--format", "json").out)
    assert told == {"exported": ["t.csv"], "rows": 2, "lost": []}
    assert "Kyrgyzstan" in (here / "t.csv").read_text(encoding="utf-8-sig")


def test_all_tables_are_written_into_a_folder(run: Run, here: Path) -> None:
    told = json.loads(run("export", "tables", "--format", "json").out)
    assert sorted(path.name for path in (here / "tables").iterdir()) == told["exported"]
    again = run("export", "tables")
    assert (again.exit, "is there already and not empty" in again.err) == (2, True)


def test_the_tables_do_not_tell_where_they_were_written(run: Run, here: Path) -> None:
    (here / "gulnara").mkdir()
    assert run("export", str(here / "gulnara" / "tables")).exit == 0
    written = [path.read_text(encoding="utf-8-sig") for path in (here / "gulnara" / "tables").iterdir()]
    assert not [text for text in written if "gulnara" in text]
    assert any("qcode export tables" in text for text in written)
