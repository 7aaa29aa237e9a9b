"""The trail of a coding: every step back to the first, who decided and why, and why it is frozen."""

from __future__ import annotations

from qcode.study.study import Study
from tests.study.next_version import follow


def steps(study: Study, code: str, version: str | None = None) -> list[str]:
    from qcode.study.selection import Filters

    asked = Filters(codes=(code,), codebook=version, withdrawn=True)
    coding = next(one for one in study.codings.list(asked) if one.quote == "two hours")
    return [step.what for step in study.codings.trail(coding.id)]


def test_a_coding_that_nothing_happened_to_has_no_trail(study: Study) -> None:
    assert steps(study, "wait") == []


def test_the_trail_leads_through_decisions_and_merges_back_to_the_first(study: Study) -> None:
    follow(study, "split wait into hope, fear")
    study.queue.resolve(study.queue.list()[0].coding.id, to="fear", why="so it sounds")
    follow(study, "merge fear, leave into gone")
    first, second = steps(study, "gone")
    assert "came from a coding of wait" in first and "by ana" in first and first.endswith(": so it sounds")
    assert "came from a coding of fear" in second and second.endswith("moved with its code in 3")


def test_a_coding_that_waits_says_since_when_and_why(study: Study) -> None:
    follow(study, "narrow wait")
    (step,) = steps(study, "wait")
    assert step.startswith("waited since 2: redefine (narrow)")


def test_a_frozen_coding_says_since_which_version(study: Study) -> None:
    follow(study, "retire wait")
    follow(study, "name trust")
    (step,) = steps(study, "wait", "book@1")
    assert step.startswith("frozen since 2: wait is used no more")
