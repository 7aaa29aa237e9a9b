"""`qcode export`: the study as a project, a codebook or tables of other programs, with what stays behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qcode.cli.export_tables import ENDINGS, export_bundle, export_table
from qcode.cli.lines import wrapped
from qcode.cli.options import filter_options, filters_from, open_study, print_option, study_option
from qcode.cli.output import plural, printable, say, to_json
from qcode.cli.signals import ended_by_signals
from qcode.errors import StudyBusy

if TYPE_CHECKING:
    from qcode.domain.ledger import Loss
    from qcode.study.exporting import Exported
    from qcode.study.proof import Proof
    from qcode.study.selection import Filters
    from qcode.study.study import Study

TOOLS = ("nvivo", "atlas.ti", "maxqda", "qualcoder", "taguette")

_EPILOG = """\b
Examples:
  qcode export study.qdpx                       a project as the standard has it
  qcode export study.qdpx --for nvivo           with the positions as NVivo counts them
  qcode export study.qdpx --codebook mybook     one codebook and its codings
  qcode export mybook.qdc                       codes alone
  qcode export codings.xlsx --where role=client a table for statistics programs
  qcode export tables                           a folder with all tables, and what their columns mean
"""

FOR_TABLES = ("code", "no_children", "coder", "transcript", "case", "where", "pending", "table")
FOR_PROJECTS = ("tool", "with_hidden")


@click.command("export", epilog=_EPILOG)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--for", "tool", type=click.Choice(TOOLS, case_sensitive=False), help="The program that is to open the project."
)
@click.option(
    "--with-hidden", is_flag=True, help="Also attributes that no list shows, such as the status in a register."
)
@click.option("--table", metavar="NAME", help="Which table: codings (default), segments, cases, transcripts, matrix.")
@filter_options
@print_option
@study_option
@click.pass_context
def command(ctx: click.Context, /, path: Path, fmt: str, study_path: str | None, **values: Any) -> int:
    """Write the study for other programs: a REFI-QDA project (.qdpx), a codebook (.qdc), or tables.

    A project is read back at once and compared with the study; the proof stands beside it as FILE.proof.json. What
    another program has no place for is listed with its number. Exit 1 if anything is not in the file as it should be.
    A table is .csv, .xlsx, .parquet or .sav; a name without an ending is a folder for all of them.
    """
    ending = path.suffix.lower()
    _must_be_meant_for(ending, values)
    if ending == ".qdpx":
        given = {name: values[name] for name in (*FOR_PROJECTS, "codebook")}
        return _project(open_study(study_path), path, fmt, **given)
    if ending == ".qdc":
        return _codebook(open_study(study_path), path, values["codebook"], fmt)
    table, filters = values["table"] or "codings", filters_from(values)
    return _tables(ctx, open_study(study_path), path, table, filters, fmt)


def _must_be_meant_for(ending: str, values: dict[str, Any]) -> None:
    """Raise UsageError for an ending that nothing is written as, and for options that are for another."""
    project, codes = ending == ".qdpx", ending == ".qdc"
    if not project and not codes and ending and ending not in ENDINGS:
        raise click.UsageError(
            f"a file is written as .qdpx (a project), .qdc (a codebook) or {', '.join(ENDINGS)} (a table), not {ending}"
        )
    strange = [name for name in FOR_TABLES if values[name] and (project or codes)]
    strange += [name for name in FOR_PROJECTS if values[name] and not project]
    if values["table"] and not ending:
        strange.append("table")
    if strange:
        option = {"tool": "--for"}.get(strange[0], f"--{strange[0].replace('_', '-')}")
        kind = "project" if strange[0] in FOR_PROJECTS else "table"
        raise click.UsageError(f"{option} is for a {kind}" + ("" if kind == "project" else ", as a file"))


def _tables(ctx: click.Context, study: Study, path: Path, table: str, filters: Filters, fmt: str) -> int:
    from qcode.cli.reporting import command_line

    lost: Sequence[Loss] = ()
    if not path.suffix:
        files = export_bundle(study, path, filters, command=command_line(ctx))
    else:
        rows, lost = export_table(study, table, path, filters)
        files = [path.name]
    if fmt == "json":
        told = {"exported": files} | ({"rows": rows} if path.suffix else {})
        click.echo(to_json(told | {"lost": losses_as_json(lost)}))
    else:
        tell_losses(lost)
    return 0


def _project(study: Study, path: Path, fmt: str, **options: Any) -> int:
    from qcode.reports.save import check_target, write
    from qcode.study.exporting import export_project

    beside = path.with_name(f"{path.name}.proof.json")
    for target in (path, beside):
        check_target(target)
    with ended_by_signals():
        exported = export_project(study, **options)
        proof = exported.prove(exported.data, path.name)
        _put(exported.data, path, beside)
        write((to_json(proof.as_json()) + "\n").encode(), beside)
    if fmt == "json":
        click.echo(to_json(_as_json(exported, proof)))
    else:
        _tell(proof)
    say(f"wrote {path}, and the proof to {beside}")
    if exported.advice:
        say(exported.advice)
    return 0 if proof.holds else 1


def _put(data: bytes, path: Path, beside: Path) -> None:
    """Write a project, see that the file holds it, and take away the proof of what stood there before."""
    from qcode.reports.save import write

    try:
        write(data, path)
        beside.unlink(missing_ok=True)
        whole = path.read_bytes() == data
    except OSError as problem:
        raise StudyBusy(
            f"{path} cannot be written ({problem.strerror})", mend="close it in other programs, or write elsewhere"
        ) from None
    if not whole:
        raise StudyBusy(f"{path} is not what was written to it", mend="write it to another disk")


def _as_json(exported: Exported, proof: Proof) -> dict[str, Any]:
    """Return what went out in the keys of the contract, with the ledger."""
    codings = next(one for one in proof.compared if one.what == "codings")
    score = codings.equal / codings.sent if codings.sent else 1.0
    tried = proof.positions.tried if proof.positions else 0
    return {
        "exported": [
            {"transcript": one.name, "id": one.id, "characters": len(one.text)} for one in exported.parcel.transcripts
        ],
        **{one.what: one.sent for one in proof.compared if one.what != "transcripts"},
        "positions": {"rule": exported.rule, "score": score, "tried": tried},
        "quotes_agree": codings.equal,
        "lost": losses_as_json(exported.lost),
        "proof": proof.as_json(),
    }


def losses_as_json(lost: Sequence[Loss]) -> list[dict[str, Any]]:
    """Return what stayed behind in the keys of the contract."""
    return [{"what": one.what, "n": one.n, "where": one.where, "why": one.why} for one in lost]


def _tell(proof: Proof) -> None:
    for one in proof.compared:
        if one.sent or one.back:
            told = "all read back equal" if one.agrees else f"{one.back:,} read back, {one.equal:,} of them equal"
            click.echo(f"  {one.what:<12}{one.sent:>9,}   {told}")
    same = "the same before and after" if proof.quotes[0] == proof.quotes[1] else "NOT the same before and after"
    click.echo(f"  SHA-256 over the quotes with codes and coders: {same}\n  {proof.quotes[0]}")
    tell_losses(proof.lost)
    if not proof.holds:
        say("the proof fails: the file does not hold the study as it is; do not rely on it, and tell us")


def tell_losses(lost: Sequence[Loss]) -> None:
    """Print what stays behind, how many, and why."""
    if lost:
        click.echo("what stays behind:")
    for one in lost:
        where = f" ({one.where})" if one.where else ""
        said = wrapped(f"{one.what}{where}: {one.why}", indent=13).lstrip()
        click.echo(printable(f"  {one.n:>9,}  {said}"))


def _codebook(study: Study, path: Path, codebook: str | None, fmt: str) -> int:
    from qcode.reports.save import write

    version = study.codebooks.show(codebook).content
    data, lost = study.codebooks.as_qdc(codebook)
    write(data, path)
    if fmt == "json":
        told = {"exported": [f"{version.codebook}@{version.version}"], "codes": len(version.codes)}
        click.echo(to_json(told | {"lost": losses_as_json(lost)}))
    else:
        tell_losses(lost)
    say(f"wrote {plural(len(version.codes), 'code')} of {version.codebook}@{version.version} to {path}")
    return 0
