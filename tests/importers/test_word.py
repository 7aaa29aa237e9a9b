"""Word files: nothing that is read as talk is lost, nothing that is not is added."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import read
from tests.importers.word_files import NAMESPACES, p, r, table, word, zipped

BOLD = "<w:b/>"


def draft(*blocks: str, parts: dict[str, str] | None = None) -> Draft:
    return read(word(*blocks, parts=parts), "a.docx")


def text(*blocks: str) -> str:
    return draft(*blocks).text


def told(found: Draft) -> str:
    return " ".join(notice.what for notice in found.notices)


def speakers(found: Draft) -> list[str]:
    return sorted(speaker.name for speaker in found.speakers)


def test_paragraphs_are_joined_by_line_feeds() -> None:
    assert text(p("one"), p("two")) == "one\ntwo"


def test_tabs_breaks_and_hyphens_keep_their_signs() -> None:
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:noBreakHyphen/><w:softHyphen/></w:r>"
    assert text(p(run)) == "a\tb\nc\n\u2011\u00ad"


def test_a_page_break_is_no_text() -> None:
    assert text(p('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>')) == "ab"


def test_tracked_insertions_are_kept_and_deletions_dropped_with_a_notice() -> None:
    deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    found = draft(p("a ", f"<w:ins>{r('kept')}</w:ins>", deleted))
    assert found.text == "a kept"
    assert "1 deletion" in told(found)


def test_a_moved_passage_stands_once() -> None:
    assert text(p(f"<w:moveFrom>{r('x')}</w:moveFrom>", f"<w:moveTo>{r('x')}</w:moveTo>")) == "x"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    gone = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('one ')}</w:p>"
    assert text(gone, p("two")) == "one two"


@pytest.mark.parametrize("tag", ["hyperlink", "smartTag", "customXml", "fldSimple"])
def test_wrapped_runs_are_read(tag: str) -> None:
    assert text(p("a", f"<w:{tag}>{r('b')}</w:{tag}>")) == "ab"


def test_content_controls_are_read_in_lines_and_around_paragraphs() -> None:
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('b')}</w:sdtContent></w:sdt>"
    outer = f"<w:sdt><w:sdtContent>{p('c')}</w:sdtContent></w:sdt>"
    assert text(p("a", inner), outer) == "ab\nc"


def test_field_codes_are_left_out_and_their_results_read() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert text(p(field, "7")) == "7"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    both = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    assert text(p("a", f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"), p("b")) == "a\nboxed\nb"


def test_hidden_text_is_left_out_with_a_notice() -> None:
    found = draft(p("seen", r("hidden", "<w:vanish/>")))
    assert found.text == "seen"
    assert "hidden" in told(found)


def test_notes_and_comments_are_left_out_and_counted() -> None:
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    found = draft(p("a", marks, '<w:r><w:footnoteReference w:id="3"/></w:r>'))
    assert "2 footnotes" in told(found)
    assert "1 comment left out" in told(found)


def test_headers_are_left_out_with_a_notice() -> None:
    found = draft(p("a"), parts={"word/header1.xml": f"<w:hdr {NAMESPACES}>{p('top')}</w:hdr>"})
    assert found.text == "a"
    assert "1 header or footer" in told(found)


def test_cells_are_joined_by_tabs_and_rows_are_paragraphs() -> None:
    found = draft(table(("a", "b"), ("c", "d")))
    assert found.text == "a\tb\nc\td"
    assert [span.of(found.text) for span in found.paragraphs] == ["a\tb", "c\td"]


def test_a_nested_table_is_read_in_its_cell() -> None:
    assert text(table(("a", p("b") + table(("c", "d"))))) == "a\tb\nc\td"


def test_a_bold_run_names_the_speaker() -> None:
    found = draft(*(p(r(name, BOLD), f" words {n}") for n, name in enumerate(["Anna", "Boris"] * 3)))
    assert speakers(found) == ["Anna", "Boris"]
    assert found.turns[0].speaker == "Anna"
    assert found.text[found.turns[0].start : found.turns[0].end] == "words 0"


def test_a_label_over_several_runs_is_one() -> None:
    found = draft(p("S", "1", ": yes"), p("I:", " so"), p("S", "1:", " no"), p("I:", "ok"))
    assert speakers(found) == ["I", "S1"]


def test_a_heading_can_be_the_label() -> None:
    found = draft(*(block for name in ("I:", "B:") * 3 for block in (p(name, style="2"), p("words"))))
    assert speakers(found) == ["B", "I"]
    assert len(found.turns) == 6


def test_the_first_column_of_a_table_names_the_speakers() -> None:
    found = draft(table(("Speaker", "Text"), ("INT", "How?"), ("R1", "So."), ("INT", "Ah."), ("R1", "Yes.")))
    assert speakers(found) == ["INT", "R1"]
    assert [turn.speaker for turn in found.turns] == [None, "INT", "R1", "INT", "R1"]


def test_times_in_the_first_column_are_the_times_of_the_turns() -> None:
    rows = (("00:00:01", "INT", "How?"), ("00:00:05", "R1", "So."), ("00:00:09", "INT", "Ah."))
    assert [turn.time for turn in draft(table(*rows)).turns] == [1.0, 5.0, 9.0]


def test_two_turns_in_one_paragraph_are_two() -> None:
    found = draft(p("И: раз", "<w:r><w:br/></w:r>", "Р: два"), p("И: три"), p("Р: четыре"))
    assert [turn.speaker for turn in found.turns] == ["И", "Р", "И", "Р"]


def test_notices_say_the_paragraph() -> None:
    found = draft(p("И: раз"), p(""), p("Примечание: два"), p("Р: два"), p("И: три"), p("Р: четыре"))
    assert [notice.where for notice in found.notices] == ["paragraph 2"]


def refusal(data: bytes, name: str = "a.docx") -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, name, Options())
    return refused.value.sentence


def test_a_renamed_pdf_is_refused() -> None:
    assert "PDF" in refusal(b"%PDF-1.7 \n...")


def test_a_file_cut_off_is_refused() -> None:
    assert "cut off" in refusal(word(p("words") * 50)[:-40])


def test_a_file_locked_with_a_password_is_refused() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refusal(locked)


def test_a_zip_bomb_is_refused() -> None:
    assert "unpacks to far more" in refusal(word(p("0" * 70_000_000)))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_packed_in_a_way_that_unpacks_at_once_is_not_unpacked(method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 50_000_000)
    tracemalloc.start()
    assert "packed in a way" in refusal(file.getvalue())
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_a_document_of_too_many_paragraphs_is_refused() -> None:
    assert "too many lines" in refusal(word("<w:p/>" * 1000, "<w:p><w:r><w:t>a</w:t><w:br/></w:r></w:p>" * 150_000))


def test_a_zip_without_a_document_is_refused() -> None:
    assert "missing" in refusal(zipped({"word/other.xml": "<a/>"}))


def test_an_entity_bomb_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>'
    assert "entities" in refusal(word(p("&y;"), head=bomb))


def test_broken_xml_is_refused() -> None:
    assert "broken" in refusal(word("<w:p>"))


def test_a_document_without_words_is_refused() -> None:
    assert "no words" in refusal(word(p("  "), p("")))


def test_a_text_called_docx_is_refused() -> None:
    assert "called .docx" in refusal(b"INT: hello")


def test_a_table_with_initials_in_its_first_column_names_the_speakers() -> None:
    found = draft(table(*[("О.К.", "Так."), ("П.Л.", "Да. Вот: так.")] * 4))
    assert speakers(found) == ["О.К.", "П.Л."]


def test_a_bold_label_ends_where_the_bold_ends_also_before_a_colon_in_the_words() -> None:
    asks, answers = p(r("О.К.", BOLD), " Так?"), p(r("П.Л.", BOLD), " Ольга Орлова. Сказала: вот.")
    found = draft(*[asks, answers] * 4)
    assert speakers(found) == ["О.К.", "П.Л."]
    assert [turn.start for turn in found.turns][:2] == [5, 15]
