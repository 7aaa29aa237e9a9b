"""The note in which qcode carries all versions of its codebooks is believed while it fits the codes."""

from __future__ import annotations

from dataclasses import replace

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.parcel import Parcel
from qcode.interchange.refi_note import NOTE_NAME, write_note
from tests.interchange.refi_files import TRUST, WAIT, guid, losses, parcel

OLD = CodebookVersion("studie", "1.0", (Code("W", "Warten", id=WAIT),), title="Studie")
NEW = replace(OLD, version="1.1", codes=(*OLD.codes, Code("T", "Vertrauen", id=TRUST)), follows=("1.0",))


def read_with(versions: tuple[CodebookVersion, ...], codes: dict[str, str], note: str | None = None) -> Parcel:
    inside = "".join(f'<Code guid="{id}" name="{name}" isCodable="true"/>' for id, name in codes.items())
    where = f'<Notes><Note guid="{guid(5)}" name="{NOTE_NAME}" plainTextPath="internal://n.txt"/></Notes>'
    files = {"sources/n.txt": write_note(versions) if note is None else note}
    return parcel(f"<CodeBook><Codes>{inside}</Codes></CodeBook>{where}", files)


def test_versions_come_back_where_the_codes_are_those_of_the_newest() -> None:
    found = read_with((OLD, NEW), {WAIT: "Warten", TRUST: "Vertrauen"})
    assert [(one.version, [code.key for code in one.codes]) for one in found.versions] == [
        ("1.0", ["W"]),
        ("1.1", ["W", "T"]),
    ]
    assert (found.id, found.memos, found.lost) == (guid(5), (), ())


def test_versions_that_no_longer_fit_are_lost_and_the_codes_of_the_file_come_in() -> None:
    found = read_with((OLD, NEW), {WAIT: "Warten", guid(77): "Neu"})
    assert [[code.name for code in one.codes] for one in found.versions] == [["Warten", "Neu"]]
    assert losses(found) == {"versions of codebooks": 2}


def test_a_code_that_was_renamed_elsewhere_is_told() -> None:
    found = read_with((OLD, NEW), {WAIT: "Geduld", TRUST: "Vertrauen"})
    assert [one.version for one in found.versions] == ["1.0", "1.1"]
    assert losses(found) == {"names of codes that were changed elsewhere": 1}


def test_a_note_that_somebody_changed_is_lost() -> None:
    found = read_with((), {WAIT: "Warten"}, "verändert")
    assert [one.version for one in found.versions] == ["1.0"]
    assert losses(found) == {"notes with versions of codebooks": 1}
