"""qcode: code qualitative interviews, and lead every number in the report back to its passage."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qcode import reports as reports
    from qcode.errors import QcodeError as QcodeError
    from qcode.reports.save import save as save
    from qcode.study.study import Study as Study
    from qcode.study.study import create as create
    from qcode.study.study import open as open

__all__ = ["QcodeError", "Study", "__version__", "create", "open", "reports", "save"]

__version__ = "0.1.0"

_WHERE = {
    "QcodeError": "qcode.errors",
    "Study": "qcode.study.study",
    "create": "qcode.study.study",
    "open": "qcode.study.study",
    "save": "qcode.reports.save",
}


def __getattr__(name: str) -> Any:
    """Import a name of the door when it is first used, so that `qcode --help` stays fast."""
    if name == "reports":
        return import_module("qcode.reports")
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'qcode' has no attribute {name!r}")
