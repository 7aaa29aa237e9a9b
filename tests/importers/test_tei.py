"""TEI: `u` and `sp` are talk, with names and times of the header; a text without them comes in by paragraphs."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft
from qcode.importers.registry import read, read_all
from qcode.importers.tei import is_talk
from tests.importers.xml_talks import said, tei

PEOPLE = '<person xml:id="A"><persName><forename>Айгүл</forename> <surname>К.</surname></persName></person>'
PEOPLE += '<person xml:id="B"/>'
TIMES = '<timeline unit="s" origin="#T0"><when xml:id="T0" absolute="00:00:00"/>'
TIMES += '<when xml:id="T1" interval="1.5" since="#T0"/><when xml:id="T2" interval="2" since="#T1"/></timeline>'


def talk(body: str, **more: str) -> Draft:
    return read(tei(body, **more), "a.xml")


def notices(found: Draft) -> str:
    return "\n".join(one.what for one in found.notices)


@pytest.mark.parametrize("space", ["", ' xmlns="http://www.tei-c.org/ns/1.0"'])
def test_utterances_have_the_names_of_the_header_with_a_namespace_or_without(space: str) -> None:
    body = '<u who="#A">Салам</u><u who="#B">Hi</u><u who="C">so</u><u>and</u>'
    found = read(tei(body, PEOPLE, space=space), "a.xml")
    assert said(found) == [("Айгүл К.", "Салам", None), ("B", "Hi", None), ("C", "so", None), (None, "and", None)]
    assert found.labels == 3


def test_a_prefix_of_the_namespace_changes_nothing() -> None:
    data = b'<tei:TEI xmlns:tei="http://www.tei-c.org/ns/1.0"><tei:text><tei:u who="A">x</tei:u></tei:text></tei:TEI>'
    assert read(data, "a.xml").text == "A: x"


def test_times_come_from_the_timeline() -> None:
    found = talk('<u who="#A" start="#T1">one <anchor synch="#T2"/>two</u>', people=PEOPLE, times=TIMES)
    assert [(mark.position, mark.seconds) for mark in found.time_marks] == [(10, 1.5), (14, 3.5)]
    assert found.turns[0].time == 1.5


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        ('<timeline unit="ms"><when xml:id="T1" interval="1500"/></timeline>', 1.5),
        ('<timeline><when xml:id="T0"/><when xml:id="T1" interval="00:01:02.5" since="T0"/></timeline>', 62.5),
        ('<timeline><when xml:id="T1" interval="x" since="#T1"/></timeline>', 0.0),
        ("", None),
    ],
)
def test_times_in_other_units_and_forms(times: str, seconds: float | None) -> None:
    assert talk('<u who="A" start="#T1">one</u>', times=times).turns[0].time == seconds


def test_pauses_noises_gaps_and_doubts_stay_as_marks() -> None:
    body = '<u who="A">so <pause/>, <pause dur="PT2S"/>no<vocal><desc>laughs</desc></vocal> <kinesic type="nod"/> '
    body += '<incident/><gap reason="inaudible"/> <unclear>maybe</unclear> <note>sic</note></u>'
    assert talk(body).text == "A: so [pause], [pause PT2S] no [laughs] [nod] [incident] [inaudible] (maybe) {sic}"


def test_tokens_are_joined_by_blanks_and_punctuation_stands_at_its_word() -> None:
    assert talk('<u who="A"><w>Gut</w>\n  <pc>,</pc>\n  <w>danke</w>\n <pc>.</pc></u>').text == "A: Gut, danke."
    assert talk('<u who="A"><w>one</w><w>two</w><pc>!</pc></u>').text == "A: one two!"
    assert talk('<u who="A"><w>l\'</w><w join="left">eau</w></u>').text == "A: l'eau"
    assert talk('<u who="A"><w>they </w><w>do</w><w>n\'t </w><c>.</c></u>').text == "A: they don't ."


def test_a_segment_inside_a_word_does_not_part_it() -> None:
    assert talk('<u who="A">hel<seg>lo</seg> <seg>one</seg><seg>two</seg></u>').text == "A: hello one two"


def test_what_was_said_is_kept_where_a_form_was_corrected() -> None:
    found = talk('<u who="A">I <choice><sic>goed</sic><corr>went</corr></choice></u>')
    assert found.text == "A: I goed"
    assert "corrected or regular forms 1" in notices(found)


def test_a_play_has_its_speeches_and_its_directions() -> None:
    body = '<head>Act 1</head><stage>Enter</stage><sp who="#A"><speaker>A.</speaker><l>To be</l><l>or not</l></sp>'
    body += "<sp><speaker>GHOST. </speaker><p>Mark <stage>aside</stage> me.</p><p>Now</p></sp>"
    found = talk(body, people=PEOPLE)
    assert found.text == "Act 1\n[Enter]\nАйгүл К.: To be or not\nGHOST: Mark [aside] me. Now"
    assert [turn.speaker for turn in found.turns] == [None, "Айгүл К.", "GHOST"]


def test_blocks_with_annotation_say_who_and_when_and_their_annotation_is_left_out() -> None:
    body = '<annotationBlock who="#A" start="#T1"><u><seg>one</seg></u><spanGrp><span>x</span></spanGrp>'
    found = talk(f"{body}</annotationBlock>", people=PEOPLE, times=TIMES)
    assert said(found) == [("Айгүл К.", "one", 1.5)]
    assert "spanGrp 1" in notices(found)


def test_talk_beside_the_text_element_and_names_in_two_parts_are_read() -> None:
    person = '<person xml:id="p1"><givenName>Ana</givenName><familyName>M.</familyName></person>'
    data = tei("", person).replace(b"</TEI>", b'<annotationBlock who="p1"><u>one</u></annotationBlock></TEI>')
    assert read(data, "a.xml").text == "Ana M.: one"


def test_speakers_at_once_are_named_together() -> None:
    assert talk('<u who="#A #B">Ja</u>', people=PEOPLE).text == "Айгүл К. + B: Ja"


def test_pauses_between_turns_do_not_part_a_speaker_but_noises_stay() -> None:
    found = talk('<u who="A">one</u><pause/><u who="A">two</u><incident><desc>door</desc></incident><u who="A">x</u>')
    assert found.text == "A: one two\n[door]\nA: x"
    assert "pauses between the turns 1" in notices(found)


def test_a_text_without_talk_comes_in_by_paragraphs() -> None:
    found = talk("<head>Title</head><div><p>One\n  line.</p><p>Two.</p></div>")
    assert found.text == "Title\nOne line.\nTwo."
    assert (found.speakers, len(found.turns), len(found.paragraphs)) == ((), 3, 3)


def test_a_corpus_holds_a_transcript_for_each_text() -> None:
    one = tei('<u who="A">one</u>').decode().replace("<teiHeader>", "<teiHeader><title>First</title>")
    two = tei('<u who="B">two</u>').decode()
    found = read_all(f"<teiCorpus>{one}{two}</teiCorpus>".encode(), "a.xml")
    assert [(draft.text, draft.title) for draft in found] == [("A: one", "First"), ("B: two", None)]


def test_other_xml_and_a_text_without_words_are_refused() -> None:
    with pytest.raises(Unreadable, match="kind that qcode does not read"):
        read(b"<x/>", "a.xml")
    with pytest.raises(Unreadable, match="no words"):
        talk("<p> </p>")
    with pytest.raises(Unreadable, match="no text"):
        read(b"<teiCorpus/>", "a.xml")


def test_only_xml_with_talk_is_taken_from_a_folder() -> None:
    assert is_talk(tei("<u>x</u>"), "a.xml")
    assert is_talk(tei("<sp><p>x</p></sp>").decode().encode("utf-16"), "a.xml")
    assert not is_talk(tei("<p>x</p>"), "a.xml")
    assert not is_talk(b"<project><u>x</u></project>", "a.xml")


def test_deep_nesting_is_read_or_refused() -> None:
    assert talk(f'<u who="A">{"<seg>" * 200}x{"</seg>" * 200}</u>').text == "A: x"
    with pytest.raises(Unreadable):
        talk(f'<u who="A">{"<seg>" * 400}x{"</seg>" * 400}</u>')
