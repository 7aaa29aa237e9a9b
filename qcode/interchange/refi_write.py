"""Writes a parcel as a REFI-QDA project (.qdpx) and a codebook as one of codes alone (.qdc), valid by their schemas.

The same parcel gives the same bytes: identities come from the study, and no clock, no folder and no account is asked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from qcode import __version__
from qcode.domain.codebook import CodebookVersion
from qcode.domain.ledger import Loss, gathered
from qcode.domain.parcel import Parcel
from qcode.errors import BadCodebook
from qcode.interchange.refi_note import NOTE_NAME, write_note
from qcode.interchange.refi_tools import Ruler, Tool, tool_named
from qcode.interchange.refi_write_cases import case_lines, source_values, variables
from qcode.interchange.refi_write_codes import Tree, code_lines, in_one_tree, once_named, tree
from qcode.interchange.refi_write_notes import Notes, notes_of
from qcode.interchange.refi_write_sources import (
    Coded,
    codings_by_transcript,
    doubtful,
    identified,
    source_lines,
    source_path,
)
from qcode.interchange.refi_write_xml import Ink, derived, when

__all__ = ["write", "write_codebook"]

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
LINES = 1_000
"""So many are packed at once."""

EPOCH = (1980, 1, 1, 0, 0, 0)
FIELDS = ("codebook", "version", "title", "language", "note", "changes", "follows")


def write(parcel: Parcel, *, tool: str | None = None) -> tuple[bytes, tuple[Loss, ...]]:
    """Return a parcel as the bytes of a .qdpx, for the program `tool` if one is named, and what that leaves out.

    Raises BadValue for a program that opens none.
    """
    sheet = _Sheet.of(identified(parcel), tool_named(tool))
    note, unwritten = _note(parcel)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        with archive.open(_entry("project.qde"), "w") as file:
            lines = sheet.lines(with_note=note is not None)
            while some := "".join(islice(lines, LINES)):
                file.write(some.encode())
        for one in parcel.transcripts:
            guid = sheet.ink.guid("transcript", one.id)
            archive.writestr(_entry(source_path(guid)), Ruler(one.text, sheet.tool).data)
        if note is not None:
            archive.writestr(_entry(source_path(sheet.note_guid)), note.encode())
    return out.getvalue(), gathered([*sheet.losses(), unwritten])


def write_codebook(version: CodebookVersion) -> tuple[bytes, tuple[Loss, ...]]:
    """Return the codes of a version as the bytes of a .qdc, and what that leaves out.

    Raises BadCodebook for a version without codes.
    """
    if not version.codes:
        raise BadCodebook("the codebook has no codes", mend="a .qdc holds codes alone: write a .yaml")
    ink = Ink()
    head = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="qcode {__version__}">\n<Codes>\n'
    lines = "".join(code_lines(tree(version.codes), ink, {}))
    told = sum(bool(getattr(version, name)) for name in FIELDS)
    losses = [Loss("facts about the codebook", told, why="a .qdc holds codes alone; a .yaml holds all"), _unheld(ink)]
    return f"{DECLARATION}{head}{lines}</Codes>\n</CodeBook>\n".encode(), gathered(losses)


@dataclass(frozen=True)
class _Sheet:
    """All that the parts of one project file need of each other."""

    parcel: Parcel
    tool: Tool
    ink: Ink
    codes: Tree
    coded: Coded
    notes: Notes
    users: Mapping[str, str]
    renamed: tuple[Loss, ...]

    @classmethod
    def of(cls, parcel: Parcel, tool: Tool) -> _Sheet:
        """Settle what goes out: which codes, which codings, and which memo refers to what."""
        ink = Ink(capitals=tool.capitals)
        codes = in_one_tree(parcel.versions, {one.code for one in parcel.codings})
        codes, renamed = once_named(codes) if tool.one_name else (codes, [])
        coded = codings_by_transcript(parcel, {code.id: n for n, (_, code) in enumerate(codes)})
        there = {
            "code": {code.id for _, code in codes},
            "transcript": {one.id for one in parcel.transcripts},
            "coding": coded.ids,
            "case": {one.id for one in parcel.cases},
        }
        users = {one.id: ink.guid("coder", one.id) for one in parcel.coders}
        return cls(parcel, tool, ink, codes, coded, notes_of(parcel, ink, there), users, tuple(renamed))

    @property
    def note_guid(self) -> str:
        """Return the identity of the note that holds the codebooks: that of the study, where it has one."""
        return self.ink.guid("study", self.parcel.id or derived("study", self.parcel.name))

    def lines(self, *, with_note: bool) -> Iterator[str]:
        """Yield the project as XML, in the order that the schema asks for."""
        ink, parcel, notes = self.ink, self.parcel, self.notes
        yield DECLARATION + self._head()
        yield from _within(
            "Users",
            (ink.opening("User", "/>\n", guid=self.users[one.id], name=one.name) for one in parcel.coders),
        )
        if self.codes:
            yield "<CodeBook>\n"
            yield from _within("Codes", code_lines(self.codes, ink, notes.refer["code"]))
            yield "</CodeBook>\n"
        known = variables(parcel, ink)
        yield from _within(
            "Variables",
            (ink.opening("Variable", "/>\n", guid=known[key], name=key, typeOfVariable="Text") for key in known),
        )
        sources = {one.id: ink.guid("transcript", one.id) for one in parcel.transcripts}
        yield from _within("Cases", case_lines(parcel, ink, known, sources))
        yield from _within("Sources", self._sources(known))
        codebooks = [self._note_line()] if with_note else []
        yield from _within("Notes", (line for part in (notes.lines(ink, self.users), codebooks) for line in part))
        yield from _within("Links", notes.links(ink))
        yield notes.refer["study"].get("", "") + "</Project>\n"

    def _head(self) -> str:
        times = self._times()
        return self.ink.opening(
            "Project",
            ">\n",
            xmlns="urn:QDA-XML:project:1.0",
            name=self.parcel.name,
            origin=f"qcode {__version__}" + (f" for {self.tool.title}" if self.tool.title else ""),
            creationDateTime=times[0] if times else None,
            modifiedDateTime=times[-1] if times else None,
        )

    def _times(self) -> list[str]:
        """Return when things were made, the earliest first: the file is as old as what is in it."""
        parcel = self.parcel
        told = chain(
            (one.created_at for one in parcel.transcripts),
            (one.created_at for one in parcel.codings),
            (one.created_at for one in parcel.memos),
        )
        return sorted({when(at) for at in told} - {""})

    def _sources(self, known: Mapping[str, str]) -> Iterator[str]:
        written = {
            "users": self.users,
            "codes": {code.id: self.ink.guid("code", code.id) for _, code in self.codes},
            "coding": self.notes.refer["coding"],
            "transcript": self.notes.refer["transcript"],
            "values": source_values(self.parcel, self.ink, known),
        }
        for one in self.parcel.transcripts:
            ruler = Ruler(one.text, self.tool)
            yield from source_lines(one, self.coded.by_transcript[one.id], ruler, self.ink, written)

    def _note_line(self) -> str:
        path = f"internal://{self.note_guid}.txt"
        return self.ink.opening("Note", "/>\n", guid=self.note_guid, name=NOTE_NAME, plainTextPath=path)

    def losses(self) -> list[Loss]:
        """Return what the format or the program has no place for."""
        parcel, users = self.parcel, self.users
        found = "the format has no place for them; qcode finds them anew in the text"
        marks = sum(len(one.time_marks) for one in parcel.transcripts)
        unnamed = sum(one.coder is not None and one.coder not in users for one in parcel.codings)
        return [
            Loss("languages of transcripts", sum(one.language is not None for one in parcel.transcripts), why=found),
            Loss("times of the recording", marks, why=found),
            Loss("kinds of coders", sum(one.kind != "person" for one in parcel.coders), why="they are all users there"),
            Loss("coders of codings", unnamed, why="nobody of that identity is named"),
            *self.renamed,
            *self.coded.losses,
            *self.notes.losses,
            doubtful(parcel, self.coded, self.tool),
            _unheld(self.ink),
        ]


def _within(element: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield an element around lines, nothing where there are none: the schema wants no empty ones."""
    begun = False
    for line in lines:
        if not begun:
            yield f"<{element}>\n"
            begun = True
        yield line
    if begun:
        yield f"</{element}>\n"


def _note(parcel: Parcel) -> tuple[str | None, Loss]:
    """Return the note that holds all codebooks, None where there is none or YAML cannot hold them."""
    why = "YAML cannot hold them; the codes of the newest are in the file"
    try:
        return (write_note(parcel.versions) if parcel.versions else None), Loss("", 0)
    except BadCodebook:
        return None, Loss("versions of codebooks", len(parcel.versions), why=why)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same bytes on every system
    entry.external_attr = 0o600 << 16
    return entry


def _unheld(ink: Ink) -> Loss:
    return Loss("control characters in names and notes", ink.unheld, why="no XML file can hold them")
