"""A text in a person's editor: in a file of its own, which is kept where what was written cannot be taken."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from shlex import quote
from typing import Self

import click

from qcode.cli.output import say
from qcode.errors import BadValue, Unreadable

__all__ = ["Sheet"]


class Sheet:
    """A text to be edited; where the block ends with an error, other words that stand there are `kept_as` a file."""

    def __init__(self, text: str, *, kept_as: Path) -> None:
        self._was, self._kept_as = text.encode(), kept_as

    def __enter__(self) -> Self:
        self._path = Path(tempfile.mkdtemp(prefix="qcode-")) / self._kept_as.name
        self._path.write_bytes(self._was)
        return self

    def edit(self) -> bool:
        """Open the editor; tell whether other words stand there now. Emptied, it is as if nothing had been changed.

        Raises click's exception where the editor fails, Unreadable where it took the file away.
        """
        try:
            click.edit(filename=str(self._path))
        except ValueError:  # a quote in it has no end
            raise BadValue("EDITOR is not a command that can be run", mend="set it to one, such as nano") from None
        return self._is_changed()

    def content(self) -> bytes:
        """Return what stands there now."""
        try:
            return self._path.read_bytes()
        except OSError:
            raise Unreadable("the editor took the file away", mend="set EDITOR to one that saves in place") from None

    def _is_changed(self) -> bool:
        content = self.content()
        return bool(content.strip()) and content.replace(b"\r\n", b"\n") != self._was

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        kept = self._keep() if kind is not None and self._path.exists() and self._is_changed() else None
        if kept is not None:
            say(
                f"your text is kept in {kept}; mend it there and take it with: qcode codebook edit --from {quote(kept)}"
            )
        if kept != str(self._path):  # the editor's own copies go too
            shutil.rmtree(self._path.parent, ignore_errors=True)

    def _keep(self) -> str:
        """Keep the words in a file beside the person, or else where they are; return its path."""
        try:
            kept = _free(self._kept_as)
            shutil.copyfile(self._path, kept)
        except OSError:
            return str(self._path)
        return str(kept)


def _free(path: Path) -> Path:
    n, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem}-{n}{path.suffix}")
        n += 1
    return free
