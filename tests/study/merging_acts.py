"""Acts that people do on copies of one study, and what a study holds, whichever way it came to hold it."""

from __future__ import annotations

import json
import random
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from qcode.errors import QcodeError
from qcode.study.study import Study
from tests.study.next_version import follow

__all__ = ["ACTS", "Act", "act", "held", "matrices", "ticking"]

Act = tuple[str, int, int]
"""A verb of ACTS and two numbers that choose what it is done to."""

WORDS = ("waited", "two hours", "called me", "stopped asking", "My sister", "bus", "doctor", "Two thousand", "week")
CORRECTED = {"P1": ("two hours", "three long hours"), "P2": ("My sister ", "My older sister ")}
CODERS = ("ana", "ben", "ümit")


@contextmanager
def ticking(seed: int) -> Iterator[None]:
    """Let the clock go on by some seconds whenever it is asked, and identities be drawn from `seed`."""
    dice = random.Random(seed)
    at = [datetime(2031, 5, 1, tzinfo=UTC)]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            at[0] += timedelta(seconds=dice.choice((0, 1, 60)))
            return at[0]

    with (
        patch("qcode.study.desk.datetime", Clock),
        patch("uuid.uuid4", lambda: uuid.UUID(int=dice.getrandbits(128), version=4)),
    ):
        yield


def act(study: Study, one: Act) -> None:
    """Do something, or nothing where it cannot be done."""
    verb, first, second = one
    with suppress(QcodeError, LookupError, ZeroDivisionError):
        ACTS[verb](study, first, second)


def _code(study: Study, first: int, second: int) -> None:
    book = study.codebooks.show("book").content
    codes = [code.key for code in book.codes if code.codable]
    text = study.transcripts.show(("P1", "P2")[first % 2]).revision.text
    word = WORDS[second % len(WORDS)]
    at = text.index(word) if word in text else 3
    coder = CODERS[(first + second) % 3]
    name = ("P1", "P2")[first % 2]
    study.codings.add(name, codes[second % len(codes)], start=at, end=at + len(word), coder=coder)


def _withdraw(study: Study, first: int, second: int) -> None:
    every = sorted(one.id for one in study.codings.list())
    study.codings.withdraw(every[first % len(every)], coder=CODERS[second % 3])


def _restore(study: Study, first: int, second: int) -> None:
    with sqlite3.connect(study.path) as connection:
        ask = "SELECT uuid FROM coding WHERE ended_how = 'withdrawn' ORDER BY uuid"
        every = [row[0] for row in connection.execute(ask)]
    study.codings.restore(every[first % len(every)])


def _memo(study: Study, first: int, second: int) -> None:
    every = sorted(one.id for one in study.codings.list())
    kinds = (("study", ""), ("coding", every[second % len(every)]), ("case", "Ana A."), ("transcript", "P2"))
    about, target = kinds[first % 4]
    study.memos.add(f"заметка {second}", about=about, target=target)


def _remove_memo(study: Study, first: int, second: int) -> None:
    every = sorted(one.id for one in study.memos.list())
    study.memos.remove(every[first % len(every)])


def _case(study: Study, first: int, second: int) -> None:
    names = ("Ana A.", "Boris B.", "Дина")
    study.cases.set(
        names[first % 3], {("role", "city")[second % 2]: f"v{second % 5}"}, transcripts=("P1",)[: first % 2]
    )


def _decide(study: Study, first: int, second: int) -> None:
    item = study.queue.list()[first % len(study.queue.list())]
    choices: list[dict[str, Any]] = [{"withdraw": True}, {"keep": True}]
    choices += [{"to": item.candidates[: 1 + second % 2]}] if item.candidates else []
    study.queue.resolve(item.coding.id, **choices[second % len(choices)])


def _undo(study: Study, first: int, second: int) -> None:
    study.queue.undo()


def _rename(study: Study, first: int, second: int) -> None:
    study.transcripts.rename(study.transcripts.list()[first % 2].name, f"T{second % 3}")


def _follow(study: Study, first: int, second: int) -> None:
    said = ("merge wait into trust", "split trust+ into hope, fear", "narrow leave", "retire money", "add more")
    follow(study, said[first % len(said)])


def _revise(study: Study, first: int, second: int) -> None:
    name = ("P1", "P2")[first % 2]
    text = study.transcripts.show(name).revision.text.replace(*CORRECTED[name])
    if second % 2:
        text = text.replace("Nobody ever called me back", "...")
    study.transcripts.revise(name, text.encode(), file_name=f"{name}.txt")


def _place(study: Study, first: int, second: int) -> None:
    study.reading.keep_place(("P1", "P2")[first % 2], second)


ACTS = {
    "code": _code,
    "withdraw": _withdraw,
    "restore": _restore,
    "memo": _memo,
    "remove memo": _remove_memo,
    "case": _case,
    "decide": _decide,
    "undo": _undo,
    "rename": _rename,
    "follow": _follow,
    "revise": _revise,
    "place": _place,
}

_CODING = """
SELECT c.uuid, t.uuid, r.sha256, c.start, c."end", c.quote, k.uuid, o.name, v.sha256, c.created_at, s.sha256,
  e.sha256, c.ended_how, c.ended_at FROM coding c JOIN revision r ON r.id = c.revision_id
  JOIN transcript t ON t.id = r.transcript_id JOIN code k ON k.id = c.code_id JOIN coder o ON o.id = c.coder_id
  JOIN codebook_version v ON v.id = c.version_id LEFT JOIN codebook_version s ON s.id = c.since_version_id
  LEFT JOIN codebook_version e ON e.id = c.ended_version_id
"""
_HELD = {
    "codings": _CODING,
    "origins": "SELECT a.uuid, b.uuid FROM coding_origin o JOIN coding a ON a.id = o.coding_id"
    " JOIN coding b ON b.id = o.origin_id",
    "waits": "SELECT c.uuid, v.sha256, p.n, e.sha256, p.ended_how, p.why FROM pending p JOIN coding c"
    " ON c.id = p.coding_id JOIN codebook_version v ON v.id = p.version_id"
    " LEFT JOIN codebook_version e ON e.id = p.ended_version_id",
    "branches": "SELECT c.uuid, v.sha256 FROM branch_end b JOIN coding c ON c.id = b.coding_id"
    " JOIN codebook_version v ON v.id = b.version_id",
    "memos": "SELECT m.uuid, about, iif(about = 'study', '', coalesce(c.name, target)), text FROM memo m"
    ' LEFT JOIN "case" c ON c.uuid = m.target',
    "values": 'SELECT c.name, a."key", v.value FROM attribute_value v JOIN "case" c ON c.id = v.case_id'
    " JOIN attribute a ON a.id = v.attribute_id",
    "cases": 'SELECT name FROM "case"',
    "coders": "SELECT name, kind FROM coder",
    "transcripts": 'SELECT t.uuid, t.name, t.language, c.name FROM transcript t LEFT JOIN "case" c ON c.id = t.case_id',
    "revisions": "SELECT t.uuid, r.n, r.sha256, r.turns FROM revision r JOIN transcript t ON t.id = r.transcript_id",
    "versions": "SELECT b.key, v.version, v.sha256 FROM codebook_version v JOIN codebook b ON b.id = v.codebook_id",
    "left with": "SELECT v.sha256, r.sha256 FROM codebook_version v JOIN revision r ON r.id <= v.revisions_up_to",
    "left with transcripts": "SELECT v.sha256, t.uuid FROM codebook_version v JOIN transcript t"
    " ON t.id <= v.transcripts_up_to",
    "places": "SELECT o.name, t.uuid, p.at, p.read FROM place p JOIN coder o ON o.id = p.coder_id"
    " JOIN transcript t ON t.id = p.transcript_id",
    "drafts": "SELECT content FROM draft",
    "marks": "SELECT uuid, start, quote FROM in_vivo",
    "acts": "SELECT hash FROM history WHERE act <> 'study.merge' UNION SELECT hash FROM merged_act"
    " WHERE act <> 'study.merge'",
}


def held(study: Study) -> dict[str, list[tuple[object, ...]]]:
    """Return what a study holds: all but row ids, its own identity, and who made it hold what it got from another."""
    connection = sqlite3.connect(study.path)
    try:
        return {what: sorted(connection.execute(query), key=repr) for what, query in _HELD.items()}
    finally:
        connection.close()


def matrices(study: Study) -> Sequence[str]:
    """Return the matrix under each version of the codebook, as JSON."""
    every = [f"book@{past.content.version}" for past in study.codebooks.log("book")]
    asked = [{"codebook": label, "unit": unit} for label in every for unit in ("overlap", "turn")]
    return sorted(json.dumps(study.cooccurrence(**one).to_json(), sort_keys=True) for one in asked)
