"""Takes the pictures of README.md and docs/interactive.md: the real faces on the invented sample study.

python docs/make_pictures.py        needs a Chromium, see tests/web/chromium.py
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.web.chromium import HOW, chromium  # noqa: E402

PICTURES = HERE / "pictures"
TRANSCRIPT = "KG-CLI-01"


async def screen(study_path: Path) -> str:
    """Return the reader's screen at 100 x 30 as Textual draws it, an SVG."""
    from qcode.study.sitting import Sitting
    from qcode.study.study import open as open_study
    from qcode.tui.app import CodeApp
    from qcode.tui.session import Session

    with open_study(study_path, coder="ana") as study:
        app = CodeApp(Session(study, Sitting(study), study.transcripts.show(TRANSCRIPT).id, ()))
        async with app.run_test(size=(100, 30)) as pilot:
            for key in ("b", "b", "s"):
                await pilot.press(key)
            await pilot.pause()
            return app.export_screenshot(title=f"qcode code {TRANSCRIPT}")


def terminal(drawn: str, browser: Any) -> None:
    """Turn the drawn screen into a picture, in fonts of this machine."""
    page = browser.new_page(viewport={"width": 1240, "height": 800})
    page.set_content(f"<style>body{{margin:0}}svg{{width:1240px}}</style>{drawn}")
    page.locator("svg").first.screenshot(path=str(PICTURES / "terminal.png"))
    page.close()


def workbench(study_path: Path, browser: Any) -> None:
    """Take the reading room and the matrix at 1280 x 800."""
    from qcode.study.study import open as open_study
    from qcode.web.serving import Workbench

    with open_study(study_path) as study:
        transcript = study.transcripts.show(TRANSCRIPT).id
    served = Workbench(study_path, coder="ana")
    served.start()
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    try:
        page.goto(served.link())
        page.goto(f"{served.url}read/{transcript}")
        page.wait_for_selector("article.turn")
        for key in ("b", "b", "s"):
            page.keyboard.press(key)
        page.wait_for_timeout(600)
        page.screenshot(path=str(PICTURES / "reading-room.png"))
        page.goto(f"{served.url}matrix")
        page.wait_for_selector("table.heat")
        page.mouse.wheel(0, 370)
        page.wait_for_timeout(600)
        page.screenshot(path=str(PICTURES / "matrix.png"))
    finally:
        page.close()
        served.stop()


def main() -> int:
    """Take all pictures on a fresh sample study."""
    path = chromium()
    if path is None:
        sys.stderr.write(f"{HOW}\n")
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "qcode", "demo", folder]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        study_path = Path(folder) / "demo.qcode"
        take(path, study_path, asyncio.run(screen(study_path)))
    return 0


def take(executable: str, study_path: Path, drawn: str) -> None:
    """Take all pictures with one browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        workbench(study_path, browser)
        terminal(drawn, browser)
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
