"""Says what the acts on a draft say in the words of the page: where a sentence names a command, the way there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qcode.errors import QcodeError
from qcode.web.home import take_remarks

if TYPE_CHECKING:
    from qcode.web.sessions import WebSession

__all__ = ["here_said", "in_browser_words", "remarks_here"]

WORDS = (
    (r"write it to a file \(.*$", "download it as YAML and discard it here; then join it: qcode codebook merge FILE"),
    (r"bring it back with: qcode codebook revive .*, or", "bring it back (Bring back), or"),
    (r"give another: qcode codebook publish --as V", "give another number"),
    (r"what was retired or merged is told by: qcode codebook log", "choose one of the list"),
    (r"see: qcode codebook --help", "change something first"),
    (r"see: qcode codebook draft", "look at it as it is now"),
    (r"see: qcode codebook show", "choose one of the list"),
    (r"compare it with \S+: qcode codebook export \S+", "compare it with the version that it follows"),
    (r"see: qcode coding in-vivo, and code them anew", "they are listed with the draft; code them anew"),
    (r"see: qcode coding in-vivo", "look at the list again"),
)
"""What a sentence for the command line says, and what is said in its place."""


def here_said(sentence: str) -> str:
    """Return a sentence with the ways of this page instead of commands."""
    for pattern, words in WORDS:
        found, n = re.subn(pattern, lambda _, words=words: words, sentence, flags=re.DOTALL)  # type: ignore[misc]
        if n:
            return found
    return sentence


@contextmanager
def in_browser_words() -> Iterator[None]:
    """Let what goes wrong inside name the ways of this page."""
    try:
        yield
    except QcodeError as error:
        error.mend = here_said(error.mend)
        raise


def remarks_here(session: WebSession) -> list[str]:
    """Return what the acts of this session have to tell besides their results, each once."""
    return [here_said(one) for one in take_remarks(session)]
