"""Bytes become text without a change but line ends, and what was guessed is told."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import MOST_LINES
from qcode.importers.decode import LIMIT, decode

RUSSIAN = "Интервьюер: Расскажите, пожалуйста, как вы попали в эту программу?\nР1: Мне соседка сказала.\n"
CHINESE = "访谈者：请问您是怎么知道这个项目的？\n受访者：我是通过一个朋友介绍来的，他说这里有医生。\n"
GERMAN = "I: Wie fühlten Sie sich danach, als Sie zurückkamen?\nB: Äh, größtenteils gut, und später müde.\n"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5"])
@pytest.mark.parametrize("times", [1, 30])
def test_russian_encodings_are_guessed_and_told(encoding: str, times: int) -> None:
    decoded = decode((RUSSIAN * times).encode(encoding))
    assert (decoded.text, decoded.encoding) == (RUSSIAN * times, encoding)
    assert "guessed" in decoded.notices[0].what


@pytest.mark.parametrize(("text", "encoding"), [(CHINESE, "gb18030"), (CHINESE, "gbk"), (GERMAN, "latin-1")])
def test_chinese_and_german_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", [RUSSIAN, CHINESE, GERMAN, "INT: plain English\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "utf-8", "utf-32"])
def test_unicode_is_recognised_with_and_without_its_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_curly_apostrophes_of_windows_are_read() -> None:
    text = "INT: It’s “fine” – he said.\nR1: I don’t know the café.\n"
    assert decode(text.encode("cp1252")).text == text


def test_a_byte_order_mark_is_dropped_and_line_ends_become_line_feeds() -> None:
    assert decode("\ufeffa\r\nb\rc\n".encode()).text == "a\nb\nc\n"


def test_nothing_else_is_changed() -> None:
    text = "  e\u0301 \u00e9\u00a0\u00ad\u200b x \n"
    assert decode(text.encode()).text == text


def test_a_few_broken_bytes_are_replaced_and_their_lines_told() -> None:
    data = (RUSSIAN * 40).encode().replace(b"\n", b"\xc2\n", 1)
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    assert decoded.notices[0].where == "line 1"


def test_an_encoding_that_was_named_overrides_the_guess() -> None:
    data = RUSSIAN.encode("cp1251")
    decoded = decode(data, "latin-1")
    assert (decoded.text, decoded.notices) == (data.decode("latin-1"), ())


@pytest.mark.parametrize(
    "encoding", ["klingon", "rot13", "base64", "a\0b", "utf-8", "idna", "undefined", "punycode", "unicode_escape"]
)
def test_an_encoding_that_is_none_or_does_not_fit_is_refused(encoding: str) -> None:
    with pytest.raises(Unreadable, match=r"encoding|is not in"):
        decode(RUSSIAN.encode("cp1251"), encoding)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "no words"),
        (b" \n\t ", "no words"),
        (b"\0" * 999, "NUL"),
        (b"\0" * 1000, "NUL"),
        (b"text \0 text", "NUL"),
        (bytes(range(1, 256)) * 40, "encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        decode(data)


def test_a_text_that_is_too_long_is_refused_with_the_limit() -> None:
    with pytest.raises(Unreadable, match="at most 50 MB"):
        decode(b"a" * (LIMIT + 1))


@pytest.mark.parametrize("line", [b"\n", b"\r", b"INT: a\r\n"])
def test_a_text_of_too_many_lines_is_refused_with_the_limit(line: bytes) -> None:
    with pytest.raises(Unreadable, match=r"too many lines.*at most 100,000"):
        decode(b"a" + line * MOST_LINES)
    assert decode(b"a" + line * (MOST_LINES - 1)).text.count("\n") == MOST_LINES - 1


@pytest.mark.parametrize("encoding", ["idna", "punycode", "unicode_escape", "raw_unicode_escape"])
def test_what_python_calls_an_encoding_and_no_file_is_in_is_refused(encoding: str) -> None:
    with pytest.raises(Unreadable, match="is no encoding that qcode knows"):
        decode(b"plain", encoding)
