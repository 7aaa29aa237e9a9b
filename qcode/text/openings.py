"""What may stand at the beginning of a line in front of a label: numbers, dates of a chat, marks of form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["MARK", "WS", "openings"]

WS = r"[^\S\n]"
MARK = r"\*\*\*|\*\*|__|\*|_"
# The day and hour with which a chat begins its lines: `12.03.21, 10:01 - `, `[3/12/2021, 10:01:11 PM] `
DATED = (
    rf"\[?\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?{WS}{{1,2}}\d{{1,2}}:\d{{2}}(?::\d{{2}})?"
    rf"(?:{WS}?[AaPp]\.?[Mm]\.?)?(?:\]|(?={WS}[-–—])){WS}{{0,2}}(?:[-–—]{WS}{{1,2}})?"
)
NUMBER = rf"\d{{1,5}}(?:[.)]?(?:\t|[^\S\n]{{2}})|[.)][^\S\n]){WS}{{0,8}}"
_parts = (
    rf"[\ufeff\u200b-\u200f]?{WS}{{0,40}}(?:%s)?(?P<dated>{DATED})?"
    rf"(?:(?P<heading>\#{{1,6}}){WS}{{1,4}}|(?P<quoted>>){WS}?|[-*•]{WS}{{1,3}})?(?P<mark>{MARK})?"
)
_usual = re.compile(_parts % NUMBER)
_counted = re.compile(_parts % rf"{NUMBER}|\d{{1,5}}{WS}{{1,8}}")
_number = re.compile(rf"{WS}{{0,20}}(\d{{1,5}}){WS}{{1,8}}[^\W\d]")


def openings(lines: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of what stands in front of labels, every part of it optional.

    Behind a number one blank is enough where numbers count the lines of the text.
    """
    return _counted if _are_counted(lines) else _usual


def _are_counted(lines: Sequence[str]) -> bool:
    numbers = [int(found[1]) for line in lines if (found := _number.match(line))]
    rising = all(before < after for before, after in pairwise(numbers))
    return len(numbers) >= 4 and len(numbers) >= 0.3 * len(lines) and rising and numbers[-1] <= 3 * len(lines)
