"""QualCoder's lists of codes in plain text become codebooks: the one that it exports, and the one that it imports."""

from __future__ import annotations

import pytest

from qcode.domain.codebook import CodebookVersion, check
from qcode.errors import BadCodebook
from qcode.interchange.code_list_text import is_code_list, read
from tests.interchange.table_files import tree

EXPORTED = """Codebook for Invented
========
Category:Family, catid:1, Owner: ana
Memo: who is at home
and who is not
--Category:Home, catid:2, Owner: ana
--Memo: 
----Code: calm, quiet, cid:4, Frq: 12, Owner: ana
----Memo: nobody shouts: rare
--Code: mother, cid:5, Frq: 0, Owner: ben
--Memo: 
----Code: her work, cid:7, Frq: 1, Owner: ben
----Memo: 
Code: money, cid:6, Frq: 3, Owner: ana
Memo: """  # noqa: W291 (as QualCoder writes them)

LISTED = "Family>>Home>>calm\tnobody shouts\nFamily>>mother\n\nmoney\tany, also debts\n"


def taken(text: str) -> CodebookVersion:
    assert is_code_list(text)
    return read(text, "list.txt", codebook="book", version="1")[0]


def test_the_tree_of_an_exported_codebook_is_kept_with_categories_as_headings() -> None:
    assert tree(taken(EXPORTED)) == [
        *[("[Family]", None), ("[Home]", "Family"), ("calm; quiet", "Home"), ("mother", "Family")],
        *[("her work", "mother"), ("money", None)],
    ]


def test_memos_of_an_exported_codebook_are_definitions_over_several_lines_too() -> None:
    by_key = taken(EXPORTED).by_key
    assert by_key["family"].definition == "who is at home\nand who is not"
    assert (by_key["calm; quiet"].definition, by_key["home"].definition) == ("nobody shouts: rare", "")
    assert by_key["calm; quiet"].name == "calm, quiet"


def test_an_exported_codebook_is_read_whatever_language_the_program_spoke() -> None:
    german = EXPORTED.replace("Category:", "Kategorie:").replace("Owner:", "Besitzer:").replace("Memo:", "Notiz:")
    assert taken(german).codes == taken(EXPORTED).codes
    chinese = EXPORTED.replace("Category:", "类别：").replace("Code: ", "代码：")
    assert taken(chinese).codes == taken(EXPORTED).codes


def test_a_list_has_a_code_a_line_below_its_categories_and_a_memo_behind_a_tab() -> None:
    version = taken(LISTED)
    assert tree(version) == [
        *[("[Family]", None), ("[Home]", "Family"), ("calm", "Home"), ("mother", "Family")],
        ("money", None),
    ]
    assert version.by_key["money"].definition == "any, also debts"
    assert [one for one in check(version) if one.level == "error"] == []


def test_what_was_read_is_told() -> None:
    told = [read(text, "list.txt", codebook="book", version="1")[1] for text in (EXPORTED, LISTED)]
    assert told == [
        ("list.txt: read as a codebook that QualCoder exported",),
        ("list.txt: read as a list of codes from QualCoder, CATEGORY>>CODE",),
    ]


@pytest.mark.parametrize(
    "text", ["I: How are you?\nR: Well, thanks.\n", "codebook: a\nnote: b>>c\n", "trust\nfear\n", ""]
)
def test_another_text_is_no_list_of_codes(text: str) -> None:
    assert not is_code_list(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A>>b\na>>B\n", "list.txt, line 2: the code B stands in line 1 already; rename or delete one of them"),
        ("A>>\n", "list.txt, line 1: a name is missing; write CATEGORY>>CODE, or CODE alone"),
    ],
)
def test_a_line_that_is_no_code_is_refused_with_its_number(text: str, why: str) -> None:
    with pytest.raises(BadCodebook) as refused:
        taken(text)
    assert refused.value.sentence == why
