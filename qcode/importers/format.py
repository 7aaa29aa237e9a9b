"""What qcode knows of a file format: its endings, its first bytes, and who reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from qcode.importers.base import Draft, Options

__all__ = ["Format", "Grouper", "Joiner", "Reader"]

Reader = Callable[[bytes, str, Options], Draft | list[Draft]]
"""Bytes, the file's name and options in; a draft out, or a list of them where one file holds several transcripts."""

Grouper = Callable[[Sequence[tuple[str, bytes]]], list[list[int]]]
"""Names and bytes of files in; out the places of those that belong together, each place in one list."""

Joiner = Callable[[Sequence[tuple[str, bytes]], Options], Draft]
"""Files that belong together in, one draft out."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its suffixes, how its bytes begin, and the module that reads it or the advice if none does.

    `anything` says that a file with these suffixes may hold anything: met in a folder it is read only where the
    module's `is_talk` finds a talk in it, or without one where its first bytes are those of the format. `source` stands
    in place of a module's name: an object with what a module has, for formats that others add.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool] | None = None
    module: str = ""
    advice: str = ""
    anything: bool = False
    source: object | None = None

    @property
    def reads(self) -> bool:
        """Tell whether somebody reads this format."""
        return bool(self.module) or self.source is not None

    def reader(self) -> Reader:
        """Return the function that reads this format; its module is imported only now."""
        return cast(Reader, self._holder().read)

    def grouper(self) -> tuple[Grouper, Joiner] | None:
        """Return what tells files that belong together and what reads them as one; None where each stands alone."""
        if not self.reads or not hasattr(self._holder(), "read_together"):
            return None
        return cast(Grouper, self._holder().groups), cast(Joiner, self._holder().read_together)

    def is_talk(self, data: bytes, name: str) -> bool:
        """Tell whether a file of a format for anything clearly holds a talk."""
        if not self.anything:
            return True
        if self.reads and hasattr(self._holder(), "is_talk"):
            return bool(self._holder().is_talk(data, name))
        return self.reads and self.sniff is not None and bool(self.sniff(data))

    def _holder(self) -> Any:
        return self.source if self.source is not None else import_module(self.module)
