"""Writes texts and lists as YAML in one canonical form: the same value always gives the same lines.

A text stands plain where no reader could take it for anything else, otherwise in double quotes. A long one is
folded, a sentence to a line, so that a comparison of two versions shows the sentence that changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["WIDTH", "inline", "list_lines", "text_lines"]

WIDTH = 100
"""Most characters of text in a line, whatever the indentation: moving a code does not wrap its texts anew."""

RESERVED = frozenset(["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"])
"""Words that some YAML reader takes for something else than a text."""

ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
"""What must be escaped in double quotes."""

UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What can stand in double quotes alone; tab and LF are left to the callers."""

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}

BREAK = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
"""A blank where a folded text may break."""

SENTENCE_END = re.compile(r"[.!?…][\"'»”’)]*$")


def inline(text: str, *, flow: bool = False) -> str:
    """Return `text` as a scalar in one line; `flow` if it stands within brackets or braces."""
    return text if _stands_plain(text, flow=flow) else quoted(text)


def quoted(text: str) -> str:
    """Return `text` in double quotes."""
    return '"' + ESCAPED.sub(_escape, text) + '"'


def text_lines(head: str, text: str, indent: int, *, always_quoted: bool = False) -> list[str]:
    """Return the lines of `text` after `head` ("name:" or "-"), which stands at column `indent`."""
    margin = " " * indent
    if "\n" in text and _fits_block(text):
        mark = "|" if text.endswith("\n") else "|-"
        lines = text.removesuffix("\n").split("\n")
    elif len(text) > WIDTH and "\n" not in text and _fits_block(text) and BREAK.search(text):
        mark, lines = ">-", _folded(text)
    else:
        return [f"{margin}{head} {quoted(text) if always_quoted else inline(text)}"]
    inner = margin + _step(head)
    return [f"{margin}{head} {mark}", *(inner + line if line else "" for line in lines)]


def list_lines(head: str, texts: Sequence[str], indent: int) -> list[str]:
    """Return the lines of a list in brackets after `head`, wrapped between entries."""
    lines, line = [], "["
    for number, text in enumerate(texts):
        piece = inline(text, flow=True) + ("," if number < len(texts) - 1 else "]")
        if len(line) > 1 and len(line) + 1 + len(piece) > WIDTH:
            lines.append(line)
            line = piece
        else:
            line = line + piece if line == "[" else f"{line} {piece}"
    lines.append(line if texts else "[]")
    margin = " " * indent
    return [f"{margin}{head} {lines[0]}", *(margin + _step(head) + line for line in lines[1:])]


def _step(head: str) -> str:
    """Return how far the lines below `head` are indented: under the field's name, which a dash moves by two."""
    return "    " if head.startswith("- ") else "  "


def _stands_plain(text: str, *, flow: bool) -> bool:
    if not text or not text[0].isalpha() or text != text.strip() or text.casefold() in RESERVED:
        return False
    if "\n" in text or "\t" in text or UNPRINTED.search(text):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return not (flow and any(sign in text for sign in ",[]{}:?"))


def _fits_block(text: str) -> bool:
    """Return whether `text` can stand as a block and lose nothing, not even in an editor that trims lines."""
    if UNPRINTED.search(text) or text[0].isspace() or text.endswith("\n\n"):
        return False
    return all(line == line.rstrip() for line in text.removesuffix("\n").split("\n"))


def _folded(text: str) -> list[str]:
    """Return `text` as lines: a new one after each sentence, and wherever one would grow too long."""
    lines: list[str] = []
    line = ""
    for word in BREAK.split(text):
        ended = SENTENCE_END.search(line) is not None and not word[0].islower()
        if line and (ended or len(line) + 1 + len(word) > WIDTH):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    code = ord(sign)
    return ESCAPES.get(sign) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")
