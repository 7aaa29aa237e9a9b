"""Reads the XML of REFI-QDA by local names, in any order and namespace, without entities and in little memory."""

from __future__ import annotations

import io
import re
from functools import partial
from typing import TYPE_CHECKING

from qcode.errors import Unreadable
from qcode.importers.package import AGAIN
from qcode.interchange.codebook_yaml_write import MAX_LEVELS
from qcode.interchange.refi_elements import (
    attribute,
    case_of,
    codes_in,
    coding_of,
    comment_of,
    refs,
    selection_of,
    set_of,
    source_of,
    target_of,
    text_in,
    values_of,
)
from qcode.interchange.refi_values import RawCoding, RawLink, RawProject, RawSource, RawUser, RawVariable, folded

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_xml"]

ORDER = (
    *("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description"),
    "NoteRef",
)
SELECTIONS = frozenset(f"{kind}Selection" for kind in ("PlainText", "Picture", "PDF", "Audio", "Video", "Transcript"))
SOURCES = frozenset(("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"))
PARTS = frozenset(("Representation", "Transcript", "TextDescription"))
HOLDERS = SOURCES | PARTS | {"Note"}
ITEMS = frozenset(("User", "CodeBook", "Variable", "Case", "Link", "Set", "Graph"))
SAID = frozenset(("Description", "Coding", "NoteRef"))
KNOWN_INSIDE: dict[str, frozenset[str]] = {
    "Project": frozenset((*ORDER, "Codes")),
    "Sources": SOURCES,
    "Notes": frozenset(("Note",)),
    "Users": frozenset(("User",)),
    "User": frozenset(),
    "CodeBook": frozenset(("Codes", "Code", "Sets")),
    "Codes": frozenset(("Code", "Set")),
    "Code": frozenset(("Description", "NoteRef", "Code", "MemoText")),
    "Variables": frozenset(("Variable",)),
    "Variable": frozenset(("Description",)),
    "Cases": frozenset(("Case",)),
    "Case": frozenset(("Description", "CodeRef", "VariableValue", "SourceRef", "SelectionRef", "NoteRef", "Coding")),
    "Links": frozenset(("Link",)),
    "Link": frozenset(("NoteRef",)),
    "Sets": frozenset(("Set",)),
    "Set": frozenset(("Description", "MemberCode", "MemberSource", "MemberNote")),
    "Graphs": frozenset(("Graph",)),
    "Coding": frozenset(("CodeRef", "NoteRef")),
    **dict.fromkeys(SELECTIONS, SAID),
    "PDFSelection": SAID | {"Representation"},
}
"""What is read inside each element; all else is counted."""
NAMESPACES = ("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "us-ascii": "utf-8-sig",
    "ascii": "utf-8-sig",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "windows-1252": "cp1252",
    "windows-1251": "cp1251",
}


def read_xml(content: bytes, root: str, where: str) -> RawProject:
    """Return what stands in the XML, whose outermost element is to be `root`. Raises Unreadable."""
    from lxml import etree

    packed = _as_utf8(content, where)
    reader = _Reader(root, where)
    try:
        events = etree.iterparse(
            io.BytesIO(packed),
            events=("start", "end"),
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=True,  # for codes that nest deeper than 256; entities, its danger, were refused before
        )
        for event, element in events:
            if event == "start":
                reader.start(element)
            else:
                reader.end(element)
    except etree.XMLSyntaxError as error:
        place = f"{where}, line {error.lineno}" if error.lineno else where
        # the parser's own words may quote the file
        raise Unreadable("the file is damaged (its XML is broken)", where=place, mend=AGAIN) from None
    return reader.project


def _as_utf8(content: bytes, where: str) -> bytes:
    """Return the XML in UTF-8 without a declaration of types. Raises Unreadable."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    declared = re.match(
        rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})", content.lstrip(b"\xef\xbb\xbf")[:400]
    )
    name = "utf-16" if wide else ENCODINGS.get(declared[1].decode("ascii").lower() if declared else "utf-8", "")
    if not name:
        raise Unreadable("the file is in an encoding that REFI-QDA does not have", where=where, mend="save it as UTF-8")
    try:
        text = content.decode(name).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise Unreadable("the file is not in the encoding that it names", where=where, mend=AGAIN) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable("the file declares XML entities, which no project needs, and was not opened", where=where)
    return text.encode("utf-8", "surrogatepass")


class _Reader:
    """Takes the parser's events; each finished piece becomes a value and leaves memory."""

    def __init__(self, root: str, where: str) -> None:
        self.project = RawProject()
        self._root, self._where = root, where
        self._path: list[str] = []
        self._holders: list[RawSource] = []
        self._inner: list[RawCoding] = []
        self._names: dict[str, str] = {}
        self._furthest = 0

    def start(self, element: _Element) -> None:
        tag = self._tag(element)
        if not self._path:
            self._open(element, tag)
        elif len(self._path) == 1 and tag in ORDER and self._path[0] == "Project":
            if ORDER.index(tag) < self._furthest:
                self._remark("elements stand in another order than the standard wants; they were read all the same")
            self._furthest = max(self._furthest, ORDER.index(tag))
        if self._path and tag not in KNOWN_INSIDE.get(self._path[-1], (tag,)):
            self.project.unknown[tag] += 1
        if tag == "Codes" and self._path == ["Project"]:
            self._remark("the codes stand outside of a codebook; they were read all the same")
        self._path.append(tag)
        self.project.codings += tag == "Coding"
        if tag in HOLDERS:
            self._holders.append(source_of(element, tag))
        elif tag == "Code" and self._path.count("Code") > MAX_LEVELS:
            raise Unreadable(
                f"a code stands below {MAX_LEVELS} others", where=self._where, mend="make the tree flatter"
            )

    def end(self, element: _Element) -> None:
        tag = self._path.pop()
        parent = self._path[-1] if self._path else ""
        if tag in HOLDERS:
            self._close(element, parent)
        elif tag in SELECTIONS:
            if self._holders:
                self._holders[-1].selections.append(selection_of(element, tag, tuple(self._inner)))
            self._inner.clear()
            element.clear()
        elif parent in HOLDERS and self._holders:
            self._into_holder(element, tag, self._holders[-1])
        elif tag in ITEMS or (tag == "Codes" and parent == "Project"):
            self._item(element, tag)
        elif parent == "Project" and tag == "Description":
            self.project.comment = text_in(element)
        elif parent == "Project" and tag == "NoteRef":
            self.project.references.append(target_of(element))

    def _open(self, element: _Element, tag: str) -> None:
        if tag != self._root:
            what = f"the file holds no {self._root} of REFI-QDA but something called {tag[:40]}"
            raise Unreadable(what, where=self._where, mend="export it again from the program that made it")
        name = str(element.tag)
        space = name[1:].partition("}")[0] if name.startswith("{") else ""
        if not space:
            self._remark("the XML names no namespace; it was read by the names of its elements")
        elif space not in NAMESPACES:
            self._remark(f"the XML names another namespace than the standard ({space[:60]}); it was read all the same")
        self.project.name = attribute(element, "name")
        self.project.origin = attribute(element, "origin")

    def _close(self, element: _Element, parent: str) -> None:
        source = self._holders.pop()
        if parent in SELECTIONS:  # a text inside an area of a PDF; what it carries is on the area
            self._inner += [*source.codings, *(one for each in source.selections for one in each.codings)]
            return
        if self._holders:
            self._holders[-1].parts.append(source)
        elif source.kind == "Note":
            self.project.notes.append(source)
        else:
            self.project.sources.append(source)
        element.clear()

    def _into_holder(self, element: _Element, tag: str, holder: RawSource) -> None:
        if tag == "PlainTextContent":
            holder.content = element.text or ""
        elif tag == "Description":
            holder.comment = text_in(element)
        elif tag == "Coding":
            holder.codings.append(coding_of(element))
        elif tag == "NoteRef":
            holder.notes.append(target_of(element))
        elif tag == "VariableValue":
            holder.values += values_of(element)
        elif tag == "SyncPoint":
            point = (attribute(element, "guid"), attribute(element, "position"), attribute(element, "timeStamp"))
            holder.syncs.append((folded(point[0]), point[1], point[2]))
        else:
            self.project.unknown[tag] += 1

    def _item(self, element: _Element, tag: str) -> None:
        project, get = self.project, partial(attribute, element)
        if tag == "User":
            name, short = get("name").strip(), get("id").strip()
            project.users.append(RawUser(folded(get("guid") or short or name), name, short))
        elif tag in ("CodeBook", "Codes"):
            project.codes += codes_in(element)
        elif tag == "Variable":
            project.variables.append(RawVariable(folded(get("guid")), get("name").strip(), comment_of(element)))
        elif tag == "Case":
            project.cases.append(case_of(element))
        elif tag == "Set":
            project.sets.append(set_of(element))
        elif tag == "Link":
            project.links.append(
                RawLink(folded(get("originGUID")), folded(get("targetGUID")), refs(element, "NoteRef"))
            )
        else:
            project.graphs += 1
        element.clear()

    def _remark(self, what: str) -> None:
        if what not in self.project.remarks:
            self.project.remarks.append(what)

    def _tag(self, element: _Element) -> str:
        name = str(element.tag)
        return self._names.setdefault(name, name.rpartition("}")[2])
