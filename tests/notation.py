"""Makes a study from strings: `ANA: I waited [two hours|wait, trust @ben] on the phone.`

One line is one turn. `[words|code, code @coder]` is a segment with its codes; segments may stand inside each other.
Without `@coder` the study's default coder codes. The codebook `book@1` has the codes in order of first use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qcode.domain.codebook import Code, CodebookVersion
from qcode.importers.base import Options
from qcode.study.study import Study, create

__all__ = ["Mark", "make_study", "read_notation"]


@dataclass(frozen=True)
class Mark:
    """A segment as the notation has it."""

    start: int
    end: int
    codes: tuple[str, ...]
    coder: str | None


def read_notation(notation: str) -> tuple[str, list[Mark]]:
    """Return the plain text and its marks, those that close first before the others."""
    text, marks, opened = "", [], list[int]()
    for part in re.findall(r"\[|\|[^|\]]*\]|[^\[|]+", notation):
        if part == "[":
            opened.append(len(text))
        elif part.startswith("|"):
            codes, _, coder = part[1:-1].partition("@")
            keys = tuple(code.strip() for code in codes.split(",") if code.strip())
            marks.append(Mark(opened.pop(), len(text), keys, coder.strip() or None))
        else:
            text += part
    return text, marks


def make_study(folder: Path, /, *, codes: tuple[str, ...] = (), coder: str = "ana", **transcripts: str) -> Study:
    """Make `folder/study.qcode` through real acts: transcripts by name, their codes and codings.

    `codes` are there beside those that the notation names; `HEADING/CODE` stands below a heading.
    """
    read = {name: read_notation(notation) for name, notation in transcripts.items()}
    study = create(folder / "study.qcode", title="Invented", coder=coder)
    used = dict.fromkeys([*codes, *(code for _, marks in read.values() for m in marks for code in m.codes)])
    if used:
        study.codebooks.add_version(CodebookVersion("book", "1", tuple(_codes(used))))
    for name, (text, _) in read.items():
        file = folder / f"{name}.txt"
        file.write_bytes(text.encode())
        speakers = tuple(dict.fromkeys(re.findall(r"^(\w+): ", text, re.MULTILINE)))
        study.transcripts.add(file, options=Options(speakers=speakers, language="en"))
    for name, (_, marks) in read.items():
        for m in marks:
            study.codings.add(name, m.codes, start=m.start, end=m.end, coder=m.coder)
    return study


def _codes(keys: dict[str, None]) -> list[Code]:
    made: dict[str, Code] = {}
    for key in keys:
        heading, slash, below = key.partition("/")
        if slash:
            made.setdefault(heading, Code(heading, heading.title(), codable=False))
            made[below] = Code(below, below.title(), parent=heading)
        else:
            made.setdefault(key, Code(key, key.title()))
    return list(made.values())
