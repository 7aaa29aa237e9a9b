"""Transcripts come in, are named, described, and leave without a trace of their words."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from qcode.errors import BadValue, Conflict, DoneInPart, NotFound
from qcode.importers.base import Options
from qcode.store import engine
from qcode.study.importing import Imported, Outcome, Refused, Skipped
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS, P2, Dump
from tests.notation import read_notation


def write(folder: Path, name: str, text: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((text or f"INT: A question about {name}?\nANA: An answer.\n").encode())
    return path


def names(outcomes: list[Outcome]) -> list[str]:
    assert all(isinstance(one, Imported) for one in outcomes), outcomes
    return [one.transcript for one in outcomes if isinstance(one, Imported)]


def test_a_transcript_is_named_after_its_file(study: Study, tmp_path: Path) -> None:
    assert names(study.transcripts.add(write(tmp_path, "P 07.final.txt"))) == ["P 07.final"]


def test_the_stored_text_is_that_of_the_file_with_lf(study: Study, tmp_path: Path) -> None:
    study.transcripts.add(write(tmp_path, "a.txt", "\ufeffANA: one\r\nANA:  two \rINT: e\u0301\n\n"))
    assert study.transcripts.show("a").revision.text == "ANA: one\nANA:  two \nINT: e\u0301\n\n"


def test_the_same_bytes_are_skipped(study: Study, tmp_path: Path) -> None:
    (one,) = study.transcripts.add(write(tmp_path, "again.txt", read_notation(P2)[0]))
    assert isinstance(one, Skipped)
    assert one.why == "the same bytes are in the study as P2"


def test_the_same_bytes_twice_in_one_import_come_in_once(study: Study, tmp_path: Path) -> None:
    files = [write(tmp_path, f"{n}.txt", "ANA: the same\n") for n in "ab"]
    assert [type(one) for one in study.transcripts.add(*files)] == [Imported, Skipped]


def test_a_dry_run_skips_what_the_import_would_skip(study: Study, tmp_path: Path) -> None:
    files = [write(tmp_path, f"{n}.txt", "ANA: the same\n") for n in "ab"]
    assert [type(one) for one in study.transcripts.add(*files, dry_run=True)] == [Imported, Skipped]


def test_a_name_that_is_taken_gets_its_folder_in_front(study: Study, tmp_path: Path) -> None:
    files = [write(tmp_path / "osh", "p1.txt"), write(tmp_path / "almaty", "p1.txt", "ANA: other\n")]
    assert names(study.transcripts.add(*files)) == ["osh/p1", "almaty/p1"]


def test_a_name_that_is_taken_with_its_folder_gets_a_number(study: Study, tmp_path: Path) -> None:
    files = [write(tmp_path / n / "osh", "p1.txt", f"ANA: {n}\n") for n in ("a", "b", "c")]
    assert names(study.transcripts.add(*files)) == ["osh/p1", "osh/p1 (2)", "osh/p1 (3)"]


def test_a_dry_run_names_transcripts_as_the_import_will(study: Study, tmp_path: Path) -> None:
    files = [write(tmp_path / n / "osh", "p1.txt", f"ANA: {n}\n") for n in ("a", "b")]
    would = names(study.transcripts.add(*files, dry_run=True))
    assert would == names(study.transcripts.add(*files))


def test_a_name_that_is_given_is_taken(study: Study, tmp_path: Path) -> None:
    assert names(study.transcripts.add(write(tmp_path, "x.txt"), name="P07")) == ["P07"]


def test_composed_and_decomposed_names_are_one_name(study: Study, tmp_path: Path) -> None:
    files = [write(tmp_path / "a", "\u0439.txt"), write(tmp_path / "b", "\u0438\u0306.txt", "ANA: other\n")]
    assert names(study.transcripts.add(*files)) == ["\u0439", "b/\u0438\u0306"]


def test_a_file_name_of_odd_bytes_becomes_a_name_that_can_be_typed(study: Study, tmp_path: Path) -> None:
    file = write(tmp_path, "x.txt").rename(tmp_path / "\udcff\n.txt")
    assert names(study.transcripts.add(file)) == ["__"]


def test_one_bad_file_does_not_stop_the_others(study: Study, tmp_path: Path) -> None:
    files = [write(tmp_path, "a.txt"), write(tmp_path, "b.docx", "no docx"), write(tmp_path, "c.txt")]
    assert [type(one) for one in study.transcripts.add(*files)] == [Imported, Refused, Imported]


def test_a_refused_file_leaves_no_case_behind(study: Study, tmp_path: Path) -> None:
    study.transcripts.add(write(tmp_path, "b.docx", "no docx"), case="P9", attributes={"role": "client"})
    assert [case.name for case in study.cases.list()] == ["Ana A.", "Boris B."]


def test_a_path_that_is_not_there_is_refused_with_a_sentence(study: Study, tmp_path: Path) -> None:
    (one,) = study.transcripts.add(tmp_path / "none.txt")
    assert isinstance(one, Refused)
    assert one.why == "there is no such file; look at the spelling of the path"


def test_a_path_longer_than_a_disk_allows_is_refused_with_a_sentence(study: Study, tmp_path: Path) -> None:
    (one,) = study.transcripts.add(tmp_path / f"{'x' * 300}.txt")
    assert isinstance(one, Refused)


def test_the_lock_file_of_an_open_word_document_is_refused_with_a_sentence(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "~$terview.docx", "lock")
    (one,) = study.transcripts.add("~$terview.docx")
    assert isinstance(one, Refused)


def test_a_folder_is_taken_with_all_below_it(study: Study, tmp_path: Path) -> None:
    for name in ("b.txt", "a/deep/c.txt", "a/d.vtt"):
        write(tmp_path / "in", name, f"WEBVTT\n\n00:01.000 --> 00:02.000\n{name}\n" if name.endswith("vtt") else "")
    assert names(study.transcripts.add(tmp_path / "in")) == ["d", "c", "b"]


def test_what_qcode_does_not_read_in_a_folder_is_skipped_with_its_ending(study: Study, tmp_path: Path) -> None:
    (one,) = study.transcripts.add(write(tmp_path / "in", "photo.jpg").parent)
    assert isinstance(one, Skipped)
    assert one.why == "qcode does not read .jpg"


def test_what_another_command_takes_or_another_program_exports_is_told_in_a_folder(
    study: Study, tmp_path: Path
) -> None:
    write(tmp_path / "in", "codes.qdc")
    met = study.transcripts.add(write(tmp_path / "in", "team.nvpx").parent)
    told = [one.why for one in met if isinstance(one, Skipped)]
    assert ["qcode codebook import" in told[0], "export it in NVivo" in told[1]] == [True, True]


@pytest.mark.parametrize("name", [".hidden.txt", "~$lock.docx", ".git/x.txt"])
def test_hidden_files_in_a_folder_are_passed_over(study: Study, tmp_path: Path, name: str) -> None:
    write(tmp_path / "in", name)
    assert study.transcripts.add(tmp_path / "in") == []


def test_a_pattern_is_taken_where_no_shell_did(study: Study, tmp_path: Path) -> None:
    write(tmp_path / "in", "a.txt")
    write(tmp_path / "in", "b.md")
    assert names(study.transcripts.add(f"{tmp_path}/in/*.txt")) == ["a"]


def test_a_file_named_like_a_pattern_is_taken_as_it_is(study: Study, tmp_path: Path) -> None:
    assert names(study.transcripts.add(write(tmp_path, "P[1].txt"))) == ["P[1]"]


def test_a_file_named_twice_is_taken_once(study: Study, tmp_path: Path) -> None:
    file = write(tmp_path / "in", "a.txt")
    assert len(study.transcripts.add(file, file, file.parent)) == 1


def test_facts_go_to_the_case_that_is_named(study: Study, tmp_path: Path) -> None:
    study.transcripts.add(write(tmp_path, "a.txt"), case="P9", attributes={"role": "doctor"})
    (case,) = [case for case in study.cases.list() if case.name == "P9"]
    assert (case.attribute("role"), case.transcripts) == ("doctor", ("a",))


def test_facts_without_a_case_make_a_case_of_the_transcripts_name(study: Study, tmp_path: Path) -> None:
    study.transcripts.add(write(tmp_path, "a.txt"), attributes={"role": "doctor"})
    assert [case.transcripts for case in study.cases.list() if case.name == "a"] == [("a",)]


def test_options_reach_the_importer(study: Study, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("АНА: Жду.\n".encode("koi8-r"))
    (one,) = study.transcripts.add(file, options=Options(encoding="koi8-r", language="kk"))
    assert isinstance(one, Imported)
    assert (one.encoding, one.language) == ("koi8-r", "kk")
    assert study.transcripts.show("a").revision.text == "АНА: Жду.\n"


@pytest.mark.skipif(not hasattr(__import__("os"), "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_refused_and_not_waited_for(study: Study, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    (one,) = study.transcripts.add(tmp_path / "pipe.txt")
    assert isinstance(one, Refused)


def test_a_new_name_changes_no_coding(study: Study) -> None:
    study.transcripts.rename("P1", "Ana, first talk")
    assert [c.id for c in study.codings.list() if c.transcript == "Ana, first talk"]
    assert len(study.codings.list()) == CODINGS


def test_a_name_may_change_its_capitals(study: Study) -> None:
    study.transcripts.rename("P1", "p1")
    assert [t.name for t in study.transcripts.list()] == ["p1", "P2"]


def test_a_name_that_is_taken_is_refused(study: Study) -> None:
    with pytest.raises(Conflict, match="there is a transcript 'p2' already; choose another name"):
        study.transcripts.rename("P1", "p2")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x1b[31m", "x" * 201, "\ud800"])
def test_a_name_that_nobody_can_type_is_refused(study: Study, name: str) -> None:
    with pytest.raises(BadValue, match="the name of a transcript"):
        study.transcripts.rename("P1", name)


def test_an_unknown_transcript_is_refused_with_where_to_look(study: Study) -> None:
    with pytest.raises(NotFound, match="there is no transcript 'P9' in this study; see: qcode transcript list"):
        study.transcripts.show("P9")


def test_facts_about_a_transcript_go_to_its_case(study: Study) -> None:
    assert study.transcripts.set_attributes("P1", {"role": "NGO staff"}) == "Ana A."
    assert study.cases.list()[0].attribute("role") == "NGO staff"


def test_a_transcript_moves_to_another_case(study: Study) -> None:
    study.transcripts.set_attributes("P1", {}, case="Boris B.")
    assert [case.transcripts for case in study.cases.list()] == [(), ("P1", "P2")]


def test_a_transcript_with_codings_is_not_removed_by_mistake(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    with pytest.raises(Conflict, match="P1 carries 4 codings; add --with-codings"):
        study.transcripts.remove("P1")
    assert dump(study.path) == before


def test_a_transcript_without_codings_is_removed(study: Study, tmp_path: Path) -> None:
    study.transcripts.add(write(tmp_path, "a.txt"))
    study.transcripts.remove("a")
    assert [t.name for t in study.transcripts.list()] == ["P1", "P2"]


def test_codings_go_with_their_transcript(study: Study) -> None:
    assert study.transcripts.remove("P1", with_codings=True) == 4
    assert {c.transcript for c in study.codings.list()} == {"P2"}


def bytes_of(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in path.parent.glob(f"{path.name}*"))


def test_no_word_of_a_removed_transcript_stays_in_the_file(study: Study, tmp_path: Path) -> None:
    long = "".join(f"INT: Where {n}?\nZULEIKHA: In chrysanthemum{n} street, my secret place.\n" for n in range(500))
    study.transcripts.add(write(tmp_path, "secret.txt", long))
    study.code("secret", quote="chrysanthemum499 street", code="wait", memo="hydrangea")
    study.memos.add("hydrangea too", about="transcript", target="secret")
    study.codings.withdraw(study.code("secret", quote="chrysanthemum42 street", code="wait")[0].id)
    words = (b"chrysanthemum", b"ZULEIKHA", b"secret place", b"hydrangea")
    assert all(word in bytes_of(study.path) for word in words)
    study.transcripts.remove("secret", with_codings=True)
    assert [word for word in words if word in bytes_of(study.path)] == []


def test_a_removal_while_another_program_reads_says_when_the_words_leave(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = sqlite3.connect(study.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM transcript").fetchone()
    study.close()
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with pytest.raises(DoneInPart, match="P1 is removed, but another program has the study open"):
        study.transcripts.remove("P1", with_codings=True)
    reader.close()
    study.close()
    assert b"Nobody ever called" not in bytes_of(study.path)


def test_removed_bytes_may_come_in_again(study: Study) -> None:
    study.transcripts.remove("P1", with_codings=True)
    assert names(study.transcripts.add(study.path.with_name("P1.txt"))) == ["P1"]


def test_a_removed_transcript_leaves_a_study_that_opens(study: Study) -> None:
    study.transcripts.remove("P1", with_codings=True)
    study.close()
    with open_study(study.path) as again:
        assert again.check() == []


def test_the_same_bytes_are_read_anew_where_a_person_insists(study: Study, tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("А: Где вы были? Я ждал вас целый день.\nБ: Дома, я был дома весь день.\n".encode("koi8-r"))
    study.transcripts.add(file, options=Options(encoding="cp866"), case="Old")
    study.transcripts.add(file, options=Options(encoding="koi8-r"))
    assert study.transcripts.show("old").revision.text.startswith("А: Где вы были?")
    assert [t.case for t in study.transcripts.list() if t.name == "old"] == ["Old"]
    assert study.remarks == ["old was read anew, in place of what was imported before"]
    assert study.check() == []


def test_what_is_coded_is_not_read_anew(study: Study, tmp_path: Path) -> None:
    (outcome,) = study.transcripts.add(tmp_path / "P1.txt", options=Options(no_speakers=True))
    assert isinstance(outcome, Refused)
    assert "first: qcode transcript remove P1 --with-codings" in outcome.why


def test_a_removed_transcript_leaves_a_remark_on_the_case_that_stays(study: Study) -> None:
    study.transcripts.remove("P1", with_codings=True)
    (remark,) = study.remarks
    assert remark.endswith("remove it with: qcode case remove Ana A.")


def test_a_folder_refuses_what_may_be_a_transcript_and_skips_the_rest(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "talk.pdf").write_bytes(b"%PDF-1.4 talk")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    outcomes = study.transcripts.add(folder)
    assert [type(one) for one in outcomes] == [Skipped, Refused]
    assert "cut off" in outcomes[1].why


def test_a_transcript_tells_what_it_was_read_from(study: Study, tmp_path: Path) -> None:
    words = "INT: Как давно?\nANA: Два часа.\n".encode("cp1251")
    (tmp_path / "a.txt").write_bytes(words)
    study.transcripts.add(tmp_path / "a.txt", options=Options(encoding="cp1251"))
    source = study.transcripts.source("a")
    assert (source.format, source.encoding, source.labels) == ("txt", "cp1251", 2)
    assert source.sha256 == hashlib.sha256(words).hexdigest()
    with pytest.raises(NotFound):
        study.transcripts.source("nobody")


def test_transcripts_stand_in_the_order_in_which_people_put_names(study: Study, tmp_path: Path) -> None:
    study.transcripts.add(*(write(tmp_path, f"{name}.txt") for name in ("T10", "T9", "T100")))
    assert [one.name for one in study.transcripts.list()] == ["P1", "P2", "T9", "T10", "T100"]
    assert [one.name for one in study.reading.progress()] == ["P1", "P2", "T9", "T10", "T100"]
