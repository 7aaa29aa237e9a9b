"""PDF files give the talk in paragraphs, without what is printed around it."""

from __future__ import annotations

import importlib.util
import json
import zlib
from collections.abc import Sequence

import pytest

from qcode.errors import MissingExtra, Unreadable
from qcode.importers import pdf as importer
from qcode.importers.base import Draft, Options
from qcode.importers.pdf import draft_of_pages
from qcode.importers.pdf_child import described
from qcode.importers.pdf_glyphs import pages_of
from qcode.importers.registry import read
from tests.importers.pdf_files import At, column, pdf

FULL = "слово " * 14 + "слово"
pytest.importorskip("pdfminer")


def draft(*pages: Sequence[At], speakers: tuple[str, ...] | None = None) -> Draft:
    """Return the draft of a PDF, read without the program apart."""
    found = [described(page) for page in pages_of(pdf(*pages))]
    return draft_of_pages(json.loads(json.dumps(found)), Options(speakers=speakers))


def said(found: Draft) -> list[str]:
    return [notice.what for notice in found.notices]


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, "a.pdf")
    return refused.value.sentence


def test_a_file_is_read_by_a_program_apart() -> None:
    found = read(pdf(column("И: Как дела?", "Р: Хорошо.", "И: А потом?", "Р: Потом всё.")), "a.pdf")
    assert (found.format, found.encoding, found.labels) == ("pdf", None, 4)
    assert found.text == "И: Как дела?\nР: Хорошо.\nИ: А потом?\nР: Потом всё."


def test_the_lines_of_a_paragraph_are_joined() -> None:
    assert draft(column(FULL, FULL, "конец.", FULL, "и всё.")).text.split("\n") == [
        f"{FULL} {FULL} конец.",
        f"{FULL} и всё.",
    ]


def test_a_paragraph_runs_over_the_end_of_a_page() -> None:
    found = draft(column("Р: " + FULL, FULL), column(FULL, "конец."))
    assert len(found.paragraphs) == 1
    assert found.text.endswith("слово конец.")


def test_chinese_lines_are_joined_without_a_blank() -> None:
    line = "我们那时候什么都没有只有一间房一张桌子和三个人谁也不知道后来会怎么样" * 2
    assert draft(column(line, line, "后来呢。")).text == line + line + "后来呢。"


def test_a_first_line_that_is_set_in_begins_a_paragraph() -> None:
    lines = [*column(FULL), At(90, 746, FULL[4:]), At(70, 732, FULL), At(90, 718, FULL[4:]), At(70, 704, FULL)]
    assert len(draft(lines).paragraphs) == 3


def test_a_larger_gap_begins_a_paragraph() -> None:
    assert len(draft(column(FULL, FULL, "", FULL, FULL, "", FULL, FULL)).paragraphs) == 3


@pytest.mark.parametrize("mark", ["{}/3", "Seite {}", "- {} -", "стр. {} из 3", "第{}页", "{}"])
def test_a_page_mark_is_no_talk(mark: str) -> None:
    words = ("", "один", "два", "три")
    pages = [[*column(f"И: и {words[n]}?", f"Р: не {words[n]}."), At(290, 30, mark.format(n))] for n in (1, 2, 3)]
    found = draft(*pages)
    assert len(found.text.split("\n")) == 6
    assert "3 page marks left out" in said(found)


def test_a_number_that_somebody_says_stays() -> None:
    found = draft(column("И: Сколько?", "12", "И: А теперь?", "7"), column("И: И ещё?", "5"))
    assert "12" in found.text
    assert "5" in found.text.split("\n")


def test_print_heads_and_feet_are_left_out_and_counted() -> None:
    talk = [(f"И: вопрос {c}?", f"Р: ответ {c}.") for c in "абвг"]
    pages = [
        [At(70, 790, f"Проект «Голоса», {n + 1}"), *column(*talk[n]), At(70, 20, "не для чужих")] for n in range(4)
    ]
    found = draft(*pages)
    assert "8 lines of print heads and feet left out" in said(found)
    assert found.text == "\n".join(line for pair in talk for line in pair)


def test_a_label_on_top_of_every_page_is_no_print_head() -> None:
    pages = [column("Anna:", f"words {c}", "Ben:", f"answer {c}") for c in "abc"]
    assert draft(*pages).text.count("Anna:") == 3


def test_numbers_in_the_margin_are_left_out_and_counted() -> None:
    lines = column(*(f"{'IB'[n % 2]}: words {'x' * (n + 1)}" for n in range(8)))
    found = draft([*(At(40, line.base, str(n)) for n, line in enumerate(lines, 1)), *lines])
    assert "8 margin numbers left out" in said(found)
    assert found.text.startswith("I: words x\nB: words xx")


def test_a_number_in_a_cell_stays_in_its_row() -> None:
    assert draft([At(70, 700, "Alter"), At(300, 700, "34"), At(70, 680, "Ort"), At(300, 680, "N")]).text == (
        "Alter\t34\nOrt\tN"
    )


def test_what_the_file_marks_as_no_part_of_its_text_is_left_out() -> None:
    from qcode.importers.pdf_glyphs import Glyph, Page

    page = Page(
        glyphs=[Glyph("И: да", 70, 95, 700, 10, False)], artifacts=[Glyph("Verein e.V.", 70, 120, 780, 10, False)]
    )
    found = draft_of_pages([described(page)], Options())
    assert found.text == "И: да"
    assert "1 line of print heads and feet left out" in said(found)


def test_a_divided_word_is_joined_where_it_stands_undivided_elsewhere() -> None:
    end = "a " * 40 + "Verwal-"
    found = draft(column(end, "tung und noch etwas", "", "Die Verwaltung war da.", "", "b " * 40 + "Ost-", "West ja"))
    assert "Verwaltung und noch" in found.text
    assert "Ost-West" in found.text
    assert "words divided at the end of a line were joined without their hyphen: 1" in said(found)
    assert "hyphens at the end of a line were kept: 1" in said(found)


def test_a_hyphen_that_stands_for_a_part_of_a_word_keeps_its_blank() -> None:
    assert "Vor- und Nachteile" in draft(column("a " * 40 + "Vor-", "und Nachteile gab es")).text


def test_columns_are_read_one_behind_the_other() -> None:
    left = column(*(f"I: links {c} links links links links links" for c in "abcdefgh"), left=40)
    right = column(*(f"B: rechts {c} rechts rechts rechts rechts" for c in "abcdefgh"), left=330)
    lines = draft([*left, *right]).text.split("\n")
    assert lines[0].startswith("I: links a")
    assert lines[8].startswith("B: rechts a")


def test_a_row_of_speaker_and_words_is_one_line_with_a_tab() -> None:
    rows = [At(70, 700, "Anna"), At(200, 700, "ja " * 25 + "ja"), At(200, 686, "und nein."), At(70, 672, "Ben")]
    assert draft([*rows, At(200, 672, "gut")]).text == f"Anna\t{'ja ' * 25}ja und nein.\nBen\tgut"


def test_right_to_left_words_are_in_the_order_of_reading() -> None:
    shown = "2010 בשנת הגעתי (כן) רות:"
    drawn = "".join(reversed(shown)).replace("0102", "2010").replace("(", "<").replace(")", "(").replace("<", ")")
    assert draft(column(drawn)).text == shown


def test_a_time_at_the_end_of_a_turn_is_its_time() -> None:
    lines = [f"{'IB'[n % 2]}: words {'x' * n}. #00:00:{n:02}-5#" for n in range(8)]
    assert [turn.time for turn in draft(column(*lines)).turns][:3] == [0.5, 1.5, 2.5]


def test_bold_names_without_a_colon_are_labels() -> None:
    lines = [
        one
        for n in range(10)
        for one in (At(70, 760 - 20 * n, ("Anna:", "Ben:")[n % 2], True), At(105, 760 - 20 * n, f"words {n}"))
    ]
    assert draft(lines).labels == 10


def test_letters_outside_the_page_are_left_out_and_counted() -> None:
    found = draft([*column("И: да"), At(70, -500, "нет")])
    assert found.text == "И: да"
    assert any(what.startswith("3 letters outside") for what in said(found))


def test_a_line_drawn_on_two_pages_is_told() -> None:
    found = draft(column("И: да", "Р: " + FULL), column("Р: " + FULL, "И: нет"))
    assert [n.where for n in found.notices if "is it said twice?" in n.what] == ["page 2"]


def test_a_page_without_text_is_told() -> None:
    found = draft(column("И: да", "Р: нет"), [])
    assert ("page 2", "1 of 2 pages without text (empty, or a picture)") in [(n.where, n.what) for n in found.notices]


@pytest.mark.parametrize("height", [3.2, 3.9])
def test_a_raised_number_stays_with_the_word_that_it_hangs_on(height: float) -> None:
    lines = column("И: Кто вас поддержал?", "Р: Мама помогла.", "И: А соседи?", "Р: Никто.")
    mark = At(70 + 5 * len("Р: Мама помогла."), 746 + height, "1", size=5.8)
    assert draft([*lines, mark]).text.split("\n")[1:3] == ["Р: Мама помогла.1", "И: А соседи?"]


def test_what_looks_like_footnotes_is_told_with_its_page() -> None:
    talk = column("И: Кто вас поддержал?", "Р: Мама.", "И: А соседи?", "Р: Никто.")
    mark = At(110, 749.9, "1", size=5.8)
    note = At(70, 120, "1 Имя изменено", size=8)
    told = [notice for notice in draft([*talk, mark, note]).notices if "footnote" in notice.what]
    assert [notice.where for notice in told] == ["page 1"]


def test_smaller_words_without_a_raised_number_are_no_footnotes() -> None:
    talk = column("И: Кто вас поддержал?", "Р: Мама.", "И: А соседи?", "Р: Никто.")
    assert not [n for n in draft([*talk, At(70, 120, "1 Имя изменено", size=8)]).notices if "footnote" in n.what]


def test_a_scan_is_refused_with_advice() -> None:
    assert "OCR" in refusal(pdf([], []))


def test_a_file_that_is_cut_off_is_refused() -> None:
    data = pdf(column("И: да"))
    assert "cut off" in refusal(data[: len(data) // 2])


def test_what_is_called_pdf_and_is_none_is_refused() -> None:
    assert "is called .pdf and is none" in refusal(b"hello there")


def test_a_page_that_unpacks_to_far_too_much_is_refused() -> None:
    assert "unpacks to far more" in refusal(pdf([], packed=zlib.compress(b" " * 70_000_000)))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from qcode.importers import pdf_glyphs

    monkeypatch.setattr(pdf_glyphs, "MOST_PAGES", 2)
    with pytest.raises(Unreadable, match="too many pages"):
        pages_of(pdf([], [], []))


def test_a_program_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "MOST_SECONDS", 0.001)
    assert "could not be read within" in refusal(pdf(column("И: да")))


def test_without_the_extra_a_sentence_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"qcode-interviews\[pdf\]"):
        importer.read(pdf(column("И: да")), "a.pdf", Options())
    assert importlib.util.find_spec("pdfminer") is not None
