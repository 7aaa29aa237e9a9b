"""Talk from a file that says who speaks when: stored as one paragraph a turn, `Name: words`, times as time marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qcode.domain.span import Span
from qcode.domain.transcript import Speaker, TimeMark, Turn
from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options, check_lines
from qcode.text.fold import fold
from qcode.text.language import detect

__all__ = ["Said", "believed", "draft_of", "speakers_of", "written"]


@dataclass(frozen=True, slots=True)
class Said:
    """Words (one line) with who says them and when, in seconds; `named` where the file names the speaker here.

    `joint` stands between these words and those of the same speaker before them.
    """

    speaker: str | None
    words: str
    seconds: float | None = None
    named: bool = True
    joint: str = " "


def believed(said: Iterable[Said], options: Options) -> list[Said]:
    """Return what was said, without the speakers that the person who imports does not believe."""
    wanted = None if options.speakers is None else {fold(name) for name in options.speakers}

    def believes(name: str | None) -> bool:
        return bool(name) and not options.no_speakers and (wanted is None or fold(name or "") in wanted)

    return [one if believes(one.speaker) else replace(one, speaker=None, named=False) for one in said]


def speakers_of(said: Iterable[Said]) -> list[Speaker]:
    """Return the speakers, who is named most often first; `labels` counts the pieces that name them."""
    count: Counter[str] = Counter()
    for one in said:
        if one.speaker is not None:
            count[one.speaker] += one.named
    return [Speaker(name, number) for name, number in count.most_common()]


def draft_of(
    said: Sequence[Said],
    format: str,
    options: Options,
    *,
    speakers: Sequence[Speaker] | None = None,
    encoding: str | None = None,
    notices: Sequence[Notice] = (),
) -> Draft:
    """Return the draft of a talk; `speakers` are those that it names, None to count them. Raises Unreadable."""
    if not any(one.words for one in said):
        raise Unreadable("the file holds no words")
    named = speakers_of(said) if speakers is None else speakers
    text, turns, paragraphs, marks = written(said, bool(named))
    check_lines(text)
    return Draft(
        text=text,
        format=format,
        turns=turns,
        speakers=tuple(named),
        paragraphs=paragraphs,
        time_marks=marks,
        labels=sum(one.named for one in said),
        encoding=encoding,
        language=options.language or detect("\n".join(one.words for one in said[:400])),
        notices=tuple(notices),
    )


def written(said: Sequence[Said], named: bool) -> tuple[str, tuple[Turn, ...], tuple[Span, ...], tuple[TimeMark, ...]]:
    """Return the stored text with its turns; without any speaker every subtitle is a turn."""
    pieces: list[str] = []
    turns: list[Turn] = []
    paragraphs: list[Span] = []
    marks: list[TimeMark] = []
    at, previous = 0, None
    for one in said:
        if not one.words:
            previous = one if one.named else previous
            continue
        if named and turns and one.speaker == turns[-1].speaker and (previous is None or previous.words):
            pieces.append(one.joint)
            start = at + len(one.joint)
            turns[-1] = Turn(turns[-1].n, one.speaker, turns[-1].start, start + len(one.words), turns[-1].time)
            paragraphs[-1] = Span(paragraphs[-1].start, start + len(one.words))
        else:
            front = ("\n" if pieces else "") + (f"{one.speaker}: " if one.speaker is not None else "")
            pieces.append(front)
            start = at + len(front)
            turns.append(Turn(len(turns) + 1, one.speaker, start, start + len(one.words), one.seconds))
            paragraphs.append(Span(at + (1 if front.startswith("\n") else 0), start + len(one.words)))
        pieces.append(one.words)
        at, previous = start + len(one.words), one
        if one.seconds is not None:
            marks.append(TimeMark(start, one.seconds))
    return "".join(pieces), tuple(turns), tuple(paragraphs), tuple(marks)
