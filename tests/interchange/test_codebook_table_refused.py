"""Tables that are no codebook: all that is wrong is told with file and row, and nothing harmful is opened."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest

from qcode.errors import BadCodebook
from tests.interchange.table_files import part, shared_workbook, taken, tree, with_part, workbook


def refused(data: bytes | str) -> str:
    with pytest.raises(BadCodebook) as told:
        taken(data, "t.csv")
    return told.value.sentence


BAD = {
    "code,name\n,\n": "t.csv: the table has column names and no codes; write a code in each row",
    "code,name\n,x\n": "t.csv, row 2: the cell code is empty; fill it, or delete the row",
    "code,parent\nA,B\n": (
        "t.csv, row 2: its parent B is not in the table; add a row for it, or write the key of another row"
    ),
    "code\nTrust\n\nTRUST\n": (
        "t.csv, row 4: the code TRUST stands in row 2 already (keys ignore case); rename or delete one of them"
    ),
    "code,parent\nA,a\n": "t.csv, row 2: the code A stands below itself; give it another parent, or none",
    "code,codable\nA,maybe\n": ("t.csv, row 2: codable is 'maybe'; write yes, or no for a code that is only a heading"),
    "code,color\nA,red\n": "t.csv, row 2: A: the color 'red' is none; write it as #7a3b69",
    'code,name\n"A, b",x\n': "t.csv, row 2: A, b: a key has no comma, tab, line break or other control character",
    "code,aliases\nA,x\nB,X\n": "t.csv, row 3: B: its alias X is the key or alias of A",
    "Code,code\nA,B\n": "t.csv, row 1: two columns are called code; delete one",
    "code,name\nA,b,c\n": (
        "t.csv, row 2: it has more cells than there are columns; "
        "put quotes around a cell that holds a comma or semicolon"
    ),
    'code,name\nA,"b\nC,c\n': (
        't.csv, row 2: its cells cannot be told apart; look for a quote (") that is not closed, '
        "or not written twice inside a cell"
    ),
    "colour,rule\nA,b\n": (
        "t.csv, row 1: no column is called code; name the columns code, parent, name, brief, definition, "
        "when, when_not, examples, color (code alone will do)"
    ),
    "": "t.csv: the table is empty; give it a row of column names: code, parent, name ...",
    " \n\n": "t.csv: the table is empty; give it a row of column names: code, parent, name ...",
    "code\nA\0\n": "t.csv: it holds NUL bytes, so it is no table; save it as 'CSV UTF-8', or as .xlsx",
}


@pytest.mark.parametrize(("data", "sentence"), BAD.items())
def test_what_is_wrong_is_told_with_its_row_and_how_to_mend_it(data: str, sentence: str) -> None:
    assert refused(data) == sentence


def test_all_rows_that_are_wrong_are_told_up_to_ten() -> None:
    told = refused("code,parent,codable\nA,A,yes\n,,\nB,X,\n,B,\nC,,perhaps\n").split("\n")
    assert [line.split(":")[0] for line in told] == ["t.csv, row 2", "t.csv, row 4", "t.csv, row 5", "t.csv, row 6"]
    many = refused("code,name\n" + ",x\n" * 1_012).split("\n")
    assert (len(many), many[-1]) == (11, "and 1,002 more")


def test_each_code_of_a_circle_is_told_and_none_below_it() -> None:
    told = refused("code,parent\nTOP,\nA,C\nB,A\nC,B\nBELOW,C\nLEAF,BELOW\n")
    assert [line.split(" stands")[0] for line in told.split("\n")] == [
        *("t.csv, row 3: the code A", "t.csv, row 4: the code B", "t.csv, row 5: the code C")
    ]


def test_a_circle_and_a_chain_of_thousands_are_told_at_once() -> None:
    chain = "code,parent\n" + "".join(f"C{n},{f'C{n - 1}' if n else ''}\n" for n in range(15_000))
    assert refused(chain).endswith("the code C500 stands below 500 others; a codebook holds no deeper tree")
    assert refused(chain.replace("C0,\n", "C0,C14999\n", 1)).endswith("and 14,990 more")


def test_too_long_a_cell_and_too_many_rows_are_refused() -> None:
    assert refused(f"code,name\nA,{'x' * 100_001}\n") == (
        "t.csv, row 2: a cell has 100,001 characters; shorten it to 100,000"
    )
    assert taken(f"code,definition\nA,{'x' * 100_000}\n").codes[0].definition == "x" * 100_000
    assert refused("code\n" + "".join(f"C{n}\n" for n in range(20_001))) == (
        "t.csv: more than 20,000 rows; is this a codebook?"
    )
    assert len(taken("code\n" + "".join(f"C{n}\n" for n in range(20_000))).codes) == 20_000


def test_another_encoding_is_refused_with_what_to_save_it_as() -> None:
    assert refused("code,name\nA,Деньги\n".encode("cp1251")) == (
        "t.csv: it is not UTF-8; save it as 'CSV UTF-8', or as .xlsx"
    )
    assert refused(b"\xff\xfec").startswith("t.csv: it is not UTF-8")


def test_an_old_or_locked_workbook_is_refused_with_what_to_save_it_as() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == (
        "t.csv: an old .xls, or a workbook locked with a password; "
        "save it as .xlsx without a password, or as 'CSV UTF-8'"
    )


def test_a_code_that_excel_made_a_date_is_told() -> None:
    assert refused(workbook([["code"], [datetime.datetime(2025, 2, 1)]])) == (
        "t.csv, row 2: the cell code holds a date (2025-02-01); "
        "mark the column as text in Excel and type the code again"
    )


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(out.getvalue()).startswith("t.csv: it is no Excel workbook; save the table as .xlsx")


def test_a_workbook_that_is_cut_off_or_broken_inside_is_refused() -> None:
    data = workbook([["code"], ["A"]])
    for end in (4, 30, len(data) // 2, len(data) - 1):
        assert refused(data[:end]).startswith("t.csv: the file is damaged or cut off; open it in Excel")
    broken = with_part(data, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>")
    assert refused(broken).startswith("t.csv: the workbook cannot be read; open it in Excel")


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_with_entities_is_not_opened(name: str, encoding: str) -> None:
    data = shared_workbook([["code"], ["A"]])
    whole = part(data, name).decode()
    start = whole.index("<", 1)
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa">]>'
    spiked = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{whole[start:]}'.encode(encoding)
    assert refused(with_part(data, name, spiked)) == (
        "t.csv: the file declares XML entities, which no workbook needs, and was not opened; "
        "open it in Excel or LibreOffice and save it again as .xlsx, or as 'CSV UTF-8'"
    )


BOMB = "t.csv: the file unpacks to far more than a codebook can hold and was not opened; is this a codebook?"


def test_a_zip_bomb_is_not_opened() -> None:
    data = workbook([["code"], ["A"]])
    assert refused(with_part(data, "xl/media/x.bin", bytes(9_000_000))) == BOMB
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        for n in range(10_001):
            archive.writestr(f"x{n}", b"")
    assert refused(out.getvalue()) == BOMB
    name = "xl/worksheets/sheet1.xml"
    row = b"<row>" + b'<c r="A2"/>' * 500_001 + b"</row></sheetData>"
    assert refused(with_part(data, name, part(data, name).replace(b"</sheetData>", row))) == BOMB


def test_a_row_far_below_ends_the_sheet() -> None:
    data, name = workbook([["code"], ["A"]]), "xl/worksheets/sheet1.xml"
    sheet = part(data, name).replace(b'r="2"', b'r="99999999999"')
    assert refused(with_part(data, name, sheet)).startswith("t.csv: the table has column names and no codes")


def test_an_odd_workbook_makes_no_noise(capsys: pytest.CaptureFixture[str]) -> None:
    data = workbook([["code"], ["A"]])
    styles = part(data, "xl/styles.xml").replace(b'xfId="0"', b'xfId="99"')
    assert refused(with_part(data, "xl/styles.xml", styles)).startswith("t.csv: the workbook cannot be read")
    assert capsys.readouterr() == ("", "")


def test_one_long_text_in_very_many_cells_is_refused() -> None:
    rows = [["code", "name"], *([f"C{n}", "x" * 30_000] for n in range(2_000))]
    assert refused(shared_workbook(rows)) == "t.csv: more text than a codebook can hold; is this a codebook?"


def test_a_part_packed_otherwise_than_excel_does_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "packed in a way that Excel does not read" in refused(out.getvalue())


PASSAGES = [
    "id,document,tag,content\n1,P1,trust,nobody called\n1,P1,fear,nobody called\n",
    "File,Coder,Coded,Id,Codename,Coded_Memo,Category\nP1,ana,nobody called,1,trust,,Cat\n",
    "id,transcript,start,end,quote,code,coder,created_at,codebook,version,status,memo\n1,P1,0,4,word,trust,ana,,,,,\n",
    "Media Title,Excerpt Range,Excerpt Copy,Codes Applied Combined\nP1,0-4,word,trust\n",
    "ID,Document,Quotation Content,Codes\n3:10,P1,word,trust\n",
    "Color,Comment,Document group,Document name,Code,Beginning,End,Segment\n,,g,P1,trust,1,1,word\n",
]


@pytest.mark.parametrize("text", PASSAGES)
def test_a_table_of_coded_passages_is_refused_with_where_codes_and_passages_come_in(text: str) -> None:
    told = refused(text)
    assert told.startswith("t.csv: a table of coded passages, not of codes; let the other program export its codebook")
    assert "the columns are called transcript, code and quote (qcode coding import FILE)" in told
    assert "word" not in told and "nobody" not in told


def test_a_codebook_with_a_column_of_quotes_and_one_of_files_is_read() -> None:
    assert tree(taken("code,name,definition,quote,file\nA,Aa,what A is,words,P1\n")) == [("A", None)]
