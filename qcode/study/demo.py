"""Makes a study from what ships with qcode: invented interviews, their cases, a codebook, two coders' codings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qcode.study.folders import find_files
from qcode.study.importing import Imported
from qcode.study.starters import sample_folder
from qcode.study.study import Study, create

__all__ = ["make_demo"]

STARTER = "drug-treatment-ca"


def make_demo(path: Path, tell: Callable[[str], None] = lambda sentence: None) -> Study:
    """Make the study and return it open; `tell` is given a sentence after each step."""
    study = create(path, title="Invented interviews: drug treatment and NGOs", coder="ana")
    with sample_folder() as folder:
        interviews = [f for f in find_files([folder]) if f.why is None]
        came = list(study.transcripts.add_each(interviews))
        languages = {one.language for one in came if isinstance(one, Imported)}
        tell(f"imported {len(came)} invented interviews in {len(languages)} languages")
        table = folder / "cases.csv"
        tell(f"described {study.cases.import_csv(table)} cases: role, country, language ...")
        done = study.codebooks.add(STARTER)
        tell(f"imported the codebook {done.codebook}@{done.version}: {done.codable} codes")
        table = folder / "codings.csv"
        made = study.codings.import_csv(table)
        tell(f"imported {made.added} codings by two coders who disagree sometimes")
    return study
