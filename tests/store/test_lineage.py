"""Rows that link the versions of a codebook: who follows whom, what was declared, where the transcripts stood."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.domain.diff import Declared
from qcode.importers.base import Options
from qcode.store import codebooks, lineage
from qcode.study.study import Study
from tests.study.next_version import follow


def ids(study: Study) -> list[int]:
    with study.store.read() as connection:
        return [row.id for row in codebooks.versions(connection)]


def add_transcript(study: Study, name: str) -> None:
    file = study.path.with_name(f"{name}.txt")
    file.write_text(f"ANA: A day of waiting for {name}.\n", encoding="utf-8")
    study.transcripts.add(file, options=Options(speakers=("ANA",), language="en"))


def test_each_version_follows_the_one_before_it_and_the_first_none(study: Study) -> None:
    follow(study, "widen wait")
    follow(study, "widen trust")
    first, second, third = ids(study)
    with study.store.read() as connection:
        found = lineage.parents_of(connection, [first, second, third])
        assert codebooks.ancestry(connection, third) == {first, second, third}
        assert codebooks.ancestry(connection, first) == {first}
    assert found == {first: (), second: (first,), third: (second,)}


def test_of_several_parents_the_one_that_the_file_names_first_comes_first(study: Study) -> None:
    follow(study, "widen wait")
    follow(study, "widen trust")
    first, second, third = ids(study)
    with study.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM version_parent WHERE version_id = ?", (third,))
        lineage.add_parents(connection, third, [second, first], ["2", "1"])
        assert lineage.parents_of(connection, [third]) == {third: (second, first)}
        connection.exec_driver_sql("UPDATE codebook_version SET follows = NULL")
        assert lineage.parents_of(connection, [third]) == {third: (first, second)}


def test_what_a_version_declares_comes_back_by_identity_and_in_order(study: Study) -> None:
    said = ["rename wait to delay", "split trust into hope, fear", "merge leave into money", "narrow help"]
    follow(study, *said)
    old, new = (study.codebooks.show(f"book@{n}").content.by_key for n in (1, 2))
    with study.store.read() as connection:
        found = lineage.changes_of(connection, ids(study))
    assert found == {
        ids(study)[0]: [],
        ids(study)[1]: [
            Declared("rename", (old["wait"].id,), (old["wait"].id,)),
            Declared("split", (old["trust"].id,), (new["hope"].id, new["fear"].id)),
            Declared("merge", (old["leave"].id,), (old["money"].id,)),
            Declared("redefine", (old["help"].id,), effect="narrow"),
        ],
    }


def test_a_code_that_becomes_a_heading_is_kept_as_declared(study: Study) -> None:
    follow(study, "add soon under wait", "heading wait")
    codes = study.codebooks.show().content.by_key
    with study.store.read() as connection:
        found = lineage.changes_of(connection, ids(study)[1:])
    assert list(found.values()) == [[Declared("uncodable", (codes["wait"].id,), (codes["soon"].id,))]]


def test_the_key_of_a_code_is_that_of_the_newest_version_asked_for(study: Study) -> None:
    follow(study, "rename wait to delay")
    follow(study, "retire delay")
    first, second, third = ids(study)
    was = study.codebooks.show_code("wait", codebook="book@1").id
    with study.store.read() as connection:
        assert lineage.keys_in(connection, [first])[was] == ("wait", first)
        assert lineage.keys_in(connection, [first, second, third])[was] == ("delay", second)


@pytest.mark.parametrize(("key", "found"), [("wait", True), ("WAIT", True), ("delay", True), ("late", False)])
def test_codes_are_found_by_every_key_they_had_ignoring_case(study: Study, key: str, found: bool) -> None:
    follow(study, "rename wait to delay")
    was = study.codebooks.show_code("delay").id
    with study.store.read() as connection:
        assert lineage.ids_by_key(connection, ids(study), key) == ([was] if found else [])


def test_the_transcripts_of_a_version_are_counted_when_the_next_one_comes(study: Study) -> None:
    add_transcript(study, "P3")
    follow(study, "widen wait")
    add_transcript(study, "P4")
    follow(study, "widen trust")
    with study.store.read() as connection:
        assert [lineage.transcripts_up_to(connection, one) for one in ids(study)] == [3, 4, None]


def test_no_transcript_gets_the_number_of_one_that_a_version_was_left_with(study: Study, tmp_path: Path) -> None:
    add_transcript(study, "P3")
    follow(study, "widen wait")
    study.transcripts.remove("P3")
    add_transcript(study, "P4")
    with study.store.read() as connection:
        found = connection.exec_driver_sql("SELECT name, id FROM transcript ORDER BY id").all()
    assert found == [("P1", 1), ("P2", 2), ("P4", 4)]


def test_a_removed_transcript_takes_all_that_is_known_of_its_codings_with_it(study: Study) -> None:
    follow(study, "split trust into hope, fear", "merge wait, leave into away")
    study.queue.resolve(study.queue.list()[0].coding.id, to="hope")
    study.transcripts.remove("P1", with_codings=True)
    with study.store.read() as connection:
        left = [connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar() for t in ("pending", "coding_origin")]
    assert (left, study.queue.list(), study.check()) == ([0, 0], [], [])
