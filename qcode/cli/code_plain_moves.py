"""The plain mode's commands that change nothing: moving, selecting, searching, other transcripts, other coders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from qcode.cli.code_plain_room import Room, number_of
from qcode.cli.code_plain_said import joined, numbers, progress_line
from qcode.cli.output import plural
from qcode.domain.span import Span
from qcode.errors import BadValue
from qcode.study.reading import words_in

__all__ = [
    "extend",
    "extend_back",
    "go",
    "more",
    "next_coding",
    "next_match",
    "next_pending",
    "next_turn",
    "next_uncoded",
    "others",
    "previous_coding",
    "previous_match",
    "previous_turn",
    "quote",
    "read",
    "search",
    "sentences",
    "shrink",
    "shrink_front",
    "transcripts",
    "turn",
    "words",
]


def next_turn(room: Room, rest: str) -> None:
    """Go to the next turn and read it."""
    _step(room, "next", "This is the last turn.")


def previous_turn(room: Room, rest: str) -> None:
    """Go to the turn before and read it."""
    _step(room, "previous", "This is the first turn.")


def _step(room: Room, way: Literal["next", "previous"], end: str) -> None:
    was = room.cursor.turn
    room.cursor.take("turn")
    if way == "next":
        room.cursor.next("turn")
    else:
        room.cursor.previous("turn")
    if room.cursor.turn == was:
        room.say(end)
    else:
        room.read_turn()


def go(room: Room, rest: str) -> None:
    """Go to the turn with this number."""
    turns = room.cursor.turns
    named = {"first": turns[0].n, "last": turns[-1].n}.get(rest) or number_of(rest, turns[-1].n, "turn")
    turn = next(one for one in turns if one.n >= named)
    room.cursor.select(turn.start, turn.end)
    room.cursor.take("turn")
    room.read_turn()


def read(room: Room, rest: str) -> None:
    """Read the turn once more."""
    room.read_turn()
    room.read_back()


def more(room: Room, rest: str) -> None:
    """Read on in a long turn."""
    room.read_more()


def sentences(room: Room, rest: str) -> None:
    """Select sentences of the turn by their numbers, or those that are touched."""
    if not rest:
        room.cursor.take("sentence")
    else:
        _pick(room, "sentence", room.cursor.units("sentence"), rest)
    room.read_back()


def words(room: Room, rest: str) -> None:
    """Select words of the selected sentences by their numbers; without numbers, read them out."""
    was = room.cursor.selection
    room.cursor.take("sentence")
    found = words_in(room.page.text, room.cursor.selection) or [was]
    room.cursor.select(was.start, was.end)
    if rest:
        _pick(room, "word", found, rest)
        room.read_back()
    else:
        room.say("Words: " + ", ".join(f"{n} {span.of(room.page.text)}" for n, span in enumerate(found, 1)) + ".")


def _pick(room: Room, thing: str, spans: Sequence[Span], rest: str) -> None:
    wanted = numbers(rest)
    if wanted is None or not 1 <= wanted[0] <= wanted[1] <= len(spans):
        raise BadValue(f"there is no {thing} {rest}", mend=f"type numbers from 1 to {len(spans)}, such as 1 or 1-2")
    room.cursor.select(spans[wanted[0] - 1].start, spans[wanted[1] - 1].end)


def turn(room: Room, rest: str) -> None:
    """Select the whole turn."""
    room.cursor.take("turn")
    room.read_back()


def extend(room: Room, rest: str) -> None:
    """Take in the next word."""
    room.cursor.extend("word")
    room.read_back()


def shrink(room: Room, rest: str) -> None:
    """Let the last word go."""
    room.cursor.shrink("word")
    room.read_back()


def extend_back(room: Room, rest: str) -> None:
    """Take in the word before."""
    room.cursor.extend_back("word")
    room.read_back()


def shrink_front(room: Room, rest: str) -> None:
    """Let the first word go."""
    room.cursor.shrink_front("word")
    room.read_back()


def next_uncoded(room: Room, rest: str) -> None:
    """Go to the next sentence without a coding."""
    asking = {None, *room.page.asking} if room.page.asking else set()
    asked = [Span(turn.start, turn.end) for turn in room.page.turns if turn.speaker in asking]
    if not room.cursor.next_uncoded([*room.own_spans(), *asked]):
        room.say("Every sentence that answers has a coding of yours.")
    else:
        _arrive(room)


def next_pending(room: Room, rest: str) -> None:
    """Go to the next coding that waits for a decision."""
    _jump(room, room.own_spans(pending=True), "Nothing of yours waits for a decision in this transcript.")


def next_coding(room: Room, rest: str) -> None:
    """Go to the next coding."""
    _jump(room, _coded(room), "There is no coding in this transcript yet.")


def previous_coding(room: Room, rest: str) -> None:
    """Go to the coding before."""
    _jump(room, _coded(room), "There is no coding in this transcript yet.", back=True)


def _coded(room: Room) -> list[Span]:
    codings = [Span(one.start, one.end) for one in room.page.codings]
    return codings + [Span(one.start, one.end) for one in room.page.drafts]


def _jump(room: Room, spans: list[Span], none: str, *, back: bool = False) -> None:
    found = room.cursor.previous_of(spans) if back else room.cursor.next_of(spans)
    if not found:
        room.say(none)
    else:
        _arrive(room)


def _arrive(room: Room) -> None:
    room.read_turn()
    room.read_back()


def search(room: Room, rest: str) -> None:
    """Find words in this transcript and go to the next place."""
    room.matches = room.study.reading.find(room.page, rest)
    if not room.matches:
        room.say(f"“{rest}” is not in this transcript.")
        return
    room.say(f"Found {plural(len(room.matches), 'place')}.")
    next_match(room, "")


def next_match(room: Room, rest: str) -> None:
    """Go to the next place found."""
    _match(room, back=False)


def previous_match(room: Room, rest: str) -> None:
    """Go to the place found before."""
    _match(room, back=True)


def _match(room: Room, *, back: bool) -> None:
    _jump(room, room.matches, "Nothing was searched for yet; type a slash and words.", back=back)
    if room.matches:
        at = sorted(set(room.matches)).index(room.cursor.selection) + 1
        room.say(f"Place {at:,} of {len(set(room.matches)):,}.")


def quote(room: Room, rest: str) -> None:
    """Select these words where they stand in the turn, else where they stand next in the transcript."""
    if not rest:
        raise BadValue("no words are given", mend="type quote and the words as they stand")
    room.matches = room.study.reading.find(room.page, rest)
    here = Span(room.cursor.turn.start, room.cursor.turn.end)
    inside = [span for span in room.matches if here.contains(span)]
    if not room.matches:
        raise BadValue(f"“{rest}” is not in this transcript", mend="type the words as they stand")
    if not inside:
        room.say("Not in this turn.")
        next_match(room, "")
        return
    room.cursor.select(inside[0].start, inside[0].end)
    room.read_back()
    if len(room.matches) > 1:
        room.say(f"It stands {plural(len(room.matches), 'time')} in the transcript; n goes to the next.")


def transcripts(room: Room, rest: str) -> None:
    """List the transcripts, or open one by its number or name."""
    progress = room.study.reading.progress(room.sitting.coder)
    if rest:
        named = [one.id for one in progress if one.name.casefold() == rest.casefold()]
        by_number = rest.isascii() and rest.isdigit() and 1 <= int(rest[:9]) <= len(progress)
        room.keep_place()
        room.enter(named[0] if named else progress[int(rest) - 1].id if by_number else rest)
        return
    room.say(*(f"{n}. {progress_line(one, one.id == room.page.id)}" for n, one in enumerate(progress, 1)))
    room.say("Type l and a number or a name to open one.")


def others(room: Room, rest: str) -> None:
    """Show or hide the codings of another coder; without a name, tell who coded here."""
    if not rest:
        hidden = [name for name in room.page.others if name not in room.shown]
        room.say(f"Shown: {joined(room.shown)}." if room.shown else "No other coder is shown.")
        room.say(f"Coded here too: {joined(hidden)}." if hidden else "Nobody else coded here.")
        return
    folded = [name.casefold() for name in room.shown]
    if rest.casefold() in folded:
        wanted = [name for name in room.shown if name.casefold() != rest.casefold()]
        said = f"The codings of {rest} are hidden."
    else:
        wanted = [*room.shown, next((n for n in room.page.others if n.casefold() == rest.casefold()), rest)]
        said = f"The codings of {wanted[-1]} are shown."
    room.page = room.study.reading.open(room.page.id, coder=room.sitting.coder, shown=wanted)
    room.shown = wanted
    room.say(said)
    room.read_turn()
