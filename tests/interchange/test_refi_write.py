"""REFI-QDA going out: valid by the schemas, the same bytes each time, nothing in it that is nobody's business."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coder
from qcode.domain.parcel import Parcel, ParcelCoding, ParcelMemo, ParcelTranscript
from qcode.domain.transcript import TimeMark
from qcode.errors import BadCodebook, BadValue
from qcode.interchange.refi_note import NOTE_NAME, read_note
from qcode.interchange.refi_tools import TOOLS
from qcode.interchange.refi_write import write, write_codebook
from tests.interchange.refi_parcels import AT, TEXT, deep, entries, found, guid, parcel, parsed, project, valid

BARE = Parcel("", "qcode")
ONE_CODE = CodebookVersion("book", "1", (Code("a", "a", id=guid("a")),))
SMALL = {
    "an empty study": BARE,
    "one code without sources": replace(BARE, versions=(ONE_CODE,)),
    "a memo alone": replace(BARE, memos=(ParcelMemo("", "study", "", "a thought"),)),
    "no users": replace(parcel(), coders=()),
    "a text without codings": replace(BARE, transcripts=(ParcelTranscript(guid("t"), "t", ""),)),
    "everything": parcel(),
    "300 levels": replace(BARE, versions=(deep(300),)),
    "several versions": replace(parcel(), versions=(replace(parcel().versions[0], version="0"), *parcel().versions)),
    "several codebooks": replace(parcel(), versions=(*parcel().versions, replace(ONE_CODE, codebook="other"))),
    "control characters": replace(BARE, name="a\x00b\x1fc\ufffe", memos=(ParcelMemo("", "study", "", "a\x0bb"),)),
    "odd identities and dates": replace(
        BARE,
        coders=(Coder("1", "x"),),
        versions=(CodebookVersion("b", "1", (Code("a", "a", color="red", id="7"),)),),
        transcripts=(ParcelTranscript("2", "t", "words", created_at="yesterday"),),
        codings=(ParcelCoding("", "2", 0, 5, "words", "7", "1", "2026-13-45T00:00:00Z"),) * 2,
    ),
}


@pytest.mark.parametrize("tool", [None, *TOOLS])
@pytest.mark.parametrize("one", SMALL.values(), ids=SMALL.keys())
def test_a_project_keeps_the_schema(one: Parcel, tool: str | None) -> None:
    data, _ = write(one, tool=tool)
    assert valid(project(data)) == ""
    assert len({e.get("guid") for e in found(project(data), "Coding")}) == len(one.codings)


@pytest.mark.parametrize("version", [ONE_CODE, deep(300), parcel().versions[0]], ids=["one", "deep", "tree"])
def test_a_codebook_keeps_its_schema(version: CodebookVersion) -> None:
    data, _ = write_codebook(version)
    root = parsed(data)
    assert valid(root, "Codebook.xsd") == ""
    assert [e.get("guid") for e in found(root, "Code")] == [code.id for code in version.codes]


def test_a_codebook_without_codes_is_refused() -> None:
    with pytest.raises(BadCodebook, match="no codes"):
        write_codebook(CodebookVersion("b", "1", ()))


def test_a_codebook_tells_what_it_leaves_out() -> None:
    _, lost = write_codebook(parcel().versions[0])
    assert [(one.what, one.n) for one in lost] == [("facts about the codebook", 3)]


@pytest.mark.parametrize("tool", [None, *TOOLS])
def test_the_same_parcel_gives_the_same_bytes(tool: str | None) -> None:
    assert write(parcel(), tool=tool) == write(parcel(), tool=tool)


def test_the_newest_time_in_the_study_is_that_of_the_project() -> None:
    later = replace(parcel().memos[0], created_at="2027-01-01T00:00:00Z")
    root = project(write(replace(parcel(), memos=(*parcel().memos[1:], later)))[0])
    assert (root.get("creationDateTime"), root.get("modifiedDateTime")) == (AT, "2027-01-01T00:00:00Z")


def test_each_coding_stands_on_a_selection_of_its_own_with_its_coder() -> None:
    selections = found(project(write(parcel())[0]), "PlainTextSelection")
    places = [(int(e.get("startPosition", "")), int(e.get("endPosition", ""))) for e in selections]
    assert [TEXT[a:b] for a, b in places] == ["Zwei Stunden 😀😀", "Zwei Stunden 😀😀", "中文"]
    assert {e.get("creatingUser") for e in selections} == {guid("ana"), guid("ben")}
    assert {e.get("name") for e in selections} == {""}


def test_a_text_goes_out_as_it_is() -> None:
    files = entries(write(parcel())[0])
    assert files[f"sources/{guid('P1')}.txt"] == TEXT.encode()
    assert next(iter(files)) == "project.qde"


def test_nvivo_gets_its_own_line_breaks_mark_and_units() -> None:
    data, _ = write(parcel(), tool="nvivo")
    text = entries(data)[f"sources/{guid('P1')}.txt"].decode("utf-8")
    assert text == "\ufeff" + TEXT.replace("\n", "\r\n")
    units = text.removeprefix("\ufeff").encode("utf-16-le")
    selections = found(project(data), "PlainTextSelection")
    cut = [units[2 * int(e.get("startPosition", "")) : 2 * int(e.get("endPosition", ""))] for e in selections]
    assert [piece.decode("utf-16-le") for piece in cut] == [one.quote for one in parcel().codings]


def test_maxqda_gets_line_breaks_of_two_signs_that_count_one() -> None:
    data, lost = write(parcel(), tool="MAXQDA")
    assert b"\r\n" in entries(data)[f"sources/{guid('P1').upper()}.txt"]
    starts = [int(e.get("startPosition", "")) for e in found(project(data), "PlainTextSelection")]
    assert starts == [one.start for one in parcel().codings]
    assert [one.n for one in lost if "emoji" in one.what] == [3]


def test_identities_stand_in_capitals_where_the_program_writes_them_so() -> None:
    data, _ = write(parcel(), tool="atlas.ti")
    assert guid("k1").upper().encode() in entries(data)["project.qde"]
    assert f"sources/{guid('P1').upper()}.txt" in entries(data)


def test_no_program_gets_a_capital_folder() -> None:
    for tool in (None, *TOOLS):
        assert all(
            name == "project.qde" or name.startswith("sources/") for name in entries(write(parcel(), tool=tool)[0])
        )


def test_a_program_that_is_not_known_is_told_with_those_that_are() -> None:
    with pytest.raises(BadValue, match="nvivo"):
        write(parcel(), tool="word")


def test_qualcoder_gets_every_name_of_a_code_once() -> None:
    codes = [Code(f"{p}{k}", n, parent=p, id=guid(f"{p}{k}")) for p in "ab" for k, n in (("1", "x"), ("2", f"y{p}"))]
    heads = [Code(p, p, id=guid(p)) for p in "ab"]
    version = CodebookVersion("book", "1", (*heads, *codes))
    data, lost = write(replace(BARE, versions=(version,)), tool="qualcoder")
    names = [e.get("name") for e in found(project(data), "Code")]
    assert names == ["a", "a/x", "ya", "b", "b/x", "yb"]
    assert [one.n for one in lost] == [2]
    assert [e.get("name") for e in found(project(write(replace(BARE, versions=(version,)))[0]), "Code")][1] == "x"


def test_variables_stand_on_the_case_and_on_its_source() -> None:
    root = project(write(parcel())[0])
    assert [e.text for e in found(found(root, "Case")[0], "TextValue")] == ["client", "Қазақстан"]
    assert [e.text for e in found(found(root, "TextSource")[0], "TextValue")] == ["client", "Қазақстан"]
    assert [e.get("targetGUID") for e in found(root, "SourceRef")] == [guid("P1")]


def test_every_memo_is_a_note_that_its_target_refers_to() -> None:
    root = project(write(parcel())[0])
    notes = {e.get("guid"): e for e in found(root, "Note") if e.get("name") != NOTE_NAME}
    assert {found(e, "PlainTextContent")[0].text for e in notes.values()} == {one.text for one in parcel().memos}
    referred = {e.getparent().tag.split("}")[1]: e.get("targetGUID") for e in found(root, "NoteRef")}
    assert referred == {
        "Project": guid("memo study"),
        "TextSource": guid("memo transcript"),
        "Code": guid("memo code"),
        "Coding": guid("memo coding"),
    }
    (link,) = found(root, "Link")
    assert (link.get("originGUID"), link.get("targetGUID")) == (guid("memo case"), guid("case"))


def test_words_that_a_coding_carries_are_a_memo_on_it() -> None:
    first = replace(parcel().codings[0], memo="look again")
    root = project(write(replace(parcel(), codings=(first,), memos=()))[0])
    (reference,) = found(found(root, "Coding")[0], "NoteRef")
    (note,) = [e for e in found(root, "Note") if e.get("guid") == reference.get("targetGUID")]
    assert found(note, "PlainTextContent")[0].text == "look again"


def test_a_memo_on_what_is_not_in_the_file_stays_as_one_on_the_whole() -> None:
    stray = ParcelMemo(guid("m"), "coding", guid("nowhere"), "why?")
    data, lost = write(replace(parcel(), memos=(stray,)))
    assert [(one.what, one.n) for one in lost if "memos" in one.what] == [("targets of memos", 1)]
    assert [e.get("targetGUID") for e in found(project(data), "NoteRef")] == [guid("m")]


def test_all_versions_of_the_codebooks_go_along_with_their_identities() -> None:
    data, _ = write(SMALL["several versions"])
    (path,) = [e.get("plainTextPath") for e in found(project(data), "Note") if e.get("name") == NOTE_NAME]
    assert (
        read_note(entries(data)[path.replace("internal://", "sources/")].decode()) == SMALL["several versions"].versions
    )


def test_a_code_that_only_an_earlier_version_has_is_there_where_a_coding_needs_it() -> None:
    newer = replace(parcel().versions[0], version="2", codes=parcel().versions[0].codes[:1])
    root = project(write(replace(parcel(), versions=(*parcel().versions, newer)))[0])
    assert [e.get("name") for e in found(root, "Code")] == ["Waiting", "Long", "Ja"]
    unused = replace(parcel(), versions=(*parcel().versions, newer), codings=())
    assert [e.get("name") for e in found(project(write(unused)[0]), "Code")] == ["Waiting"]


def test_several_codebooks_stand_each_below_its_heading() -> None:
    root = project(write(SMALL["several codebooks"])[0])
    tops = [e for e in found(root, "Code") if e.getparent().tag.endswith("Codes")]
    assert [(e.get("name"), e.get("isCodable")) for e in tops] == [("Book", "false"), ("other", "false")]
    assert [[below.get("name") for below in found(e, "Code")][1:] for e in tops] == [["Waiting", "Long", "Ja"], ["a"]]


def test_codings_that_the_file_cannot_hold_are_counted() -> None:
    outside = replace(parcel().codings[0], id=guid("o"), end=10_000)
    stranger = replace(parcel().codings[0], id=guid("s"), code=guid("no code"))
    data, lost = write(replace(parcel(), codings=(*parcel().codings, outside, stranger)))
    assert len(found(project(data), "Coding")) == 3
    assert sorted(one.why for one in lost if one.what == "codings" and one.n == 1) == [
        "their transcript or their code is not in the file",
        "they stand outside the text",
    ]


def test_what_the_format_has_no_place_for_is_counted() -> None:
    one = replace(parcel().transcripts[0], time_marks=(TimeMark(0, 1.5), TimeMark(9, 2.0)))
    coders = (replace(parcel().coders[0], kind="model"), parcel().coders[1])
    _, lost = write(replace(parcel(), transcripts=(one,), coders=coders))
    assert {one.what: one.n for one in lost} == {
        "languages of transcripts": 1,
        "times of the recording": 2,
        "kinds of coders": 1,
    }
    _, lost = write(replace(parcel(), name="a\x00"))
    assert ("control characters in names and notes", 1) in [(one.what, one.n) for one in lost]


@pytest.mark.parametrize("tool", [None, *TOOLS])
def test_no_quote_no_path_and_no_account_is_in_the_project(tool: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "accountname")
    monkeypatch.setenv("HOME", "/rooms/accountname")
    xml = entries(write(parcel(), tool=tool)[0])["project.qde"].decode()
    assert "accountname" not in xml
    assert not re.search(r"basePath|absolute:|relative:|[A-Za-z]:\\|/rooms|/tmp", xml)
    assert all(one.quote not in xml for one in parcel().codings)


def test_codes_without_a_place_in_the_tree_are_there_too() -> None:
    codes = [Code("a", "a", parent="b"), Code("b", "b", parent="a"), Code("c", "c", parent="gone"), Code("d", "d")]
    codes += [Code("e", "e", parent="e"), Code("f", "f", parent="a")]
    version = CodebookVersion("b", "1", tuple(replace(one, id=guid(one.key)) for one in codes))
    data, _ = write(replace(BARE, versions=(version,)))
    assert sorted(e.get("name", "") for e in found(project(data), "Code")) == list("abcdef")
    assert valid(project(data)) == ""
