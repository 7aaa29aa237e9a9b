"""Meets the codebooks of another study: one line of versions goes on where the other ends."""

from __future__ import annotations

import json
import shlex
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qcode.errors import Conflict
from qcode.store import other
from qcode.study.merging_meeting import MERGED, Meeting

__all__ = ["Books", "meet_codebooks"]


@dataclass(frozen=True, slots=True)
class Line:
    """A codebook that both have: the versions (row ids of ours) that only theirs, or only ours, had before."""

    codebook_id: int
    new: tuple[int, ...]
    unknown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Books:
    """The codebooks that both studies have, and all of theirs as row ids of ours by theirs."""

    lines: tuple[Line, ...]
    ids: Mapping[int, int]

    def is_ahead(self, codebook_id: int) -> int:
        """Return 1 where ours has versions that theirs has not, -1 the other way round, else 0."""
        line = next((one for one in self.lines if one.codebook_id == codebook_id), None)
        return 0 if line is None else bool(line.unknown) - bool(line.new)


def meet_codebooks(meeting: Meeting) -> Books:
    """Match codebooks by identity, else by key, and versions by content; versions that go on come in.

    Raises Conflict where the lines of a codebook have parted.
    """
    ours = meeting.our_rows("codebook")
    lines, ids, versions, codes = [], dict[int, int](), dict[int, int](), dict[int, int]()
    for row in meeting.rows("codebook"):
        twin = next((one for one in ours if one.uuid == row.uuid), None)
        twin = twin or next((one for one in ours if one.key_fold == row.key_fold), None)
        theirs = meeting.rows("codebook_version", "codebook_id = ?", row.id)
        if twin is None:
            ids[row.id] = other.put_one(
                meeting.connection, "codebook", {"uuid": row.uuid, "key": row.key, "key_fold": row.key_fold}
            )
            meeting.count("codebooks")
            here: list[Any] = []
        else:
            ids[row.id] = twin.id
            here = meeting.our_rows("codebook_version", "codebook_id = ?", twin.id)
            _must_go_on(meeting, row, here, theirs)
        same = _same(here, theirs)
        codes |= _codes(meeting, row.id, ids[row.id], same)
        new = [one for one in theirs if one.id not in same]
        for one in new:
            same[one.id] = _add_version(meeting, one, ids[row.id], same, codes)
        versions |= same
        if twin is not None:
            known = {same[one.id] for one in theirs}
            unknown = tuple(one.id for one in here if one.id not in known)
            lines.append(Line(twin.id, tuple(same[one.id] for one in new), unknown))
    other.map_ids(meeting.connection, "code", codes)
    other.map_ids(meeting.connection, "codebook_version", versions)
    return Books(tuple(lines), ids)


def _same(ours: Sequence[Any], theirs: Sequence[Any]) -> dict[int, int]:
    by_content = {row.sha256: row.id for row in ours}
    return {row.id: by_content[row.sha256] for row in theirs if row.sha256 in by_content}


def _must_go_on(meeting: Meeting, book: Any, ours: Sequence[Any], theirs: Sequence[Any]) -> None:
    here, there = {one.sha256 for one in ours}, {one.sha256 for one in theirs}
    if (here <= there or there <= here) and here & there:
        return
    key, file = shlex.quote(book.key), shlex.quote(meeting.name)
    labels = f"{ours[-1].version} here and {theirs[-1].version} in {meeting.name}"
    if not here & there:
        raise Conflict(
            f"the codebook {book.key} began with other versions in both studies ({labels})",
            mend="they are two codebooks: give one of them another key",
        )
    raise Conflict(
        f"the codebook {book.key} has parted: {labels}",
        mend=f"join the lines first: qcode codebook export {key} -o theirs.yaml --study {file}; then qcode codebook "
        "merge theirs.yaml; then merge the studies",
    )


def _codes(meeting: Meeting, theirs: int, ours: int, same: Mapping[int, int]) -> dict[int, int]:
    """Return the codes of ours by theirs: by their keys in versions that both have, else by identity, else new."""
    found: dict[int, int] = {}
    for version, own in same.items():
        keys = {row.key: row.code_id for row in meeting.our_rows("code_entry", "version_id = ?", own)}
        for row in meeting.rows("code_entry", "version_id = ?", version):
            found.setdefault(row.code_id, keys[row.key])
    for row in meeting.rows("code", "codebook_id = ?", theirs):
        if row.id in found:
            continue
        twin = next(iter(meeting.our_rows("code", "uuid = ?", row.uuid)), None)
        if twin is not None and twin.codebook_id == ours and twin.id not in found.values():
            found[row.id] = twin.id
            continue
        id = row.uuid if twin is None else str(uuid.uuid5(MERGED, f"{ours}\n{row.uuid}"))
        found[row.id] = other.put_one(meeting.connection, "code", {"uuid": id, "codebook_id": ours})
    return found


def _add_version(
    meeting: Meeting, row: Any, codebook_id: int, versions: Mapping[int, int], codes: Mapping[int, int]
) -> int:
    """Write a version of the other study with its identity, its codes and what it declares."""
    connection, coders = meeting.connection, other.mapped(meeting.connection, "coder")
    values = {name: getattr(row, name) for name in other.columns_of("codebook_version") if name != "id"}
    values |= {"codebook_id": codebook_id, "coder_id": coders[row.coder_id]}
    values |= {"transcripts_up_to": None, "revisions_up_to": None}
    new = other.put_one(connection, "codebook_version", values)
    entries = []
    for one in meeting.rows("code_entry", "version_id = ?", row.id):
        entry = {name: getattr(one, name) for name in other.columns_of("code_entry")}
        above = None if one.parent_id is None else codes[one.parent_id]
        entries.append(entry | {"version_id": new, "code_id": codes[one.code_id], "parent_id": above})
    other.put(connection, "code_entry", entries)
    parents = meeting.rows("version_parent", "version_id = ?", row.id)
    links = [{"version_id": new, "parent_id": versions[one.parent_id]} for one in parents]
    other.put(connection, "version_parent", links)
    _add_changes(meeting, row.id, new, codes)
    meeting.count("versions")
    return new


def _add_changes(meeting: Meeting, theirs: int, ours: int, codes: Mapping[int, int]) -> None:
    here = {row.id: row.uuid for row in meeting.our_rows("code")}
    called = {row.uuid: here[codes[row.id]] for row in meeting.rows("code") if row.id in codes}
    changes = []
    for one in meeting.rows("code_change", "version_id = ?", theirs):
        change = {name: getattr(one, name) for name in other.columns_of("code_change")}
        for column in ("codes", "into"):
            change[column] = json.dumps([called.get(id, id) for id in json.loads(change[column])])
        changes.append(change | {"version_id": ours})
    other.put(meeting.connection, "code_change", changes)
