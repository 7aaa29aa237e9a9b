"""The documentation runs: every command and every Python block of it, in a folder with the sample interviews."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qcode.cli.main import run

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", *sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def commands(page: str) -> list[str]:
    lines = [line for block in blocks(page, "console") for line in block.splitlines()]
    assert all(line.startswith("$ qcode ") for line in lines), f"{page} shows something else than commands"
    return [line.removeprefix("$ qcode ") for line in lines]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QCODE_STUDY", raising=False)
    (tmp_path / "interviews").mkdir()
    for path in (ROOT / "transcripts_sample").iterdir():
        if path.suffix in (".docx", ".txt", ".vtt", ".srt"):
            shutil.copy(path, tmp_path / "interviews")
        elif path.suffix == ".csv":
            shutil.copy(path, tmp_path)
    (tmp_path / "talk.txt").write_text("INT: How are you?\nR1: Well, thank you.\n", encoding="utf-8")
    (tmp_path / "talk.csv").write_text("File,At,Who,Said\nA,0:01,INT,So?\nB,0:02,R1,No.\n", encoding="utf-8")
    survey = "ID,age,What helped you?,What would you change?\nR01,34,My sister.,The hours.\n"
    (tmp_path / "survey.csv").write_text(survey, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("First: a note.\nSecond: another.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_every_command_of_a_page_works(page: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if "init " not in commands(page)[0]:
        for line in ("init study.qcode --coder ana", "import interviews", "codebook import drug-treatment-ca"):
            assert run(shlex.split(line)) == 0
        if page != "docs/coding.md":
            assert run(["case", "import", "cases.csv"]) == 0
        assert run(["coding", "import", "codings.csv"]) == 0
    for line in commands(page):
        code = run(shlex.split(line))
        assert code == 0, f"{page}: {line}: {capsys.readouterr().err}"


def test_the_python_page_runs_from_top_to_bottom(folder: Path) -> None:
    code = "\n".join(blocks("docs/python.md", "python"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert (folder / "matrix.docx").stat().st_size > 10_000


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    for line in commands("README.md"):
        assert run(shlex.split(line)) == 0
    code = "\n".join(blocks("README.md", "python"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_the_command_line_reference_is_up_to_date() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from make_cli_reference import reference

    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference(), "type: make docs"


def test_the_keys_of_the_documentation_are_up_to_date() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from make_cli_reference import with_keys

    page = (ROOT / "docs" / "interactive.md").read_text(encoding="utf-8")
    assert page == with_keys(page), "type: make docs"


def test_the_codebook_of_the_documentation_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text(blocks("docs/codebooks.md", "yaml")[0], encoding="utf-8")
    assert run(["codebook", "check", str(path)]) == 0


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    here = (ROOT / page).parent
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert (here / target).exists(), f"{page} leads to {target}"
