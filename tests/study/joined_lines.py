"""Two lines of a codebook over one base and their join, and what is seen of a study then."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from qcode.domain.codebook import CodebookVersion
from qcode.interchange import codebook_yaml
from qcode.study.selection import Filters
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.notation import make_study
from tests.study.next_version import next_version

__all__ = ["Seen", "at_word", "begin", "beside", "code_all", "late_table", "matrices", "seen", "version_file"]

WORDS = [f"word{n:02}" for n in range(20)]
BOOK = "book"

Seen = list[tuple[str, str, str, str]]
"""(words, code, coder, status) of every coding, in order."""


@cache
def _template() -> Path:
    with make_study(Path(tempfile.mkdtemp()), P1=f"ANA: {' '.join(WORDS)}\n") as study:
        for name in ("ben", "cy"):
            study.coders.add(name)
    return study.path


def begin(folder: Path, *versions: CodebookVersion) -> Study:
    """Return a study with these versions of a codebook, by way of their files."""
    study = open_study(shutil.copy(_template(), folder / "study.qcode"))
    for one in versions:
        study.codebooks.add(version_file(folder, one))
    return study


def beside(study: Study, *said: str, number: str = "team", base: str = "1", **more: Any) -> Path:
    """Write a file, as of another team, that follows `base` and is changed as `said`."""
    new = next_version(study.codebooks.show(f"{BOOK}@{base}").content, *said, number=number)
    return version_file(study.path.parent, replace(new, **more))


def version_file(folder: Path, version: CodebookVersion) -> Path:
    """Write a version as a file."""
    file = folder / f"{version.version}.yaml"
    file.write_text(codebook_yaml.write(version), encoding="utf-8")
    return file


def code_all(study: Study, *places: tuple[int, str], apart: int) -> None:
    """Put every code of the newest version on the n-th word by a coder, and by ben on words of their own."""
    version = study.codebooks.show(BOOK).content
    codable = [code.key for code in version.codes if code.codable]
    rows = [(WORDS[n], key, coder) for n, coder in places for key in codable]
    rows += [(WORDS[apart + m % 4], key, "ben") for m, key in enumerate(codable)]
    study.codings.import_csv(late_table(rows, version.version), "codings.csv")


def late_table(rows: Iterable[tuple[str, str, str]], version: str) -> bytes:
    """Return a table of codings (words, code, coder) that were made under a version."""
    head = "transcript,quote,code,coder,codebook,version\n"
    return (head + "".join(f'P1,{word},"{key}",{coder},{BOOK},{version}\n' for word, key, coder in rows)).encode()


def seen(study: Study, version: str = "", **filters: bool) -> Seen:
    """Return every coding as it is now, or as a version was left."""
    asked = Filters(codebook=f"{BOOK}@{version}" if version else None, withdrawn=filters.get("withdrawn", True))
    return sorted((one.quote, one.code, one.coder, one.status) for one in study.codings.list(asked))


def at_word(found: Seen, n: int) -> list[tuple[str, str, str]]:
    """Return what stands on the n-th word."""
    return [(code, coder, status) for word, code, coder, status in found if word == WORDS[n]]


def matrices(study: Study, version: str) -> str:
    """Return what is counted as a version was left."""
    counts = ("hits", "stretches")
    asked = [study.cooccurrence(codebook=f"{BOOK}@{version}", count=one, per_coder=True).to_json() for one in counts]
    return json.dumps(asked, ensure_ascii=False, sort_keys=True)
