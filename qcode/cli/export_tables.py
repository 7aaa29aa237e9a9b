"""The tables of `qcode export`: one as a file, or all of them as a folder that R and pandas read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qcode.cli.output import plural, say
from qcode.errors import BadValue

if TYPE_CHECKING:
    from qcode.domain.ledger import Loss
    from qcode.study.selection import Filters
    from qcode.study.study import Study

__all__ = ["ENDINGS", "export_bundle", "export_table"]

ENDINGS = (".csv", ".xlsx", ".parquet", ".sav")


def export_table(study: Study, name: str, output: Path, filters: Filters) -> tuple[int, tuple[Loss, ...]]:
    """Write one table to a file whose ending picks the format; return its rows and what the format could not hold."""
    from qcode.reports.save import write
    from qcode.study.tidy import table_file

    content, rows, lost = table_file(study, name, output.suffix.lower(), filters)
    write(content, output)
    say(f"wrote {plural(rows, 'row')} of the table {name} to {output}")
    return rows, lost


def export_bundle(study: Study, folder: Path, filters: Filters, *, command: str) -> list[str]:
    """Write all tables with their data dictionary into a new or empty folder; return the names of the files."""
    from qcode.reports.save import write
    from qcode.study.tidy import bundle_files

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadValue(f"{folder} is there already and not empty", mend="name a new folder")
    files = bundle_files(study, filters, command=command)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write(content, folder / name)
    say(f"wrote {plural(len(files), 'file')} to {folder}; README.txt says how to read them")
    return sorted(files)
