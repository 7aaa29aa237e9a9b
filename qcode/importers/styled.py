"""Speakers that a document names by the styles of its paragraphs alone (`Interviewer`, `Respondent`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from qcode.domain.span import Span
from qcode.domain.transcript import Speaker, Turn
from qcode.text.layout import Found, Remark
from qcode.text.wordlists import is_role

__all__ = ["found_by_style"]

MOST_OF_IT = 0.7


def found_by_style(text: str, paragraphs: Sequence[Span], styles: Mapping[int, str], found: Found) -> Found:
    """Return who speaks where by the styles of paragraphs, by their starts; `found` itself where they do not say it.

    They say it where styles that bear the names of two or more roles are those of most paragraphs. Then neighbours of
    one style are one turn, and so are paragraphs of other styles with the one before them.
    """
    named = [style if is_role(style := styles.get(p.start, "")) else None for p in paragraphs]
    count = Counter(name for name in named if name is not None)
    if len(count) < 2 or min(count.values()) < 2 or count.total() < MOST_OF_IT * len(paragraphs):
        return found
    turns: list[Turn] = []
    for paragraph, name in zip(paragraphs, named, strict=True):
        start, end = _trimmed(text, paragraph)
        if turns and turns[-1].speaker is not None and name in (None, turns[-1].speaker):
            last = turns[-1]
            turns[-1] = Turn(last.n, last.speaker, last.start, end, last.time)
        else:
            turns.append(Turn(len(turns) + 1, name, start, end, None))
    speakers = tuple(Speaker(name, number) for name, number in count.most_common())
    told = ", ".join(f"“{speaker.name}”" for speaker in speakers)
    remark = Remark(None, f"no labels stand in the text; the speakers are the styles of the paragraphs: {told}")
    return Found(tuple(turns), speakers, found.time_marks, count.total(), (remark,))


def _trimmed(text: str, paragraph: Span) -> tuple[int, int]:
    piece = text[paragraph.start : paragraph.end]
    start = paragraph.start + len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
