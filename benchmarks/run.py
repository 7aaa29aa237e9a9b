"""Measures qcode as whole commands beside a bare peer in the same run, and writes docs/performance.md.

python benchmarks/run.py            all of it, about eleven minutes
python benchmarks/run.py --quick    small sizes, to see that it works; writes nothing
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.big_study import build, invented_text
from benchmarks.exchange import exchange
from benchmarks.following import following
from benchmarks.interactive import interactive
from benchmarks.measuring import PYTHON, QCODE, Row, beside, once

ROOT = Path(__file__).resolve().parents[1]

FETCH = """
import sys, sqlalchemy, numpy, sqlite3
rows = sqlite3.connect(sys.argv[1]).execute(
    'SELECT revision_id, start, "end", code_id, coder_id FROM coding').fetchall()
"""


def starting(folder: Path, runs: int) -> list[Row]:
    """Measure how fast qcode starts."""
    once([*QCODE, "demo", str(folder / "demo")])
    study = str(folder / "demo" / "demo.qcode")
    return [
        Row("`qcode --help` / import click", *beside([*QCODE, "--help"], [PYTHON, "-c", "import click"], runs), 2),
        Row(
            "`qcode status` on the demo study / import click, sqlalchemy",
            *beside([*QCODE, "status", "--study", study], [PYTHON, "-c", "import click, sqlalchemy"], runs),
            1.4,
        ),
    ]


def matrices(folder: Path, sizes: Sequence[tuple[int, int, float, float]], runs: int) -> list[Row]:
    """Measure the matrix of 100 codes over many codings, beside one fetch of the same rows."""
    rows = []
    for n, transcripts, bound, memory in sizes:
        path = folder / f"big{n}.qcode"
        build(path, n_codings=n, n_transcripts=transcripts, n_codes=100).close()
        peer = [PYTHON, "-c", FETCH, str(path)]
        for count in ("stretches", "hits"):
            ours = [*QCODE, "cooccurrence", "--count", count, "--study", str(path)]
            what = f"matrix of {n:,} codings, overlap, {count} / fetch of the rows"
            rows.append(Row(what, *beside(ours, peer, runs), bound, memory))
        ours = [*QCODE, "cooccurrence", "--unit", "turn", "--study", str(path)]
        what = f"matrix of {n:,} codings, turns / fetch of the rows"
        rows.append(Row(what, *beside(ours, peer, max(1, runs // 2)), 3 * bound, memory))
    return rows


IMPORT = """
import sys, time, resource
from pathlib import Path
from qcode.study.folders import find_files
from qcode.study.study import create
study = create(sys.argv[1])
marks, memory = [], []
for outcome in study.transcripts.add_each(find_files([sys.argv[2]])):
    marks.append(time.process_time())
    memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
tenth = len(marks) // 10
first, last = marks[2 * tenth] - marks[tenth], marks[-1] - marks[-1 - tenth]
print(first / tenth, last / tenth, memory[2 * tenth], memory[-1], len(marks))
"""


def importing(folder: Path, files: int) -> str:
    """Measure an import of many files: the cost of a file near the beginning and at the end."""
    texts = folder / "texts"
    texts.mkdir()
    for n in range(files):
        (texts / f"interview{n:04}.txt").write_text(invented_text(30_000, n), encoding="utf-8")
    command = [PYTHON, "-c", IMPORT, str(folder / "import.qcode"), str(texts)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    first, last, before, after, n = map(float, done.stdout.split())
    return (
        f"Import of {n:,.0f} transcripts of 30,000 characters, CPU: {first * 1000:.1f} ms a file in the second tenth, "
        f"{last * 1000:.1f} ms in the last ({last / first:.2f} times);\n"
        f"memory {before:.0f} MB after the second tenth, {after:.0f} MB at the end."
    )


HEAD = """# Performance

Made by `make benchmark` (`benchmarks/run.py`). Every figure is a whole command: CPU seconds as the operating system
counted them (median), run in turn with its peer. Machines differ; the ratio is what holds. The study is invented:
nonsense words, 100 codes, three coders, codings clumped in passages. "Fetch of the rows" is one `python -c` that
imports sqlalchemy and numpy, opens the same file with sqlite3 and fetches transcript, start, end, code and coder of all
codings. "Read all, write N" is one that reads all codings whole and writes N of them into a table of the same file: as
many as the version lets wait or moves to another code (8 splits, 8 merges, 8 narrower codes, 4 retired, 6 renamed, 6
said more clearly, among 100). Its memory must not grow with the study.

Python {python}, {cores} cores.

| what | qcode s | peer s | ratio | at most | qcode MB | at most |
|---|---|---|---|---|---|---|"""


def page(rows: Sequence[Row], import_line: str) -> str:
    """Return the documentation page."""
    lines = [HEAD.format(python=platform.python_version(), cores=os.cpu_count())]
    for row in rows:
        memory = "" if row.memory_bound is None else f"{row.memory_bound:.0f}"
        lines.append(
            f"| {row.what} | {row.ours.seconds:.2f} | {row.peer.seconds:.2f} | {row.ratio:.2f} | {row.bound:g} "
            f"| {row.ours.megabytes:.0f} | {memory} |"
        )
    return "\n".join([*lines, "", import_line, ""])


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    sizes = [(2_000, 10, 1.5, 150.0)] if quick else [(100_000, 200, 1.5, 150.0), (1_000_000, 2_000, 2.0, 400.0)]
    carried = [(20_000, 40, 5.0, 1.5, 150.0), (200_000, 400, 6.0, 1.5, 150.0)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = starting(folder, 3 if quick else 9) + matrices(folder, sizes, 2 if quick else 5)
        rows += following(folder, [(2_000, 10, 5.0, 1.5, 150.0)] if quick else carried, 2 if quick else 5)
        rows += exchange(
            folder,
            [(2_000, 10, 40.0, 60.0, 300.0)] if quick else [(100_000, 200, 20.0, 18.0, 700.0)],
            1 if quick else 3,
        )
        text = page(rows, importing(folder, 50 if quick else 1_000)) + "\n" + interactive(folder, quick=quick)
    print(text)
    if not quick:
        (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
