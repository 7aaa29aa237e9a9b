"""Who may enter the workbench: one-time links, passwords, the checks of every request, the headers of every answer."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from flask import Request, Response

__all__ = [
    "CSRF_HEADER",
    "HEADERS",
    "LINK_MINUTES",
    "Doors",
    "Links",
    "Password",
    "address_of",
    "hosts_of",
    "is_loopback",
    "is_open_to_the_ear",
    "protect",
    "refusal",
    "sends_csrf",
]

CSRF_HEADER = "X-QCODE-CSRF"
METHODS = ("GET", "HEAD", "POST")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MOST_LINKS = 64
MOST_ADDRESSES = 10_000
FAILURES, MINUTE, LINK_MINUTES = 5, 60.0, 10
ROUNDS = 60_000
"""So often the password is hashed: some hundredths of a second."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What every answer says to the browser: nothing from elsewhere, no frames, no guesses, no trace of addresses."""


class Links:
    """One-time links: each opens the workbench once, and only for LINK_MINUTES."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._unused: dict[str, float] = {}

    def new(self) -> str:
        """Return a new key of 256 random bits; of very many unused ones the oldest are void."""
        key = secrets.token_urlsafe(32)
        with self._lock:
            self._unused[_digest(key)] = self._clock()
            while len(self._unused) > MOST_LINKS:
                del self._unused[next(iter(self._unused))]
        return key

    def use(self, key: str) -> bool:
        """Tell whether a key opens, which it then does not do again."""
        with self._lock:
            made = self._unused.pop(_digest(key), None)
            return made is not None and self._clock() - made <= LINK_MINUTES * MINUTE


class Password:
    """The password of a workbench that others reach over a network; whoever guesses has to wait.

    Guesses are counted for each address, and never against another one. To look at a word costs some milliseconds,
    one word after the other, which is the limit for whoever guesses from many addresses.
    """

    def __init__(self, word: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._salt = secrets.token_bytes(16)
        self._hash = self._slowly(word)
        self._clock = clock
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._failures: dict[str, list[float]] = {}

    def must_wait(self, address: str) -> bool:
        """Tell whether FAILURES wrong words came from this address within a minute."""
        with self._lock:
            self._forget()
            return len(self._failures.get(_near(address), ())) >= FAILURES

    def opens(self, word: str, address: str) -> bool | None:
        """Tell whether `word` is the password, None for an address that must wait; a wrong one is kept in mind."""
        if self.must_wait(address):
            return None
        with self._turn:
            if self.must_wait(address):  # while others had their turn
                return None
            if hmac.compare_digest(self._slowly(word), self._hash):
                return True
            with self._lock:
                self._failures.setdefault(_near(address), []).append(self._clock())
        return False

    def _slowly(self, word: str) -> bytes:
        return hashlib.pbkdf2_hmac("sha256", word.encode("utf-8", "surrogatepass"), self._salt, ROUNDS)

    def _forget(self) -> None:
        since = self._clock() - MINUTE
        if len(self._failures) > MOST_ADDRESSES or any(times[0] <= since for times in self._failures.values()):
            recent = {address: [at for at in times if at > since] for address, times in self._failures.items()}
            kept = [(address, times) for address, times in recent.items() if times]
            self._failures = dict(kept[-MOST_ADDRESSES:])


@dataclass(frozen=True)
class Doors:
    """The ways into one workbench: the `hosts` it answers to, its cookie's name, its links, its password if it has one.

    With a password the way leads through a proxy that speaks TLS, and the cookie is sent on that way only; `names` are
    those by which the proxy is reached.
    """

    hosts: frozenset[str] = frozenset(LOOPBACK)
    names: tuple[str, ...] = ()
    cookie: str = "qcode"
    password: Password | None = None
    links: Links = field(default_factory=Links)

    @property
    def secure(self) -> bool:
        """Tell whether the cookie is for TLS only."""
        return self.password is not None

    @property
    def address(self) -> str:
        """Return the address that people open, if it is said."""
        return f"https://{self.names[0].strip()}/" if self.names else ""


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches `host`."""
    try:
        ip = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host.casefold() == "localhost"
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback


def hosts_of(host: str, port: int, names: Iterable[str]) -> frozenset[str]:
    """Return what the Host header may be: this machine, and the names by which a proxy is reached."""
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    own = [*LOOPBACK, shown]
    hosts = {f"{one}:{port}" for one in own} | ({*own} if port == 80 else set())
    return frozenset(one.casefold() for one in hosts) | hosts_named(names, port)


def hosts_named(names: Iterable[str], port: int = 443) -> frozenset[str]:
    """Return what the Host header may be for who comes through a proxy of one of these names."""
    plain = [name.strip().casefold().rstrip(".") for name in names]
    return frozenset(host for name in plain for host in (name, f"{name}:443", f"{name}:{port}"))


def refusal(asked: Request, doors: Doors) -> tuple[int, str] | None:
    """Return why a request is refused whoever sends it, as (status, sentence), or None."""
    if asked.method not in METHODS:
        return 405, "the workbench answers GET, HEAD and POST only"
    if asked.environ.get("HTTP_HOST", "").casefold() not in doors.hosts:
        return 403, "this address is not one of the workbench; use the link that `qcode serve` printed"
    if asked.method != "POST":
        return None
    if not _is_ours(asked.headers.get("Origin"), doors):
        return 403, "this request comes from another page; work in a page of the workbench itself"
    if asked.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return 403, "this request comes from another page; work in a page of the workbench itself"
    return None


def is_open_to_the_ear(asked: Request, doors: Doors) -> bool:
    """Tell whether a password can be heard on this way, which is neither within this machine nor through TLS."""
    if not doors.secure:
        return False
    host = asked.environ.get("HTTP_HOST", "")
    told = asked.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().casefold()
    if is_loopback(host.rpartition(":")[0] or host) and is_loopback(asked.remote_addr or ""):
        return told == "http"
    return host.casefold() not in hosts_named(doors.names) or told != "https"


def _is_ours(origin: str | None, doors: Doors) -> bool:
    if origin is None:
        return True
    scheme, _, host = origin.casefold().partition("://")
    near = is_loopback(host.rpartition(":")[0])
    return host in doors.hosts and (
        (scheme == "http" and (near or not doors.secure)) or (scheme == "https" and doors.secure)
    )


def sends_csrf(asked: Request, expected: str) -> bool:
    """Tell whether a request carries the secret of its session, compared in constant time."""
    given = asked.headers.get(CSRF_HEADER, "")
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def protect(answer: Response, *, static: bool) -> Response:
    """Put the headers on an answer; nothing but the files of the program is kept by the browser."""
    for name, value in HEADERS.items():
        answer.headers[name] = value
    answer.headers["Cache-Control"] = "no-cache" if static else "no-store"
    return answer


def address_of(asked: Request) -> str:
    """Return where a request comes from: what a proxy on this machine adds last, otherwise the other end."""
    near = asked.remote_addr or ""
    forwarded = asked.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and is_loopback(near) else near


def _near(address: str) -> str:
    """Return what counts as one address: of the many that one line has in IPv6 the part that they share."""
    bare = address.partition("]")[0].lstrip("[") if address.startswith("[") else address
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare.partition("%")[0]  # (some proxies add the port)
    try:
        ip = ipaddress.ip_address(bare)
    except ValueError:
        return address[:100]
    plain = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network(f"{plain}/64", strict=False)) if plain.version == 6 else str(plain)


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
