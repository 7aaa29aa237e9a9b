"""Subtitles become one paragraph a turn, `Name: words`, and keep their times."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import read


def vtt(*cues: str, options: Options | None = None) -> Draft:
    body = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{cue}\n\n" for n, cue in enumerate(cues))
    return read(f"WEBVTT\n\n{body}".encode(), "a.vtt", options)


def test_neighbouring_cues_of_one_speaker_are_one_turn() -> None:
    found = vtt("INT: How", "INT: are you?", "R1: Fine.")
    assert found.text == "INT: How are you?\nR1: Fine."
    assert [(t.speaker, t.time, found.text[t.start : t.end]) for t in found.turns] == [
        ("INT", 0.0, "How are you?"),
        ("R1", 2.0, "Fine."),
    ]
    assert found.labels == 3


def test_times_are_kept_where_the_words_of_each_cue_begin() -> None:
    found = vtt("INT: How", "INT: are you?", "R1: Fine.")
    assert [(found.text[m.position :][:3], m.seconds) for m in found.time_marks] == [
        ("How", 0.0),
        ("are", 1.0),
        ("Fin", 2.0),
    ]


def test_every_turn_is_a_paragraph() -> None:
    found = vtt("INT: How are you?", "R1: Fine.", "INT: Good.")
    assert [span.of(found.text) for span in found.paragraphs] == ["INT: How are you?", "R1: Fine.", "INT: Good."]


def test_a_voice_tag_names_the_speaker() -> None:
    found = vtt("<v Anna>Hello", "<v.loud Boris K.>hi</v>", "<v Anna>so <i>much</i>")
    assert found.text == "Anna: Hello\nBoris K.: hi\nAnna: so much"
    assert {s.name: s.labels for s in found.speakers} == {"Anna": 2, "Boris K.": 1}


def test_two_voices_in_one_cue_are_two_turns() -> None:
    assert [t.speaker for t in vtt("<v Anna>Hello</v> <v Boris>hi</v>").turns] == ["Anna", "Boris"]


def test_an_empty_voice_tag_names_nobody() -> None:
    assert vtt("<v >Hello", "<v>hi").speakers == ()


def test_a_cue_without_a_label_goes_on_with_the_speaker_before() -> None:
    found = vtt("INT: How are you?", "R1: Fine,", "thank you.", "INT: Good.")
    assert found.text == "INT: How are you?\nR1: Fine, thank you.\nINT: Good."


def test_a_colon_in_subtitles_without_speakers_names_nobody() -> None:
    found = vtt("He told me: go.", "so I went", "and then: no", "well", "that was it", "right")
    assert found.speakers == ()
    assert len(found.turns) == len(found.paragraphs) == 6
    assert found.text.split("\n")[0] == "He told me: go."


def test_lines_of_a_cue_are_joined_by_a_blank_and_marks_of_form_left_out() -> None:
    found = vtt("{\\an8}one\n<i>two</i> <00:00:01.500>three &amp; four")
    assert found.text == "one two three & four"
    assert "marks of form" in found.notices[0].what


def test_dashes_for_two_speakers_in_one_cue_stay() -> None:
    assert vtt("- Yes?\n- No.").text == "- Yes? - No."


def test_notes_styles_numbers_and_names_of_cues_are_no_words() -> None:
    head = "WEBVTT - title\nKind: captions\n\nNOTE a: b\nmore\n\nSTYLE\n::cue {}\n\nintro\n"
    cues = "00:01.000 --> 00:02.000 align:left\nhello\n\nNOTE c\n\n2\n01:00:02.000 --> 01:00:03.000\nthere\n"
    data = head + cues
    found = read(data.encode(), "a.vtt")
    assert found.text == "hello\nthere"
    assert [t.time for t in found.turns] == [1.0, 3602.0]


def test_srt_with_points_zero_and_one_digit_hours_is_read() -> None:
    data = "0\n0:00:01.500 --> 0:00:02.000\n访谈者：你好。\n\n1\n0:00:03,250 --> 0:00:04,000\n受访者：好。\n\n"
    data += "2\n0:00:05,0 --> 0:00:06,0\n访谈者：谢谢。\n"
    found = read(data.encode(), "a.srt")
    assert found.format == "srt"
    assert [(t.speaker, t.time) for t in found.turns] == [("访谈者", 1.5), ("受访者", 3.25), ("访谈者", 5.0)]


def test_an_empty_line_inside_a_cue_does_not_end_it() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,000\none\n\ntwo\n\n2\n00:00:03,000 --> 00:00:04,000\nthree\n"
    assert read(data.encode(), "a.srt").text == "one two\nthree"


def test_a_broken_time_is_told_with_its_line_and_the_words_kept() -> None:
    data = "WEBVTT\n\n00:01.000 --> 00:02.000\none\n\n00:99.000 --> xx\ntwo\n"
    found = read(data.encode(), "a.vtt")
    assert found.text == "one\ntwo"
    assert found.notices[0].where == "line 6"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("WEBVTT\n\nno cues here\n", "no subtitles"),
        ("WEBVTT\n\n00:99 --> xx\none\n", "no time"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "no words"),
    ],
)
def test_a_file_without_subtitles_times_or_words_is_refused(data: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(data.encode(), "a.vtt")


def test_speakers_can_be_named_or_forbidden() -> None:
    cues = ("Anna: hello", "well", "so: what", "and", "more", "still")
    assert [s.name for s in vtt(*cues, options=Options(speakers=("Anna",))).speakers] == ["Anna"]
    assert vtt("<v Anna>x", options=Options(no_speakers=True)).speakers == ()


def test_zoom_names_may_hold_brackets_and_small_letters() -> None:
    found = vtt("stokes: a", "Justin F (Besu): b", "stokes: c", "Justin F (Besu): d", "Trent: e")
    assert [s.name for s in found.speakers] == ["stokes", "Justin F (Besu)", "Trent"]


def test_the_same_cues_are_found_as_other_libraries_find() -> None:
    import pysubs2

    from tests.importers.real_files import content

    path = "ethereum-pm/focil_2026-02-24_029_transcript.vtt"
    theirs = pysubs2.SSAFile.from_string(content(path).decode(), format_="vtt")
    ours = read(content(path), "a.vtt")
    assert [round(m.seconds * 1000) for m in ours.time_marks] == [event.start for event in theirs]


def test_subtitles_of_single_words_that_look_like_names_keep_their_words() -> None:
    draft = read(b"WEBVTT\n\n00:00.000 --> 00:00.500\nx\n\n00:01.000 --> 00:01.500\nx", "a.vtt", Options())
    assert (draft.text, draft.speakers) == ("x\nx", ())
