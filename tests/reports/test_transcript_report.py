"""The report on a transcript marks every coded passage in its turn and says below who put which code there."""

from __future__ import annotations

from dataclasses import replace

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coding
from qcode.domain.transcript import Revision, Transcript, Turn
from qcode.reports.report import CodedTurn, Quotes, Report, Table, Text
from qcode.reports.transcript_report import transcript

TEXT = "АНА: Я ждала два часа.\nИ: И потом?\nАНА: Потом ушла."
TURNS = (Turn(1, "АНА", 5, 22, 61.0), Turn(2, "И", 26, 34), Turn(3, "АНА", 40, len(TEXT)))
ABOUT = Transcript("t", "P1", "ru", "Ана А.", len(TEXT), 3, ("АНА", "И"), "")
BOOK = CodebookVersion("book", "1", codes=(Code("WAIT", "Ожидание", id="a"), Code("LEAVE", "LEAVE", id="b")))


def coding(quote: str, code: str = "WAIT", coder: str = "ana", *, start: int | None = None, **more: str) -> Coding:
    at = TEXT.index(quote) if start is None else start
    return Coding("c1", "P1", at, at + len(quote), quote, code, coder, "2026-01-01T00:00:00Z", "book", "1", **more)


def report(*codings: Coding, pending: dict[str, int] | None = None) -> Report:
    return transcript(ABOUT, Revision(TEXT, TURNS), codings, codebook=BOOK, pending=pending or {})


def turns(made: Report) -> list[CodedTurn]:
    return [block for block in made.blocks if isinstance(block, CodedTurn)]


def words(turn: CodedTurn) -> str:
    return "".join(piece for piece, _ in turn.pieces).replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_a_turn_says_its_number_speaker_and_time() -> None:
    assert [one.head for one in turns(report())] == ["1 · АНА · 00:01:01", "2 · И", "3 · АНА"]


def test_a_passage_stands_between_its_marks_and_its_codes_below_the_turn() -> None:
    first, *_ = turns(report(coding("два часа")))
    assert words(first) == "Я ждала [1два часа1]."
    assert first.notes == (("1", "Ожидание (WAIT) [ana]"),)
    assert ("два часа", "coded") in first.pieces


def test_codings_of_the_same_stretch_share_a_number_and_name_their_coders() -> None:
    first, *_ = turns(report(coding("два часа"), coding("два часа", coder="ben"), coding("два часа", "LEAVE", "ben")))
    assert first.notes == (("1", "LEAVE [ben]; Ожидание (WAIT) [ana, ben]"),)


def test_passages_that_cross_close_in_their_own_place() -> None:
    first, *_ = turns(report(coding("Я ждала два"), coding("два часа"), coding("часа")))
    assert words(first) == "[1Я ждала [2два1] [3часа3] 2]."


def test_a_passage_over_several_turns_is_marked_in_each_and_told_once() -> None:
    made = turns(report(coding(TEXT[14:46])))
    assert [words(one) for one in made] == ["Я ждала д[1ва часа.1]", "[1И потом?1]", "[1Потом 1]ушла."]
    assert [one.notes[0][1] for one in made] == [
        "Ожидание (WAIT) [ana] · goes on to turn 3",
        "goes on from turn 1, where its codes stand",
        "goes on from turn 1, where its codes stand",
    ]


def test_a_passage_on_a_label_alone_is_not_lost() -> None:
    made = report(coding("АНА:", start=0))
    (quotes,) = [block for block in made.blocks if isinstance(block, Quotes)]
    assert [(one.text, one.source) for one in quotes.quotes] == [("АНА:", "1 · at 0–4 · Ожидание (WAIT) [ana]")]


def test_without_its_marks_a_turn_holds_its_words_unchanged() -> None:
    made = turns(report(coding("Я ждала два"), coding("два часа"), coding(TEXT[14:46])))
    plain = ["".join(piece for piece, kind in one.pieces if kind != "mark") for one in made]
    assert plain == [TEXT[turn.start : turn.end] for turn in TURNS]


def test_memos_and_waiting_codings_are_told() -> None:
    first, *_ = turns(report(replace(coding("два часа", memo="долго"), status="pending")))
    assert first.notes[0][1] == "Ожидание (WAIT) [ana, waits for a decision]\nMemo [ana]: долго"


def test_what_waits_and_is_left_out_is_said() -> None:
    said = " ".join(block.text for block in report(pending={"WAIT": 2}).blocks if isinstance(block, Text))
    assert "2 codings that wait for a decision" in said and "No passage" in said


def test_each_code_leads_to_its_passages() -> None:
    made = report(coding("два часа"), coding("Потом"), coding("ушла", "LEAVE"), coding("Я", "LEAVE"))
    (table,) = [block for block in made.blocks if isinstance(block, Table)]
    assert table.rows == (("Ожидание (WAIT)", 2, "2, 3"), ("LEAVE", 2, "1, 4"))
