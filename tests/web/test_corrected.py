"""A transcript that is corrected while somebody has it open in a browser."""

from __future__ import annotations

from qcode.study.study import Study
from tests.study.correcting import P1, correct, placed
from tests.web.test_reading import Room

LONGER = P1.replace("two hours", "two long hours")
WITHOUT = P1.replace("Nobody ever called me back, so ", "")


def test_an_act_of_a_page_with_the_text_before_is_refused(study: Study) -> None:
    room = Room(study, coder="ana")
    seen = room.get()["revision"]
    correct(study, LONGER)
    for path, more in (("code", {"codes": ["wait"]}), ("in-vivo", {})):
        status, said = room.refused(path, start=5, end=8, revision=seen, **more)
        assert (status, "P1 was corrected in the meantime, and its text is another" in said) == (409, True)
    assert len(study.codings.list()) == 7


def test_an_act_without_a_text_is_about_the_one_that_was_read(study: Study) -> None:
    room = Room(study, coder="ana")
    room.get()
    correct(study, LONGER)
    assert room.post("code", start=5, end=8, codes=["wait"])["said"] == "coded wait"
    assert {one.quote for one in study.codings.list() if one.coder == "ana"} >= {"How"}


def test_a_page_that_is_opened_anew_has_the_new_text_with_its_units_and_can_be_coded(study: Study) -> None:
    room = Room(study, coder="ana")
    before = room.get()
    correct(study, LONGER)
    units, page = room.get("/units"), room.get()
    assert (page["text"], page["revision"] != before["revision"]) == (LONGER, True)
    assert max(units["words"]) == len(LONGER.rstrip()) - 1
    assert room.get("/codings")["revision"] == page["revision"]
    start = LONGER.index("long")
    room.post("code", start=start, end=start + 4, codes=["wait"], revision=page["revision"])
    assert "long" in {one.quote for one in study.codings.list()}


def test_a_coding_whose_words_are_gone_is_withdrawn_in_the_queue(study: Study) -> None:
    correct(study, WITHOUT)
    room = Room(study, coder="ana")
    (item,) = room.visitor.get("/api/queue").json["items"]
    assert (item["change"], item["candidates"], item["kept"]) == ("revise", [], False)
    assert item["link"] == f"/read/{room.id}?at=0"
    around = room.visitor.get(f"/api/queue/{item['id']}").json
    assert around["before"].endswith("ANA: ")
    answer = room.visitor.post("/api/queue/decide", {"ids": [item["id"]], "withdraw": True, "why": "gone"})
    assert (answer.status_code, study.status().pending) == (200, 0)
    room.visitor.post("/api/queue/undo")
    assert study.status().pending == 1


def test_a_coding_whose_words_are_gone_is_placed_anew_where_words_stand(study: Study) -> None:
    correct(study, WITHOUT)
    room = Room(study, coder="ana")
    (item,) = room.visitor.get("/api/queue").json["items"]
    found = room.visitor.post("/api/queue/find", {"id": item["id"], "words": "STOPPED  asking"}).json
    (place,) = found["places"]
    assert (place["quote"], place["turn"], found["more"]) == ("stopped asking", 4, 0)
    body = {"id": item["id"], "why": "these words are left"} | {key: place[key] for key in ("start", "end", "quote")}
    wrong = room.visitor.post("/api/queue/place", body | {"start": place["start"] - 1})
    assert (wrong.status_code, study.status().pending) == (400, 1)
    assert room.visitor.post("/api/queue/place", body).json["codings"] == 1
    assert ("stopped asking", "trust", "ana", "settled") in placed(study)
    assert (study.status().pending, study.check()) == (0, [])
    assert room.visitor.post("/api/queue/place", body).status_code in (404, 409)
    room.visitor.post("/api/queue/undo")
    assert study.status().pending == 1
    room.visitor.post("/api/queue/redo")
    assert (study.status().pending, study.check()) == (0, [])


def test_who_codes_blind_searches_for_no_coding_of_another(study: Study) -> None:
    correct(study, WITHOUT)
    (item,) = study.queue.list()
    blind = Room(study, coder="ben").visitor
    place = {"id": item.coding.id, "start": 0, "end": 3, "quote": "INT"}
    assert blind.post("/api/queue/find", {"id": item.coding.id, "words": "asking"}).status_code == 404
    assert blind.post("/api/queue/place", place).status_code == 404
    blind.get("/api/queue?of=everyone")
    assert blind.post("/api/queue/find", {"id": item.coding.id, "words": "asking"}).status_code == 200
    for body in ({}, {"id": item.coding.id}, {"id": item.coding.id, "words": " "}, {"id": 7, "words": "x"}, []):
        assert blind.post("/api/queue/find", body).status_code in (400, 404)
        assert blind.post("/api/queue/place", body).status_code in (400, 404)


def test_a_lost_coding_is_told_and_placed_in_the_reading_room_only_where_it_may_be_seen(study: Study) -> None:
    correct(study, WITHOUT)
    room = Room(study, coder="ana")
    (item,) = room.visitor.get("/api/queue").json["items"]
    page = room.get()
    told = room.get(f"/lost/{item['id']}")
    assert (told["quote"], told["coder"]) == (item["quote"], "ana")
    start = WITHOUT.index("hours")
    stranger = Room(study, coder="ben")
    assert stranger.visitor.get(f"/api/read/{room.id}/lost/{item['id']}").status_code == 404
    where = {"id": item["id"], "start": start, "end": start + 5}
    assert stranger.refused("anew", **where)[0] == 404
    assert room.refused("anew", revision="another", **where)[0] == 409
    room.post("anew", revision=page["revision"], **where)
    assert study.status().pending == 0
    assert "hours" in {one.quote for one in study.codings.list()}
    assert room.visitor.get(f"/api/read/{room.id}/lost/{item['id']}").status_code == 404
