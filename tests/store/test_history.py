"""The history as it is written, act by act."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qcode.domain.history import broken_links
from qcode.study.selection import Filters
from qcode.study.study import Study

CSV = b"transcript,quote,code,coder,memo\nP1,on the phone,wait,Zarina,secretmemo\n"
WORDS = (
    "two hours",
    "Nobody",
    "phone",
    "Zarina",
    "secretmemo",
    "secretvalue",
    "secretname",
    "P1",
    "P2",
    "Ana",
    "Boris",
)

ACTS: dict[str, Callable[[Study], object]] = {
    "transcript.add": lambda s: s.transcripts.add(new_file(s), case="secretname", attributes={"role": "secretvalue"}),
    "transcript.rename": lambda s: s.transcripts.rename("P1", "secretname"),
    "transcript.attr": lambda s: s.transcripts.set_attributes("P1", {"role": "secretvalue"}),
    "transcript.remove": lambda s: s.transcripts.remove("P1", with_codings=True),
    "coding.add": lambda s: s.code("P1", quote="on the phone", code="wait", coder="Zarina", memo="secretmemo"),
    "coding.withdraw": lambda s: s.codings.withdraw(s.codings.list()[0].id),
    "coding.import": lambda s: s.codings.import_csv(CSV, "secretname.csv"),
    "case.set": lambda s: s.cases.set("secretname", {"role": "secretvalue"}, transcripts=("P1",)),
    "case.add": lambda s: s.cases.set("secretname", {"role": "secretvalue"}),
    "case.import": lambda s: s.cases.import_csv(b"case,role\nsecretname,secretvalue\n", "secretname.csv"),
    "coder.add": lambda s: s.coders.add("Zarina"),
    "coder.rename": lambda s: s.coders.rename("ben", "Zarina"),
    "coder.default": lambda s: s.coders.make_default("Zarina"),
    "memo.add": lambda s: s.memos.add("secretmemo", about="coding", target=s.codings.list()[0].id),
    "memo.remove": lambda s: s.memos.remove(s.memos.add("secretmemo").id),
}


def new_file(study: Study) -> Path:
    file = study.path.with_name("secretname.txt")
    file.write_text("Zarina: It cost secretvalue.\n")
    return file


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_written_down(study: Study, act: str) -> None:
    before = len(study.history())
    ACTS[act](study)
    assert act in [entry.act for entry in study.history()[before:]]


@pytest.mark.parametrize("act", ACTS)
def test_no_act_writes_words_or_names_down(study: Study, act: str) -> None:
    before = len(study.history())
    ACTS[act](study)
    written = " ".join(f"{e.coder} {e.act} {e.version} {e.details}" for e in study.history()[before:])
    assert [word for word in WORDS if word in written] == []


@pytest.mark.parametrize("act", ACTS)
def test_a_study_is_whole_after_every_act(study: Study, act: str) -> None:
    study.memos.add("a thought", about="transcript", target="P1")
    study.memos.add("a thought", about="coding", target=study.codings.list()[0].id)
    ACTS[act](study)
    assert study.check() == []


def test_the_first_act_is_the_making_of_the_study(study: Study) -> None:
    assert study.history()[0].act == "study.init"


def test_acts_are_chained(study: Study) -> None:
    assert broken_links(study.history()) == []


def test_an_act_is_by_who_acts(study: Study) -> None:
    study.code("P1", quote="on the phone", code="wait", coder="Ben")
    last = study.history(last=1)[0]
    assert study.coder_names()[last.coder] == "ben"


def test_a_coding_is_written_down_with_its_codebook_version(study: Study) -> None:
    study.code("P1", quote="on the phone", code="wait")
    assert study.history(last=1)[0].version == "book@1"


def test_a_coding_can_be_found_by_its_act(study: Study) -> None:
    (made,) = study.code("P1", quote="on the phone", code="wait")
    details = json.loads(study.history(last=1)[0].details)
    assert (details["coding"], details["start"], details["end"]) == (made.id, made.start, made.end)


def test_the_codings_can_be_told_from_the_history_alone(study: Study) -> None:
    study.codings.withdraw(study.codings.list()[2].id)
    standing: dict[str, tuple[int, int]] = {}
    for entry in study.history():
        details = json.loads(entry.details)
        if entry.act == "coding.add":
            standing[details["coding"]] = (details["start"], details["end"])
        elif entry.act == "coding.withdraw":
            del standing[details["coding"]]
    assert standing == {c.id: (c.start, c.end) for c in study.codings.list()}


def test_a_refused_act_is_not_written_down(study: Study) -> None:
    before = study.history()
    with pytest.raises(Exception, match="does not stand"):
        study.code("P1", quote="never said", code="wait", coder="Zarina")
    assert study.history() == before


@pytest.mark.parametrize("last", [1, 3, 10**30])
def test_the_last_acts_are_the_end_of_all(study: Study, last: int) -> None:
    assert study.history(last=last) == study.history()[-last:]


def test_withdrawn_codings_are_not_lost(study: Study) -> None:
    one = study.codings.list()[0]
    study.codings.withdraw(one.id)
    kept = [c for c in study.codings.list(Filters(withdrawn=True)) if c.status == "withdrawn"]
    assert [(c.id, c.quote) for c in kept] == [(one.id, one.quote)]
