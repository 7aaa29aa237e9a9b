"""A coder at work: every step is in the study at once, is taken back and done again, and gives way to others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.errors import Conflict, NotFound, StudyBusy
from qcode.study.sitting import Sitting
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS
from tests.study.next_version import follow, stands

QUOTE, NOBODY, HOURS = "The doctor was kind", "Nobody ever called me back", "two hours"


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


@pytest.fixture
def sitting(study: Study) -> Sitting:
    """Give the sitting of ana."""
    return Sitting(study)


@pytest.fixture
def place(study: Study) -> tuple[int, int]:
    """Give the place of QUOTE in P2."""
    start = study.reading.open("P2").text.index(QUOTE)
    return start, start + len(QUOTE)


def id_of(study: Study, quote: str, code: str = "trust") -> str:
    return next(one.id for one in study.codings.list() if (one.quote, one.code) == (quote, code))


def test_the_coder_of_a_sitting_is_who_acts(study: Study, place: tuple[int, int]) -> None:
    assert (Sitting(study).coder, Sitting(study, coder="BEN").coder, Sitting(study, coder="dana").coder) == (
        *("ana", "ben", "dana"),
    )
    (made,) = Sitting(study, coder="ben").code("P2", *place, ["wait"])
    assert made.coder == "ben"


def test_what_is_coded_is_in_the_study_at_once(sitting: Sitting, place: tuple[int, int]) -> None:
    made = sitting.code("P2", *place, ["help", "wait"], memo="look again")
    with open_study(sitting.study.path) as other:
        assert {one.id for one in other.codings.list()} >= {one.id for one in made}
        assert [one.memo for one in other.codings.list() if one.quote == QUOTE] == ["look again"] * 2


def test_a_step_is_taken_back_and_done_again_with_the_same_ids(sitting: Sitting, place: tuple[int, int]) -> None:
    before = stands(sitting.study)
    ids = {one.id for one in sitting.code("P2", *place, ["help", "wait"])}
    assert sitting.undo() == f"took back help and wait on “{QUOTE}”"
    assert [one for one in stands(sitting.study) if one[3] != "withdrawn"] == before
    assert sitting.redo() == f"did again help and wait on “{QUOTE}”"
    assert {one.id for one in sitting.study.codings.list() if one.quote == QUOTE} == ids


def test_without_a_step_there_is_nothing_to_take_back(sitting: Sitting, place: tuple[int, int]) -> None:
    assert (sitting.can_undo, sitting.can_redo) == (False, False)
    with pytest.raises(Conflict, match="there is nothing to take back"):
        sitting.undo()
    with pytest.raises(Conflict, match="there is nothing to do again"):
        sitting.redo()
    sitting.code("P2", *place, ["help"])
    assert (sitting.can_undo, sitting.can_redo) == (True, False)
    sitting.undo()
    assert (sitting.can_undo, sitting.can_redo) == (False, True)


def test_a_new_step_forgets_what_was_taken_back(sitting: Sitting, place: tuple[int, int]) -> None:
    sitting.code("P2", *place, ["help"])
    sitting.undo()
    sitting.code("P2", *place, ["wait"])
    assert not sitting.can_redo


def test_a_refused_act_is_no_step(sitting: Sitting, place: tuple[int, int]) -> None:
    with pytest.raises(Conflict, match="only a heading"):
        sitting.code("P2", *place, ["INFLUENCE"])
    assert not sitting.can_undo


def test_a_withdrawal_is_taken_back(sitting: Sitting) -> None:
    before = stands(sitting.study)
    assert sitting.withdraw(id_of(sitting.study, NOBODY)) == 1
    assert sitting.undo() == "took back the withdrawal of 1 coding"
    assert stands(sitting.study) == before
    sitting.redo()
    assert len(sitting.study.codings.list()) == CODINGS - 1


@pytest.mark.parametrize("decision", [{"to": ["hope", "fear"]}, {"keep": True}, {"withdraw": True}])
def test_a_decision_is_taken_back_and_made_again(study: Study, sitting: Sitting, decision: dict[str, object]) -> None:
    follow(study, "split trust+ into hope, fear")
    before = stands(study)
    done = sitting.decide(id_of(study, NOBODY), id_of(study, HOURS), **decision)  # type: ignore[arg-type]
    decided = [one for one in stands(study) if one[3] != "replaced"]
    assert (done.codings, decided != before) == (2, True)
    assert sitting.undo() == "took back the decision on 2 codings"
    assert stands(study) == before
    sitting.redo()
    assert [one for one in stands(study) if one[3] != "replaced"] == decided
    sitting.undo()
    assert stands(study) == before


def test_the_decision_of_another_is_left_alone(study: Study, sitting: Sitting) -> None:
    follow(study, "split trust+ into hope, fear")
    sitting.decide(id_of(study, NOBODY), to="hope")
    study.queue.undo(coder="ana")
    study.queue.resolve(id_of(study, NOBODY), to="fear", coder="ben")
    with pytest.raises(Conflict, match=r"the decision on 1 coding cannot be taken back: .* in the meantime"):
        sitting.undo()
    assert (NOBODY, "fear", "ana", "settled") in stands(study)


def test_steps_on_what_a_decision_made_are_done_again_after_it(study: Study, sitting: Sitting) -> None:
    follow(study, "split trust+ into hope, fear")
    before = stands(study)
    sitting.decide(id_of(study, NOBODY), to="hope")
    sitting.withdraw(id_of(study, NOBODY, "hope"))
    for _ in range(2):
        sitting.undo()
        sitting.undo()
        assert stands(study) == before
        sitting.redo()
        sitting.redo()
        assert [one[1:] for one in stands(study) if one[0] == NOBODY and one[3] == "withdrawn"] == [
            ("hope", "ana", "withdrawn")
        ]


def test_a_memo_is_taken_back_and_written_again(study: Study, sitting: Sitting) -> None:
    sitting.memo("I was moved.", about="coding", target=id_of(study, NOBODY))
    for _ in range(2):
        assert sitting.undo() == "took back the memo “I was moved.”"
        assert study.memos.list() == []
        sitting.redo()
        assert [one.text for one in study.memos.list()] == ["I was moved."]


def test_a_mark_in_vivo_is_taken_back_and_made_again(study: Study, sitting: Sitting, place: tuple[int, int]) -> None:
    sitting.in_vivo("P2", *place, key="KIND")
    for _ in range(2):
        assert sitting.undo() == f"took back KIND on “{QUOTE}”"
        assert (study.in_vivo.list(), study.drafts.show().changes_nothing) == ([], True)
        sitting.redo()
        assert [one.key for one in study.in_vivo.list()] == ["KIND"]


def test_a_step_whose_ground_has_gone_is_dropped_with_a_sentence(
    study: Study, sitting: Sitting, place: tuple[int, int]
) -> None:
    sitting.code("P2", *place, ["help"])
    (made,) = sitting.code("P2", *place, ["wait"])
    study.codings.withdraw(made.id, coder="ben")
    with pytest.raises(Conflict, match=rf"wait on “{QUOTE}” cannot be taken back: .* withdrawn already"):
        sitting.undo()
    assert sitting.undo() == f"took back help on “{QUOTE}”"


def test_a_version_that_came_since_keeps_a_withdrawal(study: Study, sitting: Sitting) -> None:
    sitting.withdraw(id_of(study, NOBODY))
    follow(study, "add hope")
    with pytest.raises(Conflict, match="before the newest version of the codebook came; code the passage anew"):
        sitting.undo()
    assert not sitting.can_undo


def test_a_study_that_is_busy_drops_no_step(
    study: Study, sitting: Sitting, place: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.code("P2", *place, ["help"])

    def busy(*_: object, **__: object) -> int:
        raise StudyBusy("busy")

    with monkeypatch.context() as patched:
        patched.setattr(study.codings, "withdraw", busy)
        with pytest.raises(StudyBusy):
            sitting.undo()
    assert sitting.undo() == f"took back help on “{QUOTE}”"


def test_long_words_are_cut_in_a_sentence(study: Study, sitting: Sitting) -> None:
    text = study.reading.open("P2").text
    sitting.code("P2", 0, len(text) - 1, ["wait"])
    assert sitting.undo() == f"took back wait on “{' '.join(text.split())[:39]}…”"


def test_recent_codes_are_those_used_last_also_on_earlier_days(study: Study) -> None:
    for n, code in enumerate(("help", "leave", "wait", "help")):
        study.codings.add("P1", code, start=n, end=n + 4)
    with open_study(study.path) as later:
        assert Sitting(later).recent()[:3] == ["help", "wait", "leave"]


def test_recent_codes_have_their_newest_keys_and_can_be_used(study: Study) -> None:
    assert set(Sitting(study, coder="ben").recent()) == {"wait", "trust", "leave", "help", "money"}
    follow(study, "rename leave to stop", "retire wait", "heading trust")
    assert set(Sitting(study, coder="ben").recent()) == {"stop", "help", "money"}


def test_a_coder_who_has_not_coded_has_no_recent_codes(study: Study) -> None:
    assert Sitting(study, coder="dana").recent() == []


def test_codes_that_a_decision_or_a_merge_put_are_not_recent(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    study.queue.resolve(id_of(study, NOBODY), to="hope", coder="ben")
    assert "hope" not in Sitting(study).recent()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(["code", "withdraw", "memo", "in_vivo", "undo", "redo"]), max_size=14))
def test_all_steps_taken_back_leave_the_study_as_it_was(study: Study, steps: list[str]) -> None:
    sitting, before = Sitting(study), _state(study)
    for n, step in enumerate(steps):
        _do(sitting, step, n)
    while sitting.can_undo:
        sitting.undo()
    assert _state(study) == before


def _state(study: Study) -> object:
    return study.codings.list(), [one.text for one in study.memos.list()], study.in_vivo.list(), study.drafts.text()


def _do(sitting: Sitting, step: str, n: int) -> None:
    match step:
        case "code":
            sitting.code("P1", n, n + 3, ["wait", "leave"])
        case "withdraw":
            if there := sitting.study.codings.list():
                sitting.withdraw(there[n % len(there)].id)
        case "memo":
            sitting.memo("a thought", about="study")
        case "in_vivo":
            sitting.in_vivo("P1", 5 + n, 9 + n, key=f"new {n % 3}")
        case "undo" if sitting.can_undo:
            sitting.undo()
        case "redo" if sitting.can_redo:
            sitting.redo()


def test_suggestions_are_accepted_and_rejected_and_that_is_taken_back(study: Study, sitting: Sitting) -> None:
    study.drafts.redefine("help", more={"terms": [("en", ["doctor", "week"])]})
    study.drafts.publish()
    first, second = study.suggestions.list(["P2"], codes=["help"])
    made = sitting.accept(first)
    sitting.reject(second)
    assert (made.code, made.coder, study.suggestions.list(["P2"], codes=["help"])) == ("help", "ana", [])
    assert sitting.undo().startswith("took back the rejection of help on")
    assert sitting.undo().startswith("took back help on")
    assert study.suggestions.list(["P2"], codes=["help"]) == [first, second]
    sitting.redo()
    sitting.redo()
    assert study.suggestions.list(["P2"], codes=["help"]) == []


def test_a_mark_that_is_taken_away_comes_back_with_its_code(
    study: Study, sitting: Sitting, place: tuple[int, int]
) -> None:
    sitting.remove_mark(sitting.in_vivo("P2", *place, key="KIND"))
    assert study.in_vivo.list() == []
    sitting.undo()
    assert [(one.key, one.quote, one.coder) for one in study.in_vivo.list()] == [("KIND", QUOTE, "ana")]
    sitting.redo()
    assert study.in_vivo.list() == []


def rename_elsewhere(study: Study, name: str, to: str) -> None:
    with open_study(study.path) as other:
        other.coders.rename(name, to)


def names_of(study: Study) -> list[str]:
    return sorted(one.name for one, _ in study.coders.list())


@pytest.mark.parametrize("name", [None, "ana", "ANA"])
def test_a_coder_who_gets_another_name_elsewhere_goes_on_under_it(
    study: Study, place: tuple[int, int], name: str | None
) -> None:
    with open_study(study.path, coder=name) as handle:
        sitting = Sitting(handle, coder=name)
        before = names_of(study)
        rename_elsewhere(study, "ana", "coder-07")
        (made,) = sitting.code("P2", *place, ["wait"])
        handle.reading.keep_place("P2", 4, coder=sitting.who)
        sitting.memo("look again", about="transcript", target="P2")
        assert (sitting.coder, made.coder) == ("coder-07", "coder-07")
        assert names_of(study) == sorted({*before, "coder-07"} - {"ana"})
        assert "wait" in sitting.recent()
        assert made.id in {one.id for one in handle.reading.open("P2").codings}


def test_a_coder_new_to_the_study_goes_on_under_another_name_after_the_first_act(
    study: Study, place: tuple[int, int]
) -> None:
    with open_study(study.path, coder="zoe") as handle:
        sitting = Sitting(handle)
        sitting.code("P2", *place, ["wait"])
        rename_elsewhere(study, "zoe", "coder-08")
        sitting.code("P2", *place, ["help"])
        assert sitting.undo().startswith("took back")
        assert "zoe" not in names_of(study)


def test_the_sitting_of_another_than_who_opened_the_study_stays_that_coder(
    study: Study, place: tuple[int, int]
) -> None:
    sitting = Sitting(study, coder="zoe")
    sitting.code("P2", *place, ["wait"])
    rename_elsewhere(study, "zoe", "coder-08")
    (made,) = sitting.code("P2", *place, ["help"])
    assert (made.coder, "zoe" in names_of(study)) == ("coder-08", False)


def test_a_new_coder_whose_first_act_was_refused_is_still_met_at_the_next(study: Study, place: tuple[int, int]) -> None:
    with open_study(study.path, coder="zoe") as handle:
        sitting = Sitting(handle)
        with pytest.raises(NotFound):
            sitting.code("P2", *place, ["no-such-code"])
        (made,) = sitting.code("P2", *place, ["wait"])
        assert (made.coder, handle.check()) == ("zoe", [])


def test_a_name_said_with_an_act_is_the_name_of_now(study: Study, place: tuple[int, int]) -> None:
    with open_study(study.path, coder="ana") as handle:
        handle.code("P2", code="wait", start=place[0], end=place[1])
        rename_elsewhere(study, "ana", "coder-07")
        (made,) = handle.code("P2", code="help", start=place[0], end=place[1], coder="ana")
        assert (made.coder, names_of(study).count("ana")) == ("ana", 1)
