"""`qcode demo --versions`: three revisions of the sample's codebook and a branch do what the domain says."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.cli.output import to_json
from qcode.study.demo import STARTER, make_demo, revise
from qcode.study.joining import Joined
from qcode.study.queue import Decided
from qcode.study.selection import Filters
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import Dump, Run

VERSIONS = ["1.0", "1.1", "1.2", "1.3", "1.2-uz", "2.0"]


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Study]]:
    """Give the sample's study as each step of the demo left it, by version."""
    folder = tmp_path_factory.mktemp("demo")
    with make_demo(folder / "demo.qcode") as study:
        label = "1.0"
        study.store.copy_to(folder / f"{label}.qcode")
        for done in revise(study):
            label = "decided" if isinstance(done, Decided) else done.version
            if not (isinstance(done, Joined) and done.conflicts):
                study.store.copy_to(folder / f"{label}.qcode")
            else:
                study.store.copy_to(folder / "conflict.qcode")
    opened = {file.stem: open_study(file) for file in folder.glob("*.qcode")}
    yield opened
    for one in opened.values():
        one.close()


def waiting(study: Study) -> Counter[str]:
    return Counter(study.queue.counts())


def live(study: Study, code: str) -> int:
    return sum(one.code == code for one in study.codings.list(pending=False))


def test_every_step_leaves_a_sound_study(steps: dict[str, Study]) -> None:
    assert set(steps) == {"1.0", "1.1", "decided", "1.2", "1.3", "conflict", "2.0", "demo"}
    assert [study.check() for study in steps.values()] == [[]] * len(steps)


def test_the_split_of_two_kinds_of_exit_waits_and_nothing_is_decided_but_what_a_person_decides(
    steps: dict[str, Study],
) -> None:
    assert live(steps["1.0"], "FUND-EXIT") == 38
    assert waiting(steps["1.1"]) == {"FUND-EXIT": 38}
    assert (live(steps["1.1"], "FUND-HAND"), live(steps["1.1"], "FUND-STOP")) == (0, 0)
    assert waiting(steps["decided"]) == {"FUND-EXIT": 34}
    assert (live(steps["decided"], "FUND-HAND"), live(steps["decided"], "FUND-STOP")) == (0, 4)
    assert {one.transcript for one in steps["decided"].codings.list() if one.code == "FUND-STOP"} == {"KZ-NGO-01"}


def test_terms_of_several_languages_suggest_and_decide_nothing(steps: dict[str, Study]) -> None:
    items = steps["1.1"].queue.list()
    assert {item.candidates for item in items} == {("FUND-HAND", "FUND-STOP")}
    assert 0 < sum(bool(item.suggested) for item in items) < 38
    assert len({item.coding.transcript[:2] for item in items if item.suggested}) > 1


def test_the_registry_is_one_code_at_the_top_with_the_codings_of_both(steps: dict[str, Study]) -> None:
    before = [one for one in steps["1.1"].codings.list() if one.code in ("STIG-REG", "COER-NARC")]
    places = {(one.transcript, one.start, one.end, one.coder) for one in before}
    after = [one for one in steps["1.2"].codings.list() if one.code == "REG"]
    assert {(one.transcript, one.start, one.end, one.coder) for one in after} == places
    assert len(after) == len(places) <= len(before)
    assert steps["1.2"].codebooks.show_code("REG").parent is None
    assert live(steps["1.2"], "STIG-REG") == 0


def test_a_renamed_code_keeps_its_count_and_is_found_by_its_old_key(steps: dict[str, Study]) -> None:
    assert live(steps["1.2"], "HR-OAT") == live(steps["1.1"], "HR-OST") > 0
    assert steps["1.2"].codebooks.show_code("HR-OST").key == "HR-OAT"


def test_compulsory_treatment_waits_for_a_second_look(steps: dict[str, Study]) -> None:
    assert waiting(steps["1.2"])["COER-COMP"] == 13
    assert {item.kept for item in steps["1.2"].queue.list(Filters(codes=("COER-COMP",)))} == {True}


def test_the_retired_code_is_frozen_and_stands_in_earlier_versions(steps: dict[str, Study]) -> None:
    count = live(steps["1.2"], "HR-NPS")
    assert (count, live(steps["1.3"], "HR-NPS")) == (9, 0)
    under = steps["2.0"].codings.list(Filters(codebook=f"{STARTER}@1.2"))
    assert sum(one.code == "HR-NPS" for one in under) == count


def test_the_revived_code_is_the_old_one_below_the_registry(steps: dict[str, Study]) -> None:
    old, new = (steps[version].codebooks.show_code("STIG-REG") for version in ("1.0", "1.3"))
    assert (new.id, new.parent) == (old.id, "REG")


def test_pressure_on_organisations_is_civic_space_below_the_ngos(steps: dict[str, Study]) -> None:
    code = steps["1.3"].codebooks.show_code("COER-CIV")
    assert (code.key, code.name, code.parent) == ("NGO-CIV", "Civic space", "NGO")
    assert live(steps["1.3"], "NGO-CIV") == live(steps["1.0"], "COER-CIV") > 0


def test_both_lines_changed_the_family_and_that_is_settled_first(steps: dict[str, Study]) -> None:
    conflict = steps["conflict"]
    assert [row.version for row, _ in conflict.codebooks.list()] == VERSIONS[:4]
    found = conflict.codebooks.merge(f"{STARTER}-1.2-uz", version="2.0", dry_run=True)
    assert [one.name for one in found.conflicts] == ["CTX-FAM.fate"]
    assert waiting(steps["2.0"])["CTX-FAM"] == live(steps["1.3"], "CTX-FAM") == 11


def test_the_numbers_of_the_first_version_stay_as_they_were(steps: dict[str, Study]) -> None:
    first = to_json(steps["1.0"].cooccurrence(codebook=STARTER).to_json())
    for study in steps.values():
        assert to_json(study.cooccurrence(codebook=f"{STARTER}@1.0").to_json()) == first


def test_the_history_tells_all_six(steps: dict[str, Study]) -> None:
    past = steps["2.0"].codebooks.log(STARTER)
    assert [(one.content.version, one.queued) for one in past] == [
        ("1.0", 0),
        ("1.1", 38),
        ("1.2", 13),
        ("1.3", 0),
        ("1.2-uz", 0),
        ("2.0", 11),
    ]
    assert past[-1].follows == ("1.3", "1.2-uz")


def versions(path: Path) -> list[str]:
    with open_study(path) as study:
        assert study.check() == []
        return [row.version for row, _ in study.codebooks.list()]


def test_the_demo_goes_through_all_and_a_second_time_changes_nothing(run: Run, tmp_path: Path, dump: Dump) -> None:
    ran = run("demo", tmp_path / "shown", "--versions")
    path = tmp_path / "shown" / "demo.qcode"
    assert (ran.exit, versions(path)) == (0, VERSIONS)
    assert {one.name for one in path.parent.iterdir()} == {
        "demo.qcode",
        "codebook-history.docx",
        "codebook-history.html",
    }
    assert "38 codings wait because of it, 38 in all" in ran.err
    assert "4 codings of these allocated by hand, 34 still wait" in ran.err
    assert "is the same as before, byte for byte" in ran.err
    before = dump(path)
    again = run("demo", tmp_path / "shown", "--versions")
    assert (again.exit, again.out, dump(path)) == (0, "", before)


@pytest.fixture
def plain(steps: dict[str, Study], tmp_path: Path) -> Path:
    """Give a folder with the study of a plain demo."""
    steps["1.0"].store.copy_to(tmp_path / "demo.qcode")
    return tmp_path


def test_after_a_plain_demo_the_revisions_are_taken_into_its_study(run: Run, plain: Path) -> None:
    assert run("demo", plain, "--versions").exit == 0
    assert versions(plain / "demo.qcode") == VERSIONS


def test_what_was_broken_off_is_gone_on_with(run: Run, plain: Path) -> None:
    path = plain / "demo.qcode"
    for number in ("1.1", "1.2"):
        run("codebook", "import", f"{STARTER}-{number}", "--study", path)
    assert run("demo", plain, "--versions").exit == 0
    assert versions(path) == VERSIONS


def test_a_study_whose_codebook_went_another_way_is_a_sentence(run: Run, plain: Path, dump: Dump) -> None:
    path = plain / "demo.qcode"
    run("codebook", "retire", "HR-NPS", "--study", path)
    run("codebook", "publish", "--as", "1.0.1", "--study", path)
    before = dump(path)
    ran = run("demo", plain, "--versions")
    assert (ran.exit, ran.out, dump(path)) == (2, "", before)
    assert "and the study is at 1.0.1 already" in ran.err


def test_every_command_that_is_named_at_the_end_runs(run: Run, plain: Path) -> None:
    folder = plain.rename(plain.with_name("with blank"))
    ran = run("demo", folder, "--versions")
    commands = [line.strip() for line in ran.err.splitlines() if line.startswith("  qcode ")]
    assert len(commands) == 4
    for command in commands:
        assert run(*shlex.split(command)[1:]).exit == 0, command
