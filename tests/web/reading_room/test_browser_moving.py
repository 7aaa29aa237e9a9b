"""Moving and selecting in the browser, as in the terminal."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.cursor import Cursor
from qcode.domain.span import Span
from qcode.study.reading import sentences_in, words_in
from qcode.study.study import Study
from tests.notation import make_study
from tests.web.conftest import Enter, Serve
from tests.web.reading_room.hands import Read, chosen, press, quote, said
from tests.web.waiting import soon, until


def test_a_click_selects_the_word(read: Read) -> None:
    page = read()
    page.get_by_text("I stopped asking").click(position={"x": 40, "y": 15})
    chosen(page, "stopped")


def test_a_tap_selects_the_word(read: Read) -> None:
    page = read(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.get_by_text("I stopped asking").tap(position={"x": 40, "y": 15})
    chosen(page, "stopped")


def test_keys_go_by_their_place_on_a_cyrillic_keyboard(read: Read) -> None:
    page = read()
    press(page, "ArrowRight")
    page.evaluate(
        """() => document.dispatchEvent(new KeyboardEvent("keydown", {key: "ы", code: "KeyS", bubbles: true}))"""
    )
    soon(page.locator("#quote")).to_have_text("😀 How long did you wait?")


def test_letters_typed_into_a_field_are_no_acts(read: Read, study: Study) -> None:
    page, before = read(), study.reading.stamp()
    press(page, "/")
    page.get_by_label("Words").press_sequentially("1xz nobody")
    press(page, "Escape")
    page.wait_for_timeout(300)
    assert study.reading.stamp() == before


def test_a_search_goes_to_its_places_and_round(read: Read) -> None:
    page = read()
    press(page, "/")
    page.get_by_label("Words").fill("WAIT")
    press(page, "Enter")
    said(page, "1 of 2")
    first = quote(page)
    press(page, "n")
    said(page, "2 of 2")
    second = quote(page)
    press(page, "n")
    assert (first, second, quote(page)) == ("wait", "waited", "wait")
    soon(page.locator(".match").nth(1)).to_be_attached()


def test_the_next_sentence_without_a_coding_is_no_question(read: Read) -> None:
    page = read()
    seen = []
    for _ in range(3):
        press(page, "u")
        seen.append(quote(page))
    assert [one for one in seen if one.endswith("?")] == []
    assert len(set(seen)) == 3


def test_suggestions_begin_at_the_selection(tmp_path: Path, workbench: Serve, enter: Enter) -> None:
    with make_study(tmp_path, P1="ANA: We waited. They paid bribes. We waited again.") as made:
        code = Code("wait", "Wait", terms=(("en", ("waited",)),))
        made.codebooks.add_version(CodebookVersion("book", "1", (code,)))
        served = workbench(made.path)
        page = enter(served)
        page.goto(f"{served.url}read/{made.transcripts.show('P1').id}")
        page.wait_for_selector("html[data-ready]")
        press(page, "ArrowDown", "ArrowDown", "g")
        page.get_by_role("dialog").get_by_text("2 of 2").wait_for()


def test_chinese_is_selected_by_sentence_and_by_character(read: Read) -> None:
    page = read()
    press(page, "End", "s")
    soon(page.locator("#quote")).to_have_text("没有人来。")
    press(page, "ArrowRight")
    soon(page.locator("#quote")).to_have_text("没")


def test_the_words_selected_are_copied(read: Read) -> None:
    page = read()
    press(page, "s")
    page.evaluate("""() => {
      window.copied = new DataTransfer();
      const event = {clipboardData: window.copied, bubbles: true, cancelable: true};
      document.dispatchEvent(new ClipboardEvent("copy", event));
    }""")
    until(page, "() => window.copied.getData('text/plain')", "😀 How long did you wait?")


def test_a_link_opens_at_its_place(read: Read, study: Study) -> None:
    at = study.transcripts.show("P1").revision.text.index("stopped")
    assert quote(read(at=at)) == "stopped"


def test_all_keys_are_listed(read: Read) -> None:
    page = read()
    press(page, "?")
    page.get_by_role("dialog").get_by_text("next sentence without a coding").wait_for()
    press(page, "Escape")
    soon(page.get_by_role("dialog")).to_have_count(0)


MOVES = ("next", "previous", "take", "extend", "shrink")


def test_the_browser_moves_as_the_terminal_does(read: Read, study: Study) -> None:
    page, shown = read(), study.transcripts.show("P1")
    text, rng = shown.revision.text, random.Random(4)
    cursor = Cursor(
        text, shown.revision.turns, lambda part: words_in(text, part), lambda part: sentences_in(text, "en", part)
    )
    spans = [(3, 9), (20, 31), (40, 44), (60, 80)]
    steps: list[list[Any]] = []
    for _ in range(600):
        unit = rng.choice(("word", "sentence", "turn"))
        steps.append(
            rng.choice(
                [
                    *([move, unit] for move in MOVES),
                    ["extend_back", unit],
                    ["shrink_front", unit],
                    ["next_uncoded"],
                    ["next_of"],
                    ["previous_of"],
                    ["place", rng.randrange(len(text) + 1)],
                ]
            )
        )
    found = page.evaluate(BROWSER_MOVES, [study.transcripts.show("P1").id, steps, spans])
    assert found == _terminal_moves(cursor, steps, spans)


def _terminal_moves(cursor: Cursor, steps: list[list[Any]], spans: list[tuple[int, int]]) -> list[str]:
    stretches, quotes = [Span(*one) for one in spans], []
    for name, *more in steps:
        getattr(cursor, name)(stretches if name in ("next_uncoded", "next_of", "previous_of") else more[0])
        quotes.append(cursor.text_selected)
    return quotes


BROWSER_MOVES = """async ([id, steps, spans]) => {
  const { Cursor } = await import("/static/read_cursor.js");
  const page = await (await fetch(`/api/read/${id}`)).json();
  const units = await (await fetch(`/api/read/${id}/units`)).json();
  const at = (point) => [...page.text].slice(0, point).join("").length;
  const stretches = spans.map(([start, end]) => ({ start: at(start), end: at(end) }));
  const cursor = new Cursor(page.text, units);
  const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  return steps.map(([name, value]) => {
    const many = ["next_uncoded", "next_of", "previous_of"].includes(name);
    cursor[camel(name)](many ? stretches : name === "place" ? at(value) : value);
    return cursor.quote;
  });
}"""
