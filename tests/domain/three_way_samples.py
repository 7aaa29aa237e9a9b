"""Three versions in a few lines each, to be merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.domain.declared import Adopted, Former, RawChange, adopt
from qcode.domain.three_way import Merge, merge
from tests.domain.codebook_strategies import id_of


def book(*lines: str, changes: tuple[RawChange, ...] = (), number: str = "1") -> CodebookVersion:
    """Make a version from lines such as "A", "B<A" (B below A), "A!" (a heading), "A=text" (its definition)."""
    codes = []
    for line in lines:
        line, _, definition = line.partition("=")
        line, _, above = line.partition("<")
        key = line.rstrip("!")
        codes.append(Code(key, "a name", above or None, not line.endswith("!"), definition=definition))
    made = CodebookVersion("demo", number, tuple(codes), "title", "en", changes=changes)
    return replace(made, codes=tuple(replace(code, id=id_of(code.key)) for code in codes))


def change(kind: str, codes: str | tuple[str, ...], **rest: object) -> RawChange:
    return tuple(sorted({kind: codes, **rest}.items()))


def having(version: CodebookVersion, key: str, **fields: object) -> CodebookVersion:
    """Return `version` with other fields of one code."""
    codes = tuple(replace(code, **fields) if code.key == key else code for code in version.codes)
    return replace(version, codes=codes)


def follow(base: CodebookVersion, new: CodebookVersion) -> Adopted:
    """Adopt a version that follows `base` and declares all that it has to."""
    found = adopt(base, new, identity=id_of)
    assert found.problems == []
    return found


def merged(
    base: CodebookVersion, ours: CodebookVersion, theirs: CodebookVersion, settle: Mapping[str, str] | None = None
) -> Merge:
    """Merge two versions that follow `base` directly."""
    mine, other = follow(base, replace(ours, version="2")), follow(base, replace(theirs, version="2-uz"))
    found = merge(
        base,
        mine.version,
        other.version,
        ours_declared=mine.declared,
        theirs_declared=other.declared,
        version="3",
        settle=settle or {},
    )
    if found.version is not None:
        assert [problem for problem in check(found.version) if problem.level == "error"] == []
        codes = tuple(replace(code, id="") for code in found.version.codes)
        ids = {code.key: code.id for code in found.version.codes}
        former = _former(base, mine.version)
        again = adopt(mine.version, replace(found.version, codes=codes), former=former, identity=ids.__getitem__)
        assert again.problems == []
        assert again.version == found.version
    return found


def _former(base: CodebookVersion, ours: CodebookVersion) -> list[Former]:
    there = {code.id for code in ours.codes}
    return [Former(code.id, code.key, "retire", "2") for code in base.codes if code.id not in there]


def written(version: CodebookVersion) -> list[str]:
    """Return the codes of a version as `book` reads them."""
    return [
        f"{code.key}{'' if code.codable else '!'}"
        f"{f'<{code.parent}' if code.parent else ''}{f'={code.definition}' if code.definition else ''}"
        for code in version.codes
    ]


def lines(found: Merge) -> list[str]:
    assert found.version is not None, found.conflicts
    return written(found.version)


def declares(found: Merge) -> list[dict[str, object]]:
    assert found.version is not None, found.conflicts
    return [dict(one) for one in found.version.changes]


def conflicts(found: Merge) -> list[tuple[str, str, str, str]]:
    """Return each conflict as (name, base, ours, theirs)."""
    return [(one.name, one.base, one.ours, one.theirs) for one in found.conflicts]
