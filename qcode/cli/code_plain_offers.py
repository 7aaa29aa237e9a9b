"""The plain mode's two ways through a list: suggestions, and codings that wait for a decision, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from qcode.cli.code_plain_coding import choose, undo
from qcode.cli.code_plain_room import Room, number_of
from qcode.cli.code_plain_said import definition, joined, queue_lines, quoted
from qcode.cli.output import plural
from qcode.domain.codebook import Code
from qcode.domain.keys import latin
from qcode.errors import BadValue, Conflict, QcodeError
from qcode.study.selection import Filters

if TYPE_CHECKING:
    from qcode.study.queue import QueueItem
    from qcode.study.suggestions import Suggestion

__all__ = ["queue", "suggest"]

FEW = 12
"""So many codes are numbered that a coding may go to; of more, one is found by typing a few letters."""

Item = TypeVar("Item")


class _OneByOne(Generic[Item]):
    """Goes through a list: Enter passes one over, `[` goes back, `q` stops; the rest is up to the kind of list."""

    thing = ""
    how = ""

    def __init__(self, room: Room, items: list[Item]) -> None:
        self.room, self.items, self.n = room, items, 0
        self.decided: list[int] = []
        room.say(f"{plural(len(items), self.thing)}. {self.how}")
        self.tell()

    def tell(self) -> None:
        """Read the item and wait for an answer; behind the last one, end."""
        if self.n >= len(self.items):
            self.room.say(f"That was the last one. Decided on {len(self.decided):,}.")
            return
        self.room.say("", *self.lines(self.items[self.n]))
        self.room.ask(self.answer)

    def lines(self, item: Item) -> list[str]:
        """Return an item in sentences."""
        raise NotImplementedError

    def act(self, item: Item, letter: str, rest: str) -> bool:
        """Decide on an item; tell whether that was done and the next one comes."""
        raise NotImplementedError

    def answer(self, line: str) -> bool:
        """Take a line: a step, a decision, or a hint how it goes."""
        first, _, rest = line.partition(" ")
        letter = latin(first)
        if letter == "q":
            self.room.say(f"Stopped. Decided on {len(self.decided):,}.")
            return True
        self.room.ask(self.answer)
        if letter in ("", "]", "["):
            self.n = max(0, self.n - 1) if letter == "[" else self.n + 1
            self.finish()
        elif letter == "z":
            self.undo()
        elif self.act(self.items[self.n], letter, rest.strip()):
            self.next()
        return True

    def next(self) -> None:
        """Note a decision and go on."""
        self.decided.append(self.n)
        self.n += 1
        self.finish()

    def undo(self) -> None:
        """Take the last decision back and read that item again."""
        if not self.decided:
            raise Conflict("nothing was decided here yet", mend="type q, then z undoes what was done before")
        undo(self.room, "")
        self.n = self.decided.pop()
        self.finish()

    def finish(self) -> None:
        """Go on without a question left from before."""
        self.room.asked = None
        self.tell()


class _Suggestions(_OneByOne["Suggestion"]):
    thing = "suggestion"
    how = "For each: a accepts, d rejects for good, Enter passes over, i reads the definition, z undoes, q stops."

    def lines(self, item: Suggestion) -> list[str]:
        place = [f"{self.n + 1:,} of {len(self.items):,}: {item.code}"]
        place += [f"turn {item.turn}"] if item.turn is not None else []
        place += [item.speaker] if item.speaker else []
        return [f"{', '.join(place)}.", quoted(item.quote), f"{item.why.rstrip('.')}."]

    def act(self, item: Suggestion, letter: str, rest: str) -> bool:
        match letter:
            case "a":
                self.room.sitting.accept(item)
                self.room.say(f"Accepted: {item.code}.")
            case "d":
                self.room.sitting.reject(item)
                self.room.say(f"Rejected: {item.code} is not suggested here again.")
            case "i":
                by_key = {one.key: one for one in self.room.codes()}
                self.room.say(*definition(by_key[item.code]))
                return False
            case _:
                raise BadValue("that is no answer to a suggestion", mend=self.how)
        return True


class _Queue(_OneByOne["QueueItem"]):
    thing = "coding"
    how = (
        "For each: numbers or c and letters give the codes it goes to, k keeps it, x withdraws it, Enter passes over, "
        "z undoes, q stops. Words behind k or x are kept as the reason."
    )

    def lines(self, item: QueueItem) -> list[str]:
        lines = queue_lines(item, self.n + 1, len(self.items))
        names = {one.key: one.name for one in self.room.codes()}
        if item.change == "revise":
            return [*lines, "It may be withdrawn: x. To place it anew: qcode codebook resolve."]
        if len(item.candidates) > FEW:
            lines.append("It may go to any code: type c and a few letters.")
        else:
            lines += [f"Type {n} for {key}: {names.get(key, key)}." for n, key in enumerate(item.candidates, 1)]
        return [*lines, "It may be kept: k." if item.kept else "It cannot stay on its code."]

    def act(self, item: QueueItem, letter: str, rest: str) -> bool:
        id = item.coding.id
        if letter == "k":
            self.room.sitting.decide(id, keep=True, why=rest)
            self.room.say(f"Kept on {item.coding.code}.")
        elif letter == "x":
            self.room.sitting.decide(id, withdraw=True, why=rest)
            self.room.say(f"Withdrew {item.coding.code}.")
        elif letter == "i":
            by_key = {one.key: one for one in self.room.codes()}
            for key in item.candidates[:FEW]:
                self.room.say(*definition(by_key[key]))
            return False
        elif letter == "c" and rest:
            choose(self.room, rest, partial(self._send, item), back=self.answer)
            return False
        elif letter[0].isdigit() and letter[0].isascii():
            self._allocate(item, f"{letter} {rest}")
        else:
            raise BadValue("that is no decision", mend=self.how)
        return True

    def _allocate(self, item: QueueItem, typed: str) -> None:
        few = item.candidates if len(item.candidates) <= FEW else ()
        picked = [number_of(one, len(few), "code") for one in typed.replace(",", " ").split()]
        self._decide(item, [few[n - 1] for n in picked])

    def _decide(self, item: QueueItem, keys: list[str]) -> None:
        self.room.sitting.decide(item.coding.id, to=keys)
        self.room.say(f"Moved from {item.coding.code} to {joined(keys)}.")

    def _send(self, item: QueueItem, codes: Sequence[Code]) -> None:
        """Send a coding to the codes that were found, perhaps after a question in between."""
        try:
            self._decide(item, [one.key for one in codes])
        except QcodeError:
            self.room.ask(self.answer)
            raise
        self.next()


def suggest(room: Room, rest: str) -> None:
    """Go through what the terms of the codes suggest in this transcript, one by one."""
    found = room.study.suggestions.list([room.page.id], coder=room.sitting.coder)
    if found:
        _Suggestions(room, list(found))
    else:
        room.say("Nothing is suggested in this transcript.")


def queue(room: Room, rest: str) -> None:
    """Go through the codings that wait for a decision, one by one; those of others only where they are shown."""
    wanted = (room.sitting.coder, *room.shown)
    known = {one.name.casefold() for one, _ in room.study.coders.list()}
    coders = tuple(name for name in wanted if name.casefold() in known)
    items = room.study.queue.list(Filters(coders=coders)) if coders else []
    if items:
        _Queue(room, list(items))
    else:
        room.say("Nothing waits for a decision.")
