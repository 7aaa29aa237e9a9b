"""Writes docs/cli.md from the --help of every command; tests check that it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from qcode.cli.main import cli

PAGE = Path(__file__).with_name("cli.md")
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


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name}\n")
