"""JSON as it comes from recorders and speech-to-text: whatever is in it, it ends in values or in a sentence."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from qcode.errors import Unreadable
from qcode.importers.decode import LIMIT, decode

__all__ = ["load", "number", "words_of"]

AGAIN = "export it again from the program that made it"
_half = re.compile("[\ud800-\udfff\0]")


def load(data: bytes, encoding: str | None = None) -> Any:
    """Return what the bytes hold; numbers that are none (NaN) are None. Raises Unreadable."""
    if len(data) > LIMIT:
        raise Unreadable(f"the file is too long (at most {LIMIT // 1_000_000} MB)", mend="split it")
    try:
        text = decode(data, encoding, any_lines=True).text if encoding else data.decode(json.detect_encoding(data))
        return json.loads(text.removeprefix("\ufeff"), parse_constant=lambda _: None)
    except RecursionError:
        raise Unreadable("the file is nested deeper than any transcript", mend=AGAIN) from None
    except json.JSONDecodeError as error:
        raise Unreadable("the file is no JSON, or cut off", where=f"line {error.lineno}", mend=AGAIN) from None
    except UnicodeDecodeError:
        raise Unreadable("the file is not in UTF-8, as JSON is", mend=AGAIN) from None
    except ValueError:  # a number of thousands of digits
        raise Unreadable("the file holds a number that is none", mend=AGAIN) from None


def number(value: object) -> float | None:
    """Return a moment as a number that is not negative and not without end, else None."""
    if isinstance(value, str):
        value = float(value) if re.fullmatch(r"\d{1,12}(?:\.\d{1,9})?", value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) and 0 <= found < 1e10 else None


def words_of(value: object) -> str:
    """Return a text on one line, halves of characters replaced; "" for what is no text."""
    return " ".join(_half.sub("\ufffd", value).split()) if isinstance(value, str) else ""
