"""Writes a codebook version as YAML in its one canonical form: the same version always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import BadCodebook
from qcode.interchange.codebook_yaml_changes import CHANGES, Change
from qcode.interchange.yaml_nodes import SURROGATE
from qcode.interchange.yaml_text import WIDTH, inline, list_lines, quoted, text_lines

__all__ = ["MAX_LEVELS", "write", "write_changes"]

MAX_LEVELS = 500
MAX_LANGUAGE = 100


def write(version: CodebookVersion) -> str:
    """Return `version` as YAML; reading that gives an equal version (but for identities, which are the study's).

    Fields stand in the contract's order, empty ones are left out. Raises `BadCodebook` for a version that no
    file can hold: half characters, a code whose parent is not in the codebook, two names in one language.
    """
    lines = text_lines("codebook:", version.codebook, 0)
    lines.append(f"version: {quoted(version.version)}")
    lines += _follows(version.follows)
    for field in ("title", "language", "note"):
        lines += _text(field, getattr(version, field), 0)
    lines.append("codes:" if version.codes else "codes: []")
    ordered = _in_tree_order(version)
    for place, (depth, code) in enumerate(ordered):
        lines += _code(code, 2 + 4 * depth)
        if place + 1 < len(ordered) and ordered[place + 1][0] > depth:
            lines.append(" " * (4 + 4 * depth) + "codes:")
    lines += ["changes:"] if version.changes else []
    for change in version.changes:
        lines += _change(change)
    written = "\n".join([*lines, ""])
    _refuse_half_characters(version, written)
    return written


def _follows(versions: tuple[str, ...]) -> list[str]:
    if len(versions) == 1:
        return [f"follows: {quoted(versions[0])}"]
    return [f"follows: [{', '.join(map(quoted, versions))}]"] if versions else []


def write_changes(changes: Iterable[Change]) -> str:
    """Return a block `changes:` that can be pasted into a codebook file."""
    return "\n".join(["changes:", *(line for change in changes for line in _change(change)), ""])


def _in_tree_order(version: CodebookVersion) -> list[tuple[int, Code]]:
    """Return (depth, code), each code followed by those below it, without recursion."""
    below: dict[str | None, list[Code]] = {}
    for code in version.codes:
        below.setdefault(code.parent if code.parent is None else code.parent.casefold(), []).append(code)
    ordered: list[tuple[int, Code]] = []
    waiting = [(0, code) for code in reversed(below.pop(None, []))]
    while waiting:
        depth, code = waiting.pop()
        if depth >= MAX_LEVELS:
            raise BadCodebook(f"code {code.key}: below {MAX_LEVELS} others", mend="a file holds no deeper tree")
        ordered.append((depth, code))
        waiting += [(depth + 1, child) for child in reversed(below.pop(code.key.casefold(), []))]
    for stray in below.values():
        mend = "move it to a code that is in the codebook, or to the top"
        raise BadCodebook(f"code {stray[0].key}: its parent {stray[0].parent} is not above it", mend=mend)
    return ordered


def _code(code: Code, indent: int) -> list[str]:
    """Return the lines of a code whose dash stands at column `indent`."""
    inner = indent + 2
    lines = text_lines("- code:", code.key, indent)
    lines += _text("name", code.name, inner)
    if not code.codable:
        lines.append(" " * inner + "codable: false")
    lines += _by_language("names", code.names, inner, code)
    for field in ("brief", "definition", "when", "when_not"):
        lines += _text(field, getattr(code, field), inner)
    if code.examples:
        lines.append(" " * inner + "examples:")
    for example in code.examples:
        lines += text_lines("-", example, inner + 2, always_quoted=True)
    if code.color:
        lines.append(f"{' ' * inner}color: {quoted(code.color)}")
    lines += _text("origin", code.origin, inner)
    lines += list_lines("aliases:", code.aliases, inner) if code.aliases else []
    lines += _terms(code, inner)
    return lines


def _text(field: str, text: str, indent: int) -> list[str]:
    return text_lines(f"{field}:", text, indent) if text else []


def _by_language(field: str, texts: tuple[tuple[str, str], ...], indent: int, code: Code) -> list[str]:
    if not texts:
        return []
    _refuse_languages([language for language, _ in texts], field, code)
    braced = "{" + ", ".join(f"{inline(k, flow=True)}: {inline(v, flow=True)}" for k, v in texts) + "}"
    if len(braced) <= WIDTH:
        return [f"{' ' * indent}{field}: {braced}"]
    lines = [f"{' ' * indent}{field}:"]
    for language, text in texts:
        lines += text_lines(f"{inline(language, flow=True)}:", text, indent + 2)
    return lines


def _terms(code: Code, indent: int) -> list[str]:
    if not code.terms:
        return []
    _refuse_languages([language for language, _ in code.terms], "terms", code)
    lists = [(inline(language, flow=True), terms) for language, terms in code.terms]
    braced = "{" + ", ".join(f"{k}: [{', '.join(inline(t, flow=True) for t in terms)}]" for k, terms in lists) + "}"
    if len(braced) <= WIDTH:
        return [f"{' ' * indent}terms: {braced}"]
    lines = [" " * indent + "terms:"]
    for head, terms in lists:
        lines += list_lines(f"{head}:", terms, indent + 2)
    return lines


def _change(change: Change) -> list[str]:
    """Return the lines of a declared change, its fields in the order that CHANGES gives them."""
    held = dict(change)
    shape = next((shape for kind, shape in CHANGES.items() if kind in held), None)
    if shape is None or not held.keys() <= shape.keys():
        raise BadCodebook(f"a change with the fields {', '.join(sorted(held))}", mend=f"known are {', '.join(CHANGES)}")
    lines: list[str] = []
    for field in (field for field in shape if held.get(field)):
        value, head = held[field], f"{field}:" if lines else f"- {field}:"
        indent = 4 if lines else 2
        if isinstance(value, str) and shape[field] is str:
            lines += text_lines(head, value, indent)
        elif isinstance(value, tuple) and shape[field] is tuple and all(isinstance(key, str) for key in value):
            lines += list_lines(head, value, indent)
        else:
            raise BadCodebook(f"a change whose {field} is {value!r}", mend="give a text, or a list of texts")
    return lines


def _refuse_languages(languages: list[str], field: str, code: Code) -> None:
    if len(set(languages)) < len(languages):
        raise BadCodebook(f"code {code.key}: two {field} in one language", mend="keep one for each")
    for language in languages:
        if len(language) > MAX_LANGUAGE:
            what = f"code {code.key}: a language of more than {MAX_LANGUAGE} characters in its {field}"
            raise BadCodebook(what, mend="write a short one, such as ru")


def _refuse_half_characters(version: CodebookVersion, written: str) -> None:
    found = SURROGATE.search(written)
    if not found:
        return
    holders = [code.key for code in version.codes if SURROGATE.search("".join(_code(code, 0)))]
    where = f"code {ascii(holders[0])[1:-1]}" if holders else f"codebook {ascii(version.codebook)[1:-1]}"
    what = f"{where}: half a character (U+{ord(found[0]):04X}), which no file can hold"
    raise BadCodebook(what, mend="write the character anew")
