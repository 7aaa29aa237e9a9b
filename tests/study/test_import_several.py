"""A file of several transcripts, and a transcript of several files, come in whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.importers.base import Options
from qcode.study.importing import Imported, Outcome, Refused, Skipped
from qcode.study.study import Study
from tests.conftest import Dump

SURVEY = """\
ID,Age,What helped you most?
R01,34,My sister paid for the bus every week until spring.
R02,51,"The doctor was kind, and he told me the truth."
"""
TALKS = "interview,speaker,text\nP1,I,So?\nP1,B,Well no.\nP9,I,And?\nP9,B,Nothing.\nP9,I,Why?\n"
TEXTS = "#TEXT same\nI: So?\nB: No.\n#TEXT Same\nI: And?\nB: Yes.\n#TEXT\nOne line of words.\n"
GRID = """\
File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 9
tiers? <exists>
size = 1
item []:
    item [1]:
        class = "IntervalTier"
        name = "{who}"
        xmin = 0
        xmax = 9
        intervals: size = 1
        intervals [1]:
            xmin = {at}
            xmax = {at}.9
            text = "{words}"
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def names(outcomes: list[Outcome]) -> list[str]:
    assert all(isinstance(one, Imported) for one in outcomes), outcomes
    return [one.transcript for one in outcomes if isinstance(one, Imported)]


def whys(outcomes: list[Outcome]) -> list[str]:
    assert not any(isinstance(one, Imported) for one in outcomes)
    return [one.why for one in outcomes if isinstance(one, Skipped | Refused)]


def test_each_transcript_of_a_file_has_a_case_with_its_facts(study: Study, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", survey__csv=SURVEY)
    assert names(study.transcripts.add(folder / "survey.csv")) == ["R01", "R02"]
    cases = {case.name: case for case in study.cases.list()}
    assert (cases["R02"].transcripts, dict(cases["R02"].attributes)) == (("R02",), {"Age": "51"})
    assert study.check() == []


def test_with_one_case_for_all_their_own_facts_are_left_out_and_told(study: Study, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", survey__csv=SURVEY)
    found = study.transcripts.add(folder / "survey.csv", case="Clinic", attributes={"country": "Kazakhstan"})
    (case,) = [case for case in study.cases.list() if case.name == "Clinic"]
    assert (case.transcripts, dict(case.attributes)) == (("R01", "R02"), {"country": "Kazakhstan"})
    assert all("as --case names one for all" in one.warnings[-1].what for one in found if isinstance(one, Imported))


def test_a_name_that_is_taken_gets_the_files_name_in_front(study: Study, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", talks__csv=TALKS)
    assert names(study.transcripts.add(folder / "talks.csv")) == ["talks/P1", "P9"]


def test_names_that_stand_twice_in_a_file_are_numbered(study: Study, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", texts__txt=TEXTS)
    assert names(study.transcripts.add(folder / "texts.txt")) == ["same", "Same (2)", "texts"]


def test_the_same_bytes_are_skipped_once_for_the_file(study: Study, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", texts__txt=TEXTS, again__txt=TEXTS)
    assert len(names(study.transcripts.add(folder / "texts.txt"))) == 3
    assert whys(study.transcripts.add(folder / "again.txt")) == [
        "the same bytes are in the study as same, Same (2), texts"
    ]


def test_all_of_a_file_are_read_anew_or_none(study: Study, tmp_path: Path, dump: Dump) -> None:
    folder = write(tmp_path / "in", talks__csv=TALKS)
    study.transcripts.add(folder / "talks.csv")
    columns = Options(columns=(("speaker", "speaker"), ("text", "text")))
    assert names(study.transcripts.add(folder / "talks.csv", options=columns, dry_run=True)) == ["talks/P1", "P9"]
    assert names(study.transcripts.add(folder / "talks.csv", options=columns)) == ["talks/P1", "P9"]
    study.code("P9", start=3, end=6, code="wait")
    before = dump(study.path)
    (why,) = whys(study.transcripts.add(folder / "talks.csv", options=columns))
    assert "in the study as P9, which carries 1 coding" in why
    assert dump(study.path) == before
    assert study.check() == []


def test_one_that_cannot_be_written_refuses_the_whole_file(
    study: Study, tmp_path: Path, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qcode.errors import BadValue
    from qcode.study.cases import Cases

    folder = write(tmp_path / "in", survey__csv=SURVEY)
    real = Cases.write_values

    def second_fails(self: Cases, connection: object, case_id: int, values: dict[str, str]) -> None:
        if values.get("Age") == "51":
            raise BadValue("no room")
        real(self, connection, case_id, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Cases, "write_values", second_fails)
    before = dump(study.path)
    assert whys(study.transcripts.add(folder / "survey.csv")) == ["no room"]
    assert dump(study.path) == before


def test_a_name_for_several_transcripts_is_refused(study: Study, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", talks__csv=TALKS)
    (why,) = whys(study.transcripts.add(folder / "talks.csv", name="P7"))
    assert why.startswith("--name names one transcript, and the file holds 2")


def test_a_fact_may_be_called_like_a_column_of_the_list_of_cases(study: Study, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", survey__csv=SURVEY.replace("Age", "Case"))
    assert names(study.transcripts.add(folder / "survey.csv")) == ["R01", "R02"]
    assert dict(next(c for c in study.cases.list() if c.name == "R01").attributes) == {"Case (file)": "34"}


def test_files_that_are_one_talk_become_one_transcript(study: Study, tmp_path: Path, dump: Dump) -> None:
    doctor = GRID.format(who="Doctor", at=1, words="How are you today?")
    patient = GRID.format(who="Patient", at=4, words="Мне лучше, спасибо.")
    folder = write(
        tmp_path / "in", talk_doctor__TextGrid=doctor, talk_patient__TextGrid=patient, a__txt="I: So?\nB: No."
    )
    would = names(study.transcripts.add(folder, dry_run=True))
    found = study.transcripts.add(folder)
    assert names(found) == would == ["a", "talk"]
    shown = study.transcripts.show("talk")
    assert [turn.speaker for turn in shown.revision.turns] == ["Doctor", "Patient"]
    before = dump(study.path)
    assert whys(study.transcripts.add(folder))[1:] == ["the same bytes are in the study as talk"] * 2
    assert dump(study.path) == before


def test_a_table_in_a_folder_comes_in_only_where_it_is_a_talk(study: Study, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", talks__csv=TALKS, survey__csv=SURVEY, other__json='{"a": 1}')
    found = {Path(one.path).name: one for one in study.transcripts.add(folder)}
    assert isinstance(found["talks.csv"], Imported)
    assert [type(found[name]) for name in ("survey.csv", "other.json")] == [Skipped, Skipped]
    assert isinstance(study.transcripts.add(folder / "other.json")[0], Refused)
