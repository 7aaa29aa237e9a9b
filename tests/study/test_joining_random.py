"""Whatever two teams make of a codebook, and however it is settled: the join loses no coding and doubles none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qcode.domain.codebook import CodebookVersion
from qcode.domain.declared import Former
from qcode.errors import BadCodings, BadValue
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.domain.codebook_strategies import lines, trees
from tests.study.joined_lines import WORDS, Seen, at_word, begin, code_all, late_table, matrices, seen, version_file

NOW = 5
FORK = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


class Fork(NamedTuple):
    """Two lines over a base, as versions of files, and how what both changed is settled.

    `former` are the codes that had ended on their line before its newest version and in it.
    """

    first: CodebookVersion
    base: CodebookVersion
    ours: tuple[CodebookVersion, ...]
    theirs: CodebookVersion
    settled: str
    former: tuple[Former, ...]


@st.composite
def forks(draw: st.DrawFn) -> Fork:
    begun = draw(lines(draw(trees(least=3, most=7)), edits=draw(st.sampled_from([0, 3]))))
    ours = draw(lines(begun.newest, steps=2, edits=4, former=begun.former, mark="-ours-"))
    theirs = draw(lines(begun.newest, edits=4, former=begun.former, mark="-theirs-"))
    settled = draw(st.sampled_from(["ours", "theirs"]))
    return Fork(begun.versions[0], begun.newest, tuple(ours.versions[1:]), theirs.newest, settled, tuple(theirs.former))


@contextmanager
def coded(fork: Fork) -> Iterator[tuple[Study, Path]]:
    """Give a study at the newest version of ours, coded under the base and after, and its copy at the base."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study = begin(folder, *dict.fromkeys((fork.first, fork.base)))
        code_all(study, (0, "ana"), (11, "cy"), apart=1)
        withdrawn = study.codings.list()[:1]
        study.codings.withdraw(*(one.id for one in withdrawn))
        copy = folder / "copy.qcode"
        study.store.copy_to(copy)
        for one in fork.ours:
            study.codebooks.add(version_file(folder, one))
        code_all(study, (NOW, "ana"), (9, "cy"), apart=15)
        _decide(study)
        with study:
            yield study, copy


def _decide(study: Study) -> None:
    """Decide on every second coding that waits, but for those that are held against others."""
    for n, item in enumerate(study.queue.list()):
        if n % 2 and item.coding.coder != "cy":
            decision = {"to": item.candidates[:1]} if item.candidates and n % 4 == 1 else {"withdraw": True}
            study.queue.resolve(item.coding.id, **decision)  # type: ignore[arg-type]


def joined(study: Study, fork: Fork) -> None:
    try:
        done = study.codebooks.merge(version_file(study.path.parent, fork.theirs), settle={"*": fork.settled})
    except BadValue as refused:
        assume("nothing is; leave it out" in refused.sentence)
        done = study.codebooks.merge(version_file(study.path.parent, fork.theirs))
    assert done.done


def every_coding_has_one_state(study: Study) -> None:
    assert study.check() == []
    newest = study.codebooks.show("book").content
    live = study.codings.list()
    assert len({one.id for one in live}) == len(live)
    assert len({(one.quote, one.code, one.coder) for one in live}) == len(live)
    waiting = [one for one in live if one.status == "pending"]
    assert len(waiting) == len(study.queue.list()) == study.status().pending
    codable = {code.key for code in newest.codes if code.codable}
    assert {one.code for one in live if one.status == "settled"} <= codable
    document = study.cooccurrence(codebook="book", count="hits", per_coder=True).to_json()
    counted = sum(row[n] for n, row in enumerate(document["matrix"]))
    assert counted + sum(document["pending_left_out"].values()) == len(live)


@FORK
@given(forks())
def test_a_join_leaves_earlier_versions_as_they_were_and_shows_theirs_as_it_would_have_been(fork: Fork) -> None:
    with coded(fork) as (study, copy):
        earlier = [version.version for version in (fork.base, *fork.ours)]
        before = {version: (seen(study, version), matrices(study, version)) for version in earlier}
        joined(study, fork)
        every_coding_has_one_state(study)
        assert {version: (seen(study, version), matrices(study, version)) for version in earlier} == before
        with open_study(copy) as theirs:
            theirs.codebooks.add(study.path.parent / f"{fork.theirs.version}.yaml")
            number = fork.theirs.version
            assert seen(study, number) == seen(theirs)
            assert seen(study, number, withdrawn=False) == seen(theirs, withdrawn=False)
            assert matrices(study, number) == matrices(theirs, number)


@FORK
@given(forks())
def test_codings_that_come_late_become_what_those_became_that_were_there(fork: Fork) -> None:
    with coded(fork) as (study, _):
        joined(study, fork)
        for version, was, late in ((fork.base, 11, 12), (fork.ours[-1], 9, 14)):
            assert at_word(arrive(study, version, late), late) == at_word(seen(study), was)
        every_coding_has_one_state(study)


@FORK
@given(forks())
def test_no_coding_of_theirs_is_lost_or_doubled(fork: Fork) -> None:
    with coded(fork) as (study, _):
        joined(study, fork)
        for code in (code for code in fork.theirs.codes if code.codable):
            try:
                study.codings.import_csv(late_table([(WORDS[13], code.key, "cy")], fork.theirs.version), "late.csv")
            except BadCodings as refused:
                assert "was left out when that was joined" in refused.sentence or "already" in refused.sentence
        every_coding_has_one_state(study)


@FORK
@given(forks(), st.data())
def test_a_second_file_of_theirs_changes_nothing_of_the_first(fork: Fork, data: st.DataObject) -> None:
    second = data.draw(lines(fork.theirs, edits=4, former=fork.former, mark="-more-")).newest
    with coded(fork) as (study, _):
        joined(study, fork)
        there = [row.version for row, _ in study.codebooks.list()][:-1]
        before = {version: (seen(study, version), matrices(study, version)) for version in there}
        joined(study, fork._replace(theirs=second))
        assert {version: (seen(study, version), matrices(study, version)) for version in there} == before
        for version, was, late in ((fork.base, 11, 12), (fork.ours[-1], 9, 14)):
            assert at_word(arrive(study, version, late), late) == at_word(seen(study), was)
        every_coding_has_one_state(study)


def arrive(study: Study, version: CodebookVersion, n: int) -> Seen:
    rows = [(WORDS[n], code.key, "cy") for code in version.codes if code.codable]
    if rows:
        study.codings.import_csv(late_table(rows, version.version), "late.csv")
    return seen(study)
