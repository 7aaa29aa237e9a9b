"""Sources of REFI-QDA projects: where their texts are found, and what is lost with those that are not."""

from __future__ import annotations

import io

import docx
import pytest

from qcode.domain.coding import Coder
from qcode.domain.transcript import TimeMark
from tests.interchange.refi_files import (
    ANA,
    BEN,
    CODES,
    TEXT,
    TRUST,
    USERS,
    WAIT,
    coding,
    guid,
    losses,
    parcel,
    selection,
    source,
    sources,
    tag,
)


@pytest.mark.parametrize(
    ("written", "entry"),
    [
        ("internal://talk.txt", "sources/talk.txt"),
        ("internal://talk.txt", "Sources/TALK.TXT"),
        ("INTERNAL://Talk.TXT", "sources/talk.txt"),
        ("talk.txt", "sources/talk.txt"),
        ("talk", "sources/talk.txt"),
        ("sources/talk.txt", "sources/talk.txt"),
        ("internal://sources\\talk.txt", "SOURCES/talk.txt"),
        ("relative:///talk.txt", "sources/talk.txt"),
        ("internal://Mein%20talk.txt", "sources/Mein talk.txt"),
        ("internal://Mein%20talk.txt", "sources/Mein%20talk.txt"),
        ("internal://100% sicher.txt", "sources/100% sicher.txt"),
        ("internal://t\u00e4lk.txt", "sources/ta\u0308lk.txt"),
    ],
)
def test_a_text_is_found_however_its_path_is_written(written: str, entry: str) -> None:
    found = parcel(CODES + sources(source(path=written)), {entry: TEXT})
    assert [one.text for one in found.transcripts] == [TEXT]
    assert found.lost == ()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("internal://../talk.txt", "leads out"),
        ("relative://../../etc/passwd", "leads out"),
        ("internal://..\\talk.txt", "leads out"),
        ("internal://%2e%2e/talk.txt", "leads out"),
        ("relative://other.txt", "outside the project file"),
        ("absolute:///archive/eva/other.txt", "outside the project file"),
        ("C:\\Users\\eva\\other.txt", "outside the project file"),
        ("internal://other.txt", "not in the project file"),
    ],
)
def test_a_text_outside_the_archive_is_lost_with_its_codings_and_others_come_in(written: str, why: str) -> None:
    coded = selection(0, 3, WAIT, TRUST)
    inside = CODES + sources(source(coded, path=written, name="Weg"), source(coded, id=guid(9), name="Da"))
    found = parcel(inside, {"sources/talk.txt": TEXT})
    assert [one.name for one in found.transcripts] == ["Da"]
    assert len(found.codings) == 2
    assert [(loss.what, loss.n, loss.where) for loss in found.lost] == [
        ("transcripts", 1, "Weg"),
        ("codings", 2, "Weg"),
    ]
    assert why in found.lost[0].why
    assert "eva" not in str(found.lost)


def test_line_ends_and_the_byte_order_mark_are_as_stored() -> None:
    found = parcel(CODES + sources(source(path="internal://a.txt")), {"sources/a.txt": "\ufeffeins\r\nzwei\rdrei\n"})
    assert found.transcripts[0].text == "eins\nzwei\ndrei\n"


def test_line_ends_that_were_written_twice_are_one() -> None:
    coded = selection(5, 9, WAIT, name="zwei")
    found = parcel(
        CODES + sources(source(coded, path="internal://a.txt")),
        {"sources/a.txt": "eins\r\r\nzwei\r\r\n"},
        origin="QualCoder 3.6",
    )
    assert found.transcripts[0].text == "eins\nzwei\n"
    assert [one.quote for one in found.codings] == ["zwei"]
    assert "CR CR LF" in found.remarks[0]


def test_a_text_that_is_not_in_utf8_is_guessed_and_told() -> None:
    words = "АННА: Мы долго ждали ответа, и никто нам не ответил.\r\nБОРИС: Да, это правда."
    found = parcel(CODES + sources(source(path="internal://a.txt")), {"sources/a.txt": words.encode("cp1251")})
    assert found.transcripts[0].text == words.replace("\r\n", "\n")
    assert "windows-1251" in found.remarks[0] or "cp1251" in found.remarks[0]


def test_a_text_with_nul_bytes_is_lost() -> None:
    found = parcel(CODES + sources(source(path="internal://a.txt")), {"sources/a.txt": "a\0b"})
    assert losses(found) == {"transcripts": 1}


def test_rich_text_alone_is_read_and_told() -> None:
    document = docx.Document()
    document.add_paragraph("ANA: Wir haben gewartet.")
    out = io.BytesIO()
    document.save(out)
    inside = tag("TextSource", selection(5, 8, WAIT), guid=guid(1), name="Rich", richTextPath="internal://r.docx")
    found = parcel(CODES + sources(inside), {"sources/r.docx": out.getvalue()})
    assert [one.quote for one in found.codings] == ["Wir"]
    assert "rich text alone" in found.remarks[0]


@pytest.mark.parametrize("head", ["<!DOCTYPE html><html><head><title>x</title></head><body>", ""])
def test_a_web_page_as_rich_text_comes_in_without_its_tags(head: str) -> None:
    page = f"{head}<p>ANA: Wir haben gewartet.</p><p>BEN: Ja.</p>"
    inside = tag("TextSource", selection(5, 8, WAIT), guid=guid(1), name="Rich", richTextPath="internal://r.html")
    found = parcel(CODES + sources(inside), {"sources/r.html": page})
    assert [one.text for one in found.transcripts] == ["ANA: Wir haben gewartet.\nBEN: Ja."]
    assert [one.quote for one in found.codings] == ["Wir"]


def test_tags_in_a_plain_text_are_words_of_it() -> None:
    page = "<html><p>ANA: Wir haben gewartet.</p></html>"
    found = parcel(CODES + sources(source(path="internal://t.txt")), {"sources/t.txt": page})
    assert [one.text for one in found.transcripts] == [page]


def test_a_file_of_word_97_is_lost_with_its_codings() -> None:
    inside = tag("TextSource", selection(5, 8, WAIT), guid=guid(1), name="Alt", richTextPath="internal://r.doc")
    found = parcel(CODES + sources(inside), {"sources/r.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 3000})
    assert found.transcripts == ()
    assert losses(found) == {"transcripts": 1, "codings": 1}
    assert all("Word 97" in one.why for one in found.lost)


def test_a_text_file_that_is_called_rich_is_read_as_plain() -> None:
    inside = f'<TextSource guid="{guid(1)}" name="Alt" richTextPath="internal://r.txt"/>'
    found = parcel(sources(inside), {"sources/r.txt": TEXT})
    assert (found.transcripts[0].text, found.remarks) == (TEXT, ())


def test_the_text_of_a_pdf_comes_in_whatever_the_order_and_its_areas_do_not() -> None:
    words = tag("Representation", tag("PlainTextContent", "Wir"), guid=guid(6))
    area = tag("PDFSelection", words + coding(WAIT), guid=guid(5), page=0, firstX=1, firstY=1, secondX=9, secondY=9)
    text = tag("Representation", tag("PlainTextContent", TEXT) + selection(0, 3, WAIT), guid=guid(8))
    for order in (area + text, text + area):
        found = parcel(
            CODES + sources(f'<PDFSource guid="{guid(4)}" name="Flyer" path="internal://f.pdf">{order}</PDFSource>')
        )
        assert [(one.name, one.text) for one in found.transcripts] == [("Flyer", TEXT)]
        assert len(found.codings) == 1
        lost = losses(found)
        assert lost["areas of PDF pages"] == lost["codings of areas of PDF pages"] == 1


def test_pictures_and_recordings_are_counted_with_their_codings() -> None:
    one = coding(WAIT)
    area = tag("PictureSelection", one + one, guid="", firstX=0, firstY=0, secondX=1, secondY=1)
    picture = tag("PictureSource", area + one, guid=guid(1), name="P")
    passage = tag("VideoSelection", one, guid="", begin=0, end=5)
    inside = picture + tag("VideoSource", passage, guid=guid(2), name="V", path="internal://v.MP3")
    assert losses(parcel(CODES + sources(inside))) == {
        "pictures": 1,
        "picture selections": 1,
        "codings of picture selections": 2,
        "codings of whole pictures": 1,
        "sound recordings": 1,
        "sound selections": 1,
        "codings of sound selections": 1,
    }


def test_a_transcript_of_a_recording_comes_in_with_its_times_and_codings() -> None:
    points = "".join(
        f'<SyncPoint guid="{guid(20 + n)}" position="{place}" timeStamp="{time}"/>'
        for n, (place, time) in enumerate([(0, 0), (5, 2500), (18, 9000), (99, 1)])
    )
    coded, lost = (
        tag("TranscriptSelection", coding(WAIT), guid="", fromSyncPoint=guid(21), toSyncPoint=end)
        for end in (guid(22), guid(77))
    )
    transcript = tag("Transcript", tag("PlainTextContent", TEXT) + points + coded + lost, guid=guid(2))
    inside = tag("AudioSource", transcript, guid=guid(1), name="Aufnahme")
    found = parcel(CODES + sources(inside))
    assert found.transcripts[0].time_marks == (TimeMark(0, 0.0), TimeMark(5, 2.5), TimeMark(18, 9.0))
    assert [(one.start, one.end) for one in found.codings] == [(5, 18)]
    assert losses(found) == {"sound recordings": 1, "codings": 1, "points in time": 1}


def test_a_coding_of_a_whole_source_is_on_its_whole_text() -> None:
    found = parcel(CODES + sources(source(f'<Coding guid="{guid(1)}"><CodeRef targetGUID="{WAIT}"/></Coding>')))
    assert [(one.start, one.end, one.quote) for one in found.codings] == [(0, len(TEXT), TEXT)]
    assert found.remarks == ("codings of a whole source, put on the whole text: 1",)


def test_who_and_when_are_those_of_the_coding_else_of_the_selection_else_unknown() -> None:
    own = coding(WAIT, creatingUser=BEN, creationDateTime="2021-05-01T12:00:00.1234567+02:00")
    bare = coding(TRUST)
    said = {"creatingUser": ANA, "creationDateTime": "2018-10-04T22:56:11"}
    inside = selection(0, 3, inside=own + bare, **said) + selection(5, 8, WAIT)
    found = parcel(USERS + CODES + sources(source(inside)))
    assert [(one.coder, one.created_at) for one in found.codings] == [
        (BEN, "2021-05-01T10:00:00Z"),
        (ANA, "2018-10-04T22:56:11Z"),
        (None, None),
    ]


def test_users_who_did_nothing_are_left_out() -> None:
    found = parcel(USERS + CODES + sources(source(selection(0, 3, WAIT, creatingUser=BEN))))
    assert found.coders == (Coder(BEN, "ben"),)
    assert found.remarks == ("users who neither coded nor wrote, left out: 1",)


def test_two_coders_of_one_passage_stay_two() -> None:
    both = selection(0, 3, WAIT, creatingUser=ANA) + selection(0, 3, WAIT, creatingUser=BEN)
    found = parcel(USERS + CODES + sources(source(both)))
    assert [one.coder for one in found.codings] == [ANA, BEN]


def test_a_transcript_of_a_recording_that_is_a_text_of_the_project_too_comes_in_once() -> None:
    points = tag("SyncPoint", guid=guid(21), position=5, timeStamp=2500)
    transcript = tag("Transcript", points, guid=guid(2), plainTextPath="internal://t.txt")
    video = tag("VideoSource", transcript, guid=guid(1), name="Film", path="internal://f.mp4")
    found = parcel(sources(source(path="internal://t.txt"), video), {"sources/t.txt": TEXT})
    assert [(one.name, one.time_marks) for one in found.transcripts] == [("Talk", (TimeMark(5, 2.5),))]
    assert found.remarks == ("transcripts of recordings that are texts of the project too, taken once: 1",)


def test_a_user_who_is_not_listed_is_a_coder_all_the_same() -> None:
    found = parcel(CODES + sources(source(selection(0, 3, WAIT, creatingUser=BEN))))
    assert found.coders == (Coder(BEN, "user 00000000"),)
    assert found.codings[0].coder == BEN


def test_texts_that_are_too_long_together_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcode.interchange.refi_archive.TOTAL_LIMIT", 2 * len(TEXT.encode()))
    each = (source(id=guid(n), path="internal://t.txt") for n in range(3))
    found = parcel(sources(*each), {"sources/t.txt": TEXT})
    assert len(found.transcripts) == 2
    assert losses(found) == {"transcripts": 1}


def test_names_of_selections_that_are_no_words_of_the_text_are_titles() -> None:
    found = parcel(CODES + sources(source(selection(5, 8, WAIT, name="Zitat eins") + selection(0, 3, WAIT, name="17"))))
    assert [one.memo for one in found.codings] == ["Zitat eins", ""]
    assert found.quotes_agree is None
    assert found.remarks[0] == "codings of selections with a title, which stands in their memo: 1"


def test_codings_whose_own_words_differ_are_counted() -> None:
    inside = selection(5, 8, WAIT, name="Ich") + selection(9, 13, WAIT, name="hatte")
    found = parcel(CODES + sources(source(inside)))
    assert (found.quotes_agree, [one.memo for one in found.codings]) == (1, ["", ""])
    assert "differ from those at their place: 1" in found.remarks[-1]


def test_two_sources_of_one_name_both_come_in() -> None:
    found = parcel(sources(source(), source(id=guid(5), text="Второй.")))
    assert [(one.name, one.text) for one in found.transcripts] == [("Talk", TEXT), ("Talk", "Второй.")]


def test_codings_that_stand_where_none_belong_are_lost() -> None:
    inside = tag("Cases", tag("Case", coding(WAIT), guid=guid(1), name="P1"))
    assert (
        losses(parcel(CODES + inside + sources(source(tag("Representation", coding(WAIT), guid="")))))["codings"] == 2
    )


def test_elements_that_the_standard_does_not_have_are_counted() -> None:
    found = parcel(sources('<DatasetSource guid="1"/>', source("<Wort/>")) + "<Extra/>")
    assert losses(found) == {f"elements called {tag}": 1 for tag in ("DatasetSource", "Wort", "Extra")}


def test_elements_that_no_code_case_or_coding_has_are_counted_wherever_they_stand() -> None:
    users = USERS.replace("/>", "><Mail>a</Mail></User>", 1)
    codes = CODES.replace("/></Codes>", "><Weight>3</Weight></Code></Codes>")
    coded = f'<PlainTextSelection guid="" startPosition="5" endPosition="8"><Score/>{coding(WAIT, "<Level/>")}'
    inside = users + codes + tag("Cases", tag("Case", "<Kind/>", guid=guid(1), name="P1"))
    found = parcel(inside + sources(source(f"{coded}</PlainTextSelection>")))
    assert losses(found) == {f"elements called {name}": 1 for name in ("Mail", "Weight", "Kind", "Score", "Level")}
    assert [one.quote for one in found.codings] == ["Ich"]


def test_a_coder_may_be_named_where_a_guid_belongs() -> None:
    found = parcel(USERS + CODES + sources(source(selection(0, 3, WAIT, creatingUser="Ben"))))
    assert found.coders == (Coder(BEN, "ben"),)


def test_a_name_that_two_users_have_names_neither() -> None:
    users = USERS.replace('name="ana"', 'name="ben"')
    found = parcel(users + CODES + sources(source(selection(0, 3, WAIT, creatingUser="ben"))))
    assert [one.name for one in found.coders] == ["user ben"]


def test_a_segment_that_ends_before_it_begins_is_lost_with_the_reason() -> None:
    found = parcel(CODES + sources(source(selection(8, 5, WAIT))))
    assert [(one.what, one.where, one.why) for one in found.lost] == [
        ("codings", "Talk: 8-5", "the segment ends before it begins")
    ]


def test_a_text_that_stands_in_the_project_and_in_a_file_is_taken_from_the_project_and_told() -> None:
    inside = source(selection(0, 3, WAIT), path="internal://t.txt").replace(
        "</TextSource>", "<PlainTextContent>ANA: Ja.</PlainTextContent></TextSource>"
    )
    found = parcel(CODES + sources(inside), {"sources/t.txt": TEXT})
    assert [one.text for one in found.transcripts] == ["ANA: Ja."]
    assert any("name a file too" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("internal://Beratung%202024-03.txt", "Beratung 2024-03"),
        ("internal://sources\\Dr. Kim.txt", "Dr. Kim"),
        ("talk", "talk"),
        (f"internal://{guid(7)}.txt", "untitled"),
        (f"internal://{{{guid(7).upper()}}}.txt", "untitled"),
    ],
)
def test_a_source_without_a_name_is_called_what_its_file_is(written: str, name: str) -> None:
    file = written.replace("%20", " ").replace("\\", "/").rpartition("/")[2]
    (transcript,) = parcel(CODES + sources(source(name="", path=written)), {f"sources/{file}": TEXT}).transcripts
    assert (transcript.name, transcript.text) == (name, TEXT)


def test_a_source_without_name_and_file_is_untitled() -> None:
    (transcript,) = parcel(CODES + sources(source(name=" "))).transcripts
    assert transcript.name == "untitled"
