"""The proof of an export: it holds for what is whole, and names what is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.parcel import Parcel
from qcode.interchange.refi_tools import TOOLS
from qcode.interchange.refi_write import write
from qcode.study.exporting import export_project
from qcode.study.proof import Proof, prove, quotes_sha256
from qcode.study.study import Study, create
from tests.interchange.refi_parcels import TEXT, parcel
from tests.study.next_version import follow


def proof(sent: Parcel, written: Parcel) -> Proof:
    """Return the proof of a file that holds something else than was sent."""
    return prove(sent, write(written)[0], file="x.qdpx", tool=None, lost=())


@pytest.mark.parametrize("tool", [None, *TOOLS])
def test_a_study_with_a_past_is_whole_in_its_file(study: Study, tool: str | None) -> None:
    study.memos.add("why so long?", about="case", target="Ana A.")
    study.memos.add("who else?", about="code", target="trust")
    follow(study, "split trust into hope, fear", "merge wait, money into cost", "retire leave")
    done = export_project(study, tool=tool)
    found = done.prove(done.data, "x.qdpx")
    assert (found.holds, found.quotes[0]) == (True, quotes_sha256(done.parcel))
    assert {one.what: one.sent for one in found.compared}["memos"] == 2
    assert done.data == export_project(study, tool=tool).data


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("codings", {"codings": parcel().codings[:2]}),
        (
            "codings",
            {"codings": (replace(parcel().codings[0], end=parcel().codings[0].end - 1), *parcel().codings[1:])},
        ),
        ("codings", {"codings": (replace(parcel().codings[0], coder=parcel().coders[1].id), *parcel().codings[1:])}),
        ("memos", {"memos": parcel().memos[:-1]}),
        ("memos", {"memos": (replace(parcel().memos[0], text="other"), *parcel().memos[1:])}),
        ("cases", {"cases": ()}),
        ("cases", {"cases": (replace(parcel().cases[0], attributes=(("role", "nurse"),)),)}),
        ("transcripts", {"transcripts": (replace(parcel().transcripts[0], text=TEXT + "."),)}),
        ("coders", {"coders": (replace(parcel().coders[0], name="eve"), parcel().coders[1])}),
    ],
)
def test_what_is_not_the_same_is_named(what: str, change: dict[str, object]) -> None:
    assert proof(parcel(), parcel()).holds
    found = proof(parcel(), replace(parcel(), **change))  # type: ignore[arg-type]
    wrong = {one.what for one in found.compared if not one.agrees}
    assert not found.holds
    assert what in wrong


def test_whose_name_every_new_study_has_is_no_stranger() -> None:
    first, other = parcel().coders
    sent = replace(parcel(), coders=(replace(first, name="coder1"), other))
    assert proof(sent, sent).holds


def test_the_hash_is_over_words_codes_and_coders() -> None:
    first, *others = parcel().codings
    for changed in (replace(first, quote="x"), replace(first, code="x"), replace(first, coder=None)):
        assert quotes_sha256(replace(parcel(), codings=(changed, *others))) != quotes_sha256(parcel())
    assert quotes_sha256(replace(parcel(), codings=(*others, first))) == quotes_sha256(parcel())


def test_a_proof_holds_no_words() -> None:
    told = json.dumps(proof(parcel(), parcel()).as_json(), ensure_ascii=False)
    assert all(one.quote not in told for one in parcel().codings)
    assert all(one.text not in told for one in parcel().memos)


def test_what_went_out_and_came_into_another_study_goes_out_the_same(study: Study, tmp_path: Path) -> None:
    study.memos.add("why so long?", about="case", target="Ana A.")
    follow(study, "split trust into hope, fear", "retire leave")
    sent = study.send()
    with create(tmp_path / "other.qcode", title="Invented") as other:
        other.receive(write(sent)[0], "x.qdpx")
        again = other.send()
    assert write(replace(again, id=sent.id))[0] == write(sent)[0]
