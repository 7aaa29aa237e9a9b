"""Styles of paragraphs that bear the names of roles are the speakers where no labels stand in the text."""

from __future__ import annotations

from qcode.importers.base import Draft, Options
from qcode.importers.registry import read
from tests.importers.word_files import NAMESPACES, p, word

NAMED = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("a", "Interviewer"), ("b", "Respondent 1"), ("c", "Quote"))
)
STYLES = {"word/styles.xml": f"<w:styles {NAMESPACES}>{NAMED}</w:styles>"}


def draft(*styles: str, options: Options | None = None) -> Draft:
    return read(
        word(*(p(f"words {n}", style=style) for n, style in enumerate(styles)), parts=STYLES), "a.docx", options
    )


def talk(found: Draft) -> list[tuple[str | None, str]]:
    return [(turn.speaker, found.text[turn.start : turn.end]) for turn in found.turns]


def test_neighbours_of_one_style_are_one_turn_of_a_speaker_called_like_the_style() -> None:
    found = draft("a", "b", "b", "a", "b")
    assert talk(found) == [
        ("Interviewer", "words 0"),
        ("Respondent 1", "words 1\nwords 2"),
        ("Interviewer", "words 3"),
        ("Respondent 1", "words 4"),
    ]
    assert found.labels == 5
    assert any("styles of the paragraphs" in notice.what for notice in found.notices)


def test_what_stands_above_in_another_style_is_nobodys() -> None:
    assert talk(draft("c", "a", "b", "a", "b", "a", "b"))[0] == (None, "words 0")


def test_a_paragraph_of_another_style_goes_on_with_the_one_before() -> None:
    assert talk(draft("a", "b", "c", "a", "b", "a", "b"))[1] == ("Respondent 1", "words 1\nwords 2")


def test_styles_without_the_name_of_a_role_name_nobody() -> None:
    assert draft("c", "c", "c", "c").speakers == ()


def test_styles_of_few_paragraphs_name_nobody() -> None:
    assert draft("a", "b", "a", "b", *[""] * 8).speakers == ()


def test_styles_are_not_believed_where_a_person_says_that_nobody_is_named() -> None:
    assert draft("a", "b", "a", "b", options=Options(no_speakers=True)).speakers == ()


def test_labels_in_the_text_go_before_styles() -> None:
    found = read(word(*(p(f"{'IR'[n % 2]}: so", style="ab"[n % 2]) for n in range(6)), parts=STYLES), "a.docx")
    assert {speaker.name for speaker in found.speakers} == {"I", "R"}
