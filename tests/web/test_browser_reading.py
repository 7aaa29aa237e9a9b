"""The reading room as a person meets it: a real browser, keys, mouse, and a study that others change."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.cursor import Cursor
from qcode.study.reading import sentences_in, words_in
from qcode.study.study import Study, create
from tests.notation import make_study
from tests.web.conftest import Enter, Serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

P1 = """\
INT: 😀 How long did you wait?
ANA: I waited [two hours|wait @ben] on the phone. Nobody called me back 👩🏽 that day.
INT: And then?
ANA: I stopped asking. 我等了两个小时。没有人来。
"""
Read = Callable[..., "Page"]


@pytest.fixture
def study(tmp_path: Path) -> Any:
    with make_study(tmp_path, codes=("INFLUENCE/help", "INFLUENCE/money", "wait", "trust"), P1=P1) as made:
        yield made


@pytest.fixture
def read(study: Study, workbench: Serve, enter: Enter) -> Read:
    """Open the transcript P1 in a new window and wait until it can be coded."""
    served = workbench(study.path)

    def open_room(*, at: int | None = None, **options: Any) -> Page:
        page = enter(served, **options)
        asked = "" if at is None else f"?at={at}"
        page.goto(f"{served.url}read/{study.transcripts.show('P1').id}{asked}")
        page.wait_for_selector("html[data-ready]")
        return page

    return open_room


def quote(page: Page) -> str:
    return page.locator("#quote").inner_text()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def coded(study: Study, coder: str = "ana") -> list[tuple[str, str]]:
    return [(one.quote, one.code) for one in study.codings.list() if one.coder == coder]


def stripes(page: Page, n: int) -> None:
    """Wait until the margin has so many bars."""
    if n:
        page.locator(".stripe").nth(n - 1).wait_for()
    page.locator(".stripe").nth(n).wait_for(state="detached")


def said(page: Page, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


def bars(page: Page) -> list[str]:
    return page.locator(".stripe-key").all_inner_texts()


def chosen(page: Page, words: str) -> None:
    """Wait until these words are selected."""
    page.locator("#quote", has_text=re.compile(f"^{re.escape(words)}$")).wait_for()


def select_by_mouse(page: Page, words: str) -> None:
    """Drag over words, with a blank before and after them, as hands do."""
    spot = page.evaluate(
        """(words) => {
          const all = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          while (all.nextNode()) {
            const at = all.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(all.currentNode, at);
            range.setEnd(all.currentNode, at + words.length);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return [left, right, (top + bottom) / 2];
          }
        }""",
        words,
    )
    left, right, middle = spot
    page.mouse.move(left - 1, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle)
    page.mouse.move(right + 1, middle)
    page.mouse.up()
    chosen(page, words)


def test_a_sentence_is_selected_by_keys_and_coded_by_one(read: Read, study: Study) -> None:
    page = read()
    press(page, "ArrowDown", "ArrowDown")
    assert quote(page) == "Nobody called me back 👩🏽 that day."
    press(page, "3")
    said(page, "Coded wait.")
    assert bars(page) == ["wait"]
    assert coded(study) == [("Nobody called me back 👩🏽 that day.", "wait")]


def test_words_behind_emoji_are_coded_exactly_as_dragged_over(read: Read, study: Study) -> None:
    page = read()
    select_by_mouse(page, "called me back 👩🏽 that")
    page.get_by_role("button", name="help").first.click()
    said(page, "Coded help.")
    assert coded(study) == [("called me back 👩🏽 that", "help")]


def test_a_click_selects_the_word(read: Read) -> None:
    page = read()
    page.get_by_text("I stopped asking").click(position={"x": 40, "y": 15})
    chosen(page, "stopped")


def test_a_code_is_found_by_letters_typed_on_the_russian_layout(read: Read, study: Study) -> None:
    page = read()
    press(page, "w", "c")
    page.get_by_role("combobox").press_sequentially("екг")  # where `tru` stands on a Latin keyboard
    page.keyboard.press("Enter")
    said(page, "Coded trust.")
    assert coded(study) == [("How", "trust")]


def test_several_codes_are_put_on_one_passage_at_once(read: Read, study: Study) -> None:
    page = read()
    press(page, "s", "Enter")
    box = page.get_by_role("combobox")
    box.press_sequentially("mon")
    press(page, "Tab")
    box.press_sequentially("tru")
    press(page, "Tab", "Enter")
    said(page, "Coded")
    assert {code for _, code in coded(study)} == {"money", "trust"}
    assert sorted(bars(page)) == ["money", "trust"]


def test_keys_go_by_their_place_on_a_cyrillic_keyboard(read: Read) -> None:
    page = read()
    press(page, "ArrowRight")
    page.evaluate(
        """() => document.dispatchEvent(new KeyboardEvent("keydown", {key: "ы", code: "KeyS", bubbles: true}))"""
    )
    assert quote(page) == "😀 How long did you wait?"


def test_letters_typed_into_a_field_are_no_acts(read: Read, study: Study) -> None:
    page, before = read(), study.reading.stamp()
    press(page, "/")
    page.get_by_label("Words").press_sequentially("1xz nobody")
    press(page, "Escape")
    page.wait_for_timeout(300)
    assert study.reading.stamp() == before


def test_a_mark_is_taken_back_and_done_again(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    press(page, "z")
    said(page, "Took back help on")
    assert (bars(page), coded(study)) == ([], [])
    press(page, "y")
    said(page, "Did again")
    assert (bars(page), len(coded(study))) == (["help"], 1)


def test_the_last_code_is_repeated_on_another_passage(read: Read, study: Study) -> None:
    page = read()
    press(page, "4", "ArrowDown", ".")
    stripes(page, 2)
    assert [code for _, code in coded(study)] == ["trust", "trust"]


def test_overlapping_codings_have_underlines_and_bars_of_their_own(read: Read) -> None:
    page = read()
    press(page, "ArrowDown", "1", "ArrowDown", "2")
    stripes(page, 2)
    press(page, "ArrowUp", "Shift+ArrowDown", "3")
    stripes(page, 3)
    both = page.locator(".seg", has_text=re.compile("^Nobody")).first
    assert {"solid0", "solid1"} <= set((both.get_attribute("class") or "").split())
    lanes = page.eval_on_selector_all(".stripe-bar", "all => all.map(one => one.style.getPropertyValue('--lane'))")
    assert len(set(lanes)) > 1


def test_a_bar_shows_its_coding_and_withdraws_it(read: Read, study: Study) -> None:
    page = read()
    press(page, "s", "1")
    page.locator(".stripe").focus()
    press(page, "Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("heading", name="help", exact=True).wait_for()
    assert "How long did you wait?" in dialog.inner_text()
    press(page, "x")
    said(page, "Withdrew 1 coding.")
    assert (bars(page), coded(study)) == ([], [])


def test_a_memo_is_written_on_the_coding_here(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    press(page, "m")
    page.get_by_label("Your note").fill("She laughs: <b>why</b>?")
    press(page, "Control+Enter")
    said(page, "Wrote a memo.")
    assert [one.memo for one in study.codings.list() if one.coder == "ana"] == ["She laughs: <b>why</b>?"]
    page.locator(".stripe").click()
    page.get_by_role("dialog").get_by_text("She laughs: <b>why</b>?").wait_for()


def test_a_code_in_vivo_is_marked_with_a_star(read: Read, study: Study) -> None:
    page = read()
    select_by_mouse(page, "stopped asking")
    press(page, "v")
    page.get_by_label("Its key").fill("STOPPED")
    press(page, "Enter")
    said(page, "STOPPED is in the draft")
    assert bars(page) == ["STOPPED*"]
    assert [one.quote for one in study.in_vivo.list()] == ["stopped asking"]


def test_others_are_hidden_until_they_are_asked_for(read: Read) -> None:
    page = read()
    assert bars(page) == []
    press(page, "o")
    page.get_by_label("ben").check()
    press(page, "Enter")
    page.locator(".stripe").wait_for()
    assert bars(page) == ["wait @ben"]


def test_a_search_goes_to_its_places_and_round(read: Read) -> None:
    page = read()
    press(page, "/")
    page.get_by_label("Words").fill("WAIT")
    press(page, "Enter")
    said(page, "Found at 2 places.")
    first = quote(page)
    press(page, "n")
    second = quote(page)
    press(page, "n")
    assert (first, second, quote(page)) == ("wait", "wait", "wait")
    assert page.locator(".match").count() >= 2


def test_chinese_is_selected_by_sentence_and_by_character(read: Read) -> None:
    page = read()
    press(page, "End", "s")
    assert quote(page) == "没有人来。"
    press(page, "ArrowRight")
    assert quote(page) == "没"


def test_what_another_window_does_appears_and_keeps_the_selection(read: Read, study: Study) -> None:
    page = read()
    press(page, "ArrowDown")
    before = quote(page)
    study.code("P1", code="money", quote="I stopped asking")
    page.locator(".stripe-key", has_text="money").wait_for()
    assert quote(page) == before
    assert page.locator(".chosen").first.inner_text() in before


def test_a_refused_act_says_why_and_shows_the_truth(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    mine = next(one.id for one in study.codings.list() if one.coder == "ana")
    page.route("**/api/stamp", lambda route: route.abort())
    study.codings.withdraw(mine)
    press(page, "x")
    page.locator(".toast.wrong", has_text="withdrawn already").wait_for()
    stripes(page, 0)


def test_a_mark_that_is_not_saved_says_so_and_is_saved_on_trying_again(read: Read, study: Study) -> None:
    page = read()
    page.route("**/code", lambda route: route.abort())
    press(page, "1")
    banner = page.locator("#apart")
    banner.get_by_text("This mark was NOT saved").wait_for()
    assert (bars(page), coded(study)) == ([], [])
    page.unroute("**/code")
    banner.get_by_role("button", name="Try again").click()
    said(page, "Coded help.")
    banner.wait_for(state="hidden")
    assert len(coded(study)) == 1


def test_a_mark_whose_answer_was_lost_is_not_made_twice(read: Read, study: Study) -> None:
    page = read()

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/code", lose)
    press(page, "1")
    page.locator("#apart").get_by_role("button", name="Try again").click()
    said(page, "The mark was saved after all.")
    assert page.locator("#apart").is_hidden()
    assert (bars(page), len(coded(study))) == (["help"], 1)


def test_several_marks_that_are_not_saved_are_all_tried_again(read: Read, study: Study) -> None:
    page = read()
    page.route("**/code", lambda route: route.abort())
    press(page, "1", "ArrowRight", "2")
    page.locator("#apart").get_by_text("2 steps were NOT saved").wait_for()
    page.unroute("**/code")
    page.locator("#apart").get_by_role("button", name="Try again").click()
    stripes(page, 2)
    assert coded(study) == [("How", "help"), ("long", "money")]


def test_marks_made_faster_than_they_are_answered_are_all_there(read: Read, study: Study) -> None:
    page = read()
    for _ in range(10):
        press(page, "1", "ArrowRight")
    stripes(page, 10)
    assert len(coded(study)) == 10


def test_the_words_selected_are_copied(read: Read) -> None:
    page = read()
    press(page, "s")
    page.evaluate("""() => {
      window.copied = new DataTransfer();
      const event = {clipboardData: window.copied, bubbles: true, cancelable: true};
      document.dispatchEvent(new ClipboardEvent("copy", event));
    }""")
    assert page.evaluate("() => window.copied.getData('text/plain')") == "😀 How long did you wait?"


def test_a_suggestion_is_shown_with_its_reason_and_accepted_by_a_key(
    tmp_path: Path, workbench: Serve, enter: Enter
) -> None:
    with make_study(tmp_path, P1="ANA: 😀 We waited. They paid bribes.") as made:
        wait, money = (
            Code("wait", "Wait", terms=(("en", ("waited",)),)),
            Code("money", "M", terms=(("en", ("bribes",)),)),
        )
        made.codebooks.add_version(CodebookVersion("book", "1", (wait, money)))
        served = workbench(made.path)
        page = enter(served)
        page.goto(f"{served.url}read/{made.transcripts.show('P1').id}")
        page.wait_for_selector("html[data-ready]")
        press(page, "g")
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("1 of 2").wait_for()
        assert dialog.locator("mark").inner_text() == "waited"
        press(page, "a")
        dialog.get_by_text("1 of 1").wait_for()
        press(page, "d")
        dialog.get_by_text("Nothing more is suggested here.").wait_for()
        assert coded(made) == [("😀 We waited.", "wait")]
        assert len(made.suggestions.rejected()) == 1


def test_a_waiting_coding_is_dashed_and_found_by_its_key(study: Study, read: Read) -> None:
    study.code("P1", code="wait", quote="stopped asking")
    base = study.codebooks.show().content
    codes = tuple(replace(one, definition="Another meaning.") if one.key == "wait" else one for one in base.codes)
    change = (("effect", "narrow"), ("redefine", "wait"))
    study.codebooks.add_version(replace(base, version="2", codes=codes, changes=(change,)))
    assert [one.quote for one in study.codings.list(pending=True)] == ["two hours", "stopped asking"]
    page = read()
    press(page, "p")
    chosen(page, "stopped asking")
    assert bars(page) == ["wait?"]
    assert page.locator(".seg.dashed0").count() == 1


def test_the_place_is_kept_for_the_next_day(read: Read, study: Study) -> None:
    page = read()
    press(page, "End")
    chosen = quote(page)
    page.goto("about:blank")
    page.wait_for_timeout(300)
    at = study.reading.progress("ana")[0].at
    assert study.transcripts.show("P1").revision.text[at:].startswith(chosen)
    assert quote(read()) == chosen


def test_a_link_opens_at_its_place(read: Read, study: Study) -> None:
    at = study.transcripts.show("P1").revision.text.index("stopped")
    assert quote(read(at=at)) == "stopped"


def test_all_keys_are_listed(read: Read) -> None:
    page = read()
    press(page, "?")
    page.get_by_role("dialog").get_by_text("next sentence without a coding").wait_for()
    press(page, "Escape")
    assert page.get_by_role("dialog").count() == 0


def test_the_room_can_be_used_on_a_telephone(read: Read, study: Study) -> None:
    page = read(viewport={"width": 390, "height": 800})
    page.get_by_role("button", name="help").first.click()
    said(page, "Coded help.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".stripe-key").first.is_hidden()
    page.locator(".stripe").click()
    page.get_by_role("heading", name="help", exact=True).wait_for()


def test_speakers_and_words_with_markup_are_text(tmp_path: Path, workbench: Serve, enter: Enter) -> None:
    speaker, words = "<script>alert(1)</script>", "<img src=x onerror=alert(2)> &amp; 😀 ok"
    file = tmp_path / "<b>P1.vtt"
    cue = f"<v {escape(speaker)}>{escape(words)}"
    file.write_text(f"WEBVTT\n\n00:00.000 --> 00:02.000\n{cue}\n", encoding="utf-8")
    with create(tmp_path / "study.qcode", coder="ana") as made:
        name = "<i>Name</i>"
        made.codebooks.add_version(CodebookVersion("book", "1", (Code("<u>K", name, definition="<script>x</script>"),)))
        made.transcripts.add(file)
        transcript = made.transcripts.list()[0]
    served = workbench(tmp_path / "study.qcode")
    page = enter(served)
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    page.goto(f"{served.url}read/{transcript.id}")
    page.wait_for_selector("html[data-ready]")
    press(page, "s", "1")
    page.locator(".stripe").click()
    page.get_by_text("What the code means").click()
    page.get_by_text("<script>x</script>").wait_for()
    assert page.locator(".words").first.inner_text() == words
    assert page.locator(".speaker").first.inner_text() == speaker
    assert page.locator(".transcript script, .transcript img, dialog script, dialog i, .desk u").count() == 0


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
    from qcode.domain.span import Span

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
