"""Failures as sentences."""

from __future__ import annotations

from qcode.errors import MissingExtra, QcodeError


def test_a_sentence_says_what_where_and_how_to_mend() -> None:
    error = QcodeError("no speaker", where="row 14", mend="use --speakers")
    assert str(error) == error.sentence == "no speaker, row 14; use --speakers"


def test_what_is_not_known_is_left_out() -> None:
    assert QcodeError("no speaker").sentence == "no speaker"


def test_a_missing_part_says_what_to_type() -> None:
    assert MissingExtra("no pictures", "png").sentence.endswith('type: pip install "qcode-interviews[png]"')
