"""A draft is edited in the editor of the person's choice, and no word is lost, whatever becomes of it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qcode.study.study import open as open_study
from tests.cli.terminal import in_terminal
from tests.conftest import Dump, Ran, Run

Edit = Callable[..., Ran]

KEPT = (
    "your text is kept in book-draft.yaml; mend it there and take it with: qcode codebook edit --from book-draft.yaml"
)


@pytest.fixture
def folder(tmp_path: Path, study_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the tiny study, with a folder `tmp` for temporary files."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def editor(folder: Path, does: str) -> str:
    """Write a program that does something to the file called `path`; return what to set EDITOR to."""
    file = folder / "editor of mine.py"
    file.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{does}\n", encoding="utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(file))}"


@pytest.fixture
def edit(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Give a function that edits the draft by a program, and sees that no temporary file is left."""

    def edit(does: str, *words: str) -> Ran:
        monkeypatch.setenv("EDITOR", editor(folder, does))
        ran = run("codebook", "edit", *words)
        assert list((folder / "tmp").iterdir()) == []
        return ran

    return edit


def replaced(old: str, new: str) -> str:
    return f"path.write_text(path.read_text('utf-8').replace({old!r}, {new!r}), 'utf-8')"


RENAMED = replaced("name: Wait", "name: Warten")


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("book-draft*.yaml"))


def test_what_was_edited_is_the_draft(edit: Edit, folder: Path) -> None:
    ran = edit(RENAMED)
    assert (ran.exit, "name wait: Wait -> Warten" in ran.out) == (0, True)
    assert kept(folder) == []


def test_line_ends_of_windows_are_no_change_by_themselves(edit: Edit) -> None:
    crlf = "path.write_bytes(path.read_bytes().replace(b'\\n', b'\\r\\n'))"
    assert edit(crlf).err == "nothing was changed\n"
    assert "Warten" in edit(f"{RENAMED}\n{crlf}").out


NOTHING = {
    "nothing at all": "pass",
    "the same once more": "path.write_bytes(path.read_bytes())",
    "an empty file": "path.write_text('')",
    "blanks alone": "path.write_text(' \\n\\n')",
}


@pytest.mark.parametrize("what", NOTHING)
def test_an_editor_that_writes_nothing_else_changes_nothing(
    edit: Edit, study_path: Path, dump: Dump, folder: Path, what: str
) -> None:
    before = dump(study_path)
    ran = edit(NOTHING[what])
    assert (ran.exit, ran.out, ran.err, kept(folder)) == (0, "", "nothing was changed\n", [])
    assert dump(study_path) == before


RUBBISH = {
    "no YAML": ("path.write_text('codes: [')", "is not YAML"),
    "no UTF-8": ("path.write_bytes(b'codebook: caf\\xe9\\n')", "not UTF-8"),
    "other bytes": ("path.write_bytes(b'\\xff\\xfe\\x00\\x01')", "written as UTF-16; save it as UTF-8"),
    "a code taken out": (replaced("  - code: leave\n    name: Leave\n", ""), "changes:\n  - retire: leave"),
    "two codes of one key": (replaced("code: wait", "code: TRUST"), "two codes have this key"),
    "another codebook": (replaced("codebook: book", "codebook: buch"), "the draft is of book, and the text says buch"),
    "another base": (replaced('follows: "1"', 'follows: "0"'), "the draft follows 1, and the text says 0"),
    "a number that is taken": (replaced('version: "2"', 'version: "1"'), "book has a version 1 already"),
    "a failure after words": (f"{RENAMED}\nsys.exit(1)", "Editing failed"),
}


@pytest.mark.parametrize("what", RUBBISH)
def test_what_cannot_be_taken_is_kept_in_a_file(
    edit: Edit, study_path: Path, dump: Dump, folder: Path, what: str
) -> None:
    does, why = RUBBISH[what]
    seen, before = folder / "seen", dump(study_path)
    does, _, ending = does.partition("\nsys.exit")
    ran = edit(f"{does}\npathlib.Path({str(seen)!r}).write_bytes(path.read_bytes())\n{ending and 'sys.exit(1)'}")
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(f"{KEPT}\nerror: ")
    assert why in ran.err
    assert dump(study_path) == before
    assert kept(folder)[0].read_bytes() == seen.read_bytes()


@pytest.mark.parametrize("does", ["sys.exit(1)", "path.unlink()", "path.unlink(); sys.exit(1)"])
def test_an_editor_that_fails_without_a_word_leaves_nothing(edit: Edit, folder: Path, does: str) -> None:
    ran = edit(does)
    assert (ran.exit, ran.out, kept(folder)) == (2, "", [])
    assert ran.err.startswith("error: ")
    assert "kept" not in ran.err


def test_copies_that_an_editor_makes_are_removed_too(edit: Edit) -> None:
    edit(f"path.with_name('draft.yaml~').write_text('old'); {RENAMED}")


@pytest.mark.parametrize("program", ["/nowhere/ed", "nothing-called-so --wait", "'unfinished"])
def test_an_editor_that_is_not_there_is_a_sentence(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("EDITOR", program)
    ran = run("codebook", "edit")
    assert (ran.exit, ran.out, list((folder / "tmp").iterdir())) == (2, "", [])
    assert ran.err.startswith("error: ")


def test_a_file_that_is_there_is_not_written_over(edit: Edit, folder: Path) -> None:
    (folder / "book-draft.yaml").write_text("of yesterday", encoding="utf-8")
    assert "kept in book-draft-2.yaml" in edit("path.write_text('codes: [')").err
    assert (folder / "book-draft.yaml").read_text(encoding="utf-8") == "of yesterday"


def test_where_the_file_cannot_be_written_the_words_stay_where_they_are(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("shutil.copyfile", refuse)
    monkeypatch.setenv("EDITOR", editor(folder, "path.write_text('codes: [')"))
    ran = run("codebook", "edit")
    (left,) = (folder / "tmp").rglob("*.yaml")
    assert ran.exit == 2
    assert f"your text is kept in {left}" in ran.err
    assert left.read_text(encoding="utf-8") == "codes: ["


def test_what_was_kept_is_mended_and_taken_from_its_file(edit: Edit, run: Run, folder: Path) -> None:
    edit(replaced("  - code: leave\n    name: Leave\n", ""))
    file = kept(folder)[0]
    file.write_text(file.read_text(encoding="utf-8") + "changes:\n  - retire: leave\n", encoding="utf-8")
    ran = run("codebook", "edit", "--from", file.name)
    assert (ran.exit, "retire leave" in ran.out) == (0, True)


def test_what_someone_else_changed_in_the_meantime_is_not_lost(edit: Edit, study_path: Path, folder: Path) -> None:
    words = [sys.executable, "-m", "qcode", "codebook", "retire", "leave", "--study", str(study_path)]
    ran = edit(f"import subprocess; subprocess.run({words!r}, capture_output=True); {RENAMED}")
    assert "the draft was changed by someone else in the meantime" in ran.err
    assert "Warten" in kept(folder)[0].read_text(encoding="utf-8")
    with open_study(study_path) as study:
        assert [one.told.change for one in study.drafts.show().planned] == ["retire"]


def asked(folder: Path, does: str, *typed: str) -> Ran:
    environment = {"EDITOR": editor(folder, does), "TMPDIR": str(folder / "tmp")}
    return in_terminal("codebook", "edit", folder=folder, typed=typed, environment=environment)


TWICE = """\
count = pathlib.Path('count'); n = len(count.read_text()) if count.exists() else 0; count.write_text('x' * (n + 1))
path.write_text('codes: [' if n == 0 else pathlib.Path('good.yaml').read_text('utf-8'), 'utf-8')"""


def test_in_a_terminal_a_person_may_go_on_editing(folder: Path, run: Run) -> None:
    run("codebook", "draft", "-o", "good.yaml")
    good = folder / "good.yaml"
    good.write_text(good.read_text(encoding="utf-8").replace("name: Wait", "name: Warten"), encoding="utf-8")
    ran = asked(folder, TWICE, "\n")
    assert ran.exit == 0
    assert (
        ran.out.index("is not YAML") < ran.out.index("edit again? [Y/n]") < ran.out.index("name wait: Wait -> Warten")
    )
    assert (kept(folder), list((folder / "tmp").iterdir())) == ([], [])


@pytest.mark.parametrize(("typed", "code"), [("n\n", 2), ("\x03", 1)])
def test_in_a_terminal_a_person_may_give_up_and_keeps_the_words(folder: Path, typed: str, code: int) -> None:
    ran = asked(folder, "path.write_text('codes: [')", typed)
    assert ran.exit == code
    assert "your text is kept in book-draft.yaml" in ran.out
    assert kept(folder)[0].read_text(encoding="utf-8") == "codes: ["
    assert list((folder / "tmp").iterdir()) == []


def test_an_editor_that_is_killed_leaves_the_words(folder: Path, study_path: Path) -> None:
    does = f"{RENAMED}\nimport os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    words = [sys.executable, "-m", "qcode", "codebook", "edit"]
    environment = os.environ | {"EDITOR": editor(folder, does), "TMPDIR": str(folder / "tmp")}
    ran = subprocess.run(words, env=environment, capture_output=True, text=True, cwd=folder, stdin=subprocess.DEVNULL)
    assert ran.returncode == 2
    assert "Warten" in kept(folder)[0].read_text(encoding="utf-8")
