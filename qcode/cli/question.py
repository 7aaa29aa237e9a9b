"""The options that ask for a matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qcode.cli.options import filters_from

if TYPE_CHECKING:
    from qcode.study.cooccurrence import Request

__all__ = ["question_options", "request_from"]

F = TypeVar("F", bound=Callable[..., Any])

UNITS = ("overlap", "exact", "within", "near", "follows", "sentence", "turn", "paragraph", "transcript", "case")
COUNTS = ("stretches", "hits", "segments", "characters", "units", "transcripts", "cases")
MEASURES = ("count", "jaccard", "dice", "c", "given", "lift", "npmi", "phi", "fisher")

_OPTIONS = (
    click.option("--unit", type=click.Choice(UNITS), default="overlap", show_default=True, help="Where codes meet."),
    click.option("--distance", metavar="N[c|t]", help="For near and follows: 200c characters, or 1t turns."),
    click.option("--count", type=click.Choice(COUNTS), help="What is counted (default: what the unit suggests)."),
    click.option("--measure", type=click.Choice(MEASURES), default="count", show_default=True, help="A coefficient."),
    click.option("--per-coder", is_flag=True, help="Compare only codings by the same coder, and add up over coders."),
    click.option("--rollup", is_flag=True, help="Let a coding count for the codes above its own too."),
    click.option("--min-cases", type=click.IntRange(min=1), metavar="K", help="Hide cells with fewer than K cases."),
    click.option("--test", type=click.Choice(["permutation"]), help="Ask what reshuffled codings would give."),
    click.option("--permutations", type=click.IntRange(1, 1_000_000), metavar="N", help="How many."),
    click.option("--seed", type=click.IntRange(0), metavar="N", help="The seed of --test (default: 1)."),
)


def question_options(function: F) -> F:
    """Add the options that say what is counted, where and how."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def request_from(values: dict[str, Any]) -> Request:
    """Return the request that was typed, taking its options out of a command's values."""
    from qcode.analysis.answer import Question
    from qcode.analysis.rules import PERMUTATIONS, SEED
    from qcode.study.cooccurrence import Request

    filters, by = filters_from(values), values.pop("by", None)
    if values["test"] is None and (values["seed"] is not None or values["permutations"] is not None):
        raise click.UsageError("--seed and --permutations go with --test permutation")
    values["permutations"] = values["permutations"] or PERMUTATIONS
    values["seed"] = SEED if values["seed"] is None else values["seed"]
    names = ("unit", "distance", "count", "measure", "per_coder", "rollup", "min_cases", "test", "permutations", "seed")
    return Request(Question(**{name: values.pop(name) for name in names}), filters, by)
