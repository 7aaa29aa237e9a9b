"""Many coders at once against one workbench that runs as a program of its own, as people would use it."""

from __future__ import annotations

import http.client
import json
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Coder", "Served", "code_together"]

PASSWORD = "twenty at one table"


class Served:
    """`qcode serve` as a process on a free port of this machine, entered with a password."""

    def __init__(self, study: Path) -> None:
        secret = study.with_name("password.txt")
        secret.write_text(PASSWORD, encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        words = ["serve", "--study", str(study), "--port", str(self.port), "--no-browser", "--password-file"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qcode", *words, str(secret)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        for _ in range(300):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, self.process.communicate()[0]
            time.sleep(0.1)
        raise AssertionError("the workbench does not answer")

    def kill(self) -> None:
        """End the process at once, in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@dataclass
class Coder:
    """One coder at one browser; `acknowledged` are the ids of the codings that the workbench said were made."""

    port: int
    name: str
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self._cookie, self._csrf = "", "enter"
        self._call("POST", "/api/login", {"password": PASSWORD, "name": self.name})
        page = self._call("GET", "/")
        found = re.search(rb'name="csrf" content="([^"]+)"', page)
        assert found, page[:500]
        self._csrf = found[1].decode()

    def _call(self, method: str, path: str, body: object = None) -> bytes:
        headers = {"X-QCODE-CSRF": self._csrf, "Content-Type": "application/json"}
        if self._cookie:
            headers["Cookie"] = self._cookie
        sent = json.dumps(body).encode() if body is not None else None
        self._connection.request(method, path, sent, headers)
        answer = self._connection.getresponse()
        held = answer.read()
        if given := answer.getheader("Set-Cookie"):
            self._cookie = given.partition(";")[0]
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {held[:300].decode('utf-8', 'replace')}")
        return held

    def open(self, transcript: str) -> Any:
        """Return what the reading room shows of a transcript."""
        return json.loads(self._call("GET", f"/api/read/{transcript}"))

    def code(self, transcript: str, start: int, end: int, key: str) -> None:
        """Code a stretch; keep the ids of what was made, or why it was refused."""
        began = time.monotonic()
        body = {"start": start, "end": end, "codes": [key]}
        try:
            answer = json.loads(self._call("POST", f"/api/read/{transcript}/code", body))
        except RuntimeError as error:
            self.refused.append(str(error))
        else:
            self.acknowledged += [one["id"] for one in answer["added"]]
            self.slowest = max(self.slowest, time.monotonic() - began)


def code_together(served: Served, transcript: str, codes: Sequence[str], *, coders: int, seconds: float) -> list[Coder]:
    """Let so many coders code one transcript at random for so long; return them with what they were told."""
    people = [Coder(served.port, f"coder {n:02}") for n in range(coders)]
    length = len(people[0].open(transcript)["text"])
    until = time.monotonic() + seconds

    def work(person: Coder, seed: int) -> None:
        rng = random.Random(seed)
        while time.monotonic() < until:
            start = rng.randrange(length - 2)
            try:
                person.code(transcript, start, min(length, start + rng.randrange(1, 60)), rng.choice(codes))
            except (OSError, http.client.HTTPException):  # the workbench was killed
                return

    threads = [threading.Thread(target=work, args=(person, n)) for n, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return people
