"""The colour in which each code of a codebook is drawn."""

from __future__ import annotations

import re

from qcode.domain.codebook import CodebookVersion

__all__ = ["PALETTE", "color_of", "contrast", "readable"]

PALETTE = (
    *("#2f6fd0", "#b8541a", "#1f8a4c", "#b03a8c", "#7a7a10", "#c23b3b", "#16858c", "#7d57c9"),
    *("#8c6239", "#5b7f2a", "#d9446b", "#4f7396"),
)
"""Colours for families of codes without one of their own; each stands out 3:1 or more on white and on black."""

_written = re.compile("#[0-9a-fA-F]{6}")


def color_of(version: CodebookVersion) -> dict[str, str]:
    """Return the colour of each code by its key, as `#rrggbb` in small letters.

    It is the code's own, else that of the nearest code above that has one, else one of PALETTE for its whole family:
    the n-th code at the top has the n-th colour, and after the last the first comes again.
    """
    tops = [code.key.casefold() for code in version.codes if _top(version, code.key) == code.key.casefold()]
    family = {key: PALETTE[n % len(PALETTE)] for n, key in enumerate(tops)}
    colors = {}
    for code in version.codes:
        line = [code, *version.ancestors(code.key)]
        own = next((each.color.lower() for each in line if _written.fullmatch(each.color)), None)
        colors[code.key] = own or family.get(line[-1].key.casefold(), PALETTE[0])
    return colors


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (Web Content Accessibility Guidelines 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(color: str, background: str, ratio: float = 3.0) -> str:
    """Return `color`, or the nearest to it on the way to black or white that stands out on `background`."""
    goal = "#ffffff" if contrast("#ffffff", background) > contrast("#000000", background) else "#000000"
    steps = (_between(color, goal, n / 20) for n in range(21))
    return next((mixed for mixed in steps if contrast(mixed, background) >= ratio), goal)


def _top(version: CodebookVersion, key: str) -> str:
    return [key, *(code.key for code in version.ancestors(key))][-1].casefold()


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _between(color: str, goal: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(color), _parts(goal), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)
