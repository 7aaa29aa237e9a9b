"""Lists as files: the same rows in every format."""

from __future__ import annotations

import io
import zipfile

import pytest

from qcode.errors import BadValue
from qcode.reports.listing import written

ROWS = [{"name": "Айгүл", "of": ["a", "b"], "n": 3}, {"name": "王"}]
COLUMNS = ("name", "of", "n")


def test_csv_and_json_hold_the_rows() -> None:
    assert written(ROWS, COLUMNS, ".csv", title="T").decode() == "name,of,n\nАйгүл,a; b,3\n王,,\n"
    assert written(ROWS[1:], COLUMNS, ".JSON", title="T").decode() == '[\n {"name": "王"}\n]\n'


@pytest.mark.parametrize(("ending", "part"), [(".docx", "word/document.xml"), (".xlsx", "xl/sharedStrings.xml")])
def test_word_and_excel_hold_the_words(ending: str, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written(ROWS, COLUMNS, ending, title="T"))) as file:
        assert "Айгүл" in file.read(part).decode()


def test_an_ending_that_is_none_is_refused() -> None:
    with pytest.raises(BadValue):
        written(ROWS, COLUMNS, ".exe", title="T")
