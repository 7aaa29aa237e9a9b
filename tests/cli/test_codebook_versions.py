"""What a new version of a codebook would do is told before and after; two versions are compared in words."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.analysis.layout import display_width
from qcode.domain.codebook import CodebookVersion
from qcode.interchange import codebook_yaml
from qcode.study.study import Study
from tests.conftest import Dump, Run
from tests.study.next_version import follow, next_version

PLAN_KEYS = "change codes into effect fields codings why transcripts happens"
DIFF_KEYS = "change codes into effect fields codings why transcripts texts"


def written(study: Study, *said: str, **more: object) -> Path:
    """Write the version that follows the newest to a file beside the study; close the study."""
    new = replace(next_version(study.codebooks.show("book").content, *said), **more)  # type: ignore[arg-type]
    file = study.path.with_name(f"book-{new.version}.yaml")
    file.write_text(codebook_yaml.write(new), encoding="utf-8")
    study.close()
    return file


def with_why(version: CodebookVersion, why: str) -> tuple[tuple[tuple[str, object], ...], ...]:
    return tuple(tuple(sorted({**dict(change), "why": why}.items())) for change in version.changes)


def imported(run: Run, study: Study, *said: str, words: tuple[str, ...] = ()) -> tuple[str, str]:
    ran = run("codebook", "import", written(study, *said), *words, "--study", study.path)
    assert ran.exit == 0, ran.err
    return ran.out, ran.err


def test_a_split_is_told_with_its_codings_and_what_waits_then(run: Run, study: Study) -> None:
    out, err = imported(run, study, "split trust into hope, fear")
    assert out.splitlines() == [
        "book@2 follows 1: 7 codes, 6 of them codable",
        "",
        "split trust into hope, fear",
        "    -> 2 codings in 1 transcript wait: allocate to hope or fear or withdraw",
        "",
    ]
    assert err.startswith("book@2 imported\n")
    assert err.endswith("  -> 2 codings wait: qcode codebook queue\n")


def test_one_coding_is_told_in_the_singular(run: Run, study: Study) -> None:
    out, err = imported(run, study, "narrow wait", "retire leave")
    assert "1 coding in 1 transcript waits: keep, move or withdraw" in out
    assert "1 coding in 1 transcript is frozen" in out
    assert "1 coding waits: qcode codebook queue" in err


def test_the_reason_of_a_change_is_told(run: Run, study: Study) -> None:
    new = next_version(study.codebooks.show("book").content, "retire leave")
    file = written(study, "retire leave", changes=with_why(new, "nobody leaves"))
    out = run("codebook", "import", file, "--study", study.path).out
    assert "retire leave\n    nobody leaves\n    -> 1 coding" in out


def test_a_dry_run_tells_the_same_plan_and_changes_nothing(run: Run, study: Study, dump: Dump) -> None:
    before = dump(study.path)
    file = written(study, "split trust into hope, fear", "merge help, money into HANDS")
    dry = run("codebook", "import", file, "--dry-run", "--study", study.path)
    assert dump(study.path) == before
    assert dry.exit == 0
    assert "2 codings would wait for a decision" in dry.err
    assert "type this again without --dry-run" in dry.err
    assert run("codebook", "import", file, "--study", study.path).out == dry.out


def test_a_dry_run_counts_what_will_wait_and_move_as_the_import_then_does(run: Run, study: Study) -> None:
    file = written(study, "split trust into hope, fear", "merge help, money into HANDS")
    asked = ("codebook", "import", file, "--format", "json", "--study", study.path)
    dry = run(*asked, "--dry-run").out
    assert (json.loads(dry)["queued"], json.loads(dry)["moved"]) == (2, 3)
    assert run(*asked).out == dry


def test_what_waits_in_all_is_told_beside_what_waits_now(run: Run, study: Study) -> None:
    follow(study, "narrow trust")
    assert "1 coding waits now, 3 in all: qcode codebook queue" in imported(run, study, "narrow wait")[1]


def test_what_waits_from_before_is_told_again(run: Run, study: Study) -> None:
    follow(study, "narrow trust")
    assert "2 codings still wait: qcode codebook queue" in imported(run, study, "name leave")[1]


def test_what_moved_is_worth_a_look(run: Run, study: Study) -> None:
    err = imported(run, study, "merge help, money into SMALL HANDS")[1]
    assert "3 codings moved to SMALL HANDS; look at some: qcode quotes --code 'SMALL HANDS'" in err


def test_a_wider_code_points_to_what_was_left_out_before(run: Run, study: Study) -> None:
    err = imported(run, study, "widen wait")[1]
    assert "wait means more now; read what was left out before: qcode codebook passages wait" in err


def test_clearer_words_are_for_the_coders(run: Run, study: Study) -> None:
    err = imported(run, study, "clarify wait", "clarify trust")[1]
    assert "tell the coders: wait, trust are said more clearly" in err


def test_what_leaves_codings_alone_is_told_in_one_line_each(run: Run, study: Study) -> None:
    out, err = imported(run, study, "add hope", "add fear under INFLUENCE", "name wait", "move trust under INFLUENCE")
    assert "changes that leave every coding as it is\n" in out
    assert "  add fear, hope\n" in out
    assert "  name wait: Wait -> Another name\n" in out
    assert "  move trust from the top to INFLUENCE\n" in out
    assert "->" not in err


def test_a_code_that_is_split_and_stays_as_a_heading_is_told_once(run: Run, study: Study) -> None:
    out = imported(run, study, "split trust! into hope, fear")[0]
    assert out.count("trust is only a heading now") == 1
    assert "besides" not in out


def test_what_opens_work_comes_first(run: Run, study: Study) -> None:
    out = imported(run, study, "clarify wait", "rename leave to go", "narrow help", "split trust into hope, fear")[0]
    heads = [line.split()[:2] for line in out.splitlines()[1:] if line and not line.startswith(" ")]
    assert heads == [["split", "trust"], ["redefine", "help"], ["redefine", "wait"], ["rename", "leave"]]


def test_an_import_as_json_is_one_document_with_the_plan(run: Run, study: Study) -> None:
    done = json.loads(imported(run, study, "split trust into hope, fear", words=("--format", "json"))[0])
    assert " ".join(done) == "codebook version follows known codes codable plan queued moved problems"
    assert (done["codebook"], done["version"], done["follows"], done["known"]) == ("book", "2", "1", False)
    assert (done["queued"], done["moved"]) == (2, 0)
    (change,) = done["plan"]
    assert " ".join(change) == PLAN_KEYS
    assert (change["change"], change["codes"], change["into"]) == ("split", ["trust"], ["hope", "fear"])
    assert (change["codings"], change["transcripts"]) == (2, 1)


def test_a_first_version_as_json_follows_nothing(run: Run, study_path: Path) -> None:
    done = json.loads(run("codebook", "import", "generic-interview", "--format", "json", "--study", study_path).out)
    assert (done["follows"], done["plan"], done["queued"]) == (None, [], 0)


def test_the_same_version_again_tells_no_plan(run: Run, study: Study) -> None:
    file = written(study, "narrow trust")
    run("codebook", "import", file, "--study", study.path)
    ran = run("codebook", "import", file, "--study", study.path)
    assert (ran.exit, ran.out, ran.err) == (0, "", "book@2 is in the study already\n")


def test_what_is_not_declared_is_refused_with_a_block_to_paste(run: Run, study: Study, dump: Dump) -> None:
    before = dump(study.path)
    ran = run("codebook", "import", written(study, "retire leave", changes=()), "--study", study.path)
    assert (ran.exit, ran.out) == (2, "")
    assert "changes:\n  - retire: leave" in ran.err
    assert dump(study.path) == before


def test_a_table_gets_its_changes_from_a_file_of_their_own(run: Run, study: Study) -> None:
    book, changes = (study.path.with_name(name) for name in ("book.csv", "changes.yaml"))
    rows = [f"{code.key},{code.name},{code.parent or ''}" for code in study.codebooks.show("book").content.codes]
    kept = [row for row in rows if not row.startswith("leave,")]
    book.write_text("\n".join(["code,name,parent", *kept]) + "\n", encoding="utf-8")
    changes.write_text("changes:\n  - retire: leave\n    why: nobody leaves\n", encoding="utf-8")
    study.close()
    ran = run("codebook", "import", book, "--as", "book@2", "--changes", changes, "--study", study.path)
    assert (ran.exit, "retire leave\n    nobody leaves" in ran.out) == (0, True), ran.err


def differences(run: Run, study: Study, *words: str) -> str:
    ran = run("codebook", "diff", "book@1", "book@2", *words, "--study", study.path)
    assert ran.exit == 0, ran.err
    return ran.out


def test_a_difference_has_the_contracts_keys(run: Run, study: Study) -> None:
    follow(study, "split trust into hope, fear", "name wait")
    split, name = json.loads(differences(run, study, "--format", "json"))
    assert " ".join(split) == DIFF_KEYS
    assert split | {"texts": []} == {
        "change": "split",
        "codes": ["trust"],
        "into": ["hope", "fear"],
        "effect": None,
        "fields": [],
        "codings": 2,
        "why": "",
        "transcripts": 1,
        "texts": [],
    }
    assert (name["change"], name["texts"]) == ("name", [["name", "Wait", "Another name"]])


def test_a_difference_as_csv_has_the_keys_of_its_json(run: Run, study: Study) -> None:
    follow(study, "name wait")
    (row,) = csv.DictReader(io.StringIO(differences(run, study, "--format", "csv")))
    assert " ".join(row) == DIFF_KEYS
    assert row["texts"] == "name: Wait -> Another name"


def test_a_short_text_that_changed_stands_on_one_line(run: Run, study: Study) -> None:
    follow(study, "narrow wait")
    assert "    definition: (nothing) -> narrow in 2\n" in differences(run, study)


def longer(study: Study) -> None:
    """Let two versions follow, in which `wait` is defined by a long text."""
    long = "The speaker tells that he or she had to wait for something that was promised by an office"
    for number, definition in (("2", f"{long}."), ("3", f"{long} or by kin, 并且说明等了多久。")):
        newest = study.codebooks.show("book").content
        codes = tuple(replace(c, definition=definition) if c.key == "wait" else c for c in newest.codes)
        declared = ((("effect", "widen"), ("redefine", "wait"), ("why", "оказалось узко")),)
        study.codebooks.add_version(
            replace(newest, version=number, codes=codes, changes=declared, follows=(newest.version,))
        )


def test_long_texts_are_told_both_with_what_differs_in_brackets(run: Run, study: Study) -> None:
    longer(study)
    out = run("codebook", "diff", "book@2", "book@3", "--study", study.path).out
    assert (
        "redefine wait (widen): definition\n    оказалось узко\n    1 coding in 1 transcript\n    definition\n" in out
    )
    joined = " ".join(out.split())
    assert (
        "before The speaker tells that he or she had to wait for something that was promised by an office[.]" in joined
    )
    assert joined.endswith("promised by an office [or by kin, 并且说明等了多久。]")


@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_no_line_of_a_difference_is_wider_than_the_terminal(
    run: Run, study: Study, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    longer(study)
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    out = run("codebook", "diff", "book@2", "book@3", "--study", study.path).out
    assert max(map(display_width, out.splitlines())) <= int(width)


@pytest.mark.parametrize("ending", [".json", ".csv", ".docx", ".html", ".md", ".xlsx"])
def test_a_difference_is_written_to_a_file_by_its_ending(run: Run, study: Study, ending: str) -> None:
    follow(study, "split trust into hope, fear", "narrow wait")
    file = study.path.with_name(f"changes{ending}")
    assert differences(run, study, "-o", str(file)) == ""
    assert file.stat().st_size > 100


def test_a_written_difference_says_how_it_was_made(run: Run, study: Study) -> None:
    follow(study, "narrow wait")
    file = study.path.with_name("changes.md")
    differences(run, study, "-o", str(file))
    text = file.read_text(encoding="utf-8")
    assert "qcode codebook diff book@1 book@2" in text
    assert "book@2" in text.partition("Compared with")[2].splitlines()[0]


def test_a_version_compared_with_itself_does_not_differ(run: Run, study_path: Path) -> None:
    ran = run("codebook", "diff", "book@1", "book@1", "--study", study_path)
    assert (ran.exit, ran.out, ran.err) == (0, "", "nothing differs between book@1 and book@1\n")


def test_a_version_that_is_not_there_is_a_sentence(run: Run, study_path: Path) -> None:
    ran = run("codebook", "diff", "book@1", "book@7", "--study", study_path)
    assert (ran.exit, ran.err) == (2, "error: the codebook book has no version 7; it has 1\n")
