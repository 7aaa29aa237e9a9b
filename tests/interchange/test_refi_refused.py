"""What is no REFI-QDA project, or would do harm, is refused with one sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from qcode.errors import Unreadable
from qcode.interchange.refi import read, read_codebook
from qcode.interchange.refi_archive import open_archive
from tests.interchange.refi_files import CODES, SPACE, packed, project, source, sources, xml

ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def refusal(data: bytes, name: str = "pilot.qdpx") -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    assert "\n" not in caught.value.sentence
    return caught.value.sentence


def test_a_web_page_is_no_project() -> None:
    assert refusal(b"<!doctype html><html>") == (
        "the file is called .qdpx and is a web page; export the project again as .qdpx"
    )


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"Guten Tag", b"<Project/>"])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert refusal(data).startswith("the file is called .qdpx and is ")


def test_an_archive_that_is_cut_off_is_refused() -> None:
    assert "damaged or cut off" in refusal(project(CODES)[:-60])


def test_an_archive_without_a_project_is_refused() -> None:
    assert "holds no project" in refusal(packed({"sources/a.txt": "a", "deep/project.qde": "x"}))


def test_an_archive_with_two_projects_is_refused() -> None:
    assert "holds 2 projects" in refusal(packed({"project.qde": xml(""), "Other.QDE": xml("")}))


@pytest.mark.parametrize("name", ["../evil.txt", "sources/../../evil.txt", "/etc/evil", "C:\\evil.txt"])
def test_an_entry_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    assert "leads out of it" in refusal(packed({"project.qde": xml(CODES), name: "x"}))


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(coding: str) -> None:
    text = ENTITIES.replace("1.0", f'1.0" encoding="{coding}') + f'<Project xmlns="{SPACE}" name="&b;"/>'
    assert "declares XML entities" in refusal(packed({"project.qde": text.encode(coding)}))


def test_an_encoding_that_could_hide_entities_is_refused() -> None:
    text = '<?xml version="1.0" encoding="utf-7"?>+ADw-+ACE-DOCTYPE x+AD4-'
    assert "encoding that REFI-QDA does not have" in refusal(packed({"project.qde": text}))


def test_broken_xml_is_refused_without_its_words() -> None:
    told = refusal(packed({"project.qde": xml("<Users><Geheim></Users>")}))
    assert "its XML is broken" in told
    assert "Geheim" not in told


def test_bytes_that_are_not_utf8_are_refused() -> None:
    assert "not in the encoding" in refusal(packed({"project.qde": xml("").encode()[:-3] + b"\xff\xfe>"}))


def test_another_kind_of_xml_is_refused() -> None:
    assert "something called html" in refusal(packed({"project.qde": "<html/>"}))


def test_a_project_that_unpacks_to_far_more_is_refused() -> None:
    assert "unpacks to far more" in refusal(packed({"project.qde": xml(" " * 9_000_000)}))


def test_a_source_that_unpacks_to_far_more_is_lost_and_others_come_in() -> None:
    inside = CODES + sources(source(path="internal://bomb.txt", name="Bomb"), source(id="x", name="Rest"))
    found = read(project(inside, {"sources/bomb.txt": " " * 9_000_000}), "p.qdpx")
    assert [one.name for one in found.transcripts] == ["Rest"]
    assert [(loss.what, loss.where) for loss in found.lost] == [("transcripts", "Bomb")]


def test_a_way_to_pack_that_can_unpack_without_bounds_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("project.qde", xml(""))
    assert "packed in a way" in refusal(out.getvalue())


def test_codes_below_five_hundred_others_are_refused_and_three_hundred_are_read() -> None:
    def nested(depth: int) -> str:
        opening = "".join(f'<Code guid="" name="Ebene {n}" isCodable="true">' for n in range(depth))
        return f"<CodeBook><Codes>{opening}{'</Code>' * depth}</Codes></CodeBook>"

    found = read(project(nested(300)), "p.qdpx")
    assert [depth for depth, _ in found.versions[0].walk()] == list(range(300))
    assert "stands below 500 others" in refusal(project(nested(501)))
    assert "XML is broken" in refusal(project(nested(3000))) or "below 500" in refusal(project(nested(3000)))


def test_a_locked_archive_is_refused() -> None:
    data = bytearray(packed({"project.qde": xml(CODES)}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in refusal(bytes(data))


def test_stray_entries_and_folders_are_ignored() -> None:
    data = packed(
        {
            "project.qde": xml(CODES),
            "sources/": "",
            "sources/.root": "",
            "__MACOSX/._project.qde": "x",
            "._project.qde": "x",
        }
    )
    assert open_archive(data).project == "project.qde"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "its XML is broken"),
        (b"tag,description\n", "its XML is broken"),
        (packed({"project.qde": "x"}), "is an archive"),
        (ENTITIES.encode() + b"<CodeBook/>", "declares XML entities"),
        (b"\n<!DOCTYPE html><html></html>", "is a web page"),
        (b"<Project/>", "no CodeBook"),
        (b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>', "holds no codes"),
    ],
)
def test_what_is_no_codebook_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_codebook(data, "codes.qdc")
