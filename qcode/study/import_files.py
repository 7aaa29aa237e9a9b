"""The bytes of files that are to be imported, and which of them are one talk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from qcode.errors import Unreadable
from qcode.importers import registry
from qcode.study.folders import Found

__all__ = ["bytes_of", "common_stem", "goes_with_others", "source_of", "together"]

MOST_TOGETHER = 300_000_000
"""Bytes of one folder's files among which those that belong together are sought."""


def bytes_of(file: Found) -> bytes:
    """Return the bytes of a file. Raises Unreadable."""
    path, data = file.path, file.data
    if data is not None:
        registry.check_size(len(data))
        return data
    try:
        if not path.is_file():
            raise Unreadable("it is not an ordinary file", mend="save it as a file first")
        registry.check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"it cannot be opened ({error.strerror})", mend="look at its permissions") from None


def source_of(files: Sequence[tuple[str, bytes]]) -> str:
    """Return the SHA-256 that tells these bytes again: that of a file, or of the sums of several in any order."""
    sums = sorted(sha256(data).hexdigest() for _, data in files)
    return sums[0] if len(sums) == 1 else sha256("".join(sums).encode()).hexdigest()


def goes_with_others(file: Found) -> bool:
    """Tell whether a file may be part of a talk that several files make."""
    return file.why is None and registry.grouper_of(file.path.name) is not None


def together(files: Sequence[Found]) -> list[tuple[Found, ...]]:
    """Return the files in batches that make a talk each: files of one folder and one format."""
    places: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for file in files:
        places[str(file.path.parent), file.path.suffix.lower()].append(file)
    return [batch for beside in places.values() for batch in _batches(beside)]


def _batches(files: Sequence[Found]) -> list[tuple[Found, ...]]:
    grouper = registry.grouper_of(files[0].path.name)
    alone: list[tuple[Found, ...]] = []
    read: list[tuple[Found, bytes]] = []
    size = 0
    for file in files:
        try:
            data = bytes_of(file)
        except Unreadable:  # told when its turn comes
            alone.append((file,))
            continue
        size += len(data)
        if size > MOST_TOGETHER:
            return [(each,) for each in files]
        read.append((file, data))
    if grouper is None or not read:
        return alone
    try:
        groups = grouper([(file.path.name, data) for file, data in read])
    except (Exception, SystemExit):  # a broken file stops no other: each is read alone, and the broken one told
        groups = []
    if sorted(n for group in groups for n in group) != list(range(len(read))):
        groups = [[n] for n in range(len(read))]
    return [*(tuple(read[n][0] for n in group) for group in groups), *alone]


def common_stem(files: Sequence[Found]) -> str:
    """Return the name that files have in common."""
    first, *others = [file.path.stem for file in files]
    same = next((n for n in range(len(first)) if any(stem[n : n + 1] != first[n] for stem in others)), len(first))
    return first[:same].strip(" _-.([") or first if others else first
