"""The versions of a project's codebooks: those that our own note carries, if they still fit its codes, else one."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.domain.codebook import Code, CodebookVersion
from qcode.interchange.refi_codes import version_of
from qcode.interchange.refi_desk import Desk
from qcode.interchange.refi_note import read_note
from qcode.interchange.refi_write_codes import heading_guid

__all__ = ["versions_of"]


def versions_of(desk: Desk, title: str, codes: Sequence[Code], note: str | None) -> tuple[CodebookVersion, ...]:
    """Return the versions of the codebooks; `note` is the text that carries those of a study of ours."""
    carried = read_note(note) if note is not None else None
    if carried:
        if _fits(carried, codes):
            _tell_edits(desk, carried, codes)
            return carried
        why = "codes were added or removed, or have other identities, since qcode wrote the file"
        desk.lose("versions of codebooks", len(carried), "", why)
    elif note is not None:
        desk.lose("notes with versions of codebooks", 1, "", "somebody changed the note, and it cannot be read")
    return (version_of(title, codes),) if codes else ()


def _newest(versions: Sequence[CodebookVersion]) -> dict[str, CodebookVersion]:
    return {version.codebook: version for version in versions}


def _fits(versions: Sequence[CodebookVersion], codes: Sequence[Code]) -> bool:
    """Tell whether the codes of the file are those of the newest versions, with earlier ones that are still used."""
    there = {code.id for code in codes}
    newest = {code.id for version in _newest(versions).values() for code in version.codes}
    known = {code.id for version in versions for code in version.codes}
    headings = {heading_guid(version.codebook) for version in versions}
    return newest <= there <= known | headings


def _tell_edits(desk: Desk, versions: Sequence[CodebookVersion], codes: Sequence[Code]) -> None:
    """Enter the codes that are called or described otherwise in the file than in the note that is believed."""
    ours = {code.id: code for version in _newest(versions).values() for code in version.codes}
    written = {code.id: code for code in codes}
    renamed = sum(written[id].name != code.name for id, code in ours.items())
    described = sum(written[id].definition != code.definition for id, code in ours.items())
    why = "the versions that qcode wrote into the file were taken"
    desk.lose("names of codes that were changed elsewhere", renamed, "", why)
    desk.lose("definitions of codes that were changed elsewhere", described, "", why)
