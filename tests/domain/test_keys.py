"""The table of keys: nothing twice, every key known to the terminal, Cyrillic letters by their places."""

from __future__ import annotations

from collections import Counter

import pytest

from qcode.domain.keys import BY_KEY, GROUPS, KEYS, latin, shown


def test_no_key_does_two_things() -> None:
    assert [name for name, n in Counter(name for key in KEYS for name in key.keys).items() if n > 1] == []


def test_no_act_stands_in_the_table_twice() -> None:
    assert len({key.act for key in KEYS}) == len(KEYS)


def test_every_act_has_its_words_and_a_group_of_the_list() -> None:
    assert all(key.keys and key.help for key in KEYS)
    assert {key.group for key in KEYS} == set(GROUPS)


def test_the_act_of_a_key_is_found_by_its_name() -> None:
    assert BY_KEY["shift+left"] == BY_KEY["E"] == "shrink_word"
    assert BY_KEY["3"] == "quick_3"


@pytest.mark.parametrize("character", list("[]{}/.?eEwstupbBnNc19ivmxzygrolkq "))
def test_single_characters_are_spelled_as_the_terminal_names_them(character: str) -> None:
    keys = pytest.importorskip("textual.keys")
    assert keys._character_to_key(character) in BY_KEY


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("с", "c"), ("С", "C"), ("г", "u"), ("й", "q"), ("Т", "N"), ("х", "["), ("Ъ", "}"), ("ю", "."), ("ё", "`")],
)
def test_a_cyrillic_letter_is_the_key_at_its_place(typed: str, meant: str) -> None:
    assert latin(typed) == meant


@pytest.mark.parametrize("typed", [".", "/", "?", "c", "C", "1", "]", "ә", "қ", "等", ""])
def test_what_is_no_letter_of_the_russian_layout_stands_for_itself(typed: str) -> None:
    assert latin(typed) == typed


def test_every_letter_of_the_table_can_be_typed_with_a_russian_layout() -> None:
    typed = {latin(chr(c)) for c in range(0x0401, 0x0452)}
    assert {name for name in BY_KEY if len(name) == 1 and name.isalpha()} <= typed


def test_keys_are_shown_as_people_know_them() -> None:
    names = ("right_square_bracket", "shift+right", "ctrl+z", "w", "E")
    assert [shown(name) for name in names] == ["]", "Shift+→", "Ctrl+z", "w", "E"]
