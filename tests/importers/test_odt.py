"""OpenDocument texts come in as Word files do, with a notice on what is left out."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft
from qcode.importers.registry import read
from tests.importers.odt_files import NAMESPACES, content, odt, p
from tests.importers.word_files import zipped

BOLD = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
    '<style:style style:name="P7" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
)


def draft(*blocks: str, styles: str = "", parts: dict[str, str] | None = None) -> Draft:
    return read(odt(*blocks, styles=styles, parts=parts), "a.odt")


def said(found: Draft) -> list[str]:
    return [notice.what for notice in found.notices]


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, "a.odt")
    return refused.value.sentence


def test_paragraphs_and_headings_are_lines() -> None:
    found = draft(
        "<text:h>Беседа</text:h>",
        p("И: Как давно?"),
        "<text:list><text:list-item>" + p("Р: Год.") + "</text:list-item></text:list>",
    )
    assert (found.text, found.format, found.encoding) == ("Беседа\nИ: Как давно?\nР: Год.", "odt", None)
    assert len(found.paragraphs) == 3


def test_blanks_tabs_and_breaks_are_those_of_the_document() -> None:
    inner = 'a  b\n c<text:s text:c="3"/>d<text:tab/>e<text:line-break/>f<text:s/><text:span> g</text:span>'
    assert draft(p(inner)).text == "a b c   d\te\nf  g"


def test_an_absurd_number_of_blanks_is_bounded() -> None:
    assert len(draft(p('a<text:s text:c="999999999"/>b')).text) == 1_002


def test_cells_of_a_row_are_joined_by_a_tab() -> None:
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell>{}</table:table-cell>"
    rows = row.format(cell.format(p("Anna")) + cell.format(p("ja") + p("nein"))) + row.format(
        cell.format(p("Ben")) + "<table:covered-table-cell/>" + cell.format("")
    )
    assert draft(p("vor"), f"<table:table>{rows}</table:table>", p("nach")).text == "vor\nAnna\tja\nnein\nBen\t\nnach"


def test_notes_comments_and_deletions_are_left_out_and_counted() -> None:
    body = "<text:note-citation>1</text:note-citation><text:note-body><text:p>N</text:p></text:note-body>"
    note = f'<text:note text:note-class="{{}}">{body}</text:note>'
    region = "<text:changed-region><text:deletion><text:p>weg</text:p></text:deletion></text:changed-region>"
    deleted = f"<text:tracked-changes>{region}</text:tracked-changes>"
    comment = "<office:annotation><text:p>K</text:p></office:annotation>"
    found = draft(
        deleted,
        p(f"ja{note.format('footnote')} und{note.format('endnote')}{comment} nein"),
    )
    assert found.text == "ja und nein"
    assert said(found)[:4] == [
        "1 footnote left out",
        "1 endnote left out",
        "1 comment left out",
        "1 deletion of tracked changes left out; insertions kept",
    ]


def test_hidden_text_is_left_out_and_counted() -> None:
    hidden = (
        '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    found = draft(p('a<text:span text:style-name="T9">b</text:span>c'), styles=hidden)
    assert found.text == "ac"
    assert "1 hidden stretch of text left out" in said(found)


def test_a_text_box_follows_its_paragraph() -> None:
    box = "<draw:frame>\n<draw:text-box>" + p("Kasten") + "</draw:text-box><svg:title>Bild</svg:title></draw:frame>"
    assert draft(p(f"vor {box}nach")).text == "vor nach\nKasten"


def test_headers_with_words_are_counted() -> None:
    page = "<style:master-page><style:header><text:p>Projekt</text:p></style:header><style:footer/></style:master-page>"
    masters = f"<office:master-styles>{page}</office:master-styles>"
    styles = f"<office:document-styles {NAMESPACES}>{masters}</office:document-styles>"
    assert "1 header or footer with words left out" in said(draft(p("ja"), parts={"styles.xml": styles}))


@pytest.mark.parametrize("style", ["T1", "T2"])
def test_bold_names_are_labels(style: str) -> None:
    turns = (
        p(f'<text:span text:style-name="{style}">{"Анна Бека"[: 4 + n % 2 * 5][n % 2 * 5 :]}</text:span> слова {n}')
        for n in range(12)
    )
    assert draft(*turns, styles=BOLD).labels == 12


def test_labels_in_heading_styles_are_found() -> None:
    turns = [block for n in range(6) for block in (p(f"{'IB'[n % 2]}:", "P7"), p(f"words {n}"))]
    assert draft(*turns, styles=BOLD).labels == 6


def test_a_flat_file_is_read() -> None:
    flat = content(p("И: да")).replace("document-content", "document")
    flat = flat.replace(
        "<office:document ", '<office:document office:mimetype="application/vnd.oasis.opendocument.text" ', 1
    )
    assert read(flat.encode(), "a.fodt").text == "И: да"


def test_depth_is_bounded_by_a_sentence() -> None:
    spans = "<text:span>" * 200 + "tief" + "</text:span>" * 200
    assert draft(p(spans)).text == "tief"
    assert "XML is broken" in refusal(odt(p("<text:span>" * 400 + "tief" + "</text:span>" * 400)))


def test_a_password_is_told() -> None:
    locked = {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    assert "locked with a password" in refusal(odt(p("ja"), parts=locked))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello", "is called .odt and is none"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "content.xml is missing"),
        (odt(p("")), "holds no words"),
        (odt(p("ja"))[:200], "damaged or cut off"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "no text document"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, why: str) -> None:
    assert why in refusal(data)
