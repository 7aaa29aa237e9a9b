"""Measures a REFI-QDA project in and out, beside parsing the same file with lxml alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.big_study import build
from benchmarks.measuring import PYTHON, QCODE, Row, beside, once

__all__ = ["exchange"]

PARSE = """
import io, sys, zipfile
from lxml import etree
with zipfile.ZipFile(sys.argv[1]) as project:
    whole = {name: project.read(name) for name in project.namelist()}
tree = etree.parse(io.BytesIO(whole["project.qde"]))
print(sum(1 for _ in tree.getroot().iter("{*}Coding")))
"""


def exchange(folder: Path, sizes: Sequence[tuple[int, int, float, float, float]], runs: int) -> list[Row]:
    """Measure both ways for studies of (codings, transcripts, bound out, bound in, bound in MB)."""
    return [row for size in sizes for row in _of_size(folder, *size, runs=runs)]


def _of_size(
    folder: Path, n: int, transcripts: int, out_bound: float, in_bound: float, memory: float, *, runs: int
) -> list[Row]:
    made, project, fresh = folder / f"sent{n}.qcode", folder / f"sent{n}.qdpx", folder / f"taken{n}.qcode"
    build(made, n_codings=n, n_transcripts=transcripts, n_codes=100).close()
    parse = [PYTHON, "-c", PARSE, str(project)]

    def empty() -> None:
        for one in folder.glob(f"{fresh.name}*"):
            one.unlink()
        once([*QCODE, "init", str(fresh)])

    exporting = [*QCODE, "export", str(project), "--study", str(made)]
    importing = [*QCODE, "import", str(project), "--study", str(fresh)]
    once(exporting)
    return [
        Row(
            f"export of {n:,} codings as .qdpx, with its proof / parsing it with lxml alone",
            *beside(exporting, parse, runs),
            out_bound,
            memory,
        ),
        Row(
            f"import of a .qdpx of {n:,} codings / parsing it with lxml alone",
            *beside(importing, parse, runs, before_each=empty),
            in_bound,
            memory,
        ),
    ]
