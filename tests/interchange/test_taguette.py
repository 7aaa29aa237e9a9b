"""A project of Taguette's database comes in with its tags, its readable text and nobody's password."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.domain.codebook import check
from qcode.domain.parcel import Parcel
from qcode.errors import NotFound, Unreadable
from qcode.interchange import databases
from qcode.interchange.marked_up_text import MarkedUpText
from tests.interchange.database_files import TAGUETTE, Rows, database, sample

WHEN = "2024-03-05 09:08:07.123456"


def document(number: int, contents: object, name: str = "one", project: int = 1) -> tuple[object, ...]:
    return (number, name, "", "one.html", WHEN, project, "LEFT_TO_RIGHT", contents)


def project(rows: Rows) -> Parcel:
    base: Rows = {
        "projects": [(1, "Пилот", "", WHEN)],
        "tags": [(1, 1, "trust", "believing")],
        "highlight_tags": [(1, 1)],
    }
    return databases.read(database(TAGUETTE, base | rows), "taguette.sqlite3")


def test_a_real_project_comes_in_with_every_quote() -> None:
    parcel = databases.read(sample("taguette_1.5.2_project.sqlite3"), "taguette.sqlite3")
    (transcript,) = parcel.transcripts
    assert transcript.text.split("\n") == [
        "Interviewer: How did you find the new café? 😀",
        "Ana: It was… fine, mostly.",
        "Ana: The café was loud 🎧🎧, but people were kind.",
    ]
    keys = {one.id: one.key for one in parcel.versions[0].codes}
    assert [(one.quote, keys[one.code], one.coder) for one in parcel.codings] == [
        ("The café was loud 🎧🎧", "noise", None),
        ("The café was loud 🎧🎧", "interesting", None),
        ("people were kind", "kindness", None),
        ("loud 🎧🎧, but people", "noise", None),
    ]
    assert all(transcript.text[one.start : one.end] == one.quote for one in parcel.codings)
    assert (parcel.name, parcel.quotes_agree, parcel.lost, parcel.coders) == ("Café pilot", 4, (), ())
    assert [one.text for one in parcel.memos] == ["Two short interviews", "first"]


def test_full_stops_in_tags_make_a_tree_whose_missing_headings_are_added() -> None:
    (version,) = databases.read(sample("taguette_1.5.2_project.sqlite3"), "taguette.sqlite3").versions
    assert [(depth, one.key, one.codable, one.definition) for depth, one in version.walk()] == [
        (0, "interesting", True, "Further review required"),
        (0, "place", True, "top level"),
        (1, "noise", True, "loud things"),
        (1, "atmosphere", False, ""),
        (2, "kindness", True, ""),
    ]
    assert not [one for one in check(version) if one.level == "error"]


@pytest.mark.parametrize("tag", ["Dr. Who", ".hidden", "end.", "a..b", "..."])
def test_a_full_stop_that_parts_no_words_is_part_of_the_tag(tag: str) -> None:
    (version,) = project({"documents": [document(1, "<p>x</p>")], "tags": [(1, 1, tag, "")]}).versions
    assert [one.name for one in version.codes] == [tag]


def test_a_tag_that_names_the_tag_above_it_stands_below_it() -> None:
    schema = (*TAGUETTE, "ALTER TABLE tags ADD COLUMN parent_id INTEGER")
    tags = [
        (1, 1, "place", "", None),
        (2, 1, "noise.loud", "", 1),
        (3, 1, "place.door", "", 1),
        (4, 1, "round", "", 5),
        (5, 1, "about", "", 4),
        (6, 1, "lone", "", 99),
    ]
    rows: Rows = {"projects": [(1, "P", "", WHEN)], "documents": [document(1, "<p>x</p>")], "tags": tags}
    (version,) = databases.read(database(schema, rows), "taguette.sqlite3").versions
    found = {"/".join([*(up.key for up in reversed(version.ancestors(one.key))), one.key]) for one in version.codes}
    assert {"place", "place/noise/loud", "place/door", "lone"} <= found
    assert not [one for one in check(version) if one.level == "error"]


def test_a_first_line_end_in_set_text_counts_for_no_highlight() -> None:
    contents = "<p>a</p><pre>\nслово два</pre>"
    start = len("aслово ".encode())
    rows: Rows = {"documents": [document(1, contents)], "highlights": [(1, 1, start, start + 6, "<p>два</p>")]}
    parcel = project(rows)
    assert ([one.quote for one in parcel.codings], parcel.quotes_agree) == (["два"], 1)


def test_accounts_are_not_read() -> None:
    rows: Rows = {
        "users": [("secretlogin", WHEN, "scrypt:abc", "who@example.org")],
        "commands": [(1, "secretlogin", "{}")],
        "documents": [document(1, "<p>x</p>")],
    }
    parcel = project(rows)
    shown = repr(parcel) + repr(parcel.codings)
    assert "secretlogin" not in shown and "scrypt" not in shown and "example.org" not in shown
    assert any("passwords" in one for one in parcel.remarks)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one</p>\n<p>two</p>", "one\ntwo"),
        ("<p>one</p> <p>two</p>", "one \ntwo"),
        ("<p>one</p>\r\n\r\n<p>two</p>", "one\n\ntwo"),
        ("<h1>Title</h1><p>one<br>two<br><br>three</p>", "Title\none\ntwo\n\nthree"),
        ("<p>one<br/>\ntwo</p>", "one\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>end", "one\ntwo\nend"),
        ("<p>one\nline</p>", "one line"),
        ("<pre>two\nlines</pre><p>x", "two\nlines\nx"),
        ("<p>x</p><PRE class='a'>\r\ntwo\nlines</pre>", "x\ntwo\nlines"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<div><p>one</p></div><div><div><p>two</p></div></div>", "one\ntwo"),
        ("a <b>bold</b>, <a href='x>y' title=\"<i>\">link</a>", "a bold, link"),
        ("&lt;p&gt; &amp;amp; &eacute; &#128512; &#xD800;", "<p> &amp; é 😀 \ufffd"),
        ("1 < 2 and 3 <4 <!-- not > this --> end <!doctype x>", "1 < 2 and 3 <4  end "),
        ("\ufeff<p>x</p>\0", "x"),
        ("<p>شكرا <b>לך</b> 谢谢</p>", "شكرا לך 谢谢"),
        ("text <b", "text "),
        ("text <!-- open", "text "),
        ("&#" + "9" * 9_000 + ";x", "\ufffdx"),
        ("", ""),
    ],
)
def test_a_document_is_stored_as_people_read_it(source: str, text: str) -> None:
    assert MarkedUpText(source).kept.text == text


def test_pictures_and_links_are_told() -> None:
    parcel = project({"documents": [document(1, '<p>a <img src="x"> <a href="https://example.org">b</a></p>')]})
    assert [(one.what, one.n) for one in parcel.lost] == [("pictures in texts", 1), ("addresses of links", 1)]


@pytest.mark.parametrize("words", ["дерево", "😀 ло", "<", "ко\nи", "о"])
def test_a_highlight_stands_where_its_bytes_are(words: str) -> None:
    contents = "<p>Где <b>дерево</b>?</p><p>😀 локо\nи x &lt; y</p>"
    plain = contents.replace("&lt;", "<").replace("<p>", "").replace("</p>", "").replace("<b>", "").replace("</b>", "")
    start = len(plain[: plain.index(words)].encode())
    snippet = words.replace("<", "&lt;")
    parcel = project(
        {
            "documents": [document(1, contents)],
            "highlights": [(1, 1, start, start + len(words.encode()), f"<p>{snippet}</p>")],
        }
    )
    assert [one.quote for one in parcel.codings] == [words.replace("\n", " ")]
    assert parcel.quotes_agree == 1


def test_a_highlight_over_two_paragraphs_has_the_line_end_between_them() -> None:
    parcel = project(
        {
            "documents": [document(1, "<p>one two</p><p>three four</p>")],
            "highlights": [(1, 1, 4, 12, "<p>two</p><p>three</p>")],
        }
    )
    assert [one.quote for one in parcel.codings] == ["two\nthree"]
    assert parcel.quotes_agree == 1


def test_a_highlight_at_the_border_of_a_paragraph_does_not_take_the_line_end() -> None:
    parcel = project(
        {
            "documents": [document(1, "<p>one</p><p>two</p><p>three</p>")],
            "highlights": [(1, 1, 3, 6, "<p>two</p>")],
        }
    )
    assert [(one.start, one.end, one.quote) for one in parcel.codings] == [(4, 7, "two")]


@pytest.mark.parametrize(("start", "end"), [(1, 3), (5, 2), (-1, 3), (0, 99), (0, 0), ("x", 3), (2**62, 2**63 - 1)])
def test_a_highlight_that_has_no_place_is_a_loss(start: object, end: object) -> None:
    parcel = project({"documents": [document(1, "<p>éé</p>")], "highlights": [(1, 1, start, end, "")]})
    assert (parcel.codings, sum(one.n for one in parcel.lost)) == ((), 1)


def test_highlights_without_a_tag_or_a_text_are_lost() -> None:
    rows: Rows = {
        "documents": [document(1, "<p>one two</p>"), document(2, "<p> </p>")],
        "highlights": [(1, 1, 0, 3, "one"), (2, 1, 4, 7, "two"), (3, 2, 0, 1, ""), (4, 1, 0, 3, "one")],
        "highlight_tags": [(1, 1), (4, 99)],
    }
    parcel = project(rows)
    assert [one.quote for one in parcel.codings] == ["one"]
    assert sum(one.n for one in parcel.lost) == 4


def test_of_several_projects_one_must_be_named() -> None:
    rows: Rows = {
        "projects": [(1, "First", "", WHEN), (2, "Зеркало", "", WHEN), (3, "First", "", WHEN)],
        "documents": [
            document(1, "<p>one</p>"),
            document(2, "<p>two</p>", "two", 2),
            document(3, "<p>three</p>", "three", 3),
        ],
        "tags": [(1, 1, "a", ""), (2, 2, "b", ""), (3, 3, "c", "")],
        "highlights": [(1, 1, 0, 3, "one"), (2, 2, 0, 3, "two"), (3, 3, 0, 5, "three")],
        "highlight_tags": [(1, 1), (2, 2), (3, 3)],
    }
    data = database(TAGUETTE, rows)
    with pytest.raises(Unreadable, match=r"3 projects: First \(1\), Зеркало \(2\), First \(3\); .*--project NAME"):
        databases.read(data, "t.sqlite3")
    parcel = databases.read(data, "t.sqlite3", project="зеркало")
    assert ([one.name for one in parcel.transcripts], [one.quote for one in parcel.codings]) == (["two"], ["two"])
    assert parcel.lost == ()
    assert databases.read(data, "t.sqlite3", project="3").transcripts[0].name == "three"
    for wrong in ("First", "Nobody", "9"):
        with pytest.raises(NotFound, match="not one project"):
            databases.read(data, "t.sqlite3", project=wrong)


def test_two_tags_of_one_name_are_one_code() -> None:
    rows: Rows = {
        "documents": [document(1, "<p>one</p>")],
        "tags": [(1, 1, "a", "first"), (2, 1, "a", "again"), (3, 1, "A", "large")],
        "highlights": [(1, 1, 0, 3, "one")],
        "highlight_tags": [(1, 2)],
    }
    parcel = project(rows)
    assert [(one.key, one.definition) for one in parcel.versions[0].codes] == [("a", "first"), ("A (2)", "large")]
    assert parcel.codings[0].code == parcel.versions[0].codes[0].id


def test_a_tag_of_a_thousand_parts_is_refused() -> None:
    deep: Rows = {"documents": [document(1, "<p>x</p>")], "tags": [(1, 1, ".".join("a" * 300), "")]}
    assert len(project(deep).versions[0].codes) == 300
    with pytest.raises(Unreadable, match="parts"):
        project({**deep, "tags": [(1, 1, "a." * 100_000 + "a", "")]})


def test_markup_without_end_takes_no_longer_than_its_length() -> None:
    for source in (
        "<" * 300_000,
        "<a " * 200_000,
        '<a href="' * 100_000,
        "<!--" * 200_000,
        "&#" * 200_000,
        "<p>" * 200_000,
    ):
        assert len(MarkedUpText(source).kept.text) <= len(source)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<br>", "<b>", "</b>", " ", "\n", "слово", "😀", "a", "ж", "x" * 1_500, "字" * 999]
        ),
        max_size=20,
    ),
    st.data(),
)
def test_every_stretch_of_words_is_found_by_its_bytes(parts: list[str], data: st.DataObject) -> None:
    words = [one for one in parts if not one.startswith("<")]
    plain = "".join(words)
    text = MarkedUpText("".join(parts))
    start = data.draw(st.integers(0, len(plain)))
    end = data.draw(st.integers(start, len(plain)))
    span = text.place(len(plain[:start].encode()), len(plain[:end].encode()))
    if plain[start:end].strip():
        assert span is not None
        assert "".join(text.kept.text[span[0] : span[1]].split()) == "".join(plain[start:end].split())
