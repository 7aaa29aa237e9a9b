"""What a following version must say, and what happens to one that does not: a sentence, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import BadCodebook, Conflict, NotFound, QcodeError
from qcode.interchange import codebook_yaml
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import Dump
from tests.study.next_version import follow, next_version, stands


def file_of(study: Study, *said: str, silent: bool = False) -> str:
    """Return the next version as a file; a `silent` one declares nothing."""
    new = next_version(study.codebooks.show("book").content, *said)
    return codebook_yaml.write(replace(new, changes=()) if silent else new)


def take(study: Study, text: str) -> None:
    file = study.path.with_name("next.yaml")
    file.write_text(text, encoding="utf-8")
    study.codebooks.add(file)


def refusal(study: Study, dump: Dump, text: str) -> str:
    """Return what is said of a file that is refused, after holding the study against what it was."""
    before = dump(study.path)
    with pytest.raises((BadCodebook, Conflict, NotFound)) as refused:
        take(study, text)
    assert dump(study.path) == before
    return refused.value.sentence


@pytest.mark.parametrize(
    ("said", "problems", "block"),
    [
        (["retire wait"], ["wait is in 1 and not here"], ["  - retire: wait"]),
        (["rename wait to delay"], ["wait is in 1 and not here"], ["  - rename: wait", "    to: delay"]),
        (["narrow wait"], ["wait has another definition"], ["  - redefine: wait", "    effect: clarify"]),
        (
            ["rename wait to delay", "narrow delay"],
            ["wait is in 1 and not here", "delay has another definition"],
            ["  - rename: wait", "    to: delay", "  - redefine: delay", "    effect: clarify"],
        ),
        (
            ["merge trust, leave into away", "retire help"],
            [f"{key} is in 1 and not here" for key in ("help", "trust", "leave")],
            ["  - retire: help", "  - retire: trust", "  - retire: leave"],
        ),
    ],
)
def test_what_is_not_declared_is_refused_with_a_block_that_mends_it(
    study: Study, dump: Dump, said: list[str], problems: list[str], block: list[str]
) -> None:
    text = file_of(study, *said, silent=True)
    sentence = refusal(study, dump, text)
    told = [f"book@2: {problem}, which no change declares" for problem in problems]
    assert sentence.splitlines()[: len(told)] == told
    pasted = sentence[sentence.index("changes:\n") :]
    assert pasted.splitlines() == ["changes:", *block]
    take(study, text + pasted)
    assert study.codebooks.show().row.version == "2"


def test_a_code_that_came_back_undeclared_is_refused_with_a_revival_to_paste(study: Study, dump: Dump) -> None:
    follow(study, "retire wait")
    text = file_of(study, "revive wait", silent=True)
    sentence = refusal(study, dump, text)
    assert sentence.startswith("book@3: wait was retired in 2 and stands here again, which no change declares\n")
    take(study, text + sentence[sentence.index("changes:\n") :])
    assert ("two hours", "wait", "ben", "settled") in stands(study)


def test_a_file_that_declares_a_part_gets_the_whole_block_in_its_place(study: Study, dump: Dump) -> None:
    text = file_of(study, "retire wait") + "# the end\n"
    text = text.replace("  - code: leave\n    name: Leave\n", "")
    sentence = refusal(study, dump, text)
    assert "Paste this in place of the file's block changes, and look at each line" in sentence
    pasted = sentence[sentence.index("changes:\n") :]
    take(study, text[: text.index("changes:\n")] + pasted)
    assert [one.told.codes for one in study.codebooks.diff("book@1", "book@2").planned] == [("wait",), ("leave",)]


def test_of_many_problems_ten_are_told_and_the_block_has_all(study: Study, dump: Dump) -> None:
    follow(study, "add " + ", ".join(f"c{n}" for n in range(12)))
    text = codebook_yaml.write(CodebookVersion("book", "3", (Code("wait", "Wait"),)))
    sentence = refusal(study, dump, text)
    assert "\nand 7 more\n" in sentence
    take(study, text + sentence[sentence.index("changes:\n") :])
    assert len(study.codebooks.show().content.codes) == 1


CODES = """codes:
  - code: INFLUENCE
    name: Influence
    codable: false
    codes:
      - code: help
        name: Help
      - code: money
        name: Money
  - code: wait
    name: Wait
  - code: trust
    name: Trust
  - code: leave
    name: Leave
"""


def head(number: str = "2", book: str = "book") -> str:
    return f'codebook: {book}\nversion: "{number}"\n'


def without(key: str) -> str:
    return CODES.replace(f"  - code: {key}\n    name: {key.title()}\n", "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (head() + CODES + "  - code: WAIT\n", "next.yaml, line 18, WAIT: two codes have this key"),
        (head() + CODES + "  - code: help\n", "next.yaml, line 18, help: two codes have this key"),
        (
            head() + CODES.replace("name: Help\n", "name: Help\n        codes: [{code: INFLUENCE}]\n"),
            "INFLUENCE: it stands below itself",
        ),
        (
            head() + CODES + "changes:\n  - split: trust\n    into: [wait, hope]\n",
            "book@2: split trust: hope is not among the codes; compare it with book@1: qcode codebook export book@1",
        ),
        (
            head() + CODES + "changes:\n  - split: trust\n    into: [wait, INFLUENCE]\n",
            "book@2: split trust: INFLUENCE is only a heading, which takes no codings",
        ),
        (
            head() + CODES + "changes:\n  - split: trust\n    into: [wait, wait]\n",
            "book@2: split trust: a code is split into two or more",
        ),
        (
            head() + CODES + "changes:\n  - split: trust\n",
            "next.yaml, line 19: the change split lacks into; add into: ...",
        ),
        (
            head() + CODES + "changes:\n  - redefine: wait\n    effect: widened\n",
            "next.yaml, line 20: there is no effect 'widened'; write clarify, widen or narrow",
        ),
        (
            head() + CODES + "changes:\n  - merge: [wait, trust]\n    into: leave\n",
            "book@2: merge wait, trust: wait is merged and still stands among the codes; take it out there",
        ),
        (
            head() + without("wait") + "changes:\n  - merge: [wait]\n    into: hope\n",
            "book@2: merge wait: hope is not among the codes",
        ),
        (
            head() + without("wait") + "changes:\n  - retire: wait\n  - merge: [wait]\n    into: trust\n",
            "book@2: wait is ended by 2 changes (retire, merge); one is enough",
        ),
        (head() + CODES + "changes:\n  - retire: hope\n", "book@2: retire hope: hope is not a code of 1"),
        (
            head() + CODES + "changes:\n  - revive: hope\n",
            "book@2: revive hope: the codebook never had a code hope; a new code needs no declaration",
        ),
        (
            head("1") + CODES + "changes:\n  - retire: hope\n",
            "a version never changes once it is used: give the file the next number and its changes",
        ),
        (head("1") + without("wait"), "version 1 of book is in the study already, with other content"),
        (
            head() + 'follows: "9"\n' + CODES,
            "version 2 of book follows 9, which the study does not have; import that first; the study has 1",
        ),
        (
            head(book="other") + CODES + "changes:\n  - retire: wait\n",
            "version 2 of other follows a version, which the study does not have; import the earlier version first",
        ),
        (
            head(book="other") + 'follows: "1"\n' + CODES,
            "version 2 of other follows 1, which the study does not have; import the earlier version first",
        ),
        (head("1@2") + CODES, "next.yaml, version: it has an @, which stands between a codebook and its version"),
    ],
)
def test_a_file_that_cannot_follow_is_refused_with_a_sentence(
    study: Study, dump: Dump, text: str, sentence: str
) -> None:
    assert sentence in refusal(study, dump, text)


def test_a_merge_into_a_retired_code_is_refused(study: Study, dump: Dump) -> None:
    follow(study, "retire wait")
    text = head("3") + without("wait").replace(*TRUST_OUT) + "changes:\n  - merge: [trust]\n    into: wait\n"
    expected = "book@3: merge trust: wait was retired in 2; revive it and put it among the codes, or name another code"
    assert expected in refusal(study, dump, text)


TRUST_OUT = ("  - code: trust\n    name: Trust\n", "")


def test_a_merge_of_a_retired_code_is_refused(study: Study, dump: Dump) -> None:
    follow(study, "retire wait")
    text = head("3") + without("wait") + "changes:\n  - merge: [wait]\n    into: trust\n"
    assert "book@3: merge wait: wait is not in 2: it was retired in 2" in refusal(study, dump, text)


def test_a_retired_code_is_revived_and_merged_into_at_once(study: Study) -> None:
    follow(study, "retire wait")
    follow(study, "revive wait", "merge trust into wait")
    assert [(quote, coder) for quote, code, coder, _ in stands(study) if code == "wait"] == [
        ("Nobody ever called me back", "ana"),
        ("two hours", "ben"),
    ]
    assert study.check() == []


def test_a_version_that_follows_one_before_the_newest_is_told_to_be_joined(study: Study, dump: Dump) -> None:
    follow(study, "clarify wait")
    sentence = refusal(study, dump, head("3") + 'follows: "1"\n' + CODES)
    assert sentence.startswith("version 3 of book follows 1, and the study is at 2 already; join the two lines with:")


@pytest.mark.parametrize(
    "codes",
    [
        (Code("A", "A", parent="B"), Code("B", "B", parent="A")),
        (Code("A", "A", parent="A"),),
        (Code("A", "A"), Code("a", "A")),
        (Code("A", "A", parent="Z"),),
        (Code("A,B", "A"),),
        (),
    ],
)
def test_a_version_that_breaks_a_rule_is_refused_also_where_no_file_says_it(
    study: Study, dump: Dump, codes: tuple[Code, ...]
) -> None:
    changes = tuple((("retire", key),) for key in ("INFLUENCE", "help", "money", "wait", "trust", "leave"))
    before = dump(study.path)
    for book, number in (("book", "2"), ("other", "1")):
        declared = changes if book == "book" else ()
        with pytest.raises(BadCodebook):
            study.codebooks.add_version(CodebookVersion(book, number, codes, changes=declared))
    assert dump(study.path) == before


def test_a_dry_run_of_a_following_version_tells_all_and_changes_nothing(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    new = next_version(study.codebooks.show().content, "split trust into hope, fear", "merge wait, leave into away")
    done = study.codebooks.add_version(new, dry_run=True)
    assert [(one.told.change, one.codings) for one in done.plan] == [("split", 2), ("merge", 2)]
    assert dump(study.path) == before


def test_a_following_version_again_is_known_also_when_others_have_followed(study: Study, dump: Dump) -> None:
    text = file_of(study, "retire wait")
    take(study, text)
    follow(study, "clarify trust")
    before = dump(study.path)
    take(study, text)
    assert dump(study.path) == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "wait",
            "wait was merged into away in book@2; ask for away, or for the codings as they were: --codebook book@1",
        ),
        (
            "trust",
            "in book@2; ask for hope and fear, or for the codings as they were: --codebook book@1",
        ),
        ("leave", "leave was retired in book@2; ask for the codings as they were: --codebook book@1"),
        ("LEAVE", "leave was retired in book@2"),
        ("wiat", "there is no code 'wiat' in book@2"),
    ],
)
def test_a_code_that_ended_says_what_became_of_it(study: Study, name: str, sentence: str) -> None:
    follow(study, "merge wait, help into away", "split trust into hope, fear", "retire leave")
    with pytest.raises(NotFound) as refused:
        study.codings.list(Filters(codes=(name,)))
    assert sentence in refused.value.sentence
    with pytest.raises(QcodeError):
        study.code("P1", quote="on the phone", code=name)
