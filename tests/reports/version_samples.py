"""Invented codebooks in several versions, with a branch, that the tests of changes and histories are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.diff import Declared, diff
from qcode.domain.told import ToldChange, tell
from qcode.interchange.codebook_yaml import read
from qcode.reports.lineage import lineage
from qcode.reports.report import Lineage


@dataclass
class Line:
    """Versions of one codebook in the making; a code's id is the key that it had first, in small letters."""

    versions: list[CodebookVersion] = field(default_factory=list)
    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    declared: dict[str, tuple[Declared, ...]] = field(default_factory=dict)

    def add(self, version: str, codes: Iterable[Code], *follows: str, declared: Iterable[Declared] = ()) -> None:
        """Append a version; codes without an id get that of their key."""
        with_ids = tuple(code if code.id else replace(code, id=code.key.casefold()) for code in codes)
        self.versions.append(CodebookVersion("book", version, with_ids, title="A book", follows=follows))
        self.parents[version], self.declared[version] = follows, tuple(declared)

    def __getitem__(self, version: str) -> CodebookVersion:
        return next(one for one in self.versions if one.version == version)

    def revised(self, version: str, *gone: str, **fields: dict[str, Any]) -> list[Code]:
        """Return the codes of a version without some, and with other fields for some (KEY_X for KEY-X)."""
        kept = [code for code in self[version].codes if code.key not in gone]
        changed = {key.replace("_", "-"): values for key, values in fields.items()}
        moved = {key: values["key"] for key, values in changed.items() if "key" in values}
        found = [replace(code, **changed.get(code.key, {})) for code in kept]
        return [replace(code, parent=moved.get(code.parent or "", code.parent)) for code in found]

    def lineage(self, **more: Any) -> Lineage:
        """Return the drawing of all versions."""
        return lineage(self.versions, self.parents, self.declared, **more)

    def told(self, version: str) -> tuple[ToldChange, ...]:
        """Return what a version changed in the first that it follows."""
        old, new = self[self.parents[version][0]], self[version]
        return tuple(tell(diff(old, new, self.declared[version]), old, new))


def put(codes: list[Code], after: str, *new: Code) -> list[Code]:
    """Return `codes` with new ones after that with the key `after`."""
    place = next(n for n, code in enumerate(codes) if code.key == after) + 1
    return [*codes[:place], *new, *codes[place:]]


def small() -> Line:
    """Return three codes, of which one is split and two are merged."""
    line = Line()
    codes = [Code("WAIT", "Waiting", definition="Any wait."), Code("TRUST", "Trust"), Code("HOPE", "Hope")]
    line.add("1", codes)
    split = Declared("split", ("wait",), ("wait-short", "wait-long"), why="coders mixed minutes with months")
    parts = [Code("WAIT-SHORT", "Short wait", definition="Minutes."), Code("WAIT-LONG", "Long wait")]
    line.add("2", put(line.revised("1", "WAIT", TRUST={"key": "FAITH"}), "FAITH", *parts), "1",
             declared=[split, Declared("rename", ("trust",), ("trust",), why="the word of the speakers")])  # fmt: skip
    merge = Declared("merge", ("trust", "hope"), ("hope",), why="never told apart")
    line.add("3", line.revised("2", "FAITH"), "2", declared=[merge])
    return line


def branched(codes: Iterable[Code]) -> Line:
    """Return five versions, two of which follow the same one, of the starter codebook on drug treatment."""
    line = Line()
    line.add("1.0", codes)
    _first(line)
    _second(line)
    _branch(line)
    _joined(line)
    return line


def _first(line: Line) -> None:
    parts = (
        Code("FUND-HAND", "Planned transition", "FUND", definition="Handed over as planned."),
        Code("FUND-STOP", "Abrupt stop", "FUND", definition="Ended within days."),
    )
    codes = line.revised("1.0", "FUND-EXIT", FUND_EFF={"when": "The effect is told."})
    split = Declared("split", ("fund-exit",), ("fund-hand", "fund-stop"), why="mixed planned with abrupt ends")
    clearer = Declared("redefine", ("fund-eff",), effect="clarify", why="unclear when")
    line.add("1.1", put(codes, "FUND-EFF", *parts), "1.0", declared=[split, clearer])


def _second(line: Line) -> None:
    codes = line.revised("1.1", "STIG-REG", "COER-NARC", HR_OST={"key": "HR-OAT", "name": "Opioid agonist treatment"},
                         COER_COMP={"definition": "Locked, and not by choice."})  # fmt: skip
    line.add(
        "1.2",
        [Code("REG", "Registry and its consequences"), *codes],
        "1.1",
        declared=[
            Declared("merge", ("stig-reg", "coer-narc"), ("reg",), why="one thing in talk"),
            Declared("rename", ("hr-ost",), ("hr-ost",)),
            Declared("redefine", ("coer-comp",), effect="narrow", why="locked wards that one chooses are out"),
        ],
    )


def _branch(line: Line) -> None:
    parts = (Code("CTX-KIN", "Kin", "CTX"), Code("CTX-MAH", "Mahalla", "CTX"))
    split = Declared("split", ("ctx-fam",), ("ctx-kin", "ctx-mah"), why="the mahalla is no family")
    codes = line.revised("1.1", "CTX-FAM")
    line.add("1.1-uz", put(codes, "CTX", *parts), "1.1", declared=[split])


def _joined(line: Line) -> None:
    codes = line.revised("1.2", "CTX-FAM", "HR-NPS", COER_CIV={"parent": "NGO", "name": "Civic space"})
    civic = next(code for code in codes if code.key == "COER-CIV")
    codes = put([code for code in codes if code is not civic], "NGO", civic)
    codes = put(codes, "CTX", *(code for code in line["1.1-uz"].codes if code.key in ("CTX-KIN", "CTX-MAH")))
    back = next(code for code in line["1.0"].codes if code.key == "STIG-REG")
    line.add(
        "2.0",
        put(codes, "REG", replace(back, parent="REG")),
        "1.2",
        "1.1-uz",
        declared=[
            Declared("split", ("ctx-fam",), ("ctx-kin", "ctx-mah"), why="the mahalla is no family"),
            Declared("retire", ("hr-nps",), why="an attribute of the case now"),
            Declared("revive", ("stig-reg",), why="coders agree on it after a second round"),
        ],
    )


@cache
def starter() -> CodebookVersion:
    """Return the codebook on drug treatment that qcode ships with: 36 codes under 8 headings."""
    content = (Path(__file__).parents[2] / "codebooks" / "drug-treatment-ca.yaml").read_bytes()
    return read(content, "drug-treatment-ca.yaml")
