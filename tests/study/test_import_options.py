"""What a person writes of columns is taken as it stands or refused with what to write."""

from __future__ import annotations

import pytest

from qcode.errors import BadValue
from qcode.study.import_options import columns_from, endings, endings_together


def test_columns_have_roles_and_names_with_commas_in_them() -> None:
    assert columns_from("id=ID, text=What helped, and why?,TEXT=И что ещё?,attribute=age,attribute=sex = f") == (
        ("id", "ID"),
        ("text", "What helped, and why?"),
        ("text", "И что ещё?"),
        ("attribute", "age"),
        ("attribute", "sex = f"),
    )
    assert columns_from(" ") == ()


@pytest.mark.parametrize("written", ["who", "voice=A", "speaker=", "speaker=A,speaker=B", "=A"])
def test_what_says_no_column_is_refused(written: str) -> None:
    with pytest.raises(BadValue) as refused:
        columns_from(written)
    assert refused.value.mend


def test_endings_are_those_of_the_formats() -> None:
    assert {".docx", ".otr", ".csv", ".textgrid"} <= set(endings())
    assert endings_together() == [".textgrid"]
