"""Codings that wait are listed for reading, decided on by id or by filter, and decisions are taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qcode.analysis.layout import display_width
from qcode.cli.lines import pointer, wrapped
from qcode.domain.codebook import Code
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import Dump, Run
from tests.notation import make_study
from tests.study.next_version import follow, stands

CODING = "id transcript start end quote code coder created_at codebook version status memo"
QUEUE = f"{CODING} change candidates suggested kept effect under why turn speaker found"


@pytest.fixture
def split(study: Study) -> Study:
    """Give the study with two codings of `trust`, by ana and ben, that wait since it was split."""
    follow(study, "split trust into hope, fear")
    return study


def ids(study: Study, **filters: Any) -> list[str]:
    return [one.coding.id[:8] for one in study.queue.list(Filters(**filters))]


def resolved(run: Run, study: Study, *words: str) -> dict[str, int]:
    ran = run("codebook", "resolve", *words, "--format", "json", "--study", study.path)
    assert ran.exit == 0, ran.err
    return dict(json.loads(ran.out))


def codes(study: Study) -> list[str]:
    return sorted(one.code for one in study.codings.list())


def test_the_queue_has_the_contracts_keys(run: Run, split: Study) -> None:
    found = json.loads(run("codebook", "queue", "--format", "json", "--study", split.path).out)
    first = found[0]
    assert len(found) == 2
    assert " ".join(first) == QUEUE
    assert (first["quote"], first["status"], first["change"]) == ("two hours", "pending", "split")
    assert (first["candidates"], first["suggested"], first["kept"]) == (["hope", "fear"], [], False)
    assert (first["under"], first["effect"], first["turn"], first["speaker"]) == ("2", None, 2, "ANA")


def test_the_queue_begins_with_a_count_for_each_code(run: Run, split: Study) -> None:
    follow(split, "narrow leave")
    out = run("codebook", "queue", "--study", split.path).out
    assert out.startswith("3 codings wait for a decision: trust 2, leave 1\n")


def test_the_queue_names_change_place_and_coder_and_shows_the_words(run: Run, split: Study) -> None:
    ran = run("codebook", "queue", "--study", split.path)
    first, second = ids(split)
    assert ran.out.splitlines()[2:] == [
        "trust: split in 2",
        "  may go to hope, fear (one or several), or be withdrawn",
        "",
        f"  {first} by ben  P1, turn 2, ANA",
        "      two hours",
        "",
        f"  {second} by ana  P1, turn 4, ANA",
        "      Nobody ever called me back",
        "",
    ]
    assert f"qcode codebook resolve {first} --to hope\n" in ran.err
    assert f"qcode codebook resolve {first} --keep\n" not in ran.err


def test_codings_that_may_stay_say_so(run: Run, study: Study) -> None:
    follow(study, "narrow leave")
    ran = run("codebook", "queue", "--study", study.path)
    assert "leave: narrowed in 2\n  may be kept, or go to any other code (one or several), or be withdrawn" in ran.out
    assert f"qcode codebook resolve {ids(study)[0]} --keep\n" in ran.err


def test_the_same_words_by_two_coders_are_shown_once(run: Run, study: Study) -> None:
    study.code("P1", quote="two hours", code="trust", coder="ana")
    follow(study, "split trust into hope, fear")
    out = run("codebook", "queue", "--study", study.path).out
    assert out.count("two hours") == 1
    assert " by ana, " in out
    assert " by ben  P1, turn 2, ANA" in out


def test_a_queue_on_paper_has_short_ids(run: Run, split: Study) -> None:
    file = split.path.with_name("queue.md")
    run("codebook", "queue", "-o", file, "--study", split.path)
    assert f"| {ids(split)[0]} | P1 |" in file.read_text(encoding="utf-8")


def test_a_suggestion_shows_the_words_that_were_found(run: Run, tmp_path: Path) -> None:
    with make_study(tmp_path, codes=("hope", "fear"), P1="АНА: [Закрыли за один день|hope], 一天之内就停了。") as study:
        old = study.codebooks.show("book").content
        fear = replace(old.by_key["fear"], terms=(("ru", ("за один день",)),))
        changes = ((("effect", "narrow"), ("redefine", "hope")),)
        narrowed = (replace(old.by_key["hope"], definition="narrow"), fear)
        study.codebooks.add_version(replace(old, version="2", codes=narrowed, changes=changes))
    out = run("codebook", "queue", "--study", study.path).out
    assert "      suggested: fear (за один день)\n" in out


@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_no_line_of_the_queue_is_wider_than_the_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    long = "Они обещали перезвонить, и никто никогда не перезвонил. 一天之内就停了，没有人告诉我们为什么。" * 3
    with make_study(tmp_path, P1=f"АНА: [{long}|trust]") as study:
        follow(study, "split trust into hope, fear")
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    out = run("codebook", "queue", "--study", study.path).out
    assert "".join(long.split()) in "".join(out.split())
    assert max(map(display_width, out.splitlines())) <= int(width)


def test_the_queue_is_filtered_like_a_list_of_codings(run: Run, split: Study) -> None:
    ran = run(
        "codebook", "queue", "--coder", "ben", "--where", "role=client", "--format", "json", "--study", split.path
    )
    assert [one["quote"] for one in json.loads(ran.out)] == ["two hours"]


def test_an_empty_queue_says_so(run: Run, study_path: Path) -> None:
    ran = run("codebook", "queue", "--study", study_path)
    assert (ran.exit, ran.out, ran.err) == (0, "", "nothing waits for a decision\n")


def test_a_filter_that_leaves_nothing_says_so(run: Run, split: Study) -> None:
    ran = run("codebook", "queue", "--code", "leave", "--study", split.path)
    assert (ran.exit, ran.err) == (0, "nothing that fits these filters waits for a decision\n")


def test_an_empty_queue_as_json_is_an_empty_list(run: Run, study_path: Path) -> None:
    assert json.loads(run("codebook", "queue", "--format", "json", "--study", study_path).out) == []


@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx", ".docx", ".html", ".md"])
def test_the_queue_is_written_to_a_file_by_its_ending(run: Run, split: Study, ending: str) -> None:
    file = split.path.with_name(f"queue{ending}")
    assert run("codebook", "queue", "-o", file, "--study", split.path).exit == 0
    assert file.stat().st_size > 100


@pytest.mark.parametrize("words", [("queue",), ("resolve", "--keep")], ids=" ".join)
def test_the_queue_is_that_of_the_newest_version(run: Run, split: Study, words: tuple[str, ...]) -> None:
    follow(split, "name leave")
    ran = run("codebook", *words, "--codebook", "book@2", "--study", split.path)
    assert ran.exit == 2
    assert ran.err == ("error: book@2 is an older version, and the queue is that of book@3; type --codebook book\n")


def test_a_coding_is_allocated_to_one_code(run: Run, split: Study) -> None:
    first, _ = ids(split)
    ran = run("codebook", "resolve", first, "--to", "hope", "--study", split.path)
    assert (ran.exit, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "allocated 1 coding to hope",
        "to take it back: qcode codebook resolve --undo",
        "1 coding still waits: qcode codebook queue",
    ]
    assert ("two hours", "hope", "ben", "settled") in stands(split)


def test_a_coding_is_allocated_to_several_codes(run: Run, split: Study) -> None:
    first, _ = ids(split)
    assert resolved(run, split, first, "--to", "hope, fear") == {"decided": 1, "made": 2, "waiting": 1}


def test_what_stood_there_already_is_told(run: Run, study: Study) -> None:
    study.code("P1", quote="two hours", code="help", coder="ben")
    follow(study, "narrow wait")
    ran = run("codebook", "resolve", "--code", "wait", "--to", "help", "--study", study.path)
    assert ran.err.splitlines()[0] == "allocated 1 coding to help; 0 new codings, the rest stood there already"
    assert ran.err.splitlines()[-1] == "nothing waits any more"


def test_codings_are_decided_on_by_who_coded(run: Run, split: Study) -> None:
    resolved(run, split, "--coded-by", "ben", "--to", "fear", "--coder", "zoe")
    assert [one.coding.coder for one in split.queue.list()] == ["ana"]
    assert split.coder_names()[split.history(last=1)[0].coder] == "zoe"


def test_who_decides_on_the_codings_of_several_is_told_whose_they_were(run: Run, split: Study) -> None:
    ran = run("codebook", "resolve", "--code", "trust", "--to", "fear", "--coder", "ben", "--study", split.path)
    assert "these were codings of ana and ben; --coded-by NAME means those of one" in ran.err.splitlines()
    follow(split, "narrow wait")
    ran = run("codebook", "resolve", "--code", "wait", "--keep", "--coder", "ben", "--study", split.path)
    assert "these were codings of" not in ran.err


def test_all_that_wait_are_decided_on_at_once(run: Run, split: Study) -> None:
    assert resolved(run, split, "--all", "--withdraw") == {"decided": 2, "made": 0, "waiting": 0}
    assert "trust" not in codes(split)


def test_codings_are_kept_by_filter(run: Run, study: Study) -> None:
    follow(study, "narrow trust", "narrow leave")
    assert resolved(run, study, "--code", "trust", "--transcript", "P1", "--keep", "--why", "fits") == {
        "decided": 2,
        "made": 0,
        "waiting": 1,
    }


def test_the_last_decision_is_taken_back(run: Run, split: Study) -> None:
    before = stands(split)
    resolved(run, split, "--all", "--to", "hope")
    ran = run("codebook", "resolve", "--undo", "--study", split.path)
    assert ran.err.splitlines() == [
        "took back what was decided on 2 codings",
        "2 codings now wait: qcode codebook queue",
    ]
    assert stands(split) == before


def test_the_decision_on_one_coding_is_taken_back(run: Run, split: Study) -> None:
    first, _ = ids(split)
    resolved(run, split, "--all", "--to", "hope")
    assert resolved(run, split, "--undo", first) == {"undone": 1, "waiting": 1}


def test_who_decided_under_another_name_is_told_how_to_take_it_back(run: Run, split: Study) -> None:
    ran = run("codebook", "resolve", "--all", "--to", "hope", "--coder", "Zoë B.", "--study", split.path)
    assert "to take it back: qcode codebook resolve --undo --coder 'Zoë B.'" in ran.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "say what is decided: --to CODE[,CODE...], --keep, --withdraw, --at START END"),
        (["--all", "--keep", "--to", "hope"], "--to and --keep do not go together; give one of them"),
        (["--keep"], "say which codings: ids, filters such as --code and --transcript, or --all that wait"),
        (["--keep", "--no-children"], "say which codings: ids, filters"),
        (["12345678", "--code", "trust", "--keep"], "name the codings by ids or by filters, not by both"),
        (["--all", "--code", "trust", "--keep"], "name the codings by filters or by --all, not by both"),
        (["--undo", "--code", "trust"], "--undo takes the last decision back, or those on the ids named"),
        (["--undo", "--why", "x"], "--why goes with a decision, not with --undo"),
        (["--all", "--to", " ,"], "--to names no code"),
        (["--all", "--to", "wait"], "the coding "),
        (["--all", "--keep"], "the coding "),
        (["--undo"], "ana has decided nothing under the newest version that could be taken back"),
        (["--code", "leave", "--keep"], "no coding that fits these filters waits"),
        (["00000000", "--keep"], "there is no coding '00000000' in this study"),
    ],
)
def test_a_decision_that_cannot_be_made_is_one_sentence(
    run: Run, split: Study, dump: Dump, words: list[str], sentence: str
) -> None:
    before = dump(split.path)
    ran = run("codebook", "resolve", *words, "--study", split.path)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {sentence}")
    assert ran.err.count("\n") == 1
    assert dump(split.path) == before


def test_status_tells_what_waits_and_under_which_codes(run: Run, split: Study) -> None:
    follow(split, "rename leave to go", "narrow go")
    out = run("status", "--study", split.path).out
    assert "  pending      3  (trust 2, go 1)\n" in out
    assert "  -> 3 codings wait for a decision: qcode codebook queue\n" in out
    found = json.loads(run("status", "--format", "json", "--study", split.path).out)
    assert (found["pending"], found["pending_by_code"]) == (3, {"trust": 2, "go": 1})


def test_status_counts_what_the_queue_lists(study: Study) -> None:
    follow(study, "narrow trust", "narrow leave")
    follow(study, "retire leave")
    assert study.status().pending_by_code == (("trust", 2),)
    assert study.queue.counts() == {"trust": 2}
    follow(study, "revive leave")
    assert dict(study.status().pending_by_code) == study.queue.counts() == {"trust": 2, "leave": 1}


def test_a_status_without_a_queue_points_to_none(run: Run, study_path: Path) -> None:
    out = run("status", "--study", study_path).out
    assert "  pending      0\n" in out
    assert "queue" not in out


def test_codings_are_listed_with_their_status_where_one_is_not_settled(run: Run, split: Study) -> None:
    assert "status" in run("coding", "list", "--study", split.path).out
    assert "status" not in run("coding", "list", "--code", "leave", "--study", split.path).out


def test_frozen_codings_are_listed_with_the_withdrawn(run: Run, study: Study) -> None:
    follow(study, "retire leave")
    plain, asked = (run("coding", "list", *more, "--study", study.path).out for more in ((), ("--withdrawn",)))
    assert "stopped asking" not in plain
    assert "frozen" in asked


def test_quotes_leave_pending_codings_out_and_say_so(run: Run, split: Study) -> None:
    ran = run("quotes", "--study", split.path)
    assert "Nobody ever called me back" not in ran.out
    assert ran.err == (
        "2 codings are left out, because they wait for a decision (trust 2); see: qcode codebook queue\n"
    )
    asked = run("quotes", "--pending", "--study", split.path)
    assert "Nobody ever called me back" in asked.out
    assert asked.err == ""


def test_quotes_of_which_all_wait_do_not_say_that_there_are_none(run: Run, split: Study) -> None:
    ran = run("quotes", "--transcript", "P1", "--coder", "ana", "--study", split.path)
    assert "no coding" not in ran.err
    assert "1 coding is left out, because it waits" in ran.err


@pytest.mark.parametrize("kind", ["quotes", "codebook", "full"])
def test_a_report_says_which_codings_it_leaves_out(run: Run, split: Study, kind: str) -> None:
    file = split.path.with_name("report.md")
    ran = run("report", kind, "-o", file, "--study", split.path)
    assert "2 codings are left out" in ran.err
    assert "trust (2)" in file.read_text(encoding="utf-8")


def test_a_report_on_pending_codings_leaves_none_out(run: Run, split: Study) -> None:
    file = split.path.with_name("report.md")
    ran = run("report", "quotes", "--pending", "-o", file, "--study", split.path)
    assert "left out" not in ran.err
    assert "Nobody ever called me back" in file.read_text(encoding="utf-8")


def test_no_chinese_line_begins_with_a_comma() -> None:
    assert wrapped("一天之内就停了没有人，告诉我们为什么", width=20).splitlines() == [
        "一天之内就停了没有",
        "人，告诉我们为什么",
    ]


def test_what_is_to_be_typed_stays_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcode.cli.lines.terminal_width", lambda: 40)
    assert pointer("two codings wait for you: qcode codebook queue") == (
        "  -> two codings wait for you:\n     qcode codebook queue"
    )


def test_a_code_that_became_a_heading_lets_its_codings_wait(run: Run, study: Study) -> None:
    newest = study.codebooks.show("book").content
    codes = [replace(c, codable=False) if c.key == "leave" else c for c in newest.codes]
    below = Code("flee", "Flee", parent="leave")
    study.codebooks.add_version(replace(newest, version="2", codes=(*codes, below)))
    out = run("codebook", "queue", "--study", study.path).out
    assert "leave: only a heading since 2\n" in out


@pytest.mark.parametrize(
    "asked", [["--format", "csv"], ["-o", "m.csv"], ["-o", "m.svg"], ["--by", "role", "-o", "m.csv"]]
)
def test_a_matrix_that_has_no_line_for_what_is_left_out_says_it_beside(
    run: Run, split: Study, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.chdir(split.path.parent)
    said = "2 codings are left out, because they wait for a decision (trust 2); see: qcode codebook queue"
    ran = run("cooccurrence", *asked, "--study", split.path)
    assert (ran.exit, ran.err.splitlines()[0]) == (0, said)
    split.queue.resolve(filters=Filters(), to="hope")
    assert "left out" not in run("cooccurrence", *asked, "--study", split.path).err
