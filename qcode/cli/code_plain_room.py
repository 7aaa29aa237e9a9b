"""What the plain mode holds: the page that is open, the selection, and the question that waits for an answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from qcode.cli.code_plain_said import closed, coding_line, mark_line, one_line, quoted, turn_name
from qcode.cli.lines import terminal_width, wrapped
from qcode.cli.output import plural, printable
from qcode.domain.cursor import Cursor
from qcode.domain.span import Span
from qcode.errors import BadValue, NotFound, QcodeError
from qcode.study.reading import sentences_in, words_in

if TYPE_CHECKING:
    from qcode.domain.codebook import Code
    from qcode.domain.coding import Coding
    from qcode.domain.memo import Memo
    from qcode.study.in_vivo import DraftMark
    from qcode.study.reading import Page
    from qcode.study.sitting import Sitting
    from qcode.study.study import Study

__all__ = ["Room", "is_number", "number_of"]

AT_ONCE = 30
"""So many sentences of a turn are read out at once."""


class Room:
    """One coder at one transcript, line by line.

    `asked` takes the next line where a question was put; it says whether the line answered it. `refused` counts what
    could not be done.
    """

    def __init__(self, study: Study, sitting: Sitting, transcript: str, shown: Sequence[str]) -> None:
        self.study, self.sitting, self.shown = study, sitting, list(shown)
        self.asked: Callable[[str], bool] | None = None
        self.refused = 0
        self.left = False
        self.matches: list[Span] = []
        self.last_codes: list[Code] = []
        self.told = 0
        self.read_to = self._entered = 0
        self.is_stranger = False
        """Whether this may be a slip of the pen for a coder: nothing is kept of one who only looked at one turn."""
        self.page = study.reading.open(transcript, coder=sitting.coder, shown=self.shown)
        self.under = self._versions()
        self._under_at = self.page.stamp
        self.cursor = _cursor_of(self.page)

    def enter(self, transcript: str) -> None:
        """Open a transcript where this coder left off, and read the turn."""
        self.page = self.study.reading.open(transcript, coder=self.sitting.coder, shown=self.shown)
        self.cursor = _cursor_of(self.page)
        self.matches = []
        self.read_to = self.page.read
        self.cursor.place(self.page.at)
        self.cursor.take("turn")
        self._entered = self.cursor.selection.start
        self.say(f"Transcript {self.page.name}, {plural(len(self.page.turns), 'turn')}, coder {self.page.coder}.")
        others = sum(name not in self.shown for name in self.page.others)
        self.say(*([f"{plural(others, 'other coder')} coded here; o tells who."] if others else []))
        self.say("The whole turn is selected until you select less.")
        self.read_turn()

    def fresh(self) -> None:
        """Take in what was changed since, here or elsewhere; the selection stays."""
        if self.study.reading.stamp() == self.page.stamp:
            return
        was, at = self.page, self.cursor.selection
        self.page = self.study.reading.open(was.id, coder=self.sitting.coder, shown=self.shown, before=was)
        if (self.page.text, self.page.turns) != (was.text, was.turns):
            self.cursor, self.matches = _cursor_of(self.page), []
            self.cursor.place(at.start)
            self.say("The text of this transcript was changed elsewhere. The first word here is selected.")

    def tell_versions(self) -> None:
        """Say where a codebook has got a new version since; only then codings are made under it."""
        now = self.study.reading.stamp()
        if now == self._under_at:
            return
        before, self.under, self._under_at = self.under, self._versions(), now
        fresh = [f"{book}@{version}" for book, version in self.under.items() if before.get(book) != version]
        if fresh:
            self.say(f"The codebook has changed: {', '.join(fresh)} is new. i and a code tells what it means now.")

    def _versions(self) -> dict[str, str]:
        return {book: version.version for book, version in self.study.codebooks.newest().items()}

    def memos_on(self, about: str, target: str) -> list[Memo]:
        """Return the memos on a coding, or those on something else that this coder and those who are shown wrote."""
        seen = None if about == "coding" else (self.page.coder, *self.shown)
        return self.study.memos.list(about=about, target=target, coders=seen)

    def say(self, *lines: str) -> None:
        """Print lines; nothing in them can steer the terminal."""
        for line in lines:
            click.echo(printable(wrapped(line) if terminal_width() else line))

    def refuse(self, error: QcodeError) -> None:
        """Say why something was not done."""
        self.refused += 1
        self.say(closed(f"Not done: {error.sentence}"))

    def ask(self, answer: Callable[[str], bool]) -> None:
        """Let the next line go to `answer` first."""
        self.asked = answer

    def read_turn(self) -> None:
        """Read the turn at the selection, sentence by sentence, and its codings; keep the place.

        A long turn is read from the sentence in which the selection begins.
        """
        turn = self.cursor.turn
        span = Span(turn.start, turn.end)
        codings, marks = self.codings_on(span), self.marks_on(span)
        waiting = sum(one.status == "pending" for one in codings)
        counted = plural(len(codings) + len(marks), "coding") + (f", {waiting} waiting" if waiting else "")
        self.say("", f"{turn_name(turn, len(self.page.turns))}, {counted}")
        ends = [one.end for one in self.cursor.units("sentence")]
        self.told = bisect_right(ends, self.cursor.selection.start) if len(ends) > AT_ONCE else 0
        self.read_more()

    def read_more(self) -> None:
        """Read the next sentences of the turn and the codings on them."""
        sentences = self.cursor.units("sentence")
        read = sentences[self.told : self.told + AT_ONCE]
        for n, sentence in enumerate(read, self.told + 1):
            self.say(f"{n}. {one_line(sentence.of(self.page.text))}")
        self.told += len(read)
        if not read:
            self.say("That is the end of this turn.")
            return
        self.say(*self.listed(Span(read[0].start, read[-1].end)))
        if self.told < len(sentences):
            self.say(f"The turn goes on to sentence {len(sentences):,}; type more to read on.")
        if self._goes_on(read[0].start):
            self.read_to = max(self.read_to, read[-1].end)
        self.keep_place()

    def read_back(self) -> None:
        """Say what is selected."""
        span = self.cursor.selection
        words = plural(len(words_in(self.page.text, span)), "word")
        self.say(closed(f"Selected, {words}: {quoted(self.cursor.text_selected)}"))

    def _goes_on(self, start: int) -> bool:
        """Tell whether what begins here goes on where reading had come to; what was jumped over is not read."""
        return not any(self.read_to < turn.end <= start for turn in self.cursor.turns)

    def keep_place(self) -> None:
        """Keep where this coder is."""
        at, read = self.cursor.selection.start, self.read_to
        if self.is_stranger and not self.sitting.can_undo and at == self._entered:
            return
        self.study.reading.keep_place(self.page.id, at, read=read, coder=self.sitting.who)

    def mine(self, one: Coding | DraftMark) -> bool:
        """Tell whether a coding is that of whoever codes here."""
        return one.coder == self.page.coder

    def codings_on(self, span: Span) -> list[Coding]:
        """Return the codings that may be seen and that touch a stretch."""
        return [one for one in self.page.codings if one.start < span.end and span.start < one.end]

    def marks_on(self, span: Span) -> list[DraftMark]:
        """Return the passages marked with a code to come that touch a stretch."""
        return [one for one in self.page.drafts if one.start < span.end and span.start < one.end]

    def here(self) -> list[Coding | DraftMark]:
        """Return the codings and marks that touch the selection, as they are numbered."""
        span = self.cursor.selection
        return [*self.codings_on(span), *self.marks_on(span)]

    def listed(self, span: Span) -> list[str]:
        """Return the codings and marks on a stretch in words; numbered where they are those of the selection."""
        codings, marks = self.codings_on(span), self.marks_on(span)
        lines = [coding_line(one, self.mine(one)) for one in codings]
        lines += [mark_line(one, self.mine(one)) for one in marks]
        numbered = [*codings, *marks] == self.here()
        return [f"Coding {n}: {line}" if numbered else f"Coding: {line}" for n, line in enumerate(lines, 1)]

    def own_spans(self, *, pending: bool = False) -> list[Span]:
        """Return where this coder has coded; only what waits for a decision, where that is asked for."""
        codings = [one for one in self.page.codings if self.mine(one) and (one.status == "pending" or not pending)]
        spans = [Span(one.start, one.end) for one in codings]
        return spans + ([] if pending else [Span(m.start, m.end) for m in self.page.drafts if self.mine(m)])

    def codes(self) -> list[Code]:
        """Return the codes of the newest version of every codebook, in order. Raises NotFound where there is none."""
        codes = [code for version in self.study.codebooks.newest().values() for code in version.codes]
        if not codes:
            raise NotFound("this study has no codebook yet", mend="type: qcode codebook import generic-interview")
        return codes


def is_number(typed: str) -> bool:
    """Tell whether a whole number was typed."""
    return typed.isascii() and typed.isdigit()


def number_of(typed: str, of: int, thing: str) -> int:
    """Return a number from 1 to `of`; raises BadValue."""
    if not of:
        raise BadValue(f"there is no {thing} here")
    if not is_number(typed) or not 1 <= int(typed[:9]) <= of:
        what = f"there is no {thing} {typed!r}" if typed else "no number is given"
        raise BadValue(what, mend=f"type a number from 1 to {of}")
    return int(typed)


def _cursor_of(page: Page) -> Cursor:
    return Cursor(
        page.text,
        page.turns,
        lambda part: words_in(page.text, part),
        lambda part: sentences_in(page.text, page.language, part),
    )
