"""The colours of the reading room: dark paper, light paper where the terminal says it is light, none with NO_COLOR."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

from qcode.tui.painter import Inks

__all__ = ["DARK", "LIGHT", "inks_of", "theme_for", "wants_no_color"]

DARK = Theme(
    name="qcode-dark",
    dark=True,
    primary="#8fb4d8",
    secondary="#b7a9d6",
    accent="#e0b66c",
    warning="#e0b66c",
    error="#ef8f84",
    success="#8fc79a",
    foreground="#dcd8d0",
    background="#16181c",
    surface="#1f2227",
    panel="#292d34",
)
LIGHT = Theme(
    name="qcode-light",
    dark=False,
    primary="#2c5d8f",
    secondary="#5d4a8f",
    accent="#7a5200",
    warning="#7a5200",
    error="#a32a1e",
    success="#1f6b34",
    foreground="#23211e",
    background="#faf7f0",
    surface="#f0ece2",
    panel="#e4dfd3",
)
_LIGHT_PAPER = ("7", "15")


def theme_for(environment: Mapping[str, str]) -> Theme:
    """Return the theme for a terminal: COLORFGBG tells in many of them what colour the paper has."""
    paper = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if paper in _LIGHT_PAPER else DARK


def wants_no_color(environment: Mapping[str, str]) -> bool:
    """Tell whether no colours are wanted (https://no-color.org: any value but an empty one)."""
    return bool(environment.get("NO_COLOR"))


def inks_of(theme: Theme) -> Inks:
    """Return the colours that the text is painted in."""
    muted = "#9a968e" if theme.dark else "#69645c"
    return Inks(theme.foreground or "", muted, theme.accent or "", theme.background or "")
