"""What may be a speaker's label: every start of a line that has the form of one, believed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qcode.text.fold import fold, shape, tidy
from qcode.text.layout import Layout
from qcode.text.times import Stamp, leading, seconds_of

__all__ = ["Candidate", "Line", "candidates_of", "key_of", "lines_of"]

WS = r"[^\S\n]"
MARK = r"\*\*\*|\*\*|__|\*|_"
LETTER = r"[^\W\d_]"
INNER = r"(?:[\w|\"“”«».'’ʼ`´‘·&/@+#№,\u0300-\u036f\u00ad-]|[^\S\n\t])"
LABEL = rf"{LETTER}{INNER}{{0,59}}?"
BRACKET = r"\([^()\n]{0,80}\)|（[^（）\n]{0,80}）|\\?\[[^\[\]\n]{0,80}\]"

_opening = re.compile(
    rf"[\ufeff\u200b-\u200f]?{WS}{{0,40}}(?:\d{{1,5}}(?:[.)]?(?:\t|[^\S\n]{{2}})|[.)][^\S\n]){WS}{{0,8}})?"
    rf"(?:(?P<heading>\#{{1,6}}){WS}{{1,4}}|>{WS}?|[-*•]{WS}{{1,3}})?(?P<mark>{MARK})?"
)
_after_time = re.compile(rf"(?:{MARK})?{WS}{{0,4}}(?:[-–—|]{WS}{{1,4}})?")
_named = re.compile(
    rf"(?P<label>{LABEL}){WS}{{0,3}}(?P<close>{MARK})?{WS}{{0,2}}(?P<bracket>{BRACKET})?(?P<close2>{MARK})?{WS}{{0,3}}"
    rf"(?P<colon>[:：﹕∶])(?![/\\]?/)(?P<close3>{MARK})?"
)
# A chat that Zoom saved: `10:02:11 From Ana Ruiz to Everyone:`
_sent = re.compile(
    rf"From{WS}{{1,4}}(?P<label>{LABEL}){WS}{{0,4}}(?P<bracket>{BRACKET})?"
    rf"(?:{WS}{{1,4}}[Tt]o{WS}{{1,4}}[^:\n]{{1,100}}?)?{WS}{{0,4}}(?P<colon>:)(?!//)"
)
_parted = re.compile(
    rf"(?P<label>{LABEL}){WS}{{0,3}}(?P<close>{MARK})?{WS}{{0,2}}(?P<bracket>{BRACKET})?(?P<close3>{MARK})?[^\S\n\t]{{0,3}}"
    rf"(?:(?P<tab>\t)|(?P<dash>(?<=\s)[-–—](?=\s|$)))"
)
_stopped = re.compile(
    rf"(?P<label>{LETTER}){WS}{{0,3}}(?P<close>{MARK})?{WS}{{0,2}}(?P<bracket>{BRACKET})?(?P<close3>{MARK})?{WS}{{0,3}}\.(?=\s)"
)
_boxed = re.compile(rf"\\?\[(?P<label>{LABEL})\\?\](?P<close>{MARK})?{WS}{{0,2}}(?P<colon>[:：])?(?P<close3>{MARK})?")
_bold = re.compile(rf"(?P<label>{LABEL})[:：]?(?P<close>\*\*\*|\*\*|__)(?={WS}{{1,4}}\S)")
_single = re.compile(
    rf"(?P<label>{LABEL}){WS}{{0,8}}(?:{MARK})?{WS}{{0,8}}(?P<bracket>{BRACKET})?{WS}{{0,8}}"
    rf"(?P<rest>[\[(<{{\\#]{{0,2}}\d{{1,3}}:[\d:.,–\\\])>}}#*_\s-]{{2,20}})?\Z"
)
_initial = re.compile(rf"{WS}{LETTER}\.\Z")
_mark = re.compile(MARK)
_blanks = re.compile(rf"(?:{WS}|[\u200b-\u200f\u2060\ufeff])*")
_hurdle = re.compile(r"[:：﹕∶\t\[]|[^\S\n][-–—][^\S\n]|\*\*|__|\A\s*[^\W\d_]\.\s|\A\s*#")
_named_key = re.compile(r"[^\W_]")
_codeword = re.compile(r"[A-ZА-ЯЁ]{1,3}\d{0,2}(?=[-–—]\s)")
HEAD = 200


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

    `family` is how it is set off: colon, heading, bold, bracket, tab, dash, alone, stop. `label` is
    without, `bracket` with what stands in brackets behind it. Words may begin at `words`. `dress`
    says what else marks it (b bold, h heading, t time). `mark` is an opening mark left unclosed.
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
    for line in lines[inside:]:
        if not line.blank:
            found.extend(_of_line(layout, line))
    return found


def _front_matter(text: str, lines: list[Line]) -> int:
    """Return how many lines a YAML head takes (`---` to `---`), 0 where there is none."""
    if not lines or text[lines[0].start : lines[0].end].rstrip() != "---":
        return 0
    for line in lines[1:200]:
        if text[line.start : line.end].rstrip() in ("---", "..."):
            return line.index + 1
    return 0


def _of_line(layout: Layout, line: Line) -> Iterator[Candidate]:
    text, end = layout.text, min(line.end, line.start + HEAD)
    heading, bold = line.start in layout.headings, layout.bold.get(line.start)
    short = line.end - line.start <= 90
    if not (short or heading or bold or _hurdle.search(text[line.start : end])):
        return
    opening = _opening.match(text, line.start, end)
    assert opening is not None  # every part of the pattern may be empty
    at, mark, stamp = opening.end(), opening["mark"] or "", leading(text, opening.end(), end)
    if stamp is not None:
        after = _after_time.match(text, stamp.end, end)
        at = after.end() if after else stamp.end
        if not mark and after and (opened := _mark.search(after[0])):
            mark = opened[0]
        inner = _mark.match(text, at, end) if not mark else None
        if inner:
            mark, at = inner[0], inner.end()
    dress = ("b" if mark in ("**", "__", "***") else "") + ("h" if opening["heading"] or heading else "")
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
    sent = _sent.match(text, here.at, here.end) if here.stamp is not None else None
    if sent:
        yield _candidate(here, "colon", sent)
        return
    named = _named.match(text, here.at, here.end)
    if named and not _sound(named, text, here):
        named = None
    if named:
        yield _candidate(here, "colon", named)
    if named is None or (here.bold is not None and here.bold < named.end("label")):
        yield from _by_type(here)
    parted = _parted.match(text, here.at, here.end)
    if parted:
        yield _candidate(here, "tab" if parted["tab"] else "dash", parted)
    stopped = _stopped.match(text, here.at, here.end)
    if stopped:
        yield _candidate(here, "stop", stopped)
    boxed = _boxed.match(text, here.at, here.end)
    if boxed:
        yield _candidate(here, "bracket", boxed)


def _by_type(here: _Place) -> Iterator[Candidate]:
    """Yield labels that only bold type sets off, and codes with a hyphen glued on (`R1- words`)."""
    text = here.layout.text
    bold = _bold.match(text, here.at, here.end) if here.mark in ("**", "__", "***") else None
    if bold:
        yield _candidate(here, "bold", bold)
    elif here.bold is not None and here.at < here.bold <= here.at + 42:
        label = text[here.at : here.bold].strip()
        if label and re.fullmatch(LABEL, label):
            behind = _time_behind(text, here.bold, here.line.end)
            words = _skip(text, behind.end, here.line.end) if behind else here.bold
            stamp = here.stamp or behind
            yield Candidate(here.line.index, "bold", tidy(label), None, here.at, words, stamp, here.dress)
    glued = _codeword.match(text, here.at, here.end)
    if glued:
        words = _skip(text, glued.end() + 1, here.line.end)
        yield Candidate(here.line.index, "dash", glued[0], None, here.at, words, here.stamp, here.dress, here.mark)


def _sound(named: re.Match[str], text: str, here: _Place) -> bool:
    """Tell what has the form of a label from verses, times, addresses and paths."""
    follows = text[named.end() : named.end() + 1]
    if named["label"][-1].isdigit() and follows.isdigit():
        return _time_behind(text, named.end("colon"), here.line.end) is not None
    return not (follows == "\\" and text[named.end() : named.end() + 2] != "\\[")


def _candidate(here: _Place, family: str, match: re.Match[str]) -> Candidate:
    text, words, stamp = here.layout.text, match.end(), here.stamp
    groups = match.groupdict()
    bracket = groups.get("bracket")
    if bracket and (inside := leading(bracket.replace("\\", ""), 0, len(bracket))):
        stamp = stamp or Stamp(match.start("bracket"), match.end("bracket"), inside.seconds)
        bracket = None
    words = _skip(text, words, here.line.end)
    behind = _time_behind(text, words, here.line.end) if family in ("colon", "bracket", "bold", "tab") else None
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
    """Return a time right behind a label; a bare one of two parts only where the line ends with it."""
    at = _skip(text, at, end)
    stamp = leading(text, at, end)
    if stamp is None or (stamp.weak and _skip(text, stamp.end, end) < end):
        return None
    return stamp


def _skip(text: str, at: int, end: int) -> int:
    match = _blanks.match(text, at, end)
    return match.end() if match else at


def _standing_alone(here: _Place) -> Iterator[Candidate]:
    """Yield labels that have a line for themselves, with a time before or behind or none."""
    text, line = here.layout.text, here.line
    match = _single.match(text, here.at, line.end)
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
    shortened = shape(label) in ("letter", "initials") or (stamp is not None and _initial.search(label) is not None)
    if not _named_key.search(label) or (label.endswith(".") and not shortened):
        return
    dress = here.dress + ("t" if stamp else "")
    family = "heading" if "h" in here.dress else "alone"
    yield Candidate(line.index, family, tidy(label), bracket, here.at, line.end, stamp, dress)
