"""Lists of codes that other tools wrote: each tool's way of nesting becomes our tree, and what was changed is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qcode.domain.codebook import check
from qcode.errors import BadCodebook
from qcode.interchange.codebook_table import write
from tests.interchange.table_files import Rows, remarks, shared_workbook, taken, tree, workbook

ATLAS: Rows = [
    ["Code", "Comment", "Code Group 1", "Code Group 2", "Code Group 3"],
    ["fear", "Being afraid_x000D_\nof the police", "Emotions", None, None],
    ["joy", None, None, "Places", "Emotions"],
    ["Places", "A code like its group", None, "Places", None],
    ["money, lack of", None, None, None, None],
]


NO_COMMA = "a key has no comma, tab, line break or other control character"


@pytest.mark.parametrize("workbook", [workbook, shared_workbook])
def test_code_groups_of_atlas_ti_become_headings_above_their_codes(workbook: Callable[[Rows], bytes]) -> None:
    version = taken(workbook(ATLAS))
    assert tree(version) == [
        *[("[Emotions]", None), ("fear", "Emotions")],
        *[("[Places (group)]", None), ("joy", "Places (group)"), ("Places", "Places (group)")],
        ("money; lack of", None),
    ]
    assert version.by_key["fear"].definition == "Being afraid\nof the police"
    assert version.by_key["money; lack of"].name == "money, lack of"


def test_what_became_of_an_atlas_ti_codebook_is_told() -> None:
    assert remarks(workbook(ATLAS), "a.xlsx") == (
        "a.xlsx: read as a list of codes from ATLAS.ti, by its columns",
        "a.xlsx, row 3: joy is in 2 groups; it stands below Places (group), not Emotions",
        "a.xlsx, row 5: the key of money, lack of is money; lack of: " + NO_COMMA,
        "a.xlsx: added as headings, having no row of their own: Emotions, Places (group)",
    )


def test_atlas_ti_without_groups_is_a_flat_list() -> None:
    assert tree(taken("Code,Comment\nfear,x\njoy,\n")) == [("fear", None), ("joy", None)]


TAGUETTE = (
    "tag,description,number of highlights,number of documents\n"
    "trust.police,Trust in the police,4,2\n"
    "money,,1,1\n"
    "trust,Trust in anybody,2,2\n"
    "care.hospital.police,,0,0\n"
)


def test_dots_in_a_tag_of_taguette_are_levels_and_missing_levels_become_headings() -> None:
    version = taken(TAGUETTE)
    assert tree(version) == [
        *[("money", None), ("trust", None), ("trust/police", "trust")],
        *[("[care]", None), ("[hospital]", "care"), ("care/hospital/police", "hospital")],
    ]
    assert [version.codes[n].name for n in (2, 5)] == ["police", "police"]
    assert version.by_key["trust/police"].definition == "Trust in the police"
    assert remarks(TAGUETTE) == (
        "t.csv: read as a list of codes from Taguette, by its columns",
        "t.csv: names that repeat got their path as key: trust/police, care/hospital/police",
        "t.csv: added as headings, having no row of their own: care, hospital",
    )


@pytest.mark.parametrize("column", ["path", "name"])
def test_older_tables_of_taguette_have_other_columns(column: str) -> None:
    assert tree(taken(f"{column},description,number of highlights\na.b,x,1\n")) == [("[a]", None), ("b", "a")]


def test_a_dot_beside_a_blank_is_no_level() -> None:
    assert tree(taken("tag,description\nSt. Petersburg etc.,\n")) == [("St. Petersburg etc.", None)]


def test_backslashes_in_the_code_table_of_nvivo_are_levels() -> None:
    data = (
        "Codes,Number of coding references,Aggregate number of coding references,Number of items coded\n"
        "Codes\\\\Stigma,1,4,1\nCodes\\\\Stigma\\in clinics,3,3,2\nCodes\\\\Law\\police,2,2,2\n"
    )
    assert tree(taken(data)) == [("Stigma", None), ("in clinics", "Stigma"), ("[Law]", None), ("police", "Law")]


def test_the_codebook_of_nvivo_has_names_and_descriptions() -> None:
    version = taken("Name;Description;Files;References\nU.S. funding;Money, mostly;3;9\n")
    assert [(code.key, code.definition) for code in version.codes] == [("U.S. funding", "Money, mostly")]


def test_the_code_list_of_maxqda_names_parents() -> None:
    data = (
        "Obercode\tCode\tCod. Seg. (alle Dokumente)\n"
        "\tTrust\t0\nTrust\tpolice\t3\nTrust\\police\tlocal\t1\npolice\tfederal\t1\nLaw > Courts\tjudge\t2\n"
    )
    assert tree(taken(data)) == [
        *[("Trust", None), ("police", "Trust"), ("local", "police"), ("federal", "police")],
        *[("[Law]", None), ("[Courts]", "Law"), ("judge", "Courts")],
    ]


def test_the_import_table_of_maxqda_has_paths_and_memos() -> None:
    version = taken("Code,Memo\nTrust,All trust\nTrust>police,\nTrust\\family,kin\n")
    assert tree(version) == [("Trust", None), ("police", "Trust"), ("family", "Trust")]
    assert [code.definition for code in version.codes] == ["All trust", "", "kin"]


DEDOOSE = "Id,Parent Id,Depth,Title,Description,Weighted\n"


def test_codes_of_dedoose_name_the_id_of_their_parent() -> None:
    version = taken(DEDOOSE + "2,1,1,police,in uniform,False\n1,,0,Trust,,False\n3,2,2,local,,False\n")
    assert tree(version) == [("Trust", None), ("police", "Trust"), ("local", "police")]


def test_ids_of_dedoose_that_lead_nowhere_or_round_are_told() -> None:
    with pytest.raises(BadCodebook) as told:
        taken(DEDOOSE + "1,9,0,A,,\n2,3,0,B,,\n3,2,0,C,,\n4,3,0,D,,\n")
    assert told.value.sentence == (
        "t.csv, row 2: there is no row with the id 9; write the id of another row in parent id, or nothing\n"
        "t.csv, row 4: the code stands below itself; give it another parent id"
    )


def test_the_code_list_of_qualcoder_has_no_column_names() -> None:
    version = taken("law\tThe law\nlaw>>courts>>judge\tWho judges, and how\nmoney\n")
    assert tree(version) == [("law", None), ("[courts]", "law"), ("judge", "courts"), ("money", None)]
    assert version.by_key["judge"].definition == "Who judges, and how"


def test_a_name_that_no_key_can_be_is_mended_and_told() -> None:
    data = 'tag,description\n"/a,b/",\na;b,\n"two\nlines",\n//,\n' + "x" * 300 + ",\n"
    version = taken(data)
    assert [code.key for code in version.codes] == ["a;b", "a;b (2)", "two lines", "code in row 5", "x" * 200]
    assert version.codes[0].name == "/a,b/"
    assert not [problem for problem in check(version) if problem.level == "error"]
    assert [line.split(",")[1].split(":")[0] for line in remarks(data)[1:]] == [" row 2", " row 3", " row 5", " row 6"]


def test_a_code_that_stands_there_twice_is_told() -> None:
    with pytest.raises(BadCodebook) as told:
        taken("tag,description\na.b,\nA.B,\n,x\n")
    assert told.value.sentence == (
        "t.csv, row 3: the code A / B stands in row 2 already (ignoring case); rename or delete one of them\n"
        "t.csv, row 4: the cell tag is empty; fill it, or delete the row"
    )


def test_a_path_of_thousands_of_levels_is_told() -> None:
    with pytest.raises(BadCodebook, match="row 2: the code a stands below more than 500 others"):
        taken("tag,description\n" + ".".join(["a"] * 40_000) + ",\n")


def test_colors_are_taken_where_they_are_some() -> None:
    version = taken("Code,Comment,Color\nfear,x,#FF0000\njoy,,00ff00\npain,,red\n")
    assert [code.color for code in version.codes] == ["#FF0000", "#00ff00", ""]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_was_read_from_another_tool_is_written_and_read_as_ours(ending: str) -> None:
    version = taken(TAGUETTE)
    assert taken(write(version, ending)) == version
