"""Tables of codes are checked, imported and exported from the command line, those of other tools too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Dump, Ran, Run


@pytest.fixture
def book(run: Run, study_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs `qcode codebook` beside the tiny study."""
    monkeypatch.chdir(study_path.parent)

    def book(*words: str) -> Ran:
        return run("codebook", *words)

    return book


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_table_is_checked_with_remarks(book: Run) -> None:
    ran = book("check", write("t.csv", "code,name,mood\nA,Aa,good\nB,Bb,bad\n"))
    assert ran.exit == 1
    assert ran.out.splitlines() == [
        "warning: A: no brief, definition, when, when_not, examples",
        "warning: B: no brief, definition, when, when_not, examples",
    ]
    assert ran.err == "t: 2 codes, 0 errors, 2 warnings\nt.csv: columns that were not read: mood\n"


def test_a_check_as_json_is_one_document(book: Run) -> None:
    ran = book("check", write("t.csv", "code,definition\nA,What\n"), "--format", "json")
    assert json.loads(ran.out) == [{"level": "warning", "where": "A", "what": "no brief, when, when_not, examples"}]


def test_what_breaks_a_rule_is_told_with_its_row(book: Run) -> None:
    ran = book("check", write("t.csv", "code,color\nA,#112233\nB,blue\n"))
    assert (ran.exit, ran.err) == (2, "error: t.csv, row 3: B: the color 'blue' is none; write it as #7a3b69\n")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"PK\x03\x04", b"", b"a,b\n1,2\n"])
def test_what_is_no_table_is_a_sentence(book: Run, study_path: Path, dump: Dump, data: bytes) -> None:
    Path("bad.csv").write_bytes(data)
    before = dump(study_path)
    for verb in ("check", "import"):
        ran = book(verb, "bad.csv")
        assert (ran.exit, ran.out) == (2, "")
        assert ran.err.startswith("error: bad.csv")
    assert dump(study_path) == before


def test_a_table_becomes_versions_with_changes_from_a_file(book: Run) -> None:
    assert "my-book@1.0 imported: 2 codes" in book("import", write("my book.csv", "code,name\nA,Aa\nB,Bb\n")).err
    assert book("import", "my book.csv").err == "my-book@1.0 is in the study already\n"
    refused = book("import", write("my book.csv", "code,name\nA,Aa\nC,Cc\n"))
    assert refused.exit == 2
    block = refused.err[refused.err.index("changes:") :]
    ran = book("import", "my book.csv", "--changes", write("changes.yaml", block))
    assert (ran.exit, "my-book@1.1 follows 1.0" in ran.out, "retire B" in ran.out) == (0, True, True)


def test_remarks_of_an_import_are_printed(book: Run) -> None:
    assert "t.csv: columns that were not read: mood" in book("import", write("t.csv", "code,name,mood\nA,Aa,x\n")).err


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("atlas.csv", "Code,Comment,Code Group 1\nTrust,What trust is,Feelings\n", ["Feelings", "Trust"]),
        ("taguette.csv", "tag,description,number of highlights\nTrust,What trust is,3\n", ["Trust"]),
    ],
)
def test_tables_of_other_tools_are_imported(book: Run, name: str, text: str, codes: list[str]) -> None:
    assert book("import", write(name, text), "--as", "other@0.1").exit == 0
    shown = json.loads(book("show", "other", "--format", "json").out)
    assert (shown["version"], [code["code"] for code in shown["codes"]]) == ("0.1", codes)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_an_exported_table_comes_back_as_what_is_there(book: Run, ending: str) -> None:
    assert book("export", "book", "-o", f"book{ending}").exit == 0
    assert book("import", f"book{ending}").err == "book@1 is in the study already\n"
    assert "nothing differs" in book("import", f"book{ending}", "--as", "book@2").out


def test_a_label_is_for_tables_alone(book: Run) -> None:
    ran = book("import", "generic-interview", "--as", "mine")
    assert (ran.exit, "says itself which codebook and version it is; leave out --as" in ran.err) == (2, True)
