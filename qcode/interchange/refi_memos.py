"""The notes of a REFI-QDA project as memos on what refers to them, and its sets, links and graphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qcode.domain.parcel import ParcelCoding, ParcelMemo
from qcode.interchange.refi_desk import Desk, Held, Place
from qcode.interchange.refi_note import NOTE_NAME
from qcode.interchange.refi_rules import Rule, Scale
from qcode.interchange.refi_texts import read_text
from qcode.interchange.refi_values import RawSelection, RawSource
from qcode.interchange.refi_write_notes import MEMO_NAME
from qcode.interchange.refi_write_xml import derived

__all__ = ["codebook_note", "read_notes", "read_sets", "with_own_memos"]

MOST_REPEATED = 20_000_000
STUDY = Place("study", "")


def codebook_note(desk: Desk) -> tuple[str, str] | None:
    """Return the GUID and the text of the note that carries the versions of codebooks, and take it from the notes."""
    for note in desk.raw.notes:
        if note.name == NOTE_NAME:
            text, _ = read_text(note, desk.archive)
            if text is not None:
                desk.raw.notes.remove(note)
                return note.guid, text.words
    return None


def read_notes(desk: Desk, held: Mapping[str, Held], rule: Rule) -> None:
    """Make memos of all notes: on what refers to them, else on the study."""
    about = _about(desk)
    for note in desk.raw.notes:
        places = about.pop(note.guid, None) if note.guid else None
        words = _words(desk, note)
        _inside(desk, note)
        if words is None:
            continue
        known = list(dict.fromkeys(places or ()))
        if places is not None and not known:
            desk.counts["notes on things that did not come in, kept as memos on the study"] += 1
        coder, at = desk.coder(note.user), desk.moment(note.date)
        if len(known) * len(words) > MOST_REPEATED:
            desk.lose("further references to one long note", len(known) - 1, "", "it came in once")
            del known[1:]
        for number, place in enumerate(known or [STUDY]):
            mark = _annotated(desk, note, known, held, rule) or place.mark
            unnamed = f"without one: {words[:200]}"
            id = desk.ids.anew("memo", note.guid if note.guid and not number else f"{note.guid or unnamed} {number}")
            desk.remember(replace(place, mark=mark), words, id=id, coder=coder, at=at)
    desk.lose("references to notes that are not in the file", sum(len(places) or 1 for places in about.values()))


def _about(desk: Desk) -> dict[str, list[Place]]:
    """Return what each note is about: what refers to it and what it is linked with."""
    about: dict[str, list[Place]] = {}
    notes = {note.guid for note in desk.raw.notes}
    for guid, places in desk.references:
        about.setdefault(guid, []).extend(places)
    for link in desk.raw.links:
        ends = [end for end in (link.origin, link.target) if end]
        of_notes = [end for end in ends if end in notes]
        others = [place for end in ends if end not in notes for place in desk.places.get(end, ())]
        for note in link.notes:
            about.setdefault(note, []).extend(others)
        if len(of_notes) == 1 and len(ends) == 2:
            about.setdefault(of_notes[0], []).extend(others)
        else:
            kinds = " and ".join(sorted({_kind(desk, end, notes) for end in ends})) or "nothing"
            desk.lose(f"links between {kinds}", 1, "", "qcode has no links")
    return about


def _kind(desk: Desk, guid: str, notes: set[str]) -> str:
    if guid in notes:
        return "notes"
    place = next(iter(desk.places.get(guid, ())), None)
    return f"{place.about}s" if place is not None and place.about != "study" else "other things"


def _words(desk: Desk, note: RawSource) -> str | None:
    """Return the words of a note under its name; None where there are none."""
    text, why = read_text(note, desk.archive)
    if text is None and not note.comment.strip():
        desk.lose("notes", 1, "", f"their text did not come in: {why}")
        return None
    if text is None:
        desk.lose("texts of notes", 1, "", f"their comment came in, not their text: {why}")
    for remark in text.remarks if text is not None else ():
        desk.counts[remark] += 1
    words = text.words if text is not None else ""
    said = "\n\n".join(part for part in (note.comment, words) if part.strip())
    title = note.name if note.name != MEMO_NAME and not desk.own else ""
    if title and not " ".join(said.split()).startswith(" ".join(title.rstrip("…. ").split())):
        said = f"{title}\n\n{said}" if said else title
    if not said.strip():
        desk.lose("notes", 1, "", "they are empty")
        return None
    return said


def _inside(desk: Desk, note: RawSource) -> None:
    """Enter what stands inside a note and what its memo cannot hold."""
    why = "a memo is not coded"
    desk.lose("codings inside notes", note.codings_inside(), "", why)
    coded = [one for one in note.selections if one.codings or one.comment or one.notes]
    desk.lose("selections inside notes", len(coded), "", why)
    desk.lose("values of variables on notes", len(note.values), "", "a memo has no attributes")
    for one in (*note.codings, *(each for selection in note.selections for each in selection.codings)):
        desk.refer(one.notes)


def _annotated(desk: Desk, note: RawSource, places: list[Place], held: Mapping[str, Held], rule: Rule) -> str:
    """Return the mark of the passage that a note is about.

    QualCoder writes the selection of an annotation into the note, though it means the text that refers to the note.
    """
    bare = [one for one in note.selections if not (one.codings or one.comment or one.notes)]
    if not bare:
        return ""
    if len(places) != 1 or places[0].about != "transcript" or places[0].target not in held:
        desk.lose("selections inside notes", len(bare), "", "it is not known which text they are on")
        return ""
    return "".join(_mark(one, held[places[0].target], rule) for one in bare)


def _mark(selection: RawSelection, held: Held, rule: Rule) -> str:
    begin, end = selection.begin.strip()[:12], selection.end.strip()[:12]
    if begin.isdecimal() and end.isdecimal():
        scale = Scale(held.text, rule)
        start, stop = scale.place(int(begin)), scale.place(int(end), ending=True)
        if start is not None and stop is not None and start <= stop:
            return f"[{start}-{stop}] "
    return f"[{begin}-{end} in the file] "


def read_sets(desk: Desk) -> None:
    """Make a memo on the study of each set, with the names of its members; count links and graphs."""
    raw = desk.raw
    codes = {code.guid: code.name for code in raw.codes}
    sources = {source.guid: source.name for source in raw.sources}
    notes = {note.guid: note.name for note in raw.notes}
    for one in raw.sets:
        kinds = [
            f"{title}: {', '.join(names.get(guid) or 'one that is not in the file' for guid in members)}"
            for title, members, names in (
                ("codes", one.codes, codes),
                ("transcripts", one.sources, sources),
                ("notes", one.notes, notes),
            )
            if members
        ]
        words = f"Set {one.name} ({'; '.join(kinds) or 'empty'})"
        text = f"{words}\n\n{one.comment}" if one.comment else words
        desk.remember(STUDY, text, id=desk.ids.anew("memo", one.guid or f"set {one.name}"))
    desk.counts["sets, kept as memos on the study"] += len(raw.sets)
    desk.lose("graphs", raw.graphs, "", "qcode has no drawings of codes")


def with_own_memos(
    codings: list[ParcelCoding], memos: list[ParcelMemo]
) -> tuple[tuple[ParcelCoding, ...], tuple[ParcelMemo, ...]]:
    """Return codings that carry the memos which we wrote out for them, and the other memos."""
    ours = {
        memo.id: memo
        for memo in memos
        if memo.about == "coding" and memo.id == derived("memo of a coding", memo.target)
    }
    words = {memo.target: memo.text for memo in ours.values()}
    taken = tuple(replace(one, memo=words[one.id]) if one.id in words and not one.memo else one for one in codings)
    return taken, tuple(memo for memo in memos if memo.id not in ours)
