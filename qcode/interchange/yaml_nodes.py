"""Reads YAML into plain nodes that know their line: no tags, no aliases; bounded in size, depth and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qcode.errors import BadCodebook

if TYPE_CHECKING:
    import yaml

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Fields", "Items", "Node", "Text", "Trouble", "compose", "refusal"]

MAX_BYTES = 5_000_000
MAX_NODES = 500_000
MAX_DEPTH = 1_010
"""Levels of lists and fields within each other: 500 levels of codes and what a code holds."""

SHOWN = 20
"""A refusal lists at most so many troubles."""

LONGEST = 200
"""A trouble is told in at most so many characters, however long the field or tag that it names."""

UNHELD = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no YAML file holds as they are."""

SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong at a line (from 1), and how to mend it."""

    line: int
    what: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is written; `plain` if it has no quotes and is no block."""

    line: int
    value: str
    plain: bool

    @property
    def is_nothing(self) -> bool:
        """Return whether nothing stands there: no text at all, `~` or `null`."""
        return self.plain and self.value in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    nodes: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """Named fields, in the order of the file, each name once."""

    line: int
    nodes: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Text | Items | Fields


def refusal(name: str, troubles: Sequence[Trouble]) -> BadCodebook:
    """Return the error that tells all `troubles` of the file `name`, a line each."""
    ordered = sorted(troubles, key=lambda trouble: trouble.line)
    if len(ordered) == 1:
        return BadCodebook(_place(name, ordered[0]), mend=ordered[0].mend)
    told = [_place(name, trouble) + (f"; {trouble.mend}" if trouble.mend else "") for trouble in ordered[:SHOWN]]
    if len(ordered) > SHOWN:
        told.append(f"{name}: and {len(ordered) - SHOWN} more like these")
    return BadCodebook("\n".join(told))


def _place(name: str, trouble: Trouble) -> str:
    what = trouble.what if len(trouble.what) <= LONGEST else trouble.what[: LONGEST - 1] + "…"
    return f"{name}, line {trouble.line}: {what}"


def compose(data: bytes | str, name: str, troubles: list[Trouble]) -> Node | None:
    """Return the tree of the one document in `data`, None if it is empty; doubled fields go to `troubles`.

    What keeps the rest from being understood is raised as `BadCodebook`.
    """
    import yaml

    text = _decode(data, name)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(name, troubles)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise refusal(name, [_explain(error, text)]) from None
    except yaml.YAMLError as error:
        raise BadCodebook(f"{name}: this is not YAML ({error})") from None
    return builder.root


def _decode(data: bytes | str, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise BadCodebook(f"{name}: larger than {MAX_BYTES // 1_000_000} MB", mend="is this a codebook?")
    text = data if isinstance(data, str) else _decode_bytes(data, name)
    text = text.removeprefix("\ufeff")
    unheld = UNHELD.search(text)
    if unheld:
        line = text.count("\n", 0, unheld.start()) + 1
        what = f"a character that YAML cannot hold (U+{ord(unheld[0]):04X})"
        raise refusal(name, [Trouble(line, what, "delete it, or write it as an escape in double quotes")])
    return text


def _decode_bytes(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadCodebook(f"{name}: written as UTF-16", mend="save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal(name, [Trouble(line, "not UTF-8", "save the file as UTF-8")]) from None


class _Builder:
    """Puts a tree together from YAML's events, without recursion."""

    def __init__(self, name: str, troubles: list[Trouble]) -> None:
        self.name = name
        self.troubles = troubles
        self.root: Node | None = None
        self.open: list[Items | Fields] = []
        self.names: list[Text | None] = []
        self.count = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        import yaml

        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event, line)
            if event.style == '"' and SURROGATE.search(event.value):
                self._stop(line, "an escape that is half a character", "write the character itself")
            self._put(Text(line, event.value, not event.style))
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._refuse_extras(event, line)
            self._put(Items(line) if isinstance(event, yaml.SequenceStartEvent) else Fields(line))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.open.pop()
            self.names.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._stop(line, f"a reference (*{event.anchor})", "write the text out, or put it in quotes")
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(line, "a second document begins (---)", "one file holds one codebook version")

    def _refuse_extras(self, event: yaml.NodeEvent, line: int) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self._stop(line, f"a tag ({short})", "a codebook has none: delete it, or put the text in quotes")
        if event.anchor is not None:
            self._stop(line, f"an anchor (&{event.anchor})", "write the text out, or put it in quotes")
        self.count += 1
        if self.count > MAX_NODES:
            self._stop(line, f"more than {MAX_NODES:,} entries", "is this a codebook?")

    def _put(self, node: Node) -> None:
        if not self.open:
            self.root = node
        elif isinstance(above := self.open[-1], Items):
            above.nodes.append(node)
        else:
            self._put_field(above, node)
        if not isinstance(node, Text):
            self.open.append(node)
            self.names.append(None)
            if len(self.open) > MAX_DEPTH:
                self._stop(node.line, "nested too deeply", "a tree of codes has at most 500 levels")

    def _put_field(self, above: Fields, node: Node) -> None:
        name = self.names[-1]
        if name is None:
            if not isinstance(node, Text):
                self._stop(node.line, "a list or fields where a field's name should stand", "write NAME: ...")
            elif node.value in above.nodes:
                first = above.lines[node.value]
                what = f"the field {node.value!r} stands here twice, first in line {first}"
                self.troubles.append(Trouble(node.line, what, "delete one"))
            self.names[-1] = node if isinstance(node, Text) else None
        else:
            above.nodes.setdefault(name.value, node)
            above.lines.setdefault(name.value, name.line)
            self.names[-1] = None

    def _stop(self, line: int, what: str, mend: str) -> None:
        raise refusal(self.name, [*self.troubles, Trouble(line, what, mend)])


PLAIN_WORDS = (
    ("mapping values are not allowed", "a colon inside a text", "put the text in quotes"),
    ("unexpected end of stream", "a quoted text or bracket that is never closed", "close it"),
    ("expected ',' or ']'", "a list in brackets that is never closed, or lacks a comma", "close it with ]"),
    ("expected ',' or '}'", "a list in braces that is never closed, or lacks a comma", "close it with }"),
    ("could not find expected ':'", "a line that is neither a field nor part of a text", "write it as NAME: text"),
    (
        "unknown escape",
        "a backslash in double quotes that begins no known sign",
        "write it twice, or use single quotes",
    ),
    ("cannot start any token", "a text that begins with a sign which YAML reserves", "put the text in quotes"),
    ("alphabetic or numeric", "a text that begins with * or &", "put the text in quotes"),
    ("undefined tag handle", "a text that begins with !", "put the text in quotes"),
    ("block end", "a line that does not stand where its neighbours stand", "indent it as they are"),
    ("expected key", "a line that does not stand where its neighbours stand", "indent it as they are"),
    ("expected '-' indicator", "a line that does not stand where its neighbours stand", "indent it as they are"),
    (
        "block sequence entries are not allowed",
        "a list entry (-) that stands where none can",
        "indent it, or use quotes",
    ),
)
"""What the YAML parser says, and the same for a researcher."""


def _explain(error: yaml.MarkedYAMLError, text: str) -> Trouble:
    problem = str(error.problem or error.context or "")
    lines = text.split("\n")
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark is not None]
    for line in marks:
        if line < len(lines) and re.match(r" *\t", lines[line]):
            return Trouble(line + 1, "indented with a tab", "use blanks, two for each level")
    line = min(marks[0] if marks else 0, len(lines) - 1) + 1
    if "tab" in problem.split() or "'\\t'" in problem:
        return Trouble(line, "a tab where blanks should stand", "use blanks, two for each level")
    for found, what, mend in PLAIN_WORDS:
        if found in problem:
            return Trouble(line, what, mend)
    return Trouble(line, f"this is not YAML ({problem})", "put texts with signs in quotes")
