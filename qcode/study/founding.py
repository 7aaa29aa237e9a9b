"""The first act of a study."""

from __future__ import annotations

from qcode.domain.coding import Coder
from qcode.store import coders as rows
from qcode.study.desk import Desk, clean_name, new_id, now

__all__ = ["found"]


def found(desk: Desk, *, title: str, coder: str) -> None:
    """Write the study's own facts and its default coder."""
    who = Coder(new_id(), clean_name(coder, "coder"))
    study = new_id()
    with desk.store.write() as connection:
        coder_id = rows.add_coder(connection, who)
        rows.add_study(connection, uuid=study, title=title.strip(), created_at=now(), default_coder=coder_id)
        desk.record(connection, who, "study.init", {"study": study})
