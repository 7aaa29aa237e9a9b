"""Sits down before the reader in a test: keys in, what stands on the screen out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from textual.pilot import Pilot

from qcode.study.sitting import Sitting
from qcode.study.study import Study
from qcode.tui.app import CodeApp
from qcode.tui.session import Session

__all__ = ["Desk", "sit_down"]

NARROW = (80, 24)


class Desk:
    """A person before the reader."""

    def __init__(self, app: CodeApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def session(self) -> Session:
        return self.app.session

    async def press(self, *keys: str) -> None:
        """Press keys, each after what the one before has done."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type(self, words: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in words))

    @property
    def lines(self) -> list[str]:
        """Return the whole screen as a person sees it."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def screen(self) -> str:
        return "\n".join(self.lines)

    @property
    def message(self) -> str:
        return str(self.app.front.main.query_one("#message").sentence)  # type: ignore[attr-defined]

    @property
    def quote(self) -> str:
        return self.session.quote

    def codings(self) -> list[tuple[str, str, str]]:
        """Return what the study itself holds for this transcript: quote, code, coder."""
        here = self.session.page.name
        return [(one.quote, one.code, one.coder) for one in self.session.study.codings.list() if one.transcript == here]


def sit_down(
    study: Study,
    do: Callable[[Desk], Awaitable[None]],
    *,
    transcript: str = "P1",
    shown: Sequence[str] = (),
    coder: str = "ana",
    size: tuple[int, int] = NARROW,
    choose: bool = False,
) -> None:
    """Open the reader and do something before it."""

    async def sitting() -> None:
        app = CodeApp(Session(study, Sitting(study, coder=coder), transcript, shown), choose=choose)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await do(Desk(app, pilot))

    asyncio.run(sitting())
