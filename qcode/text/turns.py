"""Turns, speakers and times of a text: the one finder that every importer of text calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qcode.domain.span import Span
from qcode.domain.transcript import TimeMark, Turn
from qcode.text.aliases import name_speakers
from qcode.text.belief import Belief, believe, believe_only
from qcode.text.doubts import label_remarks, unconvinced
from qcode.text.header import credits_from
from qcode.text.labels import Candidate, Line, candidates_of, lines_of
from qcode.text.layout import Found, Layout
from qcode.text.times import Stamp, alone, inline, leading, seconds_of, trailing
from qcode.text.wordlists import is_head_row

__all__ = ["believed_labels", "find_turns", "lines_of"]

_rule = re.compile(r"\s*(?:[-*_=~]\s?){3,}\s*\Z")
# A line of its own above the name, as in a transcript that Teams saved for Word: `0:0:3.120 --> 0:0:6.480`
_range = re.compile(r"\s{0,20}(\d{1,2}):(\d{1,2}):(\d{1,2})[.,](\d{1,7})\s{0,4}-->\s{0,4}[\d:.,]{5,20}\s{0,20}\Z")
_md_heading = re.compile(r"\s*#{1,6}\s")


def find_turns(layout: Layout, *, only: Sequence[str] | None = None, none: bool = False) -> Found:
    """Find who speaks where; `only` are the labels to believe, `none` believes no label at all."""
    lines = lines_of(layout.text)
    belief = believed_labels(layout, lines, only=only, none=none)
    if not belief.labels:
        return _without_speakers(layout, lines, belief)
    names, speakers, joined = name_speakers(belief.labels, join=not layout.cues)
    pieces = list(_pieces(layout, lines, belief.labels, names))
    turns = _merged(pieces)
    if all(turn.speaker is None for turn in turns):
        return _without_speakers(layout, lines, Belief([], belief.labels, belief.remarks))
    marks = _marks(layout.text, lines, belief.labels)
    remarks = [*belief.remarks, *joined, *label_remarks(belief, names)]
    return Found(tuple(turns), tuple(speakers), marks, len(belief.labels), tuple(remarks))


def believed_labels(
    layout: Layout, lines: list[Line], *, only: Sequence[str] | None = None, none: bool = False
) -> Belief:
    """Return the labels to believe, after what a person decided."""
    if none:
        return Belief()
    candidates = candidates_of(layout, lines)
    return believe_only(candidates, only) if only else believe(candidates, lines, layout)


def _pieces(
    layout: Layout, lines: list[Line], labels: Sequence[Candidate], names: Sequence[str]
) -> Iterator[tuple[str | None, Span | None, float | None]]:
    """Yield each stretch of talk with its speaker, None where a label is followed by no words."""
    text = layout.text
    bare_ends = _bare_ends(text, lines, labels)
    clocked = _clocked_above(text, lines, labels)
    begins = [_with_range(text, lines, label.line, clocked and label.stamp is None) for label in labels]
    before = _trim(text, 0, lines[begins[0][0]].start)
    yield None, before, None
    below = credits_from(lines, labels[-1].line, text)
    for number, (label, name) in enumerate(zip(labels, names, strict=True)):
        last = begins[number + 1][0] if number + 1 < len(labels) else below
        span, ended = _talk(layout, lines, label, last, bare_ends)
        above = begins[number][1]
        time = label.stamp.seconds if label.stamp else above if above is not None else ended.seconds if ended else None
        yield name, span, time
    if below < len(lines):
        yield None, _trim(text, lines[below].start, len(text)), None


def _clocked_above(text: str, lines: list[Line], labels: Sequence[Candidate]) -> bool:
    """Tell whether times have a line of their own above the labels: one stands above the first of them."""
    above = _filled_above(lines, labels[0].line)
    return above >= 0 and labels[0].stamp is None and alone(text[lines[above].start : lines[above].end])


def _filled_above(lines: list[Line], at: int) -> int:
    """Return the line above that is not empty, -1 where there is none."""
    return next((above for above in range(at - 1, -1, -1) if not lines[above].blank), -1)


def _with_range(text: str, lines: list[Line], at: int, clocked: bool = False) -> tuple[int, float | None]:
    """Return the line where a label with the times above it begins, and the first of them; else its own line.

    Where `clocked`, a time alone on the line above counts as well.
    """
    above = _filled_above(lines, at)
    line = lines[above] if above >= 0 else None
    if line and clocked and alone(text[line.start : line.end]):
        return above, seconds_of(text[line.start : line.end])
    found = _range.match(text, line.start, line.end) if line and line.end - line.start < 100 else None
    if found is None:
        return at, None
    hours, minutes, seconds, fraction = found.groups()
    return above, int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction) / 10 ** len(fraction)


def _talk(
    layout: Layout, lines: list[Line], label: Candidate, last: int, bare_ends: bool
) -> tuple[Span | None, Stamp | None]:
    """Return the words behind a label up to line `last`, without headings, rules, head rows and a time at their end."""
    text, until, ended = layout.text, last, None
    while until - 1 > label.line and _no_talk(layout, lines[until - 1]):
        until -= 1
    end = max(label.words, lines[until - 1].end)
    stamp = trailing(text, label.words, end)
    last_line = text[lines[until - 1].start : lines[until - 1].end]
    if stamp is not None and (bare_ends or not stamp.weak or (label.stamp is not None and alone(last_line))):
        end, ended = stamp.start, stamp
    return _close(text, label, label.words, end), ended


def _close(text: str, label: Candidate, start: int, end: int) -> Span | None:
    """Trim a stretch, and the closing mark of bold that was opened in front of the label."""
    span = _trim(text, start, end)
    if span and label.mark and text[span.start : span.end].endswith(label.mark):
        return _trim(text, span.start, span.end - len(label.mark))
    return span


def _no_talk(layout: Layout, line: Line) -> bool:
    content = layout.text[line.start : line.end]
    return (
        line.blank
        or line.start in layout.headings
        or _md_heading.match(content) is not None
        or (len(content) < 200 and (_rule.match(content) is not None or is_head_row(content)))
    )


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    words = piece.strip("\ufeff\u200b\u200e\u200f \t\n\u00a0").strip()
    if not words:
        return None
    begin = start + piece.index(words)
    return Span(begin, begin + len(words))


def _merged(pieces: Sequence[tuple[str | None, Span | None, float | None]]) -> list[Turn]:
    """Join neighbours of one speaker; a label without words separates but is no turn."""
    turns: list[Turn] = []
    previous: str | None = None
    for speaker, span, time in pieces:
        if span is not None and turns and speaker is not None and speaker == previous == turns[-1].speaker:
            first = turns[-1]
            turns[-1] = Turn(first.n, speaker, first.start, span.end, first.time if first.time is not None else time)
        elif span is not None:
            turns.append(Turn(len(turns) + 1, speaker, span.start, span.end, time))
        previous = speaker
    return turns


def _bare_ends(text: str, lines: list[Line], labels: Sequence[Candidate]) -> bool:
    """Tell whether turns regularly end with a bare time, so that it is one of the recording."""
    spans = [_trim(text, a.words, lines[b.line].start) for a, b in pairwise(labels)]
    ends = [span.end for span in spans if span]
    bare = sum(trailing(text, max(0, end - 60), end) is not None for end in ends)
    return bare >= 3 and bare >= 0.5 * len(ends)


def _without_speakers(layout: Layout, lines: list[Line], belief: Belief) -> Found:
    """Make every paragraph a turn without a speaker; a time in front of it is not among its words."""
    text = layout.text
    turns: list[Turn] = []
    clocked = _clocked(text, layout.paragraphs)
    for paragraph in layout.paragraphs:
        span = _trim(text, paragraph.start, paragraph.end)
        stamp = leading(text, span.start, span.end) if span else None
        if span and stamp and (clocked or not stamp.weak):
            span = _trim(text, stamp.end, span.end)
        else:
            stamp = None
        if span:
            turns.append(Turn(len(turns) + 1, None, span.start, span.end, stamp.seconds if stamp else None))
    marks = {stamp.start: stamp.seconds for stamp in inline(text)}
    marks |= {turn.start: turn.time for turn in turns if turn.time is not None}
    doubts = unconvinced(belief)
    return Found(tuple(turns), (), _ordered(marks), 0, (*belief.remarks, *doubts))


def _clocked(text: str, paragraphs: Sequence[Span]) -> bool:
    """Tell whether times of two parts in front of paragraphs rise as those of a recording do."""
    stamps = [stamp.seconds for p in paragraphs if (stamp := leading(text, p.start, p.end))]
    return len(stamps) >= 3 and len(stamps) >= 0.5 * len(paragraphs) and stamps == sorted(stamps)


def _marks(text: str, lines: list[Line], labels: Sequence[Candidate]) -> tuple[TimeMark, ...]:
    marks: dict[int, float] = {}
    inside = {label.stamp.start for label in labels if label.stamp}
    for label in labels:
        if label.stamp:
            at = label.words if label.words < lines[label.line].end else label.stamp.start
            marks[at] = label.stamp.seconds
            continue
        above, seconds = _with_range(text, lines, label.line)
        if seconds is not None:
            marks[lines[above].start] = seconds
    labelled = {label.line for label in labels}
    for line in lines:
        stamp = leading(text, line.start, line.end) if not line.blank and line.index not in labelled else None
        if stamp and (not stamp.weak or alone(text[line.start : line.end])):
            marks[line.start] = stamp.seconds
    marks |= {stamp.start: stamp.seconds for stamp in inline(text) if stamp.start not in inside}
    return _ordered(marks)


def _ordered(marks: dict[int, float]) -> tuple[TimeMark, ...]:
    return tuple(TimeMark(position, marks[position]) for position in sorted(marks))
