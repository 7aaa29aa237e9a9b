"""A text for MAXQDA's preprocessor is several transcripts; its marks are no words."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.registry import read_all
from tests.importers.word_files import p, word

TEXTS = """\
#TEXT Erstes Interview
I: Hallo, wie geht es?
B: Gut, danke.
#CODE Wohl\\Sein
I: Und heute?
B: Auch gut. #CODEnamen sind keine Marken.
#ENDCODE

#TEXT
Nur ein Satz.#ENDCODE
#TEXT Leer
#TEXT Второе
И: Как дела?
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_text_is_a_transcript_under_its_name(encoding: str) -> None:
    found = read_all(TEXTS.encode(encoding), "all.txt")
    assert [one.title for one in found] == ["Erstes Interview", None, "Второе"]
    assert (
        found[0].text
        == "I: Hallo, wie geht es?\nB: Gut, danke.\nI: Und heute?\nB: Auch gut. #CODEnamen sind keine Marken."
    )
    assert found[1].text == "Nur ein Satz."
    assert found[0].labels == 4


def test_what_was_taken_out_is_told_once() -> None:
    first, *others = read_all(TEXTS.encode(), "all.txt")
    assert [notice.what for notice in first.notices][:2] == [
        "marks of codes (#CODE, #ENDCODE) were left out, their words kept: 3",
        "texts without words, left out: 1",
    ]
    assert not any("marks" in notice.what for one in others for notice in one.notices)


def test_a_heading_of_markdown_is_no_mark() -> None:
    (found,) = read_all(b"# TEXT one\nI: So?\n", "a.md")
    assert found.text.startswith("# TEXT one")


def test_marks_without_words_are_refused() -> None:
    with pytest.raises(Unreadable, match="no words below its #TEXT marks"):
        read_all(b"#TEXT a\n#TEXT b\n", "a.txt")


def test_a_word_file_with_such_marks_is_several_transcripts_too() -> None:
    data = word(
        p("#TEXT Erstes"),
        p("I: Hallo"),
        p("B: Gut"),
        p("#CODE Wohl"),
        p("I: Ja"),
        p("B: Ja"),
        p("#TEXT Zweites"),
        p("Nur das"),
    )
    found = read_all(data, "all.docx")
    assert [(one.title, one.text) for one in found] == [
        ("Erstes", "I: Hallo\nB: Gut\nI: Ja\nB: Ja"),
        ("Zweites", "Nur das"),
    ]
    assert [one.format for one in found] == ["docx", "docx"]
    assert found[0].labels == 4


def test_an_rtf_file_with_such_marks_is_several_transcripts_too() -> None:
    found = read_all(rb"{\rtf1\ansi #TEXT One\par I: a\par #TEXT Two\par I: b\par}", "all.rtf")
    assert [(one.title, one.text) for one in found] == [("One", "I: a"), ("Two", "I: b")]
