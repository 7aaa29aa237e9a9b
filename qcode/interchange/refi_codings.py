"""The codings of a REFI-QDA project on the texts that came in, each placed by the rule that the project follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qcode.domain.parcel import ParcelCoding
from qcode.errors import Unreadable
from qcode.interchange.refi_codes import CodeTree
from qcode.interchange.refi_desk import Desk, Held, Place
from qcode.interchange.refi_rules import Mark, Rule, Scale, agrees, usable
from qcode.interchange.refi_sources import Readable
from qcode.interchange.refi_values import RawCoding, RawSelection, RawSource

__all__ = ["CaseSpan", "Codings", "marks_of", "read_codings"]

SHOWN = 5
MOST_QUOTED = 300_000_000
OUTSIDE = "the place is outside the text or inside a character"
CASES = "they are no thematic codings; they tell which transcripts a case has"
EMPTY = "the segment has no length"
TURNED = "the segment ends before it begins"


@dataclass(frozen=True, slots=True)
class CaseSpan:
    """A stretch of a transcript that is coded to a case."""

    case: str
    transcript: Held
    start: int
    end: int


@dataclass(slots=True)
class Codings:
    """The codings that came in and the stretches of cases; how many `agree` with words of their own in the file, and
    what the selections of the others are called, by the identity of the coding."""

    codings: list[ParcelCoding] = field(default_factory=list)
    cases: list[CaseSpan] = field(default_factory=list)
    agree: int = 0
    titles: dict[str, str] = field(default_factory=dict)
    characters: int = 0
    selections: dict[str, CaseSpan] = field(default_factory=dict)


@dataclass(slots=True)
class _Here:
    """Where a reader stands: a transcript, its points in time, and the raw places that lost their codings."""

    held: Held
    syncs: Mapping[str, str]
    scale: Scale
    lost: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def lose(self, what: str, why: str, selection: RawSelection, n: int) -> None:
        self.lost.setdefault((what, why), []).extend([f"{_shown(selection.begin)}-{_shown(selection.end)}"] * n)


def _shown(number: str) -> str:
    return number.strip()[:12] or "?"


def _syncs(source: RawSource) -> Mapping[str, str]:
    return {guid: position for guid, position, _ in source.syncs if guid}


def _numbers(selection: RawSelection, syncs: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the positions as the file has them, None where they are none."""
    begin, end = selection.begin.strip(), selection.end.strip()
    if selection.kind == "TranscriptSelection":
        begin, end = (syncs.get(each.strip("{} ").lower(), "") for each in (begin, end))
    try:
        return (int(begin), int(end)) if len(begin) < 20 and len(end) < 20 else None
    except ValueError:
        return None


def marks_of(readable: Iterable[Readable]) -> list[Mark]:
    """Return the selections that the rule of a project's positions is measured by."""
    marks = []
    for source, held in readable:
        syncs = _syncs(source)
        for one in source.selections:
            numbers = _numbers(one, syncs)
            if numbers is not None:
                marks.append(Mark(held.text, *numbers, usable(one.name)))
        if not source.selections:
            moments = (position.strip() for position in syncs.values())
            marks += [
                Mark(held.text, int(each), int(each), "") for each in moments if each.isdecimal() and len(each) < 20
            ]
    return marks


def read_codings(desk: Desk, readable: Sequence[Readable], tree: CodeTree, rule: Rule) -> Codings:
    """Return the codings of all texts; enter those that have no place or no code."""
    found = Codings()
    linked = {guid for link in desk.raw.links for guid in (link.origin, link.target)}
    for source, held in readable:
        here = _Here(held, _syncs(source), Scale(held.text, rule))
        for selection in source.selections:
            _selection(desk, selection, here, tree, linked, found)
        whole = RawSelection("whole", "", "", "0", "", "", "", "", tuple(source.codings), ())
        if source.codings:
            desk.counts["codings of a whole source, put on the whole text"] += len(source.codings)
            _coded(desk, whole, (0, len(held.text.words)), here, tree, found)
        for (what, why), places in here.lost.items():
            more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
            desk.lose(what, len(places), f"{held.name}: {', '.join(places[:SHOWN])}{more}", why)
    if found.titles and not found.agree:
        _entitle(desk, found)
    return found


def _entitle(desk: Desk, found: Codings) -> None:
    """Put the names of selections into the memos of their codings: where none is its words, they are titles."""
    desk.counts["codings of selections with a title, which stands in their memo"] += len(found.titles)
    found.codings = [
        replace(one, memo="\n\n".join(part for part in (found.titles[one.id], one.memo) if part))
        if one.id in found.titles
        else one
        for one in found.codings
    ]
    found.titles = {}


def _selection(
    desk: Desk,
    selection: RawSelection,
    here: _Here,
    tree: CodeTree,
    linked: set[str],
    found: Codings,
) -> None:
    numbers, text = _numbers(selection, here.syncs), here.held.text
    start = None if numbers is None else here.scale.place(numbers[0])
    end = None if numbers is None else here.scale.place(numbers[1], ending=True)
    if start is None or end is None or start > end or (start == end and selection.codings):
        why = OUTSIDE if start is None or end is None else EMPTY if start == end else TURNED
        _without_place(desk, selection, here, why)
        return
    name = usable(selection.name)
    agreeing = bool(name) and agrees(name, text.words, start, end)
    if selection.guid:
        found.selections[selection.guid] = CaseSpan("", here.held, start, end)
    if selection.codings:
        before = len(found.codings)
        _coded(desk, selection, (start, end), here, tree, found)
        if agreeing:
            found.agree += len(found.codings) - before
        elif name:
            found.titles.update((one.id, name) for one in found.codings[before:])
    else:
        place = Place("transcript", here.held.id, f"[{start}-{end}] ")
        _uncoded(desk, selection, place, text.words[start:end], linked)


def _without_place(desk: Desk, selection: RawSelection, here: _Here, why: str) -> None:
    """Enter the codings of a selection as lost; what was written about it stays with the transcript."""
    mark = f"[{_shown(selection.begin)}-{_shown(selection.end)} in the file] "
    place = Place("transcript", here.held.id, mark)
    if selection.codings:
        what = "codings of segments without length" if why == EMPTY else "codings"
        here.lose(what, why, selection, len(selection.codings))
    else:
        here.lose("selections without a code", why, selection, 1)
    desk.stands(selection.guid, place)
    desk.refer(selection.notes, place)
    for coding in selection.codings:
        desk.refer(coding.notes, place)
    desk.remember(place, selection.comment)


def _uncoded(desk: Desk, selection: RawSelection, place: Place, quote: str, linked: set[str]) -> None:
    """Make a memo of a selection without a code: what was written about it, else its words."""
    desk.counts["selections without a code, kept as memos on their transcript"] += 1
    desk.stands(selection.guid, place)
    desk.refer(selection.notes, place)
    if selection.comment.strip():
        said = selection.comment
    elif selection.notes or (selection.guid and selection.guid in linked):
        return
    else:
        said = quote
    desk.remember(place, said, coder=desk.coder(selection.user), at=desk.moment(selection.date))


def _coded(
    desk: Desk, selection: RawSelection, span: tuple[int, int], here: _Here, tree: CodeTree, found: Codings
) -> None:
    start, end = span
    if start == end:
        _without_place(desk, selection, here, EMPTY)
        return
    places: list[Place] = []
    for coding in selection.codings:
        mine: list[Place] = []
        for code in coding.codes:
            if code in tree.cases:
                desk.lose("codings to cases", 1, "", CASES)
                found.cases.append(CaseSpan(code, here.held, start, end))
            elif code not in tree.by_guid:
                here.lose("codings", "their code is not in the file", selection, 1)
            else:
                one = _coding(desk, coding, selection, here.held, span, tree.by_guid[code], found)
                found.codings.append(one)
                mine.append(Place("coding", one.id))
        if not coding.codes:
            here.lose("codings", "they name no code", selection, 1)
        for place in mine:
            desk.stands(coding.guid, place)
        desk.refer(coding.notes, *(mine or (Place("transcript", here.held.id, f"[{start}-{end}] "),)))
        places += mine
    kept = places or [Place("transcript", here.held.id, f"[{start}-{end}] ")]
    for place in kept:
        desk.stands(selection.guid, place)
    desk.refer(selection.notes, *kept)
    if not places:
        desk.remember(kept[0], selection.comment)


def _coding(
    desk: Desk, coding: RawCoding, selection: RawSelection, held: Held, span: tuple[int, int], code: str, found: Codings
) -> ParcelCoding:
    start, end = span
    found.characters += (end - start) * (end - start < len(held.text.words))
    if found.characters > MOST_QUOTED:
        raise Unreadable("the codings quote far more text than a project can hold")
    return ParcelCoding(
        id=desk.ids.anew("coding", coding.guid or f"{selection.guid}:{held.id}:{start}-{end}:{code}"),
        transcript=held.id,
        start=start,
        end=end,
        quote=held.text.words[start:end],
        code=code,
        coder=desk.coder(coding.user, selection.user),
        created_at=desk.moment(coding.date, selection.date),
        memo=selection.comment,
    )
