"""What a memo can be on: a coding, a code, the transcript, its case, the study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qcode.domain.codebook import Code
    from qcode.domain.coding import Coding
    from qcode.tui.session import Session

__all__ = ["Subject", "on_code", "on_coding", "on_transcript", "others_than"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that a memo can be on: `about` and `target` are those of `Memo`; `title` names it."""

    title: str
    about: str
    target: str = ""


def on_coding(session: Session, coding: Coding) -> Subject:
    """Return a coding; that of another coder is called so."""
    whose = "" if coding.coder == session.page.coder else f"{coding.coder}’s "
    return Subject(f"Memo on {whose}{coding.code} on “{coding.quote}”", "coding", coding.id)


def on_code(code: Code) -> Subject:
    """Return a code of the codebook."""
    return Subject(f"Memo on the code {code.key}", "code", code.id or code.key)


def on_transcript(session: Session, why: str = "") -> Subject:
    """Return the transcript that is open; `why` says in the title why it is meant."""
    return Subject(f"Memo on the whole transcript {session.page.name}{why}", "transcript", session.page.id)


def others_than(subject: Subject, session: Session) -> list[Subject]:
    """Return the other things near the selection: its codings, their codes, the transcript, its case, the study."""
    codings = session.codings_here()
    keys = dict.fromkeys(one.code for one in codings)
    codes = [found[0] for found in map(session.code_of, keys) if found is not None]
    case = session.page.case
    every = [
        *(on_coding(session, one) for one in codings),
        *(on_code(code) for code in codes),
        on_transcript(session),
        *([Subject(f"Memo on the case {case}", "case", case)] if case else []),
        Subject("Memo on the whole study", "study"),
    ]
    return [one for one in every if (one.about, one.target) != (subject.about, subject.target)]
