"""Opens a store: the one place that knows where tables live and how a connection is set up.

A caller gets a Store and its `read()` and `write()` blocks. An encrypted SQLite file or a PostgreSQL server needs
another `_engine_for`, and nothing else.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import QueuePool

from qcode.errors import BadValue, Damaged, QcodeError, StudyBusy, StudyMoved, StudyNotFound
from qcode.store.moved_file import StudyFile, next_mark

__all__ = ["APPLICATION_ID", "Store", "connect_store"]

APPLICATION_ID = 0x71636F64
"""Marks a SQLite file as a study ("qcod" in ASCII), so that no other database is taken for one."""

BUSY_SECONDS = 20.0
ROOM = 1 << 16
"""SQLite needs about so many free bytes to open a study at all."""

UNREADABLE = "Could not decode"
"""What SQLite says, with all of the text behind it, where a text is not in UTF-8."""

DAMAGE = ("malformed", "not a database", UNREADABLE, "no such table", "no such column", "mismatch")


class Store:
    """An open store. `read()` and `write()` give a connection in a transaction of its own."""

    def __init__(self, engine: Engine, path: Path, file: StudyFile | None = None) -> None:
        self._engine = engine
        self._file = file
        self.path = path

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent state."""
        self._must_be_in_place()
        with _in_words(self.path), self._engine.connect() as connection, connection.begin():
            yield connection
        if self._file is not None and self._file.is_only_read:  # SQLite did not look whether another program wrote
            self._must_be_in_place()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection that alone may write; all of the block happens, or nothing.

        Who writes from this process waits in line here: SQLite lets those who wait try again at random, and some would
        wait for seconds. Raises StudyMoved where the file is no longer the one that was opened: also after the block,
        for what went into a file that nobody finds again is not kept.
        """
        self._must_be_in_place()
        with _in_words(self.path), _in_line(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(qcode_writes=True)
            with connection.begin():
                self._must_be_in_place()
                _leave_mark(connection.connection.cursor())
                yield connection
            self._must_be_in_place()

    @contextmanager
    def rebuild(self) -> Iterator[Connection]:
        """Give a writing connection without foreign keys, for a change of the schema; they are checked at its end.

        (SQLite rebuilds a table by dropping it, and with foreign keys on that removes the child rows.)
        """
        self._must_be_in_place()
        with _in_words(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(qcode_writes=True)
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    _leave_mark(connection.connection.cursor())
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                        raise Damaged("a row points to one that is not there", where=self.path.name)
            finally:
                connection.connection.cursor().execute("PRAGMA foreign_keys = ON")

    def use_log(self) -> None:
        """Keep a write-ahead log from now on, so that readers and a writer do not wait for each other."""
        with _in_words(self.path), self._engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL")

    def compact(self) -> bool:
        """Write the log back into the file and forget deleted pages, so that no removed text stays on the disk.

        Returns False where the log has to stay, because another program has the study open or the disk is full.
        """
        self._must_be_in_place()
        with _in_words(self.path), self._engine.connect() as connection:
            cursor = connection.connection.cursor()
            with suppress(sqlite3.OperationalError):  # removed rows are overwritten already, this makes the file small
                cursor.execute("VACUUM")
            try:
                busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
                cursor.execute("BEGIN IMMEDIATE")
                _leave_mark(cursor)  # which begins the log anew and cuts off what it held before
                cursor.execute("COMMIT")
            except sqlite3.OperationalError:
                return False
            return not busy

    def copy_to(self, target: Path, *, called: Path | None = None) -> None:
        """Copy the store as it stands to `target`, which is to be `called` so, also while others use it."""
        with _in_words(called or target), self._engine.connect() as connection:
            copy = sqlite3.connect(target)
            try:
                connection.connection.driver_connection.backup(copy)  # type: ignore[union-attr]
            except sqlite3.Error:
                target.unlink()
                raise
            finally:
                copy.close()

    def close(self) -> None:
        """Let go of the file."""
        self._write_log_into_moved_file()
        self._engine.dispose()
        if self._file is not None:
            self._file.release()

    def _must_be_in_place(self) -> None:
        if self._file is not None:
            try:
                self._file.must_be_in_place()
            except StudyMoved:
                self._write_log_into_moved_file()
                raise

    def _write_log_into_moved_file(self) -> None:
        """Let a file that has another name now hold all that was kept in it: SQLite leaves its log where it was."""
        if self._file is not None and self._file.has_moved:
            with suppress(exc.DBAPIError, sqlite3.Error, QcodeError), self._engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def connect_store(path: Path, *, create: bool = False) -> Store:
    """Open the study file at `path`; with `create` the file is made, else it must be there and be a study.

    Raises StudyNotFound where there is no file, Damaged where it is no study, and StudyMoved where the log beside it
    belongs to another file.
    """
    if create:
        return Store(_engine_for(path, None), path)
    file = _hold(path)
    try:
        _must_be_a_study(file)
    except QcodeError:
        file.release()
        raise
    return Store(_engine_for(path, file), path, file)


def _hold(path: Path) -> StudyFile:
    try:
        if path.is_dir():
            raise StudyNotFound(f"{path} is a folder", mend="name the .qcode file in it")
        if path.exists() and not path.is_file():  # a pipe may never come
            raise StudyNotFound(f"{path} is not an ordinary file", mend="name a file that `qcode init` made")
        return StudyFile(path)
    except FileNotFoundError:
        raise StudyNotFound(f"there is no study {path}", mend=f"make one with: qcode init {path.name}") from None
    except OSError as error:
        raise StudyNotFound(f"{path} cannot be read ({error.strerror})", mend="look at name and permissions") from None


def _must_be_a_study(file: StudyFile) -> None:
    head = file.head
    if not head.startswith(b"SQLite format 3\0") or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Damaged(f"{file.path} is not a qcode study", mend="name a file that `qcode init` made")
    file.must_be_continued_by_its_log()


def _engine_for(path: Path, file: StudyFile | None) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: _connect(path.absolute(), file),
        poolclass=QueuePool,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path, file: StudyFile | None) -> sqlite3.Connection:
    if file is not None:
        try:
            file.take()
        except OSError:
            raise StudyNotFound(f"there is no study {path} any more", mend="put it back") from None
        file.must_be_in_place()  # SQLite would make a new file
    only_read = file is not None and file.can_only_be_read()
    name = f"{path.as_uri()}?mode=ro&immutable=1" if only_read else path
    connection = sqlite3.connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=only_read
    )
    if file is not None:
        connection.execute("PRAGMA user_version").fetchone()  # SQLite opens the log when it reads
        file.was_opened()
    return connection


def _leave_mark(cursor: Any) -> None:
    cursor.execute("PRAGMA user_version")
    cursor.execute(f"PRAGMA user_version = {next_mark(cursor.fetchone()[0])}")


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")  # a committed coding survives a power cut
    cursor.execute("PRAGMA secure_delete = ON")  # what was removed is overwritten, not only forgotten
    cursor.execute("PRAGMA temp_store = MEMORY")  # no transcript text in temporary files
    cursor.execute("PRAGMA journal_size_limit = 0")  # a log that is begun anew keeps no words of the one before
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("qcode_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_lines: dict[Path, threading.Lock] = defaultdict(threading.Lock)


@contextmanager
def _in_line(path: Path) -> Iterator[None]:
    line = _lines[path.absolute()]
    if not line.acquire(timeout=BUSY_SECONDS):
        raise StudyBusy(f"{path.name} is being written by another window or program", mend="try again in a moment")
    try:
        yield
    finally:
        line.release()


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        cause = str(error.orig if isinstance(error, exc.DBAPIError) else error)
        if UNREADABLE in cause:  # without its cause, which holds the text
            raise _sentence(cause.partition(UNREADABLE)[0] + UNREADABLE, path) from None
        raise _sentence(cause, path) from error
    except UnicodeEncodeError:  # without its cause, which holds the text
        raise BadValue("a text holds half a character, which cannot be kept", mend="type it again") from None


def _sentence(cause: str, path: Path) -> Exception:
    name = path.name
    if "locked" in cause or "busy" in cause:
        return StudyBusy(f"{name} is being written by another window or program", mend="try again in a moment")
    if "full" in cause:
        return StudyBusy(f"no room is left on the disk of {name}", mend="free some space; nothing was changed")
    if "readonly" in cause or "unable to open" in cause:
        return StudyBusy(f"{name} cannot be written", mend="look at the permissions of the file and its folder")
    if "disk I/O" in cause and _is_full(path):  # SQLite finds no room for the index of the log
        return StudyBusy(f"no room is left on the disk of {name}", mend="free some space; nothing was changed")
    if "disk I/O" in cause:
        return StudyBusy(f"the disk of {name} does not read or write", mend="look at the disk; nothing was changed")
    if any(word in cause for word in DAMAGE):
        return Damaged(f"{name} is damaged ({cause})", mend="go back to a copy of the file")
    return QcodeStoreError(f"the study could not be used ({cause})", where=name)


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < ROOM
    except OSError:
        return False


class QcodeStoreError(QcodeError):
    """A failure of the database that nobody foresaw: our fault."""

    exit_code = 3
