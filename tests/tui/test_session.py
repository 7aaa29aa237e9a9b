"""The state behind the reader: acts, and how fresh the page is after them."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict
from qcode.study.sitting import Sitting
from qcode.study.study import Study
from qcode.study.study import open as open_study
from qcode.tui.session import Session
from tests.study.next_version import follow

NOBODY = "Nobody ever called me back"


@pytest.fixture
def session(study: Study) -> Session:
    return Session(study, Sitting(study, coder="ana"), "P1")


def select(session: Session, words: str) -> None:
    start = session.page.text.index(words)
    assert session.cursor is not None
    session.cursor.select(start, start + len(words))


def test_a_mark_of_ones_own_leaves_the_page_fresh(session: Session) -> None:
    select(session, "two hours")
    session.code(["wait", "trust"])
    assert session.is_fresh
    session.withdraw(session.codings_here()[0])
    assert session.is_fresh


def test_a_mark_of_ones_own_after_an_act_of_another_lets_the_page_be_read_anew(session: Session) -> None:
    with open_study(session.study.path, coder="ben") as other:
        other.codings.add("P1", "leave", quote=NOBODY)
    select(session, "two hours")
    session.code(["wait"])
    assert not session.is_fresh
    session.reread()
    assert session.is_fresh


def test_what_is_applied_to_the_page_is_what_a_fresh_reading_gives(session: Session) -> None:
    select(session, "two hours")
    session.code(["wait", "trust"])
    select(session, NOBODY)
    session.withdraw(session.codings_here()[0])
    applied = sorted(session.page.codings, key=lambda one: one.id)
    session.reread()
    assert sorted(session.page.codings, key=lambda one: one.id) == applied


def test_a_code_that_stands_there_already_is_passed_over_where_others_do_not(session: Session) -> None:
    select(session, NOBODY)
    assert session.code(["trust", "leave"]).startswith("leave on 26 characters")
    with pytest.raises(Conflict):
        session.code(["trust", "leave"])


def test_to_repeat_on_the_first_day_is_a_sentence(study: Study) -> None:
    newcomer = Session(study, Sitting(study, coder="zoe"), "P1")
    with pytest.raises(Conflict, match="nothing was coded yet"):
        newcomer.repeat()


def test_codes_used_on_an_earlier_day_can_be_repeated(session: Session) -> None:
    select(session, "two hours")
    assert session.repeat().startswith("money on 9 characters")


def test_a_version_that_comes_meanwhile_brings_its_codes(session: Session) -> None:
    follow(session.study, "split trust+ into hope, fear")
    session.reread()
    assert {"hope", "fear"} <= {code.key for code in session.codes}
    assert len(session.pending()) == 1


def test_marks_tell_own_from_others_and_settled_from_waiting(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    session = Session(study, Sitting(study, coder="ana"), "P1", ["ben"])
    assert {(mark.label, mark.kind) for mark in session.marks()} == {
        ("?trust", "pending"),
        ("?trust@ben", "pending"),
        ("wait@ben", "other"),
        ("leave@ben", "other"),
    }


def test_only_ones_own_codings_wait_for_one(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    session = Session(study, Sitting(study, coder="ana"), "P1", ["ben"])
    assert [session.page.text[span.start : span.end] for span in session.pending()] == [NOBODY]


def test_a_draft_mark_is_taken_away(session: Session) -> None:
    select(session, "two hours")
    session.in_vivo("hours")
    (mark,) = session.drafts_here()
    session.remove_draft(mark)
    assert session.page.drafts == ()
    assert session.study.in_vivo.list() == []


def test_another_transcript_begins_without_the_search(session: Session) -> None:
    assert session.search("wait") == 2
    session.open("P2")
    assert (session.matches, session.words) == ([], "")


def test_nothing_is_coded_under_a_version_that_the_coder_has_not_seen(session: Session) -> None:
    select(session, "two hours")
    before = session.under
    with open_study(session.study.path) as other:
        follow(other, "name wait")
    with pytest.raises(Conflict, match="has a new version 2 since this was opened; look at the codes again"):
        session.code(["wait"])
    assert session.reread() == "the codebook has changed: book@2 is new; i tells what a code means now"
    with pytest.raises(Conflict, match="new version 2"):
        session.code(["wait"], before)
    assert session.code(["wait"]).startswith("wait on")
    assert session.reread() == ""


def test_what_others_wrote_on_the_transcript_and_its_codes_is_read_when_they_are_shown(session: Session) -> None:
    with open_study(session.study.path, coder="ben") as other:
        other.memos.add("too long", about="transcript", target="P1")
        other.memos.add("too wide", about="code", target="wait")
    about = (("transcript", session.page.id), ("code", "wait"))
    assert [session.memos_on(*one) for one in about] == [[], []]
    session.show(["ben"])
    assert [[memo.text for memo in session.memos_on(*one)] for one in about] == [["too long"], ["too wide"]]


def test_a_coder_who_gets_another_name_elsewhere_stays_the_same_coder(session: Session) -> None:
    select(session, "two hours")
    with open_study(session.study.path) as other:
        other.coders.rename("ana", "coder-07")
    before = len(session.page.codings)
    session.code(["wait"])
    session.keep_place(5)
    session.reread()
    assert (session.page.coder, len(session.page.codings)) == ("coder-07", before + 1)
    assert "ana" not in {one.name for one, _ in session.study.coders.list()}
