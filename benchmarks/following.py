"""Measures a codebook version that follows another: its import with all codings, and a matrix as of the one before."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.big_study import build
from benchmarks.measuring import PYTHON, QCODE, Row, beside
from qcode.domain.codebook import Code, CodebookVersion
from qcode.interchange import codebook_yaml

__all__ = ["following"]

CODES = 100
SPLIT, MERGED, NARROWED, RETIRED, RENAMED, CLARIFIED = (
    range(8),
    range(10, 26, 2),
    range(30, 38),
    range(40, 44),
    range(50, 56),
    range(60, 66),
)
"""The numbers of the codes that the version changes, 40 changes in all; a merge takes the code after it, too."""

COPY = """
import sys, sqlite3, sqlalchemy
there = sqlite3.connect(sys.argv[1])
there.execute("PRAGMA synchronous = FULL")
columns = 'id, uuid, revision_id, start, "end", code_id, coder_id, version_id, created_at, quote'
there.execute(f"CREATE TABLE peer ({columns})")
writing, left = there.cursor(), int(sys.argv[2])
writing.execute("BEGIN")
for row in there.execute(f"SELECT {columns} FROM coding"):
    if left > 0:
        writing.execute("INSERT INTO peer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        left -= 1
there.commit()
"""
"""The bare peer: reads every row of the codings, and writes as many as the version lets wait or moves."""


def following(folder: Path, sizes: Sequence[tuple[int, int, float, float, float]], runs: int) -> list[Row]:
    """Measure both for studies of (codings, transcripts, bound, bound as of the version before, bound in MB)."""
    return [row for size in sizes for row in _of_size(folder, *size, runs=runs)]


def _of_size(
    folder: Path, n: int, transcripts: int, bound: float, as_of_bound: float, memory: float, *, runs: int
) -> list[Row]:
    made, path, file = folder / f"made{n}.qcode", folder / f"following{n}.qcode", folder / "big-2.0.yaml"
    with build(made, n_codings=n, n_transcripts=transcripts, n_codes=CODES) as study:
        file.write_text(codebook_yaml.write(next_version(study.codebooks.show().content)), encoding="utf-8")

    def fresh() -> None:
        shutil.copy(made, path)

    importing = [*QCODE, "codebook", "import", str(file), "--study", str(path)]
    changed = n * (len(SPLIT) + 2 * len(MERGED) + len(NARROWED)) // CODES
    what = f"import of a version with 40 changes on {n:,} codings / read all, write {changed:,}"
    peer = [PYTHON, "-c", COPY, str(path), str(changed)]
    rows = [Row(what, *beside(importing, peer, runs, before_each=fresh), bound, memory)]
    fresh()
    subprocess.run(importing, check=True, capture_output=True)
    newest = [*QCODE, "cooccurrence", "--format", "json", "--study", str(path)]
    costs = beside([*newest, "--codebook", "big@1.0"], newest, runs)
    return [
        *rows,
        Row(f"matrix of {n:,} codings as of the version before / of the newest", *costs, as_of_bound, memory),
    ]


def next_version(old: CodebookVersion) -> CodebookVersion:
    """Return what follows `old`: with codes split, merged, narrowed, retired, renamed and clarified."""
    gone = {_key(n) for n in (*SPLIT, *MERGED, *(n + 1 for n in MERGED), *RETIRED)}
    codes = [replace(_changed(code), id="") for code in old.codes if code.key not in gone]
    codes += [Code(f"{_key(n)}{part}", f"part {part} of {n}") for n in SPLIT for part in "ab"]
    codes += [Code(f"{_key(n)}+", f"code {n} and the next") for n in MERGED]
    return replace(old, version="2.0", codes=tuple(codes), changes=tuple(_changes()), follows=(old.version,))


def _changes() -> list[tuple[tuple[str, object], ...]]:
    said: list[dict[str, object]] = []
    said += [{"split": _key(n), "into": (f"{_key(n)}a", f"{_key(n)}b")} for n in SPLIT]
    said += [{"merge": (_key(n), _key(n + 1)), "into": f"{_key(n)}+"} for n in MERGED]
    said += [{"redefine": _key(n), "effect": "narrow"} for n in NARROWED]
    said += [{"retire": _key(n)} for n in RETIRED]
    said += [{"rename": _key(n), "to": f"RENAMED-{n}"} for n in RENAMED]
    said += [{"redefine": _key(n), "effect": "clarify"} for n in CLARIFIED]
    return [tuple(sorted(one.items())) for one in said]


def _changed(code: Code) -> Code:
    n = int(code.key.rpartition("-")[2])
    if n in RENAMED:
        return replace(code, key=f"RENAMED-{n}")
    return replace(code, definition="in other words") if n in (*NARROWED, *CLARIFIED) else code


def _key(n: int) -> str:
    return f"CODE-{n:03}"
