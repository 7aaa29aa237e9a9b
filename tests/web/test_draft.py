"""The draft in the browser: each act on it, what is refused, publishing, and what two people do at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from qcode.study.study import Study, create
from qcode.study.study import open as open_study
from tests.study.next_version import follow
from tests.web.visitor import Visitor


class Room:
    """A visitor at the draft of the tiny study."""

    def __init__(self, study: Path, **options: Any) -> None:
        self.visitor = Visitor(study, **options)
        self.id = self.visitor.get("/api/drafts").json["drafts"][0]["id"]

    def get(self, more: str = "") -> Any:
        return self.visitor.get(f"/api/draft/{self.id}{more}").json

    def send(self, act: str, **body: Any) -> Any:
        return self.visitor.post(f"/api/draft/{self.id}/{act}", body)

    def act(self, act: str, **body: Any) -> dict[str, Any]:
        """Do an act; return the draft afterwards."""
        answer = self.send(act, **body)
        assert answer.status_code == 200, answer.text
        draft: dict[str, Any] = answer.json["draft"]
        return draft

    def refused(self, act: str, **body: Any) -> str:
        """Return the sentence that an act is refused with; the draft stays as it was."""
        before = self.get("/stamp")
        answer = self.send(act, **body)
        assert answer.status_code in (400, 404, 409), answer.text
        assert self.get("/stamp") == before
        return str(answer.json["error"])

    def save(self, code: str, **changed: Any) -> Any:
        """Save fields of an entry as the page would; `effect` and `why` go with them."""
        now = entry(self.get(), code)
        more = {name: changed.pop(name) for name in ("effect", "why") if name in changed}
        return self.send("entry", code=code, fields=changed, was={name: now[name] for name in changed}, **more)


@pytest.fixture
def room(study: Study) -> Room:
    return Room(study.path)


def entry(draft: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in draft["codes"] if one["key"] == key)
    return found


def tree(draft: dict[str, Any]) -> list[str]:
    return [f"{'.' * one['depth']}{one['key']}" for one in draft["codes"]]


def told(draft: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["change"], one["what"]) for one in draft["changes"]]


def test_a_draft_that_nobody_began_is_as_the_newest_version(room: Room) -> None:
    draft = room.get()
    assert (draft["version"], draft["follows"], draft["open"], draft["can_undo"]) == ("2", "1", False, False)
    assert (draft["changes"], draft["waits"], draft["late"], draft["coder"]) == ([], 0, "", "")
    assert {one["state"] for one in draft["codes"]} == {""}
    assert entry(draft, "trust")["codings"] == 2


def test_a_code_is_added_below_another_with_what_it_would_do(room: Room) -> None:
    draft = room.act("add", key="hope", name="Надежда", definition="希望", under="INFLUENCE")
    assert tree(draft)[:4] == ["INFLUENCE", ".help", ".money", ".hope"]
    assert told(draft) == [("add", "hope")]
    assert (entry(draft, "hope")["name"], entry(draft, "hope")["definition"]) == ("Надежда", "希望")
    assert (entry(draft, "hope")["state"], draft["open"], draft["coder"]) == ("new", True, "ana")


def test_a_code_is_added_behind_another_and_as_a_heading(room: Room) -> None:
    draft = room.act("add", key="HOPES", after="help", heading=True)
    assert tree(draft)[:4] == ["INFLUENCE", ".help", ".HOPES", ".money"]
    assert entry(draft, "HOPES")["codable"] is False


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"key": "trust"}, "trust is in the draft already"),
        ({"key": ""}, "a code is missing"),
        ({"key": "a,b"}, "no comma"),
        ({"key": "hope", "under": "nobody"}, "there is no code 'nobody'"),
        ({"key": "\ud800"}, "half a character"),
        ({"key": 7}, "is not a text"),
    ],
)
def test_a_code_that_cannot_be_is_not_added(room: Room, body: dict[str, Any], says: str) -> None:
    assert says in room.refused("add", **body)


def test_a_code_moves_below_before_behind_another_and_to_the_top(room: Room) -> None:
    assert ".trust" in tree(room.act("move", code="trust", where="under", beside="INFLUENCE"))
    assert tree(room.act("move", code="trust", where="before", beside="money"))[:3] == ["INFLUENCE", ".help", ".trust"]
    assert tree(room.act("move", code="trust", where="after", beside="money"))[2:4] == [".money", ".trust"]
    draft = room.act("move", code="help", where="top")
    assert tree(draft)[-1] == "help"
    assert entry(draft, "help")["state"] == "moved"


def test_a_code_does_not_move_below_itself(room: Room) -> None:
    assert "stands below INFLUENCE" in room.refused("move", code="INFLUENCE", where="under", beside="help")
    assert "below itself" in room.refused("move", code="INFLUENCE", where="under", beside="INFLUENCE")
    assert "is not said" in room.refused("move", code="help", where="aside", beside="trust")


def test_the_whole_entry_of_a_code_is_saved_as_one_change_that_one_undo_takes_back(room: Room) -> None:
    changed = {
        "key": "faith",
        "name": "Вера <b>",
        "names": [["zh", "信任"], ["kk", "Сенім"]],
        "brief": "in a few words",
        "definition": "That they keep their word.",
        "examples": ["Мы верим.", "Two\nlines."],
        "color": "#112233",
        "origin": "data",
        "aliases": ["belief"],
        "terms": [["ru", ["вера", "верить"]]],
    }
    draft = room.save("trust", **changed, effect="narrow", why="agreed").json["draft"]
    found = entry(draft, "faith")
    assert {name: found[name] for name in changed} == changed | {"aliases": ["belief", "trust"]}
    assert (found["was"], found["state"], draft["waits"]) == ("trust", "changed", 2)
    assert {one for one, _ in told(draft)} == {"rename", "redefine", "name", "edit"}
    draft = room.act("undo", stamp=draft["stamp"])
    assert draft["changes"] == []
    draft = room.act("undo", stamp=draft["stamp"])
    assert entry(draft, "faith")["definition"] == "That they keep their word."


@pytest.mark.parametrize(("effect", "waits"), [("clarify", 0), ("widen", 0), ("narrow", 2)])
def test_another_definition_says_what_it_does_to_the_codings(room: Room, effect: str, waits: int) -> None:
    draft = room.save("trust", definition="Otherwise.", effect=effect, why="so").json["draft"]
    [change] = draft["changes"]
    assert (change["change"], change["codings"], change["why"], draft["waits"]) == ("redefine", 2, "so", waits)


def test_another_definition_without_an_effect_is_refused(room: Room) -> None:
    answer = room.save("trust", when="Always.")
    assert answer.status_code == 400
    assert "choose whether it is clearer, wider or narrower" in answer.json["error"]
    assert room.get()["changes"] == []


def test_a_new_code_needs_no_effect(room: Room) -> None:
    room.act("add", key="hope")
    draft = room.save("hope", definition="That it gets better.").json["draft"]
    assert [one["change"] for one in draft["changes"]] == ["add"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"key": "wait"}, "wait is in the draft already"),
        ({"color": "red"}, "write it as #7a3b69"),
        ({"aliases": ["wait"]}, "is the key or an alias of wait"),
        ({"names": [["", "x"]]}, "a language of the names is missing"),
        ({"names": [["ru"]]}, "cannot be read"),
        ({"terms": [["ru", "one"]]}, "cannot be read"),
        ({"codable": "yes"}, "cannot be read"),
        ({"parent": "wait"}, "cannot be read"),
        ({"brief": "\udc00"}, "half a character"),
        ({}, "nothing of trust is changed"),
    ],
)
def test_an_entry_that_cannot_be_is_not_saved(room: Room, fields: dict[str, Any], says: str) -> None:
    assert says in room.refused("entry", code="trust", fields=fields, was={})


def test_nobody_writes_over_what_somebody_else_wrote_into_the_same_field(room: Room, study: Study) -> None:
    loaded = entry(room.get(), "trust")
    study.drafts.redefine("trust", brief="by ben", name="Belief")
    fields, was = {"brief": "by ana"}, {"brief": loaded["brief"]}
    assert "brief of trust was changed in the meantime" in room.refused("entry", code="trust", fields=fields, was=was)
    draft = room.act("entry", code="trust", fields={"color": "#112233"}, was={"color": loaded["color"]})
    assert (entry(draft, "trust")["brief"], entry(draft, "trust")["color"]) == ("by ben", "#112233")


def test_the_entry_of_a_code_that_went_meanwhile_is_refused_with_what_became_of_it(room: Room, study: Study) -> None:
    study.drafts.retire("trust")
    assert "retired in this draft" in room.refused("entry", code="trust", fields={"brief": "x"}, was={"brief": ""})


def test_a_code_is_split_and_its_codings_would_wait(room: Room) -> None:
    draft = room.act("split", code="trust", keys=["hope", "страх", ""], names=["Hope", "Страх", ""], why="two things")
    assert [one["key"] for one in draft["codes"] if one["parent"] == "trust"] == ["hope", "страх"]
    assert told(draft)[0] == ("split", "trust → hope, страх")
    assert (draft["waits"], entry(draft, "trust")["codable"]) == (2, False)
    assert draft["changes"][0]["why"] == "two things"


def test_a_code_that_is_split_may_go_on_taking_codings(room: Room) -> None:
    draft = room.act("split", code="trust", keys=["hope", "fear"], names=["", ""], keep=True)
    assert entry(draft, "trust")["codable"] is True


def test_a_code_is_not_split_into_one_or_into_nothing(room: Room) -> None:
    assert "would be split into one" in room.refused("split", code="trust", keys=["hope", ""], names=["", ""])
    assert "would be split into one" in room.refused("split", code="trust", keys=[], names=[])
    assert "no code 'nobody'" in room.refused("split", code="nobody", keys=["a", "b"], names=["", ""])
    assert "only a heading" in room.refused("split", code="INFLUENCE", keys=["a", "b"], names=["", ""])


def test_codes_are_merged_into_a_new_one(room: Room) -> None:
    draft = room.act("merge", codes=["help", "money"], into="HANDS", name="Hände", why="one")
    assert told(draft)[0] == ("merge", "help, money → HANDS")
    assert entry(draft, "HANDS")["name"] == "Hände"


def test_codes_are_not_merged_into_one_that_is_retired_or_into_themselves(room: Room) -> None:
    room.act("retire", code="leave")
    assert "leave is retired in this draft" in room.refused("merge", codes=["help", "money"], into="leave")
    assert "no code is chosen" in room.refused("merge", codes=[], into="help")
    assert "name another code" in room.refused("merge", codes=["help"], into="help")


def test_a_retired_code_is_offered_to_come_back_and_comes_back(room: Room) -> None:
    draft = room.act("retire", code="leave", why="nobody")
    assert (told(draft), [one["key"] for one in draft["former"]]) == ([("retire", "leave")], ["leave"])
    draft = room.act("revive", code="leave")
    assert (draft["changes"], draft["former"]) == ([], [])


def test_a_code_that_an_earlier_version_retired_comes_back_below_another(room: Room, study: Study) -> None:
    follow(study, "retire leave")
    [former] = room.get()["former"]
    assert (former["key"], former["how"], former["version"], former["name"]) == ("leave", "retire", "2", "Leave")
    draft = room.act("revive", code=former["id"], under="INFLUENCE")
    assert ".leave" in tree(draft)
    assert (entry(draft, "leave")["state"], draft["former"]) == ("back", [])
    sentence = room.refused("revive", code="nobody")
    assert "no version before book@2 had a code 'nobody'" in sentence
    assert "qcode" not in sentence


def test_a_new_code_does_not_take_the_key_of_a_former_one_and_no_command_is_named(room: Room, study: Study) -> None:
    follow(study, "retire leave")
    sentence = room.refused("add", key="leave")
    assert "bring it back (Bring back)" in sentence
    assert "qcode" not in sentence


def test_an_undo_is_of_the_change_that_was_seen(room: Room, study: Study) -> None:
    seen = room.act("add", key="hope")["stamp"]
    study.drafts.add("fear")
    assert "changed in the meantime" in room.refused("undo", stamp=seen)
    assert "hope" in tree(room.act("undo", stamp=room.get()["stamp"]))
    assert "fear" not in tree(room.get())


def test_there_is_nothing_to_take_back_before_the_first_change(room: Room) -> None:
    assert "no change of the draft to take back" in room.refused("undo", stamp=room.get()["stamp"])


def test_the_stamp_is_another_when_somebody_else_changes_the_draft_or_marks_a_passage(room: Room, study: Study) -> None:
    stamps = [room.get("/stamp")["stamp"]]
    study.drafts.add("hope")
    stamps.append(room.get("/stamp")["stamp"])
    study.in_vivo.add("P1", quote="two hours", key="hope")
    stamps.append(room.get()["stamp"])
    assert len(set(stamps)) == len(stamps)


def test_a_draft_is_looked_at_and_published_with_a_note_and_a_number(room: Room, study: Study) -> None:
    room.act("split", code="trust", keys=["hope", "fear"], names=["", ""])
    looked = room.send("publish", look=True).json
    assert (looked["version"], looked["changes"][0]["change"]) == ("2", "split")
    assert room.get()["follows"] == "1"
    done = room.send("publish", note="two kinds", version="1.5", stamp=looked["stamp"]).json
    assert (done["version"], done["queued"]) == ("1.5", 2)
    assert (done["draft"]["open"], done["draft"]["follows"]) == (False, "1.5")
    assert study.codebooks.show("book").content.note == "two kinds"
    assert room.visitor.get("/api/queue?of=everyone").json["everyone"] == 2
    assert study.check() == []


def test_what_was_not_looked_at_is_not_published(room: Room, study: Study) -> None:
    room.act("add", key="hope")
    looked = room.send("publish", look=True).json
    study.drafts.retire("trust")
    assert "changed in the meantime" in room.refused("publish", stamp=looked["stamp"])
    assert study.codebooks.show("book").content.version == "1"


def test_a_number_that_is_taken_and_a_draft_without_a_change_are_not_published(room: Room) -> None:
    assert "change something first" in room.refused("publish", look=True)
    stamp = room.act("add", key="hope")["stamp"]
    sentence = room.refused("publish", version="1", stamp=stamp)
    assert (sentence.endswith("give another number"), "qcode" in sentence) == (True, False)


def test_a_draft_is_thrown_away_only_as_it_was_seen(room: Room, study: Study) -> None:
    seen = room.act("add", key="hope")["stamp"]
    study.drafts.add("fear")
    assert "changed in the meantime" in room.refused("discard", stamp=seen)
    done = room.send("discard", stamp=room.get()["stamp"]).json
    assert (done["gone"], done["draft"]["open"], done["draft"]["changes"]) == (True, False, [])


def test_marks_in_vivo_are_listed_with_the_way_into_the_reading_room_and_only_ones_own_unasked(
    room: Room, study: Study
) -> None:
    study.in_vivo.add("P1", quote="two hours", key="hours")
    study.in_vivo.add("P1", quote="the phone", key="phone", coder="ben")
    draft = room.get()
    transcript = next(one.id for one in study.transcripts.list() if one.name == "P1")
    start = study.in_vivo.list("P1")[0].start
    assert [(one["quote"], one["link"]) for one in draft["marks"]] == [("two hours", f"/read/{transcript}?at={start}")]
    assert draft["marks_unseen"] == 1
    everyone = room.get("?marks=everyone")
    assert ([one["quote"] for one in everyone["marks"]], everyone["marks_unseen"]) == (["two hours", "the phone"], 0)


def test_a_mark_in_vivo_is_removed_with_its_code(room: Room, study: Study) -> None:
    study.in_vivo.add("P1", quote="two hours", key="hours")
    [mark] = room.get()["marks"]
    draft = room.act("marks/remove", ids=[mark["id"]])
    assert (draft["marks"], draft["changes"]) == ([], [])
    assert "not there any more" in room.refused("marks/remove", ids=[mark["id"]])
    assert "not there any more" in room.refused("marks/remove", ids=[])


def test_what_becomes_of_the_marks_is_told_after_publishing_and_after_throwing_away(room: Room, study: Study) -> None:
    study.in_vivo.add("P1", quote="two hours", key="hours")
    told = room.send("publish", stamp=room.get()["stamp"]).json
    assert told["remarks"] == ["1 passage marked in vivo is a coding now"]
    study.in_vivo.add("P1", quote="the phone", key="phone")
    told = room.send("discard", stamp=room.get()["stamp"]).json
    assert told["remarks"] == [
        "1 passage marked in vivo has no code any more; they are listed with the draft; code them anew"
    ]
    assert room.get()["marks"][0]["lost"] is True


def test_the_draft_is_edited_as_yaml(room: Room) -> None:
    text = room.get("/text")["text"]
    edited = text.replace("name: Trust", "name: 信任 и вера")
    draft = room.act("text", text=edited, was=text)
    assert entry(draft, "trust")["name"] == "信任 и вера"
    assert "changed by someone else in the meantime" in room.refused("text", text=edited, was=text)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("codes:", "codes: [", "the draft"),
        ("code: trust", "code: faith", "changes:"),
        ("codebook: book", "codebook: other", "leave its key as it was"),
        ("code: trust", "code: wait", "two codes have this key"),
    ],
)
def test_yaml_that_breaks_a_rule_is_refused_with_the_problem(room: Room, old: str, new: str, says: str) -> None:
    text = room.get("/text")["text"]
    assert says in room.refused("text", text=text.replace(old, new), was=text)


def test_a_draft_that_came_too_late_says_so_and_can_be_downloaded_but_not_changed(room: Room, study: Study) -> None:
    room.act("add", key="hope")
    follow(study, "retire leave")
    draft = room.get()
    assert "the study is at 2 by now" in draft["late"]
    assert "download it as YAML" in draft["late"]
    assert draft["can_undo"] is False
    assert "the study is at 2 by now" in room.refused("add", key="fear")
    assert "the study is at 2 by now" in room.refused("entry", code="hope", fields={"brief": "x"}, was={})
    assert "the study is at 2 by now" in room.refused("publish", stamp=draft["stamp"])
    answer = room.visitor.get(f"/codebook/draft/{room.id}/yaml")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "code: hope" in answer.text
    assert room.send("discard", stamp=draft["stamp"]).json["draft"]["late"] == ""


def test_the_codebook_page_hears_of_a_draft_that_changes_something(room: Room, study: Study) -> None:
    [one] = room.visitor.get("/api/drafts").json["drafts"]
    assert (one["codebook"], one["open"], one["changes"]) == ("book", False, 0)
    study.drafts.add("hope")
    [one] = room.visitor.get("/api/drafts").json["drafts"]
    assert (one["open"], one["changes"], one["coder"]) == (True, 1, "ana")


def test_the_draft_of_a_version_that_is_not_there_is_a_sentence(room: Room) -> None:
    for path in ("", "/stamp", "/text"):
        assert room.visitor.get(f"/api/draft/{uuid4()}{path}").status_code == 404
    assert room.visitor.post(f"/api/draft/{uuid4()}/add", {"key": "x"}).status_code == 404


def test_a_study_without_a_codebook_has_no_draft(tmp_path: Path) -> None:
    create(tmp_path / "new.qcode").close()
    visitor = Visitor(tmp_path / "new.qcode")
    assert visitor.get("/api/drafts").json == {"drafts": []}
    assert visitor.get("/codebook/draft").status_code == 200


def test_who_changed_the_draft_last_is_who_sits_at_the_browser(study: Study) -> None:
    room = Room(study.path, coder="Айгүл")
    assert room.act("add", key="hope")["coder"] == "Айгүл"


def test_nothing_is_changed_without_the_secret_of_the_session(room: Room) -> None:
    answer = room.visitor.client.post(f"/api/draft/{room.id}/add", json={"key": "hope"})
    assert answer.status_code == 403
    assert room.get()["changes"] == []


def test_the_study_is_whole_after_every_act(study_path: Path) -> None:
    room = Room(study_path)
    room.act("add", key="<script>alert(1)</script>")
    room.act("split", code="trust", keys=["hope", "fear"], names=["", ""])
    room.act("merge", codes=["help", "money"], into="help")
    room.act("move", code="wait", where="under", beside="INFLUENCE")
    room.act("retire", code="leave")
    room.send("publish", stamp=room.get()["stamp"])
    with open_study(study_path) as study:
        assert study.check() == []
        assert study.codebooks.show("book").content.version == "2"
