"""What the code pages, scripts and signs of RTF stand for."""

from __future__ import annotations

import codecs

__all__ = ["BYTES_OF", "SIGNS", "codec_of_page", "codec_of_script", "decoded"]

BYTES_OF = {"ansi": "cp1252", "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "\u00ad",
    "\t": "\t",
}
PAGES = {
    0: "cp1252",
    936: "gbk",
    1361: "johab",
    10000: "mac-roman",
    10001: "shift-jis",
    10002: "big5",
    10003: "euc-kr",
    10006: "mac-greek",
    10007: "mac-cyrillic",
    10008: "gb2312",
    10029: "mac-latin2",
    10081: "mac-turkish",
    20127: "cp1252",
    20866: "koi8-r",
    21866: "koi8-u",
    20932: "euc-jp",
    51949: "euc-kr",
    54936: "gb18030",
    65001: "utf-8",
    **{28590 + n: f"iso8859-{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15)},
}
SCRIPTS = {
    0: 1252,
    2: 1252,
    77: 10000,
    78: 10001,
    79: 10003,
    80: 10008,
    81: 10002,
    83: 10007,
    84: 10029,
    128: 932,
    129: 949,
    130: 1361,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    254: 437,
    255: 850,
}
CONTROLS = dict.fromkeys([*range(9), *range(11, 32), 127, 10])


def codec_of_page(number: int) -> str | None:
    """Return the encoding of a code page of Windows, None where it is not known."""
    try:
        return codecs.lookup(PAGES.get(number) or f"cp{number}").name
    except (LookupError, ValueError):
        return None


def codec_of_script(number: int) -> str:
    """Return the encoding of a font's script, empty where the file's own holds."""
    return codec_of_page(SCRIPTS[number]) or "" if number in SCRIPTS else ""


def decoded(raw: bytes, encoding: str) -> str:
    """Return words without control characters; a byte that its encoding leaves undefined becomes U+FFFD."""
    return raw.decode(encoding, "replace").translate(CONTROLS)
