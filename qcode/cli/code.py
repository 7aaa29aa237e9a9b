"""`qcode code`: read a transcript and code it, in the terminal."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, TextIO

import click

from qcode.cli.options import coder_option, open_study, study_option
from qcode.errors import BadValue, MissingExtra, NotFound

if TYPE_CHECKING:
    from qcode.study.study import Study

_EPILOG = """\b
Examples:
  qcode code
  qcode code P07 --coder ana
  qcode code P07 --with ben --with carla
  qcode code P07 --plain

Inside, ? shows all keys. Every mark is committed when it is made.
"""


@click.command("code", epilog=_EPILOG)
@click.argument("transcript", required=False)
@click.option("--with", "shown", multiple=True, metavar="CODER", help="Show this coder's codings too (repeatable).")
@click.option("--plain", is_flag=True, help="Line by line, turn by turn: for a screen reader, or a plain terminal.")
@study_option
@coder_option
def command(
    transcript: str | None, shown: tuple[str, ...], plain: bool, study_path: str | None, coder: str | None
) -> int:
    """Read TRANSCRIPT and code it; without a name, go on where you left off.

    Other coders' codings stay hidden, so that nobody copies by accident; --with shows them.
    """
    if plain:
        _must_hear()
    else:
        _must_be_a_terminal()
        if find_spec("textual") is None:
            raise MissingExtra("the terminal reader needs Textual, which is not installed", "tui")
    study = open_study(study_path, coder)
    _must_have_something_to_code(study)
    chosen = study.transcripts.show(transcript).id if transcript else None
    names = _coders(study, shown)
    from qcode.study.sitting import Sitting

    sitting = Sitting(study, coder=study.coder)
    if plain:
        from qcode.cli.code_plain import run as run_plain

        return run_plain(study, sitting, chosen, names, greeting=_greeting(study, sitting.coder))
    from qcode.tui.app import run

    run(study, sitting, chosen, names, greeting=_greeting(study, sitting.coder))
    return 0


def _must_be_a_terminal() -> None:
    streams = (sys.stdin, sys.stdout, sys.stderr)  # (Textual draws on stderr)
    if not all(_is_open(stream) and stream.isatty() for stream in streams):
        raise BadValue(
            "this is not a terminal, so there is no screen to read on",
            mend="run it in a terminal, or line by line with: qcode code --plain",
        )


def _must_hear() -> None:
    """Raise BadValue where standard input is closed; a pipe or a file is as good as a terminal."""
    if not _is_open(sys.stdin):
        raise BadValue("this is not a terminal, so there is nothing to read commands from", mend="run it in a terminal")


def _is_open(stream: TextIO | None) -> bool:
    """Tell whether a standard stream is there; where it was closed from outside, it is None."""
    return stream is not None and not stream.closed


def _must_have_something_to_code(study: Study) -> None:
    """Raise NotFound for a study without transcripts or without a code to put on them."""
    if not study.transcripts.list():
        raise NotFound("this study has no transcripts yet", mend="type: qcode import FOLDER")
    if not study.codebooks.list():
        raise NotFound(
            "this study has no codebook yet",
            mend="take one that ships with qcode (qcode codebook import generic-interview), "
            "or your own: qcode codebook import FILE.yaml",
        )


def _greeting(study: Study, coder: str) -> str:
    """Return a sentence for a coder whom the study does not know, while others have coded in it: it may be a slip."""
    coders = study.coders.list()
    busy = [one.name for one, codings in coders if codings]
    if not busy or coder.casefold() in {one.name.casefold() for one, _ in coders}:
        return ""
    return f"{coder} is new here; the coders so far are {', '.join(busy)}. q leaves before anything is coded"


def _coders(study: Study, shown: tuple[str, ...]) -> list[str]:
    """Return the names of other coders as the study spells them; raises NotFound."""
    known = {one.name.casefold(): one.name for one, _ in study.coders.list()}
    for name in shown:
        if name.strip().casefold() not in known:
            raise NotFound(f"there is no coder {name!r}", mend=f"the coders are {', '.join(known.values())}")
    return list(dict.fromkeys(known[name.strip().casefold()] for name in shown))
