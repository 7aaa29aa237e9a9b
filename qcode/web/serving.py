"""Serves the workbench: takes a port, answers in several threads, and stops when it is told to."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from qcode.errors import BadValue, Conflict
from qcode.web.app import MOST_BYTES, create_app
from qcode.web.security import HEADERS, Doors, Password, hosts_of, is_loopback

__all__ = ["DEFAULT_PORT", "Workbench", "take_port"]

DEFAULT_PORT = 8765
TRIED = 50
THREADS = 12
PROXY = (
    "put a proxy that speaks TLS in front, for example Caddy (caddy reverse-proxy --from study.example.org --to "
    "127.0.0.1:{port}) or nginx (proxy_pass), name it with --name study.example.org, and ask for a password with "
    "--password-file FILE"
)


class _Refusal(ErrorTask):  # type: ignore[misc]
    """What the server itself answers to a request that it cannot read: under the same headers as everything."""

    def execute(self) -> None:
        self.response_headers.extend([*HEADERS.items(), ("Cache-Control", "no-store")])
        super().execute()


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _Refusal


class Workbench:
    """A workbench that answers on one address. `start()` it, hand out `link()`, `stop()` it.

    With a `password` people enter by a form instead of a link; `names` are the host names of the proxy before it.
    `port` 0 takes any that is free. Raises Conflict where the port is in use, BadValue for an address that others
    reach without password or name.
    """

    def __init__(
        self,
        study_path: str | Path,
        *,
        coder: str | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        password: str | None = None,
        names: Sequence[str] = (),
        write_log: Callable[[BaseException], str] | None = None,
    ) -> None:
        _must_be_safe(host, port or DEFAULT_PORT, password, names)
        self.host = host.strip("[]")
        self._socket = take_port(self.host, port)
        self.port: int = self._socket.getsockname()[1]
        self.doors = Doors(
            hosts=hosts_of(self.host, self.port, names),
            cookie=f"qcode-{self.port}",
            password=Password(password) if password is not None else None,
        )
        self._app: Any = create_app(study_path, coder=coder, doors=self.doors, write_log=write_log)
        self._map: dict[int, Any] = {}
        self._thread = threading.Thread(target=self._run, name="qcode-serve", daemon=True)
        self._stopping = threading.Event()

    @property
    def url(self) -> str:
        """Return the address, without a key."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}/"

    def link(self) -> str:
        """Return a fresh link that opens the workbench once; with a password the address of the form."""
        if self.doors.password is not None:
            return f"{self.url}login"
        return f"{self.url}enter?key={self.doors.links.new()}"

    def start(self) -> None:
        """Answer from now on, in threads of its own."""
        for name in ("waitress", "waitress.queue"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # a traceback may hold a participant's words
        self._server = create_server(
            self._app,
            map=self._map,
            sockets=[self._socket],
            threads=THREADS,
            ident=None,
            connection_limit=1000,
            max_request_body_size=MOST_BYTES + 4_000_000,
            inbuf_overflow=MOST_BYTES + 8_000_000,
            asyncore_use_poll=True,
        )
        self._server.channel_class = _Channel
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(0.2, use_poll=True, map=self._map, count=1)
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._map)

    def wait(self) -> None:
        """Wait until the workbench is stopped."""
        while self._thread.is_alive():
            self._thread.join(0.5)

    def stop(self) -> None:
        """Finish what is being answered and let go of port and study."""
        self._stopping.set()
        if self._thread.is_alive():
            self._server.pull_trigger()
            self._thread.join(10)
        self._socket.close()
        self._app.sessions.close()


def take_port(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `port`. Raises Conflict where it is in use, BadValue for no address of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
        taken.listen(128)
    except (OSError, OverflowError) as error:
        taken.close()
        raise _no_port(host, port, error) from None
    return taken


def _no_port(host: str, port: int, error: Exception) -> Exception:
    import errno

    number = getattr(error, "errno", None)
    if number in (errno.EADDRINUSE, errno.EACCES, 10013, 10048):
        why = "needs the rights of an administrator" if number == errno.EACCES and port < 1024 else "is in use"
        return Conflict(f"the port {port} {why}", mend="take another one, or leave out --port")
    return BadValue(f"the workbench cannot listen on {host}, port {port}", mend="leave out --host and --port")


def _must_be_safe(host: str, port: int, password: str | None, names: Sequence[str]) -> None:
    if is_loopback(host.strip("[]")):
        return
    if password is None:
        raise BadValue(f"{host} is reached by others, and there is no password", mend=PROXY.format(port=port))
    if not names:
        raise BadValue(f"{host} is reached by others, under a name that is not said", mend=PROXY.format(port=port))
