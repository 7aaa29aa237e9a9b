"""QualCoder's categories and codes as a codebook."""

from __future__ import annotations

from qcode.domain.codebook import CodebookVersion
from qcode.interchange.code_tree import Twig, version_of
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.database_values import passage
from qcode.interchange.sqlite_file import Tables

__all__ = ["versions_of"]


def versions_of(
    name: str, tables: Tables, gathering: Gathering
) -> tuple[tuple[CodebookVersion, ...], dict[int | None, str]]:
    """Return the codebook and the identity of each code by its number. Raises Unreadable."""
    codes: dict[int | None, str] = {}
    twigs = [*_categories(tables, gathering), *_codes(tables, gathering, codes)]
    versions, moved = version_of(name, twigs)
    gathering.lose("places of codes in the tree", moved, why="what they stood below is not there, or below themselves")
    return versions, codes


def _categories(tables: Tables, gathering: Gathering) -> list[Twig]:
    twigs = []
    for number, row in gathering.numbered(tables["code_cat"], "catid", "categories").items():
        id = gathering.identity("code_cat", number, row.text("date"))
        above = row.whole("supercatid")
        name = gathering.name(row.text("name"), f"category {number}")
        parent = None if above is None else ("category", above)
        definition = passage(row.text("memo"))
        twigs.append(Twig(("category", number), parent, id, name, codable=False, definition=definition))
    return twigs


def _codes(tables: Tables, gathering: Gathering, codes: dict[int | None, str]) -> list[Twig]:
    twigs = []
    for number, row in gathering.numbered(tables["code_name"], "cid", "codes").items():
        id = codes[number] = gathering.identity("code_name", number, row.text("date"))
        code, category = row.whole("supercid"), row.whole("catid")
        # a code below a code leaves its category: QualCoder clears the one when it sets the other
        above = ("code", code) if code is not None else None if category is None else ("category", category)
        name = gathering.name(row.text("name"), f"code {number}")
        color, definition = gathering.color(row.text("color")), passage(row.text("memo"))
        twigs.append(Twig(("code", number), above, id, name, color=color, definition=definition))
    return twigs
