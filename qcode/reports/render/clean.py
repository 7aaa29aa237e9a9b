"""Make any text fit for XML and HTML: nothing in it can break a page or become markup."""

from __future__ import annotations

import re

__all__ = ["attribute", "clean", "color", "escape"]

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_QUOTED = {**_MARKUP, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;", ord("'"): "&#39;"}


def clean(text: str) -> str:
    """Return `text` with the characters that XML does not allow replaced by U+FFFD, CR by LF."""
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape(text: str) -> str:
    """Return `text` as it must stand between tags."""
    return clean(text).translate(_MARKUP)


def attribute(text: str) -> str:
    """Return `text` as it must stand between the double quotes of an attribute."""
    return clean(text).translate(_QUOTED)


def color(text: str) -> str:
    """Return `text` if it is a colour like #7a3b69, in small letters, else nothing."""
    return text.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", text) else ""
