"""What goes out as REFI-QDA comes in again: the same things at the same places, or counted as lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coder
from qcode.domain.parcel import Parcel, ParcelCase, ParcelCoding, ParcelMemo, ParcelTranscript
from qcode.interchange import refi
from qcode.interchange.refi_tools import TOOLS, tool_named
from qcode.interchange.refi_write import write, write_codebook
from tests.interchange.refi_parcels import AT, deep, entries, guid, parcel

SIGNS = st.sampled_from([*"aбя中 .\n\t&<\"'", "😀", "e\u0301", "\u05d0", "\u2028", "\x0b", "\u200d", "\ufeff"])
TEXTS = st.lists(SIGNS, min_size=1, max_size=40).map("".join).filter(lambda text: not text.startswith("\ufeff"))
NAMES = st.text(st.sampled_from("abя中 &<\"'😀."), min_size=1, max_size=8).map(str.strip).filter(bool)
WORDS = st.text(st.sampled_from("aб \n&<]>\"'😀"), min_size=1, max_size=20).map(str.strip).filter(bool)


@st.composite
def parcels(draw: st.DrawFn) -> Parcel:
    keys = draw(st.lists(NAMES, unique_by=str.casefold, min_size=1, max_size=5))
    codes = tuple(
        Code(
            key,
            draw(NAMES),
            parent=draw(st.sampled_from([None, *keys[:n]])),
            codable=draw(st.booleans()),
            definition=draw(st.one_of(st.just(""), WORDS)),
            id=guid(f"code {key}"),
        )
        for n, key in enumerate(keys)
    )
    texts = draw(st.lists(TEXTS, min_size=1, max_size=3))
    names = draw(st.lists(NAMES, unique_by=str.casefold, min_size=len(texts), max_size=len(texts)))
    transcripts = tuple(ParcelTranscript(guid(f"t{n}"), names[n], text, None, AT) for n, text in enumerate(texts))
    coders = tuple(Coder(guid(name), name) for name in draw(st.sets(st.sampled_from(["ana", "Бен"]), min_size=1)))
    codings, seen = [], set()
    for n in range(draw(st.integers(0, 8))):
        one = draw(st.sampled_from(transcripts))
        start = draw(st.integers(0, len(one.text) - 1))
        end = draw(st.integers(start + 1, len(one.text)))
        code, coder = draw(st.sampled_from(codes)).id, draw(st.sampled_from(coders)).id
        if (place := (one.id, start, end, code, coder)) not in seen:
            seen.add(place)
            codings.append(ParcelCoding(guid(f"k{n}"), *place[:3], one.text[start:end], code, coder, AT))
    cases = tuple(
        ParcelCase(guid(f"case{n}"), f"case {n}", (("role", draw(WORDS)), ("land", draw(NAMES))), (one.id,))
        for n, one in enumerate(transcripts[: draw(st.integers(0, 3))])
    )
    things = {"study": [""], "transcript": [one.id for one in transcripts], "code": [one.id for one in codes]}
    things |= {"case": [one.id for one in cases], "coding": [one.id for one in codings]}
    targets = [(about, target) for about, ids in things.items() for target in ids]
    chosen = draw(st.lists(st.sampled_from(targets), max_size=4))
    memos = tuple(
        ParcelMemo(guid(f"m{n}"), about, target, draw(WORDS), coders[0].id, AT)
        for n, (about, target) in enumerate(chosen)
    )
    used = {one.coder for one in codings} | {one.coder for one in memos}
    return Parcel(
        name=draw(NAMES),
        origin="qcode",
        id=guid("study"),
        coders=tuple(one for one in coders if one.id in used),
        versions=(CodebookVersion("книга", "1.0", codes, title=draw(NAMES)),),
        transcripts=transcripts,
        codings=tuple(codings),
        cases=cases,
        memos=memos,
    )


def things(one: Parcel) -> dict[str, object]:
    """Return all that is in a parcel, apart from the order of what has none."""
    return {
        "id": one.id,
        "coders": {coder.id: coder for coder in one.coders},
        "versions": one.versions,
        "transcripts": one.transcripts,
        "codings": {coding.id: coding for coding in one.codings},
        "cases": {case.id: case for case in one.cases},
        "memos": {memo.id: memo for memo in one.memos},
    }


@pytest.mark.parametrize("tool", [None, *TOOLS])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=parcels())
def test_what_goes_out_comes_in_again(one: Parcel, tool: str | None) -> None:
    data, lost = write(one, tool=tool)
    back = refi.read(data, "x.qdpx", rule=tool_named(tool).rule)
    for kind, sent in things(one).items():
        assert things(back)[kind] == sent, kind
    assert {loss.what for loss in lost} <= {
        "names of codes that repeat",
        "sure places of codings behind signs beyond U+FFFF, such as emoji",
    }


@pytest.mark.parametrize("tool", [None, *TOOLS])
def test_what_comes_in_goes_out_the_same(tool: str | None) -> None:
    data, _ = write(parcel(), tool=tool)
    back = refi.read(data, "x.qdpx")
    again, _ = write(replace(back, transcripts=parcel().transcripts), tool=tool)
    assert entries(again) == entries(data)


def test_the_places_are_found_without_being_told_the_program() -> None:
    for tool in (None, *TOOLS):
        back = refi.read(write(parcel(), tool=tool)[0], "x.qdpx")
        assert {one.id: one.quote for one in back.codings} == {one.id: one.quote for one in parcel().codings}


def test_a_deep_tree_of_codes_comes_in_again() -> None:
    one = replace(parcel(), versions=(deep(300),), codings=(), memos=(), coders=())
    assert refi.read(write(one)[0], "x.qdpx").versions == one.versions


def test_several_codebooks_come_in_again() -> None:
    other = CodebookVersion("other", "2", (Code("x", "x", id=guid("x")),))
    one = replace(parcel(), versions=(*parcel().versions, other))
    assert refi.read(write(one)[0], "x.qdpx").versions == one.versions


def test_a_codebook_comes_in_again_with_identities_and_entries() -> None:
    for version in (parcel().versions[0], deep(300)):
        assert refi.read_codebook(write_codebook(version)[0], "x.qdc").codes == version.codes
