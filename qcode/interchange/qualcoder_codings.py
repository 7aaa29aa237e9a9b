"""QualCoder's codings of texts."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.domain.ledger import Positions
from qcode.domain.parcel import ParcelCoding
from qcode.interchange.counted_text import Source, locate_in, rules_of, words_of
from qcode.interchange.database_codings import Marked, codings_at
from qcode.interchange.database_gathering import Gathering
from qcode.interchange.quote_places import Mark
from qcode.interchange.sqlite_file import Tables
from qcode.interchange.sqlite_rows import Row

__all__ = ["codings_of"]


def codings_of(
    tables: Tables, sources: Mapping[int | None, Source], codes: Mapping[int | None, str], gathering: Gathering
) -> tuple[tuple[ParcelCoding, ...], Positions | None, int | None]:
    """Return the codings, the rule of their positions, and how many carry words that stand at their place."""
    marked = [one for row in tables["code_text"] if (one := _marked(row, sources, codes, gathering))]
    gathering.lose("marks of importance", sum(row.whole("important") == 1 for row in tables["code_text"]))
    gathering.lose(
        "links of codings to sound and film", sum(row.whole("avid") is not None for row in tables["code_text"])
    )
    counted = {source.transcript.id: source.counted for source in sources.values()}
    texts = {id: text.kept for id, text in counted.items()}
    return codings_at(marked, texts, rules_of(counted.values()), locate_in(counted), "code_text", gathering)


def _marked(
    row: Row, sources: Mapping[int | None, Source], codes: Mapping[int | None, str], gathering: Gathering
) -> Marked | None:
    source, code = sources.get(row.whole("fid")), codes.get(row.whole("cid"))
    start, end = row.whole("pos0"), row.whole("pos1")
    if source is None or code is None or start is None or end is None:
        gathering.lose("codings", 1, "code_text", "their text, their code or their positions are not there")
        return None
    number = row.whole("ctid")
    parts = (row.whole("cid"), row.whole("fid"), start, end, row.text("owner"))
    return Marked(
        mark=Mark(source.transcript.id, start, end, words_of(row.text("seltext"))),
        row=row.number,
        id=gathering.identity("code_text", *((number,) if number is not None else parts), row.text("date")),
        code=code,
        coder=gathering.coder(row.text("owner")),
        created_at=gathering.moment(row.text("date")),
        memo=row.text("memo"),
    )
