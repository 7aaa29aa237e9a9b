"""The plain mode of `qcode code`: line by line, for a screen reader, a braille line, a pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from qcode.cli import code_plain_coding as coding
from qcode.cli import code_plain_moves as moves
from qcode.cli import code_plain_offers as offers
from qcode.cli.code_plain_room import Room
from qcode.cli.code_plain_said import progress_line
from qcode.domain.keys import latin
from qcode.errors import BadValue, NotFound, QcodeError

if TYPE_CHECKING:
    from qcode.study.sitting import Sitting
    from qcode.study.study import Study

__all__ = ["COMMANDS", "Command", "run"]


@dataclass(frozen=True, slots=True)
class Command:
    """What can be typed: its first word, the `form` that help shows, what it does, and the act of the keys it is."""

    name: str
    form: str
    does: Callable[[Room, str], None]
    help: str
    act: str = ""


def _help(room: Room, rest: str) -> None:
    room.say(*(f"{one.form}: {one.help}." for one in COMMANDS))


def _quit(room: Room, rest: str) -> None:
    room.left = True


COMMANDS: tuple[Command, ...] = (
    Command("]", "Enter or ]", moves.next_turn, "next turn", "turn_next"),
    Command("[", "[", moves.previous_turn, "turn before", "turn_previous"),
    Command("go", "go 12", moves.go, "turn with this number; go first, go last"),
    Command("read", "read", moves.read, "read the turn again"),
    Command("more", "more", moves.more, "read on in a long turn"),
    Command("s", "s 2 or s 2-3", moves.sentences, "select sentences by number; s alone, the one here", "take_sentence"),
    Command("w", "w 3-7", moves.words, "select words of the sentence by number; w alone numbers them", "take_word"),
    Command("t", "t", moves.turn, "select the whole turn", "take_turn"),
    Command("quote", "quote some words", moves.quote, "select these words where they stand"),
    Command("e", "e", moves.extend, "take in the next word", "extend_word"),
    Command("E", "E", moves.shrink, "let the last word go", "shrink_word"),
    Command("{", "{", moves.extend_back, "take in the word before", "extend_back"),
    Command("}", "}", moves.shrink_front, "let the first word go", "shrink_front"),
    Command("u", "u", moves.next_uncoded, "next sentence without a coding of yours", "next_uncoded"),
    Command("p", "p", moves.next_pending, "next coding of yours that waits for a decision", "next_pending"),
    Command("b", "b", moves.next_coding, "next coding", "next_coding"),
    Command("B", "B", moves.previous_coding, "coding before", "previous_coding"),
    Command("/", "/words", moves.search, "find words in this transcript", "search"),
    Command("n", "n", moves.next_match, "next place found", "next_match"),
    Command("N", "N", moves.previous_match, "place found before", "previous_match"),
    Command("c", "c CODE, CODE", coding.code, "code what is selected; a few letters of each code do", "pick"),
    Command("1", "1 to 9", coding.quick_code, "code with a code in use; c alone lists them", "quick_1"),
    Command(".", ".", coding.repeat, "code with the last codes again", "repeat"),
    Command("v", "v KEY", coding.in_vivo, "make a code of the words selected; the key may be left out", "in_vivo"),
    Command("m", "m words", coding.memo, "write a memo on the coding here; m alone reads the memos", "memo"),
    Command("mt", "mt words", coding.memo_on_transcript, "write a memo on the transcript; mt alone reads them"),
    Command("mc", "mc CODE: words", coding.memo_on_code, "write a memo on a code; without words, read them"),
    Command("mp", "mp words", coding.memo_on_case, "write a memo on the case it is about; mp alone reads them"),
    Command("ms", "ms words", coding.memo_on_study, "write a memo on the whole study; ms alone reads them"),
    Command("x", "x 2", coding.withdraw, "withdraw coding 2 here; x alone, the only one", "withdraw"),
    Command("z", "z", coding.undo, "undo", "undo"),
    Command("y", "y", coding.redo, "redo", "redo"),
    Command("k", "k", coding.codings_here, "read the codings at the selection", "codings_here"),
    Command("i", "i CODE", coding.about, "read the definition of a code; i alone lists all codes", "definition"),
    Command("g", "g", offers.suggest, "suggestions, one by one", "suggest"),
    Command("r", "r", offers.queue, "codings that wait for a decision, one by one", "queue"),
    Command("o", "o NAME", moves.others, "show or hide another coder; o alone tells who coded here", "others"),
    Command("l", "l NAME", moves.transcripts, "open a transcript; l alone lists them", "transcripts"),
    Command("?", "?", _help, "all commands", "help"),
    Command("q", "q", _quit, "leave; everything is kept", "quit"),
)

_BY_NAME = {one.name: one for one in COMMANDS}
_half = re.compile("[\ud800-\udfff]")
_stuck = re.compile(r"([^\W\d_])(\d[\d\s–—-]*)")


def run(
    study: Study, sitting: Sitting, transcript: str | None, shown: Sequence[str] = (), *, greeting: str = ""
) -> int:
    """Code line by line until q or the end of the input; return the exit code.

    1 where commands came from a file or a pipe and one of them was refused; at a terminal always 0.
    """
    interactive = sys.stdin.isatty()
    room = Room(study, sitting, transcript or _first(study, sitting), shown)
    room.is_stranger = bool(greeting)
    room.say(*([f"{greeting}."] if greeting else []))
    if transcript is None:
        _offer(room)
    room.enter(room.page.id)
    if interactive:
        room.say("Type a command, or ? for all of them.")
    for line in _lines(interactive):
        _take(room, line)
        if room.left:
            break
    room.keep_place()
    room.say(f"Left {room.page.name} at turn {room.cursor.turn.n:,}. Everything is kept.")
    return 1 if room.refused and not interactive else 0


def _first(study: Study, sitting: Sitting) -> str:
    """Return the transcript that this coder read last, else the first one."""
    last = study.reading.last(sitting.coder)
    if last is not None:
        return last
    progress = study.reading.progress(sitting.coder)
    if not progress:
        raise NotFound("this study has no transcript yet", mend="type: qcode import FILE")
    return progress[0].id


def _offer(room: Room) -> None:
    """Say what else could be opened, where this coder has read nothing yet."""
    progress = room.study.reading.progress(room.sitting.coder)
    if len(progress) > 1 and not any(one.opened_at for one in progress):
        room.say(*(f"{n}. {progress_line(one, False)}" for n, one in enumerate(progress, 1)))
        room.say("The first is opened; l and a number opens another.")


def _lines(interactive: bool) -> Iterator[str]:
    """Yield what is typed; nothing is asked where nobody sits at a terminal. Ctrl-C ends as Ctrl-D does."""
    if not interactive:
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
        yield from sys.stdin
        return
    _with_history()
    while True:
        try:
            yield input("> ")
        except (EOFError, KeyboardInterrupt):
            click.echo()
            return


def _with_history() -> None:
    """Let arrow keys bring back what was typed, where the system can; nothing of it is written to a file."""
    try:
        import readline  # noqa: F401
    except ImportError:
        return


def _take(room: Room, line: str) -> None:
    """Carry out one line: the answer to a question, or a command."""
    typed = _half.sub("\ufffd", line.strip())
    try:
        room.fresh()
        asked, room.asked = room.asked, None
        if asked is not None and asked(typed):
            return
        command, rest = _read(typed)
        command.does(room, rest)
        room.fresh()
    except QcodeError as error:
        room.refuse(error)
    with suppress(QcodeError):  # (the next line tells that the study cannot be read)
        room.tell_versions()


def _read(typed: str) -> tuple[Command, str]:
    """Return the command and what follows it; Cyrillic letters count as the keys at their places."""
    if not typed:
        return _BY_NAME["]"], ""
    if typed.startswith("/"):
        return _BY_NAME["/"], typed[1:].strip()
    if len(typed) == 1 and typed in "123456789":
        return _BY_NAME["1"], typed
    stuck = _stuck.fullmatch(typed)
    first, rest = (stuck[1], stuck[2]) if stuck else [*typed.split(None, 1), ""][:2]
    name = "".join(map(latin, first))
    found = _BY_NAME.get(name) or _BY_NAME.get(name.lower())
    if found is None or found.name in ("/", "1"):
        raise BadValue(f"there is no command {first!r}", mend="type ? for all commands")
    return found, rest.strip()
