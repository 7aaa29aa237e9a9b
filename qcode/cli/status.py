"""`qcode status`: what is in the study and what waits. It starts at once, so it imports next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qcode.cli.lines import pointer, wrapped
from qcode.cli.options import open_study, print_option, study_option
from qcode.cli.output import plural, printable, to_json

if TYPE_CHECKING:
    from qcode.domain.overview import Overview


@click.command("status", epilog="Example: qcode status --study demo.qcode")
@print_option
@study_option
def command(fmt: str, study_path: str | None) -> None:
    """Tell what is in the study and what waits."""
    study = open_study(study_path)
    found = study.status()
    if fmt == "json":
        click.echo(to_json(_as_json(found)))
        return
    click.echo(printable(f"{study.path.name}  {found.title}"))
    for name, value in _lines(found):
        click.echo(printable(f"  {name:<13}{wrapped(value, indent=15).lstrip()}"))
    for sentence in _waiting(found):
        click.echo(printable(pointer(sentence)))


def _lines(found: Overview) -> list[tuple[str, str]]:
    languages = ", ".join(f"{code or 'unknown'} {n}" for code, n in found.languages)
    books = ", ".join(f"{key}@{version} ({n} codable codes)" for key, version, n in found.codebooks)
    apart = [f"{n:,} {what}" for what, n in (("withdrawn", found.withdrawn), ("frozen", found.frozen)) if n]
    waiting = ", ".join(f"{key} {n:,}" for key, n in found.pending_by_code)
    return [
        ("transcripts", f"{found.transcripts:,}  ({plural(found.turns, 'turn')}, {found.characters:,} characters)"),
        ("languages", languages or "none"),
        ("cases", f"{found.cases:,}"),
        ("codebooks", books or "none"),
        ("codings", f"{found.codings - found.frozen:,}" + (f" (and {', '.join(apart)})" if apart else "")),
        ("coders", ", ".join(f"{name} {n:,}" for name, n in found.coders)),
        ("pending", f"{found.pending:,}{f'  ({waiting})' if waiting else ''}"),
        ("memos", f"{found.memos:,}"),
        ("history", plural(found.acts, "act")),
    ]


def _waiting(found: Overview) -> list[str]:
    waits = []
    if not found.transcripts:
        waits.append("no transcripts yet: qcode import FOLDER")
    if not found.codebooks:
        waits.append("no codebook yet: qcode codebook import FILE.yaml")
    if found.transcripts and found.uncoded:
        waits.append(f"{found.uncoded:,} of {found.transcripts:,} transcripts carry no coding")
    if found.transcripts and found.homeless:
        waits.append(
            f"{plural(found.homeless, 'transcript')} belong{'s' if found.homeless == 1 else ''} to no case: "
            "qcode case set NAME role=... --transcript NAME"
        )
    if found.pending:
        said = f"{plural(found.pending, 'coding')} wait{'s' if found.pending == 1 else ''} for a decision"
        waits.append(f"{said}: qcode codebook queue")
    for key in found.drafts:
        waits.append(f"the next version of {key} is being written: qcode codebook draft")
    if found.silent:
        waits.append(f"{plural(found.silent, 'case')} without a transcript: qcode case list")
    return waits


def _as_json(found: Overview) -> dict[str, object]:
    return {
        "title": found.title,
        "id": found.id,
        "created_at": found.created_at,
        "default_coder": found.default_coder,
        "transcripts": found.transcripts,
        "characters": found.characters,
        "turns": found.turns,
        "cases": found.cases,
        "codings": found.codings - found.frozen,
        "withdrawn": found.withdrawn,
        "pending": found.pending,
        "pending_by_code": dict(found.pending_by_code),
        "frozen": found.frozen,
        "frozen_by_code": dict(found.frozen_by_code),
        "drafts": list(found.drafts),
        "memos": found.memos,
        "acts": found.acts,
        "uncoded_transcripts": found.uncoded,
        "transcripts_without_case": found.homeless,
        "cases_without_transcript": found.silent,
        "coders": dict(found.coders),
        "codebooks": [{"codebook": key, "version": version, "codable": n} for key, version, n in found.codebooks],
        "languages": {code or "unknown": n for code, n in found.languages},
    }
