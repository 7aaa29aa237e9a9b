"""Takes texts, lists and texts by language out of YAML nodes; what does not fit becomes a trouble."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from qcode.interchange.yaml_nodes import Fields, Items, Node, Text, Trouble

__all__ = ["check_names", "kind", "text_at", "text_lists_at", "texts_at", "texts_by_language_at", "truth_at"]

TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def kind(node: Node) -> str:
    """Return what `node` is, in words."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Fields):
        return "a group of fields"
    return "empty" if node.is_nothing else "a text"


def check_names(
    fields: Fields, known: Sequence[str], whose: str, troubles: list[Trouble], *, elsewhere: Mapping[str, str]
) -> None:
    """Add a trouble for each field that is not `known`; `elsewhere` maps other tools' words to a mend."""
    for name, line in fields.lines.items():
        if name in known:
            continue
        short = len(name) <= 40 and len(troubles) < 100
        near = get_close_matches(name.casefold(), known, n=1, cutoff=0.7) if short else []
        mend = elsewhere.get(name.casefold()) or (f"write {near[0]}" if near else f"known are {', '.join(known)}")
        troubles.append(Trouble(line, f"{whose} has no field {_short(name)}", mend))


def text_at(fields: Fields, name: str, troubles: list[Trouble]) -> str:
    """Return the text of the field `name` as written, "" if there is none."""
    node = fields.nodes.get(name)
    if node is None:
        return ""
    if isinstance(node, Text):
        return "" if node.is_nothing else node.value
    troubles.append(Trouble(fields.lines[name], f"{name} is {kind(node)}, not a text", f"write {name}: TEXT"))
    return ""


def truth_at(fields: Fields, name: str, troubles: list[Trouble], *, default: bool) -> bool:
    """Return the truth value of the field `name`, or `default` if there is none."""
    node = fields.nodes.get(name)
    if node is None or (isinstance(node, Text) and node.is_nothing):
        return default
    truth = TRUTHS.get(node.value.casefold()) if isinstance(node, Text) else None
    if truth is None:
        said = f"is {_short(node.value)}" if isinstance(node, Text) else f"is {kind(node)}"
        troubles.append(Trouble(fields.lines[name], f"{name} {said}", f"write {name}: true or {name}: false"))
        return default
    return truth


def texts_at(fields: Fields, name: str, troubles: list[Trouble]) -> tuple[str, ...]:
    """Return the texts listed in the field `name`, () if there are none."""
    node = fields.nodes.get(name)
    if node is None or (isinstance(node, Text) and node.is_nothing):
        return ()
    if not isinstance(node, Items):
        troubles.append(Trouble(fields.lines[name], f"{name} is {kind(node)}, not a list", f"write {name}: [A, B]"))
        return ()
    found = []
    for item in node.nodes:
        if isinstance(item, Text) and not item.is_nothing:
            found.append(item.value)
        else:
            troubles.append(Trouble(item.line, f"an entry of {name} is {kind(item)}, not a text", "put it in quotes"))
    return tuple(found)


def texts_by_language_at(fields: Fields, name: str, troubles: list[Trouble]) -> tuple[tuple[str, str], ...]:
    """Return the (language, text) pairs of the field `name`."""
    by_language = _languages_at(fields, name, "TEXT", troubles)
    return tuple((language, text_at(by_language, language, troubles)) for language in by_language.nodes)


def text_lists_at(fields: Fields, name: str, troubles: list[Trouble]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the (language, texts) pairs of the field `name`."""
    by_language = _languages_at(fields, name, "[A, B]", troubles)
    return tuple((language, texts_at(by_language, language, troubles)) for language in by_language.nodes)


def _languages_at(fields: Fields, name: str, example: str, troubles: list[Trouble]) -> Fields:
    node = fields.nodes.get(name)
    if isinstance(node, Fields):
        return node
    if node is not None and not (isinstance(node, Text) and node.is_nothing):
        what = f"{name} is {kind(node)}, where each language has its own"
        troubles.append(Trouble(fields.lines[name], what, f"write {name}: {{ru: {example}, en: {example}}}"))
    return Fields(0)


def _short(text: str) -> str:
    """Return `text` in quotes, cut to what fits a sentence."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
