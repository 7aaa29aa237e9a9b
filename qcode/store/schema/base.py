"""What all tables share: the one catalogue they stand in, and their keys."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String

__all__ = ["key", "metadata", "to"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> list[Column[int] | Column[str]]:
    """Return the columns of a thing that has an identity."""
    return [Column("id", Integer, primary_key=True), Column("uuid", String(36), nullable=False, unique=True)]


def to(target: str, *, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    """Return a column that points to a row of the table `target`; part of a key, it goes with that row."""
    column = f"{target}_id" if "." not in target else target.replace(".", "_")
    return Column(
        column,
        Integer,
        ForeignKey(f"{target}.id", ondelete="CASCADE" if primary_key else None),
        nullable=nullable,
        primary_key=primary_key,
    )
