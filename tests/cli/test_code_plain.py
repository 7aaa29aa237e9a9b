"""The plain mode: commands come in lines, every act is told in a sentence, nothing is asked where nobody sits."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from qcode.cli.code_plain import COMMANDS, run
from qcode.cli.code_plain_room import Room
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.keys import KEYS
from qcode.errors import NotFound
from qcode.importers.base import Options
from qcode.study.selection import Filters
from qcode.study.sitting import Sitting
from qcode.study.study import Study, create
from tests.notation import make_study
from tests.study.next_version import follow

HAS_NO_LETTER = {
    *("word_next", "word_previous", "sentence_next", "sentence_previous", "extend_sentence", "shrink_sentence"),
    *("page_down", "page_up", "top", "bottom"),
}
"""Keys of a screen: in lines, sentences and words have numbers."""


@dataclass(frozen=True)
class Said:
    """What came of some lines."""

    exit: int
    out: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Plain = Callable[..., Said]


@pytest.fixture
def plain(study: Study, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Plain:
    """Give a function that reads lines to the plain mode of the tiny study as from a pipe."""

    def plain(
        *lines: str, on: Study = study, transcript: str | None = "P1", shown: Sequence[str] = (), coder: str = "ana"
    ) -> Said:
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        code = run(on, Sitting(on, coder=coder), transcript, shown)
        return Said(code, capsys.readouterr().out)

    return plain


def coded(study: Study, coder: str = "ana", transcript: str = "P1") -> list[tuple[str, str]]:
    codings = study.codings.list(Filters(coders=(coder,), transcripts=(transcript,)))
    return [(one.code, one.quote) for one in codings]


def test_the_first_turn_is_read_with_its_number_speaker_and_codings(plain: Plain) -> None:
    said = plain()
    assert said.lines[-4:] == [
        "",
        "Turn 1 of 4, INT, 0 codings",
        "1. How long did you wait?",
        "Left P1 at turn 1. Everything is kept.",
    ]
    assert said.exit == 0


def test_an_empty_line_goes_to_the_next_turn_and_a_bracket_back(plain: Plain) -> None:
    said = plain("", "]", "[")
    assert [line[:11] for line in said.lines if line.startswith("Turn")] == [f"Turn {n} of 4" for n in (1, 2, 3, 2)]


def test_at_either_end_a_step_further_says_so(plain: Plain) -> None:
    assert "This is the first turn." in plain("[").out
    assert "This is the last turn." in plain("go last", "").out


def test_the_next_sitting_goes_on_where_the_last_one_ended(plain: Plain) -> None:
    plain("go 3")
    assert "Turn 3 of 4" in plain(transcript=None).out


def test_how_far_somebody_read_is_kept(plain: Plain, study: Study) -> None:
    plain("go 2")
    (progress,) = [one for one in study.reading.progress("ana") if one.name == "P1"]
    assert study.reading.open("P1").text[: progress.read].endswith("on the phone.")


def test_the_whole_turn_is_selected_until_less_is(plain: Plain, study: Study) -> None:
    plain("", "c wait")
    assert ("wait", "I waited two hours on the phone.") in coded(study)


@pytest.mark.parametrize(
    ("commands", "quote"),
    [
        (("s 1",), "Nobody ever called me back, so I stopped asking."),
        (("s1", "w 1-2"), "Nobody ever"),
        (("w 4", "w 3-5"), "called me back"),
        (("quote called me",), "called me"),
        (("quote Called", "e", "e"), "called me back"),
        (("quote called me back", "E", "}"), "me"),
        (("quote me back", "{"), "called me back"),
        (("quote me back", "t"), "Nobody ever called me back, so I stopped asking."),
        (("quote me back", "s"), "Nobody ever called me back, so I stopped asking."),
    ],
)
def test_selecting_by_numbers_and_words(plain: Plain, study: Study, commands: tuple[str, ...], quote: str) -> None:
    said = plain("go 4", *commands, "c help")
    assert ("help", quote) in coded(study)
    assert f"Coded help on “{quote}”" in said.out


def test_what_is_selected_is_read_back(plain: Plain) -> None:
    assert "Selected, 2 words: “waited two”." in plain("", "w 2-3").lines


def test_the_words_of_a_sentence_are_numbered(plain: Plain) -> None:
    assert "Words: 1 And, 2 then." in plain("go 3", "w").lines


def test_a_number_that_is_not_there_is_refused_and_changes_nothing(plain: Plain) -> None:
    said = plain("", "w 2-3", "w 9", "s 5", "go 17", "w 2-3")
    assert said.out.count("Not done: there is no ") == 3
    assert said.lines[-2] == "Selected, 2 words: “waited two”."


def test_several_codes_are_put_on_one_passage(plain: Plain, study: Study) -> None:
    said = plain("", "c help, wai")
    assert coded(study)[:2] == [
        ("help", "I waited two hours on the phone."),
        ("wait", "I waited two hours on the phone."),
    ]
    assert "Coded help and wait on “I waited two hours on the phone.”" in said.lines


def test_where_several_codes_fit_a_number_chooses(plain: Plain, study: Study) -> None:
    said = plain("", "c t", "2")
    assert said.lines[-5:-1] == [
        "2 codes fit 't'; type a number:",
        "1. trust: Trust.",
        "2. wait: Wait.",
        "Coded wait on “I waited two hours on the phone.”",
    ]


def test_a_choice_is_given_up_by_an_empty_line_or_another_command(plain: Plain, study: Study) -> None:
    before = coded(study)
    said = plain("", "c t", "", "c t", "k", "1")
    assert said.out.count("No code was chosen.") == 2
    assert len(coded(study)) == len(before) + 1


def test_a_number_that_was_not_offered_is_refused(plain: Plain, study: Study) -> None:
    before = coded(study)
    said = plain("", "c t", "7")
    assert "Not done: there is no choice '7'; type a number from 1 to 2." in said.lines
    assert coded(study) == before


def test_several_codes_may_each_need_a_question(plain: Plain, study: Study) -> None:
    plain("", "c t, e", "1", "1")
    assert [code for code, quote in coded(study) if quote.startswith("I waited")] == ["money", "trust"]


def test_a_digit_is_a_quick_code_and_c_alone_lists_them(plain: Plain, study: Study) -> None:
    said = plain("", "c", "2")
    assert "2. money: Money." in said.lines
    assert ("money", "I waited two hours on the phone.") in coded(study)


def test_a_full_stop_repeats_the_last_codes(plain: Plain, study: Study) -> None:
    plain("", "c help, wait", "", ".")
    assert [code for code, quote in coded(study) if quote == "And then?"] == ["help", "wait"]


def test_a_code_used_on_another_day_is_repeated_too(plain: Plain, study: Study) -> None:
    plain(".")
    assert ("money", "How long did you wait?") in coded(study)


def test_cyrillic_letters_are_the_keys_at_their_places(plain: Plain, study: Study) -> None:
    said = plain("", "ц 2-3", "с рудз", "ю", "я")
    assert "Coded help on “waited two”." in said.lines
    assert "Took back help on “waited two”." in said.lines


def test_undo_and_redo_say_what_they_did(plain: Plain, study: Study) -> None:
    said = plain("", "c help", "z", "y", "z", "z")
    assert said.lines[-5:-1] == [
        "Took back help on “I waited two hours on the phone.”",
        "Did again help on “I waited two hours on the phone.”",
        "Took back help on “I waited two hours on the phone.”",
        "Not done: there is nothing to take back.",
    ]


def test_the_same_code_twice_is_refused_with_a_sentence(plain: Plain) -> None:
    said = plain("", "c help", "c help")
    assert "Not done: ana has help on this segment already" in said.out
    assert said.exit == 1


def test_a_coding_is_withdrawn_by_its_number(plain: Plain, study: Study) -> None:
    said = plain("", "c help, money", "x 2", "k", "x")
    assert "Withdrew money on “I waited two hours on the phone.” z takes that back." in said.lines
    assert coded(study) == [("trust", "Nobody ever called me back")]


def test_where_several_codings_are_a_number_is_asked_for(plain: Plain, study: Study) -> None:
    plain("", "c help, money", "x", "1")
    assert coded(study)[0] == ("money", "I waited two hours on the phone.")


def test_the_coding_of_another_coder_is_not_withdrawn(plain: Plain, study: Study) -> None:
    said = plain("go 2", "x", "1", shown=["ben"])
    assert "Not done: this is a coding by ben; withdraw only your own." in said.lines
    assert len(coded(study, "ben")) == 3


def test_others_are_hidden_until_they_are_asked_for(plain: Plain) -> None:
    said = plain("go 2", "k", "o", "o ben", "k", "o ben", "k")
    told = [line for line in said.lines if "two hours on" not in line]
    assert "No coding is here." in told
    assert "Coded here too: ben." in told
    assert sum("by ben" in line for line in told) == 4
    assert told[-2] == "No coding is here."
    assert "ben" not in plain("go 2", "", "go 2").out


def test_a_coder_nobody_knows_cannot_be_shown(plain: Plain) -> None:
    said = plain("o zoe", "o")
    assert "Not done: " in said.out
    assert "No other coder is shown." in said.lines


def test_a_memo_is_written_on_the_coding_here_and_read(plain: Plain) -> None:
    said = plain("go 4", "m She gave up.", "m", "k")
    assert "Memo written on trust on “Nobody ever called me back”." in said.lines
    assert any(line.startswith("Memo by ana, ") and line.endswith(": She gave up.") for line in said.lines)
    assert said.lines[-2].endswith("Memo: She gave up.")


def test_a_memo_where_several_codings_are_asks_which(plain: Plain, study: Study) -> None:
    plain("go 4", "c help", "m Why?", "1")
    assert [memo.text for memo in study.memos.list(about="coding")] == ["Why?"]


def test_a_memo_is_written_on_the_transcript_and_on_a_code(plain: Plain) -> None:
    said = plain("m lost", "mt Quiet.", "mt", "mc trust: In whom?", "mc trust")
    assert "Not done: no coding here; type mt for a memo on the transcript, mc for one on a code." in said.lines
    assert [line.rpartition(": ")[2] for line in said.lines if line.startswith("Memo by")] == ["Quiet.", "In whom?"]


def test_a_memo_is_written_on_the_case_and_on_the_study(plain: Plain, study: Study) -> None:
    said = plain("mp Calm.", "mp", "ms Enough.", "ms", "z")
    assert "Memo written on the case Ana A." in said.lines
    assert [line.rpartition(": ")[2] for line in said.lines if line.startswith("Memo by")] == ["Calm.", "Enough."]
    assert [(memo.about, memo.text) for memo in study.memos.list()] == [("case", "Calm.")]


def test_where_a_transcript_belongs_to_no_case_a_memo_on_it_is_refused(
    plain: Plain, study: Study, tmp_path: Path
) -> None:
    alone = tmp_path / "alone.txt"
    alone.write_text("INT: Why?\nEVA: Because.\n", encoding="utf-8")
    study.transcripts.add(alone)
    said = plain("l alone", "mp x")
    assert "Not done: this transcript belongs to no case; type mt for a memo on the transcript." in said.lines


def test_words_become_a_code_of_the_draft(plain: Plain, study: Study) -> None:
    said = plain("go 4", "quote stopped asking", "v", "k", "z")
    assert "Marked “stopped asking” with the new code stopped asking, in the draft of book." in said.lines
    assert any("a code of the draft" in line for line in said.lines)
    assert study.in_vivo.list() == []


def test_a_mark_of_the_draft_is_withdrawn_like_a_coding(plain: Plain, study: Study) -> None:
    said = plain("go 3", "v THEN", "x")
    assert "Removed the mark THEN on “And then?” z takes that back." in said.lines
    assert study.in_vivo.list() == []


def test_a_search_goes_from_place_to_place(plain: Plain) -> None:
    said = plain("/YOU", "n", "n", "/zebra")
    assert "Found 1 place." in said.lines
    said = plain("/ed", "n", "n", "N")
    assert [line for line in said.lines if line.startswith("Place")] == [f"Place {n} of 3." for n in (1, 2, 3, 2)]
    assert "“zebra” is not in this transcript." in plain("/zebra").lines


def test_words_of_another_turn_are_found_by_quote(plain: Plain, study: Study) -> None:
    said = plain("quote stopped asking", "c wait")
    assert "Not in this turn." in said.lines
    assert ("wait", "stopped asking") in coded(study)


def test_the_next_uncoded_sentence_leaves_out_what_others_did(plain: Plain) -> None:
    said = plain("go 3", "u")
    assert said.lines[-2] == "Selected, 7 words: “I waited two hours on the phone.”"


def test_codings_are_gone_through_forward_and_back(plain: Plain) -> None:
    said = plain("b", "b", "b", "B", shown=["ben"])
    selected = [line.partition(": ")[2] for line in said.lines if line.startswith("Selected")]
    assert selected == [
        "“two hours”.",
        "“Nobody ever called me back”.",
        "“stopped asking”.",
        "“Nobody ever called me back”.",
    ]


def test_a_definition_is_read(plain: Plain) -> None:
    said = plain("i trus", "i influence")
    assert "trust: Trust." in said.lines
    assert "INFLUENCE: Influence. It is only a heading." in said.lines


def test_transcripts_are_listed_and_opened_by_number_or_name(plain: Plain) -> None:
    said = plain("l", "l 2", "l p1", "l nobody")
    assert "2. P2, 133 characters, not opened yet, 1 coding." in said.lines
    assert [line for line in said.lines if line.startswith("Transcript ")] == [
        f"Transcript {name}, 4 turns, coder ana." for name in ("P1", "P2", "P1")
    ]
    assert said.lines[-1] == "Left P1 at turn 1. Everything is kept."
    assert "Not done: " in said.lines[-2]


def test_who_has_read_nothing_yet_hears_what_there_is(plain: Plain) -> None:
    said = plain(transcript=None)
    assert said.lines[0].startswith("1. P1, 135 characters, not opened yet")
    assert "The first is opened; l and a number opens another." in said.lines


def test_a_study_without_transcripts_is_refused_with_a_sentence(plain: Plain, tmp_path: Path) -> None:
    with create(tmp_path / "empty.qcode") as empty, pytest.raises(NotFound, match="no transcript yet"):
        plain(on=empty, transcript=None)


def test_a_study_without_a_codebook_can_be_read_but_not_coded(plain: Plain, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    with make_study(tmp_path / "bare", P1="ANA: I waited.\n") as bare:
        said = plain("c wait", "1", ".", "i", on=bare)
    assert said.out.count("Not done: this study has no codebook yet") == 4


def test_the_queue_is_gone_through_one_by_one(plain: Plain, study: Study) -> None:
    follow(study, "split trust into hope, fear")
    said = plain("r", "k", "2", coder="ana")
    assert "1 of 1: P1, turn 4, ANA." in said.lines
    assert "Type 2 for fear: fear." in said.lines or "Type 2 for fear: Fear." in said.lines
    assert "Not done: " in said.out
    assert coded(study) == [("fear", "Nobody ever called me back")]
    assert "That was the last one. Decided on 1." in said.lines


def test_the_queue_shows_nothing_of_others_unless_they_are_shown(plain: Plain, study: Study) -> None:
    follow(study, "split trust into hope, fear")
    assert "two hours" not in plain("r", "q").out
    assert "“two hours”" in plain("r", "q", shown=["ben"]).out


def test_a_decision_of_the_queue_is_undone_and_made_again(plain: Plain, study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    said = plain("r", "x because", "z", "", "r", "k as it was")
    assert "Withdrew trust." in said.lines
    assert "Kept on trust." in said.lines
    assert coded(study) == [("trust", "Nobody ever called me back")]


def test_a_coding_that_waits_may_go_to_codes_found_by_letters(plain: Plain, study: Study) -> None:
    follow(study, "narrow trust")
    said = plain("r", "c e", "9", "c e", "2", coder="ana")
    assert "Not done: there is no choice '9'" in said.out
    assert said.exit == 1
    assert len(coded(study)) == 1
    assert coded(study)[0][0] != "trust"


def test_the_next_waiting_coding_is_found(plain: Plain, study: Study) -> None:
    assert "Nothing of yours waits for a decision in this transcript." in plain("p").lines
    follow(study, "split trust into hope, fear")
    said = plain("p")
    assert "Turn 4 of 4, ANA, 1 coding, 1 waiting" in said.lines
    assert said.lines[-2] == "Selected, 5 words: “Nobody ever called me back”."


@pytest.fixture
def suggesting(tmp_path: Path) -> Study:
    """Give a study in which terms suggest a code twice."""
    made = create(tmp_path / "suggesting.qcode", coder="ana")
    made.codebooks.add_version(
        CodebookVersion("book", "1", (Code("WAIT", "Waiting", brief="Time lost", terms=(("en", ("wait",)),)),))
    )
    file = tmp_path / "S.txt"
    file.write_text("ANA: I waited. Nobody came.\nANA: So I wait.\n", encoding="utf-8")
    made.transcripts.add(file, options=Options(speakers=("ANA",), language="en"))
    return made


def test_suggestions_are_accepted_rejected_and_passed_over(plain: Plain, suggesting: Study) -> None:
    with suggesting as study:
        said = plain("g", "i", "hm", "", "[", "a", "d", "g", on=study, transcript="S")
        assert coded(study, transcript="S") == [("WAIT", "I waited.")]
    assert "WAIT: Waiting." in said.lines
    assert "Not done: that is no answer to a suggestion" in said.out
    assert "That was the last one. Decided on 2." in said.lines
    assert said.lines[-2] == "Nothing is suggested in this transcript."


def test_an_accepted_suggestion_is_undone_where_it_was_accepted(plain: Plain, suggesting: Study) -> None:
    with suggesting as study:
        said = plain("g", "z", "a", "z", "q", on=study, transcript="S")
        assert coded(study, transcript="S") == []
    assert "Not done: nothing was decided here yet" in said.out
    assert sum(line.startswith("1 of 2: WAIT") for line in said.lines) == 2
    assert "Stopped. Decided on 0." in said.lines


def test_what_another_window_did_is_there_at_the_next_command(
    study: Study, plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines() -> list[str]:
        yield "go 3\n"
        study.codings.add("P1", "help", quote="And then?", coder="ana")
        yield "k\n"

    monkeypatch.setattr("qcode.cli.code_plain._lines", lambda interactive: lines())
    assert any(line.startswith("Coding 1: help on “And then?”") for line in plain().lines)


def test_a_long_turn_is_read_in_parts(plain: Plain, tmp_path: Path) -> None:
    (tmp_path / "long").mkdir()
    with make_study(tmp_path / "long", P1="ANA: " + " ".join(f"Day {n} was long." for n in range(100)) + "\n") as long:
        said = plain("more", "quote Day 95", "s 40", "/Day 50", on=long)
    assert "The turn goes on to sentence 100; type more to read on." in said.lines
    assert "31. Day 30 was long." in said.lines
    assert "51. Day 50 was long." in said.lines
    assert said.out.count("\n1. Day 0 ") == 1


def test_nothing_in_a_transcript_can_steer_the_terminal(plain: Plain, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    with make_study(tmp_path / "bad", P1="ANA: I \x1b[31mwaited\x07 \u202eloud.\n") as bad:
        said = plain("w", "s 1", "c x", "v RED", "k", on=bad)
    assert not {"\x1b", "\x07", "\u202e"} & set(said.out)


def test_nothing_that_is_no_command_ends_the_sitting(plain: Plain) -> None:
    said = plain("hello", "ж", "\x00", "1 2", "go", "quote", "i zzz", "/", "\udc80", "k")
    assert said.out.count("Not done: ") == 9
    assert said.lines[-2] == "No coding is here."
    assert said.exit == 1


def test_help_has_every_command_on_a_line_of_its_own(plain: Plain) -> None:
    said = plain("?")
    assert said.lines[-len(COMMANDS) - 1 : -1] == [f"{one.form}: {one.help}." for one in COMMANDS]


def test_every_act_of_the_keys_can_be_typed() -> None:
    acts = {key.act for key in KEYS} - HAS_NO_LETTER - {f"quick_{n}" for n in range(2, 10)}
    assert acts == {one.act for one in COMMANDS if one.act}


def test_every_letter_is_that_of_the_key() -> None:
    letters = {key.act: {latin for latin in key.keys if len(latin) == 1} for key in KEYS}
    assert [one.name for one in COMMANDS if one.act and letters[one.act] and one.name not in letters[one.act]] == []


def test_after_q_nothing_is_read_any_more(plain: Plain, study: Study) -> None:
    before = coded(study)
    assert plain("q", "c help").lines[-1] == "Left P1 at turn 1. Everything is kept."
    assert coded(study) == before


def test_bytes_that_are_no_text_end_nothing(study_path: Path) -> None:
    code = (
        "import sys\nfrom qcode.cli.code_plain import run\nfrom qcode.study.sitting import Sitting\n"
        "from qcode.study.study import open\n"
        f"study = open({str(study_path)!r})\nsys.exit(run(study, Sitting(study), 'P1', ()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        input=b"\xef\xbb\xbfgo 3\nmt \xff\xfe \xd0\xb6\nq\n",
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"> " not in ran.stdout
    assert b"Turn 3 of 4" in ran.stdout


def between_lines(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let somebody else act once, just before the first line is carried out."""
    waiting, fresh = [act], Room.fresh

    def acted(room: Room) -> None:
        while waiting:
            waiting.pop()()
        fresh(room)

    monkeypatch.setattr(Room, "fresh", acted)


def test_nothing_is_coded_under_a_version_that_was_not_told_of(
    study: Study, plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    between_lines(monkeypatch, lambda: follow(study, "name wait"))
    said = plain("c wait", "c wait")
    assert "Not done: the codebook book has a new version 2 since this was opened" in said.out
    told = "The codebook has changed: book@2 is new. i and a code tells what it means now."
    assert said.out.count(told) == 1
    assert said.out.index("Not done") < said.out.index(told) < said.out.index("Coded wait")


def test_a_coder_who_gets_another_name_elsewhere_goes_on_under_it(
    study: Study, plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    between_lines(monkeypatch, lambda: study.coders.rename("ana", "coder-07"))
    plain("]", "c wait", "q")
    names = {one.name for one, _ in study.coders.list()}
    assert ("coder-07" in names, "ana" in names) == (True, False)


def test_memos_of_others_on_the_transcript_and_codes_are_read_when_they_are_shown(study: Study, plain: Plain) -> None:
    study.memos.add("far too long", about="transcript", target="P1", coder="ben")
    study.memos.add("far too wide", about="code", target="wait", coder="ben")
    assert "far too" not in plain("mt", "mc wait", "i wait").out
    said = plain("mt", "mc wait", shown=["ben"]).out
    assert "far too long" in said and "far too wide" in said


def test_a_greeting_is_the_first_sentence_and_who_only_looks_leaves_no_trace(
    study: Study, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    run(study, Sitting(study, coder="anna"), "P1", [], greeting="anna is new here")
    assert capsys.readouterr().out.startswith("anna is new here.\n")
    assert "anna" not in [one.name for one, _ in study.coders.list()]


def test_a_jump_to_the_last_turn_is_not_reading(study: Study, plain: Plain) -> None:
    plain("go last", "q")
    read = {one.name: one.read for one in study.reading.progress("ana")}["P1"]
    assert 0 < read < 40
    plain("go 1", *[""] * 5, "q")
    done = {one.name: one for one in study.reading.progress("ana")}["P1"]
    assert done.read > 100
