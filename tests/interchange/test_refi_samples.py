"""The real projects beside the checkout: every coding of the file is in the parcel or in its ledger."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

import pytest

from qcode.domain.codebook import check
from qcode.domain.parcel import Parcel
from qcode.interchange.refi import read
from tests.interchange.refi_files import losses, sample

PROJECTS = (
    "atlasti_mac_8.4_annexA2.qdpx",
    "nvivo_mac_20.5_constructive_turn.qdpx",
    "qualcoder_4.0_pilot_crlf.qdpx",
    "qualcoder_4.0_pilot_lf.qdpx",
    "transana_3.22_annexA3_recovered.qdpx",
)


def elements(name: str) -> Counter[str]:
    """Return how often each element is opened, counted without an XML parser."""
    with zipfile.ZipFile(io.BytesIO(sample(name))) as archive:
        entry = next(each for each in archive.namelist() if each.lower().endswith(".qde"))
        text = archive.read(entry).decode("utf-8-sig")
    return Counter(re.findall(r"<([A-Za-z]+)[\s>/]", text))


def project(name: str) -> Parcel:
    return read(sample(name), name)


@pytest.mark.parametrize("name", PROJECTS)
def test_every_coding_came_in_or_is_in_the_ledger(name: str) -> None:
    found = project(name)
    lost = sum(n for what, n in losses(found).items() if what.startswith("codings"))
    assert len(found.codings) + lost == elements(name)["Coding"]


@pytest.mark.parametrize("name", PROJECTS)
def test_every_text_and_code_and_note_came_in_or_is_in_the_ledger(name: str) -> None:
    found, counted = project(name), elements(name)
    cases = sum(int(one.rpartition(": ")[2]) for one in found.remarks if one.startswith("cases that stood"))
    texts = counted["TextSource"] + counted["Transcript"] + (counted["Representation"] if "qualcoder" in name else 0)
    twice = sum(int(one.rpartition(": ")[2]) for one in found.remarks if "taken once" in one)
    lost = losses(found)
    assert len(found.versions[0].codes) + cases == counted["Code"]
    if "annexA2" not in name:  # there representations stand inside areas of pages too
        assert len(found.transcripts) + lost.get("transcripts", 0) + twice == texts
    notes = {one.text for one in found.memos if one.coder or one.created_at}
    assert len(notes) + lost.get("notes", 0) == counted["Note"]


@pytest.mark.parametrize("name", PROJECTS)
def test_identities_are_unique_and_quotes_stand_at_their_places(name: str) -> None:
    found = project(name)
    texts = {one.id: one.text for one in found.transcripts}
    ids = [one.id for one in (*found.coders, *found.transcripts, *found.codings, *found.cases)]
    ids += [code.id for code in found.versions[0].codes]
    assert len(set(ids)) == len(ids)
    assert all(texts[one.transcript][one.start : one.end] == one.quote and one.quote for one in found.codings)
    assert [each for each in check(found.versions[0]) if each.level == "error"] == []
    assert found == project(name)


def test_nvivo_for_mac_has_its_cases_apart() -> None:
    found = project("nvivo_mac_20.5_constructive_turn.qdpx")
    assert (len(found.codings), len(found.cases), len(found.transcripts)) == (777, 68, 60)
    assert losses(found)["codings to cases"] == 97
    assert found.positions is not None
    assert found.positions.rule == "utf16, CRLF two, BOM not counted"
    assert found.positions.score > 0.85
    assert sum(bool(one.transcripts) for one in found.cases) == 60
    assert [one.name for one in found.coders] == ["Monika Maciuliene", "monika.maciuliene", "Hannes.Cools"]
    assert all(one.coder and one.created_at for one in found.codings)


@pytest.mark.parametrize("name", ["qualcoder_4.0_pilot_crlf.qdpx", "qualcoder_4.0_pilot_lf.qdpx"])
def test_qualcoder_agrees_with_its_own_words(name: str) -> None:
    found = project(name)
    assert found.quotes_agree == len(found.codings) == 9
    assert not found.stable
    assert [(one.name, dict(one.attributes), len(one.transcripts)) for one in found.cases] == [
        ("Ana", {"age": "34"}, 0),
        ("Bernd", {}, 1),
        ("Interview_01.txt", {"city": "Århus"}, 1),
    ]
    assert any(one.text == "[14-25] ask again" and one.about == "transcript" for one in found.memos)
    assert [one.memo for one in found.codings].count("first pass") == 1
