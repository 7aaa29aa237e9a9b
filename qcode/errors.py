"""Every failure that a person can mend, as a sentence that says what, where and how."""

from __future__ import annotations

__all__ = [
    "Ambiguous",
    "BadCodebook",
    "BadCodings",
    "BadValue",
    "Conflict",
    "Damaged",
    "DoneInPart",
    "MissingExtra",
    "NotFound",
    "QcodeError",
    "StudyBusy",
    "StudyMoved",
    "StudyNotFound",
    "StudyTooNew",
    "Unreadable",
]


class QcodeError(Exception):
    """A failure with a sentence: `what`, then where it is, then how to mend it."""

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """Return `WHAT, WHERE; HOW TO MEND`, leaving out what is not known."""
        place = f"{self.what}, {self.where}" if self.where else self.what
        return f"{place}; {self.mend}" if self.mend else place


class Unreadable(QcodeError):
    """A file whose bytes cannot be read as what they claim to be."""


class BadValue(QcodeError):
    """A value typed by a person that cannot be used."""


class NotFound(QcodeError):
    """A name or id that the study does not know."""


class Ambiguous(QcodeError):
    """A name or id that fits several things."""


class Conflict(QcodeError):
    """An act that does not fit what the study already holds."""


class BadCodebook(QcodeError):
    """A codebook that breaks a rule."""


class BadCodings(QcodeError):
    """A table of codings with at least one row that cannot be taken."""


class StudyNotFound(QcodeError):
    """No study where one is needed."""


class StudyTooNew(QcodeError):
    """A study written by a newer qcode."""


class StudyBusy(QcodeError):
    """A study that another program keeps locked, or that cannot be written."""


class StudyMoved(StudyBusy):
    """A study whose file was moved, deleted or replaced, or beside which the log of another file stands."""


class Damaged(QcodeError):
    """A study file whose content is not what qcode wrote."""


class DoneInPart(QcodeError):
    """An act that happened, with a rest that could not be done."""

    exit_code = 1


class MissingExtra(QcodeError):
    """A part of qcode that was not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what, mend=f'type: pip install "qcode-interviews[{extra}]"')
