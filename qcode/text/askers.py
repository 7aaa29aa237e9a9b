"""Tells which turns of an interview are not the participant's: questions, and what stands before the talk."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qcode.domain.transcript import Revision, Speaker, Turn

__all__ = ["answered", "asks"]

_NAMES = (
    "int|interviewer|interviewer in|interviewerin|interviewende|interviewender|moderator|moderatorin|mod|facilitator"
    "|researcher|question|frage|интервьюер|интервьюёр|инт|модератор|ведущий|ведущая|исследователь|вопрос|сұхбаткер"
    "|сұхбат алушы|сұрақ|жүргізуші|маек алуучу|интервью алуучу|суроо|алып баруучу|intervyuer|intervyu oluvchi|savol"
    "|boshlovchi|интервюер|савол|访谈者|訪談者|采访者|採訪者|访问者|訪問者|主持人|研究者|问|問"
)
_ASKING = frozenset(_NAMES.split("|"))
_PAIRS = {"i": "rbpe", "iv": "rbp", "ir": "e", "и": "ро", "q": "a", "f": "a", "в": "о", "s": "j", "м": "р", "m": "rp"}
"""Letters that stand for who asks where another speaker has one of those behind them: I and R, И and Р, Q and A."""

_digits = re.compile(r"[\d\s.:)]+$")


def asks(speaker: Speaker, others: Iterable[Speaker]) -> bool:
    """Tell whether a speaker is named as one who asks: by a word for it, or by a letter beside its usual partner."""
    names = {_plain(name) for name in (speaker.name, *speaker.aliases)}
    if names & _ASKING:
        return True
    partners = {_plain(one.name) for one in others if one is not speaker}
    return any(letter in partners for name in names for letter in _PAIRS.get(name, ""))


def answered(revision: Revision) -> list[Turn]:
    """Return the turns in which somebody answers: those of all speakers but who asks, without what precedes the talk.

    Where nobody is named, or nobody but who asks, every turn may be an answer.
    """
    asking = {one.name for one in revision.speakers if asks(one, revision.speakers)}
    kept = [turn for turn in revision.turns if turn.speaker is not None and turn.speaker not in asking]
    return kept or list(revision.turns)


def _plain(name: str) -> str:
    return _digits.sub("", name.strip().casefold())
