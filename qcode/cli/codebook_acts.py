"""`qcode codebook add|rename|move|redefine|split|merge|retire|revive`: the changes of a draft, one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from qcode.cli.codebook_draft import codebook_option, tell_draft
from qcode.cli.options import coder_option, open_study, study_option

__all__ = ["COMMANDS", "ENTRY", "why_option"]

why_option = click.option(
    "--why", default="", metavar="TEXT", help="The reason, which stands in the codebook's history."
)

ENTRY = (
    click.option("--name", metavar="TEXT", help="The name."),
    click.option("--brief", metavar="TEXT", help="The definition in one line."),
    click.option("--definition", metavar="TEXT", help="What the code means."),
    click.option("--when", metavar="TEXT", help="When to use it."),
    click.option("--when-not", metavar="TEXT", help="When not to use it, and what to use instead."),
    click.option("--example", multiple=True, metavar="TEXT", help="A typical passage (repeatable)."),
    click.option("--color", metavar="#RRGGBB", help="Its colour."),
    click.option("--alias", multiple=True, metavar="TEXT", help="Another word that finds it (repeatable)."),
    click.option("--term", multiple=True, metavar="LANGUAGE=WORDS", help="Words that suggest it (repeatable)."),
)
"""The options for the parts of a code."""


def _with(options: tuple[Callable[[Any], Any], ...]) -> Callable[[Any], Any]:
    def add(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return add


_common = _with((codebook_option, study_option, coder_option))


def _entry(values: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a code that were given, as its fields."""
    found = {
        name: values[name]
        for name in ("name", "brief", "definition", "when", "when_not", "color")
        if values[name] is not None
    }
    for option, field in (("example", "examples"), ("alias", "aliases")):
        if values[option]:
            found[field] = tuple(values[option])
    if values["term"]:
        found["terms"] = _terms(values["term"])
    return found


def _terms(words: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    by_language: dict[str, list[str]] = {}
    for word in words:
        language, equals, terms = word.partition("=")
        if not equals or not language.strip() or not terms.strip():
            raise click.UsageError(f"--term {word!r} is not LANGUAGE=WORDS; write for example --term ru=стыд,вина")
        by_language.setdefault(language.strip(), []).extend(t.strip() for t in terms.split(",") if t.strip())
    return tuple((language, tuple(terms)) for language, terms in by_language.items())


@click.command("add", epilog='Example: qcode codebook add TRUST-PEER --under TRUST --name "Trust among peers"')
@click.argument("key")
@click.option("--under", metavar="CODE", help="The code above it (default: none, it stands at the top).")
@click.option("--after", metavar="CODE", help="The code that it follows.")
@click.option("--heading", is_flag=True, help="It is only a heading, and takes no codings.")
@_with(ENTRY)
@_common
def add(key: str, study_path: str | None, coder: str | None, **values: Any) -> None:
    """Add a code to the draft."""
    place = {"parent": values["under"], "after": values["after"], "codable": not values["heading"]}
    tell_draft(open_study(study_path, coder).drafts.add(key, codebook=values["codebook"], **place, **_entry(values)))


@click.command("rename", epilog='Examples: qcode codebook rename HR-OST HR-OAT; qcode codebook rename HR --name "Care"')
@click.argument("key")
@click.argument("to", required=False)
@click.option("--name", default="", metavar="TEXT", help="Another name; the key may stay.")
@why_option
@_common
def rename(
    key: str, to: str | None, name: str, why: str, codebook: str | None, study_path: str | None, coder: str | None
) -> None:
    """Give a code another key, another name, or both; the old key still finds it."""
    if to is None and not name:
        raise click.UsageError("give the new key, or --name")
    tell_draft(open_study(study_path, coder).drafts.rename(key, to, name=name, codebook=codebook, why=why))


@click.command("move", epilog="Examples: qcode codebook move COER-CIV --under NGO; qcode codebook move REG --top")
@click.argument("key")
@click.option("--under", metavar="CODE", help="The code to stand below.")
@click.option("--top", is_flag=True, help="Stand below none.")
@click.option("--before", metavar="CODE", help="Stand before this code.")
@click.option("--after", metavar="CODE", help="Stand behind this code.")
@_common
def move(key: str, top: bool, codebook: str | None, study_path: str | None, coder: str | None, **place: Any) -> None:
    """Move a code, with those below it, to another place of the tree."""
    if (place["under"] is not None) == top and not (place["before"] or place["after"]):
        raise click.UsageError("give --under CODE or --top")
    drafts = open_study(study_path, coder).drafts
    if place["under"] is None and not top:
        del place["under"]
        tell_draft(drafts.move_beside(key, codebook=codebook, **place))
    else:
        tell_draft(drafts.move(key, codebook=codebook, **place))


_REDEFINE_EPILOG = """\b
Examples:
  qcode codebook redefine COER-COMP --effect narrow --when-not "Locked wards that people enter freely." --why "..."
  qcode codebook redefine FUND-STATE --example "The tender came in May, the money in October."
"""


@click.command("redefine", epilog=_REDEFINE_EPILOG)
@click.argument("key")
@click.option(
    "--effect",
    type=click.Choice(["clarify", "widen", "narrow"]),
    help="What another definition, when or when-not means: the same in other words, more passages, or fewer.",
)
@_with(ENTRY)
@why_option
@_common
def redefine(
    key: str,
    effect: str | None,
    why: str,
    codebook: str | None,
    study_path: str | None,
    coder: str | None,
    **values: Any,
) -> None:
    """Change what a code means, or any other part of its entry.

    Another definition, when or when-not needs --effect: with narrow, all codings of the code wait for a second look.
    Examples, aliases and terms are added to those that are there; to take some out, see: qcode codebook edit
    """
    fields = _entry(values)
    defining = any(name in fields for name in ("definition", "when", "when_not"))
    if defining != (effect is not None):
        lacks = "--effect clarify, widen or narrow" if defining else "--definition, --when or --when-not"
        raise click.UsageError(f"give {lacks}")
    if not fields:
        raise click.UsageError("give a part of the entry to change, such as --definition or --example")
    more: dict[str, Any] = {name: fields.pop(name) for name in ("examples", "aliases", "terms") if name in fields}
    drafts = open_study(study_path, coder).drafts
    tell_draft(drafts.redefine(key, codebook=codebook, effect=effect, why=why, more=more, **fields))


@click.command(
    "split", epilog='Example: qcode codebook split FUND-EXIT FUND-HAND="Planned handover" FUND-STOP --why "..."'
)
@click.argument("key")
@click.argument("into", nargs=-1, required=True, metavar="KEY[=NAME]...")
@click.option("--keep", is_flag=True, help="The code itself goes on taking codings.")
@why_option
@_common
def split(
    key: str,
    into: tuple[str, ...],
    keep: bool,
    why: str,
    codebook: str | None,
    study_path: str | None,
    coder: str | None,
) -> None:
    """Split a code into others, which stand below it; it becomes a heading, and its codings wait to be allocated."""
    named = [(one.partition("=")[0], one.partition("=")[2]) if "=" in one else one for one in into]
    drafts = open_study(study_path, coder).drafts
    tell_draft(drafts.split(key, named, codebook=codebook, keep=keep, why=why))


@click.command("retire", epilog='Example: qcode codebook retire HR-NPS --why "now an attribute of the case"')
@click.argument("key")
@why_option
@_common
def retire(key: str, why: str, codebook: str | None, study_path: str | None, coder: str | None) -> None:
    """Take a code out of use; its codings are frozen and count only under earlier versions."""
    tell_draft(open_study(study_path, coder).drafts.retire(key, codebook=codebook, why=why))


@click.command("revive", epilog="Example: qcode codebook revive STIG-REG --under REG")
@click.argument("key")
@click.option("--under", metavar="CODE", help="The code above it (default: where it stood).")
@why_option
@_common
def revive(
    key: str, under: str | None, why: str, codebook: str | None, study_path: str | None, coder: str | None
) -> None:
    """Take a code that was retired or merged back into use; frozen codings count again."""
    tell_draft(open_study(study_path, coder).drafts.revive(key, codebook=codebook, under=under, why=why))


COMMANDS = (add, rename, move, redefine, split, retire, revive)
