"""What qcode carries along for itself: all versions of the codebooks in a note, and entries as descriptions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.domain.codebook import Code, CodebookVersion
from qcode.interchange.refi_description import read_description, write_description
from qcode.interchange.refi_note import read_note, write_note
from tests.interchange.refi_parcels import deep, guid, parcel

WORDS = st.text(st.sampled_from("aбя中 ;:\\\n(,)#-😀"), min_size=1, max_size=12)
FREE = st.one_of(st.just(""), WORDS, st.sampled_from(["Key: x", "Brief: a\n  b", "Terms (en): a; b", "Example: "]))
LANGUAGES = st.lists(st.sampled_from(["en", "ru", "zh-Hant"]), unique=True, max_size=3)


@st.composite
def codes(draw: st.DrawFn, key: str = "KEY") -> Code:
    languages = draw(LANGUAGES)
    return Code(
        key,
        draw(st.sampled_from([key, "Имя", "a/b"])),
        names=tuple((language, draw(WORDS)) for language in languages),
        brief=draw(FREE),
        definition=draw(FREE),
        when=draw(FREE),
        when_not=draw(FREE),
        examples=tuple(draw(st.lists(FREE, max_size=3))),
        origin=draw(st.sampled_from(["", "theory"])),
        aliases=tuple(draw(st.lists(WORDS, max_size=3))),
        terms=tuple((language, tuple(draw(st.lists(WORDS, min_size=1, max_size=3)))) for language in languages),
        id=guid(key),
    )


@settings(max_examples=100, deadline=None)
@given(codes())
def test_a_description_gives_the_entry_again(code: Code) -> None:
    bare = Code(code.name if code.key == code.name else "?", code.name, id=code.id)
    assert read_description(bare, write_description(code)) == code


def test_a_definition_alone_stands_as_it_is() -> None:
    assert write_description(Code("a", "a", definition="time\nthat passes")) == "time\nthat passes"


def test_a_description_of_another_program_is_the_definition() -> None:
    said = "Key: none\nbut free words"
    assert read_description(Code("a", "a"), said).definition == said


def test_the_parts_of_an_entry_are_labelled_lines() -> None:
    code = Code("W", "Wait", definition="d", when="x\ny", terms=(("en", ("wait", "queue")),))
    assert write_description(code).split("\n") == [
        "Key: W",
        "Definition: d",
        "When to use: x",
        "  y",
        "Terms (en): wait; queue",
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("ABCDE"), unique=True, min_size=1), st.data())
def test_a_note_gives_the_versions_again(keys: list[str], data: st.DataObject) -> None:
    made = tuple(data.draw(codes(key)) for key in keys)
    tree = tuple(replace(c, parent=data.draw(st.sampled_from([None, *keys[:n]]))) for n, c in enumerate(made))
    first = CodebookVersion("книга", "1.0", tree, title=data.draw(FREE), note=data.draw(FREE))
    change = (("rename", "A"), ("to", "B"), ("why", data.draw(WORDS)))
    second = replace(first, version="1.1", changes=(change,), follows=("1.0",))
    versions = (first, second, replace(first, codebook="other"))
    assert read_note(write_note(versions)) == versions


def test_a_note_comes_back_from_a_program_that_writes_its_own_line_breaks() -> None:
    versions = parcel().versions
    assert read_note("\ufeff" + write_note(versions).replace("\n", "\r\n")) == versions


def test_a_deep_codebook_fits_a_note() -> None:
    assert read_note(write_note([deep(300)])) == (deep(300),)


@pytest.mark.parametrize(
    "change",
    [
        lambda note: "",
        lambda note: "a memo of somebody",
        lambda note: note[: len(note) // 2],
        lambda note: note.replace("codes:", "codes"),
        lambda note: note.replace(guid("LONG"), 'x"'),
        lambda note: note.replace("# identity", "# identify", 1),
    ],
)
def test_a_note_that_somebody_changed_is_no_note_of_ours(change: object) -> None:
    assert callable(change)
    assert read_note(change(write_note(parcel().versions))) is None
