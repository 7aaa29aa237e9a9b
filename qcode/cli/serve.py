"""`qcode serve`: open the workbench in the browser."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli.options import coder_option, open_study, study_option
from qcode.cli.output import printable, say
from qcode.cli.signals import ended_by_signals
from qcode.errors import BadValue, Conflict, MissingExtra

if TYPE_CHECKING:
    from qcode.web.serving import Workbench

LEAST = 12
"""So many characters a password has at least."""

_EPILOG = """\b
Examples:
  qcode serve                            this machine only; opens the browser
  qcode serve --no-browser --port 9000   prints the link, to be opened by hand
  qcode serve --host 0.0.0.0 --name study.example.org --password-file pw.txt
                                         for others, behind a proxy that speaks TLS (Caddy, nginx)
"""


@click.command("serve", epilog=_EPILOG)
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="The port (default: 8765 or the next free).")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help="The address to listen on.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Ask for the password in this file ({LEAST} characters or more); needed where others reach the workbench.",
)
@click.option(
    "--name", "names", multiple=True, metavar="HOSTNAME", help="A name by which a proxy is reached (repeatable)."
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@study_option
@coder_option
def command(
    port: int | None,
    host: str,
    password_file: Path | None,
    names: tuple[str, ...],
    no_browser: bool,
    study_path: str | None,
    coder: str | None,
) -> None:
    """Open the workbench in the browser: read, code, matrix, quotes, comparison.

    It answers on this machine only, to who has the link; a link works once, within ten minutes, and Enter prints
    another. Ctrl+C stops it.
    Nothing is loaded from elsewhere and nothing is sent anywhere.
    """
    study = open_study(study_path, coder)
    path, coder = study.path, study.coder_id() or study.coder  # (somebody may give the coder another name)
    study.close()
    bench = _bench(path, coder, host=host, port=port, password=_password(password_file), names=names)
    with ended_by_signals():
        bench.start()
        try:
            _tell(bench, path, no_browser=no_browser)
            bench.wait()
        except KeyboardInterrupt:
            _say_if_heard("")
        finally:
            bench.stop()
    if path.exists():
        _say_if_heard("the workbench is closed; everything that was done is in the study")
    else:
        _say_if_heard(f"the workbench is closed; {path} is not there any more; what was done before is in that file")


def _say_if_heard(text: str) -> None:
    """Say something, unless the terminal is gone."""
    with suppress(OSError):
        say(text)


def _bench(
    path: Path, coder: str | None, *, host: str, port: int | None, password: str | None, names: tuple[str, ...]
) -> Workbench:
    """Return the workbench on the port that was asked for, or on the first free one from the usual on."""
    try:
        from qcode.web.serving import DEFAULT_PORT, Workbench
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("flask", "waitress", "werkzeug", "jinja2", "markupsafe"):
            raise
        raise MissingExtra("the workbench needs Flask and waitress, which are not installed", "web") from None
    from qcode.cli.crash import write_log

    for tried in [port] if port is not None else [*range(DEFAULT_PORT, DEFAULT_PORT + 20), 0]:
        try:
            return Workbench(
                path, coder=coder, host=host, port=tried, password=password, names=names, write_log=write_log
            )
        except Conflict:
            if port is not None:
                raise
    raise Conflict("no port is free", mend="say one with --port")


def _password(file: Path | None) -> str | None:
    """Return the password that a file holds: its first line. Raises BadValue for none or a short one."""
    if file is None:
        return None
    try:
        word = file.read_text(encoding="utf-8").removeprefix("\ufeff").strip("\r\n")
    except OSError as error:
        raise BadValue(f"the password file cannot be read ({error.strerror})", where=str(file)) from None
    except UnicodeDecodeError:
        raise BadValue("the password file is not a text in UTF-8", where=str(file)) from None
    if "\n" in word or "\r" in word:
        raise BadValue("the password file has several lines", where=str(file), mend="write the password alone")
    if len(word.strip()) < LEAST:
        short = "is empty" if not word.strip() else f"has fewer than {LEAST} characters"
        raise BadValue(f"the password {short}", where=str(file), mend=f"write {LEAST} or more into it")
    if os.name == "posix" and file.stat().st_mode & 0o077:
        say(f"others on this machine can read {file}; to keep it to yourself: chmod 600 {file}")
    return word


def _tell(bench: Workbench, path: Path, *, no_browser: bool) -> None:
    """Say where the workbench is, open the browser, and print another link whenever Enter is pressed."""
    with_password = bench.doors.password is not None
    link = bench.link()
    say(f"the workbench of {path.name} is open; Ctrl+C closes it")
    if with_password and bench.doors.address:
        say(f"people enter with the password; the proxy that speaks TLS finds the workbench at {bench.url}")
    elif with_password:
        say("people enter with the password, through the proxy that speaks TLS")
    else:
        say(f"the link works once, within {bench.link_minutes} minutes; press Enter here for another one")
    click.echo(printable(link))  # last, so that who has read it has been told the rest
    sys.stdout.flush()
    if with_password:
        return
    if not no_browser:
        threading.Thread(target=_open_browser, args=(link,), daemon=True).start()
    if sys.stdin is not None and sys.stdin.isatty():
        threading.Thread(target=_more_links, args=(bench,), daemon=True).start()


def _open_browser(link: str) -> None:
    import webbrowser

    try:
        opened = webbrowser.open(link)
    except webbrowser.Error:
        opened = False
    if not opened:
        say("no browser could be opened; open the link yourself")


def _more_links(bench: Workbench) -> None:
    while os.read(sys.stdin.fileno(), 4096):  # not line by line: a program that ends must not wait for its reader
        click.echo(bench.link())
        sys.stdout.flush()
