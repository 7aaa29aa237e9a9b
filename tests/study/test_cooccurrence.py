"""The matrix of a study, and the passages behind its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import Ambiguous, BadValue, Conflict, NotFound
from qcode.study.cooccurrence import request
from qcode.study.study import Study
from tests.notation import make_study

TALK = """\
INT: How was it at the clinic?
ANA: They [[wrote my name|reg @ben] into the book|reg, fear], and [then the police|police] came. [I ran.|fear @ben]
INT: And after that?
ANA: [I [never|fear] went back|trust @ben]. [The police [had|reg] the list|police, reg @ben].
"""
MORE = """\
INT: Do you trust them?
DEN: [No|trust @ben]. [Nobody does|trust, fear]. They [have a list|reg].
"""


@pytest.fixture
def talk(tmp_path: Path) -> Study:
    study = make_study(tmp_path, codes=("fear", "reg", "police", "trust"), T1=TALK, T2=MORE)
    study.cases.set("Ana", {"role": "client"}, transcripts=("T1",))
    study.cases.set("Den", {"role": "doctor"}, transcripts=("T2",))
    return study


UNITS = [
    {"unit": "overlap"},
    {"unit": "exact"},
    {"unit": "within"},
    {"unit": "near", "distance": "30c"},
    {"unit": "near", "distance": "2t"},
    {"unit": "follows", "distance": "40c"},
    {"unit": "follows", "distance": "1t"},
    {"unit": "sentence"},
    {"unit": "turn"},
    {"unit": "paragraph"},
    {"unit": "transcript"},
]


HOLDING = ("sentence", "turn", "paragraph", "transcript")
"""Units that count once if any one coder has both codes there, while their passages name each coder's."""
ASKED = [(one, False) for one in UNITS] + [(one, True) for one in UNITS if one["unit"] not in HOLDING]


@pytest.mark.parametrize(("question", "per_coder"), ASKED, ids=str)
def test_as_many_passages_stand_behind_a_cell_as_it_says(talk: Study, question: dict, per_coder: bool) -> None:
    options = {**question, "per_coder": per_coder}
    matrix = talk.cooccurrence(**options)
    for i, first in enumerate(matrix.codes):
        for j, second in enumerate(matrix.codes):
            if i != j:
                found = talk.passages(request(**options), first, second)
                assert len(found) == matrix.matrix[i][j], (first, second)


def test_a_passage_has_the_words_that_stand_at_its_place(talk: Study) -> None:
    text = talk.transcripts.show("T1").revision.text
    for passage in talk.passages(request(), "reg", "fear"):
        assert text[passage.start : passage.end] == passage.quote


def test_where_chooses_the_transcripts_of_the_cases(talk: Study) -> None:
    matrix = talk.cooccurrence(where={"role": "doctor"})
    assert matrix.transcripts == 1
    assert matrix.matrix[matrix.codes.index("trust")][matrix.codes.index("fear")] == 1


def test_by_gives_a_matrix_for_each_value(talk: Study) -> None:
    groups = talk.cooccurrence(by="ROLE")
    assert [value for value, _ in groups.groups] == ["client", "doctor"]
    together = sum(one.values for _, one in groups.groups)
    assert (together == talk.cooccurrence().values).all()


def test_transcripts_without_the_attribute_stand_under_none(talk: Study, tmp_path: Path) -> None:
    talk.cases.set("Den", {"role": ""})
    assert [value for value, _ in talk.cooccurrence(by="role").groups] == ["client", None]


def test_coders_without_codings_are_not_named(talk: Study) -> None:
    talk.coders.add("zoe")
    assert talk.cooccurrence().coders == ("ana", "ben")
    assert talk.cooccurrence(coder="ben").coders == ("ben",)


def test_a_withdrawn_coding_leaves_the_count(talk: Study) -> None:
    before = talk.cooccurrence(unit="transcript", count="units")
    police = [one.id for one in talk.codings.list() if one.code == "police"]
    talk.codings.withdraw(*police)
    after = talk.cooccurrence(unit="transcript", count="units")
    k = after.codes.index("police")
    assert before.matrix[k][k] == 1
    assert after.matrix[k][k] == 0


def test_the_codes_of_a_filter_stand_on_the_axis_and_no_others(talk: Study) -> None:
    assert talk.cooccurrence(code=["reg", "fear"]).codes == ("fear", "reg")


def test_the_ids_of_codings_that_make_c_leave_its_range_are_named(talk: Study) -> None:
    known = {one.id for one in talk.codings.list()}
    for cell in talk.cooccurrence(measure="c").extra.get("redundant", []):
        assert set(cell["several"]) | set(cell["overlapping"]) <= known


def test_the_same_question_gives_the_same_matrix(talk: Study) -> None:
    options = {"test": "permutation", "permutations": 20, "seed": 4}
    assert talk.cooccurrence(**options).to_json() == talk.cooccurrence(**options).to_json()


def test_the_matrix_says_how_it_was_made(talk: Study) -> None:
    pairs = dict(talk.cooccurrence(where={"role": "client"}).made_by)
    assert pairs["Codebook version"] == "book@1"
    assert pairs["Text of T1"] == talk.transcripts.list()[0].sha256
    assert "Text of T2" not in pairs
    assert pairs["Filters"] == "where role=client"


def test_an_attribute_that_nobody_has_is_refused(talk: Study) -> None:
    with pytest.raises(NotFound, match="no case has an attribute 'age'"):
        talk.cooccurrence(by="age")


def test_an_option_that_there_is_not_is_refused(talk: Study) -> None:
    with pytest.raises(BadValue, match="there is no option units"):
        talk.cooccurrence(units="turn")


def test_a_study_with_two_codebooks_needs_one_to_be_named(talk: Study) -> None:
    talk.codebooks.add("generic-interview")
    with pytest.raises(Ambiguous, match="this study holds 2 codebooks"):
        talk.cooccurrence()
    assert talk.cooccurrence(codebook="book").codes == ("fear", "reg", "police", "trust")


def test_a_study_without_codings_gives_zeros(tmp_path: Path) -> None:
    study = make_study(tmp_path, codes=("a", "b"), T1="INT: Hello.\nANA: Yes.\n")
    assert study.cooccurrence().matrix == ((0, 0), (0, 0))
    assert study.cooccurrence(unit="turn").units == 2


def test_the_passages_of_a_withheld_cell_are_withheld(talk: Study) -> None:
    with pytest.raises(Conflict, match="the cell of reg and police is withheld"):
        talk.passages(request(min_cases=2), "reg", "police")


def test_a_heading_has_passages_only_rolled_up(tmp_path: Path) -> None:
    study = make_study(tmp_path, codes=("TOP/a", "b"), T="INT: Hm.\nANA: [So it [goes|a]|b].\n")
    with pytest.raises(Conflict, match="TOP is only a heading; add --rollup"):
        study.passages(request(), "TOP", "b")
    assert len(study.passages(request(rollup=True), "TOP", "b")) == 1


def test_a_permutation_test_without_a_seed_gives_the_same_values_again(talk: Study) -> None:
    options = {"test": "permutation", "permutations": 20}
    assert talk.cooccurrence(**options).to_json() == talk.cooccurrence(**options).to_json()
