"""The plain mode's commands that code: choosing codes, in vivo, memos, withdrawing, undo; and reading about codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qcode.cli.code_plain_room import Room, is_number, number_of
from qcode.cli.code_plain_said import closed, definition, joined, one_line, quoted
from qcode.domain.code_finder import exact, rank
from qcode.domain.codebook import Code
from qcode.domain.coding import Coding
from qcode.domain.memo import Memo
from qcode.errors import BadValue, NotFound

__all__ = [
    "about",
    "choose",
    "code",
    "codings_here",
    "in_vivo",
    "memo",
    "memo_on_case",
    "memo_on_code",
    "memo_on_study",
    "memo_on_transcript",
    "quick_code",
    "redo",
    "repeat",
    "undo",
    "withdraw",
]

Then = Callable[[Sequence[Code]], None]
Answer = Callable[[str], bool]

MOST = 9
"""So many codes are offered when what was typed fits several."""


def code(room: Room, rest: str) -> None:
    """Code what is selected with one code or several, by a few letters of each."""
    if rest:
        choose(room, rest, partial(_put, room))
        return
    ready = room.sitting.quick(room.codes())
    room.say("Type c and a few letters of a code, or a number:", *_offered(ready))


def quick_code(room: Room, rest: str) -> None:
    """Code what is selected with one of the nine codes in use."""
    ready = room.sitting.quick(room.codes())
    _put(room, [ready[number_of(rest, len(ready), "quick code") - 1]])


def repeat(room: Room, rest: str) -> None:
    """Code what is selected with the last codes again."""
    again = room.last_codes or [one for one in room.codes() if one.key in room.sitting.recent()[:1]][:1]
    if not again:
        raise NotFound("no code was used yet", mend="type c and a few letters of a code")
    _put(room, again)


def _put(room: Room, codes: Sequence[Code]) -> None:
    span = room.cursor.selection
    keys = [one.id or one.key for one in codes]
    made = room.sitting.code(room.page.id, span.start, span.end, keys, under=room.under, revision=room.page.revision)
    room.last_codes = list(codes)
    room.say(closed(f"Coded {joined(one.code for one in made)} on {quoted(made[0].quote)}"))


def choose(room: Room, typed: str, then: Then, *, back: Answer | None = None) -> None:
    """Find the codes that somebody means by a few letters each, with commas between; ask where several fit.

    `then` gets the codes when all of them are known. `back` takes the lines that follow where none was chosen.
    """
    _Choosing(room, typed, then, back).go_on()


class _Choosing:
    """Codes that are found one after the other, with a question for each that is not clear."""

    def __init__(self, room: Room, typed: str, then: Then, back: Answer | None) -> None:
        self.room, self.then, self.back = room, then, back
        self.left = [part.strip() for part in typed.split(",") if part.strip()]
        self.found: list[Code] = []
        self.offered: list[Code] = []

    def go_on(self) -> None:
        """Find the codes that are left, and hand them all over."""
        codes = self.room.codes()
        while self.left:
            typed = self.left[0]
            fit = exact(codes, typed) or rank(codes, typed, recent=self.room.sitting.recent())
            if not fit:
                raise NotFound(f"no code fits {typed!r}", mend="type i to hear all codes")
            if len(fit) > 1:
                self.offered = fit[:MOST]
                self.room.say(f"{len(fit)} codes fit {typed!r}; type a number:", *_offered(self.offered))
                self.room.ask(self.answer)
                return
            self._take(fit[0])
        if not self.found:
            raise BadValue("no code is named", mend="type a few letters of one")
        self.then(self.found)

    def answer(self, line: str) -> bool:
        """Take a number; anything else gives the choice up."""
        self.room.asked = self.back
        if not is_number(line):
            self.room.say("No code was chosen.")
            return not line or (self.back is not None and self.back(line))
        self._take(self.offered[number_of(line, len(self.offered), "choice") - 1])
        self.go_on()
        return True

    def _take(self, one: Code) -> None:
        self.left.pop(0)
        if one not in self.found:
            self.found.append(one)


def _offered(codes: Sequence[Code]) -> list[str]:
    return [f"{n}. {one.key}: {one.name}." for n, one in enumerate(codes, 1)]


def about(room: Room, rest: str) -> None:
    """Read the definition of a code; without one, all codes."""
    codes = room.codes()
    if not rest:
        above = {one.key: one.parent for one in codes}
        for one in codes:
            under = f", under {above[one.key]}" if one.parent else ""
            room.say(f"{one.key}: {one.name}{under}{'' if one.codable else ', only a heading'}.")
        return
    heading = [one for one in codes if not one.codable and rest.casefold() in (one.key.casefold(), one.name.casefold())]
    if heading:
        room.say(*definition(heading[0]))
        return
    choose(room, rest, partial(_define, room))


def _define(room: Room, codes: Sequence[Code]) -> None:
    for one in codes:
        room.say(*definition(one))
        room.say(*_memos(room.memos_on("code", one.id or one.key)))


def in_vivo(room: Room, rest: str) -> None:
    """Make a code of the words selected, in the draft of the codebook; it can be given a key."""
    span = room.cursor.selection
    mark = room.sitting.in_vivo(room.page.id, span.start, span.end, key=rest or None, revision=room.page.revision)
    room.say(f"Marked {quoted(mark.quote)} with the new code {mark.key}, in the draft of {mark.codebook}.")
    room.say("It becomes a coding when the draft is published: qcode codebook publish.")


def memo(room: Room, rest: str) -> None:
    """Write a memo on the coding at the selection; without words, read the memos there."""
    here = [one for one in room.here() if isinstance(one, Coding)]
    if not rest:
        for one in here:
            room.say(*_memos(room.memos_on("coding", one.id)) or [f"No memo on {one.code}."])
    if not here:
        raise NotFound("no coding here", mend="type mt for a memo on the transcript, mc for one on a code")
    if not rest:
        return
    if len(here) == 1:
        _note(room, here[0], rest)
        return
    room.say("Several codings are here; type the number of one:", *room.listed(room.cursor.selection))
    room.ask(partial(_note_on, room, here, rest))


def _note_on(room: Room, here: Sequence[Coding], words: str, line: str) -> bool:
    if not is_number(line):
        room.say("No memo was written.")
        return not line
    _note(room, here[number_of(line, len(here), "coding") - 1], words)
    return True


def _note(room: Room, coding: Coding, words: str) -> None:
    room.sitting.memo(words, about="coding", target=coding.id)
    room.say(closed(f"Memo written on {coding.code} on {quoted(coding.quote)}"))


def memo_on_transcript(room: Room, rest: str) -> None:
    """Write a memo on the transcript; without words, read its memos."""
    _write_on(room, rest, "transcript", room.page.id, f"the transcript {room.page.name}")


def memo_on_case(room: Room, rest: str) -> None:
    """Write a memo on the case that the transcript is about; without words, read its memos."""
    case = room.page.case
    if case is None:
        raise NotFound("this transcript belongs to no case", mend="type mt for a memo on the transcript")
    _write_on(room, rest, "case", case, f"the case {case}")


def memo_on_study(room: Room, rest: str) -> None:
    """Write a memo on the whole study; without words, read its memos."""
    _write_on(room, rest, "study", "", "the study")


def _write_on(room: Room, words: str, about: str, target: str, called: str) -> None:
    if words:
        room.sitting.memo(words, about=about, target=target)
        room.say(closed(f"Memo written on {called}"))
    else:
        room.say(*_memos(room.memos_on(about, target)) or ["No memo on it yet."])


def memo_on_code(room: Room, rest: str) -> None:
    """Write a memo on a code: `mc CODE: words`; without words, read its memos."""
    typed, colon, words = rest.partition(":")
    if not typed.strip():
        raise BadValue("no code is named", mend="type mc CODE: and the words of the memo")
    choose(room, typed.replace(",", " "), partial(_note_code, room, words.strip() if colon else ""))


def _note_code(room: Room, words: str, codes: Sequence[Code]) -> None:
    one = codes[0]
    if words:
        room.sitting.memo(words, about="code", target=one.id or one.key)
        room.say(f"Memo written on the code {one.key}.")
    else:
        memos = room.memos_on("code", one.id or one.key)
        room.say(*_memos(memos) or [f"No memo on {one.key} yet."])


def _memos(memos: Sequence[Memo]) -> list[str]:
    return [f"Memo by {one.coder}, {one.created_at[:10]}: {one_line(one.text)}" for one in memos]


def codings_here(room: Room, rest: str) -> None:
    """Read the codings at the selection, with their memos."""
    lines = room.listed(room.cursor.selection)
    room.say(*lines or ["No coding is here."])


def withdraw(room: Room, rest: str) -> None:
    """Withdraw the coding at the selection; where there are several, the one with this number."""
    here = room.here()
    if not here:
        raise NotFound("no coding is here", mend="b goes to the next one")
    if not rest and len(here) > 1:
        room.say("Several codings are here; type the number of one:", *room.listed(room.cursor.selection))
        room.ask(partial(_withdraw_answer, room))
        return
    one = here[number_of(rest or "1", len(here), "coding") - 1]
    if not room.mine(one):
        raise BadValue(f"this is a coding by {one.coder}", mend="withdraw only your own")
    if isinstance(one, Coding):
        room.sitting.withdraw(one.id)
        room.say(closed(f"Withdrew {one.code} on {quoted(one.quote)}") + " z takes that back.")
    else:
        room.sitting.remove_mark(one)
        room.say(closed(f"Removed the mark {one.key} on {quoted(one.quote)}") + " z takes that back.")


def _withdraw_answer(room: Room, line: str) -> bool:
    if not is_number(line):
        room.say("Nothing was withdrawn.")
        return not line
    withdraw(room, line)
    return True


def undo(room: Room, rest: str) -> None:
    """Undo the last step."""
    room.say(_sentence(room.sitting.undo()))


def redo(room: Room, rest: str) -> None:
    """Redo the step that was undone."""
    room.say(_sentence(room.sitting.redo()))


def _sentence(said: str) -> str:
    return closed(f"{said[:1].upper()}{said[1:]}")
