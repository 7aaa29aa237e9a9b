"""Shows one sheet in an app of its own, types keys, and tells what is seen and what it answered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.screen import Screen

__all__ = ["SMALL", "WIDE", "Seen", "burst", "show"]

SMALL, WIDE = (80, 24), (200, 60)


@dataclass
class Seen:
    """What is on the screen after the keys; `answers` holds what the sheet was left with, or nothing."""

    lines: list[str] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the screen as one text."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """Return what is seen inside the frame, line breaks as blanks."""
        return " ".join(" ".join(line.strip("│╭╮╰╯─ ▇▅▂█▄▆▃▁") for line in self.lines).split())

    @property
    def answer(self) -> Any:
        """Return the one answer."""
        assert len(self.answers) == 1, f"answers: {self.answers}"
        return self.answers[0]


class _Stage(App[None]):
    def __init__(self, sheet: Screen[Any], seen: Seen) -> None:
        super().__init__()
        self.sheet, self.seen = sheet, seen

    def on_mount(self) -> None:
        self.push_screen(self.sheet, self.seen.answers.append)


def show(sheet: Screen[Any], *keys: str, size: tuple[int, int] = SMALL) -> Seen:
    """Show `sheet`, type `keys` (`type:WORDS` letter by letter), and look.

    `burst:WORDS>enter` posts all the letters and the keys behind `>` before any of them is answered.
    """
    return asyncio.run(_show(sheet, keys, size))


def burst(app: App[Any], *keys: str) -> None:
    """Post key presses as a fast typist or a slow line sends them: all at once."""
    for key in keys:
        letter = key if len(key) == 1 else None
        app.post_message(events.Key(_character_to_key(key) if letter else key, letter))


async def _show(sheet: Screen[Any], keys: tuple[str, ...], size: tuple[int, int]) -> Seen:
    seen = Seen()
    app = _Stage(sheet, seen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            if key.startswith("burst:"):
                letters, *more = key[6:].split(">")
                burst(app, *letters, *more)
            else:
                await pilot.press(*(key[5:] if key.startswith("type:") else [key]))
            await pilot.pause()
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        seen.lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return seen
