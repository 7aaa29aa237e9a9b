"""Where coders left off and what they rejected, as it is written when two studies become one."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["write_place", "write_rejection"]


def write_place(connection: Connection, coder_id: int, transcript_id: int, at: int, read: int, opened_at: str) -> None:
    """Write where a coder is in a transcript over what stood there."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO place (coder_id, transcript_id, at, read, opened_at) VALUES (?, ?, ?, ?, ?)",
        (coder_id, transcript_id, at, read, opened_at),
    )


def write_rejection(connection: Connection, values: tuple[int, str, int, str]) -> int:
    """Write a rejection (coder, suggestion, revision, when) that is not there; return 1 where it was not."""
    return connection.exec_driver_sql(
        "INSERT OR IGNORE INTO rejection (coder_id, suggestion, revision_id, created_at) VALUES (?, ?, ?, ?)", values
    ).rowcount
