"""A study going out: all that stands, with its identities, and a ledger of what stays behind."""

from __future__ import annotations

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.ledger import Loss
from qcode.errors import BadValue, NotFound
from qcode.interchange.refi_write import write
from qcode.study.study import Study
from tests.conftest import CODINGS
from tests.interchange.refi_parcels import project, valid
from tests.study.next_version import follow


def lost(study: Study, codebook: str | None = None) -> dict[str, int]:
    """Return what stays behind, without the turns and the history, which always do."""
    n = {one.what: one.n for one in study.send(codebook).lost}
    assert n.pop("turns with their speakers") == 8
    assert n.pop("acts in the history") == len(study.history())
    return n


def coding(study: Study, quote: str, code: str) -> str:
    return next(one.id for one in study.codings.list() if (one.quote, one.code) == (quote, code))


def test_everything_that_stands_goes_out_with_its_identity(study: Study) -> None:
    sent = study.send()
    listed = study.codings.list()
    keys = {code.id: code.key for code in sent.versions[-1].codes}
    names = {one.id: one.name for one in sent.coders} | {one.id: one.name for one in sent.transcripts}
    assert len(sent.codings) == CODINGS
    assert [
        (one.id, names[one.transcript], one.start, one.end, one.quote, keys[one.code], names[one.coder or ""])
        for one in sent.codings
    ] == [(one.id, one.transcript, one.start, one.end, one.quote, one.code, one.coder) for one in listed]
    texts = {one.id: one.text for one in sent.transcripts}
    assert all(texts[one.transcript][one.start : one.end] == one.quote for one in sent.codings)
    assert (sent.name, sent.origin, sent.lost[0].what) == ("Invented", "qcode", "acts in the history")
    assert lost(study) == {}


def test_cases_go_out_with_their_facts_and_transcripts(study: Study) -> None:
    sent = study.send()
    names = {one.id: one.name for one in sent.transcripts}
    assert [(one.name, one.attributes, [names[t] for t in one.transcripts]) for one in sent.cases] == [
        ("Ana A.", (("role", "client"), ("country", "Kyrgyzstan")), ["P1"]),
        ("Boris B.", (("role", "client"), ("country", "Kazakhstan")), ["P2"]),
    ]


def test_hidden_facts_stay_unless_they_are_asked_for(study: Study) -> None:
    study.cases.set("Ana A.", {"register status": "registered"})
    assert "registered" not in str(study.send().cases)
    assert lost(study) == {"hidden attributes of cases": 1}
    assert [(one.where, ": " in one.why) for one in study.send().lost if "hidden" in one.what] == [("", False)]
    whole = study.send(with_hidden=True)
    assert ("register status", "registered") in whole.cases[0].attributes
    assert "hidden attributes of cases" not in {one.what for one in whole.lost}


def test_memos_on_everything_go_out(study: Study) -> None:
    one = coding(study, "two hours", "wait")
    for about, target in (("study", ""), ("transcript", "P1"), ("code", "wait"), ("coding", one), ("case", "Ana A.")):
        study.memos.add(f"on {about}", about=about, target=target)
    assert {(memo.about, memo.text) for memo in study.send().memos} == {
        (about, f"on {about}") for about in ("study", "transcript", "code", "coding", "case")
    }
    assert {memo.target for memo in study.send().memos if memo.about in ("study", "coding")} == {"", one}


def test_a_memo_goes_out_with_the_codings_that_its_coding_became(study: Study) -> None:
    one = coding(study, "two hours", "trust")
    memo = study.memos.add("look again", about="coding", target=one)
    follow(study, "split trust into hope, fear")
    study.queue.resolve(one, to=["hope", "fear"])
    sent = study.send()
    heirs = {c.id for c in sent.codings if c.quote == "two hours" and c.id in {m.target for m in sent.memos}}
    assert len(heirs) == len(sent.memos) == 2
    assert memo.id in {m.id for m in sent.memos}
    assert sent == study.send()


def test_what_is_withdrawn_stays_with_its_memo(study: Study) -> None:
    one = coding(study, "two hours", "wait")
    study.memos.add("a slip", about="coding", target=one)
    study.codings.withdraw(one)
    sent = study.send()
    assert (one in {c.id for c in sent.codings}, sent.memos) == (False, ())
    assert lost(study) == {"withdrawn codings": 1, "memos": 1}


def test_codings_on_a_retired_code_stay_and_a_memo_on_it_names_it(study: Study) -> None:
    study.memos.add("too broad", about="code", target="trust")
    follow(study, "retire trust")
    sent = study.send()
    assert [(m.about, m.target, m.text) for m in sent.memos] == [("study", "", "trust: too broad")]
    assert {code.key for code in sent.versions[0].codes} - {code.key for code in sent.versions[1].codes} == {"trust"}
    assert (len(sent.codings), lost(study)) == (
        CODINGS - 2,
        {"frozen codings": 2, "targets of memos": 1, "earlier versions under which codings were made": CODINGS - 2},
    )


def test_codings_that_wait_go_out_under_the_code_they_have(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    sent = study.send()
    trust = next(code.id for code in sent.versions[0].codes if code.key == "trust")
    assert [c.quote for c in sent.codings if c.code == trust] == ["two hours", "Nobody ever called me back"]
    assert lost(study)["marks that a coding waits for a decision"] == 2
    data, _ = write(sent)
    assert valid(project(data)) == ""


def test_a_corrected_transcript_goes_out_as_it_is_now_without_what_lost_its_place(study: Study) -> None:
    for quote, memo in (("two hours", "stays"), ("Nobody ever called me back", "gone")):
        study.memos.add(memo, about="coding", target=coding(study, quote, "trust"))
    text = study.send().transcripts[0].text.replace("How", "And how").replace("Nobody ever called me back, so ", "")
    study.transcripts.revise("P1", text.encode(), file_name="P1.txt")
    sent = study.send()
    assert sent.transcripts[0].text == text
    assert [text[one.start : one.end] for one in sent.codings if one.transcript == sent.transcripts[0].id] == [
        "two hours",
        "two hours",
        "stopped asking",
    ]
    assert [memo.text for memo in sent.memos] == ["stays"]
    assert lost(study) == {
        "codings that others took the place of": 3,
        "codings without a place in the newest revision": 1,
        "earlier revisions of transcripts": 1,
        "memos": 1,
    }


def test_one_codebook_goes_out_with_its_codings_alone(study: Study) -> None:
    study.codebooks.add_version(CodebookVersion("other", "1", (Code("calm", "Calm"),)))
    study.codings.add("P1", "calm", start=0, end=3, codebook="other", coder="eve")
    sent = study.send("other")
    assert [(v.codebook, len(sent.codings)) for v in sent.versions] == [("other", 1)]
    assert [one.name for one in sent.coders] == ["eve"]
    assert lost(study, "other") == {"codings with codes of other codebooks": CODINGS}
    assert (len(study.send().codings), lost(study)) == (CODINGS + 1, {})


def test_only_the_newest_version_goes_out(study: Study) -> None:
    follow(study, "add hope")
    assert len(study.send("book@2").versions) == 2
    with pytest.raises(BadValue, match="name book alone"):
        study.send("book@1")
    with pytest.raises(NotFound):
        study.send("another")


def test_drafts_marks_and_places_are_counted(study: Study) -> None:
    study.in_vivo.add("P2", quote="The doctor was kind")
    study.reading.keep_place("P1", 10, read=10)
    assert lost(study) == {"passages marked in vivo": 1, "drafts of codebooks": 1, "places where coders left off": 1}


def test_an_empty_study_goes_out(tmp_path_factory: pytest.TempPathFactory) -> None:
    from qcode.study.study import create

    with create(tmp_path_factory.mktemp("empty") / "empty.qcode") as empty:
        sent = empty.send()
    assert (sent.coders, sent.versions, sent.transcripts, sent.codings, sent.cases, sent.memos) == ((),) * 6
    assert all(isinstance(one, Loss) and one.n for one in sent.lost)
