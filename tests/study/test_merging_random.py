"""Whatever people do on two copies of a study: they become one, whichever takes in the other, and nothing is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import P1, P2
from tests.notation import make_study
from tests.study.merging_acts import ACTS, Act, act, held, matrices, ticking

FEW = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
"""Without a search for the smallest example, which takes minutes here."""
EVERYDAY = [one for one in ACTS if one not in ("follow", "revise")]
numbers = st.integers(min_value=0, max_value=40)


def acts(verbs: list[str], most: int) -> st.SearchStrategy[list[Act]]:
    return st.lists(st.tuples(st.sampled_from(verbs), numbers, numbers), max_size=most)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    with make_study(folder, codes=("money", "wait"), P1=P1, P2=P2) as made:
        made.cases.set("Ana A.", {"role": "client"}, transcripts=("P1",))
        return made.path


@contextmanager
def apart(begun: Path, seed: int, before: list[Act], here: list[Act], there: list[Act]) -> Iterator[tuple[Path, Path]]:
    """Give two copies of a study in which different things were done, at the same time."""
    with tempfile.TemporaryDirectory() as name, ticking(seed):
        first, second = Path(name) / "a.qcode", Path(name) / "b.qcode"
        with open_study(begun) as study:
            study.back_up(first)
        with open_study(first) as ours:
            for one in before:
                act(ours, one)
            ours.back_up(second)
        with open_study(first) as ours, open_study(second) as theirs:
            turns = max(len(here), len(there))
            for n in range(turns):
                for study, done in ((ours, here), (theirs, there)):
                    if n < len(done):
                        act(study, done[n])
        yield first, second


def become_one(first: Path, second: Path) -> None:
    copy = first.with_name("copy.qcode")
    with open_study(first) as ours:
        ours.back_up(copy)
        every = {row[0] for row in held(ours)["codings"]}
        memos = {row[0] for row in held(ours)["memos"]}
    with open_study(second) as theirs:
        every |= {row[0] for row in held(theirs)["codings"]}
        memos |= {row[0] for row in held(theirs)["memos"]}
        removed = {row for row in memos if _removed(theirs, row)}
    with open_study(first) as ours, open_study(second) as theirs:
        removed |= {row for row in memos if _removed(ours, row)}
        ours.merge(second)
        theirs.merge(copy)
        assert (ours.check(), theirs.check()) == ([], [])
        here, there = held(ours), held(theirs)
        assert {what: here[what] for what in here if here[what] != there[what]} == {
            what: there[what] for what in here if here[what] != there[what]
        }
        assert matrices(ours) == matrices(theirs)
        assert every <= {row[0] for row in held(ours)["codings"]}
        assert memos - removed <= {row[0] for row in held(ours)["memos"]}
        before = held(ours)
        assert not ours.merge(second).changed
        assert not theirs.merge(first).changed
        assert held(ours) == before


def _removed(study: Study, memo: object) -> bool:
    return any(one.act == "memo.remove" and str(memo) in one.details for one in study.history())


@FEW
@given(seed=numbers, before=acts(EVERYDAY, 4), here=acts(EVERYDAY, 10), there=acts(EVERYDAY, 10))
def test_two_copies_become_one_whichever_takes_in_the_other(
    begun: Path, seed: int, before: list[Act], here: list[Act], there: list[Act]
) -> None:
    with apart(begun, seed, before, here, there) as (first, second):
        become_one(first, second)


@FEW
@given(
    seed=numbers,
    before=acts(list(ACTS), 6),
    here=acts(["code", "withdraw", "restore", "memo", "decide", "undo"], 8),
    there=acts(["code", "withdraw", "restore", "decide", "undo", "follow", "follow"], 10),
)
def test_a_copy_with_following_versions_becomes_one_with_the_other(
    begun: Path, seed: int, before: list[Act], here: list[Act], there: list[Act]
) -> None:
    with apart(begun, seed, before, here, there) as (first, second):
        become_one(first, second)


@FEW
@given(
    seed=numbers,
    before=acts(["code", "code", "withdraw", "follow", "revise"], 6),
    here=acts(["code", "withdraw", "restore", "memo", "decide", "undo", "place"], 8),
    there=acts(["code", "withdraw", "restore", "decide", "undo", "revise", "revise", "place"], 8),
)
def test_a_copy_with_corrected_transcripts_becomes_one_with_the_other(
    begun: Path, seed: int, before: list[Act], here: list[Act], there: list[Act]
) -> None:
    with apart(begun, seed, before, here, there) as (first, second):
        become_one(first, second)


@FEW
@given(
    seed=numbers,
    before=acts(["code", "code", "withdraw"], 4),
    here=acts(["code", "withdraw", "restore", "decide", "undo", "revise"], 8),
    there=acts(["code", "withdraw", "restore", "decide", "undo", "follow"], 8),
)
def test_a_corrected_copy_becomes_one_with_a_copy_that_has_a_following_version(
    begun: Path, seed: int, before: list[Act], here: list[Act], there: list[Act]
) -> None:
    with apart(begun, seed, before, here, there) as (first, second):
        become_one(first, second)
