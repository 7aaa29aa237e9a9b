"""Single elements of REFI-QDA's XML as values, by their local names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from qcode.interchange.refi_values import RawCase, RawCode, RawCoding, RawSelection, RawSet, RawSource, folded

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    *("attribute", "case_of", "children", "codes_in", "coding_of", "comment_of", "local", "refs", "selection_of"),
    *("set_of", "source_of", "target_of", "text_in", "values_of"),
]

PLACES = {
    "PlainTextSelection": ("startPosition", "endPosition"),
    "TranscriptSelection": ("fromSyncPoint", "toSyncPoint"),
    "PDFSelection": ("page", "page"),
}
"""What a selection calls the places where it begins and ends."""


def local(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return _local(str(element.tag))


@lru_cache(maxsize=1_000)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def attribute(element: _Element, name: str) -> str:
    """Return an attribute, "" where there is none."""
    return str(element.get(name) or "")


def text_in(element: _Element) -> str:
    """Return the text of a comment, its line ends as ours."""
    return "".join(str(part) for part in element.itertext()).replace("\r\n", "\n").replace("\r", "\n").strip()


def target_of(element: _Element) -> str:
    """Return what a reference points at; drafts and codebooks call it guid, or write it as text."""
    return folded(element.get("targetGUID") or element.get("guid") or element.text)


def children(element: _Element, tag: str) -> Iterator[_Element]:
    """Yield the direct children of this name."""
    return (child for child in element if local(child) == tag)


def refs(element: _Element, tag: str) -> list[str]:
    """Return what the references of this name point at."""
    return [target_of(child) for child in children(element, tag)]


def comment_of(element: _Element) -> str:
    """Return the description of an element."""
    return next((text_in(child) for child in children(element, "Description")), "")


def source_of(element: _Element, tag: str) -> RawSource:
    """Return a source, note or text inside a source, as its opening tag has it."""
    get = attribute
    return RawSource(
        kind=tag,
        guid=folded(get(element, "guid")),
        name=get(element, "name").strip(),
        plain=get(element, "plainTextPath"),
        rich=get(element, "richTextPath"),
        path=get(element, "path") or get(element, "currentPath"),
        user=folded(get(element, "creatingUser")),
        date=get(element, "creationDateTime"),
        modified=get(element, "modifiedDateTime"),
    )


def coding_of(element: _Element) -> RawCoding:
    """Return a coding."""
    inside = [(local(child), child) for child in element]
    return RawCoding(
        guid=folded(element.get("guid")),
        user=folded(element.get("creatingUser")),
        date=attribute(element, "creationDateTime"),
        codes=tuple([target_of(child) for tag, child in inside if tag == "CodeRef"]),
        notes=tuple([target_of(child) for tag, child in inside if tag == "NoteRef"]),
    )


def selection_of(element: _Element, tag: str, inner: tuple[RawCoding, ...]) -> RawSelection:
    """Return a selection; `inner` are codings that stand deeper inside it."""
    begin, end = PLACES.get(tag, ("begin", "end"))
    inside = [(local(child), child) for child in element]
    return RawSelection(
        kind=tag,
        guid=folded(element.get("guid")),
        name=attribute(element, "name"),
        begin=attribute(element, begin),
        end=attribute(element, end),
        user=folded(element.get("creatingUser")),
        date=attribute(element, "creationDateTime"),
        comment=next((text_in(child) for name, child in inside if name == "Description"), ""),
        codings=(*[coding_of(child) for name, child in inside if name == "Coding"], *inner),
        notes=tuple([target_of(child) for name, child in inside if name == "NoteRef"]),
    )


def codes_in(element: _Element) -> list[RawCode]:
    """Return the codes in reading order, however deep they nest."""
    codes: list[RawCode] = []
    tops = [each for child in element for each in ([child] if local(child) == "Code" else children(child, "Code"))]
    waiting: list[tuple[_Element, int | None, int]] = [(each, None, 0) for each in reversed(tops)]
    while waiting:
        node, above, depth = waiting.pop()
        get = attribute
        code = RawCode(
            folded(get(node, "guid")), get(node, "name"), get(node, "isCodable"), get(node, "color"), above, depth
        )
        code.definition = comment_of(node)
        code.memos = [words for child in children(node, "MemoText") if (words := text_in(child))]
        code.notes = refs(node, "NoteRef")
        codes.append(code)
        waiting += [(child, len(codes) - 1, depth + 1) for child in children(node, "Code")][::-1]
    return codes


def values_of(element: _Element) -> list[tuple[str, str | None]]:
    """Return the GUID of a variable with its value, None where there is none; with each, where there are several."""
    variable = next(iter(refs(element, "VariableRef")), "")
    kinds = [(local(child), text_in(child)) for child in element if local(child).endswith("Value")]
    values = [(words.lower() if kind == "BooleanValue" else words) or None for kind, words in kinds]
    return [(variable, value) for value in values or [None]]


def case_of(element: _Element) -> RawCase:
    """Return a case."""
    return RawCase(
        guid=folded(element.get("guid")),
        name=attribute(element, "name").strip(),
        comment=comment_of(element),
        codes=refs(element, "CodeRef"),
        values=[value for child in children(element, "VariableValue") for value in values_of(child)],
        sources=refs(element, "SourceRef"),
        selections=refs(element, "SelectionRef"),
        notes=refs(element, "NoteRef"),
    )


def set_of(element: _Element) -> RawSet:
    """Return a set."""
    return RawSet(
        guid=folded(element.get("guid")),
        name=attribute(element, "name"),
        comment=comment_of(element),
        codes=refs(element, "MemberCode"),
        sources=refs(element, "MemberSource"),
        notes=refs(element, "MemberNote"),
    )
