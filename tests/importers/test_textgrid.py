"""A tier of a TextGrid is a speaker; files of one talk are read together."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import read
from qcode.importers.textgrid import groups, read_together
from tests.importers.grids import grid
from tests.importers.xml_talks import said

DOCTOR = ("Speaker", ["0-1 Hello?", "1-2 ", "2-3 And now?"])
PATIENT = ("Speaker", ["0-1 ", "1-2 Yes.", "2-3 "])


def notices(found: Draft) -> str:
    return "\n".join(one.what for one in found.notices)


def talk(*tiers: tuple[str, list[str]]) -> Draft:
    return read(grid(*tiers), "a.TextGrid")


def test_tiers_are_speakers_merged_by_time_and_pauses_are_no_words() -> None:
    found = talk(("INT", ["0-1 Hi", "1-3 ", "3-4 Bye"]), ("R1", ["0-1 ", "1-2 Hello", "2-3 there"]))
    assert said(found) == [("INT", "Hi", 0.0), ("R1", "Hello there", 1.0), ("INT", "Bye", 3.0)]
    assert {one.name: one.labels for one in found.speakers} == {"INT": 2, "R1": 2}
    assert found.encoding == "utf-8"


def test_marks_in_angle_brackets_stay_and_are_counted() -> None:
    found = talk(("R1", ["0-1 <UNSURE>yes</UNSURE> <UNIN/>"]))
    assert found.text == "R1: <UNSURE>yes</UNSURE> <UNIN/>"
    assert "as <UNIN/>: 3" in notices(found)


def test_points_are_left_out_with_their_number() -> None:
    assert "points: “tones” 2" in notices(talk(("R1", ["0-1 yes"]), ("tones", ["0.1 H", "0.2 L"])))


def test_tiers_that_cut_the_same_talk_finer_are_left_out() -> None:
    words = ["0-1 so", "1-2 we", "2-3 went"]
    sounds = [f"{n / 2}-{(n + 1) / 2} {'sowiwEnt'[n]}" for n in range(6)]
    found = talk(("R1", ["0-3 So, we went", "4-5 home"]), ("words", [*words, "4-5 home"]), ("phones", sounds))
    assert found.text == "R1: So, we went home"
    assert "left out, with intervals: “words” 4, “phones” 6" in notices(found)


def test_short_answers_during_a_long_speech_are_a_speaker() -> None:
    found = talk(("R1", ["0-9 a long story about it"]), ("INT", ["1-2 mhm", "4-5 yes", "7-8 mhm"]))
    assert {one.name for one in found.speakers} == {"R1", "INT"}


def test_a_tier_with_the_very_intervals_of_another_is_no_speaker() -> None:
    found = talk(("R1", ["0-1 ja", "1-2 nein", "2-3 gut"]), ("English", ["0-1 yes", "1-2 no", "2-3 good"]))
    assert found.text == "R1: ja nein gut"
    assert "“English” 3" in notices(found)


def test_tiers_of_a_program_that_aligns_words_name_the_speaker() -> None:
    words, sounds = ["0-1 so", "1-2 sil", "2-3 we"], ["0-0.5 s", "0.5-1 o", "2-2.5 w", "2.5-3 i"]
    assert talk(("Ana - words", words), ("Ana - phones", sounds)).text == "Ana: so we"
    found = talk(("words", words), ("phones", sounds))
    assert (found.text, found.speakers) == ("so\nwe", ())
    assert "“sil”: 1" in notices(found)


def test_marks_in_place_of_words_are_doubted() -> None:
    assert "are these marks, and no talk?" in notices(talk(("Ana", ["0-1 S", "2-3 S"]), ("Ben", ["1-2 S"])))


def test_a_grid_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="no words"):
        talk(("R1", ["0-1 ", "1-2 "]))


def test_files_of_one_talk_differ_in_the_last_part_of_their_name() -> None:
    names = ["in/t1_doctor.TextGrid", "in/t2-A.TextGrid", "in/t1_patient.TextGrid", "in/t2-B.TextGrid", "x.TextGrid"]
    data = [grid(DOCTOR), grid(DOCTOR), grid(PATIENT, end=12), grid(PATIENT), grid(DOCTOR)]
    assert groups(list(zip(names, data, strict=True))) == [[0, 2], [1, 3], [4]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("t_1.TextGrid", grid(DOCTOR)), ("t_2.TextGrid", grid(PATIENT))),
        (("a/t_x.TextGrid", grid(DOCTOR)), ("b/t_y.TextGrid", grid(PATIENT))),
        (("t_x.TextGrid", grid(DOCTOR, end=100)), ("t_y.TextGrid", grid(PATIENT, end=110))),
        (("t_x.TextGrid", grid(DOCTOR)), ("t_y.TextGrid", grid(DOCTOR))),
        (("t_x.TextGrid", grid(DOCTOR, ("B", ["5-6 b"]))), ("t_y.TextGrid", grid(PATIENT))),
        (("t_x.TextGrid", grid(DOCTOR)), ("t_y.TextGrid", b"broken")),
        (("doctor.TextGrid", grid(DOCTOR)), ("patient.TextGrid", grid(PATIENT))),
    ],
    ids=["numbers", "folders", "lengths", "at once", "two speakers", "broken", "nothing in common"],
)
def test_files_that_may_be_two_talks_stay_apart(one: tuple[str, bytes], other: tuple[str, bytes]) -> None:
    assert groups([one, other]) == [[0], [1]]


def test_files_read_together_are_named_by_what_differs_in_their_names() -> None:
    found = read_together([("t1_doctor.TextGrid", grid(DOCTOR)), ("t1_patient.TextGrid", grid(PATIENT))], Options())
    assert found.text == "doctor: Hello?\npatient: Yes.\ndoctor: And now?"
    assert (found.title, found.labels, found.encoding) == ("t1", 3, "utf-8")
    assert "t1_doctor.TextGrid, t1_patient.TextGrid" in notices(found)


def test_tiers_with_names_of_their_own_keep_them() -> None:
    files = [("t-A.TextGrid", grid(("Ana", ["0-1 a"]))), ("t-B.TextGrid", grid(("Ben", ["1-2 b"])))]
    assert read_together(files, Options()).text == "Ana: a\nBen: b"


def test_one_file_alone_is_read_as_it_is() -> None:
    assert read_together([("a.TextGrid", grid(DOCTOR))], Options()).text == "Speaker: Hello? And now?"


def test_a_grid_is_told_by_its_first_line() -> None:
    for data in (grid(DOCTOR), grid(DOCTOR, short=True), grid(DOCTOR).decode().encode("utf-16")):
        assert read(data, "a.txt").format == "TextGrid"
