"""The cases of a REFI-QDA project: who holds which transcripts, and the values of variables as attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qcode.domain.parcel import ParcelCase
from qcode.interchange.refi_codings import CaseSpan, Codings
from qcode.interchange.refi_desk import Desk, Held, Namer, Place
from qcode.interchange.refi_sources import Readable
from qcode.interchange.refi_texts import read_entry
from qcode.interchange.refi_values import RawCase, folded

__all__ = ["read_cases"]

Values = Sequence[tuple[str, str | None]]


@dataclass(slots=True)
class _Case:
    """A case in the making."""

    id: str
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    transcripts: dict[str, None] = field(default_factory=dict)


def read_cases(desk: Desk, readable: Sequence[Readable], codings: Codings) -> tuple[ParcelCase, ...]:
    """Return the cases; enter what a case cannot hold: parts of transcripts, second cases of one, codes."""
    variables = _variables(desk)
    files = _files(desk, readable)
    holder: dict[str, _Case] = {}
    found: list[_Case] = []
    by_guid: dict[str, _Case] = {}
    for raw in desk.raw.cases:
        case = _case(desk, raw, found)
        by_guid.setdefault(raw.guid, case)
        held = _sources(desk, raw, files)
        held += _selected(desk, raw, codings, case)
        for one in held:
            _take(desk, case, one, holder)
        if not raw.name and held:
            case.name = held[0].name
        _take_values(desk, case, raw.values, variables)
        desk.lose("references from cases to codes", len(raw.codes), case.name, "a case holds whole transcripts")
    _coded_cases(desk, codings.cases, by_guid, holder)
    _values_of_sources(desk, variables, found, holder)
    _tell_values(desk, found, variables)
    _distinct(found)
    return tuple(
        ParcelCase(case.id, case.name, tuple(case.attributes.items()), tuple(case.transcripts)) for case in found
    )


def _case(desk: Desk, raw: RawCase, found: list[_Case]) -> _Case:
    identity = desk.ids.anew("case", raw.guid or f"without one: {raw.name} {len(found) + 1}")
    case = _Case(identity, raw.name or f"case {len(found) + 1}")
    found.append(case)
    place = Place("case", identity)
    desk.stands(raw.guid, place)
    desk.refer(raw.notes, place)
    desk.remember(place, raw.comment)
    return case


def _variables(desk: Desk) -> dict[str, str]:
    """Return the names of the variables by GUID, each once."""
    names: dict[str, str] = {}
    namer = Namer()
    for one in desk.raw.variables:
        shown = namer.name(one.name or "variable")
        names.setdefault(one.guid, shown)
        desk.remember(Place("study", "", f"Variable {shown}: "), one.comment)
    return names


def _sources(desk: Desk, raw: RawCase, files: _Files) -> list[Held]:
    """Return the transcripts that a case points at: by GUID, by the name of their file, or by the same words."""
    found: dict[str, Held] = {}
    for guid in raw.sources:
        held = desk.sources.get(guid) or _by_file(desk, guid, files)
        if held:
            found.update((one.id, one) for one in held)
        elif guid in files.known:
            desk.lose("references from cases to sources that did not come in", 1, raw.name)
        else:
            desk.lose("references from cases to sources that are not in the file", 1, raw.name)
    return list(found.values())


def _by_file(desk: Desk, guid: str, files: _Files) -> list[Held]:
    held = list(desk.sources.get(files.stems.get(guid, ""), ()))
    stem = next((each for each in (guid, guid.replace("-", "")) if each in desk.archive.stems), None)
    if not held and stem is not None:
        text, _ = read_entry(desk.archive, desk.archive.stems[stem])
        same = files.texts.get(text.words.strip()) if text and text.words.strip() else None
        held = [same] if same else []
    if held:
        desk.counts["references from cases that name a file in place of a source, followed"] += 1
    return held


@dataclass(frozen=True, slots=True)
class _Files:
    """The GUIDs of all sources, those by the name of their files without ending, and the transcripts by their words."""

    known: frozenset[str]
    stems: Mapping[str, str]
    texts: Mapping[str, Held]


def _files(desk: Desk, readable: Sequence[Readable]) -> _Files:
    stems = {
        folded(re.split(r"[\\/]", path)[-1].rpartition(".")[0]): source.guid
        for source in desk.raw.sources
        for path in (source.plain, source.rich, source.path)
        if path
    }
    known = frozenset(one.guid for source in desk.raw.sources for one in (source, *source.parts))
    return _Files(known, stems, {held.text.words.strip(): held for _, held in readable})


def _selected(desk: Desk, raw: RawCase, codings: Codings, case: _Case) -> list[Held]:
    """Return the transcripts of which a case's selections are the whole."""
    found = []
    for guid in raw.selections:
        span = codings.selections.get(guid)
        if span is not None and _whole(span):
            found.append(span.transcript)
        else:
            desk.lose("passages of cases", 1, case.name, "a case holds whole transcripts")
    return found


def _whole(span: CaseSpan) -> bool:
    words = span.transcript.text.words
    return not (words[: span.start].strip() or words[span.end :].strip())


def _take(desk: Desk, case: _Case, held: Held, holder: dict[str, _Case]) -> None:
    first = holder.setdefault(held.id, case)
    if first is not case:
        why = "a transcript has one case, which is another one"
        desk.lose("transcripts that belong to a second case", 1, case.name, why)
    else:
        case.transcripts[held.id] = None


def _coded_cases(desk: Desk, spans: Sequence[CaseSpan], cases: Mapping[str, _Case], holder: dict[str, _Case]) -> None:
    """Give transcripts to the cases that they are coded to, those that are coded from end to end first."""
    whole = [span for span in spans if _whole(span)]
    whole.sort(key=lambda span: span.end - span.start < len(span.transcript.text.words))
    for span in whole:
        _take(desk, cases[span.case], span.transcript, holder)
    for span in spans:
        if not _whole(span):
            where = f"{span.transcript.name}: {cases[span.case].name}"
            desk.lose("passages coded to a case", 1, where, "a case holds whole transcripts")


def _take_values(desk: Desk, case: _Case, values: Values, variables: Mapping[str, str]) -> None:
    for guid, value in values:
        if guid not in variables:
            desk.lose("values of variables that are not in the file", 1, case.name)
        elif value is not None and case.attributes.setdefault(variables[guid], value) != value:
            desk.lose("second values of a variable", 1, f"{case.name}: {variables[guid]}", "the first one stays")


def _values_of_sources(
    desk: Desk,
    variables: Mapping[str, str],
    found: list[_Case],
    holder: dict[str, _Case],
) -> None:
    """Give the values that stand on sources to their cases: the one that holds it, one of its name, or a new one."""
    named: dict[str, list[_Case]] = {}
    for one in found:
        named.setdefault(one.name.casefold(), []).append(one)
    for source in desk.raw.sources:
        held = desk.sources.get(source.guid)
        if not any(value is not None for _, value in source.values):
            continue
        if not held:
            desk.lose(
                "values of variables",
                sum(value is not None for _, value in source.values),
                source.name,
                "their source did not come in",
            )
            continue
        case = holder.get(held[0].id) or _named_alike(held[0], named)
        if case is None:
            case = _Case(desk.ids.anew("case", f"of {held[0].id}"), held[0].name)
            found.append(case)
            desk.counts["cases made for sources that carry values of variables, named after them"] += 1
        if held[0].id not in holder:
            for each in held:
                _take(desk, case, each, holder)
        _take_values(desk, case, source.values, variables)


def _named_alike(held: Held, named: Mapping[str, Sequence[_Case]]) -> _Case | None:
    """Return the one case without transcripts that is called like a transcript."""
    same = [one for one in named.get(held.name.casefold(), ()) if not one.transcripts]
    return same[0] if len(same) == 1 else None


def _tell_values(desk: Desk, found: Sequence[_Case], variables: Mapping[str, str]) -> None:
    used = {name for case in found for name in case.attributes}
    unused = [name for name in variables.values() if name not in used]
    if unused:
        desk.remarks.append(f"variables without any value, left out: {len(unused)}")


def _distinct(found: Sequence[_Case]) -> None:
    namer = Namer()
    for case in found:
        case.name = namer.name(case.name)
