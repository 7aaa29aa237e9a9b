"""A corrected transcript: codings go over to its new text, wait where their words are gone, and none disappears."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from qcode.analysis.rows import to_csv
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import COLUMNS
from qcode.errors import Conflict, NotFound, Unreadable
from qcode.importers.base import Options
from qcode.study.cooccurrence import request
from qcode.study.importing import Imported, Refused, Skipped
from qcode.study.selection import Filters
from qcode.study.sitting import Sitting
from qcode.study.study import Study
from tests.conftest import CODINGS, Dump
from tests.study.correcting import P1, P1_LINES, correct, placed
from tests.study.next_version import follow

NOBODY = "Nobody ever called me back"
WITHOUT = P1.replace(f"{NOBODY}, so ", "")
LONGER = P1.replace("two hours", "two long hours")


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    """Hold each study against what must be, after all that was done to it."""
    yield
    if study.store.path.exists():
        assert study.check() == []


def one(study: Study, code: str, quote: str) -> str:
    return next(c.id for c in study.codings.list() if (c.code, c.quote) == (code, quote))


def matrix(study: Study, **options: object) -> str:
    return json.dumps(study.cooccurrence(**options).to_json())


def test_a_coding_is_adjusted_to_other_words_and_keeps_who_made_it_and_when(study: Study) -> None:
    before = {(c.code, c.coder): (c.created_at, c.version) for c in study.codings.list() if c.quote == "two hours"}
    done = correct(study, LONGER)
    assert (done.revision, done.changed, len(done.adjusted), len(done.moved)) == (2, True, 2, 2)
    assert placed(study)[:2] == [
        ("two long hours", "wait", "ben", "settled"),
        ("two long hours", "trust", "ben", "settled"),
    ]
    after = {(c.code, c.coder): (c.created_at, c.version) for c in study.codings.list() if c.quote == "two long hours"}
    assert after == before


def test_what_is_told_of_a_coding_is_what_became_of_it(study: Study) -> None:
    done = correct(study, LONGER)
    (told, *_), there = done.adjusted, {c.id: c for c in study.codings.list()}
    assert (told.quote, told.new_quote, told.revision) == ("two hours", "two long hours", 1)
    now = there[str(told.new_id)]
    assert (now.start, now.end, now.quote, now.code) == (told.new_start, told.new_end, told.new_quote, told.code)
    assert told.id not in there


def test_a_coding_whose_words_are_gone_waits_and_is_counted_nowhere(study: Study) -> None:
    done = correct(study, WITHOUT)
    assert [(c.quote, c.new_id) for c in done.unplaceable] == [(NOBODY, None)]
    assert (NOBODY, "trust", "ana", "pending") in placed(study)
    assert len(study.codings.list()) == CODINGS
    assert (study.status().pending, study.status().codings) == (1, CODINGS)
    assert study.cooccurrence().to_json()["pending_left_out"] == {"trust": 1}
    assert next(t.codings for t in study.transcripts.list() if t.name == "P1") == 4
    (item,) = study.queue.list()
    assert (item.change, item.why, item.candidates, item.kept) == (
        "revise",
        "its words are not in revision 2",
        (),
        False,
    )
    assert (item.turn, item.speaker) == (4, "ANA")


def test_moved_paragraphs_take_their_codings_along(study: Study) -> None:
    done = correct(study, "".join([*P1_LINES[2:], *P1_LINES[:2]]))
    assert len(done.moved) == 4
    assert {c.reordered for c in done.moved} == {True, False}
    assert sorted(quote for quote, *_ in placed(study)) == sorted(c.quote for c in done.codings)


def test_other_labels_leave_the_codings_and_give_the_turns_other_speakers(study: Study) -> None:
    done = correct(study, P1.replace("INT:", "I:").replace("ANA:", "P07:"))
    assert (len(done.moved), done.speakers) == (4, ("I", "P07"))
    assert {p.speaker for p in study.in_place(study.codings.list(Filters(transcripts=("P1",))))} == {"P07"}


def test_the_earlier_text_stays_readable(study: Study) -> None:
    correct(study, LONGER)
    assert [study.transcripts.show("P1", revision=n).revision.text for n in (1, 2)] == [P1, LONGER]
    assert study.transcripts.show("P1").n == 2
    assert [(r.revision, r.codings) for r in study.transcripts.revisions("P1")] == [(1, 0), (2, 4)]
    with pytest.raises(NotFound, match="P1 has no revision 3; it has 1 to 2"):
        study.transcripts.show("P1", revision=3)


def test_a_text_that_was_corrected_counts_once(study: Study) -> None:
    before = study.status()
    correct(study, LONGER)
    after = study.status()
    assert (after.characters, after.turns) == (before.characters + len("long "), before.turns)


def test_the_same_text_again_changes_nothing(study: Study, dump: Dump) -> None:
    correct(study, LONGER)
    before = dump(study.path)
    done = correct(study, LONGER)
    assert (done.changed, done.revision, done.codings) == (False, 2, ())
    assert dump(study.path) == before


def test_a_dry_run_tells_the_same_and_changes_nothing(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    would = correct(study, WITHOUT, dry_run=True)
    assert dump(study.path) == before
    done = correct(study, WITHOUT)
    assert [(c.id, c.verdict, c.new_quote) for c in would.codings] == [
        (c.id, c.verdict, c.new_quote) for c in done.codings
    ]


def test_another_talk_is_refused_unless_it_is_meant(study: Study, dump: Dump) -> None:
    other = "INT: Where do you live?\nBORIS: In the city, with my mother.\n"
    before = dump(study.path)
    with pytest.raises(Conflict, match="of P1 are found again, in their order, in the new text"):
        correct(study, other)
    assert dump(study.path) == before
    assert len(correct(study, other, anyway=True).unplaceable) == 4
    assert study.status().pending == 4


def test_a_file_that_cannot_be_read_changes_nothing(study: Study, dump: Dump, tmp_path: Path) -> None:
    before = dump(study.path)
    for source in (b"\x00\x01\x02", tmp_path / "none.txt", tmp_path):
        with pytest.raises(Unreadable):
            study.transcripts.revise("P1", source)
    with pytest.raises(NotFound):
        correct(study, LONGER, "P9")
    assert dump(study.path) == before


def test_two_codings_that_come_to_stand_on_one_segment_become_one(study: Study) -> None:
    study.code("P1", code="trust", quote="I waited two hours", coder="ben")
    study.code("P1", code="trust", quote="waited two hours", coder="ben")
    study.memos.add("first", about="coding", target=one(study, "trust", "I waited two hours"))
    study.memos.add("second", about="coding", target=one(study, "trust", "waited two hours"))
    correct(study, P1.replace("I waited two", "two"))
    (left,) = [c for c in study.codings.list() if (c.quote, c.code) == ("two hours", "trust")]
    assert sorted(left.memo.split("\n")) == ["first", "second"]


def test_a_memo_goes_with_its_coding(study: Study) -> None:
    study.memos.add("so long", about="coding", target=one(study, "wait", "two hours"))
    correct(study, LONGER)
    correct(study, LONGER.replace("long", "very long"))
    assert [c.memo for c in study.codings.list() if c.code == "wait"] == ["so long"]


def test_what_waits_for_a_decision_waits_on_the_new_text(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    correct(study, LONGER)
    (item,) = [item for item in study.queue.list() if item.coding.quote == "two long hours"]
    assert (item.change, item.candidates) == ("split", ("hope", "fear"))
    study.queue.resolve(item.coding.id, to="fear")
    assert ("two long hours", "fear", "ben", "settled") in placed(study)
    assert [v.queued for v in study.codebooks.log()] == [0, 2]


def test_the_history_says_that_it_was_and_holds_no_words(study: Study) -> None:
    correct(study, WITHOUT)
    act = study.history(last=1)[0]
    assert act.act == "transcript.revise"
    details = json.loads(act.details)
    assert (details["same"], details["moved"], details["unplaceable"]) == (2, 1, 1)
    assert not {"Nobody", "P1", "trust"} & set(act.details.split('"'))


def test_the_trail_leads_from_text_to_text(study: Study) -> None:
    old = one(study, "wait", "two hours")
    done = correct(study, LONGER)
    assert [step.what for step in study.codings.trail(old)] == ["became a coding of wait in revision 2 at 42-56"]
    (new,) = [c.new_id for c in done.codings if c.id == old]
    (came,) = study.codings.trail(str(new))
    assert came.coding == old
    assert "in revision 1 at 42-51, until the transcript was corrected" in came.what


# What cannot be placed


def test_a_coding_without_a_place_is_put_on_other_words(study: Study) -> None:
    correct(study, P1.replace(NOBODY, "They never rang again"))
    lost = one(study, "trust", NOBODY)
    done = study.queue.place(lost, quote="They never rang again", why="she says it shorter")
    (new,) = done.new
    assert (study.status().pending, ("They never rang again", "trust", "ana", "settled") in placed(study)) == (0, True)
    assert study.codings.trail(lost)[0].what == ("waited since the transcript was corrected: its words are gone")
    assert "she says it shorter" in study.codings.trail(lost)[1].what
    assert study.queue.undo(new) == 1
    assert (study.status().pending, len(study.codings.list())) == (1, CODINGS)
    study.queue.place(lost, start=5, end=9)
    assert study.status().pending == 0


def test_a_coding_without_a_place_is_neither_kept_nor_allocated(study: Study, dump: Dump) -> None:
    correct(study, WITHOUT)
    before = dump(study.path)
    for decision in ({"keep": True}, {"to": "wait"}):
        with pytest.raises(Conflict, match="are not in P1 any more, as it was corrected; place it with --at"):
            study.queue.resolve(one(study, "trust", NOBODY), **decision)  # type: ignore[arg-type]
    assert dump(study.path) == before


def test_a_coding_without_a_place_is_withdrawn_and_that_is_taken_back(study: Study) -> None:
    correct(study, WITHOUT)
    lost = one(study, "trust", NOBODY)
    study.queue.resolve(lost, withdraw=True)
    assert study.status().pending == 0
    study.queue.undo()
    assert study.status().pending == 1
    study.codings.withdraw(lost)
    study.codings.restore(lost)
    assert study.status().pending == 1


def test_only_a_coding_without_a_place_is_placed_and_not_twice_on_a_segment(study: Study) -> None:
    correct(study, WITHOUT)
    with pytest.raises(Conflict, match="does not wait for a decision"):
        study.queue.place(one(study, "wait", "two hours"), start=0, end=3)
    follow(study, "split leave into a, b")
    with pytest.raises(Conflict, match="has its place, and waits because its code was changed"):
        study.queue.place(one(study, "leave", "stopped asking"), start=0, end=3)
    study.code("P1", code="trust", quote="on the phone", coder="ana")
    with pytest.raises(Conflict, match="has trust on this segment already"):
        study.queue.place(one(study, "trust", NOBODY), quote="on the phone")


def test_words_that_come_back_with_the_next_text_bring_their_coding_back(study: Study) -> None:
    correct(study, WITHOUT)
    done = correct(study, P1 + "INT: Thank you.\n")
    assert [(c.verdict, c.revision) for c in done.codings if c.quote == NOBODY] == [("same", 1)]
    assert (study.status().pending, len(study.codings.list())) == (0, CODINGS)


def test_a_lost_coding_waits_for_its_place_first_and_then_for_its_code(study: Study) -> None:
    correct(study, WITHOUT)
    follow(study, "split trust into hope, fear")
    lost = one(study, "trust", NOBODY)
    assert next(i.change for i in study.queue.list() if i.coding.id == lost) == "revise"
    (new,) = study.queue.place(lost, quote="on the phone").new
    assert next(i.change for i in study.queue.list() if i.coding.id == new) == "split"
    study.queue.resolve(new, to="hope")
    assert ("on the phone", "hope", "ana", "settled") in placed(study)


def test_a_lost_coding_whose_code_is_merged_waits_under_the_other(study: Study) -> None:
    correct(study, WITHOUT)
    follow(study, "merge trust into mood")
    (item,) = study.queue.list()
    assert (item.coding.code, item.change) == ("mood", "revise")
    study.queue.place(item.coding.id, quote="on the phone")
    assert ("on the phone", "mood", "ana", "settled") in placed(study)


def test_a_decision_from_before_a_correction_is_not_taken_back(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    kept = one(study, "trust", "two hours")
    study.queue.resolve(kept, to="hope")
    correct(study, LONGER)
    with pytest.raises(Conflict, match="was decided on before its transcript was corrected"):
        study.queue.undo()


def test_a_coding_withdrawn_before_a_correction_does_not_stand_again(study: Study) -> None:
    old = one(study, "wait", "two hours")
    study.codings.withdraw(old)
    correct(study, LONGER)
    with pytest.raises(Conflict, match="its transcript was corrected since it was withdrawn"):
        study.codings.restore(old)


def test_a_coding_that_went_over_is_withdrawn_where_it_is_now(study: Study) -> None:
    old = one(study, "wait", "two hours")
    correct(study, LONGER)
    with pytest.raises(Conflict, match=r"has become .* since its transcript was corrected; withdraw that instead"):
        study.codings.withdraw(old)


# What else stands on a text


def test_a_mark_in_vivo_goes_along_and_becomes_a_coding_there(study: Study) -> None:
    mark = study.in_vivo.add("P1", quote="on the phone")
    done = correct(study, LONGER)
    assert [(m.verdict, m.new_quote) for m in done.marks] == [("moved", "on the phone")]
    (now,) = study.in_vivo.list()
    assert (now.id, now.placed, now.start) == (mark.id, True, LONGER.index("on the phone"))
    study.drafts.publish()
    assert ("on the phone", "on the phone", "coder1", "settled") in [
        (q, c, "coder1", s) for q, c, _, s in placed(study)
    ]


def test_a_mark_in_vivo_whose_words_are_gone_stays_and_waits_when_it_is_a_coding(study: Study) -> None:
    study.in_vivo.add("P1", quote="on the phone")
    correct(study, P1.replace(" on the phone", ""))
    (mark,) = study.in_vivo.list()
    assert (mark.placed, study.reading.open("P1").drafts) == (False, ())
    study.drafts.publish()
    assert [i.coding.quote for i in study.queue.list()] == ["on the phone"]


def test_a_reader_goes_on_where_the_reader_was(study: Study) -> None:
    at = P1.index("Nobody")
    study.reading.keep_place("P1", at, read=at)
    correct(study, LONGER)
    page = study.reading.open("P1")
    assert (page.at, page.read) == (LONGER.index("Nobody"), LONGER.index("Nobody"))
    correct(study, "".join(P1_LINES[:2]))
    assert study.reading.open("P1").read <= len("".join(P1_LINES[:2]))


def test_the_page_of_a_transcript_shows_only_what_stands_on_its_text(study: Study) -> None:
    correct(study, WITHOUT)
    page = study.reading.open("P1", coder="ana", shown=["ben"])
    assert all(page.text[c.start : c.end] == c.quote for c in page.codings)
    assert len(page.codings) == 3
    assert [(p.codings, p.pending) for p in study.reading.progress("ana") if p.name == "P1"] == [(1, 1)]


def test_an_act_on_a_page_from_before_a_correction_is_refused(study: Study) -> None:
    page = study.reading.open("P1")
    correct(study, LONGER)
    refused = "P1 was corrected in the meantime, and its text is another; open it anew"
    with pytest.raises(Conflict, match=refused):
        study.codings.add("P1", "wait", start=5, end=9, revision=page.revision)
    with pytest.raises(Conflict, match=refused):
        study.in_vivo.add("P1", start=5, end=9, revision=page.revision)


def test_a_rejected_suggestion_is_forgotten_with_the_text_that_it_was_of(study: Study) -> None:
    terms = (Code("PHONE", "Phone", terms=(("en", ("phone",)),)),)
    study.codebooks.add_version(CodebookVersion("other", "1", terms))
    (offered,) = study.suggestions.list("P1")
    study.suggestions.reject(offered.id)
    assert study.suggestions.list("P1") == []
    assert correct(study, LONGER).rejections == 1
    (again,) = study.suggestions.list("P1")
    assert (again.quote, again.id != offered.id) == ("I waited two long hours on the phone.", True)


def test_two_coders_are_compared_on_the_text_of_now(study: Study) -> None:
    study.code("P1", code="trust", quote=NOBODY, coder="ben")
    study.code("P1", code="trust", quote="two hours", coder="ana")
    correct(study, WITHOUT)
    found = study.compare("P1", "ana", "ben")
    assert (found.revision, [c.quote for c in found.first_codings]) == (2, ["two hours"])


def test_a_transcript_is_removed_with_all_its_texts(study: Study, dump: Dump) -> None:
    correct(study, WITHOUT)
    assert study.transcripts.remove("P1", with_codings=True) == 4
    assert not any("called me back" in line for line in dump(study.path))


def test_the_place_of_a_removed_text_is_not_given_again(study: Study, tmp_path: Path) -> None:
    correct(study, LONGER)
    follow(study, "reorder all")
    before = matrix(study, codebook="book@1", unit="turn")
    study.transcripts.remove("P1", with_codings=True)
    (tmp_path / "P3.txt").write_text(LONGER)
    study.transcripts.add(tmp_path / "P3.txt", options=Options(speakers=("INT", "ANA")))
    correct(study, P1, "P3")
    assert matrix(study, codebook="book@1", unit="turn") != before
    assert json.loads(matrix(study, codebook="book@1", unit="turn"))["transcripts"] == 1


def test_a_step_on_the_text_before_is_not_taken_back_and_not_done_again(study: Study) -> None:
    sitting = Sitting(study, coder="ana")
    sitting.code("P1", 5, 9, "wait")
    sitting.in_vivo("P1", 10, 14, key="long")
    sitting.undo()
    correct(study, LONGER)
    with pytest.raises(Conflict, match="cannot be done again: P1 was corrected in the meantime"):
        sitting.redo()
    with pytest.raises(Conflict, match=r"cannot be taken back: .* since its transcript was corrected"):
        sitting.undo()
    assert ("How ", "wait", "ana", "settled") in placed(study)


# Files that come in again


def test_a_table_from_before_a_correction_comes_in_again(study: Study) -> None:
    table = to_csv([asdict(one) for one in study.codings.list()], COLUMNS).encode()
    correct(study, LONGER)
    done = study.codings.import_csv(table, "before.csv")
    assert (done.added, done.known) == (0, CODINGS)


def test_the_bytes_of_an_earlier_text_are_known(study: Study, tmp_path: Path) -> None:
    correct(study, LONGER)
    (tmp_path / "again.txt").write_bytes(P1.encode())
    (outcome,) = study.transcripts.add(tmp_path / "again.txt")
    assert isinstance(outcome, Skipped)
    assert outcome.why == "the same bytes are in the study as P1, revision 1 of 2: it was corrected since"


def test_a_corrected_transcript_is_not_read_anew_in_place_of_what_it_was(study: Study, tmp_path: Path) -> None:
    for coding in study.codings.list():
        study.codings.withdraw(coding.id)
    correct(study, LONGER)
    (tmp_path / "again.txt").write_bytes(P1.encode())
    (outcome,) = study.transcripts.add(tmp_path / "again.txt", options=Options(no_speakers=True))
    assert isinstance(outcome, Refused)
    assert "1 correction" in outcome.why


def test_a_second_file_of_the_same_name_is_told_how_to_correct_the_first(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "corrected"
    folder.mkdir()
    (folder / "P1.txt").write_text(LONGER)
    (outcome,) = study.transcripts.add(folder / "P1.txt")
    assert isinstance(outcome, Imported)
    (told,) = [notice.what for notice in outcome.warnings if "revise" in notice.what]
    assert told.startswith("there is a transcript P1 already, so this one is called corrected/P1; ")
    assert told.endswith(f"take this one out and type: qcode transcript revise P1 {folder / 'P1.txt'}")


# As of a version


def test_an_earlier_version_is_counted_over_the_text_that_it_was_left_with(study: Study) -> None:
    follow(study, "reorder all")
    asked = [
        {"unit": unit, "codebook": "book@1"} for unit in ("overlap", "turn", "paragraph", "sentence", "transcript")
    ]
    before = [matrix(study, **one) for one in asked]
    listed = study.codings.list(Filters(codebook="book@1"))
    made_by = study.provenance(Filters(codebook="book@1"))
    transcripts = study.transcripts.list(Filters(codebook="book@1"))
    correct(study, WITHOUT.replace("INT: And then?\n", ""))
    assert [matrix(study, **one) for one in asked] == before
    assert study.codings.list(Filters(codebook="book@1")) == listed
    assert study.provenance(Filters(codebook="book@1")) == made_by
    sums = [(one.sha256, one.turns, one.characters) for one in study.transcripts.list(Filters(codebook="book@1"))]
    assert sums == [(one.sha256, one.turns, one.characters) for one in transcripts]
    turns = {p.turn for p in study.in_place(study.codings.list(Filters(codebook="book@1", transcripts=("P1",))))}
    assert turns == {2, 4}


def test_a_version_is_left_with_the_correction_that_came_under_it(study: Study) -> None:
    correct(study, LONGER)
    follow(study, "reorder all")
    correct(study, P1)
    assert {c.quote for c in study.codings.list(Filters(codebook="book@1", codes=("wait",)))} == {"two long hours"}
    assert {c.quote for c in study.codings.list(Filters(codes=("wait",)))} == {"two hours"}
    assert study.compare("P1", "ana", "ben", codebook="book@1").revision == 2


def test_passages_of_an_earlier_version_are_those_of_its_text(study: Study) -> None:
    follow(study, "reorder all")
    correct(study, LONGER)
    old, new = (study.passages(request(codebook=book), "wait", "trust") for book in ("book@1", "book"))
    assert [(p.quote, p.start) for p in old + new] == [("two hours", 42), ("two long hours", 42)]


def test_a_correction_that_is_taken_back_gives_back_what_the_codings_were_made_on(study: Study) -> None:
    before = sorted((c.quote, c.start, c.code, c.coder) for c in study.codings.list())
    correct(study, P1.replace("two hours", "three very long hours").replace(NOBODY, "They forgot about me"))
    correct(study, P1)
    assert sorted((c.quote, c.start, c.code, c.coder) for c in study.codings.list()) == before
    assert study.queue.list() == []


def test_a_coding_that_was_placed_by_hand_goes_back_to_its_words_where_those_of_its_place_go(study: Study) -> None:
    correct(study, P1.replace(NOBODY, "xxxx yyyy zzzz qqqq"))
    study.queue.place(study.queue.list()[0].coding.id, quote="xxxx yyyy")
    correct(study, P1)
    assert (NOBODY, "trust") in {(c.quote, c.code) for c in study.codings.list()}
    assert study.queue.list() == []
