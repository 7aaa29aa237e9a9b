"""All keys, group by group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qcode.domain.keys import Key, shown
from qcode.tui.lettering import fit, styled
from qcode.tui.sheet import Sheet

__all__ = ["HelpScreen"]

GAP = 3
Block = list[Content]


class HelpScreen(Sheet[None]):
    """Shows which key does what, in two columns or three."""

    DEFAULT_CSS = """
    HelpScreen VerticalScroll { height: 1fr; background: $surface; }
    HelpScreen VerticalScroll Static { height: auto; }
    """
    HINTS = (("↑ ↓", "scroll"), ("Esc", "back"))

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self.keys = keys

    def body(self) -> ComposeResult:
        """Yield the columns, which scroll."""
        with VerticalScroll():
            yield Static(id="columns", markup=False)

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.head("Keys")
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Set the columns anew."""
        self.call_after_refresh(self.show)

    def show(self) -> None:
        """Set the groups into columns of like height."""
        room = self.query_one(VerticalScroll).scrollable_content_region.width - 1
        columns = 3 if room >= 108 else 2 if room >= 60 else 1
        width = (room - GAP * (columns - 1)) // columns
        set_ = self._columns(columns, width)
        self.query_one("#columns", Static).update(_side_by_side(set_, width))
        seen = self.query_one(VerticalScroll).scrollable_content_region.height
        more = max(map(len, set_)) - seen
        self.say("there are more below: ↓ or Space" if more > 0 else "")

    def _columns(self, columns: int, width: int) -> list[Block]:
        blocks = [self._block(group, width) for group in dict.fromkeys(key.group for key in self.keys)]
        lines = [line for block in blocks for line in (*block, Content())]
        height = -(-len(lines) // columns)
        while (set_ := _broken(blocks, height)) and len(set_) > columns:
            height += 1
        return set_

    def _block(self, group: str, width: int) -> Block:
        rows = list(_rows(key for key in self.keys if key.group == group))
        first = min(max(cell_len(keys) for keys, _ in rows), width // 2)
        lines = [styled(group, "bold underline")]
        for keys, what in rows:
            said = styled(what).wrap(max(8, width - first - 2))
            for n, part in enumerate(said):
                lines.append(Content.assemble(styled(fit("" if n else keys, first), "bold"), "  ", part))
        return lines

    def act(self, key: str) -> bool:
        """Scroll by a page, or go back."""
        if key == "space":
            self.query_one(VerticalScroll).scroll_page_down(animate=False)
        elif key in ("?", "q", "enter"):
            self.leave()
        else:
            return False
        return True


def _rows(keys: Iterable[Key]) -> Iterable[tuple[str, str]]:
    """Yield keys as printed and what they do; the nine quick keys are one row."""
    for key in keys:
        if key.act == "quick_1":
            yield "1 … 9", "code with the code shown under this number"
        elif not key.act.startswith("quick_"):
            yield ", ".join(map(shown, key.keys)), key.help


def _broken(blocks: Sequence[Block], height: int) -> list[Block]:
    """Return `blocks` one below the other in columns of at most `height` lines; a block stays whole if it fits."""
    columns: list[Block] = [[]]
    for block in blocks:
        gap = [Content()] if columns[-1] else []
        if columns[-1] and len(columns[-1]) + len(gap) + len(block) > height:
            columns.append([])
            gap = []
        columns[-1] += [*gap, *block]
    return columns


def _side_by_side(columns: Sequence[Block], width: int) -> Content:
    rows = []
    for n in range(max(map(len, columns))):
        cells = [column[n] if n < len(column) else Content() for column in columns]
        last = len(cells) - 1
        padded = [
            cell if at == last else cell.pad_right(width + GAP - cell.cell_length) for at, cell in enumerate(cells)
        ]
        rows.append(Content.assemble(*padded))
    return Content("\n").join(rows)
