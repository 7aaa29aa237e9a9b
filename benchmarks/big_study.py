"""Builds a large invented study: nonsense words, codings clumped in passages as real coders make them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.span import Span
from qcode.domain.transcript import Revision, Speaker, Turn
from qcode.store import codebooks, coders, codings, transcripts
from qcode.study.study import Study, create

WORDS = [
    "учёт",
    "клиника",
    "доверие",
    "деньги",
    "врач",
    "помощь",
    "закон",
    "семья",
    "работа",
    "страх",
    "улица",
    "город",
]
AT = "2026-01-01T00:00:00Z"


def invented_text(characters: int, seed: int) -> str:
    """Return nonsense of about so many characters, in turns of two speakers."""
    rng = random.Random(seed)
    turns, length = [], 0
    while length < characters:
        turn = ("И: ", "Р: ")[len(turns) % 2] + " ".join(rng.choices(WORDS, k=rng.randint(10, 80))) + "."
        turns.append(turn)
        length += len(turn) + 2
    return "\n\n".join(turns)


def build(
    path: Path, *, n_codings: int, n_transcripts: int, n_codes: int, n_coders: int = 3, characters: int = 30_000
) -> Study:
    """Make a study of this size at `path`, its transcripts of about so many characters each."""
    study = create(path, coder="c0")
    codes = tuple(Code(key=f"CODE-{n:03}", name=f"code {n}") for n in range(n_codes))
    study.codebooks.add_version(CodebookVersion("big", "1.0", codes))
    for n in range(1, n_coders):
        study.coders.add(f"c{n}")
    rng = random.Random(1)
    with study.store.write() as connection:
        version = codebooks.versions(connection)[-1]
        code_ids = list(codebooks.code_ids(connection, codebooks.codebook_row(connection, "big").id).values())
        coder_ids = list(coders.coder_names(connection))
        each = n_codings // n_transcripts
        for n in range(n_transcripts):
            revision, text = _add_transcript(connection, n, characters)
            rows = _codings(rng, revision, text, each, code_ids, coder_ids, version.id)
            codings.add_codings(connection, rows)
    return study


def _add_transcript(connection: object, n: int, characters: int) -> tuple[int, str]:
    text = invented_text(characters, n)
    turns, at = [], 0
    for number, paragraph in enumerate(text.split("\n\n"), start=1):
        turns.append(Turn(number, "ИР"[(number + 1) % 2], at + 3, at + len(paragraph)))
        at += len(paragraph) + 2
    paragraphs = tuple(Span(turn.start - 3, turn.end) for turn in turns)
    revision = Revision(text, tuple(turns), paragraphs, (), (Speaker("И", 1), Speaker("Р", 1)))
    transcript = transcripts.add_transcript(
        connection, uuid=str(UUID(int=2 * n + 2)), name=f"T{n:04}", language="ru", case_id=None, created_at=AT
    )
    revision_id = transcripts.add_revision(
        connection,
        transcript,
        revision,
        uuid=str(UUID(int=2 * n + 3)),
        n=1,
        created_at=AT,
        format="txt",
        encoding="utf-8",
        source_sha256=f"{n:064}",
        labels=len(turns),
    )
    return revision_id, text


def _codings(
    rng: random.Random, revision: int, text: str, n: int, codes: list[int], coder_ids: list[int], version: int
) -> Iterator[dict[str, object]]:
    made: set[tuple[int, int, int, int]] = set()
    while len(made) < n:
        start = rng.randrange(0, len(text) - 400)
        for _ in range(rng.randint(1, 4)):  # a passage: a few codes on and around one place
            begin = start + rng.choice((0, 0, 0, rng.randint(0, 60)))
            end = begin + rng.randint(20, 300)
            place = (begin, end, rng.choice(codes), rng.choice(coder_ids))
            if place in made or len(made) >= n:
                continue
            made.add(place)
            yield {
                "uuid": str(UUID(int=rng.getrandbits(128))),
                "revision_id": revision,
                "start": begin,
                "end": end,
                "code_id": place[2],
                "coder_id": place[3],
                "version_id": version,
                "created_at": AT,
                "quote": text[begin:end],
            }
