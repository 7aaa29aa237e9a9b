"""A spoilt REFI-QDA project is refused, or every coding of it is in the parcel or its ledger."""

from __future__ import annotations

import copy
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from qcode.domain.codebook import check
from qcode.domain.parcel import Parcel
from qcode.errors import Unreadable
from qcode.interchange.refi import read
from tests.interchange.refi_files import (
    ANA,
    CODES,
    TALK,
    TEXT,
    TRUST,
    USERS,
    WAIT,
    coding,
    guid,
    losses,
    packed,
    selection,
    source,
    sources,
    tag,
    xml,
)

REFER = tag("NoteRef", targetGUID=guid(1))
VALUE = tag("VariableValue", tag("VariableRef", targetGUID=guid(2)) + tag("TextValue", "Bonn"))
WHOLE = (
    USERS
    + CODES
    + tag("Variables", tag("Variable", guid=guid(2), name="Stadt", typeOfVariable="Text"))
    + tag("Cases", tag("Case", VALUE + tag("SourceRef", targetGUID=TALK), guid=guid(3), name="P1"))
    + sources(
        source(selection(0, 3, WAIT, TRUST, inside=REFER, creatingUser=ANA) + selection(5, 8) + REFER + VALUE),
        source(coding(WAIT), id=guid(4), name="Zweites", path="internal://z.txt"),
        tag("PictureSource", tag("PictureSelection", coding(WAIT), guid=guid(5)), guid=guid(6), name="Karte"),
    )
    + tag("Notes", tag("Note", tag("PlainTextContent", "Nachfragen."), guid=guid(1)))
    + tag("Links", tag("Link", guid=guid(7), originGUID=guid(1), targetGUID=guid(3)))
    + tag("Sets", tag("Set", tag("MemberCode", targetGUID=WAIT), guid=guid(8), name="Satz"))
)
WORDS = ["", "-1", "7", "99999", "{x}", "Ä😀", WAIT, TALK, guid(1), guid(3), "true", "internal://../x", "../z.txt"]


def changed(root: etree._Element, chance: random.Random) -> None:
    """Change one thing: an element goes, comes twice, moves or is called otherwise, or a value is another."""
    elements = list(root.iter())
    one, other = chance.choice(elements), chance.choice(elements)
    act = chance.randrange(6)
    if act == 0 and one.getparent() is not None:
        one.getparent().remove(one)
    elif act == 1:
        other.append(copy.deepcopy(one))
    elif act == 2 and one not in (root, *other.iterancestors(), other):
        other.append(one)
    elif act == 3 and one is not root:
        one.tag = other.tag
    elif act == 4:
        one.set(chance.choice(["guid", "targetGUID", "name", *one.attrib]), chance.choice(WORDS))
    elif act == 5:
        one.text = chance.choice(WORDS)


def is_sound(found: Parcel) -> None:
    texts = {one.id: one.text for one in found.transcripts}
    codes = {code.id for version in found.versions for code in version.codes}
    targets = {
        "study": {""},
        "transcript": set(texts),
        "code": codes,
        "coding": {one.id for one in found.codings},
        "case": {one.id for one in found.cases},
    }
    ids = [one.id for one in (*found.coders, *found.transcripts, *found.codings, *found.cases)]
    ids += [*codes, *(memo.id for memo in found.memos if memo.id)]
    assert len(set(ids)) == len(ids)
    assert all(texts[one.transcript][one.start : one.end] == one.quote != "" for one in found.codings)
    assert all(one.code in codes for one in found.codings)
    assert all(memo.target in targets[memo.about] for memo in found.memos)
    assert not [each for version in found.versions for each in check(version) if each.level == "error"]


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 20), st.randoms(use_true_random=False))
def test_a_project_that_was_spoilt_is_refused_or_read_whole(changes: int, chance: random.Random) -> None:
    root = etree.fromstring(xml(WHOLE).encode())
    for _ in range(changes):
        changed(root, chance)
    counted = [each for each in root.iter() if str(each.tag).endswith("}Coding")]
    try:
        found = read(packed({"project.qde": etree.tostring(root), "sources/z.txt": TEXT}), "spoilt.qdpx")
    except Unreadable as error:
        assert "\n" not in error.sentence
        return
    is_sound(found)
    if all(sum(str(each.tag).endswith("}CodeRef") for each in one) <= 1 for one in counted):
        lost = sum(n for what, n in losses(found).items() if what.startswith("codings"))
        assert len(found.codings) + lost == len(counted)
