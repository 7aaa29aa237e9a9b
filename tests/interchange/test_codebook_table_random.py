"""Random codebooks survive a table; random tables and damage never end in anything but a sentence."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qcode.domain.codebook import ORIGINS, Code, CodebookVersion, check, key_problem
from qcode.errors import BadCodebook
from qcode.interchange.codebook_table import read, write
from tests.interchange.table_files import taken
from tests.interchange.test_codebook_yaml_random import ODD, SIGNS, TEXTS

TRICKS = [
    *ODD,
    "=",
    "'",
    "+",
    "@",
    "|",
    " | ",
    "\r",
    "\r\n",
    "\x00",
    "\x1f",
    "_x0041_",
    "_x005F_",
    "x005F_",
    "_",
    "x0041",
]
TRICKY = st.one_of(TEXTS, st.lists(st.sampled_from([*TRICKS, "x", "word"]), max_size=8).map("".join))
FILLED = TRICKY.filter(bool)
LISTS = st.lists(FILLED, max_size=4).map(tuple)
KEYS = st.one_of(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=","), min_size=1, max_size=12
    ),
    st.sampled_from(["-1", "=A1", "'@x", "1.0", "TRUE", "Доверие", "a | b", "_x0041_", "yes", "a/b", "007"]),
).filter(lambda key: key_problem(key) is None)
LANGUAGES = st.sampled_from(["en", "ru", "x0041_", "zh-Hans", "кыргызча", "=x"])


@st.composite
def versions(draw: st.DrawFn) -> CodebookVersion:
    """Draw a codebook that breaks no rule, in reading order."""
    made, path = list[Code](), list[str]()
    for key in draw(st.lists(KEYS, unique_by=str.casefold, min_size=1, max_size=4)):
        path = path[: draw(st.integers(0, len(path)))]
        made.append(
            Code(
                key=key,
                name=draw(FILLED),
                parent=path[-1] if path else None,
                codable=draw(st.booleans()),
                examples=draw(LISTS),
                aliases=draw(LISTS),
                color=draw(st.sampled_from(["", "#7a3b69", "#FFFFFF", "#123456"])),
                origin=draw(st.sampled_from(["", *ORIGINS])),
                brief=draw(TRICKY),
                definition=draw(TRICKY),
                when=draw(TRICKY),
                when_not=draw(TRICKY),
            )
        )
        path.append(key)
    version = CodebookVersion("book", "1", tuple(made))
    assume(not [problem for problem in check(version) if problem.level == "error"])
    return version


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(max_examples=150, deadline=None)
@given(version=versions())
def test_every_version_comes_back_equal_and_is_written_alike(ending: str, version: CodebookVersion) -> None:
    written = write(version, ending)
    again, remarks = read(written, "x", codebook="book", version="1")
    assert again == version
    assert remarks == ()
    assert write(again, ending) == written


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(max_examples=100, deadline=None)
@given(names=st.dictionaries(LANGUAGES, FILLED, max_size=4), terms=st.dictionaries(LANGUAGES, LISTS.filter(bool)))
def test_names_and_terms_of_any_language_come_back(
    ending: str, names: dict[str, str], terms: dict[str, tuple[str, ...]]
) -> None:
    version = CodebookVersion("book", "1", (Code("A", "a", names=(*names.items(),), terms=(*terms.items(),)),))
    assert taken(write(version, ending)) == version


HEADS = ["code", "parent", "name", "tag", "codes", "title", "id", "parent id", "comment", "code group 1", "Obercode"]
CELLS = st.one_of(st.sampled_from(["A", "B", "a", "A.B", "A>B", "A\\B", "A>>B", "1", "2", "", ",", "/"]), TEXTS)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(HEADS), max_size=4),
    st.lists(st.lists(CELLS, max_size=4), max_size=6),
    st.sampled_from([",", ";", "\t", '","']),
)
def test_any_table_is_read_as_a_sound_codebook_or_refused_with_a_sentence(
    head: list[str], rows: list[list[str]], delimiter: str
) -> None:
    data = "\n".join(delimiter.join(row) for row in [head, *rows])
    try:
        version = taken(data, "x")
    except BadCodebook as told:
        assert told.sentence.startswith("x")
    else:
        assert not [problem for problem in check(version) if problem.level == "error"]
        assert taken(write(version, ".csv")) == version


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_with_a_sentence(ending: str, data: st.DataObject) -> None:
    version = CodebookVersion("book", "1", (Code("A", "a", examples=("x", "y")), Code("B", "b", parent="A")))
    written = write(version, ending)
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, min(start + 20, len(written))))
    damaged = written[:start] + data.draw(st.binary(max_size=8)) + written[end:]
    with contextlib.suppress(BadCodebook):
        check(taken(damaged, "x"))
    text = st.text(SIGNS, max_size=20)
    with contextlib.suppress(BadCodebook):
        taken(data.draw(text), "x")
