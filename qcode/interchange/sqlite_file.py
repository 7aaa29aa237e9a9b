"""Other tools' SQLite files, opened in memory: their tables are read and nothing that they define is run."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress

from qcode.errors import Unreadable
from qcode.interchange.sqlite_rows import Row, Undecoded, readable

__all__ = ["AGAIN", "Tables", "has_log", "is_sqlite", "read_tables", "table_names"]

HEADER = b"SQLite format 3\0"
MOST_BYTES = 500_000_000
MOST_ROWS = 1_000_000
SECONDS = 120
"""The largest file takes some seconds to read; one that is made to take long computes what its tables hold."""

AGAIN = "open it in the program that made it, save it, close the program and import the file again"
HARMLESS = re.compile(
    r"ok$|NULL value in|CHECK constraint|\w+ value in|non-unique|row \d+ |wrong # of entries|.*never used"
)
"""What a check tells of rows that break a rule of their table: they are read all the same."""

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 100_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 5,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}


class Tables:
    """The rows of the tables that were asked for; `remarks` tells what was odd about the file."""

    def __init__(self, rows: Mapping[str, list[Row]], remarks: tuple[str, ...]) -> None:
        self._rows = rows
        self.remarks = remarks

    def __getitem__(self, table: str) -> list[Row]:
        """Return the rows of a table, in the order of the file; none where the file has no such table."""
        return self._rows.get(table, [])


def is_sqlite(data: bytes) -> bool:
    """Return whether the bytes begin as an SQLite file does."""
    return data.startswith(HEADER)


def table_names(data: bytes) -> dict[str, set[str]]:
    """Return the columns of each table, names in small letters; views are none. Raises Unreadable."""
    with _opened(data) as connection:
        return _columns(connection)


def read_tables(data: bytes, wanted: Mapping[str, Sequence[str]]) -> Tables:
    """Return what stands in the `wanted` columns, by table; a row lacks missing columns. Raises Unreadable."""
    with _opened(data) as connection:
        _check(connection, data)
        there = _columns(connection)
        undecoded: list[bytes] = []
        connection.text_factory = lambda raw: _decoded(raw, undecoded)
        _allow(connection, {name.casefold() for name in wanted})
        found = {table: list(_rows(connection, table, columns, there)) for table, columns in wanted.items()}
    rows, remark = readable(found, undecoded)
    late = (f"the newest changes may stand in a second file (-wal); if something is missing, {AGAIN}",)
    return Tables(rows, (*(late if has_log(data) else ()), *((remark,) if remark else ())))


def has_log(data: bytes) -> bool:
    """Return whether a file keeps its newest changes in a second one (-wal)."""
    return data[18:20] == b"\2\2"


@contextmanager
def _opened(data: bytes) -> Iterator[sqlite3.Connection]:
    """Yield the file in memory; every failure of SQLite within becomes one sentence."""
    if not is_sqlite(data):
        what = "the file is no SQLite file, or it is locked with a password"
        raise Unreadable(what, mend="name the file that the program keeps its project in, saved without a password")
    if len(data) > MOST_BYTES:
        raise Unreadable(f"the file has more than {MOST_BYTES // 1_000_000} MB")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            for limit, most in LIMITS.items():
                connection.setlimit(limit, most)
            # a file with a log of its own cannot be opened without it; as a file without one it can
            connection.deserialize(data[:18] + b"\1\1" + data[20:] if has_log(data) else data)
            for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "ignore_check_constraints=ON"):
                connection.execute(f"PRAGMA {pragma}")
            until = time.monotonic() + SECONDS
            connection.set_progress_handler(lambda: int(time.monotonic() >= until), 1_000)
            yield connection
        except sqlite3.OperationalError as error:
            what = (
                "the file takes too long to read" if str(error) == "interrupted" else "the file is damaged or cut off"
            )
            raise Unreadable(what, mend=AGAIN) from None
        except (sqlite3.Error, sqlite3.Warning, OverflowError, MemoryError, UnicodeError):
            raise Unreadable("the file is damaged or cut off", mend=AGAIN) from None


def _check(connection: sqlite3.Connection, data: bytes) -> None:
    """Raise Unreadable where pages are missing or lead astray."""
    size = int.from_bytes(data[16:18], "big")
    pages = int.from_bytes(data[28:32], "big") if data[24:28] == data[92:96] else 0
    if pages * (65536 if size == 1 else size) > len(data):
        raise Unreadable("the file is cut off", mend=AGAIN)
    found = [line for row in connection.execute("PRAGMA quick_check(100)") for line in str(row[0]).splitlines()]
    if any(not HARMLESS.match(line) and not line.startswith("***") for line in found):
        raise Unreadable("the file is damaged or cut off", mend=AGAIN)


def _columns(connection: sqlite3.Connection) -> dict[str, set[str]]:
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    tables = [
        name
        for name, made in connection.execute(query)
        if isinstance(name, str) and isinstance(made, str) and re.match(r"\s*CREATE\s+TABLE\b", made, re.I)
    ]
    return {name.casefold(): _columns_of(connection, name) for name in tables[:1000]}


def _columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    # table_info leaves out the columns that are computed
    with suppress(sqlite3.OperationalError):
        return {str(row[1]).casefold() for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")}
    return set()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _allow(connection: sqlite3.Connection, tables: set[str]) -> None:
    """Let the connection read these tables and do nothing else."""

    def ruling(action: int, table: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        known = action == sqlite3.SQLITE_READ and table is not None and table.casefold() in tables
        return sqlite3.SQLITE_OK if known else sqlite3.SQLITE_DENY

    connection.set_authorizer(ruling)


def _rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], there: Mapping[str, set[str]]
) -> Iterator[Row]:
    here = [column for column in columns if column.casefold() in there.get(table.casefold(), set())]
    if not here:
        return
    # an index may be damaged, or hold what its maker wants
    query = f"SELECT {', '.join(map(_quoted, here))} FROM {_quoted(table)} NOT INDEXED"
    for number, values in enumerate(connection.execute(query), start=1):
        if number > MOST_ROWS:
            raise Unreadable(f"the table {table} has more than {MOST_ROWS:,} rows")
        yield Row(number, dict(zip(here, values, strict=True)))


def _decoded(raw: bytes, undecoded: list[bytes]) -> str | Undecoded:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        undecoded.append(raw)
        return Undecoded(raw)
