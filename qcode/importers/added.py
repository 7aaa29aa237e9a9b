"""Formats that other packages add, by entry points of the group `qcode.importers`; a broken one is told, not fatal."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from qcode.importers.format import Format

__all__ = ["GROUP", "added_formats", "troubles"]

GROUP = "qcode.importers"


def added_formats() -> tuple[Format, ...]:
    """Return the formats that installed packages add."""
    return _loaded()[0]


def troubles() -> tuple[str, ...]:
    """Return a sentence for each entry point that could not be used."""
    return _loaded()[1]


@cache
def _loaded() -> tuple[tuple[Format, ...], tuple[str, ...]]:
    formats, told = [], []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            formats.append(_format(point))
        except (Exception, SystemExit) as error:  # what goes wrong in a package of others is told; the import goes on
            what = f"the format {point.name} of another package cannot be used ({_why(error)})"
            told.append(f"{what}; see {point.value.partition(':')[0]}, or uninstall that package")
    return tuple(formats), tuple(told)


def _format(point: EntryPoint) -> Format:
    found: Any = point.load()
    if isinstance(found, Format):
        return _checked(found)
    name, suffixes = getattr(found, "name", point.name), getattr(found, "suffixes", ())
    sniff, module = getattr(found, "sniff", None), getattr(found, "module", "")
    return _checked(Format(name, suffixes, sniff, module, source=None if module else found))


def _checked(one: Format) -> Format:
    """Return the format with its suffixes as they are compared; raises TypeError for what is none."""
    source = one.source if one.source is not None else import_module(one.module)
    if not isinstance(one.name, str) or not one.name or not callable(getattr(source, "read", None)):
        raise TypeError("it has no name, or no function `read`")
    given: object = one.suffixes
    suffixes = (given,) if isinstance(given, str) else tuple(one.suffixes)
    if not suffixes or not all(isinstance(s, str) and s.startswith(".") and len(s) > 1 for s in suffixes):
        raise TypeError('its `suffixes` are not a list like [".abc"]')
    if one.sniff is not None and not callable(one.sniff):
        raise TypeError("its `sniff` is no function")
    anything = one.anything or hasattr(source, "is_talk")
    return Format(one.name, tuple(s.lower() for s in suffixes), one.sniff, anything=anything, source=source)


def _why(error: BaseException) -> str:
    return str(error) if type(error) is TypeError and str(error).startswith("it") else type(error).__name__
