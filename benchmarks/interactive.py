"""Measures the two faces as a coder feels them: the time from key to painted mark on a very long transcript, memory,
and many coders at once. Each beside a bare peer that shows the same text in the same run.

python benchmarks/interactive.py            prints what docs/performance.md says of the faces, about three minutes
python benchmarks/interactive.py --quick    a few seconds
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.big_study import build
from qcode.study.sitting import Sitting
from qcode.study.study import open as open_study
from tests.web.chromium import chromium
from tests.web.many import Served, code_together

CODES = [f"CODE-{n:03}" for n in range(60)]


def terminal(path: Path, marks: int) -> str:
    """Open the reader, code word after word, and do the same in a bare TextArea with the same text."""
    from textual.app import App, ComposeResult
    from textual.widgets import TextArea

    from qcode.tui.app import CodeApp
    from qcode.tui.session import Session

    async def ours() -> tuple[float, list[float]]:
        began = time.perf_counter()
        with open_study(path, coder="c0") as study:
            sitting = Sitting(study)
            app = CodeApp(Session(study, sitting, study.transcripts.list()[0].id, ()))
            async with app.run_test(size=(100, 40)) as pilot:
                await pilot.pause()
                opened = time.perf_counter() - began
                before, times = len(app.session.page.codings), []
                for _ in range(marks):
                    await pilot.press("u")
                    pressed = time.perf_counter()
                    await pilot.press("1")
                    await pilot.pause()
                    times.append(time.perf_counter() - pressed)
                assert len(app.session.page.codings) == before + marks, "the marks are not there"
        return opened, times

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            with open_study(path) as study:
                yield TextArea(study.transcripts.show("T0000").revision.text, soft_wrap=True)

    async def bare() -> tuple[float, list[float]]:
        began = time.perf_counter()
        app, times = Bare(), []
        async with app.run_test(size=(100, 40)) as pilot:
            await pilot.pause()
            opened = time.perf_counter() - began
            for _ in range(marks):
                pressed = time.perf_counter()
                await pilot.press("a")
                await pilot.pause()
                times.append(time.perf_counter() - pressed)
        return opened, times

    peer_opened, peer = asyncio.run(bare())
    opened, times = asyncio.run(ours())
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"- Terminal: opened in {opened:.2f} s, from key to painted mark {_middle(times)}; a bare Textual TextArea "
        f"with the same text opens in {peer_opened:.2f} s and paints a letter in {_middle(peer)}. Memory of both "
        f"in one process {megabytes:.0f} MB."
    )


PEER = """async (turns) => {
  const began = performance.now();
  document.body.replaceChildren(...turns.map((said) => {
    const p = document.createElement("p"); p.textContent = said; return p;
  }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const opened = performance.now() - began, times = [];
  for (const p of [...document.querySelectorAll("p")].slice(0, 20)) {
    const pressed = performance.now(), range = document.createRange();
    range.setStart(p.firstChild, 0); range.setEnd(p.firstChild, Math.min(20, p.firstChild.length));
    range.surroundContents(document.createElement("mark"));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - pressed);
  }
  return [opened, times];
}"""
PAINTED = """() => new Promise((done) => {
  const bars = () => document.querySelectorAll("[data-mark]").length;
  const before = bars(), pressed = performance.now();
  const look = () => bars() > before ? done(performance.now() - pressed) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})"""


def browser(path: Path, marks: int) -> str:
    """Open the reading room in a real browser and code sentence after sentence; a bare page does the same."""
    from playwright.sync_api import sync_playwright

    from qcode.web.serving import Workbench

    executable = chromium()
    if executable is None:
        return "- Browser: not measured, no Chromium is there."
    with open_study(path) as study:
        shown = study.transcripts.list()[0]
        revision = study.transcripts.show(shown.name).revision
    said = [revision.text[turn.start : turn.end] for turn in revision.turns]
    served = Workbench(path, coder="c0")
    served.start()
    try:
        with sync_playwright() as playwright:
            launched = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
            bare = launched.new_page()
            bare.set_content("<!doctype html>")
            peer_opened, peer = bare.evaluate(PEER, said)
            page = launched.new_page(viewport={"width": 1280, "height": 800})
            page.goto(served.link())
            began = time.perf_counter()
            page.goto(f"{served.url}read/{shown.id}")
            page.wait_for_selector("article.turn")
            page.wait_for_selector("[data-mark]")
            opened = time.perf_counter() - began
            times = [_mark(page) for _ in range(marks)]
            heap = page.evaluate("() => performance.memory ? performance.memory.usedJSHeapSize / 1e6 : 0")
            launched.close()
    finally:
        served.stop()
    return (
        f"- Browser: opened in {opened:.2f} s, from key to painted mark {_middle(times)} (over the wire, committed to "
        f"the disk); a bare page paints the same text in {peer_opened / 1000:.2f} s and a mark in "
        f"{_middle([one / 1000 for one in peer])}. The page holds {heap:.0f} MB of script memory."
    )


def _mark(page: Any) -> float:
    """Code the next uncoded sentence; return the seconds from the key to the bar in the margin."""
    page.keyboard.press("u")
    page.wait_for_timeout(500)  # until the scrolled page is painted
    waiting = page.evaluate_handle(f"() => ({{done: ({PAINTED})()}})")
    page.keyboard.press("1")
    return float(page.evaluate("(one) => one.done", waiting)) / 1000


def together(path: Path, seconds: float) -> str:
    """Let twenty coders code one transcript at once; prove that all of it is there."""
    with open_study(path) as study:
        transcript = study.transcripts.list()[0].id
    served = Served(path)
    try:
        people = code_together(served, transcript, CODES, coders=20, seconds=seconds)
    finally:
        served.kill()
    told = sum(len(person.acknowledged) for person in people)
    with open_study(path) as study:
        there = {one.id for one in study.codings.list()}
        sound = study.check() == []
    lost = sum(id not in there for person in people for id in person.acknowledged)
    assert lost == 0 and sound, f"{lost} codings are lost"
    slowest = max(person.slowest for person in people)
    return (
        f"- Twenty coders for {seconds:.0f} s against one workbench, which is then killed: {told:,} codings "
        f"acknowledged ({told / seconds:.0f} a second), the slowest after {slowest:.2f} s, all of them there, "
        "`qcode check` clean."
    )


def _middle(times: Sequence[float]) -> str:
    return f"{statistics.median(times) * 1000:.0f} ms (slowest {max(times) * 1000:.0f} ms)"


def interactive(folder: Path, *, quick: bool = False) -> str:
    """Return what docs/performance.md says of the two faces."""
    characters, codings = (50_000, 500) if quick else (500_000, 5_000)
    path = folder / "long.qcode"
    size = {"n_codings": codings, "n_transcripts": 1, "n_codes": 60, "n_coders": 1, "characters": characters}
    build(path, **size).close()
    shared = folder / "shared.qcode"
    build(shared, n_codings=100, n_transcripts=1, n_codes=60).close()
    marks, seconds = (3, 5.0) if quick else (20, 120.0)
    size_of = f"{characters:,} characters with {codings:,} codings"
    head = f"## Coding\n\nOne transcript of {size_of}; medians of {marks} marks.\n"
    return "\n".join([head, terminal(path, marks), browser(path, marks), together(shared, seconds), ""])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    with tempfile.TemporaryDirectory() as name:
        print(interactive(Path(name), quick=parser.parse_args().quick))


if __name__ == "__main__":
    main()
