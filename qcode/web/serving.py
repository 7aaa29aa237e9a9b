"""Serves the workbench: takes a port, answers in several threads, and stops when it is told to."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from waitress import wasyncore
from waitress.server import create_server
from werkzeug.http import parse_cookie

from qcode.errors import BadValue, Conflict
from qcode.web.app import create_app
from qcode.web.channels import channel_class
from qcode.web.security import LINK_MINUTES, Doors, Password, hosts_of, is_loopback

__all__ = ["DEFAULT_PORT", "Workbench", "take_port"]

DEFAULT_PORT = 8765
TRIED = 50
THREADS = 12
IDLE_SECONDS = 60
"""After so long a connection on which nothing comes is closed."""

NEVER = 1 << 60
"""So many bytes make the server put them into a temporary file, where no word of an interview may be."""

PROXY = (
    "put a proxy that speaks TLS in front, for example Caddy (caddy reverse-proxy --from study.example.org --to "
    "127.0.0.1:{port}) or nginx (proxy_pass, with proxy_set_header for Host, X-Forwarded-Proto and X-Forwarded-For), "
    "name it with --name study.example.org, and ask for a password with --password-file FILE"
)


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
            names=tuple(names),
            cookie=f"qcode-{self.port}",
            password=Password(password) if password is not None else None,
        )
        self._app: Any = create_app(study_path, coder=coder, doors=self.doors, write_log=write_log)
        self._map: dict[int, Any] = {}
        self._thread = threading.Thread(target=self._run, name="qcode-serve", daemon=True)
        self._stopping = threading.Event()

    link_minutes = LINK_MINUTES

    @property
    def url(self) -> str:
        """Return the address on which it listens, without a key."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}/"

    def link(self) -> str:
        """Return a fresh link that opens the workbench once; with a password the address that people open."""
        if self.doors.password is not None:
            return self.doors.address or f"{self.url}login"
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
            channel_timeout=IDLE_SECONDS,
            max_request_header_size=65_536,
            max_request_body_size=NEVER,  # (what comes is weighed in channels.py)
            inbuf_overflow=NEVER,
            outbuf_overflow=NEVER,
            clear_untrusted_proxy_headers=False,  # (whom to believe is said in security.py)
            asyncore_use_poll=True,
        )
        self._server.channel_class = channel_class(self._knows)
        self._thread.start()

    def _knows(self, headers: dict[str, str]) -> bool:
        """Tell whether somebody who has entered sends a request with these headers."""
        if headers.get("HOST", "").casefold() not in self.doors.hosts:
            return False
        cookie = parse_cookie(headers.get("COOKIE", "")).get(self.doors.cookie, "")
        return self._app.sessions.find(cookie) is not None

    def _run(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(0.2, use_poll=True, map=self._map, count=1)
        self._server.task_dispatcher.shutdown()
        self._server.pull_trigger = lambda: None  # who still works must not write where another file may be by then
        wasyncore.close_all(self._map)

    def wait(self) -> None:
        """Wait until the workbench is stopped."""
        while self._thread.is_alive():
            self._thread.join(0.5)

    def stop(self) -> None:
        """Finish what is being answered and let go of port and study."""
        self._stopping.set()
        if self._thread.is_alive():
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
