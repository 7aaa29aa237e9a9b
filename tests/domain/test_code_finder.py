"""Finding a code by a few letters, in the codebooks that come along and in small ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.code_finder import exact, other_layout, quick, rank
from qcode.domain.codebook import Code, CodebookVersion
from qcode.interchange.codebook_yaml import read

FOLDER = Path(__file__).parents[2] / "codebooks"


def codebook(name: str) -> CodebookVersion:
    return read((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), name)


CODES = codebook("drug-treatment-ca").codes
SMALL = tuple(Code(f"K{n}", f"Name {n}") for n in range(12))


def first(typed: str, n: int = 1) -> list[str]:
    return [code.key for code in rank(CODES, typed)[:n]]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("STIG-SELF", "STIG-SELF"),
        ("stig-s", "STIG-SELF"),
        ("stigself", "STIG-SELF"),
        ("self", "STIG-SELF"),
        ("самос", "STIG-SELF"),
        ("Өзүн", "STIG-SELF"),
        ("自我", "STIG-SELF"),
        ("公众污名", "STIG-PUB"),
        ("污名", "STIG-SELF"),
        ("internal", "STIG-SELF"),
        ("общ сти", "STIG-PUB"),
        ("öffentliches st", "STIG-PUB"),
        ("cfvjc", "STIG-SELF"),
        ("ыешп-зги", "STIG-PUB"),
        ("stgslf", "STIG-SELF"),
        ("slf", "STIG-SELF"),
    ],
)
def test_a_few_letters_of_key_name_or_alias_find_the_code(typed: str, key: str) -> None:
    assert first(typed) == [key]


@pytest.mark.parametrize("code", [code for code in CODES if code.codable], ids=lambda code: code.key)
def test_every_code_typed_in_full_comes_first_by_its_key_and_by_its_names(code: Code) -> None:
    assert first(code.key.lower()) == [code.key]
    for name in (code.name, *dict(code.names).values(), *code.aliases):
        assert code in exact(CODES, name)
        assert rank(CODES, name)[0] in exact(CODES, name)


def test_headings_are_not_found() -> None:
    assert all(code.codable for code in rank(CODES, ""))
    assert "STIG" not in [code.key for code in rank(CODES, "stig")]


def test_nothing_typed_gives_recent_codes_first_then_codebook_order() -> None:
    found = [code.key for code in rank(SMALL, " ", recent=["K7", "k3", "gone"])]
    assert found == ["K7", "K3", *(code.key for code in SMALL if code.key not in ("K7", "K3"))]


def test_the_better_the_letters_fit_the_earlier_the_code() -> None:
    codes = (
        Code("A1", "Wide as interest"),
        Code("A2", "Inside paint"),
        Code("A3", "No pain"),
        Code("A4", "Painful"),
        Code("PAINT", "x"),
        Code("A5", "Pain"),
        Code("PAIN", "x"),
        Code("A6", "apainb"),
    )
    assert [c.key for c in rank(codes, "pain")] == ["PAIN", "A5", "PAINT", "A4", "A2", "A3", "A6"]


def test_letters_in_order_from_a_word_of_a_key_on_are_the_last_resort() -> None:
    codes = (Code("SO-PERIL-NOON", "x"), Code("X-PI-N", "x"), Code("STEP-IN-NONE", "x"))
    assert [c.key for c in rank(codes, "pin")] == ["SO-PERIL-NOON", "X-PI-N"]


def test_letters_in_order_count_only_where_nothing_fits_better() -> None:
    codes = (Code("SO-PERIL-NOON", "x"), Code("A2", "spin"))
    assert [c.key for c in rank(codes, "pin")] == ["A2"]


@pytest.mark.parametrize("typed", ["мама", "мать", "брат", "врач", "дом", "спасибо", "tomorrow", "妈妈"])
def test_letters_scattered_over_a_name_find_nothing(typed: str) -> None:
    assert first(typed) == []


@pytest.mark.parametrize(
    ("typed", "family"), [("деньги", "FUND"), ("money", "FUND"), ("coer", "COER"), ("роли", "NGO"), ("сщук", "COER")]
)
def test_what_stands_under_a_heading_is_found_by_it(typed: str, family: str) -> None:
    below = [code.key for code in CODES if code.parent == family and code.codable]
    found = [code.key for code in rank(CODES, typed)]
    assert below and set(below) <= set(found)


def test_codes_under_a_heading_come_after_what_fits_itself_whatever_was_used() -> None:
    codes = (
        Code("MONEY", "Money", codable=False),
        Code("DEBT", "Debt", parent="MONEY"),
        Code("INNER", "Inner", parent="MONEY", codable=False),
        Code("GIFT", "Gift", parent="INNER"),
        Code("A1", "No pocket money"),
        Code("A2", "Harmoney"),
    )
    found = [c.key for c in rank(codes, "money", recent=["GIFT", "A2"])]
    assert found == ["A1", "A2", "GIFT", "DEBT"]


def test_codes_that_stand_under_each_other_are_searched_all_the_same() -> None:
    codes = (Code("A", "Money", parent="B", codable=False), Code("B", "x", parent="A", codable=False), Code("C", "c"))
    assert rank(codes, "money") == []


def test_among_equals_recent_codes_come_first() -> None:
    codes = (Code("A1", "Pain one"), Code("A2", "Pain two"), Code("A3", "No pain"))
    assert [c.key for c in rank(codes, "pain", recent=["A3", "A2"])] == ["A2", "A1", "A3"]


def test_what_fits_as_typed_goes_before_what_fits_on_the_other_layout() -> None:
    codes = (Code("A1", "стыд и вина"), Code("A2", "cnsl list"))
    assert [c.key for c in rank(codes, "cnsl")] == ["A2", "A1"]


def test_letters_of_which_no_code_has_any_find_nothing() -> None:
    assert rank(CODES, "zzqqxx") == []


def test_yo_and_ye_are_one_letter() -> None:
    assert [c.key for c in rank((Code("A", "Жёсткий отказ"),), "жест")] == ["A"]
    assert [c.key for c in rank((Code("A", "Жесткий отказ"),), "ЖЁСТ")] == ["A"]


def test_what_is_typed_in_full_is_a_key_before_it_is_a_name() -> None:
    codes = (Code("A", "B"), Code("B", "C"), Code("C", "C"))
    assert exact(codes, "b") == [codes[1]]
    assert exact(codes, "c") == [codes[2]]
    assert exact(codes[:2], "c") == [codes[1]]
    assert exact(codes, "") == []


@given(st.text(max_size=8), st.lists(st.sampled_from([code.key for code in CODES]), max_size=4))
def test_no_code_is_found_twice_whatever_is_typed(typed: str, recent: list[str]) -> None:
    keys = [code.key for code in rank(CODES, typed, recent=recent)]
    assert len(set(keys)) == len(keys)
    assert keys == [code.key for code in rank(CODES, typed, recent=recent)]


def test_quick_codes_are_the_nine_used_last_in_codebook_order() -> None:
    assert [c.key for c in quick(SMALL, ["K11", "K10", "K2"])] == [f"K{n}" for n in (0, 1, 2, 3, 4, 5, 6, 10, 11)]


def test_using_a_quick_code_moves_none_of_them() -> None:
    assert quick(SMALL, ["K11", "K10"]) == quick(SMALL, ["K3", "K11", "K10"])


def test_a_newly_used_code_takes_the_number_of_the_one_used_longest_ago() -> None:
    before = [c.key for c in quick(SMALL, ["K3", "K4", "K5", "K6", "K7", "K8", "K0", "K1", "K2"])]
    after = [c.key for c in quick(SMALL, ["K11", "K3", "K4", "K5", "K6", "K7", "K8", "K0", "K1", "K2"], before)]
    assert after == [key if key != "K2" else "K11" for key in before]


KEYS = [code.key for code in SMALL]


@given(st.lists(st.sampled_from(KEYS), max_size=12), st.lists(st.lists(st.sampled_from(KEYS), min_size=1, max_size=2)))
def test_a_quick_code_keeps_its_number_as_long_as_it_is_among_the_nine(first: list[str], used: list[list[str]]) -> None:
    order = list(dict.fromkeys(first))
    now = [c.key for c in quick(SMALL, order)]
    for keys in used:
        order = list(dict.fromkeys([*keys, *order]))
        before, now = now, [c.key for c in quick(SMALL, order, now)]
        assert len(set(now)) == 9 and set(order[:9]) <= set(now)
        for place, key in enumerate(before):
            assert key not in now or now[place] == key
        assert sum(old != new for old, new in zip(before, now, strict=True)) <= len(set(keys) - set(before))


@given(st.lists(st.text("KXk0123456789", max_size=3), max_size=12), st.lists(st.sampled_from(KEYS)), st.integers(0, 12))
def test_whatever_stood_there_before_each_of_the_nine_has_one_number(
    before: list[str], recent: list[str], many: int
) -> None:
    found = quick(SMALL[:many], recent, before)
    assert len(found) == len({c.key for c in found}) == min(9, many)
    assert {c.key for c in found} == {c.key for c in quick(SMALL[:many], recent)}


def test_headings_and_codes_that_are_gone_have_no_quick_key() -> None:
    codes = (Code("A", "A", codable=False), Code("B", "B"))
    assert quick(codes, ["A", "gone"]) == [codes[1]]


def test_the_same_keys_on_the_other_layout() -> None:
    assert other_layout("ыешп") == ("stig",)
    assert other_layout("cnsl") == ("стыд",)
    assert other_layout("等") == ()
