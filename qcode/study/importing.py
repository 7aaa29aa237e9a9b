"""Imports files: each comes in whole, in one transaction, or is refused with a reason; the others go on."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from qcode.domain.coding import Coder
from qcode.domain.transcript import Revision
from qcode.errors import BadValue, Conflict, QcodeError
from qcode.importers import added, registry
from qcode.importers.base import Draft, Notice, Options
from qcode.store import in_vivo as mark_rows
from qcode.store import memos as memo_rows
from qcode.store import transcripts as rows
from qcode.store.lookup import fold
from qcode.store.newest import named_sources, newest_n
from qcode.study.cases import COLUMNS, Cases, ensure_case
from qcode.study.desk import Desk, clean_name, new_id, now, unnameable
from qcode.study.folders import Found
from qcode.study.import_files import bytes_of, common_stem, goes_with_others, source_of, together
from qcode.study.import_outcomes import Imported, Outcome, Refused, Skipped, imported
from qcode.study.receiving_files import is_project, refusal
from qcode.study.revising import how_to

__all__ = ["Decisions", "Imported", "Importing", "Outcome", "Refused", "Skipped"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""How the code of a language looks: ru, kk-Latn, zh-Hant."""


@dataclass(frozen=True)
class Decisions:
    """What a person decided of an import: `case` and `attributes` say whom it is about, `name` how to call it."""

    options: Options = field(default_factory=Options)
    case: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    dry_run: bool = False

    @property
    def insists(self) -> bool:
        """Tell whether the person overrides what the importer would decide by itself."""
        return self.options != Options()


class Importing:
    """One import of several files."""

    def __init__(self, desk: Desk, cases: Cases, decisions: Decisions) -> None:
        self._desk = desk
        self._cases = cases
        self._said = decisions
        _must_be_language(decisions.options)
        self._would_take: set[str] = set()
        """Sources and names that a dry run would have taken."""
        desk.remarks += [told for told in added.troubles() if told not in desk.remarks]

    def all(self, found: Iterable[Found]) -> Iterator[Outcome]:
        """Import files one after the other; last come those of which several may be one talk."""
        waiting: list[Found] = []
        for file in found:
            if goes_with_others(file):
                waiting.append(file)
            else:
                yield from self._outcomes((file,))
        for files in together(waiting):
            yield from self._outcomes(files)

    def _outcomes(self, files: Sequence[Found]) -> list[Outcome]:
        """Import one file, or several that are one talk, and tell what became of them."""
        if (why := files[0].why) is not None:
            return [(Refused if files[0].asked_for else Skipped)(files[0].shown, why)]
        try:
            return self._taken(files)
        except QcodeError as error:
            return [Refused(file.shown, error.sentence) for file in files]

    def _taken(self, files: Sequence[Found]) -> list[Outcome]:
        content = [(file.path.name, bytes_of(file)) for file in files]
        if is_project(content[0][1], content[0][0]):
            raise refusal(content[0][0])
        source = source_of(content)
        with self._desk.store.read() as connection:
            known = rows.known_sources(connection, source)
            told = named_sources(connection, source)
        if source in self._would_take:
            return [Skipped(file.shown, "the same bytes as another of these files") for file in files]
        if known and not self._said.insists:
            return _known_already(files, told)
        if not files[0].asked_for and not registry.is_talk(content[0][1], content[0][0]):
            why = "it is not clearly a talk; to import it, name the file itself"
            return [Skipped(file.shown, why) for file in files]
        drafts = self._drafts(content)
        if self._said.dry_run:
            return self._would(files, drafts, source, known)
        with self._desk.store.write() as connection:
            known = rows.known_sources(connection, source)
            if known and not self._said.insists:
                return _known_already(files, named_sources(connection, source))
            return self._write_all(connection, files, drafts, source, known)

    def _drafts(self, content: Sequence[tuple[str, bytes]]) -> list[Draft]:
        options = self._said.options
        if len(content) > 1:
            return registry.read_together(content, options)
        drafts = registry.read_all(content[0][1], content[0][0], options)
        if len(drafts) > 1 and self._said.name is not None:
            what = f"--name names one transcript, and the file holds {len(drafts):,}"
            raise BadValue(what, mend="leave --name out, and rename them afterwards")
        if len(drafts) > 1 and self._said.case is not None and any(draft.attributes for draft in drafts):
            told = Notice("", "facts about each transcript's own case were left out, as --case names one for all")
            return [replace(draft, attributes=(), notices=(*draft.notices, told)) for draft in drafts]
        return drafts

    def _would(
        self, files: Sequence[Found], drafts: Sequence[Draft], source: str, known: Sequence[str]
    ) -> list[Outcome]:
        with self._desk.store.read() as connection:
            for name in known:
                _must_be_unused(connection, name)
            names = self._names(connection, files, drafts, known)
            drafts = self._with_namesakes(connection, files, drafts, names)
        self._would_take |= {source, *map(fold, names)}
        return [imported(name, "", files, draft) for name, draft in zip(names, drafts, strict=True)]

    def _write_all(
        self, connection: Connection, files: Sequence[Found], drafts: Sequence[Draft], source: str, known: Sequence[str]
    ) -> list[Outcome]:
        _, who = self._desk.acting(connection)
        names = self._names(connection, files, drafts, known)
        drafts = self._with_namesakes(connection, files, drafts, names)
        cases = {fold(name): self._replace(connection, who, name) for name in known}
        if known:
            were = "was" if len(known) == 1 else "were"
            self._desk.remarks.append(f"{_listed(known)} {were} read anew, in place of what was imported before")
        return [
            imported(name, self._write(connection, name, draft, source, cases.get(fold(name))), files, draft)
            for name, draft in zip(names, drafts, strict=True)
        ]

    def _names(
        self, connection: Connection, files: Sequence[Found], drafts: Sequence[Draft], known: Sequence[str]
    ) -> list[str]:
        """Return the names for the transcripts of a file; `known` are those that they replace."""
        if len(known) == len(drafts) == 1:
            return [known[0]]
        path, several = files[0].path, len(drafts) > 1
        stem = common_stem(files)
        folder = stem if several else path.resolve().parent.name
        free = {fold(name) for name in known}
        names, taken = [], set(self._would_take)
        for wanted in _numbered([self._said.name or draft.title or stem for draft in drafts]):
            candidates = _candidates(wanted, folder)
            names.append(next(c for c in candidates if _is_free(connection, c, free, taken)))
            taken.add(fold(names[-1]))
        return names

    def _with_namesakes(
        self, connection: Connection, files: Sequence[Found], drafts: Sequence[Draft], names: Sequence[str]
    ) -> list[Draft]:
        """Return the drafts, with a notice where one has another name than it wanted: it may be a corrected text."""
        wanted = _numbered([self._said.name or draft.title or common_stem(files) for draft in drafts])
        found = []
        for draft, name, was in zip(drafts, names, wanted, strict=True):
            if name != was and rows.name_taken(connection, was):
                told = f"there is a transcript {was} already, so this one is called {name}; if the file is a corrected "
                told += f"{was}, take this one out and type: {how_to(was, files[0].shown)}"
                draft = replace(draft, notices=(*draft.notices, Notice("", told)))
            found.append(draft)
        return found

    def _write(self, connection: Connection, name: str, draft: Draft, source: str, case_id: int | None) -> str:
        _, who = self._desk.acting(connection)
        facts = {_attribute(key): value for key, value in draft.attributes if value} | dict(self._said.attributes)
        if self._said.case is not None or (facts and case_id is None) or self._said.attributes:
            case_id, _ = ensure_case(self._desk, connection, who, self._said.case or name)
        written = self._cases.write_values(connection, case_id, facts) if case_id is not None else ()
        uuid, at = new_id(), now()
        transcript_id = rows.add_transcript(
            connection, uuid=uuid, name=name, language=draft.language, case_id=case_id, created_at=at
        )
        revision = Revision(draft.text, draft.turns, draft.paragraphs, draft.time_marks, draft.speakers)
        rows.add_revision(
            connection,
            transcript_id,
            revision,
            uuid=new_id(),
            n=1,
            created_at=at,
            format=draft.format,
            encoding=draft.encoding,
            source_sha256=source,
            labels=draft.labels,
        )
        details: dict[str, object] = {"transcript": uuid, "sha256": revision.sha256}
        details |= {"characters": len(draft.text), "format": draft.format} | ({"facts": written} if written else {})
        self._desk.record(connection, who, "transcript.add", details)
        return uuid

    def _replace(self, connection: Connection, who: Coder, name: str) -> int | None:
        """Take out a transcript that is read anew in another way; return its case. Raises Conflict if it is in use."""
        row = _must_be_unused(connection, name)
        rows.remove_transcript(connection, row.id)
        self._desk.record(connection, who, "transcript.remove", {"transcript": row.uuid, "codings": 0})
        return None if row.case_id is None else int(row.case_id)


def _candidates(wanted: str, folder: str) -> Iterator[str]:
    yield wanted
    front = f"{folder}/{wanted}"[:180] if folder else wanted
    yield front
    yield from (f"{front} ({n})" for n in range(2, 1_000_000))


def _is_free(connection: Connection, name: str, free: set[str], taken: set[str]) -> bool:
    return fold(name) not in taken and (fold(name) in free or not rows.name_taken(connection, name))


def _known_already(files: Sequence[Found], known: Sequence[str]) -> list[Outcome]:
    return [Skipped(file.shown, f"the same bytes are in the study as {_listed(known)}") for file in files]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3:,} more" if len(names) > 3 else "")


def _numbered(titles: Iterable[str]) -> list[str]:
    """Return titles as names that a transcript can have, a second one of the same name with a number behind it."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    used: set[str] = set()
    for title in titles:
        plain = "".join("_" if unnameable(c) else c for c in title)[:150]
        name = clean_name(plain.strip() or "transcript", "transcript")
        numbered = name
        while fold(numbered) in used:
            seen[fold(name)] += 1
            numbered = f"{name} ({seen[fold(name)] + 1})"
        used.add(fold(numbered))
        names.append(numbered)
    return names


def _attribute(key: str) -> str:
    """Return a key that a case's attribute can have; lists of cases have some columns of their own."""
    plain = "".join("_" if unnameable(c) else c for c in key)[:150].strip() or "attribute"
    return f"{plain} (file)" if fold(plain) in COLUMNS else plain


def _must_be_unused(connection: Connection, name: str) -> Any:
    """Return the row of a transcript that nobody has worked on; raises Conflict."""
    row = rows.transcript_row(connection, name)
    if work := _work_on(connection, row):
        raise Conflict(
            f"the same bytes are in the study as {name}, which carries {work}",
            mend="that would be lost; if that is meant, "
            f"first: qcode transcript remove {shlex.quote(name)} --with-codings",
        )
    return row


def _work_on(connection: Connection, transcript: Any) -> str:
    """Return in words what people have made on a transcript, codings, marks in vivo and memos; "" for nothing."""
    counted = (
        (rows.count_codings(connection, transcript.id), "coding", "codings"),
        (
            len(mark_rows.marks(connection, transcript_id=transcript.id)),
            "passage marked in vivo",
            "passages marked in vivo",
        ),
        (len(memo_rows.memos(connection, about="transcript", target=transcript.uuid)), "memo", "memos"),
        (newest_n(connection, transcript.id) - 1, "correction", "corrections"),
    )
    told = [f"{n:,} {one if n == 1 else more}" for n, one, more in counted if n]
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))


def _must_be_language(options: Options) -> None:
    """Raise BadValue for a language that is none, such as a whole sentence."""
    if options.language is not None and not _LANGUAGE.fullmatch(options.language):
        raise BadValue(
            f"{options.language[:40]!r} is not the code of a language", mend="write two letters, such as ru, kk, zh"
        )
