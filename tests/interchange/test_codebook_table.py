"""Codebooks as tables of ours: read as people type them, written so that Excel does no harm."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import BadCodebook, BadValue, MissingExtra
from qcode.importers import workbook as workbook_guard
from qcode.interchange import codebook_table_write
from qcode.interchange.codebook_table import read, write
from tests.interchange.table_files import (
    Rows,
    part,
    remarks,
    taken,
    tree,
    with_part,
    workbook,
    workbook_of,
)

FULL = Code(
    key="FUND-HAND",
    name="Planned transition",
    parent="FUND",
    names=(("ru", "Передача"),),
    brief="Handed over",
    definition="Handed over,\nas planned",
    when='A "plan" is told',
    when_not="A sudden stop is FUND-STOP",
    examples=("They told us a year before.", "We knew it"),
    color="#7a3b69",
    origin="data",
    aliases=("Handover",),
    terms=(("en", ("transition", "hand over")), ("ru", ("переход",))),
)
VERSION = CodebookVersion("book", "1", (Code(key="FUND", name="Money", codable=False), FULL))


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_was_written_comes_back_equal_and_without_remarks(ending: str) -> None:
    assert read(write(VERSION, ending), "t", codebook="book", version="1") == (VERSION, ())


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_same_version_gives_the_same_bytes(ending: str) -> None:
    assert write(VERSION, ending) == write(VERSION, ending.upper())


def test_code_alone_is_needed_and_a_name_that_is_missing_is_the_key() -> None:
    assert taken("code\nTRUST\nДоверие\n").codes == (Code("TRUST", "TRUST"), Code("Доверие", "Доверие"))


def test_rows_may_stand_in_any_order_and_parents_are_found_ignoring_case() -> None:
    version = taken("code,parent\nb2,B\na1,A\nB,\nA,\nb1,b\nb21,B2\n")
    assert tree(version) == [
        *[("B", None), ("b2", "B"), ("b21", "b2"), ("b1", "B"), ("A", None), ("a1", "A")],
    ]


def test_column_names_are_compared_ignoring_case_blanks_and_underscores() -> None:
    code = taken(" CODE ,When Not,Colour\nA,not here,7A3B69\n").codes[0]
    assert (code.when_not, code.color) == ("not here", "#7A3B69")


@pytest.mark.parametrize("cell", ['"one\ntwo\n"', "one | two", '" one \r\n two "'])
def test_examples_stand_one_a_line_or_between_bars(cell: str) -> None:
    assert taken(f"code,examples\nA,{cell}\n").codes[0].examples == ("one", "two")


@pytest.mark.parametrize(("word", "codable"), [("", True), ("Yes", True), ("TRUE", True), ("no", False), ("0", False)])
def test_codable_is_a_word_for_yes_or_no(word: str, codable: bool) -> None:
    assert taken(f"code,codable\nA,{word}\n").codes[0].codable is codable


def test_names_and_terms_have_a_column_for_each_language() -> None:
    code = taken("code,name_ru,Name zh-Hans,terms_ru\nA,Деньги,钱,деньги | грант\n").codes[0]
    assert code.names == (("ru", "Деньги"), ("zh-Hans", "钱"))
    assert code.terms == (("ru", ("деньги", "грант")),)


def test_description_is_the_definition_where_there_is_no_such_column() -> None:
    assert taken("code,name,description\nA,a,what it is\n").codes[0].definition == "what it is"


def test_columns_that_are_not_read_are_told() -> None:
    assert remarks("code,name,Checked by,\nA,a,Ben,stray\n") == (
        "t.csv: columns that were not read: Checked by, those without a name of their own",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_makes_sense_of_the_head(delimiter: str) -> None:
    data = delimiter.join(["code", "name", "brief"]) + "\n" + delimiter.join(["A", '"a, b; c\td"', "x"])
    assert taken(data).codes[0].name == "a, b; c\td"


def test_one_column_needs_no_delimiter() -> None:
    assert [code.key for code in taken("code\nA; b\n").codes] == ["A; b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_are_read(encoding: str) -> None:
    assert taken("sep=;\r\ncode;name\r\nA;Деньги\r\n".encode(encoding)).codes == (Code("A", "Деньги"),)


def test_a_cell_that_a_spreadsheet_would_run_is_guarded_in_csv_and_plain_in_a_workbook() -> None:
    words = ("=1+1", "+7", "-Да", "@home", "'=1", "''@", "'quoted'")
    version = CodebookVersion("book", "1", tuple(Code(f"A{n}", word) for n, word in enumerate(words)))
    rows = csv.reader(io.StringIO(write(version, ".csv").decode("utf-8-sig"), newline=""))
    assert [row[2] for row in rows][1:] == ["'=1+1", "'+7", "'-Да", "'@home", "''=1", "'''@", "'quoted'"]
    sheet = openpyxl.load_workbook(io.BytesIO(write(version, ".xlsx")))["Codebook"]
    assert [(cell.value, cell.data_type) for cell in sheet["C"][1:5]] == [(word, "s") for word in words[:4]]
    assert taken(write(version, ".csv")) == taken(write(version, ".xlsx")) == version


def test_a_workbook_has_no_author_no_clock_and_cells_marked_as_text() -> None:
    data = write(VERSION, ".xlsx")
    assert b"1980-01-01T00:00:00Z" in part(data, "docProps/core.xml")
    assert b"<dc:creator></dc:creator>" in part(data, "docProps/core.xml")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Codebook"]
    assert (sheet["A2"].number_format, sheet.freeze_panes) == ("@", "B2")


def test_a_workbook_that_another_program_saved_again_still_comes_back() -> None:
    tricks = ("_x0041_", "x005F_", "\x07", "one\ntwo", "a | b", " x", "'=", "🙂", "exceed", "\r")
    version = CodebookVersion("book", "1", (Code("A", "a", definition=" ".join(tricks), examples=tricks),))
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(write(version, ".xlsx"))).save(out)
    assert taken(out.getvalue()) == version


def test_the_csv_has_a_byte_order_mark_and_plain_readable_cells() -> None:
    version = CodebookVersion("book", "1", (Code("A", "a", examples=("one", "two | three", "four\nfive")),))
    assert write(version, ".csv").decode("utf-8") == (
        "\ufeffcode,parent,name,brief,definition,when,when_not,examples,color,origin,codable,aliases\r\n"
        'A,,a,,,,,"one\ntwo _x007c_ three\nfour_x000a_five",,,yes,\r\n'
    )


def test_line_ends_of_other_systems_become_ours() -> None:
    assert taken('code,definition\r\nA,"one\r\ntwo\rthree"\r\n').codes[0].definition == "one\ntwo\nthree"
    assert taken(workbook([["code", "definition"], ["A", "one_x000D_\ntwo"]])).codes[0].definition == "one\r\ntwo"


def test_numbers_and_truths_in_a_workbook_are_the_text_that_is_shown() -> None:
    numbers: Rows = [[2024, None, True], [1.5, 2024.0, False], [1, None, None], [7, None, None]]
    data = workbook([["code", "parent", "codable"], *numbers], {"A4": "0.0", "A5": "000"})
    assert tree(taken(data)) == [("2024", None), ("[1.5]", "2024"), ("1.0", None), ("007", None)]


def test_a_formula_counts_as_the_value_last_shown() -> None:
    data = workbook([["code", "name"], ["A", "=1+1"]])
    assert taken(data).codes[0].name == "A"
    name = "xl/worksheets/sheet1.xml"
    sheet = part(data, name).replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    assert taken(with_part(data, name, sheet)).codes[0].name == "2"


def test_the_sheet_with_known_columns_is_read_and_the_others_are_told() -> None:
    data = workbook_of({"About": [["Our codebook"]], "Codes": [["code"], ["A"]], "Old": [["code"], ["B"]]})
    assert [code.key for code in taken(data).codes] == ["A"]
    assert remarks(data) == ("t.csv: the sheet Codes was read, not About, Old",)


def test_a_sheet_that_claims_a_million_rows_is_read_by_the_rows_it_has() -> None:
    data = workbook([["code"], ["A"]])
    name = "xl/worksheets/sheet1.xml"
    sheet = part(data, name).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert [code.key for code in taken(with_part(data, name, sheet)).codes] == ["A"]


def test_a_version_that_breaks_a_rule_or_fits_no_cell_is_not_written() -> None:
    def sentence(*codes: Code, ending: str = ".csv") -> str:
        with pytest.raises(BadCodebook) as told:
            write(CodebookVersion("book", "1", codes), ending)
        return told.value.sentence

    assert sentence(Code("A", "a", parent="B")) == "A: its parent B is not in the codebook"
    assert sentence(Code("A", "a", definition="\ud83d")) == (
        "code A: half a character (U+D83D), which no file can hold; write the character anew"
    )
    assert sentence(Code("A", "a", definition="🙂" * 16_384), ending=".xlsx") == (
        "code A: its definition is longer than a cell of a .xlsx holds (32,767 characters); write a .yaml instead"
    )
    for languages in ((" ru",), ("",), ("ru", "RU"), ("\ud83d",), ("x" * 300,)):
        names = tuple((language, "x") for language in languages)
        assert "cannot name a column; write a short one, such as ru" in sentence(Code("A", "a", names=names))


def test_another_ending_is_refused() -> None:
    with pytest.raises(BadValue, match=r"\.csv or \.xlsx, not '\.ods'"):
        write(VERSION, ".ods")


def test_without_the_libraries_the_sentence_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    data = write(VERSION, ".xlsx")
    monkeypatch.setattr(workbook_guard, "find_spec", lambda name: None)
    monkeypatch.setattr(codebook_table_write, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r'pip install "qcode-interviews\[xlsx\]"'):
        taken(data)
    with pytest.raises(MissingExtra, match=r'pip install "qcode-interviews\[xlsx\]"'):
        write(VERSION, ".xlsx")


@pytest.mark.parametrize(
    "heads",
    [
        ("Код", "Название", "Родитель", "Определение", "Когда использовать", "Когда не использовать", "Примеры"),
        ("Код", "Атауы", "Жоғарғы код", "Анықтама", "Қашан қолдану", "Қашан қолданбау", "Мысалдар"),
        ("Код", "Аталышы", "Жогорку код", "Аныктама", "Качан колдонуу", "Качан колдонбоо", "Мисалдар"),
        ("Kod", "Nomi", "Yuqori kod", "Ta'rif", "Qachon ishlatiladi", "Qachon ishlatilmaydi", "Misollar"),
        ("代码", "名称", "上级代码", "定义", "何时使用", "何时不使用", "示例"),
        (
            "Code",
            "Bezeichnung",
            "Übergeordneter Code",
            "Beschreibung",
            "Wann verwenden",
            "Wann nicht verwenden",
            "Ankerbeispiele",
        ),
    ],
)
def test_columns_may_be_named_in_the_languages_of_the_users(heads: tuple[str, ...]) -> None:
    rows = [heads, ("FUND", "Money", *[""] * 5), ("EXIT", "Exit", "FUND", "They leave", "told", "rumours", "gone")]
    version, told = read(workbook(rows), "book.xlsx", codebook="book", version="1.0")
    wanted = Code("EXIT", "Exit", "FUND", definition="They leave", when="told", when_not="rumours", examples=("gone",))
    assert (version.codes[1], told) == (wanted, ())


def test_a_column_of_ours_goes_before_one_in_another_language() -> None:
    rows = [("code", "definition", "Определение"), ("EXIT", "They leave", "Они уходят")]
    version, told = read(workbook(rows), "book.xlsx", codebook="book", version="1.0")
    assert version.codes[0].definition == "They leave"
    assert told == ("book.xlsx: columns that were not read: Определение",)
