"""The codebooks that ship with qcode are complete, free of problems and in canonical form."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from qcode.domain.codebook import CodebookVersion, check
from qcode.interchange.codebook_yaml import read, write

STARTERS = {"drug-treatment-ca": "1.0", "generic-interview": "1.0", "open-coding": "0.1"}

KEYS = """
STIG: STIG-SELF STIG-PUB STIG-PROV STIG-REG
COER: COER-NARC COER-COMP COER-POL COER-COURT COER-DATA COER-CIV
FUND: FUND-EXIT FUND-STATE FUND-MOB FUND-EFF
HR: HR-NSP HR-OST HR-OD HR-ABST HR-FAITH HR-NPS
NGO: NGO-ADV NGO-SOC NGO-PEER NGO-HOUSE NGO-WOM
TRUST: TRUST-CLI TRUST-INST
PROF: PROF-SW PROF-NARC PROF-LOAD
CTX: CTX-GEN CTX-INF CTX-MIG CTX-FAM CTX-PRIS CTX-INT
"""


def text_of(name: str) -> str:
    return files("qcode.codebooks").joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def starter(name: str) -> CodebookVersion:
    return read(text_of(name), name)


def contrast_on_white(color: str) -> float:
    """Return the contrast ratio of WCAG 2 between `color` and white."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_has_no_errors_and_no_warnings(name: str) -> None:
    assert check(starter(name)) == []
    assert (starter(name).codebook, starter(name).version) == (name, STARTERS[name])


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_is_in_canonical_form(name: str) -> None:
    assert write(starter(name)) == text_of(name)
    assert max(map(len, text_of(name).splitlines())) <= 120


def test_every_starter_that_ships_is_looked_at() -> None:
    shipped = {
        path.name.removesuffix(".yaml") for path in files("qcode.codebooks").iterdir() if path.name.endswith("yaml")
    }
    assert shipped == set(STARTERS)


def test_open_coding_begins_with_a_heading_and_no_code() -> None:
    assert [(code.key, code.codable) for code in starter("open-coding").codes] == [("FOUND", False)]


def test_all_headings_and_codes_of_the_domain_are_there() -> None:
    book = starter("drug-treatment-ca")
    wanted = {line.split(": ")[0]: line.split(": ")[1].split() for line in KEYS.split("\n") if line}
    assert {code.key: [below.key for below in book.children(code.key)] for code in book.children(None)} == wanted
    assert sum(code.codable for code in book.codes) == 36
    assert sum(not code.codable for code in book.codes) == 8


def test_names_and_terms_come_in_seven_languages() -> None:
    for code in starter("drug-treatment-ca").codes:
        assert [language for language, _ in code.names] == ["ru", "ky", "kk", "uz", "de", "zh"], code.key
        if code.codable:
            assert [language for language, _ in code.terms] == ["en", "ru", "ky", "kk", "uz", "de", "zh"], code.key
            assert all(6 <= len(dict(code.terms)[language]) <= 12 for language in ("en", "ru")), code.key


def test_the_generic_codebook_has_names_in_three_more_languages() -> None:
    book = starter("generic-interview")
    assert all([language for language, _ in code.names] == ["ru", "de", "zh"] for code in book.codes)
    assert 10 <= sum(code.codable for code in book.codes) <= 15


@pytest.mark.parametrize("name", STARTERS)
def test_every_code_has_an_origin_examples_and_a_readable_color_of_its_own(name: str) -> None:
    codes = starter(name).codes
    assert all(code.origin and 2 <= len(code.examples) <= 3 for code in codes if code.codable)
    assert all(contrast_on_white(code.color) >= 4.5 for code in codes)
    assert len({code.color for code in codes}) == len(codes)


@pytest.mark.parametrize("name", STARTERS)
def test_every_code_that_a_rule_points_to_exists(name: str) -> None:
    book = starter(name)
    pointed = {key for code in book.codes for key in re.findall(r"\b[A-Z]+-[A-Z]+\b", code.when + code.when_not)}
    assert {key.casefold() for key in pointed} <= set(book.by_key)
