"""Codings older than the last change of their text, which NVivo leaves at their old places."""

from __future__ import annotations

from qcode.domain.parcel import Parcel
from tests.interchange.refi_files import CODES, WAIT, parcel, selection, source, sources

EARLY, LATE = "2021-10-11T14:35:00Z", "2021-11-04T09:00:00Z"
PARTED = [(6, 12), (10, 17), (15, 20)]
WHOLE = [(5, 8), (9, 13), (14, 18)]


def study(spans: list[tuple[int, int]], when: str, changed: str = "2021-11-03T14:54:05Z") -> Parcel:
    """Return a project whose text was changed on a day, and whose codings are from another."""
    marks = "".join(selection(start, end, WAIT, creationDateTime=when) for start, end in spans)
    inside = source(marks).replace("<TextSource ", f'<TextSource modifiedDateTime="{changed}" ')
    return parcel(CODES + sources(inside), origin="NVivo")


def told(found: Parcel) -> list[str]:
    return [one for one in found.remarks if "last change of their text" in one]


def test_codings_that_part_words_and_are_older_than_their_text_are_told_with_its_name() -> None:
    (remark,) = told(study(PARTED, EARLY))
    assert "3 of 3" in remark and "Talk" in remark


def test_they_come_in_all_the_same() -> None:
    found = study(PARTED, EARLY)
    assert [(one.start, one.end) for one in found.codings] == PARTED


def test_codings_of_the_text_as_it_is_are_not_told() -> None:
    assert told(study(PARTED, LATE)) == []


def test_older_codings_that_part_no_word_are_not_told() -> None:
    assert told(study(WHOLE, EARLY)) == []


def test_nothing_is_told_where_the_file_does_not_say_when_the_text_was_changed() -> None:
    assert told(study(PARTED, EARLY, changed="")) == []
