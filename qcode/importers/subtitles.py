"""Subtitles (.vtt, .srt): stored as one paragraph a turn, `Name: words`, their times as time marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from qcode.domain.span import Span
from qcode.domain.transcript import Speaker, TimeMark, Turn
from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.cues import Cue, Cues, parse_cues
from qcode.importers.decode import decode
from qcode.text.aliases import name_speakers
from qcode.text.fold import fold
from qcode.text.language import detect
from qcode.text.layout import Layout, Remark
from qcode.text.turns import believed_labels, label_remarks, lines_of

__all__ = ["read"]


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of one subtitle, with who says them; `named` where the file itself says so here."""

    speaker: str | None
    words: str
    seconds: float | None
    named: bool


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of a subtitle file. Raises Unreadable."""
    decoded = decode(data, options.encoding)
    vtt = decoded.text.lstrip().startswith("WEBVTT") or PurePath(name).suffix.lower() == ".vtt"
    found = parse_cues(decoded.text, vtt=vtt)
    _check(found)
    said, speakers, notices = _who(found, options)
    text, turns, paragraphs, marks = _written(said, bool(speakers))
    return Draft(
        text=text,
        format="vtt" if vtt else "srt",
        turns=turns,
        speakers=tuple(speakers),
        paragraphs=paragraphs,
        time_marks=marks,
        labels=sum(one.named for one in said),
        encoding=decoded.encoding,
        language=options.language or detect("\n".join(one.words for one in said[:400])),
        notices=(*decoded.notices, *found.notices, *notices),
    )


def _check(found: Cues) -> None:
    if not found.timings:
        raise Unreadable("the file holds no subtitles (no line with times like 00:00:01.000 --> 00:00:04.000)")
    if len(found.broken) == found.timings:
        raise Unreadable("no time of the subtitles can be read", where=f"first in line {found.broken[0]}")
    if not found.cues:
        raise Unreadable("the subtitles hold no words")


def _who(found: Cues, options: Options) -> tuple[list[_Said], list[Speaker], list[Notice]]:
    """Return who says each subtitle: by its voice tag, else by a label that most subtitles bear."""
    if found.voiced:
        return _by_voice(found.cues, options)
    text = "\n".join(cue.text for cue in found.cues)
    layout = Layout(text, (), cues=True)
    lines = lines_of(text)
    belief = believed_labels(layout, lines, only=options.speakers, none=options.no_speakers)
    names, speakers, joined = name_speakers(belief.labels, join=False)
    at_line = {label.line: (label, name) for label, name in zip(belief.labels, names, strict=True)}
    said: list[_Said] = []
    for number, cue in enumerate(found.cues):
        label, name = at_line.get(number, (None, said[-1].speaker if said else None))
        words = cue.text if label is None else text[label.words : lines[number].end].strip()
        if label is not None and label.mark:
            words = words.removesuffix(label.mark)
        said.append(_Said(name, words, cue.seconds, label is not None))
    remarks = [*belief.remarks, *joined, *label_remarks(belief, names)]
    return said, speakers, [_placed(remark, text, found.cues) for remark in remarks]


def _by_voice(cues: Sequence[Cue], options: Options) -> tuple[list[_Said], list[Speaker], list[Notice]]:
    wanted = None if options.speakers is None else {fold(name) for name in options.speakers}
    said = []
    for cue in cues:
        believed = cue.voice and not options.no_speakers and (wanted is None or fold(cue.voice) in wanted)
        said.append(_Said(cue.voice if believed else None, cue.text, cue.seconds, bool(believed)))
    count = Counter(one.speaker for one in said if one.speaker is not None)
    speakers = [Speaker(name, number) for name, number in count.most_common()]
    nameless = sum(one.speaker is None for one in said)
    notices = [Notice("", f"subtitles without a speaker's name: {nameless}")] if nameless and speakers else []
    return said, speakers, notices


def _placed(remark: Remark, text: str, cues: Sequence[Cue]) -> Notice:
    if remark.position is None:
        return Notice("", remark.what)
    return Notice(f"line {cues[text.count(chr(10), 0, remark.position)].line}", remark.what)


def _written(
    said: Sequence[_Said], named: bool
) -> tuple[str, tuple[Turn, ...], tuple[Span, ...], tuple[TimeMark, ...]]:
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
            pieces.append(" ")
            start = at + 1
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
