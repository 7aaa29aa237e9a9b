"""TextGrids for tests, from a line of notation."""

from __future__ import annotations

from collections.abc import Sequence


def grid(*tiers: tuple[str, Sequence[str]], end: float = 10.0, short: bool = False) -> bytes:
    """Return a TextGrid; a piece is `from-to words`, in a tier of points `at words`."""
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", _line("xmin", 0, short)]
    lines += [_line("xmax", end, short), "<exists>" if short else "tiers? <exists>", _line("size", len(tiers), short)]
    lines += [] if short else ["item []:"]
    for n, (name, pieces) in enumerate(tiers, 1):
        points = bool(pieces) and "-" not in pieces[0].split()[0]
        lines += [] if short else [f"    item [{n}]:"]
        lines += [_text("class", "TextTier" if points else "IntervalTier", short), _text("name", name, short)]
        lines += [_line("xmin", 0, short), _line("xmax", end, short)]
        lines += [str(len(pieces)) if short else f"        intervals: size = {len(pieces)}"]
        for m, piece in enumerate(pieces, 1):
            place, _, words = piece.partition(" ")
            times = place.split("-")
            lines += [] if short else [f"        intervals [{m}]:"]
            names = ("number",) if points else ("xmin", "xmax")
            lines += [_line(key, float(time), short) for key, time in zip(names, times, strict=True)]
            lines += [_text("mark" if points else "text", words, short)]
    return "\n".join([*lines, ""]).encode()


def _line(name: str, number: float, short: bool) -> str:
    return f"{number}" if short else f"            {name} = {number} "


def _text(name: str, text: str, short: bool) -> str:
    quoted = '"' + text.replace('"', '""') + '"'
    return quoted if short else f"            {name} = {quoted} "
