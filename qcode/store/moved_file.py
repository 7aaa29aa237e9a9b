"""Watches over the file of an open study: is it still the one that was opened, and does the log beside it continue it?

SQLite asks neither. It goes on writing to a file that lost its name, and it plays any log it finds into any file.

So each change of a study leaves a mark in the file's head: two bytes that the change before it drew, then two of its
own. By these the log that continues a file is known (log_marks.py); any other is a stranger.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from pathlib import Path

from qcode.errors import StudyMoved
from qcode.store.log_marks import HEAD, MARK, continues

__all__ = ["StudyFile", "beside", "next_mark"]

TRIES, PAUSE = 50, 0.02

Identity = tuple[int, int]


def next_mark(before: int) -> int:
    """Return the mark of the change that follows the one marked `before`."""
    own = secrets.token_bytes(2)
    return int.from_bytes((before & 0xFFFF).to_bytes(2, "big") + own, "big", signed=True)


def beside(path: Path, end: str) -> Path:
    """Return where SQLite keeps the log (`-wal`) of the study at `path`, its index (`-shm`) or its journal."""
    return path.with_name(path.name + end)


class StudyFile:
    """A study's file, held open from `take()` to `release()`, so that no other file can become the same one."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        real = self.path if os.name == "nt" else self.path.resolve()  # where SQLite looks for the log of a linked file
        self._log = beside(real, "-wal")
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._logged: Identity | None = None
        self._mark: bytes | None = None
        self.is_only_read = False
        self.take()

    def take(self) -> None:
        """Hold the file that is there now; raises OSError."""
        with self._lock:
            if self._held is None:
                self._held, self._logged, self._mark = _hold(self.path), None, None

    def release(self) -> None:
        """Let go of the file; call it when SQLite has."""
        with self._lock:
            if self._held is not None:
                _let_go(self._held)
            self._held = None

    @property
    def head(self) -> bytes:
        """Return the first bytes of the file."""
        held = self._held
        return held.head() if held is not None else b""

    @property
    def has_moved(self) -> bool:
        """Tell whether the file has another name now, and is not gone."""
        held = self._held
        return held is not None and _identity(self.path) != held.identity and os.fstat(held.files[0]).st_nlink > 0

    def can_only_be_read(self) -> bool:
        """Tell whether no log can be made beside the study, and none is there; remember it.

        So it is on a medium that is protected, or in a folder of somebody else's, and SQLite reads it as it is.
        """
        found = not os.access(self._log.parent, os.W_OK) and not (self._log.exists() and self._log.stat().st_size)
        self.is_only_read = self.is_only_read or found
        return found

    def must_be_continued_by_its_log(self) -> None:
        """Raise StudyMoved where the log beside the file, which SQLite would play into it, is another file's."""
        if not self._fits(empty=True):
            raise StudyMoved(
                f"{self._log.name} holds the last changes of another copy of {self.path.name}",
                mend=f"put that copy back; or, to go on with this one, close qcode everywhere and move {self._rest} to "
                "another folder",
            )

    def was_opened(self) -> None:
        """Remember file and log as they are now; call it when SQLite has both open."""
        with self._lock:
            if self._logged is None:
                self._logged, self._mark = _identity(self._log), self.head[MARK]

    def must_be_in_place(self) -> None:
        """Raise StudyMoved where the file or its log is no longer the one that was opened."""
        held = self._held
        if held is None:
            return
        now = _identity(self.path)
        if now is None:
            raise self._moved("was moved, renamed or deleted", f"put {self.path.name} back")
        if self._logged is not None and _identity(self._log) != self._logged:
            raise self._moved(f"lost {self._log.name}", f"put {self._log.name} back if you moved it")
        if now != held.identity or not self._is_continued():
            raise self._moved("was replaced by another file", f"move {self._rest}, if there, to another folder")

    @property
    def _rest(self) -> str:
        return f"{self._log.name} and {self._log.name.removesuffix('-wal')}-shm"

    def _moved(self, what: str, mend: str) -> StudyMoved:
        happened = f"{self.path.name} {what} while it was open, so nothing can be kept in it"
        return StudyMoved(happened, mend=f"close qcode everywhere, {mend}, and open the study again")

    def _is_continued(self) -> bool:
        mark = self.head[MARK]
        if self._mark is None or mark == self._mark:
            return True
        if not self._fits(empty=False):  # the log of an open study is never without a mark
            return False
        self._mark = mark
        return True

    def _fits(self, *, empty: bool) -> bool:
        for _ in range(TRIES):
            if continues(self._log, self.head[MARK], empty=empty):
                return True
            time.sleep(PAUSE)  # another program may have written between the look at the file and that at the log
        return False


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class _Held:
    """A file that this process has open for one or more stores.

    A process that closes a file loses all its locks on it, also those of SQLite, and then the next program that closes
    the study removes the log that this one goes on writing to. So nothing here is closed before the last store is.
    """

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.files: list[int] = []
        self.stores = 0

    def head(self) -> bytes:
        with _guard:
            os.lseek(self.files[0], 0, os.SEEK_SET)
            return os.read(self.files[0], HEAD)


_held: dict[Identity, _Held] = {}
_guard = threading.RLock()


def _hold(path: Path) -> _Held:
    with _guard:
        found = path.stat()
        held = _held.get((found.st_dev, found.st_ino))
        if held is None:
            file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            found = os.fstat(file)
            held = _held.setdefault((found.st_dev, found.st_ino), _Held((found.st_dev, found.st_ino)))
            held.files.append(file)
        held.stores += 1
        return held


def _let_go(held: _Held) -> None:
    with _guard:
        held.stores -= 1
        if not held.stores:
            del _held[held.identity]
            for file in held.files:
                os.close(file)
