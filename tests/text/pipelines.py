"""Installs small spaCy pipelines for a test, as a person would have installed a trained one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

__all__ = ["install_pipeline"]

_MODULE = """\
from pathlib import Path
from spacy.util import load_model_from_init_py

def load(**overrides):
    return load_model_from_init_py(__file__, **overrides)
"""


def install_pipeline(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, lemmas: Mapping[str, str] | None) -> str:
    """Put a pipeline that looks lemmas up (None: one without lemmas) on the path; return its name."""
    import spacy
    from spacy.lookups import Lookups

    language = name.partition("_")[0]
    nlp = spacy.blank(language)
    nlp.meta.update(name=name.partition("_")[2], version="1.0.0")
    if lemmas is not None:
        lookups = Lookups()
        lookups.add_table("lemma_lookup", dict(lemmas))
        nlp.add_pipe("lemmatizer", config={"mode": "lookup"}).initialize(lookups=lookups)  # type: ignore[attr-defined]
    package = folder / name
    package.mkdir(parents=True)
    nlp.to_disk(package / f"{name}-1.0.0")
    (package / "__init__.py").write_text(_MODULE, encoding="utf-8")
    (package / "meta.json").write_text((package / f"{name}-1.0.0" / "meta.json").read_text("utf-8"), "utf-8")
    about = folder / f"{name}-1.0.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[spacy_models]\n{name} = {name}:load\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return name
