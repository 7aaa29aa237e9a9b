"""One coder at work: each step is committed when it is made, and can be taken back and done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.store import codebooks as codebook_rows
from qcode.store.places_read import recent_codes
from qcode.study.codes import newest_versions
from qcode.study.desk import Seat
from qcode.study.quick_codes import QuickCodes
from qcode.study.step_words import listed, several, words
from qcode.study.steps import Step, Steps

if TYPE_CHECKING:
    from qcode.domain.codebook import Code
    from qcode.domain.coding import Coding
    from qcode.domain.memo import Memo
    from qcode.study.in_vivo_marks import DraftMark
    from qcode.study.queue import Decided
    from qcode.study.study import Study
    from qcode.study.suggestions import Suggestion

__all__ = ["Sitting"]


class Sitting:
    """One coder at work on a study: `code`, `withdraw`, `decide`, `place`, `memo`, `in_vivo`, `accept`, `reject`.

    Nothing is kept for later: what was done is in the study, and `undo` and `redo` are acts of their own. What others
    did in the meantime holds: a step whose ground has gone is dropped, with a sentence. Not safe in several threads.
    """

    def __init__(self, study: Study, *, coder: str | None = None) -> None:
        self.study = study
        own = coder is None or coder == study.coder
        self._seat = study.desk.seat if own else Seat(coder)
        self._steps = Steps()
        self.where = ""
        """The transcript that the step was about that was taken back or done again last, by its id; "" for no one."""
        self._now: dict[str, str] = {}
        """What a coding or mark is called since a step that made it was done again."""
        self._quick = QuickCodes(self.recent)
        self._sit()

    @property
    def coder(self) -> str:
        """Return the name of who acts, as it is now."""
        with self.study.store.read() as connection:
            return self._seat.called(connection)

    @property
    def who(self) -> str | None:
        """Return what an act of the study takes as its coder: nothing for who opened it, else an id once there is one.

        The coder stays the same one where somebody gives that coder another name.
        """
        return None if self._seat is self.study.desk.seat else self._seat.id or self._seat.name

    def _sit(self) -> None:
        """Find out which coder of the study this is."""
        if self._seat.id is None:
            with self.study.store.read() as connection:
                self._seat.row(connection)

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        """Tell whether there is a step to do again."""
        return self._steps.can_redo

    def code(
        self,
        transcript: str,
        start: int,
        end: int,
        codes: str | Sequence[str],
        *,
        memo: str = "",
        codebook: str | None = None,
        under: Mapping[str, str] | None = None,
        revision: str | None = None,
    ) -> list[Coding]:
        """Put one or more codes on a segment; `under` are the versions that the coder has seen, `revision` the text."""
        made = self.study.codings.add(
            transcript,
            codes,
            start=start,
            end=end,
            coder=self.who,
            memo=memo,
            codebook=codebook,
            under=under,
            revision=revision,
        )
        self._quick.use(one.code for one in made)
        ids = [one.id for one in made]
        self._did(
            f"{listed([one.code for one in made])} on {words(made[0].quote)}",
            lambda: self._withdraw(ids),
            lambda: self._restore(ids),
            where=transcript,
        )
        return made

    def withdraw(self, *names: str, where: str = "") -> int:
        """Withdraw codings of one transcript (`where`) by their ids, all of them or none; return how many."""
        n, ids = self._withdraw(names), list(names)
        said = f"the withdrawal of {several(n)}"
        self._did(said, lambda: self._restore(ids), lambda: self._withdraw(ids), where=where)
        return n

    def decide(
        self, *names: str, to: str | Sequence[str] = (), keep: bool = False, withdraw: bool = False, why: str = ""
    ) -> Decided:
        """Decide on codings that wait, by their ids: they go `to` codes, are kept on their code, or are withdrawn."""

        def act(ids: Sequence[str]) -> Decided:
            return self.study.queue.resolve(*ids, to=to, keep=keep, withdraw=withdraw, why=why, coder=self.who)

        return self._decide(names, act)

    def place(
        self, name: str, *, quote: str, start: int | None = None, end: int | None = None, why: str = ""
    ) -> Decided:
        """Put a coding whose words are gone on other words of the corrected transcript; see `Queue.place`."""

        def act(ids: Sequence[str]) -> Decided:
            return self.study.queue.place(ids[0], start=start, end=end, quote=quote, why=why, coder=self.who)

        return self._decide([name], act)

    def _decide(self, names: Sequence[str], act: Callable[[Sequence[str]], Decided]) -> Decided:
        """Carry out a decision on codings and note the step; `act` takes what they are called at the time."""

        def decide() -> Decided:
            return act([self._called(one) for one in names])

        def again() -> None:
            decided.append(decide())
            self._now |= dict(zip(decided[-2].new, decided[-1].new, strict=False))

        decided = [decide()]
        self._did(
            f"the decision on {several(decided[0].codings)}",
            lambda: self.study.queue.undo(act=decided[-1].act, coder=self.who),
            again,
        )
        return decided[0]

    def memo(self, text: str, *, about: str, target: str = "", where: str = "") -> Memo:
        """Write a memo; `about` says what kind of thing `target` names, `where` in which transcript it is written."""

        def write() -> Memo:
            named = self._called(target) if target else target
            return self.study.memos.add(text, about=about, target=named, coder=self.who)

        memo = write()
        said = f"the memo {words(memo.text)}"
        self._made_again(memo.id, said, self.study.memos.remove, lambda: write().id, where=where)
        return memo

    def in_vivo(
        self,
        transcript: str,
        start: int,
        end: int,
        *,
        key: str | None = None,
        codebook: str | None = None,
        revision: str | None = None,
    ) -> DraftMark:
        """Mark a segment with a new code, in the draft of the codebook, that has the words for a name.

        `revision` (an id) is the text that the coder has seen.
        """

        def mark(revision: str | None) -> DraftMark:
            return self.study.in_vivo.add(
                transcript, start=start, end=end, key=key, codebook=codebook, coder=self.who, revision=revision
            )

        def remove(name: str) -> object:
            return self.study.in_vivo.remove(name, coder=self.who)

        made = mark(revision)
        said = f"{made.key} on {words(made.quote)}"
        self._made_again(made.id, said, remove, lambda: mark(made.revision).id, where=transcript)
        return made

    def remove_mark(self, mark: DraftMark) -> None:
        """Take a mark with a code of the draft away; its code leaves the draft where nothing else needs it."""

        def remove() -> object:
            return self.study.in_vivo.remove(self._called(mark.id), coder=self.who)

        def make() -> None:
            made = self.study.in_vivo.add(
                mark.transcript,
                start=mark.start,
                end=mark.end,
                key=mark.key,
                codebook=mark.codebook,
                coder=self.who,
                revision=mark.revision,
            )
            self._now[self._called(mark.id)] = made.id

        remove()
        self._did(f"the removal of {mark.key} from {words(mark.quote)}", make, remove, where=mark.transcript)

    def accept(self, suggestion: Suggestion, *, under: Mapping[str, str] | None = None) -> Coding:
        """Code the passage that a suggestion names; `under` is that of `code`."""
        made = self.study.suggestions.accept(
            suggestion.id, transcript=suggestion.transcript, coder=self.who, under=under
        )
        self._quick.use(one.code for one in made)
        ids = [one.id for one in made]
        said = f"{suggestion.code} on {words(suggestion.quote)}"
        where = suggestion.transcript_id
        self._did(said, lambda: self._withdraw(ids), lambda: self._restore(ids), where=where)
        return made[0]

    def reject(self, suggestion: Suggestion) -> None:
        """Do not show a suggestion again to this coder."""

        def act() -> object:
            return self.study.suggestions.reject(suggestion.id, transcript=suggestion.transcript, coder=self.who)

        act()
        said = f"the rejection of {suggestion.code} on {words(suggestion.quote)}"
        where = suggestion.transcript_id
        self._did(said, lambda: self.study.suggestions.restore(suggestion.id, coder=self.who), act, where=where)

    def undo(self) -> str:
        """Take the last step back; return a sentence that says what it was.

        Raises Conflict where there is none, and where others changed what it was about: then it is dropped.
        """
        step = self._steps.undo()
        self.where = step.where
        return f"took back {step.said}"

    def redo(self) -> str:
        """Do the step again that was taken back last; return a sentence that says what it was.

        Raises Conflict where there is none, and where others changed what it was about: then it is dropped.
        """
        step = self._steps.redo()
        self.where = step.where
        return f"did again {step.said}"

    def recent(self) -> list[str]:
        """Return the keys of the codes that this coder used last and that can be used, newest first."""
        with self.study.store.read() as connection:
            row = self._seat.row(connection)
            if row is None:
                return []
            keys: dict[int, str] = {}
            for version in newest_versions(connection):
                ids = codebook_rows.code_ids(connection, version.row.codebook_id)
                keys |= {ids[code.id]: code.key for code in version.content.codes if code.codable}
            return [keys[one] for one in recent_codes(connection, row.id) if one in keys]

    def quick(self, codes: Sequence[Code]) -> list[Code]:
        """Return the codes under the keys 1 to 9, which keep their numbers; `codes` are all, in codebook order."""
        return self._quick.of(codes)

    def _did(self, said: str, undo: Callable[[], object], redo: Callable[[], object], *, where: str = "") -> None:
        self._sit()
        self._steps.add(Step(said, undo, redo, where))

    def _made_again(
        self, made: str, said: str, remove: Callable[[str], object], make: Callable[[], str], *, where: str
    ) -> None:
        """Note a step that makes something, which has another id when it is made again."""

        def again() -> None:
            old, new = self._called(made), make()
            self._now |= {made: new, old: new}

        self._did(said, lambda: remove(self._called(made)), again, where=where)

    def _called(self, name: str) -> str:
        """Return what a thing is called now."""
        while name in self._now:
            name = self._now[name]
        return name

    def _withdraw(self, names: Sequence[str]) -> int:
        return self.study.codings.withdraw(*map(self._called, names), coder=self.who)

    def _restore(self, names: Sequence[str]) -> int:
        return self.study.codings.restore(*map(self._called, names), coder=self.who)
