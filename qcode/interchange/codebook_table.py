"""Codebooks as CSV and Excel tables: the door to the reader and the writer."""

from __future__ import annotations

from qcode.interchange.codebook_table_read import read
from qcode.interchange.codebook_table_write import write

__all__ = ["read", "write"]
