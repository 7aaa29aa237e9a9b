"""What the commands print: the contract's keys, one JSON document, and nothing that steers a terminal."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import Study
from tests.conftest import CODINGS, Dump, Run

LISTS = [
    ("transcript", "list"),
    ("case", "list"),
    ("coding", "list"),
    ("coder", "list"),
    ("memo", "list"),
    ("codebook", "list"),
    ("history",),
    ("quotes",),
]
CODING = "id transcript start end quote code coder created_at codebook version status memo"


def rows(run: Run, *words: str | Path) -> list[dict[str, Any]]:
    ran = run(*words, "--format", "json")
    assert ran.exit == 0, ran.err
    return list(json.loads(ran.out))


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_every_list_is_one_json_document(run: Run, study: Study, words: tuple[str, ...]) -> None:
    study.memos.add("a thought")
    assert rows(run, *words, "--study", study.path)


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_a_list_as_csv_has_the_keys_of_its_json(run: Run, study: Study, words: tuple[str, ...]) -> None:
    study.memos.add("a thought")
    as_json = rows(run, *words, "--study", study.path)
    as_csv = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv", "--study", study.path).out)))
    assert [list(row) for row in as_csv] == [list(row) for row in as_json]


@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx", ".docx", ".html"])
def test_a_list_is_written_to_a_file_by_its_ending(run: Run, study_path: Path, ending: str) -> None:
    file = study_path.with_name(f"list{ending}")
    assert run("coding", "list", "-o", file, "--study", study_path).exit == 0
    assert file.stat().st_size > 100


@pytest.mark.parametrize("name", ["list.pdf", "list", "none/list.csv", "none/list.docx", "."])
def test_a_file_that_cannot_be_written_is_a_sentence(run: Run, study_path: Path, name: str) -> None:
    ran = run("coding", "list", "-o", study_path.parent / name, "--study", study_path)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: ")


@pytest.mark.parametrize("name", ["list.png", "list.pdf", "list"])
def test_an_ending_that_no_list_has_is_refused_with_those_it_has(run: Run, study_path: Path, name: str) -> None:
    ran = run("coding", "list", "-o", study_path.parent / name, "--study", study_path)
    assert ran.exit == 2 and "take one of .json, .csv, .xlsx" in ran.err
    assert not (study_path.parent / name).exists()


def test_a_transcript_is_listed_with_the_contracts_keys(run: Run, study_path: Path) -> None:
    first, _ = rows(run, "transcript", "list", "--study", study_path)
    assert " ".join(first) == "transcript id case language characters turns speakers codings sha256"
    assert (first["transcript"], first["case"], first["codings"], first["speakers"]) == (
        "P1",
        "Ana A.",
        4,
        ["INT", "ANA"],
    )


def test_a_transcript_is_shown_with_the_contracts_keys(run: Run, study_path: Path) -> None:
    shown = json.loads(run("transcript", "show", "p1", "--format", "json", "--study", study_path).out)
    assert " ".join(shown) == "transcript id text sha256 turns"
    assert " ".join(shown["turns"][0]) == "n speaker start end time"
    assert [shown["text"][t["start"] : t["end"]] for t in shown["turns"]] == [
        "How long did you wait?",
        "I waited two hours on the phone.",
        "And then?",
        "Nobody ever called me back, so I stopped asking.",
    ]


def test_a_coding_is_listed_with_the_contracts_keys(run: Run, study_path: Path) -> None:
    assert " ".join(rows(run, "coding", "list", "--study", study_path)[0]) == CODING


def test_a_new_coding_is_told_with_the_contracts_keys(run: Run, study_path: Path) -> None:
    (made,) = rows(run, "coding", "add", "P1", "wait", "--quote", "on the phone", "--study", study_path)
    assert " ".join(made) == CODING
    assert (made["quote"], made["status"], made["codebook"], made["version"]) == (
        "on the phone",
        "settled",
        "book",
        "1",
    )


def test_no_codings_are_an_empty_list(run: Run, study_path: Path) -> None:
    assert rows(run, "coding", "list", "--where", "role=doctor", "--study", study_path) == []


def test_withdrawn_codings_are_listed_when_asked_for(run: Run, study_path: Path) -> None:
    one = rows(run, "coding", "list", "--study", study_path)[0]["id"]
    assert run("coding", "withdraw", one[:8], "--study", study_path).exit == 0
    assert len(rows(run, "coding", "list", "--study", study_path)) == CODINGS - 1
    assert [
        c["id"] for c in rows(run, "coding", "list", "--withdrawn", "--study", study_path) if c["status"] == "withdrawn"
    ] == [one]


def test_filters_of_the_command_line_are_joined_by_and(run: Run, study_path: Path) -> None:
    words = ["--code", "INFLUENCE", "--coder", "ben", "--case", "Boris B.", "--where", "role=client"]
    found = rows(run, "coding", "list", *words, "--study", study_path)
    assert [c["quote"] for c in found] == ["My sister paid for the bus", "Two thousand"]


def test_a_code_without_its_children(run: Run, study_path: Path) -> None:
    words = ["--code", "INFLUENCE", "--no-children", "--study", study_path]
    assert rows(run, "coding", "list", *words) == []


def test_what_harms_a_participant_is_shown_only_when_asked_for(run: Run, study: Study) -> None:
    study.cases.set("Ana A.", {"register_status": "listed2019"})
    plain, asked = (run("case", "list", *more, "--study", study.path) for more in ((), ("--show-hidden",)))
    assert "listed2019" not in plain.out + plain.err
    assert "listed2019" in asked.out


@pytest.mark.parametrize("fmt", ["json", "csv"])
def test_what_harms_a_participant_is_in_no_export(run: Run, study: Study, fmt: str) -> None:
    study.cases.set("Ana A.", {"register_status": "listed2019"})
    ran = run("case", "list", "--format", fmt, "--study", study.path)
    assert "register_status" not in ran.out
    assert "listed2019" not in ran.out


def test_a_fact_is_forgotten_by_an_empty_value(run: Run, study_path: Path) -> None:
    run("case", "set", "Ana A.", "role=", "--study", study_path)
    assert [case["role"] for case in rows(run, "case", "list", "--study", study_path)] == [None, "client"]


def test_a_table_of_cases_is_taken_or_refused_as_a_whole(run: Run, study_path: Path, dump: Dump) -> None:
    before = dump(study_path)
    table = study_path.with_name("cases.csv")
    table.write_text("case,role,transcripts\nVera,doctor,P1\nZoe,doctor,P9\n", encoding="utf-8")
    ran = run("case", "import", table, "--study", study_path)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == (
        "error: cases.csv, row 3: there is no transcript 'P9' in this study; see: qcode transcript list\n"
    )
    assert dump(study_path) == before


def test_an_exported_table_is_taken_by_a_twin(run: Run, study: Study) -> None:
    path, table = study.path, study.path.with_name("codings.csv")
    assert run("coding", "export", "-o", table, "--study", path).exit == 0
    went = rows(run, "coding", "list", "--study", path)
    study.transcripts.remove("P1", with_codings=True)
    study.transcripts.remove("P2", with_codings=True)
    run("import", path.with_name("P1.txt"), path.with_name("P2.txt"), "--study", path)
    assert run("coding", "import", table, "--study", path).exit == 0
    assert sorted(map(str, rows(run, "coding", "list", "--study", path))) == sorted(map(str, went))


def test_a_refused_table_of_codings_is_one_sentence(run: Run, study_path: Path, dump: Dump) -> None:
    before = dump(study_path)
    table = study_path.with_name("codings.csv")
    table.write_text("transcript,quote,code\nP1,on the phone,wait\nP1,on the phone,hope\n", encoding="utf-8")
    ran = run("coding", "import", table, "--study", study_path)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == "error: codings.csv, row 3: there is no code 'hope' in book@1; see: qcode codebook show\n"
    assert dump(study_path) == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["P1", "5", "100000", "wait"], "5 to 100000 is not a stretch of this transcript, P1; its positions go from 0"),
        (["P1", "wait", "--quote", "never said"], "the quote does not stand in this transcript, P1; copy it exactly"),
        (["P1", "5", "9", "hope"], "there is no code 'hope' in book@1"),
        (["P1", "5", "9", "INFLUENCE"], "INFLUENCE is only a heading"),
        (["P9", "5", "9", "wait"], "there is no transcript 'P9' in this study; see: qcode transcript list"),
        (["P1", "five", "9", "wait"], "START and END are whole numbers, not 'five' and '9'"),
        (["P1", "5", "wait"], "give START END CODE, or CODE with --quote"),
        (["P1", "5", "9", ","], "no code is given"),
        (["P1", "wait"], "neither positions nor a quote is given"),
    ],
)
def test_a_coding_that_cannot_be_made_is_one_sentence(
    run: Run, study_path: Path, dump: Dump, words: list[str], sentence: str
) -> None:
    before = dump(study_path)
    ran = run("coding", "add", *words, "--study", study_path)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {sentence}")
    assert ran.err.count("\n") == 1
    assert dump(study_path) == before


@pytest.mark.parametrize(
    "words",
    [
        ["wait,leave", "--quote", "on the phone"],
        ["wait", "leave", "--quote", "on the phone"],
        ["wait,", "leave", "--quote", "on the phone"],
        ["5", "9", "wait,leave"],
        ["5", "9", "wait", "leave"],
    ],
)
def test_several_codes_stand_behind_commas_or_as_words_of_their_own(
    run: Run, study_path: Path, words: list[str]
) -> None:
    made = rows(run, "coding", "add", "P1", *words, "--study", study_path)
    assert [one["code"] for one in made] == ["wait", "leave"]


def test_a_study_that_is_whole_is_exit_0(run: Run, study_path: Path) -> None:
    ran = run("check", "--format", "json", "--study", study_path)
    assert (ran.exit, ran.out) == (0, "[]\n")


def test_a_study_that_was_changed_is_exit_1_with_a_list(run: Run, study: Study) -> None:
    with study.store.write() as connection:
        connection.exec_driver_sql("UPDATE coding SET quote = 'x' WHERE id = 1")
    ran = run("check", "--format", "json", "--study", study.path)
    assert ran.exit == 1
    assert [list(one) for one in json.loads(ran.out)] == [["where", "what"]]


def test_status_tells_what_waits(run: Run, study: Study) -> None:
    study.transcripts.add(study.path.with_name("P1.txt"))
    study.path.with_name("new.txt").write_text("ANA: new\n")
    study.transcripts.add(study.path.with_name("new.txt"))
    out = run("status", "--study", study.path).out
    assert "1 of 3 transcripts carry no coding" in out
    assert "1 transcript belongs to no case" in out


def test_what_there_is_one_of_is_told_in_the_singular(run: Run, study: Study) -> None:
    assert "trust  (1 coding)\n" in run("quotes", "--coder", "ana", "--study", study.path).out
    study.path.with_name("new.txt").write_text("ANA: new\n")
    assert "1 turn; speakers" in run("import", study.path.with_name("new.txt"), "--study", study.path).out
    assert "1 turn)" in run("transcript", "show", "new", "--study", study.path).out.splitlines()[0]


def test_a_name_that_is_the_key_is_shown_once(run: Run, study: Study) -> None:
    study.path.with_name("b.yaml").write_text(
        "codebook: kind\nversion: '1'\ncodes:\n- {code: Шум, name: Шум}\n- {code: KIND, name: Kindness}\n"
    )
    assert run("codebook", "import", study.path.with_name("b.yaml"), "--study", study.path).exit == 0
    shown = run("codebook", "show", "kind", "--study", study.path).out.splitlines()[1:]
    assert shown == ["  Шум", "  KIND  Kindness"]


STEERING = "\x1b[31mEVIL\x1b]0;t\x07\x9b2J\u202eX"


@pytest.fixture
def evil(study: Study) -> Study:
    """Give the study with names and words that try to steer a terminal."""
    study.memos.add("a thought")
    with study.store.write() as connection:
        for statement in (
            "UPDATE speaker SET name = ? || id",
            "UPDATE transcript SET name = ? || id",
            'UPDATE "case" SET name = ? || id',
            "UPDATE coder SET name = ? || id",
            "UPDATE coding SET quote = ?",
            "UPDATE study SET title = ?",
            "UPDATE memo SET text = ?",
            "UPDATE revision SET text = ? || text",
            "UPDATE code_entry SET name = ?",
            "UPDATE attribute_value SET value = ?",
        ):
            connection.exec_driver_sql(statement, (STEERING,))
    return study


def test_status_tells_that_a_draft_is_open(run: Run, study: Study) -> None:
    assert json.loads(run("status", "--format", "json", "--study", study.path).out)["drafts"] == []
    study.drafts.add("HOPE")
    assert json.loads(run("status", "--format", "json", "--study", study.path).out)["drafts"] == ["book"]
    assert "the next version of book is being written: qcode codebook draft" in run("status", "--study", study.path).out


@pytest.mark.parametrize("words", [*LISTS, ("status",), ("check",), ("codebook", "show")], ids=" ".join)
@pytest.mark.parametrize("fmt", ["table", "json"])
def test_no_name_steers_the_terminal(run: Run, evil: Study, words: tuple[str, ...], fmt: str) -> None:
    ran = run(*words, "--format", fmt, "--study", evil.path)
    assert [c for c in ran.out + ran.err if c in "\x1b\x07\x9b"] == []
    assert fmt == "json" or "\u202e" not in ran.out + ran.err


def test_a_csv_on_a_terminal_does_not_steer_it(run: Run, evil: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    ran = run("coding", "list", "--format", "csv", "--study", evil.path)
    assert "EVIL" in ran.out
    assert [c for c in ran.out if c in "\x1b\x07\x9b\u202e"] == []


def test_no_word_of_a_transcript_steers_the_terminal(run: Run, evil: Study) -> None:
    ran = run("transcript", "show", evil.transcripts.list()[0].id, "--study", evil.path)
    assert "EVIL" in ran.out
    assert [c for c in ran.out if c in "\x1b\x07\x9b\u202e"] == []


def test_no_error_steers_the_terminal(run: Run, study_path: Path) -> None:
    ran = run("transcript", "show", STEERING, "--study", study_path)
    assert "EVIL" in ran.err
    assert [c for c in ran.err if c in "\x1b\x07\x9b\u202e"] == []


def test_json_gives_control_characters_back_as_they_are(run: Run, evil: Study) -> None:
    assert rows(run, "transcript", "list", "--study", evil.path)[0]["transcript"].startswith(STEERING)


def test_a_removal_says_what_went(run: Run, study: Study) -> None:
    ran = run("transcript", "remove", "P1", "--with-codings", "--study", study.path)
    assert (ran.exit, ran.out) == (0, "")
    assert ran.err.startswith("removed P1 with 4 codings")


def test_a_word_of_half_a_character_is_a_sentence(run: Run, study_path: Path) -> None:
    ran = run("case", "set", "Ana A.", "role=\udcff", "--study", study_path)
    assert ran.exit == 2
    assert "half a character" in ran.err
