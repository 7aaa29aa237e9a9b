"""Revisions of a transcript's text."""

from __future__ import annotations

from hashlib import sha256

from qcode.domain.transcript import Revision


def test_the_hash_is_that_of_the_text_as_utf8() -> None:
    assert Revision("жду\n").sha256 == sha256("жду\n".encode()).hexdigest()


def test_composed_and_decomposed_letters_are_different_texts() -> None:
    assert Revision("\u0439").sha256 != Revision("\u0438\u0306").sha256
