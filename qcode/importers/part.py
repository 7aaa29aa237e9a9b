"""A draft of a text that is only part of a file: a cell of a table, or one of several texts in a row."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.importers.base import Draft, Options, check_lines
from qcode.importers.plain import line_notices, paragraphs_of, talk
from qcode.text.language import detect
from qcode.text.layout import Layout
from qcode.text.turns import find_turns

__all__ = ["draft_of_part"]


def draft_of_part(text: str, format: str, options: Options, *, only: Sequence[str] | None = None) -> Draft:
    """Return the draft of a text; `only` are labels found elsewhere in the file, the only ones to believe.

    Remarks are on lines of the text, and left out where the labels were found elsewhere. Raises Unreadable.
    """
    check_lines(text)
    paragraphs = paragraphs_of(text)
    believed = options.speakers if options.speakers is not None else only
    found = find_turns(Layout(text, paragraphs), only=believed, none=options.no_speakers or believed == ())
    return Draft(
        text=text,
        format=format,
        turns=found.turns,
        speakers=found.speakers,
        paragraphs=tuple(paragraphs),
        time_marks=found.time_marks,
        labels=found.labels,
        language=options.language or detect(talk(text, found)),
        notices=line_notices(text, found.remarks) if only is None else (),
    )
