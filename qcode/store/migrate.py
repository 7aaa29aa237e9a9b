"""Makes and upgrades the tables of a study; Alembic is imported only when there is work for it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from qcode.errors import Conflict, Damaged, QcodeError, StudyBusy, StudyTooNew
from qcode.leftovers import remove_leftovers
from qcode.store.engine import APPLICATION_ID, Store, connect_store
from qcode.store.moved_file import beside

__all__ = ["STEPS", "back_up", "bring_up_to_date", "create"]

STEPS = ("0001", "0002", "0003", "0004", "0005")
"""The steps of the schema, oldest first; the last is what this qcode reads and writes."""

ENDS = ("", "-wal", "-shm", "-journal")
_UNFINISHED = re.compile(rf"\.[0-9]+\.new({'|'.join(ENDS)})")
"""What a study is called while it is being made."""


def create(path: Path, fill: Callable[[Store], None] = lambda store: None) -> Store:
    """Make a study file at `path` with what `fill` writes, and open it; it appears whole or not at all.

    Raises Conflict where something already has this name.
    """
    _make(path, lambda unfinished: _build(unfinished, fill))
    return connect_store(path)


def back_up(store: Store, path: Path) -> None:
    """Copy a study, also one that others write, to a file at `path`, which appears whole or not at all.

    Raises Conflict where something already has this name.
    """
    _make(path, lambda unfinished: store.copy_to(unfinished, called=path))


def _must_be_free(path: Path) -> None:
    """Raise Conflict where a log stands that SQLite would play into the new file."""
    for rest in (beside(path, end) for end in ("-wal", "-shm", "-journal")):
        if rest.exists():
            raise Conflict(
                f"{rest.name} is still there, which belongs to a study that was called {path.name}",
                mend="put that study back and open it, or choose another name, or move what is left of it away",
            )


def _make(path: Path, build: Callable[[Path], None]) -> None:
    unfinished = path.with_name(f".{os.getpid()}.new")
    try:
        if path.exists():
            raise Conflict(f"{path} is already there", mend="choose another name; qcode never overwrites a study")
        if not path.parent.is_dir():
            raise Conflict(f"the folder {path.parent} is not there", mend="make it first")
        _must_be_free(path)
        remove_leftovers(path.parent, _UNFINISHED)
        try:
            build(unfinished)
            _give_name(unfinished, path)
        finally:
            for end in ENDS:
                beside(unfinished, end).unlink(missing_ok=True)
    except OSError as error:
        raise Conflict(f"{path} cannot be made ({error.strerror})", mend="choose another name or folder") from None


def _build(path: Path, fill: Callable[[Store], None]) -> None:
    store = connect_store(path, create=True)
    try:
        store.use_log()
        with store.rebuild() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            _run_alembic(connection)
        fill(store)
        if not store.compact():  # the file alone gets the name, so nothing may stay in its log
            raise StudyBusy(f"no room is left on the disk of {path.parent}", mend="free some space and try again")
    finally:
        store.close()


def _give_name(unfinished: Path, path: Path) -> None:
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise Conflict(f"{path} is already there", mend="choose another name") from None
    except OSError:  # a disk without hard links, such as a USB stick
        unfinished.rename(path)


def bring_up_to_date(store: Store) -> Path | None:
    """Upgrade an older study after copying it beside itself; return the copy, or None where nothing was to do.

    Raises StudyTooNew for a study that a newer qcode wrote.
    """
    step = _step_of(store)
    if step == STEPS[-1]:
        return None
    if step not in STEPS:
        raise StudyTooNew(f"{store.path.name} was written by a newer qcode", mend="update qcode and open it again")
    copy = _free_name(store.path, step)
    store.copy_to(copy)
    try:
        with store.rebuild() as connection:
            _run_alembic(connection)
    except Exception:
        copy.unlink()  # the study is as it was
        raise
    return copy


def _step_of(store: Store) -> str:
    try:
        with store.read() as connection:
            (step,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()
            return str(step)
    except StudyBusy:
        raise
    except (QcodeError, ValueError) as error:
        raise Damaged(f"{store.path.name} is not a whole qcode study", mend="go back to a copy of it") from error


def _free_name(path: Path, step: str) -> Path:
    for n in range(1, 1000):
        copy = path.with_name(f"{path.stem}.before-upgrade-from-{step}{'' if n == 1 else f'-{n}'}{path.suffix}.bak")
        if not copy.exists():
            return copy
    raise Conflict(f"too many copies stand beside {path.name}", mend="move some of them away")


def _run_alembic(connection: object) -> None:
    from alembic import command
    from alembic.config import Config

    with resources.as_file(resources.files("qcode.migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
