"""The manners of every command: help, exit codes, sentences, logs without values."""

from __future__ import annotations

import errno
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from qcode.cli import main
from qcode.cli.main import COMMANDS, cli
from qcode.study.study import Study
from tests.conftest import Run


def every_command() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        below = command.commands if isinstance(command, click.Group) else {}
        found += [(name, one) for one in below] or [(name,)]
    return found


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_help_with_an_example(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words, "--help")
    assert (ran.exit, ran.err) == (0, "")
    assert re.search(rf"Examples?:\s.*qcode {' '.join(words)}", ran.out, re.DOTALL)


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_option_has_help(words: tuple[str, ...]) -> None:
    command: click.Command | None = cli
    for word in words:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
    assert command is not None
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_help_lists_every_command(run: Run) -> None:
    out = run("--help").out
    assert [name for name in COMMANDS if f"\n  {name} " not in out] == []


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from qcode.cli.main import run; run(['--help']); "
        "print([m for m in ('spacy', 'sqlalchemy', 'numpy', 'matplotlib', 'textual', 'rich') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_status_imports_neither_numpy_nor_spacy_nor_alembic(study_path: Path) -> None:
    script = (
        "import sys; from qcode.cli.main import run; run(sys.argv[1:]); "
        "print([m for m in ('spacy', 'numpy', 'matplotlib', 'alembic', 'rich') if m in sys.modules])"
    )
    words = [sys.executable, "-c", script, "status", "--study", str(study_path)]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_version_is_told(run: Run) -> None:
    assert re.fullmatch(r"qcode \d+\.\d+\.\d+\n", run("--version").out)


def test_no_words_at_all_give_the_help(run: Run) -> None:
    ran = run()
    assert ran.exit == 2
    assert "Commands:" in ran.err


@pytest.mark.parametrize(("typed", "meant"), [("imprt", "import"), ("transcripts", "transcript"), ("stat", "status")])
def test_an_unknown_command_is_answered_with_the_nearest(run: Run, typed: str, meant: str) -> None:
    ran = run(typed)
    assert ran.exit == 2
    assert re.search(rf"there is no command '{typed}'; did you mean .*{meant}", ran.err)


def test_a_command_like_none_is_answered_with_where_to_look(run: Run) -> None:
    ran = run("xyzzy")
    assert (ran.exit, ran.err) == (2, "error: there is no command 'xyzzy' (see: qcode --help)\n")


@pytest.mark.parametrize(
    "words", [["coding", "ad"], ["status", "--colour"], ["import"], ["coding", "list", "--format", "xml"], ["--study"]]
)
def test_wrong_usage_is_one_sentence_with_exit_2(run: Run, words: list[str]) -> None:
    ran = run(*words)
    assert ran.exit == 2
    assert ran.out == ""
    assert re.match(r"error: .*\n\Z", ran.err, re.DOTALL)


def test_our_own_fault_is_exit_3_with_a_log(
    run: Run, study: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(self: Study) -> None:
        words = "what Ana said in secret"
        raise ZeroDivisionError(words)

    monkeypatch.setattr(Study, "status", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = run("status", "--study", study.path)
    (log,) = tmp_path.glob("qcode-error-*.log")
    assert ran.exit == 3
    assert re.fullmatch(r"error: qcode failed.*our fault.* (\S+\.log) .*\n", ran.err)[1] == str(log)  # type: ignore[index]
    written = log.read_text(encoding="utf-8")
    assert "builtins.ZeroDivisionError" in written
    assert "in fail" in written
    assert "secret" not in written + ran.err + ran.out


def test_a_log_of_a_database_fault_holds_no_values(
    run: Run, study: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(self: Study) -> None:
        with self.store.write() as connection:
            connection.exec_driver_sql("INSERT INTO memo SELECT ? FROM", ("what Ana said in secret",))

    monkeypatch.setattr(Study, "status", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = run("status", "--study", study.path)
    assert ran.exit == 3
    assert "secret" not in ran.err
    (log,) = tmp_path.glob("qcode-error-*.log")
    assert "secret" not in log.read_text(encoding="utf-8")


def test_a_study_that_lost_a_table_is_damaged_and_no_fault_of_ours(run: Run, study_path: Path) -> None:
    connection = sqlite3.connect(study_path)
    connection.executescript("PRAGMA foreign_keys = OFF; DROP TABLE coding;")
    connection.close()
    ran = run("coding", "list", "--study", study_path)
    assert ran.exit == 2
    assert "is damaged" in ran.err


def test_an_interrupted_command_says_so(run: Run, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(self: Study) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Study, "status", stop)
    assert run("status", "--study", study.path).exit == 1


def test_a_reader_that_stops_reading_is_no_fault(study_path: Path) -> None:
    words = f"{sys.executable} -m qcode history --format json --study {study_path} | head -c 1"
    ran = subprocess.run(["bash", "-c", f"set -o pipefail; {words}"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_reader_that_stops_in_the_middle_is_no_fault_either(
    run: Run, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: Study) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(Study, "status", stop)
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    assert run("status", "--study", study.path).exit == 0


def test_an_ending_that_no_reader_asked_for_keeps_its_exit_code(
    run: Run, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: Study) -> None:
        raise SystemExit(7)

    monkeypatch.setattr(Study, "status", stop)
    with pytest.raises(SystemExit) as ended:
        run("status", "--study", study.path)
    assert ended.value.code == 7


def test_output_is_utf8_whatever_the_locale(study: Study, tmp_path: Path) -> None:
    study.transcripts.rename("P1", "Ош-等")
    words = [sys.executable, "-m", "qcode", "transcript", "list", "--study", str(study.path)]
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "", "LC_ALL": "C"}
    ran = subprocess.run(words, capture_output=True, env=environment, check=True)
    assert "Ош-等" in ran.stdout.decode("utf-8")


def test_every_command_of_the_table_can_be_imported() -> None:
    assert all(isinstance(cli.get_command(click.Context(cli), name), click.Command) for name in main.COMMANDS)
