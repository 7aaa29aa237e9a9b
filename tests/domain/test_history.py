"""The chain of acts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.history import FIRST, Entry, broken_links, chain_hash


def chain(length: int) -> list[Entry]:
    entries, previous = list[Entry](), FIRST
    for n in range(1, length + 1):
        content = ("2025-01-01T00:00:00Z", "coder", f"act {n}", None, "{}", previous)
        entries.append(Entry(n, *content, chain_hash(n, *content)))
        previous = entries[-1].hash
    return entries


@given(st.integers(0, 6))
def test_a_chain_as_it_was_written_is_whole(length: int) -> None:
    assert broken_links(chain(length)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2020-01-01T00:00:00Z"},
        {"coder": "other"},
        {"act": "coding.add"},
        {"version": "book@2"},
        {"details": '{"codes":1}'},
        {"previous": FIRST},
        {"hash": FIRST},
        {"n": 9},
    ],
)
def test_an_act_that_was_changed_is_found(change: dict[str, object]) -> None:
    entries = chain(4)
    entries[2] = replace(entries[2], **change)  # type: ignore[arg-type]
    assert entries[2].n in broken_links(entries)


def test_an_act_that_was_taken_out_is_found() -> None:
    entries = chain(4)
    del entries[1]
    assert broken_links(entries) == [3]


def test_a_first_act_that_was_taken_out_is_found() -> None:
    assert broken_links(chain(3)[1:]) == [2]


def test_acts_that_changed_places_are_found() -> None:
    entries = chain(4)
    entries[1], entries[2] = entries[2], entries[1]
    assert broken_links(entries)


def test_a_rewritten_act_breaks_the_one_after_it() -> None:
    entries = chain(3)
    told = (2, "2025-01-01T00:00:00Z", "coder", "another act", None, "{}", entries[0].hash)
    entries[1] = Entry(*told, chain_hash(*told))
    assert broken_links(entries) == [3]
