"""Invented values that the tests of reports are made from."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from qcode.analysis.matrix import Matrix
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coding
from qcode.reports.quotes_report import CodedQuote

NAMES = (
    ("STIG-SELF", "Self-stigma"),
    ("СТИГМА", "Стигма со стороны медицинских работников"),
    ("СЕНІМ", "Қызметкерлерге деген сенім және құпиялылық"),
    ("信任", "对医务人员的信任与保密"),
    ("COER-POL", "Police harassment"),
    ("FUND-EXIT", "Donor withdrawal"),
    ("HR-OST", "Substitution treatment"),
    ("CTX-GEN", "Gender norms and violence"),
)

WORDS = (
    ("en", "Nobody ever called me back, and then the programme was simply gone; we had two days to tell our clients."),
    ("ru", "Врач сказал при всех, что таким, как я, здесь не место. Я больше туда не пошла, и дочь тоже не водила."),
    ("kk", "Мен оларға сенемін, өйткені олар менің атымды ешкімге айтпайды, қағаз да сұрамайды."),
    ("zh", "“他们不会告诉别人。”她说，我在那里觉得安全，所以每天早上都去喝药，从来没有断过。"),
)


def matrix(size: int, *, measure: str = "count", **more: Any) -> Matrix:
    """Return a symmetric matrix of `size` codes; the first eight have names in four scripts."""
    draw = Random(size)
    codes = [NAMES[i] if i < len(NAMES) else (f"CODE-{i:02d}", f"Invented code number {i}") for i in range(size)]
    cells: list[list[Any]] = [[0] * size for _ in range(size)]
    for i in range(size):
        cells[i][i] = draw.randint(20, 140)
        for j in range(i):
            n = max(0, round(draw.expovariate(0.15)) - 4)
            cells[i][j] = cells[j][i] = n if measure == "count" else round(n / 40 * draw.choice((1, -1)), 4)
            if measure == "given":
                cells[i][j], cells[j][i] = min(1.0, n / 40), min(1.0, n / 30)
        if measure != "count":
            cells[i][i] = 1.0
    if size > 1 and not any(cells[i][j] for i in range(size) for j in range(i)):
        cells[0][1] = cells[1][0] = 1
    times = 1 if measure == "count" else 12
    made = Matrix(
        codes=tuple(code for code, _ in codes),
        names=tuple(name for _, name in codes),
        unit="overlap",
        count="stretches",
        measure=measure,
        distance=None,
        coders=("ana", "ben"),
        per_coder=False,
        rollup=False,
        codebook="drug-treatment-ca",
        version="1.1",
        filters={},
        transcripts=12,
        units=None,
        pending_left_out={},
        matrix=tuple(map(tuple, cells)),
        contributing_cases=tuple(tuple(min(12, int(abs(v) * times + 1) // 2) for v in row) for row in cells),
    )
    return replace(made, **more)


def hiding(one: Matrix, *cells: tuple[int, int], undefined: tuple[tuple[int, int], ...] = ()) -> Matrix:
    """Return `one` with `cells` withheld and `undefined` ones without a value, both ways round."""
    both = sorted({*cells, *((j, i) for i, j in cells)})
    none = {*both, *undefined, *((j, i) for i, j in undefined)}

    def without(rows: Any, gone: Any) -> Any:
        return tuple(tuple(None if (i, j) in gone else v for j, v in enumerate(row)) for i, row in enumerate(rows))

    return replace(
        one,
        matrix=without(one.matrix, none),
        contributing_cases=without(one.contributing_cases, both),
        hidden=tuple((one.codes[i], one.codes[j]) for i, j in both),
    )


def codebook() -> CodebookVersion:
    """Return a codebook of two headings and the eight codes."""
    parts: Any = {
        "brief": "A short word on it",
        "definition": "What the speaker says about it, in a sentence or two that the coders agreed on after a pilot.",
        "when": "The speaker tells of it as lived through, by the speaker or by someone near.",
        "when_not": "Reported talk of third persons; use CTX-GEN there.",
        "examples": ("“They looked at me and closed the window.”", "«Мне сказали: таким не наливаем»"),
    }
    stigma = Code("STIG", "Stigma and trust", codable=False, color="#7a3b69")
    other = Code("REST", "Everything else", codable=False)
    below = [
        Code(
            key,
            name,
            parent="STIG" if n < 4 else "REST",
            color="#2d7db3" if n % 2 else "",
            names=(("ru", "Имя"),),
            **parts,
        )
        for n, (key, name) in enumerate(NAMES)
    ]
    return CodebookVersion(
        "drug-treatment-ca", "1.1", (stigma, *below[:4], other, *below[4:]), title="Drug treatment in Central Asia"
    )


def coded(count: int = 40) -> list[CodedQuote]:
    """Return `count` codings by two coders in twelve transcripts, some on the same words."""
    found = []
    for n in range(count):
        language, words = WORDS[n % 4]
        quote = " ".join([words] * (1 + n % 3 * (4 if n % 7 == 0 else 0)))
        start = 100 * (n // 2)
        coding = Coding(
            id=f"{n:08x}-0000-4000-8000-000000000000",
            transcript=f"P{n % 12 + 1:02d}",
            start=start,
            end=start + len(quote),
            quote=quote,
            code=NAMES[n % 8][0],
            coder=("ana", "ben")[n % 2],
            created_at="2026-03-01T10:00:00Z",
            codebook="drug-treatment-ca",
            version="1.1",
            memo="Сравнить с P03: тот же врач?" if n % 11 == 5 else "",
        )
        found.append(
            CodedQuote(coding, f"case {n % 12 + 1}", n % 30 + 1, ("Р1", "Ana", "访谈者")[n % 3], 754.0, language)
        )
    return found


MADE_BY = (
    ("Study", "7d1f4d0e-3c58-4b0e-9d3e-2a8f0c6f9b11"),
    ("Codebook", "drug-treatment-ca 1.1"),
    ("Hash of the codebook", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("Coders", "ana, ben"),
    ("Filters", "role = client"),
    ("Command line", "qcode report matrix --where role=client --min-cases 3 -o matrix.docx"),
    ("Program", "qcode 0.1.0"),
    ("Revision of P01", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
    ("Revision of P02", "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13"),
)
