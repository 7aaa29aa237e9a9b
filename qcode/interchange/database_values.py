"""Names, memos and dates as other tools' databases hold them, made such as ours may be."""

from __future__ import annotations

import re
import unicodedata
import uuid
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath

__all__ = ["MOST_OF_A_MEMO", "identity", "line", "moment", "passage", "plural", "portions", "project_name"]

MOST_OF_A_MEMO = 100_000
"""A study keeps no longer memo."""

LONGEST_NAME = 300
SPACE = uuid.UUID("2c1b9c4e-6e0f-5a53-9d4f-6c1f2b7a8e10")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def identity(*parts: object) -> str:
    """Return an identity that is the same for the same parts."""
    return str(uuid.uuid5(SPACE, "\x1f".join(map(str, parts))))


def line(text: str) -> str:
    """Return a name on one line: control characters and runs of blanks are one blank; no longer than names may be."""
    shown = "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text[: 4 * LONGEST_NAME])
    return " ".join(shown.split())[:LONGEST_NAME].strip()


def passage(text: str) -> str:
    """Return the words of a memo: LF at the ends of lines, no other control character but the tab."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", " ", plain).strip()


def portions(text: str) -> list[str]:
    """Return a memo in pieces that a study takes, parted at the ends of lines where they have some."""
    pieces = []
    while len(text) > MOST_OF_A_MEMO:
        cut = text.rfind("\n", MOST_OF_A_MEMO // 2, MOST_OF_A_MEMO) + 1 or MOST_OF_A_MEMO
        pieces.append(text[:cut].strip())
        text = text[cut:].strip()
    return [piece for piece in (*pieces, text) if piece]


def moment(text: str) -> str | None:
    """Return a time as UTC, ISO 8601 to the second, None for what is none. One without a zone is taken to be UTC."""
    said = text[:80].strip()
    iso = re.fullmatch(
        r"(\d{4})-(\d\d)-(\d\d)(?:[ T_](\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?", said, re.A
    )
    if iso:
        return _utc(*(int(part or 0) for part in iso.groups()[:6]), zone=iso[7])
    # as C and R write it: Tue Nov 10 12:34:56 2020
    c = re.fullmatch(r"\w{2,4}\.? (\w{3})\w*\.? +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})", said)
    if c and c[1].casefold() in MONTHS:
        month = MONTHS.index(c[1].casefold()) + 1
        return _utc(int(c[6]), month, *(int(c[place]) for place in (2, 3, 4, 5)), zone=None)
    return None


def _utc(year: int, month: int, day: int, hour: int, minute: int, second: int, *, zone: str | None) -> str | None:
    shift = timedelta()
    if zone and zone != "Z":
        digits = zone[1:].replace(":", "")
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    try:
        there = datetime(year, month, day, hour, minute, second, tzinfo=timezone(shift))
        return there.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (ValueError, OverflowError):
        return None


def project_name(name: str) -> str:
    """Return what a project file is called: its stem, or that of its folder where the file is QualCoder's data.qda."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.name.casefold() == "data.qda" and path.parent.name:
        path = path.parent
    return line(path.stem) or "project"


def plural(n: int, one: str, more: str) -> str:
    """Return `1 coding` or `2 codings`."""
    return f"{n:,} {one if n == 1 else more}"
