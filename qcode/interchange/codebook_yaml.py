"""Codebook versions as YAML files (contract, section 3): the door to the reader and the writer."""

from __future__ import annotations

from qcode.interchange.codebook_yaml_read import read, read_block, read_with_lines
from qcode.interchange.codebook_yaml_write import write, write_changes

__all__ = ["read", "read_block", "read_with_lines", "write", "write_changes"]
