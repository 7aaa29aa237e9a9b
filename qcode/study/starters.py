"""What ships inside the package: starter codebooks and the sample interviews."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

__all__ = ["codebook_path", "sample_folder", "starter_names"]


def starter_names() -> list[str]:
    """Return the names of the starter codebooks."""
    return sorted(
        f.name.removesuffix(".yaml") for f in resources.files("qcode.codebooks").iterdir() if f.name.endswith(".yaml")
    )


@contextmanager
def codebook_path(name: str) -> Iterator[Path]:
    """Give the path of a codebook: that of a file, else that of the starter codebook of this name."""
    if not Path(name).exists() and name in starter_names():
        with resources.as_file(resources.files("qcode.codebooks") / f"{name}.yaml") as path:
            yield path
    else:
        yield Path(name).expanduser()


@contextmanager
def sample_folder() -> Iterator[Path]:
    """Give the folder of the invented interviews."""
    with resources.as_file(resources.files("qcode.transcripts_sample")) as folder:
        yield folder
