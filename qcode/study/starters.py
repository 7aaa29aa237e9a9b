"""What ships inside the package: starter codebooks and the sample interviews."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

__all__ = ["sample_folder", "starter_bytes", "starter_names"]


def starter_names() -> list[str]:
    """Return the names of the starter codebooks."""
    return sorted(
        f.name.removesuffix(".yaml") for f in resources.files("qcode.codebooks").iterdir() if f.name.endswith(".yaml")
    )


def starter_bytes(name: str) -> bytes:
    """Return the file of the starter codebook `name`."""
    return (resources.files("qcode.codebooks") / f"{name}.yaml").read_bytes()


@contextmanager
def sample_folder() -> Iterator[Path]:
    """Give the folder of the invented interviews."""
    with resources.as_file(resources.files("qcode.transcripts_sample")) as folder:
        yield folder
