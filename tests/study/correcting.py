"""Corrects the transcript of a small study from a text, as a file would bring it."""

from __future__ import annotations

from qcode.importers.base import Options
from qcode.study.revised import Revised
from qcode.study.study import Study

__all__ = ["P1", "P1_LINES", "correct", "placed"]

P1 = """\
INT: How long did you wait?
ANA: I waited two hours on the phone.
INT: And then?
ANA: Nobody ever called me back, so I stopped asking.
"""
P1_LINES = tuple(P1.splitlines(keepends=True))


def correct(study: Study, text: str, name: str = "P1", **options: bool) -> Revised:
    """Make `text` the newest revision of a transcript."""
    options_of_file = Options(speakers=("INT", "ANA", "BORIS", "I", "P07"))
    return study.transcripts.revise(name, text.encode(), file_name=f"{name}.txt", options=options_of_file, **options)


def placed(study: Study, name: str = "P1") -> list[tuple[str, str, str, str]]:
    """Return (quote, code, coder, status) of the codings that stand on a transcript, in order of place."""
    return [(c.quote, c.code, c.coder, c.status) for c in study.codings.list() if c.transcript == name]
