"""The subtitles of a VTT or SRT file: times, words and voices; a broken time is told, not fatal."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from qcode.importers.base import Notice

__all__ = ["Cue", "Cues", "parse_cues"]

CLOCK = r"(?:(\d{1,3})\s?:\s?)?(\d{1,2})\s?:\s?(\d{1,2})(?:\s?[.,:]\s?(\d{1,3}))?"
_arrow = re.compile(r"-{1,3}>")
_timing = re.compile(rf"\s*{CLOCK}\s*-{{1,2}}>\s*{CLOCK}(?:\s.*)?\Z")
_number = re.compile(r"\s*\d{1,7}\s*\Z")
_aside = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
_voice = re.compile(r"<v(?:\.[^\s<>]{0,80})?(?:\s([^<>]{0,200}))?>|</v>")
_tag = re.compile(
    r"</?(?:[bius]|c|lang|ruby|rt|font|strong|em)(?:[.\s][^<>]{0,200})?>|<\d{1,3}:[\d:.,]{2,12}>|\{\\[^{}]{0,200}\}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle, or the part of it that one voice speaks; `line` counts from 1."""

    text: str
    line: int
    seconds: float | None
    voice: str | None = None


@dataclass
class Cues:
    """The subtitles of a file; `voiced` says that the file names voices, `broken` counts times not read."""

    cues: list[Cue] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    voiced: bool = False
    timings: int = 0
    broken: list[int] = field(default_factory=list)


def parse_cues(text: str, *, vtt: bool) -> Cues:
    """Return the subtitles of a text, in the order in which they stand."""
    found, lines = Cues(), text.split("\n")
    arrows = [n for n, line in enumerate(lines) if _arrow.search(line) and _is_timing(lines, n)]
    stripped: Counter[str] = Counter()
    for place, at in enumerate(arrows):
        until = arrows[place + 1] if place + 1 < len(arrows) else len(lines)
        seconds = _seconds(lines[at])
        found.timings += 1
        if seconds is None:
            found.broken.append(at + 1)
        payload = _payload(lines, at + 1, until, last=until == len(lines), vtt=vtt)
        _take(found, payload, at + 1, seconds, stripped, vtt)
    if stripped:
        some = ", ".join(sorted(stripped)[:3])
        found.notices.append(Notice("", f"marks of form (such as {some}) were left out: {stripped.total()}"))
    if found.broken:
        shown = ", ".join(str(n) for n in found.broken[:10]) + (" and more" if len(found.broken) > 10 else "")
        where = f"line {shown}" if len(found.broken) == 1 else f"lines {shown}"
        found.notices.append(Notice(where, "the time could not be read; the words were kept without it"))
    return found


def _is_timing(lines: Sequence[str], at: int) -> bool:
    """Tell a line of times, even a broken one, from talk that holds an arrow."""
    line = lines[at]
    return _timing.match(line) is not None or (
        len(line) < 100
        and any(c.isdigit() for c in line)
        and (at == 0 or not lines[at - 1].strip() or _number.match(lines[at - 1]) is not None)
    )


def _seconds(line: str) -> float | None:
    match = _timing.match(line)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()[:4]
    if int(seconds) > 59 or (hours and int(minutes) > 59):
        return None
    return (
        int(hours or 0) * 3600
        + int(minutes) * 60
        + int(seconds)
        + (int(fraction) / 10 ** len(fraction) if fraction else 0.0)
    )


def _payload(lines: Sequence[str], start: int, until: int, *, last: bool, vtt: bool) -> list[str]:
    """Return the lines of words between two lines of times, without the next one's number or name."""
    chunk = list(lines[start:until])
    if (
        not last
        and chunk
        and (_number.match(chunk[-1]) or (vtt and len(chunk) > 1 and chunk[-1].strip() and not chunk[-2].strip()))
    ):
        chunk.pop()
    if vtt:
        chunk = _without_asides(chunk)
    return [line.strip() for line in chunk if line.strip()]


def _without_asides(chunk: list[str]) -> list[str]:
    """Drop blocks of notes and styles: they begin after an empty line and end at one."""
    kept, aside = [], False
    for number, line in enumerate(chunk):
        fresh = number > 0 and not chunk[number - 1].strip()
        aside = bool(_aside.match(line)) if fresh else aside and bool(line.strip())
        if not aside:
            kept.append(line)
    return kept


def _take(found: Cues, payload: list[str], line: int, seconds: float | None, stripped: Counter[str], vtt: bool) -> None:
    """Add one subtitle, cut where the voice changes."""
    whole, at, voice = " ".join(payload), 0, None
    for mark in _voice.finditer(whole):
        _add(found, whole[at : mark.start()], line, seconds, voice, stripped, vtt)
        voice = " ".join(html.unescape(mark[1] or "").split()) or None
        found.voiced = found.voiced or voice is not None
        at = mark.end()
    _add(found, whole[at:], line, seconds, voice, stripped, vtt)


def _add(
    found: Cues, words: str, line: int, seconds: float | None, voice: str | None, stripped: Counter[str], vtt: bool
) -> None:
    stripped.update("{…}" if tag[0] == "{" else "<time>" if tag[1].isdigit() else tag for tag in _tag.findall(words))
    words = _tag.sub("", words)
    words = " ".join((html.unescape(words) if vtt else words).split(" ")).strip()
    if words:
        found.cues.append(Cue(words.replace("\n", " "), line, seconds, voice))
