"""Makes a study from what ships with qcode: invented interviews, their cases, a codebook, two coders' codings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from qcode.study.codebooks import CodebookImported
from qcode.study.folders import find_files
from qcode.study.importing import Imported
from qcode.study.joining import Joined
from qcode.study.queue import Decided
from qcode.study.selection import Filters
from qcode.study.starters import sample_folder
from qcode.study.study import Study, create

__all__ = ["STARTER", "make_demo", "revise"]

STARTER = "drug-treatment-ca"
REVISIONS = ("1.1", "1.2", "1.3")
BRANCH, JOINED = "1.2-uz", "2.0"
STOPPED = Filters(codes=("FUND-EXIT",), transcripts=("KZ-NGO-01",))
"""Codings that wait after the first revision and are clear: the programme stopped within a day."""


def make_demo(path: Path, tell: Callable[[str], None] = lambda sentence: None) -> Study:
    """Make the study and return it open; `tell` is given a sentence after each step."""
    study = create(path, title="Invented interviews: drug treatment and NGOs", coder="ana")
    with sample_folder() as folder:
        interviews = [f for f in find_files([folder]) if f.why is None]
        came = [one for one in study.transcripts.add_each(interviews) if isinstance(one, Imported)]
        languages = {one.language for one in came}
        tell(f"imported {len(came)} invented interviews in {len(languages)} languages")
        table = folder / "cases.csv"
        tell(f"described {study.cases.import_csv(table)} cases: role, country, language ...")
        done = study.codebooks.add(STARTER)
        tell(f"imported the codebook {done.codebook}@{done.version}: {done.codable} codes")
        table = folder / "codings.csv"
        made = study.codings.import_csv(table)
        tell(f"imported {made.added} codings by two coders who disagree sometimes")
    return study


def revise(study: Study) -> Iterator[CodebookImported | Joined | Decided]:
    """Take the sample's revisions into the study, one after the other, and join the branch; yield what each did.

    After the first, a few codings are decided on, as a person would. Versions that are there already are left out.
    """
    there = {row.version for row, _ in study.codebooks.list() if row.codebook == STARTER}
    for number in (one for one in REVISIONS if one not in there):
        yield study.codebooks.add(f"{STARTER}-{number}")
        if number == "1.1" and study.queue.counts(STOPPED):
            yield study.queue.resolve(filters=STOPPED, to="FUND-STOP", why="stopped within a day")
    if BRANCH not in there:
        note = "civic space; joined with the branch of the Uzbek team"
        found = study.codebooks.merge(f"{STARTER}-{BRANCH}", version=JOINED, note=note)
        yield found
        if found.conflicts:
            yield study.codebooks.merge(f"{STARTER}-{BRANCH}", version=JOINED, note=note, settle={"CTX-FAM": "theirs"})
