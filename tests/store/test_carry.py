"""Codings are queued and moved in plain SQL, and every one that moves leads back to where it came from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, exc

from qcode.store import carry, codebooks
from qcode.store.standing import standing, waiting
from qcode.study.selection import Filters
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS
from tests.study.next_version import follow

AT = "2026-01-01T00:00:00Z"


@contextmanager
def carrying(study: Study, where: str | None = None) -> Iterator[tuple[Connection, carry.Scope, dict[str, int]]]:
    """Give a writing connection, a scope of all that stands, and the row ids of the codes by key."""
    with study.store.write() as connection:
        version = codebooks.versions(connection)[-1]
        ids = codebooks.code_ids(connection, version.codebook_id)
        codes = {code.key: ids[code.id] for code in codebooks.read_version(connection, version.id).codes}
        yield connection, carry.Scope(where or standing(), version.id, version.sha256, AT, 1), codes


def target(connection: Connection, code_id: int) -> tuple[int, str]:
    return code_id, str(connection.exec_driver_sql("SELECT uuid FROM code WHERE id = ?", (code_id,)).scalar_one())


def origins(study: Study) -> list[tuple[str, str, bool]]:
    """Return (code, code it came from, made for it) of every coding that came from another."""
    keys = "SELECT code_id, key FROM code_entry GROUP BY code_id"
    with study.store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT n.key, b.key, o.made FROM coding_origin o JOIN coding c ON c.id = o.coding_id"
            f" JOIN coding a ON a.id = o.origin_id JOIN ({keys}) n ON n.code_id = c.code_id"
            f" JOIN ({keys}) b ON b.code_id = a.code_id ORDER BY o.coding_id, o.origin_id"
        )
        return [(code, came_from, bool(made)) for code, came_from, made in rows]


def test_codings_and_transcripts_that_a_change_touches_are_counted(study: Study) -> None:
    with carrying(study) as (connection, _, codes):
        assert carry.touched(connection, [codes["trust"], codes["money"]], standing()) == (4, 2)
        assert carry.touched(connection, [], standing()) == (0, 0)
        assert sum(carry.count_by_code(connection, standing()).values()) == CODINGS


def test_a_coding_waits_once_for_one_change_and_again_for_another(study: Study) -> None:
    follow(study, "widen trust", "widen wait")
    with carrying(study) as (connection, scope, codes):
        assert [carry.queue(connection, scope, n, [codes["trust"]]) for n in (0, 0, 1)] == [2, 0, 2]
        assert len(set(connection.exec_driver_sql(waiting()).scalars())) == 2
        assert carry.queue(connection, scope, 0, []) == 0


def test_only_codings_of_the_scope_are_carried(study: Study) -> None:
    with carrying(study, f"{standing()} AND coder_id = 2") as (connection, scope, codes):
        assert carry.move(connection, scope, {codes["trust"]: target(connection, codes["leave"])}) == 1
        assert carry.move(connection, scope, {}) == 0
    assert [c.coder for c in study.codings.list(Filters(codes=("trust",)))] == ["ana"]


def test_each_coding_that_moves_leads_back_to_its_origin(study: Study) -> None:
    follow(study, "merge leave into away")
    assert origins(study) == [("away", "leave", True)]


def test_doubles_that_become_one_lead_back_to_all_their_origins(study: Study) -> None:
    follow(study, "merge wait, trust into mood")
    assert origins(study) == [("mood", "wait", True), ("mood", "trust", True), ("mood", "trust", True)]


def test_what_was_there_before_leads_back_too_and_was_not_made_for_it(study: Study) -> None:
    follow(study, "merge wait into trust")
    assert origins(study) == [("trust", "wait", False)]


def test_a_coding_that_moves_keeps_place_coder_and_words_and_takes_version_and_time(study: Study) -> None:
    (old,) = study.codings.list(Filters(codes=("leave",)))
    follow(study, "merge leave into away")
    (new,) = study.codings.list(Filters(codes=("away",)))
    assert (new.segment, new.coder, new.version, new.id != old.id) == (old.segment, old.coder, "2", True)
    with study.store.read() as connection:
        ended = connection.exec_driver_sql("SELECT ended_how, ended_version_id FROM coding WHERE ended_how <> ''")
        assert ended.all() == [("moved", 2)]


def test_two_copies_of_a_study_that_take_the_same_version_have_the_same_codings(study: Study, tmp_path: Path) -> None:
    study.close()
    twin_path = Path(shutil.copy(study.path, tmp_path / "twin.qcode"))
    listed = []
    for path in (study.path, twin_path):
        with open_study(path) as one:
            follow(one, "merge wait, trust into mood")
            listed.append([coding.id for coding in one.codings.list()])
    assert listed[0] == listed[1]


def test_after_a_failure_nothing_is_left_in_the_way_of_the_next_move(study: Study) -> None:
    with carrying(study) as (connection, scope, codes):
        to = {codes["wait"]: target(connection, codes["leave"])}
        broken = carry.Scope("no_such_column = 1", scope.version_id, scope.version_sha256, AT, 1)
        with pytest.raises(exc.OperationalError, match="no_such_column"):
            carry.move(connection, broken, to)
        assert carry.move(connection, scope, to) == 1


@pytest.mark.parametrize("at_once", [1, 2, 3, 4, 100])
def test_codings_move_alike_in_portions_of_any_size(
    study: Study, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(carry, "AT_ONCE", at_once)
    assert follow(study, "merge wait, money, leave into away").moved == 4
    assert sorted((c.quote, c.coder) for c in study.codings.list(Filters(codes=("away",)))) == [
        ("Two thousand", "ben"),
        ("paid for the bus", "ana"),
        ("stopped asking", "ben"),
        ("two hours", "ben"),
    ]
    assert study.check() == []


def test_codings_of_many_coders_and_spans_keep_their_number(study: Study) -> None:
    for n in range(5):
        for m in range(3):
            study.code("P1", start=n, end=n + 2 + m, code="wait", coder=f"coder {n}")
            study.code("P1", start=n, end=n + 2 + m, code="leave", coder=f"coder {m}")
    before = {(c.segment, c.coder) for c in study.codings.list(Filters(codes=("wait", "leave")))}
    follow(study, "merge wait, leave into away")
    after = [(c.segment, c.coder) for c in study.codings.list(Filters(codes=("away",)))]
    assert (len(after), set(after)) == (len(before), before)
    assert study.check() == []
