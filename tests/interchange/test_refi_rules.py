"""How positions of a REFI-QDA project count is found by measuring, and can be overruled."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import BadValue
from qcode.interchange.refi import read
from qcode.interchange.refi_rules import agrees, usable
from qcode.interchange.refi_tools import TOOLS
from qcode.interchange.refi_write import write
from tests.interchange.refi_files import (
    CODES,
    WAIT,
    Way,
    losses,
    project,
    sample,
    selection,
    source,
    sources,
    stored,
    written,
)
from tests.interchange.refi_parcels import guid, parcel

WAYS = [Way(*each) for each in itertools.product((False, True), repeat=3)]
PIECES = ["a", "Я ", "ж", " ", "\n", "\r\n", "\r", "e\u0301", "😀", "🎧", "שלום", " مرحبا", "中文", "\ufe0f", "word "]
TALK = (
    "ANA: Guten Tag. 😀 Wie geht es?\r\nBEN: Сносно 🎧🎧, спасибо.\r\n\r\n"
    "ANA: Und der Lärm? 😀\r\nBEN: Der bleibt laut, immer.\r\n"
)


def spans_of(text: str, words: list[str]) -> list[tuple[int, int]]:
    return [(text.index(word), text.index(word) + len(word)) for word in words]


def quotes(data: bytes, **said: str) -> list[str]:
    return [coding.quote for coding in read(data, "t.qdpx", **said).codings]


@pytest.mark.parametrize("way", WAYS, ids=str)
@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=4, max_size=60), st.data())
def test_each_way_to_count_gives_the_same_quotes(way: Way, pieces: list[str], data: st.DataObject) -> None:
    text = "Anfang der Rede 😀\r\nund weiter " + "".join(pieces) + " zu Ende."
    edges = [place for place in range(len(text) + 1) if text[place - 1 : place + 1] != "\r\n"]
    drawn = data.draw(st.lists(st.tuples(st.sampled_from(edges), st.sampled_from(edges)), min_size=1, max_size=8))
    spans = [(7, 14), *((min(pair), max(pair)) for pair in drawn if pair[0] != pair[1])]
    expected = [stored(text[start:end]) for start, end in spans]
    told = ",".join(("utf16" if way.utf16 else "codepoints", f"crlf{1 + way.two}", "bom" if way.counted else "nobom"))
    assert quotes(written(way, text, spans, named=False), rule=told) == expected


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_names_of_selections_choose_the_way(way: Way) -> None:
    spans = spans_of(TALK, ["geht", "Сносно 🎧", "ANA: Und", "bleibt laut, immer"])
    assert quotes(written(way, TALK, spans, named=True)) == [TALK[start:end] for start, end in spans]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_borders_of_words_choose_the_way_where_selections_have_no_names(way: Way) -> None:
    words = ["Guten Tag.", "geht es?", "Сносно", "спасибо.", "Und der", "Lärm?", "bleibt laut", "immer"]
    spans = spans_of(TALK, words)
    assert quotes(written(way, TALK, spans, named=False)) == words


@pytest.mark.parametrize(
    ("origin", "way"),
    [
        ("NVivo for Windows 12.6", Way(True, True, False)),
        ("QualCoder 4.0", Way(False, False, False)),
        ("ATLAS.ti 23", Way(False, False, False)),
        ("qcode 0.1.0 for MAXQDA", Way(False, False, False)),
        ("somebody's script", Way(False, True, False)),
    ],
)
def test_where_selections_do_not_decide_the_habit_of_the_program_does(origin: str, way: Way) -> None:
    spans = spans_of(TALK, ["носно 🎧"])
    assert quotes(written(way, TALK, spans, named=False, origin=origin)) == ["носно 🎧"]


@pytest.mark.parametrize("tool", [None, *TOOLS])
def test_a_file_of_qcode_is_read_as_it_was_written_even_where_its_codings_part_words(tool: str | None) -> None:
    one = parcel().codings[0]
    text = parcel().transcripts[0].text
    places = [(n, n + 3) for n in range(1, len(text) - 4)]
    parted = [replace(one, id=guid(f"part {a}"), start=a, end=b, quote=text[a:b]) for a, b in places]
    found = read(write(replace(parcel(), codings=tuple(parted)), tool=tool)[0], "t.qdpx")
    assert sorted((coding.id, coding.quote) for coding in found.codings) == sorted((c.id, c.quote) for c in parted)
    assert found.positions is not None
    assert (found.positions.score, found.positions.tried) == (1.0, 1)


def test_a_foreign_origin_does_not_win_against_the_measurement() -> None:
    spans = spans_of(TALK, ["geht es?", "Сносно", "спасибо.", "Und der", "Lärm?", "bleibt laut", "immer"])
    way = Way(False, False, False)
    found = read(written(way, TALK, spans, named=False, origin="NVivo for Windows 12.6"), "t.qdpx")
    assert found.positions is not None
    assert found.positions.rule == "code points, CRLF one, BOM not counted"
    assert found.positions.score == 1.0


def test_ways_that_cannot_differ_are_tried_once() -> None:
    plain = read(written(Way(False, True, False, marked=False), "Nur ein Satz.", [(4, 7)], named=False), "t.qdpx")
    all_of_it = read(written(Way(False, True, False), TALK, [(5, 10)], named=False), "t.qdpx")
    assert plain.positions is not None and plain.positions.tried == 1
    assert all_of_it.positions is not None and all_of_it.positions.tried == 8


def test_the_rule_may_be_named_in_part_or_as_it_was_told() -> None:
    way = Way(True, True, False)
    spans = spans_of(TALK, ["Сносно"])
    data = written(way, TALK, spans, named=False)
    assert quotes(data, rule="utf16") == ["Сносно"]
    assert quotes(data, rule="utf16, CRLF two, BOM not counted") == ["Сносно"]
    assert quotes(data, rule="codepoints,crlf1") != ["Сносно"]


def test_a_rule_that_is_none_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadValue, match="codepoints or utf16, crlf1 or crlf2, bom or nobom"):
        read(written(WAYS[0], TALK, [(0, 4)], named=False), "t.qdpx", rule="bytes")


def test_a_rule_that_says_two_things_at_once_is_refused() -> None:
    with pytest.raises(BadValue, match="says two things at once"):
        read(written(WAYS[0], TALK, [(0, 4)], named=False), "t.qdpx", rule="utf16,codepoints")


def test_a_position_inside_a_character_or_outside_the_text_is_lost_with_its_numbers() -> None:
    inside = selection(1, 3, WAIT) + selection(2, 99, WAIT) + selection(-1, 2, WAIT) + selection("x", 2, WAIT)
    data = project(CODES + sources(source(inside + selection(3, 7, WAIT), text="a😀 zwei")))
    found = read(data, "t.qdpx", rule="utf16")
    assert [coding.quote for coding in found.codings] == ["😀", " zwe"]
    assert losses(found)["codings"] == 3
    assert "Talk: 2-99, -1-2, x-2" in {loss.where for loss in found.lost}


def test_half_a_pair_is_lost_and_never_moved() -> None:
    data = project(CODES + sources(source(selection(0, 2, WAIT), text="a😀 zwei")))
    found = read(data, "t.qdpx", rule="utf16")
    assert found.codings == ()
    assert [(loss.what, loss.n, loss.where) for loss in found.lost] == [("codings", 1, "Talk: 0-2")]


@pytest.mark.parametrize("named", [False, True])
def test_one_spoilt_selection_does_not_hide_the_rule_that_fits_all_others(named: bool) -> None:
    text, words = "a😀 zwei drei 😀 vier, 😀 sechs. Sieben und so fort", ["zwei", "drei", "vier", "sechs", "Sieben"]
    way = Way(True, True, False, marked=False)
    fine = "".join(
        selection(way.position(text, start), way.position(text, end), WAIT, name=text[start:end] if named else "")
        for start, end in spans_of(text, words)
    )
    found = read(project(CODES + sources(source(selection(2, 5, WAIT) + fine, text=text))), "t.qdpx")
    assert [coding.quote for coding in found.codings] == words
    assert [(loss.what, loss.n, loss.where) for loss in found.lost] == [("codings", 1, "Talk: 2-5")]


def test_a_segment_without_length_is_lost() -> None:
    found = read(project(CODES + sources(source(selection(3, 3, WAIT)))), "t.qdpx")
    assert losses(found) == {"codings of segments without length": 1}


@pytest.mark.parametrize(
    ("name", "quote", "is_it"),
    [
        ("zwei Stunden gewartet", "zwei\n\nStunden  gewartet", True),
        ("zwei Stunden…", "zwei Stunden gewartet", True),
        ("zwei Stunden ...", "zwei Stunden gewartet", True),
        ("zwei … gewartet", "zwei Stunden gewartet", True),
        ("Stunden…", "zwei Stunden gewartet", False),
        ("zwei", "zwei Stunden gewartet", False),
        ("…", "zwei", False),
    ],
)
def test_a_name_agrees_whole_or_cut(name: str, quote: str, is_it: bool) -> None:
    assert agrees(name, f"({quote})", 1, len(quote) + 1) is is_it


@pytest.mark.parametrize("name", ["", " ", "17", "3:10", "12-80", "x"])
def test_empty_names_and_numbers_say_nothing(name: str) -> None:
    assert usable(name) == ""


@pytest.mark.parametrize(
    "stem", ["nvivo_windows", "nvivo_mac", "atlasti_windows", "qualcoder_crlf", "standard", "brace_guids"]
)
def test_the_six_ways_to_write_one_text_give_the_expected_quotes(stem: str) -> None:
    expected = json.loads(sample("synthetic/expected.json"))[f"conv_{stem}"]
    found = read(sample(f"synthetic/conv_{stem}.qdpx"), f"conv_{stem}.qdpx")
    names = {code.id: code.name for code in found.versions[0].codes}
    users = {coder.id: coder.name for coder in found.coders}
    told = [(c.quote, names[c.code], users[c.coder or ""], c.start, c.end) for c in found.codings]
    assert told == [
        (one["quote"], code, one["user"], one["start_codepoint_lf"], one["end_codepoint_lf"])
        for one in expected["selections"]
        for code in one["codes"]
    ]
    assert found.lost == ()
