"""`qcode codebook log` and `passages`: how a codebook came to be, and where a wider definition may apply."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from qcode.analysis.layout import display_width
from qcode.cli.changes import as_row, plan_as_text
from qcode.cli.lines import READABLE, pointer, terminal_width, wrapped
from qcode.cli.options import format_option, open_study, output_option, print_option, study_option
from qcode.cli.output import emit, plural, printable, say, to_json
from qcode.errors import BadValue

if TYPE_CHECKING:
    from qcode.study.past import PastVersion
    from qcode.study.uncoded import Uncoded

__all__ = ["COMMANDS"]

ENDINGS = (".docx", ".html", ".htm", ".md", ".xlsx", ".svg", ".png", ".json")

_LOG_EPILOG = """\b
Examples:
  qcode codebook log
  qcode codebook log drug-treatment-ca@1.2       only what led to this version
  qcode codebook log -o history.docx             for the methods section, with a drawing of the codes
"""


@click.command("log", epilog=_LOG_EPILOG)
@click.argument("name", required=False, metavar="[NAME[@V]]")
@print_option
@output_option(" ".join(ENDINGS))
@study_option
@click.pass_context
def log(ctx: click.Context, /, name: str | None, fmt: str, output: Path | None, study_path: str | None) -> None:
    """Tell the history of a codebook: its versions, their changes with reasons, the codings they touched."""
    study = open_study(study_path)
    versions = study.codebooks.log(name)
    if output is not None:
        _write(ctx, study, versions, output)
    elif fmt == "json":
        click.echo(to_json([_as_json(one) for one in versions]))
    else:
        click.echo(printable("\n\n".join(_told(one) for one in versions)))


def _write(ctx: click.Context, study: Any, versions: Any, output: Path) -> None:
    from qcode.cli.reporting import command_line, history_report
    from qcode.reports.save import save, write

    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise BadValue(f"the history is not written as {ending or 'a name without an ending'}", mend="take .docx")
    if ending == ".json":
        write((to_json([_as_json(one) for one in versions]) + "\n").encode(), output)
    else:
        save(history_report(study, versions, command=command_line(ctx)), output)
    say(f"wrote {output}")


def _told(one: PastVersion) -> str:
    codable = sum(code.codable for code in one.content.codes)
    follows = f", follows {' and '.join(one.follows)}" if one.follows else ""
    head = f"== {one.content.codebook}@{one.content.version}{follows} ==  ({one.created_at[:10]}, {one.coder})"
    facts = [plural(codable, "code"), f"{plural(one.codings, 'coding')} made under it"]
    if one.queued:
        facts.append(f"{one.queued:,} put before the coders, {one.waiting:,} not decided")
    parts = [wrapped(head), wrapped("; ".join(facts), indent=2)]
    if one.content.note:
        parts.append(wrapped(one.content.note, indent=2))
    if one.planned:
        parts.append(f"\n{plan_as_text(one.planned)}")
    return "\n".join(parts)


def _as_json(one: PastVersion) -> dict[str, Any]:
    return {
        "codebook": one.content.codebook,
        "version": one.content.version,
        "follows": list(one.follows),
        "created_at": one.created_at,
        "coder": one.coder,
        "note": one.content.note,
        "sha256": one.sha256,
        "codes": len(one.content.codes),
        "codable": sum(code.codable for code in one.content.codes),
        "codings": one.codings,
        "touched": one.touched,
        "queued": one.queued,
        "waiting": one.waiting,
        "changes": [as_row(change) for change in one.planned],
    }


@click.command("passages", epilog="Example: qcode codebook passages HR-OD --transcript KG-CLI-01")
@click.argument("code")
@click.option("--transcript", multiple=True, metavar="NAME", help="Only this transcript (repeatable).")
@click.option("--case", multiple=True, metavar="NAME", help="Only this case (repeatable).")
@click.option("--codebook", metavar="NAME", help="The codebook, where a code's key stands in several.")
@format_option
@output_option(".csv .json .xlsx .docx .html")
@study_option
def passages(
    code: str,
    transcript: tuple[str, ...],
    case: tuple[str, ...],
    codebook: str | None,
    fmt: str,
    output: Path | None,
    study_path: str | None,
) -> None:
    """List sentences in which terms of a code stand and that are not coded with it.

    It finds, and codes nothing: for a code whose definition was widened, or one that was added late.
    """
    from qcode.study.selection import Filters

    filters = Filters(transcripts=transcript, cases=case, codebook=codebook)
    found = open_study(study_path).uncoded(code, filters)
    if fmt == "table" and output is None:
        _tell_passages(found, code)
        return
    columns = ("transcript", "turn", "speaker", "start", "end", "quote", "found")
    rows = [{name: getattr(one, name) for name in columns} for one in found]
    emit([row | {"found": list(row["found"])} for row in rows], columns, fmt=fmt, output=output, title=f"Around {code}")


def _tell_passages(found: list[Uncoded], code: str) -> None:
    for one in found:
        place = f"{one.transcript} {one.start}-{one.end}  turn {one.turn}"
        who = f"{place}, {one.speaker}" if one.speaker else place
        words = f"({', '.join(one.found)})"
        width = min(READABLE, terminal_width() or READABLE)
        line = f"{who}  {words}" if display_width(who) + display_width(words) + 2 <= width else f"{who}\n    {words}"
        click.echo(printable(f"{line}\n{wrapped(' '.join(one.quote.split()), indent=4)}\n"))
    if found:
        say(f"{plural(len(found), 'sentence')} may belong here")
        say(pointer(f"code one: qcode coding add TRANSCRIPT START END {quote(code)}"))
    else:
        say(f"no sentence with terms of {code} is left uncoded")


COMMANDS = (log, passages)
