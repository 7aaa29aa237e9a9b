"""The notation in which tests write their studies."""

from __future__ import annotations

from pathlib import Path

from tests.notation import Mark, make_study, read_notation


def test_a_segment_is_where_its_words_stand_in_the_plain_text() -> None:
    text, marks = read_notation("ANA: I waited [two hours|wait, trust @ben] on the phone.")
    assert text == "ANA: I waited two hours on the phone."
    assert marks == [Mark(14, 23, ("wait", "trust"), "ben")]


def test_segments_stand_inside_each_other() -> None:
    text, marks = read_notation("[I waited [two hours|time]|wait @ben]")
    assert [(text[m.start : m.end], m.codes, m.coder) for m in marks] == [
        ("two hours", ("time",), None),
        ("I waited two hours", ("wait",), "ben"),
    ]


def test_a_study_is_made_of_it(tmp_path: Path) -> None:
    with make_study(tmp_path, P1="ANA: I waited [two hours|wait, trust @ben] on the phone.") as study:
        found = [(c.transcript, c.quote, c.code, c.coder) for c in study.codings.list()]
        assert found == [("P1", "two hours", "wait", "ben"), ("P1", "two hours", "trust", "ben")]
        assert [turn.speaker for turn in study.transcripts.show("P1").revision.turns] == ["ANA"]
