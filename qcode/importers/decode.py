"""Bytes to text: byte order mark, UTF-16 by its NUL bytes, UTF-8, then a guess; CRLF and CR become LF."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from qcode.errors import Unreadable
from qcode.importers.base import Notice, check_lines
from qcode.importers.garbled import lines_read_wrongly, lines_saved_wrongly
from qcode.importers.western import western

__all__ = ["LIMIT", "Decoded", "decode"]

LIMIT = 50_000_000
ASK = "name it with --encoding, for example --encoding cp1251"
TRY = "try utf-8, cp1251, koi8-r or gb18030"
SPOILT = "letters look wrong already in the file: some program read it in a wrong encoding and saved it so"
OTHER = "leave --encoding out, or name another"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GUESSABLE = (
    *("windows-1251", "koi8-r", "ibm866", "mac-cyrillic", "iso8859-5", "ptcp154", "kz1048"),
    *("windows-1252", "gb18030", "big5"),
)
NOT_OF_FILES = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
FLOOR = 0.03
FEW = 3
SAMPLE = 200_000
_half_characters = re.compile("[\ud800-\udfff]")
TYPOGRAPHY = frozenset("«»„“”‘’‚‹›–—…•·°§№€£¥©®™±×÷²³½¼¿¡\u00a0\u00ad†‡―")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was in, and what had to be guessed or mended."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, encoding: str | None = None, *, any_lines: bool = False) -> Decoded:
    """Return the text of a file; `encoding` overrides every guess. Raises Unreadable.

    `any_lines` is for formats whose lines are not those of the talk: then only the bytes are bounded.
    """
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
    if _half_characters.search(text):
        raise Unreadable("the text holds halves of characters", mend=ASK)
    if not text.strip():
        raise Unreadable("the file holds no words")
    if not any_lines:
        check_lines(text)
    spoilt = lines_saved_wrongly(text)
    told = (Notice(_numbered(spoilt), SPOILT),) if spoilt else ()
    return Decoded(text, found.encoding, (*found.notices, *told))


def _named(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        if name in NOT_OF_FILES:  # of names and of programs; punycode takes hours for a long text
            raise LookupError
        return Decoded(data.decode(name), name)
    except UnicodeError as error:
        if isinstance(error, UnicodeDecodeError) and (nearly := _nearly_named(data, name)):
            return nearly
        place = f"byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise Unreadable(f"the file is not in {encoding}", where=place, mend=OTHER) from None
    except (LookupError, ValueError):
        raise Unreadable(f"“{encoding}” is no encoding that qcode knows", mend=TRY) from None


def _nearly_named(data: bytes, name: str) -> Decoded | None:
    """Return a text in the encoding that a person named where few bytes are broken: these are told."""
    text = data.decode(name, "replace")
    broken = [match.start() for match in re.finditer("\ufffd", text)]
    few = len(broken) <= max(FEW, len(text) // 1000) and len(broken) <= len(text) // 20
    return Decoded(text, name, _mended(text, broken, name)) if few else None


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
    """Return the text of UTF-16 without a mark: in one of its two orders nearly all is letters we know."""
    if len(data) % 2 or b"\0" not in data[:SAMPLE]:
        return None
    best, share = max(
        ((name, _familiar(data[:SAMPLE], name)) for name in ("utf-16-le", "utf-16-be")), key=lambda one: one[1]
    )
    if share < 0.95:
        return None
    try:
        text = data.decode(best)
    except UnicodeDecodeError:
        return None
    return Decoded(text, best, (Notice("", f"the encoding was recognised as {best}"),))


def _familiar(sample: bytes, name: str) -> float:
    """Return the share of characters of European, Cyrillic or Chinese script, blanks and line ends among them."""
    text = sample.decode(name, "replace")
    return sum(c in "\t\n\r" or " " <= c < "\u0530" or "\u2000" <= c <= "\u206f" or _chinese(c) for c in text) / len(
        text
    )


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Return UTF-8 with few broken bytes: one in a thousand characters, or three where much else is sound."""
    text = data.decode("utf-8", "replace")
    before = data.count(b"\xef\xbf\xbd")
    broken = [match.start() for match in re.finditer("\ufffd", text)]
    wide = sum(1 for byte in data[:SAMPLE] if byte >= 0xC2)
    spoilt = len(broken) - before
    if (spoilt > max(1, len(text) // 1000) or wide < 3 * spoilt) and (spoilt > FEW or wide < 20 * spoilt):
        return None
    return Decoded(text, "utf-8", _mended(text, broken, "utf-8"))


def _mended(text: str, broken: list[int], name: str) -> tuple[Notice, ...]:
    if not broken:
        return ()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    numbers = sorted({plain.count("\n", 0, match.start()) + 1 for match in list(re.finditer("\ufffd", plain))[:200]})
    return (Notice(_numbered(numbers), f"broken {name} characters were replaced by “\ufffd”: {len(broken)}"),)


def _numbered(lines: list[int]) -> str:
    shown = ", ".join(str(number) for number in lines[:10]) + (" and more" if len(lines) > 10 else "")
    return f"line {shown}" if len(lines) == 1 else f"lines {shown}"


def _guessed(data: bytes) -> Decoded:
    import chardet

    guess = chardet.detect(data[:SAMPLE], include_encodings=GUESSABLE)
    said, confidence = guess.get("encoding"), float(guess.get("confidence") or 0.0)
    name = "cp1252" if said is None else codecs.lookup(said).name
    name = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252"}.get(name, name)
    name = western(data) if name == "cp1252" else name
    rare = sum(byte > 0x7F for byte in data[:SAMPLE]) < 0.1 * len(data[:SAMPLE])
    if confidence < FLOOR and not (rare and name in ("cp1252", "mac_roman", "cp850")):
        raise Unreadable("the encoding of the file could not be recognised", mend=ASK)
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text, name = _plan_b(data, name)
    if not _plausible(text[:SAMPLE], name):
        raise Unreadable("the encoding of the file could not be recognised", mend=ASK)
    wrong = lines_read_wrongly(text, name)
    if wrong:
        raise Unreadable(
            "parts of the file are in different encodings",
            where=_numbered(wrong),
            mend=f"mend it in a text editor and save it as UTF-8, or take it as it stands with --encoding {name}",
        )
    what = f"the encoding was guessed as {name}; if letters look wrong, import again with --encoding"
    return Decoded(text, name, (Notice("", what),))


def _plausible(text: str, name: str) -> bool:
    """Tell whether nearly all that is not ASCII is letters or the marks of print, and next to nothing a control."""
    special = [c for c in text if c > "\x7f"]
    known = sum(_chinese(c) if name in ("gb18030", "big5") else c.isalpha() or c in TYPOGRAPHY for c in special)
    controls = sum(c < " " and c not in "\n\r\t\f\v\x1a" for c in text)
    return known >= 0.9 * len(special) and controls <= max(2, len(text) // 200)


def _chinese(c: str) -> bool:
    return "\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" or c in TYPOGRAPHY


def _plan_b(data: bytes, name: str) -> tuple[str, str]:
    """Decode what has a byte that its encoding leaves undefined."""
    if name == "cp1252":
        return data.decode("iso8859-1"), "iso8859-1"
    text = data.decode(name, "replace")
    if text.count("\ufffd") > max(1, len(text) // 1000):
        raise Unreadable("the encoding of the file could not be recognised", mend=ASK)
    return text, name
