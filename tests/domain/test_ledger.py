"""The loss ledger."""

from __future__ import annotations

from qcode.domain.ledger import Loss, gathered


def test_equal_losses_become_one_with_their_sum_and_none_of_nothing_is_told() -> None:
    told = gathered([Loss("pictures", 2, "a"), Loss("sets", 0), Loss("pictures", 3, "a"), Loss("pictures", 1, "b")])
    assert told == (Loss("pictures", 5, "a"), Loss("pictures", 1, "b"))
