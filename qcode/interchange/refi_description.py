"""What a code's entry says, as the one text that REFI-QDA has for it: a labelled line for each part, and back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from qcode.domain.codebook import Code

__all__ = ["read_description", "write_description"]

PARTS = {
    "Key": "key",
    "Brief": "brief",
    "Definition": "definition",
    "When to use": "when",
    "When not to use": "when_not",
    "Example": "examples",
    "Also called": "aliases",
    "Origin": "origin",
    "Name": "names",
    "Terms": "terms",
}
"""The label of each part of an entry, in the order in which they are written."""

LABEL = re.compile(rf"({'|'.join(PARTS)})(?: \(([^()\n]{{1,100}})\))?:(?: |\Z)")
MARGIN = "  "
SIGN = re.compile(r"\\.|; |.", re.DOTALL)


def write_description(code: Code) -> str:
    """Return what `code` says beside name, colour and place: a definition alone as it is, else a line for each part.

    Further lines of a part are indented; `read_description` gives the code again.
    """
    definition = code.definition
    lines = [f"Key: {code.key}"] if code.key != code.name else []
    lines += _lines("Brief", code.brief)
    rest = _lines("When to use", code.when) + _lines("When not to use", code.when_not)
    rest += [line for example in code.examples for line in _lines("Example", example, always=True)]
    rest += _lines("Also called", _listed(code.aliases))
    rest += _lines("Origin", code.origin)
    rest += [line for language, name in code.names for line in _lines(f"Name ({language})", name, always=True)]
    rest += [line for language, words in code.terms for line in _lines(f"Terms ({language})", _listed(words))]
    if not lines and not rest and _parts(definition) is None:
        return definition
    return "\n".join([*lines, *_lines("Definition", definition), *rest])


def read_description(code: Code, text: str) -> Code:
    """Return `code` with what a description says of it: its parts, or where they are not labelled its definition."""
    parts = _parts(text.replace("\r\n", "\n").replace("\r", "\n"))
    if parts is None:
        return replace(code, definition=text)
    found: dict[str, Any] = {}
    for label, language, words in parts:
        field = PARTS[label]
        if field == "examples":
            found[field] = (*found.get(field, ()), words)
        elif field == "aliases":
            found[field] = (*found.get(field, ()), *_items(words))
        elif field == "names":
            found[field] = (*found.get(field, ()), (language, words))
        elif field == "terms":
            found[field] = (*found.get(field, ()), (language, _items(words)))
        elif words:
            found[field] = words
    return replace(code, **found)


def _lines(label: str, text: str, *, always: bool = False) -> list[str]:
    if not text and not always:
        return []
    first, *more = text.split("\n")
    return [f"{label}: {first}", *(MARGIN + line for line in more)]


def _listed(words: tuple[str, ...]) -> str:
    return "; ".join(word.replace("\\", "\\\\").replace(";", "\\;") for word in words)


def _items(text: str) -> tuple[str, ...]:
    items = [""] if text else []
    for sign in SIGN.findall(text):
        if sign == "; ":
            items.append("")
        else:
            items[-1] += sign[1:] if len(sign) == 2 else sign
    return tuple(items)


def _parts(text: str) -> list[tuple[str, str, str]] | None:
    """Return (label, language, words) of a text that is made of labelled lines, or None for another."""
    parts: list[tuple[str, str, list[str]]] = []
    for line in text.split("\n"):
        found = LABEL.match(line)
        if found is not None and (found[1] in ("Name", "Terms")) == (found[2] is not None):
            parts.append((found[1], found[2] or "", [line[found.end() :]]))
        elif parts and line.startswith(MARGIN):
            parts[-1][2].append(line.removeprefix(MARGIN))
        else:
            return None
    return [(label, language, "\n".join(lines)) for label, language, lines in parts]
