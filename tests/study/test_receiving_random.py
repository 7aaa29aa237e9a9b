"""Whatever a parcel holds: once or twice, whole or in parts, in whatever order, the study is the same and whole."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.domain.parcel import Parcel, ParcelCase, ParcelCoding, ParcelMemo
from tests.study.parcels import AT, BOOK, content, empty_study, id_of, parcel, take, transcript

TEXTS = (
    "ИНТ: Как?\nАНА: Два часа 😀, и́ никто.",
    "I: 你等了多久?\nR: 两个小时。",
    "Ohne Sprecher, nur ein Absatz.\n\nNoch einer\tmit Tab. ",
)
KEYS = ("COLD", "HOME", "TRUST")


@st.composite
def marks(draw: st.DrawFn) -> ParcelCoding:
    """Draw a coding of any stretch of any text, with or without identity, coder, time and memo."""
    n = draw(st.integers(0, len(TEXTS) - 1))
    start = draw(st.integers(0, len(TEXTS[n]) - 1))
    end = draw(st.integers(start + 1, len(TEXTS[n])))
    key, coder = draw(st.sampled_from(KEYS)), draw(st.sampled_from(("ana", "ben", None)))
    place = f"{n} {start} {end} {key} {coder}"
    return ParcelCoding(
        id_of(place) if draw(st.booleans()) else "",
        id_of(f"transcript T{n}"),
        start,
        end,
        TEXTS[n][start:end],
        id_of(f"code {key}"),
        None if coder is None else id_of(f"coder {coder}"),
        AT,
        draw(st.sampled_from(("", "думать", "a\nb"))),
    )


@st.composite
def parcels(draw: st.DrawFn) -> Parcel:
    """Draw a project whose codings stand at places of their own."""
    codings = draw(st.lists(marks(), max_size=8, unique_by=lambda m: (m.transcript, m.start, m.end, m.code, m.coder)))
    texts = tuple(transcript(f"T{n}", text) for n, text in enumerate(TEXTS))
    about = [("study", ""), ("transcript", texts[0].id), ("code", BOOK.codes[1].id), ("case", id_of("case 0"))]
    about += [("coding", one.id) for one in codings if one.id]
    chosen = draw(st.lists(st.sampled_from(about), max_size=4, unique=True))
    memos = tuple(
        ParcelMemo(id_of(f"memo {n} {a} {t}"), a, t, f"мысль {n}", None, AT) for n, (a, t) in enumerate(chosen)
    )
    cases = tuple(
        ParcelCase(id_of(f"case {n}"), f"Case {n}", (("role", str(n)), ("town", "Ош")), (texts[n].id,))
        for n in range(2)
    )
    return parcel(codings, transcripts=texts, cases=cases, memos=memos, stable=draw(st.booleans()))


@given(parcels(), st.data())
@settings(max_examples=10, deadline=None)
def test_a_parcel_in_parts_is_the_whole_in_any_order(sent: Parcel, data: st.DataObject) -> None:
    side = data.draw(st.lists(st.booleans(), min_size=len(sent.codings), max_size=len(sent.codings)))
    first = [one for one, left in zip(sent.codings, side, strict=True) if left]
    rest = [one for one, left in zip(sent.codings, side, strict=True) if not left]
    there = {one.id for one in first}
    left = replace(
        sent,
        codings=tuple(first),
        memos=tuple(one for one in sent.memos if one.about != "coding" or one.target in there),
    )
    right = replace(
        sent, codings=tuple(rest), cases=sent.cases[:1], memos=tuple(m for m in sent.memos if m not in left.memos)
    )
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for n, order in enumerate(((sent,), (left, right), (right, left))):
            with empty_study(Path(folder) / str(n)) as study:
                take(study, *order)
                assert study.check() == []
                assert len(study.codings.list()) == len(sent.codings)
                again = take(study, sent)
                assert (again.changed, again.known, again.not_in_file) == (False, len(sent.codings), 0)
                found.append(content(study, ids=False))
        assert found[0] == found[1] == found[2]
