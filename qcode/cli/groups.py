"""Groups of commands: imported when called, with the nearest name for one that is not known."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

__all__ = ["Group", "LazyGroup"]


class Group(click.Group):
    """A group that names the nearest command where the one typed is not known, and cuts no description."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order they were added: that of the work."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the command that was typed, or refuse it with a sentence."""
        name, known = (args[0] if args else ""), self.list_commands(ctx)
        if name and not name.startswith("-") and name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=2, cutoff=0.5)
            mend = f"; did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"there is no command {name!r}{mend}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with the first sentence of each."""
        rows = [(name, self.commands[name].get_short_help_str(limit=200)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class LazyGroup(Group):
    """A group whose commands are imported when they are called; `table` gives module and short help by name."""

    def __init__(self, *args: Any, table: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table: that of the work."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command that was called."""
        if cmd_name not in self.table:
            return None
        return import_module(self.table[cmd_name][0]).command  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands from the table, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in self.table.items()])
