"""`qcode codebook resolve`: decisions on codings that wait since the codebook changed or a transcript was corrected."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.codebook_queue import must_be_now, waits
from qcode.cli.options import (
    coder_option,
    filters_from,
    open_study,
    print_option,
    study_option,
    waiting_filter_options,
)
from qcode.cli.output import plural, say, to_json

if TYPE_CHECKING:
    from qcode.study.queue import Decided
    from qcode.study.selection import Filters
    from qcode.study.study import Study

__all__ = ["resolve"]

_RESOLVE_EPILOG = """\b
Examples:
  qcode codebook resolve 3f2a9c01 --to FUND-STOP
  qcode codebook resolve 3f2a9c01 77b0e2d4 --to FUND-HAND,FUND-STOP --why "he tells of both"
  qcode codebook resolve --code COER-COMP --where country=China --keep
  qcode codebook resolve 9b1e44f0 --quote "words"       where the transcript was corrected
  qcode codebook resolve --undo                         take your last decision back
"""


@click.command("resolve", epilog=_RESOLVE_EPILOG)
@click.argument("ids", nargs=-1, metavar="[CODING...]")
@click.option("--to", metavar="CODE[,CODE...]", help="Let them go to one code or several.")
@click.option("--keep", is_flag=True, help="Let them stay on their code.")
@click.option("--withdraw", is_flag=True, help="Take them back.")
@click.option("--at", nargs=2, type=int, metavar="START END", help="Place one whose words are gone, by positions.")
@click.option("--quote", "words", metavar="WORDS", help="Place it by its words; they must stand there once.")
@click.option("--undo", is_flag=True, help="Let wait again what you decided last, or the codings named.")
@click.option("--why", default="", metavar="TEXT", help="The reason, kept with the decision.")
@click.option("--all", "everything", is_flag=True, help="Decide on all that wait.")
@waiting_filter_options("--coded-by")
@print_option
@study_option
@coder_option
def resolve(
    ids: tuple[str, ...],
    to: str | None,
    keep: bool,
    withdraw: bool,
    at: tuple[int, int] | None,
    words: str | None,
    undo: bool,
    why: str,
    everything: bool,
    fmt: str,
    study_path: str | None,
    coder: str | None,
    **values: Any,
) -> None:
    """Decide on codings that wait: named by their ids, by filters, or --all; all of them or none.

    An id may be cut to its first 8 characters. What was decided can be taken back until the next version comes. One
    whose words are gone from its corrected transcript is placed anew (--at or --quote) or withdrawn.
    """
    placing = at is not None or words is not None
    _must_be_one(to=to is not None, keep=keep, withdraw=withdraw, **{_placed_by(words): placing}, undo=undo)
    filters = _meant(ids, everything, undo, filters_from(values | {"coder": values.pop("coded_by")}))
    if undo and why:
        raise click.UsageError("--why goes with a decision, not with --undo")
    codes = _codes(to) if to is not None else []
    study = open_study(study_path, coder)
    if filters is not None:
        must_be_now(study, filters)
    if undo:
        back = study.queue.undo(*ids, coder=coder)
        said, told, when = {"undone": back}, [f"took back what was decided on {plural(back, 'coding')}"], "now"
    elif placing:
        done = _placed(study, ids, at, words, why=why, coder=coder)
        said, told, when = {"decided": 1, "made": done.made}, ["placed 1 coding anew", _back(coder)], "still"
    else:
        done = study.queue.resolve(*ids, to=codes, keep=keep, withdraw=withdraw, filters=filters, why=why, coder=coder)
        said, when = {"decided": done.codings, "made": done.made}, "still"
        told = _done(done, codes, coder, keep=keep, named=bool(ids))
    _tell_left(study, said, told, fmt, when)


def _placed_by(words: str | None) -> str:
    return "at" if words is None else "quote"


def _placed(
    study: Study, ids: tuple[str, ...], at: tuple[int, int] | None, words: str | None, *, why: str, coder: str | None
) -> Decided:
    """Place a coding whose words are gone."""
    if len(ids) != 1:
        raise click.UsageError("--at and --quote place one coding: name it by its id")
    start, end = at or (None, None)
    return study.queue.place(ids[0], start=start, end=end, quote=words, why=why, coder=coder)


def _tell_left(study: Study, numbers: dict[str, int], sentences: list[str], fmt: str, still: str) -> None:
    """Tell what was done and how many codings wait now."""
    waiting = study.status().pending
    if fmt == "json":
        click.echo(to_json(numbers | {"waiting": waiting}))
        return
    left = f"{waits(waiting, still)}: qcode codebook queue" if waiting else "nothing waits any more"
    for sentence in (*sentences, left):
        say(sentence)


def _must_be_one(**given: bool) -> None:
    chosen = [f"--{name}" for name, value in given.items() if value]
    if len(chosen) > 1:
        raise click.UsageError(f"{' and '.join(chosen)} do not go together; give one of them")
    if not chosen:
        raise click.UsageError(
            "say what is decided: --to CODE[,CODE...], --keep, --withdraw, --at START END, --quote WORDS or --undo"
        )


def _meant(ids: tuple[str, ...], everything: bool, undo: bool, filters: Filters) -> Filters | None:
    """Return the filters that name codings, or None where ids do; refuse what names none, or names them twice."""
    narrowed = bool(filters.as_json() or filters.codebook)
    if undo:
        if narrowed or everything:
            raise click.UsageError("--undo takes the last decision back, or those on the ids named; it has no filters")
        return None
    given = [name for name, value in (("ids", ids), ("filters", narrowed), ("--all", everything)) if value]
    if len(given) > 1:
        raise click.UsageError(f"name the codings by {' or by '.join(given)}, not by both")
    if not given:
        raise click.UsageError("say which codings: ids, filters such as --code and --transcript, or --all that wait")
    return None if ids else filters


def _codes(words: str) -> list[str]:
    codes = [part.strip() for part in words.split(",") if part.strip()]
    if not codes:
        raise click.UsageError("--to names no code; give one, or several with commas between them")
    return codes


def _done(done: Decided, codes: list[str], coder: str | None, *, keep: bool, named: bool) -> list[str]:
    what = plural(done.codings, "coding")
    said = f"kept {what}" if keep else f"withdrew {what}"
    if codes:
        there = len(codes) * done.codings - done.made
        rest = f"; {plural(done.made, 'new coding')}, the rest stood there already" if there else ""
        said = f"allocated {what} to {', '.join(codes)}{rest}"
    whose = "these were codings of " + " and ".join(sorted(done.coders)) + "; --coded-by NAME means those of one"
    return [said, *([whose] if coder and not named and len(done.coders) > 1 else []), _back(coder)]


def _back(coder: str | None) -> str:
    again = f" --coder {quote(coder)}" if coder else ""
    return f"to take it back: qcode codebook resolve --undo{again}"
