"""Making a study file and bringing an older one up to date."""

from __future__ import annotations

import os
import shutil
import sqlite3
from importlib import resources
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from qcode.errors import Conflict, Damaged, StudyBusy, StudyTooNew
from qcode.store import migrate
from qcode.store.engine import Store, connect_store
from qcode.store.schema import metadata
from qcode.study.study import Study, create
from qcode.study.study import open as open_study
from tests.conftest import CODINGS, Dump

NEXT_STEP = """\
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

def upgrade():
    with op.batch_alter_table("transcript") as table:
        table.add_column(sa.Column("place", sa.Text(), nullable=True))
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
"""


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let this qcode have one more step of the schema; return the step's file."""
    root = tmp_path / "newer"
    with resources.as_file(resources.files("qcode.migrations")) as folder:
        shutil.copytree(folder, root / "migrations")
    step = root / "migrations" / "versions" / "v0006_next.py"
    step.write_text(NEXT_STEP)
    monkeypatch.setattr(migrate, "STEPS", ("0001", "0002", "0003", "0004", "0005", "0006"))
    monkeypatch.setattr(migrate.resources, "files", lambda package: root / "migrations")
    return step


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.bak"))


def step_of(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        connection.close()


def test_the_last_step_is_the_head_of_the_migrations() -> None:
    with resources.as_file(resources.files("qcode.migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        steps = [s.revision for s in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == migrate.STEPS


def test_the_migrations_make_the_tables_that_the_schema_describes(study: Study) -> None:
    with study.store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrations_keep_the_index_of_live_codings_partial(study: Study) -> None:
    with study.store.read() as connection:
        sql = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'uq_coding_live'").scalar()
    assert "WHERE ended_version_id IS NULL" in sql


def test_a_new_study_is_where_it_was_asked_for_and_nothing_beside_it(tmp_path: Path) -> None:
    create(tmp_path / "a.qcode").close()
    assert [p.name for p in tmp_path.iterdir()] == ["a.qcode"]


def test_a_study_that_cannot_be_built_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object) -> None:
        connection.exec_driver_sql("CREATE TABLE half (a)")  # type: ignore[attr-defined]
        raise RuntimeError

    monkeypatch.setattr(migrate, "_run_alembic", fail)
    with pytest.raises(RuntimeError):
        create(tmp_path / "a.qcode")
    assert list(tmp_path.iterdir()) == []


def test_a_study_appears_with_what_was_filled_in_or_not_at_all(tmp_path: Path) -> None:
    def fail(store: Store) -> None:
        with store.write() as connection:
            connection.exec_driver_sql("INSERT INTO coder VALUES (1, 'u', 'Ana', 'ana', 'person')")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        migrate.create(tmp_path / "a.qcode", fail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("coder", ["", "a\nb", "x" * 201])
def test_a_study_without_a_usable_coder_is_not_made(tmp_path: Path, coder: str) -> None:
    with pytest.raises(Exception, match="the name of a coder"):
        create(tmp_path / "a.qcode", coder=coder)
    assert list(tmp_path.iterdir()) == []


def test_a_study_is_never_overwritten(study_path: Path) -> None:
    before = study_path.read_bytes()
    with pytest.raises(Conflict, match="already there; choose another name"):
        create(study_path)
    assert study_path.read_bytes() == before


def test_a_study_needs_a_folder_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(Conflict, match=r"the folder .* is not there; make it first"):
        create(tmp_path / "none" / "a.qcode")


def test_a_study_of_a_newer_qcode_is_refused_and_unchanged(study_path: Path) -> None:
    connection = sqlite3.connect(study_path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = study_path.read_bytes()
    with pytest.raises(StudyTooNew, match="was written by a newer qcode; update qcode"):
        open_study(study_path)
    assert study_path.read_bytes() == before
    assert copies(study_path) == []


@pytest.mark.parametrize("rows", ["DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0000')"])
def test_a_study_whose_step_cannot_be_told_is_refused_with_a_sentence(study_path: Path, rows: str) -> None:
    connection = sqlite3.connect(study_path)
    connection.execute(rows)
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="not a whole qcode study"):
        open_study(study_path)


def test_a_study_of_this_qcode_is_opened_without_a_copy(study_path: Path) -> None:
    with open_study(study_path) as study:
        assert study.upgraded_from is None
    assert copies(study_path) == []


def test_an_older_study_is_upgraded_with_all_it_holds(study_path: Path, next_step: Path) -> None:
    with open_study(study_path) as study:
        assert len(study.codings.list()) == CODINGS
        assert study.check() == []
    assert step_of(study_path) == "0006"


def test_a_study_without_places_and_marks_gets_them(study_path: Path) -> None:
    connection = sqlite3.connect(study_path)
    for table in ("place", "in_vivo", "rejection", "merged_act"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("ALTER TABLE codebook_version DROP COLUMN revisions_up_to")
    connection.execute("UPDATE alembic_version SET version_num = '0002'")
    connection.commit()
    connection.close()
    with open_study(study_path) as study:
        assert study.upgraded_from == study_path.with_name("study.before-upgrade-from-0002.qcode.bak")
        assert (len(study.codings.list()), study.check()) == (CODINGS, [])
        study.reading.keep_place("P1", 5)
        study.in_vivo.add("P2", quote="The doctor was kind")
        assert (study.reading.open("P1").at, len(study.in_vivo.list()), study.check()) == (5, 1, [])


def test_an_upgrade_leaves_a_copy_beside_the_study(study_path: Path, next_step: Path, dump: Dump) -> None:
    before = dump(study_path)
    with open_study(study_path) as study:
        assert study.upgraded_from == study_path.with_name("study.before-upgrade-from-0005.qcode.bak")
        assert dump(study.upgraded_from) == before


def test_a_second_opening_upgrades_nothing(study_path: Path, next_step: Path) -> None:
    open_study(study_path).close()
    with open_study(study_path) as study:
        assert study.upgraded_from is None
    assert len(copies(study_path)) == 1


def test_an_upgrade_that_fails_in_the_middle_changes_nothing(study_path: Path, next_step: Path, dump: Dump) -> None:
    before = dump(study_path)
    next_step.write_text(NEXT_STEP + '    op.execute("DELETE FROM coding")\n    raise RuntimeError\n')
    with pytest.raises(RuntimeError):
        open_study(study_path)
    assert dump(study_path) == before
    assert step_of(study_path) == "0005"


def test_an_upgrade_that_fails_leaves_no_copy_behind(study_path: Path, next_step: Path) -> None:
    next_step.write_text(NEXT_STEP + "    raise RuntimeError\n")
    with pytest.raises(RuntimeError):
        open_study(study_path)
    assert copies(study_path) == []


def test_an_upgrade_that_breaks_a_foreign_key_is_taken_back(study_path: Path, next_step: Path, dump: Dump) -> None:
    before = dump(study_path)
    next_step.write_text(NEXT_STEP + '    op.execute("DELETE FROM transcript")\n')
    with pytest.raises(Damaged, match="points to one that is not there"):
        open_study(study_path)
    assert dump(study_path) == before


def test_foreign_keys_are_on_again_after_an_upgrade(study_path: Path, next_step: Path) -> None:
    store = connect_store(study_path)
    migrate.bring_up_to_date(store)
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_copy_that_finds_no_room_is_told_by_its_own_name(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("qcode.store.engine.sqlite3.connect", full)
    with pytest.raises(StudyBusy, match=r"no room is left on the disk of copy\.qcode"):
        study.back_up(tmp_path / "copy.qcode")


def test_what_a_killed_copy_left_goes_with_the_next_one(study: Study, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    names = (".4711.new", ".4711.new-journal", ".4712.new", ".mine.new", "4711.new")
    for name in names:
        (tmp_path / "copies" / name).write_text("words")
        if not name.startswith(".4712"):
            os.utime(tmp_path / "copies" / name, (0, 0))
    study.back_up(tmp_path / "copies" / "copy.qcode")
    assert sorted(one.name for one in (tmp_path / "copies").iterdir()) == [
        *(".4712.new", ".mine.new", "4711.new", "copy.qcode")
    ]
