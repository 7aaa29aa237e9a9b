"""Makes text fit to be shown on a sheet: as text and never as markup, cut by cells, with found words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from textual.content import Content

from qcode.domain.codebook import Code
from qcode.tui.cells import cells_of, painted
from qcode.tui.cells import cut as cut_line
from qcode.tui.layout import wrap

__all__ = [
    "FOUND",
    "called",
    "cut",
    "fit",
    "in_lines",
    "marked",
    "one_line",
    "plural",
    "safe",
    "set_off",
    "styled",
    "wrapped",
]

FOUND = "bold underline"
"""How found words are set: to be seen without colours too."""

_UNBROKEN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def safe(text: str) -> str:
    """Return what is painted for `text`, which cannot steer a terminal; its lines stay lines."""
    return "\n".join(map(painted, text.split("\n")))


def one_line(text: str) -> str:
    """Return `text` on one line, safe to show."""
    return safe(" ".join(text.split()))


def styled(text: str, style: str = "") -> Content:
    """Return `text` as content in a style; brackets in it are only brackets."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def cut(text: str, width: int) -> str:
    """Return `text` on one line, cut to `width` cells with an ellipsis where it is longer."""
    return cut_line(" ".join(text.split()), width)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` on one line of exactly `width` cells, cut or filled with blanks (in front of it if `right`)."""
    text = cut(text, width)
    blanks = " " * (width - cells_of(text))
    return blanks + text if right else text + blanks


def wrapped(content: Content, width: int) -> list[Content]:
    """Return `content` in lines of at most `width` cells, broken as the reader breaks a transcript."""
    text = content.plain
    return [content[span.start : span.end].rstrip() for span in wrap(text, 0, len(text), width)] or [content]


def in_lines(content: Content, width: int, limit: int) -> list[Content]:
    """Return `content` wrapped to `width` cells in at most `limit` lines, the last with an ellipsis if more follow."""
    if limit == 1:
        return [Content(" ").join(content.split("\n")).truncate(width, ellipsis=True)]
    lines = wrapped(content, width)
    if len(lines) <= limit:
        return lines
    last = lines[limit - 1]
    while cells_of(last.plain) > width - 2:
        last = last[:-1]
    return [*lines[: limit - 1], Content.assemble(last.rstrip(), " …")]


def marked(text: str, words: Iterable[str], *, style: str = "") -> Content:
    """Return `text` with every place of `words` in it set off: whole words where the script has them."""
    return set_off(text, _places(text, [word for word in words if word]), style=style)


def set_off(text: str, places: Iterable[tuple[int, int]], *, style: str = "") -> Content:
    """Return `text` with the stretches at `places` (positions in it) set as FOUND."""
    parts, at = [], 0
    for start, end in sorted(places):
        parts += [styled(text[at : max(at, start)], style), styled(text[max(at, start) : max(at, end)], FOUND)]
        at = max(at, end)
    return Content.assemble(*parts, styled(text[at:], style))


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    found = []
    for word in words:
        border = "" if _UNBROKEN.search(word) else r"\b"
        whole = [one.span() for one in re.finditer(f"{border}{re.escape(word)}{border}", text)]
        found += whole or [one.span() for one in re.finditer(re.escape(word), text)]
    return found


def called(code: Code, language: str | None) -> str:
    """Return the name of a code in a language, or its main name."""
    return dict(code.names).get(language or "") or code.name


def plural(n: int, thing: str) -> str:
    """Return `1 coding`, `2 codings`, `1,000 codings`."""
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"
