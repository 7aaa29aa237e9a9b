"""Small parcels for the tests of REFI-QDA, their files, and the schemas beside the checkout."""

from __future__ import annotations

import io
import uuid
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coder
from qcode.domain.parcel import Parcel, ParcelCase, ParcelCoding, ParcelMemo, ParcelTranscript

if TYPE_CHECKING:
    from lxml.etree import _Element

SCHEMAS = Path(__file__).resolve().parents[2] / ".." / "shared" / "refi-qda"
AT = "2026-03-01T10:20:30Z"
TEXT = "ИНТ: Сколько вы ждали?\nАНА: Zwei Stunden 😀😀, дa.\n中文，好。\nשלום cafe\u0301\n"


def guid(name: str) -> str:
    """Return an identity that is the same in every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def parcel() -> Parcel:
    """Return a parcel with one of everything: two coders on one passage, a tree, a case, a memo on each kind."""
    ana, ben = Coder(guid("ana"), "ana"), Coder(guid("ben"), "Бен")
    codes = (
        Code("WAIT", "Waiting", codable=False, definition="time that passes", id=guid("WAIT")),
        Code("LONG", "Long", parent="WAIT", color="#7a3b69", brief="hours", examples=("a\nb",), id=guid("LONG")),
        Code("Ja", "Ja", id=guid("Ja")),
    )
    one = ParcelTranscript(guid("P1"), "P1 & <co>", TEXT, "ru", AT)
    first, last = TEXT.index("Zwei"), TEXT.index("!") if "!" in TEXT else TEXT.index(", дa")
    codings = (
        ParcelCoding(guid("k1"), one.id, first, last, TEXT[first:last], codes[1].id, ana.id, AT),
        ParcelCoding(guid("k2"), one.id, first, last, TEXT[first:last], codes[1].id, ben.id, AT),
        ParcelCoding(guid("k3"), one.id, TEXT.index("中"), TEXT.index("，"), "中文", codes[2].id, ben.id, AT),
    )
    case = ParcelCase(guid("case"), "Ana A.", (("role", "client"), ("country", "Қазақстан")), (one.id,))
    targets = {"study": "", "transcript": one.id, "code": codes[1].id, "coding": guid("k1"), "case": case.id}
    memos = tuple(
        ParcelMemo(guid(f"memo {about}"), about, target, f"on the {about}\n<sic> & “so”", ana.id, AT)
        for about, target in targets.items()
    )
    book = CodebookVersion("book", "1", codes, title="Book")
    return Parcel("Invented", "qcode", guid("study"), True, (ana, ben), (book,), (one,), codings, (case,), memos)


def deep(levels: int) -> CodebookVersion:
    """Return a codebook whose codes stand each below the one before."""
    codes = (Code(f"c{n}", f"c{n}", parent=f"c{n - 1}" if n else None, id=guid(f"c{n}")) for n in range(levels))
    return CodebookVersion("deep", "1", tuple(codes))


def entries(data: bytes) -> dict[str, bytes]:
    """Return what is in a .qdpx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def project(data: bytes) -> _Element:
    """Return the project in a .qdpx."""
    return parsed(entries(data)["project.qde"])


def parsed(xml: bytes) -> _Element:
    """Return the root of XML, however deep it is."""
    from lxml import etree

    return etree.fromstring(xml, etree.XMLParser(huge_tree=True))


def valid(root: _Element, schema: str = "Project.xsd") -> str:
    """Return what a schema has against a document; skip the test where the schema is not beside the checkout."""
    from lxml import etree

    if not (SCHEMAS / schema).exists():
        pytest.skip("the schemas are not beside this checkout")
    found = etree.XMLSchema(etree.parse(SCHEMAS / schema))
    found.validate(root)
    return str(found.error_log)


def found(root: _Element, element: str) -> list[_Element]:
    """Return all elements of a name, in order."""
    return list(root.iter(f"{{*}}{element}"))
