"""Finds what stands above the talk and looks like labels (`Date: ...`), and the credits that stand below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from qcode.text.labels import Candidate, Line, key_of
from qcode.text.wordlists import is_credit, is_header, is_role

__all__ = ["credits_from", "header_of", "speaks"]

_key = re.compile(r"\s*(?P<key>[^:：\n]{2,40})[:：]")
MOST_CREDITS = 12
LONGEST_CREDIT = 100
_signed = re.compile(
    r"\s{0,20}(?:Transcribed|Transcript|Generated|Recorded) (?:by|with) https?://"
    r"|[^\n:]{1,80} stopped transcription\s*\Z",
    re.IGNORECASE,
)


def header_of(candidates: Sequence[Candidate], lines: Sequence[Line], text: str) -> list[Candidate]:
    """Return what stands in a block of `Key: value` lines at the top that holds a heading like `Date`."""
    by_line = {c.line: c for c in candidates if c.family == "colon"}
    top: list[Candidate] = []
    seen: set[str] = set()
    filled = [line for line in lines if not line.blank]
    start = next((i for i, line in enumerate(filled) if line.index in by_line), None)
    if start is None or start > 5:
        return []
    for before, line in zip([filled[start], *filled[start:]], filled[start : start + 30], strict=False):
        candidate = by_line.get(line.index)
        if candidate is None or key_of(candidate) in seen or line.index > before.index + 1:
            break
        seen.add(key_of(candidate))
        top.append(candidate)
    heads = [i for i, c in enumerate(top) if is_header(c.label) and "h" not in c.dress]
    after = top[-1].line + 1
    set_apart = after < len(lines) and lines[after].blank and len(top) > 1
    introduced = _introduced(top, candidates, lines, text)
    if len(heads) < 2 and not (heads and set_apart):
        return introduced
    upto = len(top) if set_apart else heads[-1] + 1
    return [c for c in top[:upto] if is_header(c.label) or c in introduced or not speaks(c, lines, text)]


def _introduced(
    top: Sequence[Candidate], candidates: Sequence[Candidate], lines: Sequence[Line], text: str
) -> list[Candidate]:
    """Return the lines that open a file and say who is who: `Respondent: Jane Doe (hereafter J. D.)`, each once.

    They name nobody's talk where other labels repeat.
    """
    times = Counter(key_of(c) for c in candidates)

    def introduces(c: Candidate) -> bool:
        value = text[c.words : lines[c.line].end].strip()
        return times[key_of(c)] == 1 and (is_header(c.label) or (is_role(c.label) and _is_name(value)))

    found = [c for c in takewhile(introduces, top) if not is_header(c.label)]
    others = set(times) - {key_of(c) for c in found}
    return found if any(times[key] > 1 for key in others) else []


def _is_name(value: str) -> bool:
    """Tell whether a value is a name of two to four words, or any name with an abbreviation in brackets behind it."""
    name, bracket, _ = re.split(r"\s*([(（][^()（）]{1,60}[)）])?$", value, maxsplit=1)
    words = name.split()
    return (2 if not bracket else 1) <= len(words) <= 4 and all(w[0].isupper() or not w[0].islower() for w in words)


def credits_from(lines: Sequence[Line], last: int, text: str) -> int:
    """Return the line where the credits begin behind the last label's line; the number of lines where there are none.

    Credits are few short lines at the very end, the first of which is headed by a word like `Transcribed by`.
    """
    below = [line for line in lines[last + 1 :] if not line.blank][-MOST_CREDITS:]
    begin = len(lines)
    for line in reversed(below):
        content = text[line.start : line.end]
        if len(content.strip()) > LONGEST_CREDIT:
            break
        key = _key.match(content)
        if (key and is_credit(key["key"])) or _signed.match(content):
            begin = line.index
    return begin


def speaks(candidate: Candidate, lines: Sequence[Line], text: str) -> bool:
    """Tell whether what follows a label ends like a sentence, as no value in a header does."""
    return text[candidate.words : lines[candidate.line].end].rstrip().endswith((".", "?", "!", "…", "。", "？", "！"))
