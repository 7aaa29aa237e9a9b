"""Codebooks come from tables as first and as following versions, and go out as tables that change nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import BadCodebook, BadValue, Conflict, Unreadable
from qcode.interchange import codebook_table, codebook_yaml
from qcode.study.codebook_files import filled_up, next_number, read_file
from qcode.study.codebooks import CodebookImported
from qcode.study.study import Study, create
from tests.conftest import Dump

FULL = """\
code,parent,name,name_ru,name_de,brief,definition,when,examples,color,aliases,terms_en,terms_ru
HEAD,,Heading,,,,,,,,,,
TRUST,HEAD,Trust,Доверие,Vertrauen,in short,What trust is,now,one,#112233,faith,rely,верить
WAIT,HEAD,Waiting,Ожидание,Warten,,What waiting is,,,,,wait,ждать
"""


def table(folder: Path, text: str, name: str = "my book.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def full(study: Study, tmp_path: Path) -> Study:
    """Give the tiny study with a second codebook, `my-book@1.0`, from a full table."""
    study.codebooks.add(table(tmp_path, FULL))
    return study


def add(study: Study, folder: Path, text: str, *, changes: str = "", name: str = "") -> CodebookImported:
    declared = None
    if changes:
        declared = folder / "changes.yaml"
        declared.write_text(f"changes:\n{changes}", encoding="utf-8")
    return study.codebooks.add(table(folder, text), changes=declared, name=name)


def entry(study: Study, key: str) -> Code:
    return replace(study.codebooks.show_code(key, codebook="my-book"), id="")


@pytest.mark.parametrize(
    ("name", "label", "version"),
    [
        ("book two.csv", "", "book-two@1.0"),
        ("Доверие, 2.csv", "", "Доверие-2@1.0"),
        ("x.tsv", "mine@0.3", "mine@0.3"),
        ("x.CSV", "mine", "mine@1.0"),
        ("@.csv", "", "codebook@1.0"),
    ],
)
def test_a_table_is_a_first_version_named_by_its_file_or_as_said(
    study: Study, tmp_path: Path, name: str, label: str, version: str
) -> None:
    done = study.codebooks.add(table(tmp_path, "code,name\nA,Aa\n", name), name=label)
    assert (f"{done.codebook}@{done.version}", done.follows, done.codes) == (version, "", 1)
    assert study.codebooks.show(version).content.title == done.codebook


def test_the_same_table_again_is_known(full: Study, tmp_path: Path, dump: Dump) -> None:
    before = dump(full.path)
    done = full.codebooks.add(table(tmp_path, FULL))
    assert (done.known, done.version, dump(full.path)) == (True, "1.0", before)


def test_a_table_that_differs_is_the_next_version(full: Study, tmp_path: Path) -> None:
    done = add(full, tmp_path, FULL.replace("in short", "shorter"))
    assert (done.follows, done.version, [one.told.change for one in done.plan]) == ("1.0", "1.1", ["edit"])


LESS = {
    "names alone": "code,name\nHEAD,Heading\nTRUST,Trust\nWAIT,Waiting\n",
    "keys alone": "code\nHEAD\nTRUST\nWAIT\n",
    "one language": "code,name_ru,terms_ru\nHEAD,,\nTRUST,Доверие,верить\nWAIT,Ожидание,ждать\n",
    "an empty column": "code,parent,definition\nHEAD,,\nTRUST,HEAD,What trust is\nWAIT,HEAD,What waiting is\n",
}


@pytest.mark.parametrize("what", LESS)
def test_columns_that_are_missing_keep_what_was(full: Study, tmp_path: Path, what: str) -> None:
    before = full.codebooks.show("my-book").content
    assert add(full, tmp_path, LESS[what]).known
    done = add(full, tmp_path, LESS[what], name="my-book@2")
    assert (done.plan, full.codebooks.show("my-book").content.codes) == ((), before.codes)


def test_a_code_that_a_short_table_adds_is_new_and_the_tree_stays(full: Study, tmp_path: Path) -> None:
    done = add(full, tmp_path, "code,name\nWAIT,Waiting\nHEAD,Heading\nNEW,New\nTRUST,Trust\n")
    assert {one.told.change for one in done.plan} == {"add", "edit"}
    tree = [(depth, code.key) for depth, code in full.codebooks.show("my-book").content.walk()]
    assert tree == [(0, "HEAD"), (1, "WAIT"), (1, "TRUST"), (0, "NEW")]
    assert entry(full, "TRUST").definition == "What trust is"


def test_a_code_below_one_that_a_short_table_leaves_out_moves_up(full: Study, tmp_path: Path) -> None:
    add(full, tmp_path, "code,name\nTRUST,Trust\nWAIT,Waiting\n", changes="  - retire: HEAD\n")
    assert [code.parent for code in full.codebooks.show("my-book").content.codes] == [None, None]


def test_names_in_one_language_are_changed_and_the_others_stay(full: Study, tmp_path: Path) -> None:
    add(full, tmp_path, "code,name_ru\nHEAD,Заголовок\nTRUST,Вера\nWAIT,\n")
    assert entry(full, "TRUST").names == (("ru", "Вера"), ("de", "Vertrauen"))
    assert entry(full, "WAIT").names == (("de", "Warten"),)
    assert entry(full, "HEAD").names == (("ru", "Заголовок"),)


def test_a_renamed_code_keeps_what_the_table_has_no_column_for(full: Study, tmp_path: Path) -> None:
    before = entry(full, "TRUST")
    done = add(full, tmp_path, "code\nHEAD\nFAITH\nWAIT\n", changes="  - rename: TRUST\n    to: FAITH\n")
    assert [one.told.change for one in done.plan] == ["rename"]
    assert entry(full, "FAITH") == replace(before, key="FAITH")


def test_what_is_not_declared_is_refused_with_a_block_that_works(full: Study, tmp_path: Path, dump: Dump) -> None:
    text, before = "code,definition\nHEAD,\nTRUST,Something else\n", dump(full.path)
    with pytest.raises(BadCodebook) as refused:
        add(full, tmp_path, text)
    said, _, block = refused.value.sentence.partition("changes:\n")
    assert "Paste this into a YAML file of its own, name that with --changes" in said
    assert dump(full.path) == before
    done = add(full, tmp_path, text, changes=block)
    assert sorted(one.told.change for one in done.plan) == ["redefine", "retire"]


def test_the_block_of_a_table_with_some_changes_has_all(full: Study, tmp_path: Path) -> None:
    text, some = "code,definition\nHEAD,\nTRUST,Something else\n", "  - retire: WAIT\n    why: никто\n"
    with pytest.raises(BadCodebook) as refused:
        add(full, tmp_path, text, changes=some)
    block = refused.value.sentence.partition("changes:\n")[2]
    assert "retire: WAIT" in block
    assert len(add(full, tmp_path, text, changes=block).plan) == 2


def test_problems_are_those_of_the_version_not_of_the_short_table(full: Study, tmp_path: Path) -> None:
    problems = add(full, tmp_path, "code,brief\nHEAD,\nTRUST,another\nWAIT,\n").problems
    assert "definition" not in " ".join(one.what for one in problems if one.where == "TRUST")


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("starter", ["drug-treatment-ca", "generic-interview"])
def test_an_exported_table_that_comes_back_changes_nothing(
    study: Study, tmp_path: Path, dump: Dump, ending: str, starter: str
) -> None:
    study.codebooks.add(starter)
    file = tmp_path / f"{starter}{ending}"
    file.write_bytes(study.codebooks.export(starter, ending=ending))
    before, was = dump(study.path), study.codebooks.show(starter).content
    assert study.codebooks.add(file).known
    assert dump(study.path) == before
    done = study.codebooks.add(file, name=f"{starter}@9")
    assert (done.plan, done.follows) == ((), "1.0")
    now = study.codebooks.show(starter).content
    assert replace(now, version=was.version, note=was.note).sha256 == was.sha256


def test_a_table_of_a_later_version_comes_back_as_nothing_too(full: Study, tmp_path: Path) -> None:
    add(full, tmp_path, FULL.replace("in short", "shorter"))
    file = tmp_path / "my-book.csv"
    file.write_bytes(full.codebooks.export("my-book", ending=".csv"))
    assert full.codebooks.add(file).known
    assert len(full.codebooks.list()) == 3


OTHERS = {
    "atlas.csv": (
        "Code,Comment,Code Group 1\nTrust,What trust is,Feelings\nWait,,Feelings\n",
        {"Feelings", "Trust", "Wait"},
    ),
    "taguette.csv": (
        "tag,description,number of highlights\nTrust,What trust is,3\nTrust.Clinic,,1\n",
        {"Trust", "Clinic"},
    ),
    "nvivo.csv": ("Name,Description,Files,References\nTrust,What trust is,3,4\n", {"Trust"}),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_table_of_another_tool_is_read(study: Study, tmp_path: Path, name: str) -> None:
    text, _ = OTHERS[name]
    done = study.codebooks.add(table(tmp_path, text, name))
    found = study.codebooks.show(done.codebook).content
    assert next(code for code in found.codes if code.key.endswith("Trust")).definition == "What trust is"
    assert study.check() == []


def test_a_flat_table_of_another_tool_does_not_pull_the_tree_down(full: Study, tmp_path: Path) -> None:
    flat = "tag,description,number of highlights\nTRUST,What trust is,3\nWAIT,What waiting is,1\nHEAD,,0\n"
    study_before = [code.parent for code in full.codebooks.show("my-book").content.codes]
    full.codebooks.add(table(tmp_path, flat, "tags.csv"), name="my-book")
    assert [code.parent for code in full.codebooks.show("my-book").content.codes] == study_before


def test_remarks_tell_what_was_not_read(study: Study, tmp_path: Path) -> None:
    study.codebooks.add(table(tmp_path, "code,name,mood\nA,Aa,good\n"))
    assert study.remarks == ["my book.csv: columns that were not read: mood"]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_table_is_read_in_the_letters_in_which_excel_saves_it(study: Study, tmp_path: Path, encoding: str) -> None:
    text = "code;name;definition\r\nФОНД;Уход донора;Донор уходит\r\nСЕМЬЯ;Семья;Родня и соседи\r\n"
    (tmp_path / "свод.csv").write_bytes(text.encode(encoding))
    study.codebooks.add(tmp_path / "свод.csv", name="свод")
    found = study.codebooks.show("свод").content
    assert [(code.key, code.definition) for code in found.codes] == [
        ("ФОНД", "Донор уходит"),
        ("СЕМЬЯ", "Родня и соседи"),
    ]
    told = [one for one in study.remarks if "its letters were read as" in one]
    assert bool(told) == (encoding not in ("utf-16", "utf-8-sig"))


def test_a_short_table_of_russian_words_is_read_and_a_few_chinese_signs_are_not_taken_for_them(
    study: Study, tmp_path: Path
) -> None:
    (tmp_path / "short.csv").write_bytes("code;parent;name\r\nТЕМА;;Тема\r\nПОД;ТЕМА;Под\r\n".encode("cp1251"))
    study.codebooks.add(tmp_path / "short.csv")
    assert [code.name for code in study.codebooks.show("short").content.codes] == ["Тема", "Под"]
    (tmp_path / "few.csv").write_bytes("code;name\nA;信任\nB;恐惧\n".encode("gb18030"))
    study.codebooks.add(tmp_path / "few.csv")
    assert [code.name for code in study.codebooks.show("few").content.codes] == ["信任", "恐惧"]


def test_umlauts_of_a_german_table_are_read(study: Study, tmp_path: Path) -> None:
    (tmp_path / "buch.csv").write_bytes("code;name\nÄMTER;Ämter und Behörden\nGELD;Förderung\n".encode("cp1252"))
    study.codebooks.add(tmp_path / "buch.csv")
    assert [code.name for code in study.codebooks.show("buch").content.codes] == ["Ämter und Behörden", "Förderung"]
    assert study.remarks == [
        "buch.csv: its letters were read as cp1252; if letters look wrong, save it as 'CSV UTF-8' and import that"
    ]


def test_utf_8_with_broken_letters_is_refused(study: Study, tmp_path: Path) -> None:
    data = ("code,name\n" + "\n".join(f"К{n},Код {n}" for n in range(400))).encode()
    (tmp_path / "broken.csv").write_bytes(data[:-30] + b"\xff" + data[-30:])
    with pytest.raises(BadCodebook, match="it is not UTF-8"):
        study.codebooks.add(tmp_path / "broken.csv")


def test_a_list_of_codes_from_qualcoder_is_a_codebook_and_later_its_next_version(study: Study, tmp_path: Path) -> None:
    file = tmp_path / "our list.txt"
    file.write_text("Family>>mother\twho is meant\nmoney\n", encoding="utf-8")
    assert study.codebooks.add(file).codes == 3
    assert study.codebooks.show("our-list").content.by_key["mother"].definition == "who is meant"
    study.codings.add("P1", "money", start=0, end=3, codebook="our-list")
    file.write_text("Family>>mother\twho is meant\nFamily>>father\nmoney\n", encoding="utf-8")
    assert (study.codebooks.add(file).follows, study.codebooks.show("our-list").label) == ("1.0", "our-list@1.1")


WRONG = [
    (b"\xff\xfe\x00", "bad.csv", "it is not UTF-8"),
    (b"PK\x03\x04 nothing", "bad.xlsx", "the file is damaged or cut off"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old.xls", "an old .xls, or a workbook locked"),
    (b"", "empty.csv", "the table is empty"),
    (b"a,b\n1,2\n", "other.csv", "no column is called code"),
    (b"code,name\n", "head.csv", "column names and no codes"),
    (b"code,parent\nA,A\n", "circle.csv", "A"),
    (b"code,name\nA,Aa\na,Bb\n", "double.csv", "row 3"),
    (b"code,color\nA,blue\n", "color.csv", "the color 'blue' is none"),
]


@pytest.mark.parametrize(("data", "name", "why"), WRONG)
def test_what_is_no_table_of_codes_is_refused(
    study: Study, tmp_path: Path, dump: Dump, data: bytes, name: str, why: str
) -> None:
    (tmp_path / name).write_bytes(data)
    before = dump(study.path)
    with pytest.raises(BadCodebook) as refused:
        study.codebooks.add(tmp_path / name)
    assert name in refused.value.sentence
    assert why in refused.value.sentence
    assert dump(study.path) == before


def test_a_file_that_is_not_there_and_a_label_without_use_are_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="there is no file"):
        study.codebooks.add(tmp_path / "nowhere.csv")
    with pytest.raises(BadValue, match="says itself which codebook and version it is; leave out --as"):
        study.codebooks.add("generic-interview", name="mine@2")


def test_a_number_that_is_there_with_other_content_is_refused(full: Study, tmp_path: Path) -> None:
    add(full, tmp_path, FULL.replace("in short", "shorter"))
    with pytest.raises(Conflict, match=r"version 1\.0 of my-book is in the study already, with other content"):
        add(full, tmp_path, FULL.replace("in short", "shorter"), name="my-book@1.0")


def test_a_first_table_with_changes_follows_nothing_here(study: Study, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match=r"version 1\.0 of my-book follows"):
        add(study, tmp_path, "code\nA\n", changes="  - retire: B\n")


@pytest.mark.parametrize(
    ("version", "following"),
    [
        ("1", "2"),
        ("1.0", "1.1"),
        ("1.9", "1.10"),
        ("v2", "v3"),
        ("2.0-rc", "2.0-rc.1"),
        ("2024-05", "2024-6"),
        ("а", "а.1"),
    ],
)
def test_the_next_number_counts_on(version: str, following: str) -> None:
    assert next_number(version) == following


def test_a_file_is_read_with_the_lines_of_its_problems(tmp_path: Path) -> None:
    file = tmp_path / "book.yaml"
    file.write_text('codebook: b\nversion: "1"\ncodes:\n  - code: A\n    color: blue\n', encoding="utf-8")
    errors = [one for one in read_file(file).problems if one.level == "error"]
    assert [(one.where, one.what) for one in errors] == [("line 4, A", "the color 'blue' is none; write it as #7a3b69")]
    with pytest.raises(BadCodebook, match=r"book\.yaml, line 4, A: the color 'blue'"):
        read_file(file).raise_errors()


def test_a_table_filled_up_keeps_title_and_language(tmp_path: Path) -> None:
    codes = (Code("A", "Aa", brief="short"),)
    base = CodebookVersion("book", "1", codes, title="Title", language="ru", note="why", changes=())
    read, _ = codebook_table.read(b"code,name\nA,Other\n", "t.csv", codebook="book", version="")
    filled = filled_up(read, base)
    assert (filled.title, filled.language, filled.note, filled.version) == ("Title", "ru", "", "2")
    assert filled.codes == (Code("A", "Other", brief="short"),)
    assert codebook_yaml.read(codebook_yaml.write(filled), "x.yaml") == filled
    with create(tmp_path / "s.qcode") as study:
        study.codebooks.add_version(base)
