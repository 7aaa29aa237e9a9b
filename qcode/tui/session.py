"""One coder before one transcript: the page, what is selected on it, and the acts; each answers with a sentence.

Nothing here draws. The acts are carried out by the sitting; what they return is applied to the page, so that a mark
is painted at once and the page is read anew only when somebody else has changed the study.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from qcode.domain.code_colors import color_of
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coding
from qcode.domain.cursor import Cursor
from qcode.domain.span import Span
from qcode.errors import Conflict, NotFound
from qcode.study.reading import Page, sentences_in, words_in
from qcode.tui.lettering import one_line, plural
from qcode.tui.margin import Mark

if TYPE_CHECKING:
    from qcode.domain.memo import Memo
    from qcode.study.in_vivo import DraftMark
    from qcode.study.sitting import Sitting
    from qcode.study.study import Study

__all__ = ["Session"]

Result = TypeVar("Result")

LONGEST_KEY = 40
ABSENT = "the passage is empty: this transcript has no words"


class Session:
    """The state behind the reader, and the acts of whoever sits before it."""

    def __init__(self, study: Study, sitting: Sitting, transcript: str, shown: Sequence[str] = ()) -> None:
        self.study = study
        self.sitting = sitting
        self.shown = list(shown)
        self.last: list[str] = []
        self.words = ""
        self.matches: list[Span] = []
        self.read_codebooks()
        self.open(transcript)

    def read_codebooks(self) -> None:
        """Read the newest version of each codebook: its codes, and the colours of their bars."""
        rows = {row.codebook: row for row, _ in self.study.codebooks.list()}
        self.versions: list[CodebookVersion] = [
            self.study.codebooks.show(f"{row.codebook}@{row.version}").content for row in rows.values()
        ]
        self.codes: list[Code] = [code for version in self.versions for code in version.codes]
        self.colors: Mapping[str, str] = {
            key: color for version in reversed(self.versions) for key, color in color_of(version).items()
        }
        self.recent: list[str] = self.sitting.recent()
        self._known: dict[str, tuple[Coding, Mark]] = {}

    @property
    def under(self) -> Mapping[str, str]:
        """Return the versions of the codebooks that are shown, by codebook."""
        return {version.codebook: version.version for version in self.versions}

    def open(self, transcript: str, at: int | None = None) -> None:
        """Take up a transcript where this coder left off, or at a place."""
        self._known = {}
        self.page: Page = self.study.reading.open(transcript, coder=self.sitting.coder, shown=self.shown)
        self.read = self.page.read
        self.matches, self.words = [], ""
        self._seat(self.page.at if at is None else at)

    def _seat(self, at: int) -> None:
        text, language = self.page.text, self.page.language
        self.cursor: Cursor | None = None
        if text.strip():
            sentences = partial(sentences_in, text, language)
            self.cursor = Cursor(text, self.page.turns, partial(words_in, text), sentences)
            self.cursor.place(at)

    @property
    def is_fresh(self) -> bool:
        """Tell whether nobody else has changed the study since the page was read."""
        return self.study.reading.stamp() == self.page.stamp

    def reread(self) -> str:
        """Read the page and the codebooks anew, and stay at the place; return what is to be told of codes."""
        before, here, under = self.page, self.selection, self.under
        self.page = self.study.reading.open(before.id, coder=self.sitting.coder, shown=self.shown, before=before)
        self.read_codebooks()
        if self.page.text != before.text:
            self._seat(here.start)
            self.search(self.words)
        fresh = [f"{book}@{version}" for book, version in self.under.items() if under.get(book) != version]
        return f"the codebook has changed: {', '.join(fresh)} is new; i tells what a code means now" if fresh else ""

    def memos_on(self, about: str, target: str) -> list[Memo]:
        """Return the memos on a coding, or those on something else that this coder and those who are shown wrote."""
        seen = None if about == "coding" else (self.page.coder, *self.shown)
        return self.study.memos.list(about=about, target=target, coders=seen)

    # What is on the page

    @property
    def selection(self) -> Span:
        """Return what is selected."""
        return self.cursor.selection if self.cursor else Span(0, 1)

    @property
    def quote(self) -> str:
        """Return the words selected."""
        return self.cursor.text_selected if self.cursor else ""

    @property
    def quick(self) -> list[Code]:
        """Return the codes under the keys 1 to 9."""
        return self.sitting.quick(self.codes)

    def marks(self) -> list[Mark]:
        """Return what stands in the margin: codings and marks with codes of the draft."""
        return [self._mark(one) for one in self.page.codings] + [self._draft(one) for one in self.page.drafts]

    def _mark(self, one: Coding) -> Mark:
        known = self._known.get(one.id)
        if known is None or known[0] is not one:
            known = self._known[one.id] = one, self._new_mark(one)
        return known[1]

    def _new_mark(self, one: Coding) -> Mark:
        other = one.coder if one.coder != self.page.coder else ""
        pending = one.status == "pending"
        kind = "pending" if pending else "other" if other else "own"
        color = self.colors.get(one.code, "")
        return Mark(one.id, one.start, one.end, one.code, kind, coder=other, color=color, pending=pending)

    def _draft(self, one: DraftMark) -> Mark:
        other = one.coder if one.coder != self.page.coder else ""
        return Mark(one.id, one.start, one.end, one.key, "draft", coder=other)

    def coded(self) -> list[Span]:
        """Return the stretches that something is marked on."""
        return [Span(mark.start, mark.end) for mark in self.marks() if mark.start < mark.end]

    def spoken_for(self) -> list[Span]:
        """Return the stretches in which nothing is left to code: what is marked, and the turns of those who ask."""
        asked = [turn for turn in self.page.turns if self.page.asking and turn.speaker in {None, *self.page.asking}]
        return self.coded() + [Span(turn.start, turn.end) for turn in asked if turn.start < turn.end]

    def pending(self) -> list[Span]:
        """Return the stretches of this coder's codings that wait for a decision."""
        mine = (one for one in self.page.codings if one.coder == self.page.coder)
        return [Span(one.start, one.end) for one in mine if one.status == "pending"]

    def codings_here(self, *, own: bool = False) -> list[Coding]:
        """Return the codings that touch the selection; `own`: only those of this coder."""
        return [
            one
            for one in self.page.codings
            if one.start < self.selection.end
            and self.selection.start < one.end
            and not (own and one.coder != self.page.coder)
        ]

    def drafts_here(self) -> list[DraftMark]:
        """Return this coder's marks with codes of the draft that touch the selection."""
        here = self.selection
        mine = (one for one in self.page.drafts if one.coder == self.page.coder)
        return [one for one in mine if one.start < here.end and here.start < one.end]

    def code_of(self, key: str) -> tuple[Code, CodebookVersion] | None:
        """Return a code by its key, with the version it stands in."""
        found = ((version.by_key.get(key.casefold()), version) for version in self.versions)
        return next(((code, version) for code, version in found if code is not None), None)

    def search(self, words: str) -> int:
        """Find all places of some words in this text; return how many there are. No words end the search."""
        self.words = words
        self.matches = self.study.reading.find(self.page, words) if words.strip() else []
        return len(self.matches)

    # Acts: each is one transaction, committed when it answers

    def code(self, keys: Sequence[str], under: Mapping[str, str] | None = None) -> str:
        """Put codes on what is selected. A code that stands there already is passed over, if others do not.

        `under` are the versions of the codebooks that were before the coder, those of now where it is not said.
        """
        here, text = self._passage(), self.page.revision
        there = {
            one.code.casefold() for one in self.codings_here(own=True) if (one.start, one.end) == (here.start, here.end)
        }
        new = [key for key in dict.fromkeys(keys) if key.casefold() not in there]
        seen = self.under if under is None else under
        made = self._own(
            lambda: self.sitting.code(self.page.id, here.start, here.end, new or list(keys), under=seen, revision=text),
            count=len,
        )
        self._add(made)
        self.last = [one.code for one in made]
        self.recent = self.sitting.recent()
        return f"{', '.join(self.last)} on {plural(len(here), 'character')}; z takes it back"

    def repeat(self) -> str:
        """Put the codes used last on what is selected."""
        keys = self.last or self.recent[:1]
        if not keys:
            raise Conflict("nothing was coded yet that could be repeated", mend="c codes")
        return self.code(keys)

    def key_in_vivo(self) -> str:
        """Return the words selected as the key of a code: nothing from between turns, cut at the border of a word."""
        here = self.selection
        parts = [(max(here.start, turn.start), min(here.end, turn.end)) for turn in self.page.turns]
        said = " ".join(self.page.text[start:end] for start, end in parts if start < end) or self.quote
        words = " ".join(said.split())
        if len(words) > LONGEST_KEY:
            cut = words[: LONGEST_KEY + 1].rpartition(" ")[0]
            words = cut or words[:LONGEST_KEY]
        return words.strip(" .,;:!?…–—-")

    def in_vivo(self, key: str) -> str:
        """Make a code of the words selected, in the draft of the codebook."""
        here, text = self._passage(), self.page.revision
        made = self._own(
            lambda: self.sitting.in_vivo(self.page.id, here.start, here.end, key=key or None, revision=text),
            count=lambda _: 0,
        )
        drafts = sorted((*self.page.drafts, made), key=lambda one: (one.start, one.end))
        self.page = replace(self.page, drafts=tuple(drafts))
        return f"*{made.key} is marked with a code of the draft; it counts when that is published"

    def withdraw(self, coding: Coding) -> str:
        """Withdraw a coding."""
        self._own(lambda: self.sitting.withdraw(coding.id), count=int)
        self._drop(coding.id)
        return f"withdrew {coding.code} from {plural(coding.end - coding.start, 'character')}; z takes it back"

    def remove_draft(self, mark: DraftMark) -> str:
        """Take a mark with a code of the draft away."""
        self.sitting.remove_mark(mark)
        self.reread()
        return f"the mark *{mark.key} is gone; z takes that back"

    def memo(self, text: str, about: str, target: str) -> str:
        """Write a memo."""
        self.sitting.memo(text, about=about, target=target)
        self.reread()
        return f"the memo on the {about} is kept"

    def undo(self) -> str:
        """Take the last act back."""
        return self._both_ways(self.sitting.undo)

    def redo(self) -> str:
        """Do again what was taken back."""
        return self._both_ways(self.sitting.redo)

    def _both_ways(self, act: Callable[[], str]) -> str:
        sentence = act()
        self.reread()
        return one_line(sentence)

    def keep_place(self, read: int) -> None:
        """Keep where this coder is, and how far the coder has read."""
        self.read = max(self.read, read)
        self.study.reading.keep_place(self.page.id, self.selection.start, read=self.read, coder=self.sitting.who)

    def show(self, names: Sequence[str]) -> str:
        """Show the codings of these other coders, and of no more."""
        self.shown = list(names)
        self.reread()
        return f"shown: {', '.join(names)}" if names else "the codings of other coders are hidden"

    def _passage(self) -> Span:
        if self.cursor is None:
            raise NotFound(ABSENT, mend="l leads to the others")
        return self.cursor.selection

    def _own(self, act: Callable[[], Result], *, count: Callable[[Result], int]) -> Result:
        """Carry out an act; where nobody else acted meanwhile the page stays as fresh as it was, and is not read anew.

        `count` says how many acts it wrote into the history; 0 if that is not known.
        """
        fresh = self.is_fresh
        result = act()
        if fresh and count(result) and self.study.reading.stamp() == self.page.stamp + count(result):
            self.page = replace(self.page, stamp=self.page.stamp + count(result))
        return result

    def _add(self, made: Sequence[Coding]) -> None:
        codings = sorted((*self.page.codings, *made), key=lambda one: (one.start, one.end))
        self.page = replace(self.page, codings=tuple(codings))

    def _drop(self, id: str) -> None:
        self.page = replace(self.page, codings=tuple(one for one in self.page.codings if one.id != id))
