"""REFI-QDA in: the door to projects (.qdpx) and codebooks (.qdc) of other programs."""

from __future__ import annotations

from pathlib import PurePath

from qcode.domain.codebook import CodebookVersion
from qcode.domain.coding import Coder
from qcode.domain.ledger import Positions
from qcode.domain.parcel import Parcel, ParcelTranscript
from qcode.domain.transcript import TimeMark
from qcode.errors import Unreadable
from qcode.interchange.refi_archive import is_web_page, open_archive
from qcode.interchange.refi_cases import read_cases
from qcode.interchange.refi_codes import CodeTree, codes_of, made_codable, title_of, version_of
from qcode.interchange.refi_codings import marks_of, read_codings
from qcode.interchange.refi_desk import Desk, Held, Namer, Place
from qcode.interchange.refi_edited import told_of_edited
from qcode.interchange.refi_guids import Identities
from qcode.interchange.refi_history import versions_of
from qcode.interchange.refi_memos import codebook_note, read_notes, read_sets, with_own_memos
from qcode.interchange.refi_rules import Rule, Scale, find_rule
from qcode.interchange.refi_sources import Readable, read_sources
from qcode.interchange.refi_values import RawProject, folded
from qcode.interchange.refi_xml import read_xml

__all__ = ["read", "read_codebook", "read_codebook_with_remarks"]

FLEETING = ("qualcoder", "atlas.ti")
"""Programs that give new identities at each export."""

CODEBOOK_LIMIT = 60_000_000
DOUBTFUL = 0.9


def read(data: bytes, name: str, *, rule: str | None = None) -> Parcel:
    """Return the project in a .qdpx, with a ledger of what was left out.

    `rule` says how its positions count where the measurement is to be overruled: `codepoints` or `utf16`, `crlf1` or
    `crlf2`, `bom` or `nobom`, or several of them with commas. Raises Unreadable, and BadValue for a rule that is none.
    """
    desk, tree, title = _opened(data, name)
    raw, note = desk.raw, codebook_note(desk)
    readable = read_sources(desk)
    found_rule, positions = find_rule(marks_of(readable), raw.origin, rule)
    codings = read_codings(desk, readable, tree, found_rule)
    cases = read_cases(desk, readable, codings)
    _of_codes(desk, tree)
    desk.remember(Place("study", ""), raw.comment)
    desk.refer(raw.references, Place("study", ""))
    read_notes(desk, {held.id: held for _, held in readable}, found_rule)
    read_sets(desk)
    coded = {one.code for one in codings.codings}
    codes = made_codable(tree.codes, coded, desk.remarks)
    versions = versions_of(desk, title, codes, note[1] if note else None)
    kept, memos = with_own_memos(codings.codings, desk.memos)
    coders = _coders(desk)
    desk.remarks += told_of_edited(readable, kept)
    for element, n in raw.unknown.items():
        desk.lose(f"elements called {element[:40]}", n, "", "the standard does not have them")
    return Parcel(
        name=title,
        origin=raw.origin,
        id=note[0] if note else "",
        stable=not raw.origin.casefold().startswith(FLEETING),
        coders=coders,
        versions=versions,
        transcripts=_transcripts(desk, readable, found_rule),
        codings=kept,
        cases=cases,
        memos=memos,
        positions=positions,
        quotes_agree=codings.agree if codings.agree else None,
        remarks=_remarks(desk, len(codings.titles), positions),
        lost=desk.lost(),
    )


def _opened(data: bytes, name: str) -> tuple[Desk, CodeTree, str]:
    """Return the desk with what names things: the codes, the coders and the title."""
    archive = open_archive(data)
    raw = read_xml(archive.project_xml(), "Project", archive.project)
    title = _title(raw, name)
    desk = Desk(raw, archive, Identities(raw.name or title), [*raw.remarks, *archive.remarks])
    desk.lose("codings", raw.stray_codings(), "", "they stand where the standard has none")
    tree = codes_of(raw.codes, {case.guid for case in raw.cases if case.guid}, desk.ids, desk.remarks)
    for user in raw.users:
        if user.guid:
            desk.users.setdefault(user.guid, desk.ids.of("coder", user.guid))
    for words, users in _called(raw).items():
        if len(users) == 1:
            desk.users.setdefault(words, desk.users[users.pop()])
    return desk, tree, title


def _called(raw: RawProject) -> dict[str, set[str]]:
    """Return the users by what they are called: scripts name them so where their GUID belongs."""
    found: dict[str, set[str]] = {}
    for user in raw.users:
        for words in (user.name, user.short):
            if user.guid and words:
                found.setdefault(folded(words), set()).add(user.guid)
    return found


def read_codebook(data: bytes, name: str) -> CodebookVersion:
    """Return the codebook in a .qdc. Raises Unreadable."""
    return read_codebook_with_remarks(data, name)[0]


def read_codebook_with_remarks(data: bytes, name: str) -> tuple[CodebookVersion, tuple[str, ...]]:
    """Return the codebook in a .qdc, and what was decided about it; its sets stand in the note. Raises Unreadable."""
    if len(data) > CODEBOOK_LIMIT:
        raise Unreadable("the file is far larger than a codebook", where=name)
    if data.startswith(b"PK"):
        raise Unreadable("the file is called .qdc and is an archive", where=name, mend="import a project as .qdpx")
    if is_web_page(data):
        mend = "export the codebook again as .qdc"
        raise Unreadable("the file is called .qdc and is a web page", where=name, mend=mend)
    raw = read_xml(data, "CodeBook", name)
    title = _title(raw, name)
    remarks = list(raw.remarks)
    tree = codes_of(raw.codes, (), Identities(title), remarks)
    if not tree.codes:
        raise Unreadable("the file holds no codes", where=name)
    names = {code.guid: code.name for code in raw.codes}
    sets = [
        f"Set {one.name}: {', '.join(names.get(guid) or 'a code that is not in the file' for guid in one.codes)}"
        + (f" ({one.comment})" if one.comment else "")
        for one in raw.sets
    ]
    if sets:
        remarks.append(f"sets of codes, kept in the note of the codebook: {len(sets)}")
    remarks += [
        f"elements called {element[:40]} that the standard does not have: {n}" for element, n in raw.unknown.items()
    ]
    return version_of(title, tree.codes, "\n".join(sets)), tuple(remarks)


def _title(raw: RawProject, name: str) -> str:
    title = title_of(raw.name)
    return title if title.casefold() not in ("", "project") else title_of(PurePath(name).name) or "project"


def _coders(desk: Desk) -> tuple[Coder, ...]:
    """Return who coded or wrote, each by a name of its own; the others are counted."""
    found: dict[str, Coder] = {}
    namer, unused = Namer(), 0
    for number, user in enumerate(desk.raw.users, 1):
        identity = desk.users.get(user.guid)
        if identity is None or identity not in desk.named:
            unused += 1
            continue
        if identity not in found:
            found[identity] = Coder(identity, namer.name(user.name or user.short or f"coder {number}"))
    if unused:
        desk.remarks.append(f"users who neither coded nor wrote, left out: {unused}")
    return tuple(found.values())


def _of_codes(desk: Desk, tree: CodeTree) -> None:
    """Enter what is said about codes beside their definitions; a case that stood among them keeps it as memos."""
    for raw, code in zip(tree.raw, tree.codes, strict=True):
        place = Place("code", code.id)
        desk.stands(raw.guid, place)
        desk.refer(raw.notes, place)
        for words in raw.memos:
            desk.remember(place, words)
    for raw in desk.raw.codes:
        if raw.guid in tree.cases:
            places = tuple(place for place in desk.places.get(raw.guid, ()) if place.about == "case")[:1]
            desk.refer(raw.notes, *places)
            for words in (raw.definition, *raw.memos):
                desk.remember(places[0], words)
    if tree.cases:
        inside = sum(raw.guid in tree.cases for raw in desk.raw.codes)
        desk.remarks.append(f"cases that stood among the codes too, taken as cases alone: {inside}")


def _transcripts(desk: Desk, readable: list[Readable], rule: Rule) -> tuple[ParcelTranscript, ...]:
    """Return the transcripts; one that came by two ways has the points in time of both."""
    syncs: dict[str, list[tuple[str, str, str]]] = {}
    for source, held in readable:
        syncs.setdefault(held.id, []).extend(source.syncs)
    found: dict[str, ParcelTranscript] = {}
    for source, held in readable:
        if held.id not in found:
            times = _times(desk, held, syncs[held.id], rule)
            at = desk.moment(source.date)
            found[held.id] = ParcelTranscript(held.id, held.name, held.text.words, None, at, times)
    return tuple(found.values())


def _times(desk: Desk, held: Held, syncs: list[tuple[str, str, str]], rule: Rule) -> tuple[TimeMark, ...]:
    """Return the points in time of a transcript in order of place."""
    found, scale = [], Scale(held.text, rule)
    for _, position, moment in syncs:
        place, at = position.strip(), moment.strip()
        if not (place.isdecimal() and at.isdecimal() and len(place) < 16 and len(at) < 16):
            desk.lose("points in time", 1, held.name, "they name no place or no time")
        elif (here := scale.place(int(place))) is None:
            desk.lose("points in time", 1, held.name, "their place is outside the text or inside a character")
        else:
            found.append(TimeMark(here, int(at) / 1000))
    return tuple(sorted(found, key=lambda mark: (mark.position, mark.seconds)))


def _remarks(desk: Desk, differing: int, positions: Positions | None) -> tuple[str, ...]:
    told = [f"{what}: {n}" for what, n in desk.counts.items() if n]
    if positions is not None and positions.score < DOUBTFUL:
        told.append("many selections disagree with the text at their place or part a word; look at some of them")
    if differing:
        told.append(f"codings whose own words in the file differ from those at their place: {differing}")
    if desk.raw.origin.casefold().startswith("nvivo"):
        told.append("NVivo itself leaves datasets out of such files, and makes memos of annotations on other media")
    return (*desk.remarks, *told)
