"""The sessions of the workbench: for each browser that has entered a handle on the study, a sitting and a lock."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import g

from qcode.errors import QcodeError, StudyBusy
from qcode.study.desk import Seat, clean_name
from qcode.study.study import Study
from qcode.study.study import open as open_study

if TYPE_CHECKING:
    from qcode.study.sitting import Sitting

__all__ = ["Sessions", "WebSession", "here"]

MOST = 64
"""So many browsers at once; of more the one that was away longest has to enter again."""

IDLE_SECONDS = 12 * 3600.0
"""After so long without a sign of life a session ends."""

PATIENCE = 3.0
"""Seconds to wait until a session has done what it was asked before. (Two that wait for each other both give up.)"""


def here() -> WebSession:
    """Return the session of the request that is being answered."""
    return cast("WebSession", g.session)


class WebSession:
    """One browser at work. Who changes something holds `lock`; `shown` are the coders whose codings were asked for."""

    def __init__(self, path: Path, coder: str | None, *, seat: Seat | None = None) -> None:
        self.path = path
        self.study: Study = open_study(path, coder=coder)
        self.study.desk.seat = seat or self.study.desk.seat
        self.csrf = secrets.token_urlsafe(32)
        self.lock = threading.RLock()
        self.stamp = -1
        """Up to which act the pages have heard of changes."""
        self.sees_all = False
        """Whether the queue or the memos of everyone were asked for: whoever did that is not blind any more."""
        self._shown: list[str] = []
        self._names: list[str] = []
        self._sitting: Sitting | None = None
        self.coder  # noqa: B018 (finds out which coder of the study it is)

    @property
    def coder(self) -> str:
        """Return the name of who codes here, as it is now; as it was last where the study cannot be read."""
        try:
            with self.study.store.read() as connection:
                name = self.study.desk.seat.called(connection)
        except QcodeError:
            if not self._names:
                raise
            return self._names[-1]
        if self._names[-1:] != [name]:
            self._names = [*(one for one in self._names if one != name), name]
        return name

    def was_called(self, name: str) -> bool:
        """Tell whether who codes here has this name, or had it since sitting down."""
        return name == self.coder or name in self._names

    @property
    def shown(self) -> list[str]:
        """Return the names of the coders whose codings were asked for, as they are now."""
        if not self._shown:
            return []
        names = self.study.coder_names()
        return [names[one] for one in self._shown if one in names]

    @shown.setter
    def shown(self, names: Sequence[str]) -> None:
        ids = {name: id for id, name in self.study.coder_names().items()}
        self._shown = [ids[name] for name in names if name in ids]

    @property
    def seen(self) -> tuple[str, ...]:
        """Return the names of all whose codings and memos may be seen here: who codes, and who is shown."""
        return (self.coder, *self.shown)

    @property
    def sitting(self) -> Sitting:
        """Return the sitting, in which each step can be taken back."""
        from qcode.study.sitting import Sitting

        with self.lock:
            if self._sitting is None:
                self._sitting = Sitting(self.study)
            return self._sitting

    def sit_down(self, name: str) -> None:
        """Let another coder work here, one of the study or a new one, whom the first act makes known to the study."""
        name = clean_name(name, "coder")
        with self.lock:
            same = (one for one in self.study.coder_names().values() if one.casefold() == name.casefold())
            known = next(same, name)
            if known == self.coder:
                return
            before, self.study = self.study, open_study(self.path, coder=known)
            self._shown, self._names, self._sitting, self.sees_all = [], [], None, False
            before.close()

    def close(self) -> None:
        """Let go of the study."""
        self.study.close()


class Sessions:
    """Every session by what its cookie holds, of which only the hash is kept."""

    def __init__(
        self,
        path: Path,
        *,
        most: int = MOST,
        idle_seconds: float = IDLE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._most, self._idle, self._clock = most, idle_seconds, clock
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[WebSession, float]] = {}
        self._seats: dict[str, Seat] = {}
        """Who has entered under which name: who enters under it later is the same coder, however renamed."""

    def __len__(self) -> int:
        return len(self._seen)

    def open(self, coder: str | None) -> str:
        """Begin a session; return what its cookie holds, 256 random bits."""
        seat = self._seats.setdefault(coder or "", Seat(coder))
        value, session = secrets.token_urlsafe(32), WebSession(self.path, coder, seat=seat)
        with self._lock:
            self._seen[_digest(value)] = (session, self._clock())
            gone = self._take_out_idle()
        for one in gone:
            one.close()
        return value

    def find(self, value: str) -> WebSession | None:
        """Return the session whose cookie holds `value`, or None."""
        key = _digest(value)
        with self._lock:
            gone = self._take_out_idle()
            found = self._seen.get(key)
            if found is not None:
                self._seen[key] = (found[0], self._clock())
        for one in gone:
            one.close()
        return found[0] if found else None

    def end(self, session: WebSession) -> None:
        """End one session: its cookie opens nothing any more."""
        with self._lock:
            self._seen = {key: kept for key, kept in self._seen.items() if kept[0] is not session}
        session.close()

    @contextmanager
    def held(self, coder: str) -> Iterator[list[WebSession]]:
        """Give the sessions in which `coder` works, and let none of them change anything as long as the block lasts."""
        with self._lock:
            theirs = [one for one, _ in self._seen.values() if one.coder.casefold() == coder.casefold()]
        with ExitStack() as stack:
            for one in theirs:
                if not one.lock.acquire(timeout=PATIENCE):
                    raise StudyBusy(f"{coder} is at work in another window just now", mend="try again in a moment")
                stack.callback(one.lock.release)
            yield theirs

    def close(self) -> None:
        """End all sessions."""
        with self._lock:
            every, self._seen = list(self._seen.values()), {}
        for session, _ in every:
            session.close()

    def _take_out_idle(self) -> list[WebSession]:
        now = self._clock()
        by_age = sorted(self._seen.items(), key=lambda item: item[1][1])
        too_many = len(by_age) - self._most
        gone = [key for n, (key, (_, seen)) in enumerate(by_age) if n < too_many or now - seen > self._idle]
        return [self._seen.pop(key)[0] for key in gone]


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
