"""The sources of a REFI-QDA project: texts become transcripts, what cannot be read is counted with its codings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from qcode.interchange.refi_desk import Desk, Held, Place
from qcode.interchange.refi_texts import read_text
from qcode.interchange.refi_values import RawSource

__all__ = ["Readable", "read_sources"]

Readable = tuple[RawSource, Held]
"""A text that came in, and what the file says about it."""

SOUND = (".mp3", ".wav", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wma", ".aif", ".aiff", ".amr")
KINDS = {
    "PictureSource": ("pictures", "picture selections"),
    "PDFSource": ("PDF files (their text came in where the file carries it)", "areas of PDF pages"),
    "AudioSource": ("sound recordings", "sound selections"),
    "VideoSource": ("video recordings", "video selections"),
}
WHY = "qcode holds texts alone"


def read_sources(desk: Desk) -> list[Readable]:
    """Return the texts of all sources; enter what does not come in."""
    found: list[Readable] = []
    for source in desk.raw.sources:
        texts = [one for part in _texts(source) if (one := _readable(desk, part, source)) is not None]
        found += texts
        held = [each for _, each in texts]
        if source.guid and held:
            desk.sources.setdefault(source.guid, held)
        places = [Place("transcript", each.id) for each in held]
        if places:
            desk.stands(source.guid, places[0])
        if texts and texts[0][0] is not source:
            texts[0][0].codings += source.codings
        desk.refer(source.notes, *places[:1])
        if source.comment.strip():
            mark = "" if places else f"{source.name}: "
            desk.remember(places[0] if places else Place("study", "", mark), source.comment)
        if source.kind != "TextSource":
            _lose_medium(desk, source, held)
    return found


def _texts(source: RawSource) -> Iterator[RawSource]:
    if source.kind == "TextSource":
        yield source
    else:
        yield from source.parts


def _readable(desk: Desk, part: RawSource, source: RawSource) -> Readable | None:
    name = _name(part, source)
    path = desk.archive.find(part.plain)[0] if part.plain and not part.content else None
    if part.kind == "Transcript" and path in desk.files:
        desk.counts["transcripts of recordings that are texts of the project too, taken once"] += 1
        return part, _part_held(desk, part, source, desk.files[path])
    text, why = read_text(part, desk.archive)
    if text is None:
        if part.kind == "TextDescription" and not (part.plain or part.rich or part.content or part.codings_inside()):
            return None
        if part is not source:
            _part_said(desk, part, None)
        desk.lose("transcripts", 1, name, f"their text did not come in: {why}")
        desk.lose("codings", part.codings_inside(), name, f"their text did not come in: {why}")
        loose = [one for one in part.selections if not one.codings]
        desk.lose("selections without a code", len(loose), name, f"their text did not come in: {why}")
        for one in part.selections:
            desk.refer(one.notes)
            for coding in one.codings:
                desk.refer(coding.notes)
        return None
    for remark in text.remarks:
        desk.counts[remark] += 1
    identity = desk.ids.anew("transcript", part.guid or source.guid or f"without one: {name}")
    held = Held(identity, name, text)
    if path is not None and part is source:
        desk.files.setdefault(path, held)
    return part, held if part is source else _part_held(desk, part, source, held)


def _part_held(desk: Desk, part: RawSource, source: RawSource, held: Held) -> Held:
    """Enter what a text inside a source stands for."""
    place = Place("transcript", held.id)
    if part.guid and part.guid != source.guid:
        desk.sources.setdefault(part.guid, [held])
        desk.stands(part.guid, place)
    _part_said(desk, part, place)
    return held


def _part_said(desk: Desk, part: RawSource, place: Place | None) -> None:
    desk.refer(part.notes, *((place,) if place else ()))
    desk.remember(place or Place("study", "", f"{part.name}: " if part.name else ""), part.comment)


def _name(part: RawSource, source: RawSource) -> str:
    several = sum(each.kind == "Transcript" for each in source.parts) > 1
    said = part.name or source.name if several else source.name or part.name
    return said or _name_of_file(source, part) or "untitled"


def _name_of_file(*sources: RawSource) -> str:
    """Return what the file of a source without a name is called, without its ending; no GUID, which names nothing."""
    for written in (path for one in sources for path in (one.path, one.plain, one.rich)):
        file = re.split(r"[\\/]", unquote(written.strip()))[-1].strip()
        stem = re.sub(r"(?<=.)\.[^.\s]{1,5}$", "", file)
        if stem and not re.fullmatch(r"\{?[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\}?", stem):
            return stem
    return ""


def _lose_medium(desk: Desk, source: RawSource, held: list[Held]) -> None:
    things, selections = _kind(source)
    desk.lose(things, 1, "", WHY)
    desk.lose(selections, len(source.selections), source.name, WHY)
    desk.lose(f"codings of {selections}", sum(len(one.codings) for one in source.selections), source.name, WHY)
    for one in source.selections:
        desk.refer(one.notes)
        desk.remember(Place("study", "", f"{source.name}: "), one.comment)
        for coding in one.codings:
            desk.refer(coding.notes)
    if not held:
        desk.lose(f"codings of whole {things.partition(' (')[0]}", len(source.codings), source.name, WHY)
        for coding in source.codings:
            desk.refer(coding.notes)


def _kind(source: RawSource) -> tuple[str, str]:
    """Return what is lost; MAXQDA files sound as video, so the ending of the file decides."""
    if source.kind == "VideoSource" and source.path.casefold().endswith(SOUND):
        return KINDS["AudioSource"]
    return KINDS.get(source.kind, ("sources", "selections"))
