"""Notes of REFI-QDA projects become memos on what refers to them; sets, links and graphs are counted."""

from __future__ import annotations

from qcode.domain.parcel import Parcel
from tests.interchange.refi_files import (
    ANA,
    CODES,
    TALK,
    TEXT,
    USERS,
    WAIT,
    guid,
    losses,
    parcel,
    selection,
    source,
    sources,
    tag,
)

NOTE = guid(0x70)


def note(words: str = "Nachfragen.", *, id: str = NOTE, name: str = "", inside: str = "", **said: str) -> str:
    more = "".join(f' {key}="{each}"' for key, each in said.items())
    return f'<Note guid="{id}" name="{name}"{more}><PlainTextContent>{words}</PlainTextContent>{inside}</Note>'


def notes(*each: str) -> str:
    return f"<Notes>{''.join(each)}</Notes>"


def refer(id: str = NOTE) -> str:
    return f'<NoteRef targetGUID="{id}"/>'


def told(found: Parcel) -> list[tuple[str, str, str]]:
    return [(one.about, one.target, one.text) for one in found.memos]


def test_a_note_without_a_reference_is_about_the_study() -> None:
    found = parcel(USERS + notes(note(creatingUser=ANA, creationDateTime="2020-02-03T04:05:06Z")))
    (memo,) = found.memos
    assert (memo.id, memo.about, memo.target, memo.text) == (NOTE, "study", "", "Nachfragen.")
    assert (memo.coder, memo.created_at) == (ANA, "2020-02-03T04:05:06Z")
    assert [one.name for one in found.coders] == ["ana"]


def test_a_note_is_about_what_refers_to_it() -> None:
    case = f'<Cases><Case guid="{guid(1)}" name="P1">{refer(guid(11))}</Case></Cases>'
    codes = CODES.replace('name="Wait" isCodable="true"/>', f'name="Wait" isCodable="true">{refer(guid(12))}</Code>')
    coding = f'<Coding guid="{guid(2)}"><CodeRef targetGUID="{WAIT}"/>{refer(guid(13))}</Coding>'
    talk = source(selection(0, 3, inside=coding + refer(guid(14))) + refer(guid(15)))
    each = notes(*(note(id=guid(n)) for n in range(11, 17)))
    found = parcel(codes + case + sources(talk) + each + refer(guid(16)))
    assert [(one.about, one.target) for one in found.memos] == [
        ("case", guid(1)),
        ("code", WAIT),
        ("coding", guid(2)),
        ("coding", guid(2)),
        ("transcript", TALK),
        ("study", ""),
    ]
    assert found.lost == ()


def test_a_note_with_several_references_is_a_memo_on_each() -> None:
    found = parcel(sources(source(refer()), source(refer(), id=guid(5))) + notes(note()))
    assert [(one.about, one.target) for one in found.memos] == [("transcript", TALK), ("transcript", guid(5))]
    assert len({one.id for one in found.memos}) == 2


def test_a_link_tells_what_a_note_is_about() -> None:
    links = f'<Links><Link guid="{guid(3)}" originGUID="{NOTE}" targetGUID="{WAIT}"/></Links>'
    assert told(parcel(CODES + notes(note()) + links)) == [("code", WAIT, "Nachfragen.")]


def test_an_annotation_by_link_stands_at_its_place() -> None:
    links = f'<Links><Link guid="{guid(3)}" originGUID="{NOTE}" targetGUID="{guid(4)}"/></Links>'
    bare = selection(5, 8).replace('guid=""', f'guid="{guid(4)}"')
    assert told(parcel(CODES + sources(source(bare)) + notes(note()) + links)) == [
        ("transcript", TALK, "[5-8] Nachfragen.")
    ]


def test_a_selection_without_a_code_keeps_its_comment_and_only_without_one_its_words() -> None:
    inside = selection(5, 8, inside="<Description>laut?</Description>") + selection(9, 13)
    found = parcel(CODES + sources(source(inside)))
    assert told(found) == [("transcript", TALK, "[5-8] laut?"), ("transcript", TALK, f"[9-13] {TEXT[9:13]}")]
    assert found.remarks == ("selections without a code, kept as memos on their transcript: 2",)


def test_the_comment_on_a_selection_is_on_each_of_its_codings() -> None:
    found = parcel(CODES + sources(source(selection(5, 8, WAIT, inside="<Description>erste Runde</Description>"))))
    assert [one.memo for one in found.codings] == ["erste Runde"]
    assert found.memos == ()


def test_the_comment_on_a_selection_without_a_place_stays_with_the_transcript() -> None:
    found = parcel(CODES + sources(source(selection(5, 999, WAIT, inside="<Description>wichtig</Description>"))))
    assert told(found) == [("transcript", TALK, "[5-999 in the file] wichtig")]
    assert losses(found) == {"codings": 1}


def test_an_annotation_inside_a_note_is_about_the_text_that_refers_to_it() -> None:
    inside = sources(source(refer())) + notes(note(inside=selection(5, 8)))
    assert told(parcel(CODES + inside, origin="QualCoder 4.0")) == [("transcript", TALK, "[5-8] Nachfragen.")]


def test_descriptions_are_memos_on_what_they_describe() -> None:
    inside = (
        tag("Variables", tag("Variable", "<Description>in Jahren</Description>", guid=guid(1), name="Alter"))
        + f'<Cases><Case guid="{guid(2)}" name="P1"><Description>zweimal da</Description></Case></Cases>'
        + sources(source("<Description>am Telefon</Description>"))
        + "<Description>Pilot</Description>"
    )
    assert sorted(told(parcel(inside))) == [
        ("case", guid(2), "zweimal da"),
        ("study", "", "Pilot"),
        ("study", "", "Variable Alter: in Jahren"),
        ("transcript", TALK, "am Telefon"),
    ]


def test_the_name_of_a_note_stands_above_its_words_unless_it_is_their_beginning() -> None:
    found = parcel(notes(note(name="Tagebuch"), note("Regen den ganzen Tag.", id=guid(8), name="Regen den…")))
    assert [one.text for one in found.memos] == ["Tagebuch\n\nNachfragen.", "Regen den ganzen Tag."]


def test_a_note_whose_text_is_missing_is_lost_without_its_name() -> None:
    found = parcel(notes(f'<Note guid="{NOTE}" name="Geheim" plainTextPath="internal://x.txt"/>'))
    assert losses(found) == {"notes": 1}
    assert "Geheim" not in str(found.lost)


def test_a_note_on_a_picture_becomes_one_on_the_study() -> None:
    area = tag("PictureSelection", refer(), guid=guid(2), firstX=0, firstY=0, secondX=1, secondY=1)
    picture = tag("PictureSource", area, guid=guid(1), name="Karte")
    found = parcel(sources(picture) + notes(note()))
    assert told(found) == [("study", "", "Nachfragen.")]
    assert "kept as memos on the study: 1" in found.remarks[0]


def test_sets_become_memos_with_the_names_of_their_members() -> None:
    sets = (
        f'<Sets><Set guid="{guid(1)}" name="Gefühle"><Description>alle</Description><MemberCode targetGUID="{WAIT}"/>'
        f'<MemberSource guid="{TALK}"/><MemberNote>{NOTE}</MemberNote></Set><Set guid="{guid(2)}" name="leer"/></Sets>'
    )
    found = parcel(CODES + sources(source()) + notes(note(name="Plan")) + sets)
    assert [one.text for one in found.memos][1:] == [
        "Set Gefühle (codes: Wait; transcripts: Talk; notes: Plan)\n\nalle",
        "Set leer (empty)",
    ]
    assert found.remarks == ("sets, kept as memos on the study: 2",)


def test_links_and_graphs_are_counted_by_what_they_join() -> None:
    inside = (
        CODES
        + tag("Links", "".join(tag("Link", guid="", originGUID=WAIT, targetGUID=end) for end in (WAIT, guid(9))))
        + f'<Graphs><Graph guid="{guid(1)}"><Vertex guid="v" firstX="1" firstY="2"/></Graph></Graphs>'
    )
    assert losses(parcel(inside)) == {"links between codes": 1, "links between codes and other things": 1, "graphs": 1}


def test_codings_and_references_that_hang_in_the_air_are_counted() -> None:
    coded = note(inside=selection(0, 3, WAIT))
    found = parcel(CODES + sources(source(refer(guid(9)))) + notes(coded))
    assert losses(found) == {
        "codings inside notes": 1,
        "selections inside notes": 1,
        "references to notes that are not in the file": 1,
    }
