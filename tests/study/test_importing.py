"""A file that is in the study already is read anew in another way only where nobody's work is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qcode.errors import BadValue
from qcode.importers.base import Options
from qcode.study.importing import Imported, Refused
from qcode.study.study import Study
from tests.conftest import Dump


def again(study: Study, tmp_path: Path, *, dry_run: bool = False) -> Imported | Refused:
    (one,) = study.transcripts.add(tmp_path / "P9.txt", options=Options(language="kk"), dry_run=dry_run)
    assert isinstance(one, Imported | Refused)
    return one


@pytest.fixture
def fresh(study: Study, tmp_path: Path) -> Study:
    """Give the study with a transcript P9 on which nobody has worked."""
    (tmp_path / "P9.txt").write_text("I: Hello there.\nB: Good morning to you.\n" * 5, encoding="utf-8")
    study.transcripts.add(tmp_path / "P9.txt")
    return study


def test_a_transcript_that_was_only_read_is_read_anew(fresh: Study, tmp_path: Path) -> None:
    fresh.reading.keep_place("P9", 4, read=9)
    one = again(fresh, tmp_path)
    assert isinstance(one, Imported) and one.language == "kk"
    assert fresh.check() == []


WORK: dict[str, Callable[[Study], object]] = {
    "1 coding": lambda study: study.code("P9", start=3, end=8, code="wait"),
    "1 passage marked in vivo": lambda study: study.in_vivo.add("P9", start=3, end=8),
    "1 memo": lambda study: study.memos.add("look again", about="transcript", target="P9", coder="ben"),
}


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("carried", WORK)
def test_a_transcript_that_somebody_worked_on_is_not_read_anew(
    fresh: Study, tmp_path: Path, dump: Dump, carried: str, dry_run: bool
) -> None:
    WORK[carried](fresh)
    before = dump(fresh.path)
    one = again(fresh, tmp_path, dry_run=dry_run)
    assert isinstance(one, Refused)
    assert f"in the study as P9, which carries {carried}; that would be lost" in one.why
    assert dump(fresh.path) == before


def test_all_that_would_be_lost_is_told(fresh: Study, tmp_path: Path) -> None:
    for work in (*WORK.values(), lambda study: study.memos.add("two", about="transcript", target="P9")):
        work(fresh)
    one = again(fresh, tmp_path)
    assert isinstance(one, Refused)
    assert "which carries 1 coding, 1 passage marked in vivo and 2 memos" in one.why


@pytest.mark.parametrize("language", ["ru", "kk-Latn", "zh-Hant-TW", "KIR"])
def test_the_code_of_a_language_is_taken(study: Study, tmp_path: Path, language: str) -> None:
    (tmp_path / "P9.txt").write_text("I: Hello there.\n", encoding="utf-8")
    (one,) = study.transcripts.add(tmp_path / "P9.txt", options=Options(language=language))
    assert isinstance(one, Imported)


@pytest.mark.parametrize("language", ["", "r", "Russian", "ru ", "ru\0", "ru\n", "ru-", "ру", "x" * 100_000])
def test_what_is_no_code_of_a_language_is_refused(study: Study, tmp_path: Path, language: str) -> None:
    with pytest.raises(BadValue, match="is not the code of a language; write two letters"):
        study.transcripts.add(tmp_path / "P9.txt", options=Options(language=language))
