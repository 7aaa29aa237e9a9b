"""The reading room, asked as its page asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.cursor import Cursor
from qcode.domain.keys import KEYS
from qcode.study.reading import sentences_in, words_in
from qcode.study.study import Study
from qcode.study.study import open as open_study
from qcode.web.reading_texts import _kept, text_of, units
from qcode.web.sessions import WebSession
from tests.notation import make_study
from tests.study.next_version import follow
from tests.web.visitor import Visitor

WORDS = "INT: 😀 How long?\nANA: I waited [two hours 👩🏽 here|wait, trust @ben] and 𠮷 [left|leave]. Nobody called.\n"
NOBODY = "00000000-0000-4000-8000-000000000000"


class Room:
    """Somebody who reads the transcript P1."""

    def __init__(self, study: Study, **options: Any) -> None:
        self.id = study.transcripts.show("P1").id
        self.path = study.path
        self.visitor = Visitor(study.path, **options)

    def get(self, path: str = "") -> Any:
        return self._value(self.visitor.get(f"/api/read/{self.id}{path}"))

    def post(self, path: str, **body: Any) -> Any:
        return self._value(self.visitor.post(f"/api/read/{self.id}/{path}", body))

    def refused(self, path: str, **body: Any) -> tuple[int, str]:
        answer = self.visitor.post(f"/api/read/{self.id}/{path}", body)
        return answer.status_code, answer.json["error"]

    def place(self, words: str) -> tuple[int, int]:
        """Return where words stand, counted as a browser does."""
        text = self.get()["text"]
        start = len(text[: text.index(words)].encode("utf-16-le")) // 2
        return start, start + len(words.encode("utf-16-le")) // 2

    def code(self, words: str, *codes: str, **more: Any) -> Any:
        start, end = self.place(words)
        return self.post("code", start=start, end=end, codes=list(codes), **more)

    @staticmethod
    def _value(answer: Any) -> Any:
        assert answer.status_code == 200, answer.text
        return answer.json


@pytest.fixture
def study(tmp_path: Path) -> Any:
    with make_study(tmp_path, codes=("HEAD/money",), P1=WORDS) as made:
        yield made


@pytest.fixture
def room(study: Study) -> Room:
    return Room(study)


def cut(text: str, one: Any) -> str:
    """Cut a text as a browser does."""
    return text.encode("utf-16-le")[2 * one["start"] : 2 * one["end"]].decode("utf-16-le")


def test_the_page_is_there_and_holds_no_word_of_the_transcript(room: Room) -> None:
    page = room.visitor.get(f"/read/{room.id}?at=7")
    assert page.status_code == 200
    assert room.id in page.text and 'data-at="7"' in page.text
    assert "waited" not in page.text


@pytest.mark.parametrize("path", [f"/read/{NOBODY}", f"/api/read/{NOBODY}", f"/api/read/{NOBODY}/units", "/read/P1"])
def test_what_is_no_transcript_of_the_study_is_not_found(room: Room, path: str) -> None:
    assert room.visitor.get(path).status_code == 404


def test_turns_and_codings_stand_where_a_browser_finds_their_words(room: Room) -> None:
    page = room.get()
    assert [cut(page["text"], turn) for turn in page["turns"]] == [
        "😀 How long?",
        "I waited two hours 👩🏽 here and 𠮷 left. Nobody called.",
    ]
    assert [(cut(page["text"], one), one["code"], one["mine"]) for one in page["codings"]] == [("left", "leave", True)]


def test_the_codings_of_others_are_hidden_until_asked_for(room: Room) -> None:
    assert room.get()["others"] == ["ben"]
    room.post("shown", coders=["ben"])
    shown = room.get("/codings")["codings"]
    assert [(one["code"], one["coder"], one["mine"]) for one in shown] == [
        ("wait", "ben", False),
        ("trust", "ben", False),
        ("leave", "ana", True),
    ]
    room.post("shown", coders=[])
    assert [one["coder"] for one in room.get("/codings")["codings"]] == ["ana"]


def test_a_hidden_coding_tells_nothing_by_its_id(room: Room, study: Study) -> None:
    hidden = next(one for one in study.codings.list() if one.coder == "ben")
    answer = room.visitor.get(f"/api/read/{room.id}/coding/{hidden.id}")
    assert (answer.status_code, "memos" in answer.json) == (404, False)


def test_a_coder_whom_the_study_does_not_know_cannot_be_shown(room: Room) -> None:
    assert room.refused("shown", coders=["carl"])[0] == 404


def test_coding_answers_what_it_added_and_stands_in_the_study(room: Room, study: Study) -> None:
    before = room.get()["stamp"]
    answer = room.code("👩🏽", "wait", "money")
    assert [one["code"] for one in answer["added"]] == ["wait", "money"]
    assert (answer["before"], answer["stamp"]) == (before, before + 2)
    assert {one.code for one in study.codings.list() if one.quote == "👩🏽"} == {"wait", "money"}


def test_what_a_coding_adds_is_what_the_transcript_has_afterwards(room: Room) -> None:
    answer = room.code("Nobody", "wait", memo=" why? ")
    assert [one for one in room.get("/codings")["codings"] if one["code"] == "wait"] == answer["added"]


def test_the_codes_used_last_come_first_and_can_be_taken_back(room: Room) -> None:
    answer = room.code("Nobody", "money")
    assert answer["recent"][0] == "money"
    assert (answer["can_undo"], answer["can_redo"]) == (True, False)


@pytest.mark.parametrize(("start", "end"), [(5, 6), (6, 9), (0, 0), (9, 5), (-1, 4), (0, 10_000), ("0", 4), (None, 4)])
def test_a_stretch_that_is_none_is_refused_and_nothing_is_coded(room: Room, study: Study, start: Any, end: Any) -> None:
    before = study.reading.stamp()
    status, sentence = room.refused("code", start=start, end=end, codes=["wait"])
    assert (status, bool(sentence), study.reading.stamp()) == (400, True, before)


def test_the_same_coding_twice_is_refused_with_a_sentence(room: Room) -> None:
    room.code("Nobody", "wait")
    start, end = room.place("Nobody")
    status, sentence = room.refused("code", start=start, end=end, codes=["wait"])
    assert status == 409
    assert "already" in sentence


def test_a_heading_cannot_be_coded_with(room: Room) -> None:
    assert room.refused("code", start=0, end=3, codes=["HEAD"])[0] == 409


def test_undo_and_redo_say_what_they_did(room: Room) -> None:
    room.code("Nobody", "wait")
    assert room.post("undo")["said"] == "took back wait on “Nobody”"
    assert [one["code"] for one in room.get("/codings")["codings"]] == ["leave"]
    assert room.post("redo")["can_redo"] is False
    assert [one["code"] for one in room.get("/codings")["codings"]] == ["leave", "wait"]
    room.post("undo")
    assert room.refused("undo")[0] == 409


def test_withdrawing_says_what_is_gone_and_can_be_taken_back(room: Room) -> None:
    mine = room.get()["codings"][0]["id"]
    answer = room.post("withdraw", ids=[mine])
    assert (answer["removed"], room.get("/codings")["codings"]) == ([mine], [])
    room.post("undo")
    assert [one["id"] for one in room.get("/codings")["codings"]] == [mine]


def test_where_somebody_else_acted_in_between_all_is_to_be_asked_anew(
    room: Room, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = iter([10, 12])
    monkeypatch.setattr("qcode.study.reading.Reading.stamp", lambda _: next(stamps))
    start, end = 5, 7
    assert room.post("code", start=start, end=end, codes=["wait"])["before"] is None


def test_two_windows_of_one_study_keep_each_others_marks(study: Study) -> None:
    first, second = Room(study), Room(study)
    first.code("Nobody", "wait")
    second.code("Nobody", "money")
    assert {one["code"] for one in first.get("/codings")["codings"]} == {"leave", "wait", "money"}


def test_a_memo_on_a_coding_is_told_with_it(room: Room) -> None:
    mine = room.get()["codings"][0]["id"]
    room.post("memo", text="She hesitates.", about="coding", target=mine)
    told = room.get(f"/coding/{mine}")
    assert [(one["text"], one["coder"]) for one in told["memos"]] == [("She hesitates.", "ana")]
    assert (told["quote"], room.get("/codings")["codings"][0]["memo"]) == ("left", "She hesitates.")


def test_a_memo_on_the_transcript_is_found_there(room: Room) -> None:
    room.post("memo", text="Loud street.", about="transcript", target="")
    assert [one["text"] for one in room.post("memos", about="transcript")["memos"]] == ["Loud street."]


def test_memos_on_codings_are_not_told_without_looking_whose_they_are(room: Room, study: Study) -> None:
    hidden = next(one for one in study.codings.list() if one.coder == "ben")
    assert room.refused("memos", about="coding", target=hidden.id)[0] == 400


def test_a_code_in_vivo_is_a_mark_until_the_next_version(room: Room) -> None:
    start, end = room.place("Nobody called")
    room.post("in-vivo", start=start, end=end, key="nobody")
    page = room.get()
    assert [(cut(page["text"], one), one["code"], one["draft"]) for one in page["drafts"]] == [
        ("Nobody called", "nobody", True)
    ]
    room.post("in-vivo/remove", ids=[page["drafts"][0]["id"]])
    assert room.get()["drafts"] == []


def test_the_place_is_kept_in_code_points_and_what_was_read_never_shrinks(room: Room, study: Study) -> None:
    at, _ = room.place("Nobody")
    room.post("place", at=at, read=at)
    room.post("place", at=0, read=0)
    progress = study.reading.progress("ana")[0]
    assert (progress.at, progress.read) == (0, study.transcripts.show("P1").revision.text.index("Nobody"))
    assert (room.get()["at"], room.get()["read"]) == (0, at)


def test_a_position_asked_for_goes_before_the_place_kept(room: Room, study: Study) -> None:
    words = study.transcripts.show("P1").revision.text.index("Nobody")
    assert room.get(f"?at={words}")["at"] == room.place("Nobody")[0]
    assert room.get("?at=100000")["at"] == len(room.get()["text"].encode("utf-16-le")) // 2


def test_words_are_found_where_a_browser_has_them(room: Room) -> None:
    text = room.get()["text"]
    matches = room.post("search", words="nobody")["matches"]
    assert [cut(text, {"start": start, "end": end}) for start, end in matches] == ["Nobody"]


def test_searching_for_nothing_is_refused_with_a_sentence(room: Room) -> None:
    assert room.refused("search", words=" ")[0] == 400


def test_codes_are_found_by_their_letters_and_headings_are_not(room: Room) -> None:
    assert room.post("codes", typed="mon")["picks"] == ["money"]
    assert "HEAD" not in room.post("codes", typed="")["picks"]


def test_the_codes_come_with_colours_and_the_keys_are_those_of_the_terminal(room: Room) -> None:
    page = room.get()
    assert all(code["color"].startswith("#") for code in page["codes"])
    assert [(key["act"], tuple(key["keys"])) for key in page["keys"]] == [(key.act, key.keys) for key in KEYS]


def test_a_key_that_two_codebooks_have_is_coded_with_by_its_id(study: Study) -> None:
    study.codebooks.add_version(CodebookVersion("second", "1", (Code("wait", "Waiting"),)))
    room = Room(study)
    second = next(one for one in room.get()["codes"] if one["codebook"] == "second")
    assert second["pick"] != "wait"
    assert room.code("Nobody", second["pick"])["added"][0]["codebook"] == "second"


def test_a_study_without_a_codebook_can_be_read(tmp_path: Path) -> None:
    with make_study(tmp_path, P1="ANA: I waited.") as bare:
        page = Room(bare).get()
    assert (page["codes"], page["quick"], page["text"]) == ([], [], "ANA: I waited.")


def test_the_units_are_those_in_which_the_terminal_moves(study: Study) -> None:
    shown = study.transcripts.show("P1")
    text, turns = shown.revision.text, shown.revision.turns
    cursor = Cursor(text, turns, lambda part: words_in(text, part), lambda part: sentences_in(text, "en", part))
    expected = []
    for turn in turns:
        cursor.select(turn.start, turn.start + 1)
        expected += [span.of(text) for span in cursor.units("sentence")]
    session = WebSession(study.path, None)
    flat = units(text_of(session, shown.id))["sentences"]
    found = [cut(text, {"start": flat[n], "end": flat[n + 1]}) for n in range(0, len(flat), 2)]
    session.close()
    assert found == expected == ["😀 How long?", "I waited two hours 👩🏽 here and 𠮷 left.", "Nobody called."]


def test_a_suggestion_is_accepted_by_its_id_and_another_is_rejected(tmp_path: Path) -> None:
    with make_study(tmp_path, P1="ANA: 😀 We waited. They paid bribes.") as made:
        codes = (
            Code("wait", "Wait", terms=(("en", ("waited",)),)),
            Code("money", "Money", terms=(("en", ("bribes",)),)),
        )
        made.codebooks.add_version(CodebookVersion("book", "1", codes))
    with open_study(made.path) as again:
        room = Room(again)
        first, second = room.post("suggestions")["suggestions"]
        assert (first["code"], cut(room.get()["text"], first)) == ("wait", first["quote"])
        room.post("suggestions/accept", id=first["id"])
        room.post("suggestions/reject", id=second["id"])
        assert room.post("suggestions")["suggestions"] == []
        assert [one["code"] for one in room.get("/codings")["codings"]] == ["wait"]
        assert room.refused("suggestions/accept", id=first["id"])[0] == 404


def test_a_transcript_that_was_removed_meanwhile_is_told_in_a_sentence(room: Room, study: Study) -> None:
    start, end = room.place("Nobody")
    study.transcripts.remove("P1", with_codings=True)
    status, sentence = room.refused("code", start=start, end=end, codes=["wait"])
    assert status == 404
    assert "transcript" in sentence


def test_without_the_secret_of_the_session_nothing_is_coded(room: Room, study: Study) -> None:
    before = study.reading.stamp()
    body = {"start": 5, "end": 7, "codes": ["wait"]}
    assert room.visitor.client.post(f"/api/read/{room.id}/code", json=body).status_code == 403
    assert study.reading.stamp() == before


def test_a_window_that_another_coder_opened_codes_under_nobody_elses_name(room: Room, study: Study) -> None:
    room.visitor.post("/api/coder", {"name": "ben"})
    before = study.reading.stamp()
    for path in ("code", "undo", "withdraw"):
        status, sentence = room.refused(path, start=5, end=7, codes=["wait"], ids=["x"], coder="ana")
        assert (status, sentence) == (409, "ben codes in this browser now; reload the page")
    assert study.reading.stamp() == before


@pytest.fixture
def of_ben(study: Study) -> str:
    """Return the id of a coding of ben, who has written memos as well."""
    with open_study(study.path, coder="ben") as other:
        [made] = other.code("P1", quote="Nobody", code="trust", memo="dear")
        other.memos.add("on the whole", about="transcript", target="P1")
        other.memos.add("too wide", about="code", target="trust")
    return made.id


def test_what_others_wrote_on_the_transcript_and_its_codes_is_read_when_they_are_shown(room: Room, of_ben: str) -> None:
    room.post("memo", about="transcript", text="mine")
    asked = ({"about": "transcript"}, {"about": "code", "target": "trust"})
    assert [[one["text"] for one in room.post("memos", **one)["memos"]] for one in asked] == [["mine"], []]
    room.post("shown", coders=["ben"])
    told = [[one["text"] for one in room.post("memos", **one)["memos"]] for one in asked]
    assert told == [["on the whole", "mine"], ["too wide"]]


def test_a_coding_that_is_not_shown_is_neither_withdrawn_nor_written_on(room: Room, study: Study, of_ben: str) -> None:
    refused = (404, "this coding is not here; somebody removed it, or it is not shown to you; reload the page")
    for id in (of_ben, of_ben[:8], "0", NOBODY):
        assert room.refused("withdraw", ids=[id]) == refused
        assert room.refused("memo", about="coding", target=id, text="x") == refused
    assert of_ben in {one.id for one in study.codings.list()}
    room.post("shown", coders=["ben"])
    assert room.post("withdraw", ids=[of_ben])["removed"] == [of_ben]
    room.post("undo")
    assert of_ben in {one.id for one in study.codings.list()}


def test_a_coding_of_another_transcript_is_not_withdrawn_here(room: Room, study: Study, tmp_path: Path) -> None:
    file = tmp_path / "P2.txt"
    file.write_text("Quite another text.\n", encoding="utf-8")
    study.transcripts.add(file)
    [made] = study.code("P2", quote="another", code="trust", coder=room.get()["coder"])
    assert room.refused("withdraw", ids=[made.id])[0] == 404


def test_a_mark_in_vivo_of_who_is_not_shown_is_not_taken_away(room: Room, study: Study) -> None:
    mark = study.in_vivo.add("P1", quote="Nobody", coder="ben")
    assert room.refused("in-vivo/remove", ids=[mark.id])[0] == 404
    room.post("shown", coders=["ben"])
    room.post("in-vivo/remove", ids=[mark.id])
    assert study.in_vivo.list() == []


def test_a_page_codes_under_the_versions_that_it_shows_and_under_no_newer(room: Room, study: Study) -> None:
    versions = room.get()["versions"]
    room.code("Nobody", "trust", versions=versions)
    follow(study, "name trust")
    [start, end] = room.place("called")
    body = {"start": start, "end": end, "codes": ["trust"]}
    [book] = versions
    sentence = f"the codebook {book} has a new version 2 since this was opened; look at the codes again, then code"
    assert room.refused("code", **body, versions=versions) == (409, sentence)
    assert room.refused("code", **body, versions=[])[0] == room.refused("code", **body, versions={book: 2})[0] == 400
    room.post("code", **body, versions=room.get("/codes")["versions"])


def test_of_a_removed_transcript_no_word_is_told_or_kept(room: Room, study: Study) -> None:
    room.post("search", words="two")
    room.get("/units")
    [(session, _)] = room.visitor.app.sessions._seen.values()
    assert room.id in _kept[session]
    study.transcripts.remove("P1", with_codings=True)
    for answer in (
        room.visitor.get(f"/api/read/{room.id}/units"),
        room.visitor.post(f"/api/read/{room.id}/search", {"words": "two"}),
    ):
        assert (answer.status_code, "error" in answer.json) == (404, True)
    assert not _kept[session]


def test_a_removed_transcript_is_let_go_when_a_page_hears_of_it(room: Room, study: Study) -> None:
    room.get("/units")
    [(session, _)] = room.visitor.app.sessions._seen.values()
    room.visitor.get("/api/stamp")
    assert room.id in _kept[session]
    study.transcripts.remove("P1", with_codings=True)
    room.visitor.get("/api/stamp")
    assert not _kept[session]


def test_a_page_goes_on_when_its_coder_gets_another_name(room: Room, study: Study) -> None:
    room.code("Nobody", "trust", coder="ana")
    with open_study(study.path) as other:
        other.coders.rename("ana", "coder-07")
    [made] = room.code("called", "trust", coder="ana")["added"]
    room.post("place", at=3, read=9, coder="ana")
    assert (made["coder"], made["mine"], room.get()["coder"]) == ("coder-07", True, "coder-07")
    assert "ana" not in {one.name for one, _ in study.coders.list()}
    assert sum(one["mine"] for one in room.get()["codings"]) >= 2


@pytest.mark.parametrize("path", ["", "/units", "/codings", "/codes", f"/coding/{NOBODY}"])
def test_a_page_of_another_coder_is_told_nothing_but_who_codes_here_now(room: Room, path: str) -> None:
    room.visitor.post("/api/coder", {"name": "Жанна"})
    answer = room.visitor.get(f"/api/read/{room.id}{path}", headers={"X-QCODE-Coder": "ana"})
    sentence = "Жанна codes in this browser now; reload the page"
    assert (answer.status_code, answer.json) == (409, {"error": sentence, "coder": "Жанна"})
    again = room.visitor.get(f"/api/read/{room.id}", headers={"X-QCODE-Coder": quote("Жанна")})
    assert again.status_code == 200


def test_a_step_of_another_transcript_is_taken_back_with_its_name(room: Room, study: Study, tmp_path: Path) -> None:
    file = tmp_path / "P2.txt"
    file.write_text("Quite another text.\n", encoding="utf-8")
    study.transcripts.add(file)
    room.code("Nobody", "wait")
    here, room.id = room.id, study.transcripts.show("P2").id
    back = room.post("undo")
    assert back["said"] == "took back wait on “Nobody” in P1"
    assert (back["where"], back["link"]["href"]) == ({"id": here, "name": "P1"}, f"/read/{here}")
    room.id = here
    again = room.post("redo")
    assert (again["said"], again["where"]["name"], "link" in again) == ("did again wait on “Nobody”", "P1", False)


def test_a_link_with_an_end_names_those_whose_codings_there_are_hidden(room: Room, study: Study) -> None:
    text = study.transcripts.show("P1").revision.text
    at, to = text.index("two"), text.index("two") + len("two hours")
    page = room.get(f"?at={at}&to={to}")
    assert (cut(page["text"], {"start": page["at"], "end": page["to"]}), page["hidden"]) == ("two hours", ["ben"])
    assert room.get(f"?at={at}")["hidden"] == room.get(f"?at={text.index('Nobody')}&to={len(text)}")["hidden"] == []
    assert (room.get(f"?at={at}")["to"], room.get(f"?at={at}&to={at}")["to"]) == (None, None)
    room.post("shown", coders=["ben"])
    assert room.get(f"?at={at}&to={to}")["hidden"] == []


def test_why_a_code_is_suggested_is_said_without_signs_of_code(tmp_path: Path) -> None:
    with make_study(tmp_path, P1="ANA: We waited.") as made:
        code = Code("wait", "Wait", terms=(("en", ("waited",)),))
        made.codebooks.add_version(CodebookVersion("book", "1", (code,)))
        [one] = Room(made).post("suggestions")["suggestions"]
    assert "`" not in one["why"]
    assert "“waited”" in one["why"]


def test_who_has_entered_learns_who_codes_and_the_secret_of_the_session(room: Room) -> None:
    told = room.visitor.get("/api/session").json
    assert told == {"coder": "ana", "csrf": room.visitor.csrf}
    assert room.visitor.app.test_client().get("/api/session").status_code == 403
    assert room.visitor.get("/api/stamp").json["coder"] == "ana"
