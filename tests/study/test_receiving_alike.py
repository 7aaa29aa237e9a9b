"""A transcript that comes back corrected, under another identity, is named with the one that it resembles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.parcel import Parcel
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.study.parcels import BOOK, coding, empty_study, id_of, parcel, take, transcript

TALK = " ".join(f"слово{n} und {n * 7 % 13} Wege" for n in range(60))
OTHER_TALK = " ".join(f"andere{n} Rede {n * 5 % 17} 说" for n in range(60))


@pytest.fixture
def mine(tmp_path: Path) -> Study:
    """Make a study that has taken in the parcel and two talks."""
    made = empty_study(tmp_path / "mine")
    coded = coding("слово9", "COLD", text=TALK, on="T5")
    take(made, parcel((coded,), transcripts=(transcript("T5", TALK), transcript("T6", OTHER_TALK))))
    return made


def corrected_elsewhere(name: str) -> Parcel:
    """Return the first talk as a program sends it back, with a word corrected and coded, that makes identities anew."""
    changed = replace(transcript(name, TALK.replace("слово7 ", "слова7 ")), id=id_of("minted"))
    codes = tuple(replace(one, id=id_of(f"new {one.id}")) for one in BOOK.codes)
    home = next(one.id for one in codes if one.key == "HOME")
    mark = replace(coding("слова7", "HOME", text=changed.text), id="", transcript=changed.id, code=home)
    return parcel((mark,), versions=(replace(BOOK, codes=codes),), transcripts=(changed,), stable=False)


@pytest.mark.parametrize("name", ["T5", "sent back"])
def test_a_corrected_text_under_a_new_identity_is_told_with_the_way_to_join_it(mine: Study, name: str) -> None:
    found = take(mine, corrected_elsewhere(name))
    (new,) = [one.transcript for one in found.imported]
    (told,) = [one for one in found.remarks if "resembles" in one]
    assert told.startswith(f"{new} comes in as a transcript of its own and resembles T5, ")
    assert "qcode transcript revise T5 FILE" in told and "qcode transcript remove" in told


def test_the_way_that_is_told_lets_new_codings_meet_the_transcript_of_here(mine: Study, tmp_path: Path) -> None:
    back = corrected_elsewhere("T5")
    (new,) = [one.transcript for one in take(mine, back).imported]
    mine.transcripts.remove(new, with_codings=True)
    (tmp_path / "new.txt").write_text(back.transcripts[0].text, encoding="utf-8")
    mine.transcripts.revise("T5", tmp_path / "new.txt")
    found = take(mine, back)
    assert (found.imported, found.codings, [r for r in found.remarks if "resembles" in r]) == ((), 1, [])
    assert {one.quote for one in mine.codings.list(Filters(transcripts=("T5",)))} == {"слово9", "слова7"}
    assert mine.check() == []


@pytest.mark.parametrize("name", ["T5", "T7"])
def test_another_talk_resembles_none(mine: Study, name: str) -> None:
    text = " ".join(f"third{n} anders {n * 3 % 11}" for n in range(60))
    other = replace(transcript(name, text), id=id_of("minted"))
    found = take(mine, replace(corrected_elsewhere(name), codings=(), transcripts=(other,)))
    assert len(found.imported) == 1
    assert not [one for one in found.remarks if "resembles" in one]


def test_what_the_file_has_itself_is_not_named_as_alike(mine: Study) -> None:
    both = parcel((), transcripts=(transcript("T5", TALK), *corrected_elsewhere("T7").transcripts))
    found = take(mine, both)
    assert [one.transcript for one in found.imported] == ["T7"]
    assert not [one for one in found.remarks if "resembles" in one]
