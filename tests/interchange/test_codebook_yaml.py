"""Codebooks read from YAML: texts stay as written, and what cannot be read is refused with a sentence."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from qcode.domain.codebook import Code, check
from qcode.errors import BadCodebook
from qcode.interchange.codebook_yaml import read, read_with_lines, write
from qcode.interchange.yaml_nodes import MAX_BYTES

HEAD = 'codebook: demo\nversion: "1.0"\ncodes:\n'


pytestmark = pytest.mark.usefixtures("parser")


def refused(data: bytes | str) -> str:
    with pytest.raises(BadCodebook) as told:
        read(data, "codebook.yaml")
    assert told.value.sentence.startswith("codebook.yaml")
    return told.value.sentence


def one(fields: str) -> Code:
    """Read a codebook with one code, given by its fields, a line each."""
    return read(HEAD + "  - code: A\n" + "".join(f"    {line}\n" for line in fields.splitlines()), "x").codes[0]


def tree(levels: int) -> str:
    return HEAD + "".join(
        f"{'    ' * n}  - code: C{n}\n" + (f"{'    ' * n}    codes:\n" if n < levels - 1 else "") for n in range(levels)
    )


FULL = """codebook: drug-treatment-ca
version: "1.1"
title: Drug treatment
language: en
note: why this version was made
codes:
  - code: FUND
    name: Money
    codable: false
    codes:
      - code: FUND-HAND
        name: Planned transition
        names: {ru: Передача, "no": Overgang}
        brief: Handed over
        definition: Handed over as planned
        when: A plan is told
        when_not: A sudden stop is FUND-STOP
        examples:
          - "They told us a year before."
        color: "#7a3b69"
        origin: data
        aliases: [Handover]
        terms: {en: [transition, hand over], ru: [переход]}
      - code: FUND-STOP
        name: Stop
  - code: HR-OAT
changes:
  - split: FUND-EXIT
    into: [FUND-HAND, FUND-STOP]
    why: two kinds of exit
  - rename: HR-OST
    to: HR-OAT
"""


def test_every_field_of_the_contract_is_read() -> None:
    version = read(FULL, "x")
    assert (version.codebook, version.version, version.title, version.language) == (
        *("drug-treatment-ca", "1.1", "Drug treatment", "en"),
    )
    assert [(code.key, code.parent, code.codable) for code in version.codes] == [
        *[("FUND", None, False), ("FUND-HAND", "FUND", True), ("FUND-STOP", "FUND", True), ("HR-OAT", None, True)]
    ]
    assert version.codes[1] == Code(
        key="FUND-HAND",
        name="Planned transition",
        parent="FUND",
        names=(("ru", "Передача"), ("no", "Overgang")),
        brief="Handed over",
        definition="Handed over as planned",
        when="A plan is told",
        when_not="A sudden stop is FUND-STOP",
        examples=("They told us a year before.",),
        color="#7a3b69",
        origin="data",
        aliases=("Handover",),
        terms=(("en", ("transition", "hand over")), ("ru", ("переход",))),
    )


def test_declared_changes_are_sorted_pairs() -> None:
    assert read(FULL, "x").changes == (
        (("into", ("FUND-HAND", "FUND-STOP")), ("split", "FUND-EXIT"), ("why", "two kinds of exit")),
        (("rename", "HR-OST"), ("to", "HR-OAT")),
    )


def test_a_canonical_file_is_written_as_it_was() -> None:
    assert write(read(FULL, "x")) == FULL
    assert write(read(FULL.encode(), "x")) == FULL
    assert write(read(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode(), "x")) == FULL


def test_the_line_of_each_code_is_known() -> None:
    assert read_with_lines(FULL, "x")[1] == {"FUND": 7, "FUND-HAND": 11, "FUND-STOP": 24, "HR-OAT": 26}


@pytest.mark.parametrize(
    "text", ["1.0", "1.10", "1e3", "2025-01-01", "0x10", "1_000", "12:30", "no", "NO", "on", "NULL"]
)
def test_texts_stay_as_written_and_are_never_numbers_dates_or_truths(text: str) -> None:
    version = read(f"codebook: {text}\nversion: {text}\ncodes:\n  - code: {text}\n    name: {text}\n", "x")
    assert (version.codebook, version.version, version.codes[0].key, version.codes[0].name) == (text,) * 4
    assert one(f"names: {{{text}: {text}}}").names == ((text, text),)
    assert read(write(version), "x") == version


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("yes", True), ("False", False), ("no", False)])
def test_codable_takes_the_usual_words(said: str, meant: bool) -> None:
    assert one(f"codable: {said}").codable is meant


def test_an_empty_field_is_a_field_left_out() -> None:
    assert one("name:\nbrief: ~\ndefinition: null\nexamples:\nterms:\ncodable:\ncodes:") == Code(key="A", name="")


def test_texts_over_several_lines_keep_their_breaks() -> None:
    assert one("definition: |\n  One.\n\n  Two.").definition == "One.\n\nTwo.\n"
    assert one("definition: >-\n  One\n  two.").definition == "One two."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("colour: red", "codebook.yaml, line 5: a code has no field 'colour'; write color"),
        ("definitoin: x", "line 5: a code has no field 'definitoin'; write definition"),
        ("parent: B", "line 5: a code has no field 'parent'; put the code into the list codes: of its parent"),
        ("qqq: x", "line 5: a code has no field 'qqq'; known are code, name, codable, names, brief"),
        ("codable: maybe", "line 5: codable is 'maybe'; write codable: true or codable: false"),
        ("codable: [x]", "line 5: codable is a list; write codable: true"),
        ("name: [x]", "line 5: name is a list, not a text"),
        ("name: {en: x}", "line 5: name is a group of fields, not a text"),
        ("examples: x", "line 5: examples is a text, not a list"),
        ("examples: [[x]]", "line 5: an entry of examples is a list, not a text"),
        ("examples:\n- x\n-", "line 7: an entry of examples is empty"),
        ("names: [x]", "line 5: names is a list, where each language has its own"),
        ("names: {ru: [x]}", "line 5: ru is a list, not a text"),
        ("terms: {ru: x}", "line 5: ru is a text, not a list"),
        ("color: #7a3b69", 'line 5: the color is empty (# begins a comment); put it in quotes: color: "#7a3b69"'),
        ("codes: {B: x}", "line 5: codes is a group of fields, not a list; begin each code with - code: KEY"),
        ("codes: [B]", "line 5: a code that is a text; write - code: KEY"),
        ("codes:\n- name: x", "line 6: a code without its key; add code: KEY"),
        ("name: x\nname: y", "line 6: the field 'name' stands here twice, first in line 5; delete one"),
        ("name: a: b", "line 5: a colon inside a text; put the text in quotes"),
        ("name: @a", "line 5: a text that begins with a sign which YAML reserves; put the text in quotes"),
        ("name: *important*", "line 5: "),
        ("aliases: [a, b\nname: x", "is never closed"),
        ("\tname: x", "line 5: indented with a tab; use blanks, two for each level"),
        ("codes:\n\t- code: B", "line 6: indented with a tab"),
        ("  name: x", "line 5: "),
    ],
)
def test_what_is_wrong_in_a_code_is_told_with_its_line(said: str, told: str) -> None:
    lines = "".join(f"    {line}\n" for line in said.split("\n"))
    assert told in refused(HEAD + "  - code: A\n" + lines)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"# nothing\n", "the file is empty"),
        (b"- a\n- b\n", "line 1: a list, not a codebook"),
        (b"Dear colleagues,\nhello", "line 1: a text, not a codebook"),
        (b"%PDF-1.7\n\x00", "line 2: a character that YAML cannot hold (U+0000)"),
        ("codebook: a\nversion: ю".encode("cp1251"), "line 2: not UTF-8; save the file as UTF-8"),
        ("codebook: a".encode("utf-16"), "UTF-16; save it as UTF-8"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        ("codebook: \ud800", "line 1: a character that YAML cannot hold (U+D800)"),
        (b"title: x\n", "the codebook lacks version"),
        (b"codebook: a\nversion:\ncodes: []\n", "line 2: the codebook lacks version"),
        (b"codebook: a\nversion: 1\ncodes: x\n", "line 3: codes is a text, not a list"),
        (b"name: a\n", "a codebook has no field 'name'; write title"),
        (b"codebook: a\n---\ncodebook: b\n", "line 2: a second document begins (---)"),
        (b"? [a]\n: b\n", "line 1: a list or fields where a field's name should stand"),
        (b"codebook: !!python/object/apply:os.system [ls]\n", "line 1: a tag (!!python/object/apply:os.system)"),
        (b"codebook: !!str a\n", "line 1: a tag (!!str)"),
        (b"codebook: !e!x a\n", "line 1: "),
        (b"&a [*a]\n", "line 1: an anchor (&a)"),
        (b"codebook: *a\n", "line 1: a reference (*a)"),
        (b'codebook: "\\ud800"\n', "line 1: "),
        (b'codebook: "a\nversion: 1\n', "never closed"),
        (b"%YAML 3.0\n---\na: b\n", "line 1: "),
        (b"<<: {codebook: a}\n", "a codebook has no field '<<'"),
    ],
)
def test_what_is_no_codebook_is_refused_with_a_sentence(data: bytes | str, told: str) -> None:
    assert told in refused(data)


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    said = refused("codebook: a\nversion: 1\nversion: 2\ncodes:\n  - name: x\n    codable: maybe\n  - B\n").splitlines()
    assert [line.split(":")[0] for line in said] == [f"codebook.yaml, line {n}" for n in (3, 5, 6, 7)]


def test_of_very_many_troubles_the_first_twenty_are_told() -> None:
    said = refused(HEAD + "  - x\n" * 5000).splitlines()
    assert len(said) == 21
    assert said[-1] == "codebook.yaml: and 4980 more like these"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("- explode: A", "line 6: an unknown change 'explode'; known are split, merge"),
        ("- move: A", "line 6: the change move needs no declaration; delete this entry"),
        ("- split: A", "line 6: the change split lacks into"),
        ("- split: A\n    into: []", "line 6: the change split lacks into"),
        ("- merge: A\n    into: B", "line 6: merge is a text, not a list"),
        ("- redefine: A\n    effect: wide", "line 7: there is no effect 'wide'; write clarify, widen or narrow"),
        ("- retire: A\n    revive: A", "line 6: one change that is retire and revive"),
        ("- retire: A\n    hwy: x", "line 7: the change retire has no field 'hwy'; known are retire, why"),
        ("- A", "line 6: a change that is a text"),
    ],
)
def test_what_is_wrong_in_a_change_is_told_with_its_line(said: str, told: str) -> None:
    assert told in refused(f"{HEAD}  - code: A\nchanges:\n  {said}\n")


def test_a_deep_tree_is_read_and_a_deeper_one_refused() -> None:
    version = read(tree(300), "x")
    assert len(version.codes) == 300
    assert check(version)
    assert write(version) == tree(300)
    assert "nested too deeply" in refused(tree(700))
    assert "nested too deeply" in refused(HEAD + "  - " + "[" * 2000)


def test_bombs_are_refused_quickly_and_in_little_memory() -> None:
    aliases = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30))
    tracemalloc.start()
    begun = time.process_time()
    assert "an anchor (&a0)" in refused(aliases)
    assert time.process_time() - begun < 1
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_refusal_stays_short_whatever_it_names() -> None:
    assert len(refused("codebook: &" + "a" * 4_000 + " x\n")) < 400
    assert len(refused('"' + "b" * 900 + '": x\n"' + "b" * 900 + '": y\n')) < 1200


def test_a_file_of_endless_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcode.interchange.yaml_nodes.MAX_NODES", 1000)
    assert "more than 1,000 entries" in refused(HEAD + "  - [" + "a," * 2000 + "]\n")
