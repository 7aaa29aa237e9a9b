"""Real files, damaged in every way, end in a draft or in a sentence, never in another failure."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import Unreadable
from qcode.importers.registry import read
from qcode.importers.textgrid import groups
from tests.importers.grids import grid
from tests.importers.real_files import content
from tests.importers.word_files import p, table, word
from tests.importers.xml_talks import eaf, exb, tei, trs

VTT = "ethereum-pm/focil_2026-02-24_029_transcript.vtt"
SRT = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\nINT: слово {n}\n\n" for n in range(1, 40)).encode()
WORD = word(*(p(f"{'INT' if n % 2 else 'R1'}: words {n}") for n in range(30)), table(("a", "b"), ("c", "d")))
CUTS = st.tuples(
    st.sampled_from(["flip", "cut", "insert", "repeat"]), st.floats(0, 1), st.binary(min_size=1, max_size=8)
)


TIMED = {
    "a.cha": b"@UTF8\n@Begin\n@Participants:\tR1 Ana Child\n*R1:\tone \x151_2\x15\n\ttwo\n%mor:\tx\n*I:\tok .\n@End\n",
    "a.eaf": eaf({"A|Ana": ["0-1 one", "1-2 two"], "tr||A": ["^a1 eins"], "B": ["2-3 three"]}, slots="0 - 9 12"),
    "a.exb": exb({"S0": "INT", "S1": "R"}, [("S0", "t", ["0-1 wo", "1-2 rd"]), ("S1", "t", ["1-2 x"])]),
    "a.trs": trs('<Turn speaker="spk1 spk2" startTime="1">a<Sync time="2"/>b<Who nb="1"/><Event desc="x"/></Turn>'),
    "a.TextGrid": grid(("A", ["0-1 one", '1-2 "two"']), ("B", ["1-2 three"]), ("p", ["1 x"])),
    "a.xml": tei('<head>h</head><u who="#A" start="#T1"><w>a</w><pause/>b</u>', '<person xml:id="A"/>'),
}


def damaged(data: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    for how, place, more in changes:
        at = int(place * len(data))
        if how == "flip":
            data = data[:at] + more + data[at + len(more) :]
        elif how == "cut":
            data = data[: max(at, 1)]
        elif how == "insert":
            data = data[:at] + more + data[at:]
        else:
            data = data[:at] + data[at // 2 : at] + data[at:]
    return data


def ends_well(data: bytes, name: str) -> None:
    try:
        found = read(data, name)
    except Unreadable as refused:
        assert refused.what
        assert "could not be read as" not in refused.what
    else:
        assert all(0 <= turn.start < turn.end <= len(found.text) for turn in found.turns)


@settings(max_examples=150, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_damaged_word_files(changes: list[tuple[str, float, bytes]]) -> None:
    ends_well(damaged(WORD, changes), "a.docx")


@settings(max_examples=150, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_word_files_with_damaged_xml(changes: list[tuple[str, float, bytes]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            body = old.read(part)
            new.writestr(part, damaged(body, changes) if part == "word/document.xml" else body)
    ends_well(out.getvalue(), "a.docx")


@settings(max_examples=150, deadline=None)
@given(st.lists(CUTS, min_size=1, max_size=4), st.sampled_from(["utf-8", "cp1251", "utf-16"]))
def test_damaged_subtitles_and_texts(changes: list[tuple[str, float, bytes]], encoding: str) -> None:
    data = damaged(SRT.decode().encode(encoding), changes)
    for name in ("a.srt", "a.vtt", "a.txt"):
        ends_well(data, name)


@pytest.mark.parametrize("name", list(TIMED))
def test_damaged_timed_talk(name: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.lists(CUTS, min_size=1, max_size=4), st.sampled_from(["utf-8", "utf-16"]))
    def damage(changes: list[tuple[str, float, bytes]], encoding: str) -> None:
        data = damaged(TIMED[name].decode().encode(encoding), changes)
        ends_well(data, name)
        assert sum(len(group) for group in groups([("x_a.TextGrid", data), ("x_b.TextGrid", data)])) == 2

    damage()


@pytest.mark.parametrize(
    "path",
    [
        VTT,
        "mismatches/jackie-1-full.md",
        "haski/NodeGrade_paper_ECSEE_qualitative_data_interview1_german.docx",
        "talkbank-chatter/rus-conversation.cha",
        "corpus-services/HardTalk.exb",
        "primock57/day3_consultation06_doctor.TextGrid",
    ],
)
def test_damaged_real_files(path: str) -> None:
    data = content(path)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(CUTS, min_size=1, max_size=4))
    def damage(changes: list[tuple[str, float, bytes]]) -> None:
        ends_well(damaged(data, changes), path)

    damage()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.docx", "a.txt", "a.md", "a.vtt", "a.srt", "a.pdf", "a", *TIMED]))
def test_any_bytes(data: bytes, name: str) -> None:
    ends_well(data, name)
