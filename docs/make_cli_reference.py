"""Writes docs/cli.md from the --help of every command, and the keys of the two faces; tests check both."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from qcode.cli.main import cli
from qcode.domain.keys import GROUPS, KEYS, shown

PAGE = Path(__file__).with_name("cli.md")
KEYS_PAGE = Path(__file__).with_name("interactive.md")
HEAD = """# Command line reference

Made by `make docs` from `--help`. Every command ends with 0 when done, 1 when done in part or when a check found
something, 2 for wrong usage or unreadable input, 3 for a fault of qcode. The study is `--study PATH`, else
`QCODE_STUDY`, else the only `.qcode` file in this folder or the nearest one above it. The coder is `--coder NAME`, else
`QCODE_CODER`, else the study's default coder.
"""


def pages(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield (command path, help) of a command and of all below it."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None, name
            yield from pages(child, click.Context(child, info_name=name, parent=context))


def reference() -> str:
    """Return the whole page."""
    top = click.Context(cli, info_name="qcode", terminal_width=100, **cli.context_settings)
    parts = [HEAD]
    for path, help in pages(cli, top):
        parts.append(f"## {path}\n\n```text\n{help.rstrip()}\n```\n")
    return "\n".join(parts)


def with_keys(page: str) -> str:
    """Return the page on coding with the table of all keys in its place."""
    rows = ["| key | what it does |", "|---|---|"]
    for group in GROUPS:
        rows.append(f"| **{group}** | |")
        for key in KEYS:
            if key.group == group:
                rows.append(f"| {' or '.join(f'`{shown(one)}`' for one in key.keys)} | {key.help} |")
    table = "\n".join(rows)
    marked = re.compile(r"(<!-- keys: [^\n]*-->\n).*?(<!-- end of keys -->)", re.DOTALL)
    return marked.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", page)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    KEYS_PAGE.write_text(with_keys(KEYS_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name} and the keys in {KEYS_PAGE.name}\n")
