"""RQDA's codes and their categories as a codebook, and its codings."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.domain.codebook import CodebookVersion
from qcode.interchange.code_tree import Twig, version_of
from qcode.interchange.counted_text import Source, words_of
from qcode.interchange.database_codings import Marked
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.database_values import passage
from qcode.interchange.quote_places import Mark
from qcode.interchange.rqda_tables import Living
from qcode.interchange.sqlite_rows import Row

__all__ = ["marked_of", "versions_of"]


def versions_of(
    name: str, living: Living, gathering: Gathering
) -> tuple[tuple[CodebookVersion, ...], dict[int | None, str]]:
    """Return the codebook and the identity of each code by its number. Raises Unreadable."""
    twigs = []
    categories = gathering.numbered(living["codecat"], "catid", "categories")
    for number, row in categories.items():
        id = gathering.identity("codecat", number, row.text("date"))
        title = gathering.name(row.text("name"), f"category {number}")
        twigs.append(Twig(("category", number), None, id, title, codable=False, definition=passage(row.text("memo"))))
    above = _categories_of(living, categories, gathering)
    codes: dict[int | None, str] = {}
    for number, row in gathering.numbered(living["freecode"], "id", "codes").items():
        id = codes[number] = gathering.identity("freecode", number, row.text("date"))
        parent = ("category", above[number]) if number in above else None
        title, color = gathering.name(row.text("name"), f"code {number}"), gathering.color(row.text("color"))
        definition = passage(row.text("memo"))
        twigs.append(Twig(("code", number), parent, id, title, color=color, definition=definition))
    return version_of(name, twigs)[0], codes


def _categories_of(living: Living, categories: Mapping[int, Row], gathering: Gathering) -> dict[int, int]:
    """Return the first category of each code."""
    above: dict[int, int] = {}
    for row in living["treecode"]:
        code, category = row.whole("cid"), row.whole("catid")
        if code is None or category is None or category not in categories:
            gathering.lose("places of codes in categories", 1, "treecode", "the category is not there")
        elif above.setdefault(code, category) != category:
            why = "a code stands in one place here; it stays in its first category"
            gathering.lose("places of codes in categories", 1, "treecode", why)
    return above


def marked_of(
    living: Living, sources: Mapping[int | None, Source], codes: Mapping[int | None, str], gathering: Gathering
) -> list[Marked]:
    """Return the codings with their marks as the file has them."""
    marked = []
    for row in living["coding"]:
        source, code = sources.get(row.whole("fid")), codes.get(row.whole("cid"))
        start, end = row.whole("selfirst"), row.whole("selend")
        if source is None or code is None or start is None or end is None:
            gathering.lose("codings", 1, "coding", "their text, their code or their positions are not there")
            continue
        mark = Mark(source.transcript.id, start, end, words_of(row.text("seltext")))
        parts = (row.whole("cid"), row.whole("fid"), start, end, row.text("owner"), row.text("date"))
        coder, when = gathering.coder(row.text("owner")), gathering.moment(row.text("date"))
        id = gathering.identity("coding", *parts)
        marked.append(Marked(mark, row.number, id, code, coder, when, row.text("memo")))
    return marked
