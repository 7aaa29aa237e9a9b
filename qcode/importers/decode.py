"""Bytes to text: byte order mark, UTF-16 by its NUL bytes, UTF-8, then a guess; CRLF and CR become LF."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from qcode.errors import Unreadable
from qcode.importers.base import Notice

__all__ = ["LIMIT", "Decoded", "decode"]

LIMIT = 50_000_000
ASK = "name it with --encoding, for example --encoding cp1251"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GUESSABLE = frozenset(
    """
    cp1251 koi8-r koi8-u cp866 mac-cyrillic iso8859-5 ptcp154 kz1048 cp1252 iso8859-1 iso8859-15 iso8859-9
    cp1254 mac-roman cp1250 iso8859-2 gb18030 gb2312 gbk big5 big5hkscs hz
    """.split()  # noqa: SIM905
)
FLOOR = 0.4
SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was in, and what had to be guessed or mended."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of a file; `encoding` overrides every guess. Raises Unreadable."""
    if not data:
        raise Unreadable("the file is empty")
    if len(data) > LIMIT:
        size, most = len(data) // 1_000_000, LIMIT // 1_000_000
        raise Unreadable(
            f"the text is too long ({size} MB; at most {most} MB)", mend="split it into one file an interview"
        )
    found = _named(data, encoding) if encoding else _detected(data)
    text = found.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Unreadable("the file holds NUL bytes and is no text", mend="save it as .docx or as plain text in UTF-8")
    if not text.strip():
        raise Unreadable("the file holds no words")
    return Decoded(text, found.encoding, found.notices)


def _named(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name)
    except LookupError:
        raise Unreadable(
            f"“{encoding}” is no encoding that qcode knows", mend="try utf-8, cp1251, koi8-r or gb18030"
        ) from None
    except UnicodeError as error:
        place = f"byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise Unreadable(
            f"the file is not in {name}", where=place, mend="leave --encoding out, or name another"
        ) from None
    if not isinstance(text, str):
        raise Unreadable(f"“{encoding}” is not an encoding of text", mend="try utf-8, cp1251, koi8-r or gb18030")
    return Decoded(text, name)


def _detected(data: bytes) -> Decoded:
    for mark, name in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    if (wide := _wide(data)) is not None:
        return wide
    if b"\0" in data:
        raise Unreadable("the file holds NUL bytes and is no text", mend="save it as .docx or as plain text in UTF-8")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data) or _guessed(data)


def _marked(data: bytes, name: str) -> Decoded:
    text = data.decode(name, "replace")
    broken = [m.start() for m in re.finditer("\ufffd", text)] if name != "utf-8" or "\ufffd" in text else []
    if len(broken) > max(1, len(text) // 100):
        raise Unreadable(f"the file says it is in {name} and is not", mend=ASK)
    return Decoded(text, name, _mended(text, broken, name))


def _wide(data: bytes) -> Decoded | None:
    """Return the text of UTF-16 without a mark: line ends and blanks have their NUL on one side only."""
    sample = data[: SAMPLE - SAMPLE % 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or not even + odd or max(even, odd) < 0.02 * len(sample) or min(even, odd) > 0.05 * max(even, odd):
        return None
    name = "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return Decoded(text, name, (Notice("", f"the encoding was recognised as {name}"),))


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Return UTF-8 with few broken bytes: fewer than one in a thousand characters."""
    text = data.decode("utf-8", "replace")
    before = data.count(b"\xef\xbf\xbd")
    broken = [match.start() for match in re.finditer("\ufffd", text)]
    wide = sum(1 for byte in data[:SAMPLE] if byte >= 0xC2)
    spoilt = len(broken) - before
    if spoilt > max(1, len(text) // 1000) or wide < 3 * spoilt:
        return None
    return Decoded(text, "utf-8", _mended(text, broken, "utf-8"))


def _mended(text: str, broken: list[int], name: str) -> tuple[Notice, ...]:
    if not broken:
        return ()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    numbers = sorted({plain.count("\n", 0, match.start()) + 1 for match in list(re.finditer("\ufffd", plain))[:200]})
    shown = ", ".join(str(number) for number in numbers[:10]) + (" and more" if len(numbers) > 10 else "")
    where = f"line {shown}" if len(numbers) == 1 else f"lines {shown}"
    return (Notice(where, f"{len(broken)} broken {name} characters were replaced by “\ufffd”"),)


def _guessed(data: bytes) -> Decoded:
    import chardet

    guess = chardet.detect(data[:SAMPLE])
    said, confidence = guess.get("encoding"), float(guess.get("confidence") or 0.0)
    try:
        name = codecs.lookup(str(said)).name
    except LookupError:
        name = ""
    name = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252"}.get(name, name)
    if name not in GUESSABLE or confidence < FLOOR:
        raise Unreadable("the encoding of the file could not be recognised", mend=ASK)
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text, name = _plan_b(data, name)
    if sum(1 for c in text[:SAMPLE] if c < " " and c not in "\n\r\t\f\v\x1a") > max(2, len(text[:SAMPLE]) // 200):
        raise Unreadable("the file is no text", mend="save it as .docx or as plain text in UTF-8")
    what = f"the encoding was guessed as {name}; if letters look wrong, import again with --encoding"
    return Decoded(text, name, (Notice("", what),))


def _plan_b(data: bytes, name: str) -> tuple[str, str]:
    """Decode what has a byte that its encoding leaves undefined."""
    if name == "cp1252":
        return data.decode("iso8859-1"), "iso8859-1"
    text = data.decode(name, "replace")
    if text.count("\ufffd") > max(1, len(text) // 1000):
        raise Unreadable("the encoding of the file could not be recognised", mend=ASK)
    return text, name
