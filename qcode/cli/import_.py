"""`qcode import`: take transcripts into the study."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.options import coder_option, open_study, pairs, print_option, study_option
from qcode.cli.output import plural, printable, say, to_json

if TYPE_CHECKING:
    from qcode.cli.import_project import Taken
    from qcode.study.folders import Found
    from qcode.study.importing import Imported, Outcome

_EPILOG = """\b
Examples:
  qcode import interviews/                          a folder with all below it
  qcode import P07.docx --case P07 --attr role=client --attr country=Kyrgyzstan
  qcode import old.txt --encoding cp1251            where the guess was wrong
  qcode import talk.txt --speakers "INT,R1"         believe only these labels
  qcode import talk.xlsx --columns "speaker=Who,text=Said,time=At"
  qcode import survey.csv --columns "id=ID,text=Why?,text=And now?,attribute=age"
  qcode import interviews/ --dry-run                look first, change nothing
  qcode import team.qdpx                            a project of NVivo, ATLAS.ti, MAXQDA, QualCoder ...
"""


@click.command("import", epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--case", metavar="NAME", help="The case these transcripts are about.")
@click.option(
    "--attr", multiple=True, metavar="KEY=VALUE", help="A fact about the case, such as role=client (repeatable)."
)
@click.option(
    "--language", metavar="XX", help="The language (ru, kk, ky, uz, zh, de, en ...) instead of the detected one."
)
@click.option(
    "--encoding", metavar="ENC", help="The encoding (cp1251, koi8-r, gb18030 ...) instead of the detected one."
)
@click.option("--speakers", metavar="A,B", help="Believe only these speaker labels, with commas between them.")
@click.option("--no-speakers", is_flag=True, help="Believe no speaker labels: every paragraph is a turn.")
@click.option(
    "--columns",
    metavar="ROLE=COLUMN,...",
    help="Which column of a table is what: speaker, text, time, transcript, id, attribute.",
)
@click.option("--name", metavar="NAME", help="The transcript's name, for a single file (default: the file's stem).")
@click.option("--positions", metavar="RULE", help="How a project counts positions: codepoints, utf16, crlf1, crlf2 ...")
@click.option("--project", metavar="NAME", help="Which project, where a database holds several.")
@click.option("--codebook", metavar="NAME", help="The codebook that the codes of a project go to.")
@click.option("--dry-run", is_flag=True, help="Show what would come in and change nothing.")
@print_option
@study_option
@coder_option
def command(paths: tuple[str, ...], study_path: str | None, coder: str | None, fmt: str, **values: Any) -> int:
    """Import transcripts: texts of Word and other programs, pdf, subtitles, tables, files of ELAN, Praat, CLAN, Whisper
    and others, and folders of them.

    Each file comes in whole or is refused with a reason; the others go on. A table may bring several transcripts, a row
    a turn or a row a respondent. What was decided (encoding, language, speakers, columns) is shown and can be
    overridden. The same bytes again are skipped. Which formats are read: docs/importing.md.

    A project of another program (.qdpx, .qdc, .qda, .sqlite3, .rqda) that is named comes in with its codes, codings,
    cases and memos, and a list of what could not; one that comes back adds what is new: docs/exchange.md.
    """
    from qcode.cli.import_project import apart, check_options, show_projects, take_in
    from qcode.importers.base import Options
    from qcode.study.folders import find_files
    from qcode.study.import_options import columns_from

    attributes = pairs(values["attr"])
    projects, found = apart(find_files(paths))
    check_options(projects, found, values)
    if values["name"] and len(found) > 1:
        raise click.UsageError(f"--name names one transcript, and here are {len(found)} files")
    labels = values["speakers"]
    options = Options(
        encoding=values["encoding"],
        language=values["language"],
        speakers=tuple(part.strip() for part in labels.split(",") if part.strip()) if labels is not None else None,
        no_speakers=values["no_speakers"],
        columns=columns_from(values["columns"] or ""),
    )
    study = open_study(study_path, coder)
    taken = take_in(study, projects, values)
    if taken and not found:
        return show_projects(taken, fmt)
    outcomes = list(
        study.transcripts.add_each(
            _with_progress(found),
            options=options,
            case=values["case"],
            attributes=attributes,
            name=values["name"],
            dry_run=values["dry_run"],
        )
    )
    return _show(outcomes, taken, fmt, dry_run=values["dry_run"])


def _with_progress(found: list[Found]) -> Iterable[Found]:
    if len(found) < 2 or not sys.stderr.isatty():
        return found
    return _bar(found)


def _bar(found: list[Found]) -> Iterator[Found]:
    from rich.console import Console
    from rich.progress import track

    yield from track(found, description="importing", console=Console(stderr=True), transient=True)


def _show(outcomes: list[Outcome], taken: list[Taken], fmt: str, *, dry_run: bool) -> int:
    from qcode.cli.import_project import as_json, ledgers, tell, tell_errors
    from qcode.study.importing import Imported, Refused, Skipped

    imported = [one for one in outcomes if isinstance(one, Imported)]
    skipped = [one for one in outcomes if isinstance(one, Skipped)]
    refused = [one for one in outcomes if isinstance(one, Refused)]
    came = bool(imported or skipped or ledgers(taken))
    if fmt == "json":
        document: dict[str, Any] = {
            "imported": [as_json(one) for one in imported],
            "skipped": [{"path": one.path, "why": one.why} for one in skipped],
            "refused": [{"path": one.path, "why": one.why} for one in refused],
        }
        if taken:
            document["refused"] += [{"path": one.path, "why": one.refused} for one in taken if one.refused]
            document["projects"] = ledgers(taken)
        click.echo(to_json(document))
    else:
        for project in taken if came else ():
            tell(project)
        for one in imported:
            _tell(one, "would import" if dry_run else "imported")
        for other in skipped:
            click.echo(printable(f"skipped  {other.path}: {other.why}"))
        for bad in refused if came else ():
            click.echo(printable(f"refused  {bad.path}: {bad.why}"))
    if not came:
        tell_errors([(one.path, one.refused) for one in taken] + [(one.path, one.why) for one in refused])
    verb = "would be imported" if dry_run else "imported"
    say(f"{len(imported)} {verb}, {len(skipped)} skipped, {len(refused)} refused")
    if not outcomes:
        from qcode.study.import_options import endings

        say(f"there is no file here to import: {' '.join(endings())} are read")
    if not refused and not any(one.refused for one in taken):
        return 0
    return 1 if came else 2


def _tell(one: Imported, verb: str) -> None:
    speakers = ", ".join(one.speakers) or "none named"
    encoding = f", {one.encoding}" if one.encoding else ""
    click.echo(
        printable(
            f"{verb} {one.transcript}  ({one.format}{encoding}, language {one.language or 'unknown'}, "
            f"{one.characters:,} characters, {plural(one.turns, 'turn')}; speakers: {speakers})"
        )
    )
    for notice in one.warnings[:8]:
        click.echo(printable(f"         {notice.where}: {notice.what}" if notice.where else f"         {notice.what}"))
    if len(one.warnings) > 8:
        click.echo(f"         and {len(one.warnings) - 8} more remarks (all with --format json)")
