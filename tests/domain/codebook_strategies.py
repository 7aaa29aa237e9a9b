"""Random codebooks with identities, and random versions that follow them together with all that they declare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.declared import Former
from tests.domain.codebook_desk import EDITS, Desk
from tests.domain.codebook_values import ALIASES, DEFINED, FIELDS, LANGUAGES, NEW_KEYS, OLD_KEYS, TEXTS, Line, id_of

__all__ = ["OFTEN", "Line", "forks", "id_of", "lines", "strangers", "trees"]

OFTEN = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def trees(draw: st.DrawFn, *, most: int = 15, least: int = 0) -> CodebookVersion:
    """Draw a version with ids whose codes stand in reading order, up to `most` of them."""
    codes, path, free = list[Code](), list[str](), list(ALIASES)
    for key in draw(st.lists(OLD_KEYS, unique_by=str.casefold, min_size=least, max_size=most)):
        path = path[: draw(st.integers(0, len(path)))]
        fields = {name: draw(values) for name, values in (FIELDS | DEFINED).items()}
        aliases = (free.pop(),) if free and draw(st.booleans()) else ()
        parent = path[-1] if path else None
        codes.append(Code(key, parent=parent, codable=draw(st.booleans()), aliases=aliases, id=id_of(key), **fields))
        path.append(key)
    return CodebookVersion("book", "1", tuple(codes), draw(TEXTS), draw(LANGUAGES), draw(TEXTS))


@st.composite
def strangers(draw: st.DrawFn) -> tuple[CodebookVersion, CodebookVersion]:
    """Draw two versions that have nothing in common but some identities."""
    ids = [f"id {n}" for n in range(12)]

    def with_ids(version: CodebookVersion) -> CodebookVersion:
        given = draw(st.permutations(ids))
        return replace(version, codes=tuple(replace(c, id=i) for c, i in zip(version.codes, given, strict=False)))

    return with_ids(draw(trees(most=10))), with_ids(replace(draw(trees(most=10)), version="2", follows=("1",)))


@st.composite
def lines(
    draw: st.DrawFn,
    tree: CodebookVersion,
    *,
    steps: int = 1,
    edits: int = 6,
    former: Sequence[Former] = (),
    mark: str = ".",
) -> Line:
    """Draw what becomes of `tree` in up to `steps` versions of up to `edits` edits each; no key is used again.

    `former` are the codes that had ended before.
    """
    line = Line([tree], former=list(former))
    taken = {code.key.casefold() for code in (*tree.codes, *former)}
    pool = [key for key in draw(st.permutations(NEW_KEYS)) if key.casefold() not in taken]
    for n in range(draw(st.integers(1, steps))):
        desk = Desk(draw, line, pool)
        for _ in range(draw(st.integers(0, edits))):
            draw(st.sampled_from(EDITS))(desk)
        desk.finish(f"{tree.version}{mark}{n + 1}")
    return line


@st.composite
def forks(draw: st.DrawFn, *, steps: int = 2, edits: int = 5) -> tuple[Line, Line]:
    """Draw what two teams make of one version: two lines with the same beginning."""
    first = draw(lines(draw(trees(least=2, most=8)), edits=draw(st.sampled_from([0, 3]))))
    base, former = first.newest, first.former
    ours = draw(lines(base, steps=steps, edits=edits, former=former, mark="-ours-"))
    return ours, draw(lines(base, steps=steps, edits=edits, former=former, mark="-theirs-"))
