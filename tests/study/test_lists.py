"""The lists of a study as rows."""

from __future__ import annotations

from qcode.study.lists import cases, coders, codings, history, memos, things, transcripts
from qcode.study.study import Study


def test_every_row_has_a_value_for_every_column(study: Study) -> None:
    study.memos.add("an idea")
    for listed in (transcripts, cases, coders, codings, history, memos):
        found = listed(study)
        assert found.rows and found.title
        assert all(set(row) == set(found.columns) for row in found.rows)


def test_what_could_harm_a_participant_is_listed_only_when_it_is_asked_for(study: Study) -> None:
    study.cases.set("Ana A.", {"real_name": "Ainura"})
    assert "real_name" not in cases(study).columns
    assert "Ainura" not in str(cases(study).rows)
    assert [row["real_name"] for row in cases(study, show_hidden=True).rows] == ["Ainura", None]


def test_the_last_acts_are_the_newest(study: Study) -> None:
    study.memos.add("an idea")
    assert [row["act"] for row in history(study, last=1).rows] == ["memo.add"]


def test_an_act_is_told_by_the_names_of_its_things_and_never_by_a_hash() -> None:
    details = {"about": "case", "target": "id-of-a-case", "codings": 1200, "sha256": "f" * 64, "start": 3}
    assert things(details, {"id-of-a-case": "Ana"}) == "case Ana, 1,200 codings"
    assert things({"transcript": "0123456789"}, {}) == "transcript 01234567"
