"""Colours of a heat map: one hue from light to dark, a second for negative values, text that stays legible."""

from __future__ import annotations

__all__ = ["APART", "APART_INK", "HATCH", "INK", "QUIET", "background", "ink", "luminance"]

INK, QUIET = "#1a1f24", "#5b656f"
BLACK = "#000000"
APART, APART_INK, HATCH = "#e9eaec", "#3c434a", "#8d96a0"

_MORE = ("#edf4fa", "#deebf5", "#c3dced", "#92c1de", "#5aa0cb", "#2d7db3", "#125b95", "#083e70", "#062b52")
_LESS = ("#fdf3ea", "#fae6d4", "#f7d9bd", "#f0b988", "#e29352", "#c9702c", "#a4521a", "#7c3b10", "#552608")
"""Both scales fall in lightness all the way; blue and orange are told apart by all common kinds of colour vision."""


def background(weight: float | None) -> str:
    """Return the colour of a weight in [-1, 1]; white for 0 and None, tinted for all others."""
    if not weight or weight != weight:
        return "#ffffff"
    stops = _MORE if weight >= 0 else _LESS
    place = min(abs(weight), 1.0) * (len(stops) - 1)
    step = min(int(place), len(stops) - 2)
    return _between(stops[step], stops[step + 1], place - step)


def ink(fill: str) -> str:
    """Return black or white, whichever is read better on `fill`."""
    light = luminance(fill)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else BLACK


def luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.1)."""
    parts = (channel / 255 for channel in _channels(color))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _between(low: str, high: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_channels(low), _channels(high), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
