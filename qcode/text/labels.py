"""What may be a speaker's label: every start of a line that has the form of one, believed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qcode.text import label_forms as forms
from qcode.text.fold import fold, shape, tidy
from qcode.text.layout import Layout
from qcode.text.openings import openings
from qcode.text.times import Stamp, leading, seconds_of
from qcode.text.wordlists import is_head_row, is_role

__all__ = ["Candidate", "Line", "candidates_of", "key_of", "lines_of"]

HEAD = 200
OPENING = frozenset('[\\(<«“„"')


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, its end without the line break; `index` counts from 0."""

    index: int
    start: int
    end: int
    blank: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """The start of a line that has the form of a label.

    `family` is how it is set off: colon, heading, bold, bracket, tab, dash, alone, stop, blanks, clock
    (by a time behind it), embraced (in round or pointed brackets). `label` is without, `bracket` with
    what stands in brackets behind it. Words may begin at `words`. `dress` says what else marks it
    (b bold, h heading, t time, q quoted). `mark` is an opening mark left unclosed.
    """

    line: int
    family: str
    label: str
    bracket: str | None
    start: int
    words: int
    stamp: Stamp | None = None
    dress: str = ""
    mark: str = ""

    @property
    def form(self) -> str:
        """Return the shape of the label, with its dress."""
        return shape(self.label) + self.dress


def key_of(candidate: Candidate) -> str:
    """Return what the spellings of one label have in common."""
    return fold(candidate.label)


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text, with their positions."""
    lines, start = [], 0
    for index, line in enumerate(text.split("\n")):
        lines.append(Line(index, start, start + len(line), not line.strip()))
        start += len(line) + 1
    return lines


def candidates_of(layout: Layout, lines: list[Line]) -> list[Candidate]:
    """Return every candidate, in order; a line may give several, of different families."""
    found: list[Candidate] = []
    inside = _front_matter(layout.text, lines)
    filled = [line for line in lines[inside:] if not line.blank]
    begins = openings([layout.text[line.start : line.start + 40] for line in filled])
    for line in filled:
        found.extend(_of_line(layout, line, begins))
    return found


def _front_matter(text: str, lines: list[Line]) -> int:
    """Return how many lines a YAML head takes (`---` to `---`), 0 where there is none."""
    if not lines or text[lines[0].start : lines[0].end].rstrip() != "---":
        return 0
    for line in lines[1:200]:
        if text[line.start : line.end].rstrip() in ("---", "..."):
            return line.index + 1
    return 0


def _of_line(layout: Layout, line: Line, begins: re.Pattern[str]) -> Iterator[Candidate]:
    text, end = layout.text, min(line.end, line.start + HEAD)
    heading, bold = line.start in layout.headings, layout.bold.get(line.start)
    short = line.end - line.start <= 90
    if not (short or heading or bold or forms.START.match(text, line.start, end)) and not forms.HURDLE.search(
        text, line.start, end
    ):
        return
    if short and is_head_row(text[line.start : line.end]):
        return
    opening = begins.match(text, line.start, end)
    assert opening is not None  # every part of the pattern may be empty
    at, mark, stamp = opening.end(), opening["mark"] or "", leading(text, opening.end(), end)
    if stamp is not None:
        after = forms.AFTER_TIME.match(text, stamp.end, end)
        at = after.end() if after else stamp.end
        if not mark and after and (opened := forms.OPENED.search(after[0])):
            mark = opened[0]
        inner = forms.OPENED.match(text, at, end) if not mark else None
        if inner:
            mark, at = inner[0], inner.end()
    dress = ("b" if mark in ("**", "__", "***") else "") + ("h" if opening["heading"] or heading else "")
    dress += ("q" if opening["quoted"] else "") + ("t" if opening["dated"] and stamp is None else "")
    here = _Place(layout, line, at, end, mark, stamp, dress, bold)
    yield from _set_off(here)
    if short:
        yield from _standing_alone(here)


@dataclass(frozen=True, slots=True)
class _Place:
    layout: Layout
    line: Line
    at: int
    end: int
    mark: str
    stamp: Stamp | None
    dress: str
    bold: int | None


def _set_off(here: _Place) -> Iterator[Candidate]:
    """Yield labels that a colon, tab, dash, full stop, bracket or bold type sets off from the words."""
    text = here.layout.text
    sent = forms.SENT.match(text, here.at, here.end) if here.stamp is not None else None
    if sent:
        yield _candidate(here, "colon", sent)
        return
    colon = forms.COLON.search(text, here.at, here.end)
    parter = forms.PARTER.search(text, here.at, here.end)
    named = forms.NAMED.match(text, here.at, here.end) if colon else None
    if named and not _sound(named, text, here):
        named = None
    if named:
        yield _candidate(here, "colon", named)
    if named is None or (here.bold is not None and here.bold < named.end("label")):
        yield from _by_type(here)
    parted = forms.PARTED.match(text, here.at, here.end) if parter else None
    if parted:
        yield _candidate(here, "tab" if parted["tab"] else "dash", parted)
    stopped = forms.STOPPED.match(text, here.at, here.end)
    if stopped:
        yield _candidate(here, "stop", stopped)
    yield from _enclosed(here)
    clocked = forms.CLOCKED.match(text, here.at, here.end) if colon and not (named and here.stamp) else None
    if clocked and (named is None or clocked.end() < named.end("colon")):
        yield _candidate(here, "clock", clocked)
    wide = None if parted else forms.WIDE.search(text, here.at, named.end() if named else here.end)
    spaced = forms.SPACED.match(text, here.at, here.end) if wide else None
    if spaced and named and spaced.end("label") >= named.end("label"):
        spaced = None
    if spaced and (spaced["label"][-1] not in ".,;" or shape(spaced["label"]) in ("letter", "initials")):
        yield _candidate(here, "blanks", spaced)
    if named is None and parted is None and (here.stamp or parter):
        yield from _loosely(here)


def _enclosed(here: _Place) -> Iterator[Candidate]:
    """Yield labels in brackets or quotes, and short ones with a closing bracket behind them."""
    text = here.layout.text
    if text[here.at : here.at + 1] not in OPENING:
        half = forms.HALF_EMBRACED.match(text, here.at, here.end)
        if half and _is_brief(half["label"]):
            yield _candidate(here, "embraced", half)
        return
    boxed = forms.BOXED.match(text, here.at, here.end)
    if boxed:
        yield _candidate(here, "bracket", boxed)
    embraced = forms.EMBRACED.match(text, here.at, here.end)
    if embraced and _is_brief(embraced["label"]):
        yield _candidate(here, "embraced", embraced)
    quoted = forms.QUOTED.match(text, here.at, here.end)
    if quoted and (quoted["quote"] != '"' or not forms.VALUE.match(text, quoted.end())):
        yield _candidate(here, "colon", quoted)


def _loosely(here: _Place) -> Iterator[Candidate]:
    """Yield labels set off by a time before them alone, or by a dash with a blank on its one side only."""
    text = here.layout.text
    timed = forms.TIMED.match(text, here.at, here.end) if here.stamp is not None else None
    if timed and (" " not in tidy(timed["label"]) or is_role(timed["label"])):
        yield _candidate(here, "clock", timed)
    dashed = forms.DASHED.match(text, here.at, here.end)
    if dashed and _is_brief(dashed["label"]):
        yield _candidate(here, "dash", dashed)


def _is_brief(label: str) -> bool:
    """Tell whether a label is a letter, initials, a code or a role: what words of talk are not."""
    return shape(label) in ("letter", "initials", "code") or is_role(label)


def _by_type(here: _Place) -> Iterator[Candidate]:
    """Yield labels that only bold type sets off, and codes with a hyphen glued on (`R1- words`)."""
    text = here.layout.text
    bold = forms.BOLD.match(text, here.at, here.end) if here.mark in ("**", "__", "***") else None
    if bold:
        yield _candidate(here, "bold", bold)
    elif here.bold is not None and here.at < here.bold <= here.at + 42:
        label = text[here.at : here.bold].strip()
        if label and re.fullmatch(forms.LABEL, label):
            behind = _time_behind(text, here.bold, here.line.end)
            words = _skip(text, behind.end, here.line.end) if behind else here.bold
            stamp = here.stamp or behind
            yield Candidate(here.line.index, "bold", tidy(label), None, here.at, words, stamp, here.dress)
    glued = forms.CODEWORD.match(text, here.at, here.end)
    if glued:
        words = _skip(text, glued.end() + 1, here.line.end)
        yield Candidate(here.line.index, "dash", glued[0], None, here.at, words, here.stamp, here.dress, here.mark)


def _sound(named: re.Match[str], text: str, here: _Place) -> bool:
    """Tell what has the form of a label from verses, times, addresses and paths."""
    follows = text[named.end() : named.end() + 1]
    hours = forms.SPLIT_CLOCK.search(named["label"])
    if hours and follows.isdigit() and forms.HOUR.match(text, named.start("label") + hours.start(1), here.line.end):
        return False
    if named["label"][-1].isdigit() and follows.isdigit():
        return _time_behind(text, named.end("colon"), here.line.end) is not None
    return not (follows == "\\" and text[named.end() : named.end() + 2] != "\\[")


def _candidate(here: _Place, family: str, match: re.Match[str]) -> Candidate:
    text, words, stamp = here.layout.text, match.end(), here.stamp
    groups = match.groupdict()
    bracket = groups.get("bracket")
    for name in ("bracket", "when"):
        written = groups.get(name)
        if written and (inside := leading(written.replace("\\", ""), 0, len(written))):
            stamp = stamp or Stamp(match.start(name), match.end(name), inside.seconds)
            bracket = None if name == "bracket" else bracket
    words = _skip(text, words, here.line.end)
    behind = (
        _time_behind(text, words, here.line.end) if family in ("colon", "bracket", "bold", "tab", "blanks") else None
    )
    if behind:
        stamp = stamp or behind
        words = _skip(text, behind.end, here.line.end)
    dress = here.dress + ("t" if here.stamp is not None else "")
    label = tidy(groups["label"].strip(" ,_*"))
    mark = "" if any(groups.get(close) for close in ("close", "close2", "close3")) else here.mark
    return Candidate(
        here.line.index, family, label, tidy(bracket) if bracket else None, here.at, words, stamp, dress, mark
    )


def _time_behind(text: str, at: int, end: int) -> Stamp | None:
    """Return a time right behind a label; a bare one of two parts only where the line or cell ends with it."""
    at = _skip(text, at, end)
    stamp = leading(text, at, end)
    if stamp is None or (stamp.weak and _skip(text, stamp.end, end) < end and text[stamp.end] != "\t"):
        return None
    return stamp


def _skip(text: str, at: int, end: int) -> int:
    match = forms.BLANKS.match(text, at, end)
    return match.end() if match else at


def _standing_alone(here: _Place) -> Iterator[Candidate]:
    """Yield labels that have a line for themselves, with a time before or behind or none."""
    text, line = here.layout.text, here.line
    match = forms.SINGLE.match(text, here.at, line.end)
    if match is None:
        return
    rest, bracket, stamp = (match["rest"] or "").strip().rstrip("*_").strip(), match["bracket"], here.stamp
    if rest:
        behind = leading(rest, 0, len(rest))
        if behind is None or behind.end != len(rest) or stamp:
            return
        stamp = Stamp(match.start("rest"), line.end, seconds_of(rest))
    if bracket and (inside := leading(bracket.replace("\\", ""), 0, len(bracket))):
        stamp, bracket = stamp or Stamp(match.start("bracket"), line.end, inside.seconds), None
    label = match["label"].strip(" ,_*")
    form = shape(label)
    named = stamp is not None or form == "titles"
    shortened = form in ("letter", "initials") or (named and forms.INITIAL.search(label) is not None)
    if not forms.NAMED_KEY.search(label) or (label.endswith(".") and not shortened):
        return
    dress = here.dress + ("t" if stamp else "")
    family = "heading" if "h" in here.dress else "alone"
    yield Candidate(line.index, family, tidy(label), bracket, here.at, line.end, stamp, dress)
