"""Who may import whom: the table of the house, held against the imports themselves."""

from __future__ import annotations

import ast
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "qcode"

ROOMS = {
    "domain": set(),
    "text": {"domain"},
    "importers": {"domain", "text"},
    "interchange": {"domain", "importers"},  # what opens zips, XML and bytes safely; rich texts inside projects
    "analysis": set(),
    "store": {"domain", "migrations"},
    "study": {
        "domain",
        "text",
        "importers",
        "interchange",
        "analysis",
        "store",
        "codebooks",
        "transcripts_sample",
    },
    "reports": {"domain", "analysis"},
    "cli": {"study", "reports", "analysis", "domain"},
    "tui": {"study", "reports", "analysis", "domain"},
    "web": {"study", "reports", "analysis", "domain"},
}
"""The rooms of qcode that each room may import, besides itself and `errors`."""

EVERYONE = {"errors", "leftovers", "__version__"}
"""What every room may import."""

LIBRARIES = {
    "domain": set(),
    "text": {"spacy", "py3langid", "numpy"},
    "importers": {"lxml", "chardet", "pdfminer", "openpyxl"},
    "interchange": {"yaml", "lxml", "openpyxl", "xlsxwriter", "pyarrow", "pyreadstat", "pandas"},
    "analysis": {"numpy", "scipy", "pandas"},
    "store": {"sqlalchemy", "alembic", "numpy"},
    "study": {"sqlalchemy", "numpy"},
    "reports": {"docx", "lxml", "xlsxwriter", "matplotlib"},
    "cli": {"click", "rich"},
    "tui": {"textual", "rich"},
    "web": {"flask", "waitress", "werkzeug", "jinja2", "markupsafe"},
}
"""The libraries that each room may import, besides the standard library."""

ONE_FILE = {
    ("analysis/matrix.py", "domain"),
    ("cli/import_.py", "importers"),
    ("cli/crash.py", "importlib"),
    ("cli/code.py", "tui"),  # the commands that open the two faces
    ("cli/serve.py", "web"),
    ("reports/of_study.py", "study"),  # what both faces would otherwise ask twice; no room of the study imports it
}
"""What single files may import beyond their room."""


def _files() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            found.add(node.module or "")
            if node.module == "qcode":
                found |= {f"qcode.{alias.name}" for alias in node.names}
    return found


def _room(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may(path: Path) -> None:
    room, here = _room(path), path.relative_to(ROOT).as_posix()
    if not room:
        return
    for name in _imports(path):
        top, _, rest = name.partition(".")
        if top == "qcode":
            other = rest.partition(".")[0]
            allowed = other in ROOMS[room] | EVERYONE or other in ("", room) or (here, other) in ONE_FILE
            assert allowed, f"{here} may not import qcode.{other}"
        else:
            assert top in sys.stdlib_module_names or top in LIBRARIES[room], f"{here} may not import {top}"


def test_renderers_see_only_the_report() -> None:
    for path in (ROOT / "reports" / "render").glob("*.py"):
        for name in _imports(path):
            if name.startswith("qcode."):
                allowed = ("qcode.reports.report", "qcode.reports.render", "qcode.errors")
                assert name.startswith(allowed), f"{path.name} imports {name}"


def test_every_room_of_the_house_has_a_row() -> None:
    rooms = {p.name for p in ROOT.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    assert rooms == set(ROOMS) == set(LIBRARIES)


def test_no_import_runs_in_a_circle() -> None:
    above = {room: {r for r in allowed if r in ROOMS} for room, allowed in ROOMS.items()}
    settled: set[str] = set()
    while left := {room for room in above if room not in settled}:
        free = {room for room in left if above[room] <= settled}
        assert free, f"a circle among {left}"
        settled |= free


def test_every_folder_of_modules_is_shipped() -> None:
    settings = ConfigParser()
    settings.read(ROOT.parent / "setup.cfg", encoding="utf-8")
    shipped = settings["options"]["packages"].split()
    folders = {one.parent.relative_to(ROOT.parent).as_posix().replace("/", ".") for one in ROOT.rglob("__init__.py")}
    assert folders <= set(shipped)
