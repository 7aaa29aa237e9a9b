"""All versions of the codebooks with the identities of their codes, as one text that a REFI-QDA project carries along.

Other programs keep it as a note. It is YAML, a document a version, with the identities in the remarks behind each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from qcode.domain.codebook import CodebookVersion
from qcode.errors import QcodeError
from qcode.interchange import codebook_yaml

__all__ = ["NOTE_NAME", "read_note", "write_note"]

NOTE_NAME = "qcode codebooks"
"""What the note is called in a project."""

HEAD = (
    "# qcode codebooks 1\n# Every version of the codebooks, for qcode to read again; please leave this note as it is.\n"
)
VERSION = "# version of a codebook\n"
IDENTITY = "# identity "


def write_note(versions: Iterable[CodebookVersion]) -> str:
    """Return the versions as one text; the same versions give the same text. Raises BadCodebook as YAML does."""
    return HEAD + "".join(VERSION + codebook_yaml.write(one) + _identities(one) for one in versions)


def _identities(version: CodebookVersion) -> str:
    """Return the key and identity of each code, in the order of the version."""
    return "".join(f"{IDENTITY}{json.dumps([code.key, code.id])}\n" for code in version.codes)


def read_note(text: str) -> tuple[CodebookVersion, ...] | None:
    """Return the versions that a note of ours holds, None for any other and for one that was changed."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith(HEAD):
        return None
    parts = re.split(f"^{VERSION}", text.removeprefix(HEAD), flags=re.MULTILINE)
    try:
        return tuple(_version(part) for part in parts[1:]) if not parts[0].strip() else None
    except (QcodeError, ValueError, KeyError, TypeError):
        return None


def _version(part: str) -> CodebookVersion:
    """Return one version with its identities; raises what shows that somebody changed it."""
    version = codebook_yaml.read(part, NOTE_NAME)
    lines = (line for line in part.split("\n") if line.startswith(IDENTITY))
    identities = [json.loads(line.removeprefix(IDENTITY)) for line in lines]
    codes = {code.key: code for code in version.codes}
    if len(identities) != len(version.codes):
        raise ValueError("not every code has an identity")
    return replace(version, codes=tuple(replace(codes[key], id=str(id)) for key, id in identities))
