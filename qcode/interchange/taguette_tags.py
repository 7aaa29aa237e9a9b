"""Taguette's tags as a codebook: a full stop within a tag parts a heading from what stands below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qcode.domain.codebook import CodebookVersion
from qcode.errors import Unreadable
from qcode.interchange.code_tree import Twig, version_of
from qcode.interchange.codebook_yaml_write import MAX_LEVELS
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.database_values import passage
from qcode.interchange.sqlite_rows import Row

__all__ = ["versions_of"]


def versions_of(
    name: str, rows: Sequence[Row], gathering: Gathering
) -> tuple[tuple[CodebookVersion, ...], dict[int | None, str]]:
    """Return the codebook, and the identity of each tag by its number. Raises Unreadable."""
    places: dict[tuple[int | None, str], int] = {}
    paths: list[tuple[int | None, str]] = []
    tags: dict[int, tuple[str, str]] = {}
    codes: dict[int | None, str] = {}
    numbered = gathering.numbered(rows, "id", "tags")
    for number, row in numbered.items():
        place = _placed(_parts(number, numbered), places, paths)
        id = gathering.identity("tag", number)
        if place in tags:
            codes[number] = tags[place][0]
            gathering.lose("tags", 1, "tags", "another tag has that name; their codings came to it")
            continue
        tags[place] = (id, passage(row.text("description")))
        codes[number] = id
    twigs = []
    for place, (above, part) in enumerate(paths):
        id, definition = tags.get(place, (gathering.identity("heading", *_path(paths, place)), ""))
        title = gathering.name(part, "tag")
        twigs.append(Twig(place, above, id, title, codable=place in tags, definition=definition))
    return version_of(name, twigs)[0], codes


def _parts(number: int, rows: Mapping[int, Row]) -> list[str]:
    """Return the parts of a tag's name; newer versions also say below which tag it stands (`parent_id`)."""
    parts: list[str] = []
    met: set[int | None] = set()
    above: int | None = number
    while above is not None and above in rows and above not in met and len(parts) <= MAX_LEVELS:
        met.add(above)
        own = re.split(r"(?<=[^\s.])\.(?=[^\s.])", rows[above].text("path").strip(), maxsplit=MAX_LEVELS + 1)
        parts = parts if parts[: len(own)] == own else [*own, *parts]
        above = rows[above].whole("parent_id")
    return parts


def _placed(
    parts: Sequence[str], places: dict[tuple[int | None, str], int], paths: list[tuple[int | None, str]]
) -> int:
    """Return the place of a tag in `paths`, which gets it and what it stands below."""
    if len(parts) > MAX_LEVELS:
        raise Unreadable(f"a tag has more than {MAX_LEVELS} parts", mend="a codebook holds no deeper tree")
    here: int | None = None
    for part in parts:
        place = places.setdefault((here, part), len(paths))
        if place == len(paths):
            paths.append((here, part))
        here = place
    assert here is not None
    return here


def _path(paths: Sequence[tuple[int | None, str]], place: int) -> list[str]:
    parts = []
    here: int | None = place
    while here is not None:
        here, part = paths[here]
        parts.append(part)
    return parts[::-1]
