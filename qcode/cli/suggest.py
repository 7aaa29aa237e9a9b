"""`qcode suggest`: sentences that terms of the codes suggest; a person accepts or rejects each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.coding import as_row
from qcode.cli.lines import pointer, wrapped
from qcode.cli.options import coder_option, format_option, open_study, output_option, study_option
from qcode.cli.output import emit, plural, printable, say, to_json

if TYPE_CHECKING:
    from qcode.study.study import Study
    from qcode.study.suggestions import Suggestion

COLUMNS = ("id", "transcript", "turn", "speaker", "start", "end", "quote", "code", "words", "terms", "why", "codebook")

_EPILOG = """\b
Examples:
  qcode suggest P07                                     what the terms of the codes suggest in P07
  qcode suggest P07 --code STIG                         for this code and those below it
  qcode suggest P07 --accept 3f2a9c01b7d4               code the sentence, as you
  qcode suggest P07 --reject 77b0e2d41c9a --reject 09aa51e0f3c2
  qcode suggest --rejected                              what you rejected
  qcode suggest --restore 77b0e2d41c9a                  let it be suggested again
"""


@click.command("suggest", epilog=_EPILOG)
@click.argument("transcripts", nargs=-1, metavar="[TRANSCRIPT...]")
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only this code and those below it (repeatable).")
@click.option("--accept", multiple=True, metavar="ID", help="Code the sentence with what was suggested (repeatable).")
@click.option("--reject", multiple=True, metavar="ID", help="Never suggest it to you again (repeatable).")
@click.option("--rejected", is_flag=True, help="List what you rejected.")
@click.option("--restore", multiple=True, metavar="ID", help="Let it be suggested again (repeatable).")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
@coder_option
def command(
    transcripts: tuple[str, ...],
    codes: tuple[str, ...],
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    rejected: bool,
    restore: tuple[str, ...],
    fmt: str,
    output: Path | None,
    study_path: str | None,
    coder: str | None,
) -> None:
    """List sentences in which terms of a code stand, in whatever form, and which you have not coded with it.

    Nothing is coded by itself: you accept or reject each one. What you rejected is not suggested to you again. What
    others coded makes no difference. An id may be cut to its first 6 characters.
    """
    given = {"--accept": accept, "--reject": reject, "--rejected": rejected, "--restore": restore}
    _must_be_one([name for name, value in given.items() if value], narrowed=bool(codes), printed=output is not None)
    study = open_study(study_path, coder)
    if accept or reject or restore:
        _decide(study, transcripts, accept, reject, restore, fmt=fmt, coder=coder)
        return
    listed = study.suggestions.rejected if rejected else study.suggestions.list
    found = listed(transcripts, codes=codes, coder=coder)
    if fmt == "table" and output is None:
        _tell(study, found, rejected=rejected)
        return
    emit([_as_row(one) for one in found], COLUMNS, fmt=fmt, output=output, title="Suggestions")


def _must_be_one(given: Sequence[str], *, narrowed: bool, printed: bool) -> None:
    if len(given) > 1:
        raise click.UsageError(f"{' and '.join(given)} do not go together; give one of them")
    if given and given != ["--rejected"] and (narrowed or printed):
        raise click.UsageError(f"{given[0]} goes without {'--code' if narrowed else '-o'}: it lists nothing")


def _decide(
    study: Study,
    transcripts: tuple[str, ...],
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    restore: tuple[str, ...],
    *,
    fmt: str,
    coder: str | None,
) -> None:
    within = transcripts[0] if len(transcripts) == 1 else None
    if accept:
        made = study.suggestions.accept(*accept, transcript=within, coder=coder)
        if fmt == "json":
            click.echo(to_json([as_row(one) for one in made]))
            return
        for one in made:
            say(f"{one.coder} coded {one.transcript} {one.start}-{one.end} with {one.code} ({one.id[:8]})")
        return
    if reject:
        numbers = {"rejected": study.suggestions.reject(*reject, transcript=within, coder=coder)}
        said = f"rejected {plural(numbers['rejected'], 'suggestion')}; to take it back: qcode suggest --restore ID"
    else:
        numbers = {"restored": study.suggestions.restore(*restore, coder=coder)}
        said = f"{plural(numbers['restored'], 'suggestion')} may come again"
    if fmt == "json":
        click.echo(to_json(numbers))
    else:
        say(said)


def _as_row(one: Suggestion) -> dict[str, Any]:
    row = {column: getattr(one, column) for column in COLUMNS}
    terms = [f"{term} ({language})" for language, term in one.terms]
    return row | {"words": list(one.words), "terms": terms}


def _tell(study: Study, found: Sequence[Suggestion], *, rejected: bool) -> None:
    for one in found:
        turn = f", turn {one.turn}" if one.turn is not None else ""
        place = f"{one.transcript}{turn}{f', {one.speaker}' if one.speaker else ''}"
        lines = [
            wrapped(f"{one.id}  {one.code}  {place}"),
            wrapped(" ".join(one.quote.split()), indent=4),
            wrapped(one.why, indent=6),
        ]
        click.echo(printable("\n".join(lines) + "\n"))
    if not found:
        say(_why_none(study, rejected=rejected))
    elif rejected:
        say(pointer(f"let one be suggested again: qcode suggest --restore {found[0].id}"))
    else:
        say(plural(len(found), "suggestion"))
        say(pointer(f"code one: qcode suggest --accept {found[0].id}"))
        say(pointer(f"or see it no more: qcode suggest --reject {found[0].id}"))


def _why_none(study: Study, *, rejected: bool) -> str:
    """Return why there is nothing to list, and what would change that."""
    if rejected:
        return "nothing that you rejected would be suggested here"
    books = study.codebooks.newest().values()
    if not books:
        return "nothing suggests a code here: this study has no codebook yet; type: qcode codebook import FILE.yaml"
    if not any(words for book in books for code in book.codes if code.codable for _, words in code.terms):
        return (
            "nothing suggests a code here: the codes have no terms; "
            "add some: qcode codebook redefine CODE --term LANGUAGE=WORDS"
        )
    if not study.transcripts.list():
        return "nothing suggests a code here: there is no transcript yet; type: qcode import FOLDER"
    return "nothing suggests a code here that you have not coded or rejected"
