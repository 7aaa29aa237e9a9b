"""Tiny invented REFI-QDA projects for the tests, and the real samples beside the checkout."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from qcode.domain.parcel import Parcel
from qcode.interchange.refi import read

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "refi-qda" / "samples"
SPACE = "urn:QDA-XML:project:1.0"
ANA, BEN = "00000000-0000-4000-8000-0000000000a1", "00000000-0000-4000-8000-0000000000a2"
WAIT, TRUST = "00000000-0000-4000-8000-0000000000c1", "00000000-0000-4000-8000-0000000000c2"
TALK = "00000000-0000-4000-8000-0000000000d1"
USERS = f'<Users><User guid="{ANA}" name="ana"/><User guid="{BEN}" name="ben"/></Users>'
CODES = (
    f'<CodeBook><Codes><Code guid="{WAIT}" name="Wait" isCodable="true"/>'
    f'<Code guid="{TRUST}" name="Trust" isCodable="true"/></Codes></CodeBook>'
)
TEXT = "ANA: Ich habe zwei Stunden gewartet.\nBEN: Ждали долго."


def sample(path: str) -> bytes:
    """Return the bytes of a real sample; skip the test where the folder is not beside the checkout."""
    file = SAMPLES / path
    if not file.exists():
        pytest.skip(f"the sample {path} is not beside this checkout")
    return file.read_bytes()


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def packed(entries: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def xml(inside: str, *, name: str = "Pilot", origin: str = "", space: str | None = SPACE) -> str:
    named = "" if space is None else f' xmlns="{space}"'
    head = f"<Project{named} name={quoteattr(name)} origin={quoteattr(origin)}>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{inside}</Project>'


def project(
    inside: str,
    files: Mapping[str, bytes | str] | None = None,
    *,
    origin: str = "",
    name: str = "Pilot",
    space: str | None = SPACE,
) -> bytes:
    """Return a .qdpx whose project holds the XML `inside`."""
    return packed({"project.qde": xml(inside, name=name, origin=origin, space=space), **(files or {})})


def parcel(inside: str, files: Mapping[str, bytes | str] | None = None, **said: str) -> Parcel:
    return read(project(inside, files, **said), "pilot.qdpx")


def tag(kind: str, inside: str = "", /, **attributes: object) -> str:
    """Return an element."""
    made = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{kind}{made}>{inside}</{kind}>"


def coding(code: str, inside: str = "", **attributes: str) -> str:
    return tag("Coding", f'<CodeRef targetGUID="{code}"/>{inside}', **{"guid": "", **attributes})


def selection(start: object, end: object, *codes: str, inside: str = "", **attributes: str) -> str:
    """Return a selection with a coding for each of the codes."""
    made = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    coded = "".join(coding(code) for code in codes)
    head = f'<PlainTextSelection guid=""{made} startPosition="{start}" endPosition="{end}">'
    return f"{head}{inside}{coded}</PlainTextSelection>"


def source(inside: str = "", *, id: str = TALK, name: str = "Talk", path: str = "", text: str | None = TEXT) -> str:
    """Return a text source, whose text stands in the XML unless it has a path."""
    where = f' plainTextPath="{path}"' if path else ""
    content = "" if path or text is None else f"<PlainTextContent>{escape(text)}</PlainTextContent>"
    return f'<TextSource guid="{id}" name={quoteattr(name)}{where}>{content}{inside}</TextSource>'


def sources(*each: str) -> str:
    return f"<Sources>{''.join(each)}</Sources>"


def losses(parcel: Parcel) -> dict[str, int]:
    """Return how many of each thing did not come in."""
    found: dict[str, int] = {}
    for one in parcel.lost:
        found[one.what] = found.get(one.what, 0) + one.n
    return found


@dataclass(frozen=True)
class Way:
    """A way to write texts and to count positions in them."""

    utf16: bool
    two: bool
    counted: bool
    marked: bool = True

    def file(self, text: str) -> bytes:
        return (("\ufeff" if self.marked else "") + text).encode()

    def position(self, text: str, place: int) -> int:
        """Return the position that this way gives a place in the text as written."""
        before = text[:place]
        if not self.two:
            before = before.replace("\r\n", "\n")
        length = len(before.encode("utf-16-le")) // 2 if self.utf16 else len(before)
        return length + int(self.marked and self.counted)


def written(way: Way, text: str, spans: Sequence[tuple[int, int]], *, named: bool, origin: str = "") -> bytes:
    """Return a project of one text whose `spans` are coded; they are places in the text as written."""
    selections = "".join(
        selection(
            way.position(text, start),
            way.position(text, end),
            WAIT,
            **({"name": " ".join(text[start:end].split())} if named else {}),
        )
        for start, end in spans
    )
    inside = CODES + sources(source(selections, path="internal://t.txt"))
    return project(inside, {"sources/t.txt": way.file(text)}, origin=origin)


def stored(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
