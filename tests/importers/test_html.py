"""Web pages give the words that a browser shows, in the encoding that they declare."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import read


def draft(body: str, head: str = "") -> Draft:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h1>Titel</h1><p>I: Wie\n  lange?</p><div>B: Ein <b>Jahr</b>.</div>", "Titel\nI: Wie lange?\nB: Ein Jahr."),
        ("<p>eins<br>zwei<br></p>drei", "eins\nzwei\ndrei"),
        ("<p>a &amp; b&nbsp;&nbsp;c &#1078;</p>", "a & b\u00a0\u00a0c ж"),
        ("<p>a <i> b</i> c </p>", "a b c"),
        ("<pre>I: eins\n   zwei\n\nB: drei</pre>", "I: eins\n   zwei\n\nB: drei"),
        ("<script>x()</script><style>p{}</style><!-- K --><p>ja<!-- K -->ja</p>", "jaja"),
        ("<ul><li>eins<li>zwei</ul>", "eins\nzwei"),
        ("<p>我们那时候\n什么都没有 OK</p>", "我们那时候什么都没有 OK"),
        ("<p>er sagt <q>nein</q></p>", "er sagt “nein”"),
        ("<table><tr><td>I</td><td><p>eins</p><p>zwei</p></td></tr><tr><th>B<td>ja</table>", "I\teins\nzwei\nB\tja"),
        ("<table><tr><td><table><tr><td>I:<td>ja</table><td><p>x</table>", "I:\tja\nx"),
        ("<table><tr><td><p>I: ja</p><p>B: nein</p></td></tr></table>", "I: ja\nB: nein"),
        ('<p><span style="white-space: pre-wrap">a   b</span></p>', "a   b"),
        ("<ruby>漢<rt>kan</rt></ruby>字", "漢字"),
    ],
)
def test_words_stand_as_a_browser_shows_them(body: str, text: str) -> None:
    found = draft(body)
    assert (found.text, found.format) == (text, "html")


def test_every_line_of_preformatted_text_is_a_paragraph() -> None:
    assert len(draft("<pre>eins\nzwei\n\ndrei</pre>").paragraphs) == 3


@pytest.mark.parametrize("how", ["hidden", 'style="display: none"', 'class="gone"', "style='mso-hide:all'"])
def test_what_the_page_does_not_show_is_left_out_and_counted(how: str) -> None:
    found = draft(f"<p>ja <span {how}>nein</span></p>", "<style>.gone {color: red; display:none}</style>")
    assert found.text == "ja"
    assert found.notices[0].what == "1 hidden stretch of text that the page does not show left out"


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            '<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a>',
            '<div id="sdfootnote1"><p>1 Имя</p></div>',
        ),
        ('<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>', '<div><div id="ftn1"><p>[1] Имя</p></div></div>'),
    ],
)
def test_notes_and_heads_that_a_text_program_saved_are_left_out_and_counted(mark: str, note: str) -> None:
    head, foot = '<div title="header"><p>Проект</p></div>', '<div title="footer"><p>2</p></div>'
    found = draft(f"{head}<p>Р: Мама.{mark} И сестра.</p>{note}{foot}")
    assert found.text == "Р: Мама. И сестра."
    assert [notice.what for notice in found.notices[:2]] == [
        "1 footnote left out",
        "2 headers and footers with words left out",
    ]


def test_deleted_words_are_left_out_and_counted() -> None:
    found = draft("<p>ja <del>nein</del> gut</p>")
    assert found.text == "ja gut"
    assert found.notices[0].what.startswith("1 deletion left out")


@pytest.mark.parametrize("bold", ["<b>{}</b>", '<span style="font-weight:700">{}</span>', '<span class="c1">{}</span>'])
def test_bold_names_are_labels(bold: str) -> None:
    turns = "".join(f"<p>{bold.format(('Anna', 'Ben')[n % 2])} words {n}</p>" for n in range(12))
    assert draft(turns, "<style>.c1{font-weight:bold}</style>").labels == 12


@pytest.mark.parametrize(
    ("head", "encoding", "read_as"),
    [
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251", "cp1251"),
        ('<meta charset="koi8-r">', "koi8-r", "koi8-r"),
        ("<meta charset=utf-8>", "utf-8", "utf-8"),
        ("", "utf-8-sig", "utf-8"),
        ("", "utf-16", "utf-16-le"),
    ],
)
def test_the_declared_encoding_or_the_mark_is_taken(head: str, encoding: str, read_as: str) -> None:
    found = read(f"<html><head>{head}</head><p>И: как давно? Расскажите</p></html>".encode(encoding), "a.htm")
    assert (found.text, found.encoding) == ("И: как давно? Расскажите", read_as)


def test_latin_1_is_what_browsers_take_it_for() -> None:
    page = b"<html><meta charset=iso-8859-1><p>I: it\x92s \x81 caf\xe9</p></html>"
    found = read(page, "a.htm")
    assert (found.text, found.encoding) == ("I: it’s \x81 café", "cp1252")


def test_a_wrong_declaration_is_told() -> None:
    page = "<html><meta charset=utf-8><p>И: как давно? Расскажите, пожалуйста, обо всём</p></html>"
    found = read(page.encode("cp1251"), "a.htm")
    assert "как давно" in found.text
    assert "says that it is in utf-8, which it is not" in found.notices[0].what


def test_an_encoding_that_a_person_names_is_taken() -> None:
    page = "<html><meta charset=utf-8><p>И: как давно?</p></html>".encode("koi8-r")
    assert read(page, "a.htm", Options(encoding="koi8-r")).text == "И: как давно?"


def test_depth_is_read_or_refused_by_a_sentence() -> None:
    assert draft("<div>" * 1_500 + "I: ja").text == "I: ja"
    with pytest.raises(Unreadable, match="nested too deep"):
        draft("<div>" * 5_000 + "I: ja")


@pytest.mark.parametrize("page", [b"<html><body><script>x</script></body></html>", b"<html>"])
def test_a_page_without_words_is_refused(page: bytes) -> None:
    with pytest.raises(Unreadable, match="holds no words"):
        read(page, "a.html")
