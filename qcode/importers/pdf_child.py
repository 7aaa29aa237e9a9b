"""The program that parses a PDF apart from the rest: what the file does to it can be stopped from outside."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from qcode.errors import Unreadable
from qcode.importers.pdf_glyphs import Page, pages_of
from qcode.importers.pdf_lines import lines_of_page

__all__ = ["described", "main"]

MOST_MEMORY = 3_000_000_000


def main() -> None:
    """Read a PDF from the standard input; write what is on its pages, or why not, as JSON."""
    _bound_memory()
    try:
        said: dict[str, object] = {"pages": [described(page) for page in pages_of(sys.stdin.buffer.read())]}
    except Unreadable as refused:
        said = {"refused": [refused.what, refused.mend]}
    sys.stdout.buffer.write(json.dumps(said).encode("ascii"))


def described(page: Page) -> dict[str, object]:
    """Return a page as JSON knows it."""
    return {
        "lines": [asdict(line) for line in lines_of_page(page.glyphs)],
        "artifacts": [asdict(line) for line in lines_of_page(page.artifacts)],
        "turned": page.turned,
        "unknown": page.unknown,
        "outside": page.outside,
        "width": page.width,
    }


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bound; streams are bounded there too
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main()
