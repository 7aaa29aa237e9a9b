"""Subtitles (.vtt, .srt): stored as one paragraph a turn, `Name: words`, their times as time marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from qcode.domain.transcript import Speaker
from qcode.errors import Unreadable
from qcode.importers.base import Draft, Notice, Options
from qcode.importers.cues import Cue, Cues, parse_cues
from qcode.importers.decode import decode
from qcode.importers.said import Said, believed, draft_of, speakers_of
from qcode.text.aliases import name_speakers
from qcode.text.doubts import label_remarks
from qcode.text.layout import Layout, Remark
from qcode.text.turns import believed_labels, lines_of

__all__ = ["read"]


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of a subtitle file. Raises Unreadable."""
    decoded = decode(data, options.encoding)
    vtt = decoded.text.lstrip().startswith("WEBVTT") or PurePath(name).suffix.lower() == ".vtt"
    found = parse_cues(decoded.text, vtt=vtt)
    _check(found)
    said, speakers, notices = _who(found, options)
    return draft_of(
        said,
        "vtt" if vtt else "srt",
        options,
        speakers=speakers,
        encoding=decoded.encoding,
        notices=(*decoded.notices, *found.notices, *notices),
    )


def _check(found: Cues) -> None:
    if not found.timings:
        raise Unreadable("the file holds no subtitles (no line with times like 00:00:01.000 --> 00:00:04.000)")
    if len(found.broken) == found.timings:
        raise Unreadable("no time of the subtitles can be read", where=f"first in line {found.broken[0]}")
    if not found.cues:
        raise Unreadable("the subtitles hold no words")


def _who(found: Cues, options: Options) -> tuple[list[Said], list[Speaker], list[Notice]]:
    """Return who says each subtitle: by its voice tag, else by a label that most subtitles bear."""
    if found.voiced:
        return _by_voice(found.cues, options)
    text = "\n".join(cue.text for cue in found.cues)
    layout = Layout(text, (), cues=True)
    lines = lines_of(text)
    belief = believed_labels(layout, lines, only=options.speakers, none=options.no_speakers)
    names, speakers, joined = name_speakers(belief.labels, join=False)
    at_line = {label.line: (label, name) for label, name in zip(belief.labels, names, strict=True)}
    said: list[Said] = []
    for number, cue in enumerate(found.cues):
        label, name = at_line.get(number, (None, said[-1].speaker if said else None))
        words = cue.text if label is None else text[label.words : lines[number].end].strip()
        if label is not None and label.mark:
            words = words.removesuffix(label.mark)
        said.append(Said(name, words, cue.seconds, label is not None))
    if speakers and not any(one.words for one in said):  # nobody is named without a word: these are the words
        return [Said(None, cue.text, cue.seconds, False) for cue in found.cues], [], []
    remarks = [*belief.remarks, *joined, *label_remarks(belief, names)]
    return said, speakers, [_placed(remark, text, found.cues) for remark in remarks]


def _by_voice(cues: Sequence[Cue], options: Options) -> tuple[list[Said], list[Speaker], list[Notice]]:
    said = believed([Said(cue.voice, cue.text, cue.seconds, cue.voice is not None) for cue in cues], options)
    speakers = speakers_of(said)
    nameless = sum(one.speaker is None for one in said)
    notices = [Notice("", f"subtitles without a speaker's name: {nameless}")] if nameless and speakers else []
    return said, speakers, notices


def _placed(remark: Remark, text: str, cues: Sequence[Cue]) -> Notice:
    if remark.position is None:
        return Notice("", remark.what)
    return Notice(f"line {cues[text.count(chr(10), 0, remark.position)].line}", remark.what)
