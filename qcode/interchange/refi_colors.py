"""Colours as programs write them, as #rrggbb."""

from __future__ import annotations

import re

__all__ = ["color_of"]

LONGEST = 64
TABLE = """
black=000000 silver=c0c0c0 gray=808080 grey=808080 white=ffffff maroon=800000 red=ff0000 purple=800080
fuchsia=ff00ff magenta=ff00ff green=008000 lime=00ff00 olive=808000 yellow=ffff00 navy=000080 blue=0000ff
teal=008080 aqua=00ffff cyan=00ffff orange=ffa500 pink=ffc0cb brown=a52a2a violet=ee82ee indigo=4b0082
gold=ffd700 turquoise=40e0d0 salmon=fa8072 coral=ff7f50 crimson=dc143c khaki=f0e68c lightblue=add8e6
lightgreen=90ee90 lightgray=d3d3d3 lightgrey=d3d3d3 darkblue=00008b darkgreen=006400 darkred=8b0000
darkgray=a9a9a9
"""
NAMES = {name: color for name, _, color in (pair.partition("=") for pair in TABLE.split())}
_rgb = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/ ]\s*[\d.]+%?\s*)?\)")


def color_of(written: str) -> str | None:
    """Return the colour in #rrggbb, "" for none at all, None for what cannot be read; transparency is dropped."""
    words = written.strip()[:LONGEST].lower()
    if words in ("", "none", "transparent", "unset"):
        return ""
    if words in NAMES:
        return f"#{NAMES[words]}"
    if found := _rgb.fullmatch(words):
        parts = [int(part) for part in found.groups()]
        return "#{:02x}{:02x}{:02x}".format(*parts) if max(parts) <= 255 else None
    if found := re.fullmatch(r"(?:#|0x)?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})", words):
        if words.isdigit():
            return _from_number(int(words)) if len(words) != 6 else f"#{words}"
        return _from_digits(found[1])
    return _from_number(int(words)) if re.fullmatch(r"-?\d{1,10}", words) else None


def _from_digits(digits: str) -> str:
    if len(digits) < 5:
        return "#" + "".join(digit * 2 for digit in digits[:3])
    if len(digits) == 8:  # transparency stands in front in .NET, where it mostly is ff, and behind on the web
        digits = digits[2:] if digits.startswith("ff") else digits[:6]
    return f"#{digits}"


def _from_number(number: int) -> str | None:
    """Return the colour of a whole number: red, green and blue in 24 bits, with or without transparency above."""
    return f"#{number & 0xFFFFFF:06x}" if -(2**31) <= number < 2**32 else None
