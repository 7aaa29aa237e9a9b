"""RTF files come in by the encodings that they and their fonts declare, with a notice on what is left out."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import read

FONTS = rb"{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset134 SimSun;}{\f2\fcharset0 Times;}{\f3 Other;}}"


def draft(inner: bytes, head: bytes = rb"\ansi\ansicpg1251\deff0", encoding: str | None = None) -> Draft:
    return read(rb"{\rtf1" + head + FONTS + inner + b"}", "a.rtf", Options(encoding=encoding))


def said(found: Draft) -> list[str]:
    return [notice.what for notice in found.notices]


def coded(words: str, encoding: str) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in words.encode(encoding))


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (coded("Привет", "cp1251"), "Привет"),
        (rb"\f3 " + coded("Привет", "cp1251"), "Привет"),
        (rb"{\f1 " + coded("访谈者", "gbk") + b"}" + coded("да", "cp1251"), "访谈者да"),
        (b"{\\f1 \\'b7\n\\'c3}", "访"),
        (rb"f{\f2 \'fc}r", "für"),
        (rb"\u1087?\u1088\'f0{\uc0\u-10179\u-8704}\uc2\u35775\'b7\'c3!", "пр😀访!"),
        (rb"a\par b\line c\tab d\~e\emdash\lquote x\rquote\-\_", "a\nb\nc\td\u00a0e—‘x’\u00ad\u2011"),
        (b"a\\\nb\\'09c", "a\nb\tc"),
        (rb"\{a\}\\", "{a}\\"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\*\unknown x}{\pict 00ff\bin3 }}}} y", "link y"),
        (rb"{\upr{?}{\*\ud{\u1087?}}}", "п"),
        (rb"\trowd\cellx1\cellx2\pard\intbl a\cell b\par c\cell\row\pard d", "a\tb\nc\nd"),
        (rb"\trowd\cellx1\clmrg\cellx2\cellx3\pard\intbl a\cell\cell b\cell\row", "a\tb"),
        (rb"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt \pard box\par}}}anchor\par", "anchor\nbox\n"),
    ],
)
def test_marks_become_the_words_that_they_stand_for(inner: bytes, text: str) -> None:
    assert draft(inner).text.removesuffix("\n") == text.removesuffix("\n")


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        (rb"ja{\footnote nein}", "1 footnote left out"),
        (rb"ja{\footnote\ftnalt nein}", "1 endnote left out"),
        (rb"ja{\*\annotation nein}", "1 comment left out"),
        (rb"{\header \pard nein\par}{\footer \par}ja", "1 header or footer with words left out"),
        (rb"ja{\v nein \b nein}", "1 hidden stretch of text left out"),
        (rb"ja{\deleted nein}{\revised }", "1 deletion of tracked changes left out; insertions kept"),
    ],
)
def test_what_is_no_talk_is_left_out_and_counted(inner: bytes, what: str) -> None:
    found = draft(inner)
    assert found.text == "ja"
    assert said(found)[:1] == [what]


def test_the_declared_encoding_is_told() -> None:
    found = draft(coded("И: да", "cp1251"))
    assert (found.format, found.encoding) == ("rtf", "cp1251")


def test_an_encoding_that_a_person_names_holds_for_all_fonts() -> None:
    assert draft(rb"\f2 " + coded("да", "koi8-r"), encoding="koi8-r").text == "да"
    with pytest.raises(Unreadable, match="no encoding that qcode knows"):
        draft(b"da", encoding="nonsense")


def test_bytes_that_are_none_of_their_encoding_are_counted() -> None:
    found = draft(rb"ja {\f1 \'ff\'ff} ja")
    assert "\ufffd" in found.text
    assert said(found)[0].startswith("broken characters were replaced")


def test_bold_names_and_heading_styles_are_labels() -> None:
    turns = b"".join(rb"\pard{\b %s} words %d\par " % ((b"Anna", b"Ben")[n % 2], n) for n in range(12))
    assert draft(turns).labels == 12
    style = rb"{\stylesheet{\s2 heading 2;}}"
    turns = b"".join(rb"\pard\s2 %s:\par\pard words %d\par " % ((b"I", b"B")[n % 2], n) for n in range(6))
    assert draft(style + turns).labels == 6


def test_groups_are_read_to_any_depth_or_refused_by_a_sentence() -> None:
    assert draft(b"{" * 1_500 + b"ja" + b"}" * 1_500).text == "ja"
    with pytest.raises(Unreadable, match="nested deeper"):
        draft(b"{" * 5_000 + b"ja" + b"}" * 5_000)


def test_too_many_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from qcode.importers import rtf_text

    monkeypatch.setattr(rtf_text, "MOST_ENDS", 10)
    with pytest.raises(Unreadable, match="too long"):
        draft(rb"ja\par " * 11)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello", "is called .rtf and is none"),
        (rb"{\rtf1 ja", "cut off"),
        (rb"{\rtf1}", "holds no words"),
        (rb"{\rtf1 ja\bin99999999999 }", "cut off"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, "a.rtf")
    assert why in refused.value.sentence
