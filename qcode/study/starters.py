"""What ships inside the package: starter codebooks and the sample interviews."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

__all__ = ["revision_names", "sample_folder", "starter_bytes", "starter_names"]


def starter_names() -> list[str]:
    """Return the names of the starter codebooks."""
    return sorted(
        f.name.removesuffix(".yaml") for f in resources.files("qcode.codebooks").iterdir() if f.name.endswith(".yaml")
    )


def revision_names() -> list[str]:
    """Return the names of the codebooks that follow a starter, which belong to the sample interviews."""
    return sorted(f.name.removesuffix(".yaml") for f in _revisions().iterdir() if f.name.endswith(".yaml"))


def starter_bytes(name: str) -> bytes:
    """Return the file of the starter codebook or of the sample's revision `name`."""
    folder = resources.files("qcode.codebooks") if name in starter_names() else _revisions()
    return (folder / f"{name}.yaml").read_bytes()


def _revisions() -> Traversable:
    return resources.files("qcode.transcripts_sample") / "revisions"


@contextmanager
def sample_folder() -> Iterator[Path]:
    """Give the folder of the invented interviews."""
    with resources.as_file(resources.files("qcode.transcripts_sample")) as folder:
        yield folder
