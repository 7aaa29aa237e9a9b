"""Codebooks written as YAML: every text comes back as it was, and the same version gives the same bytes."""

from __future__ import annotations

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import BadCodebook
from qcode.interchange.codebook_yaml import read, write

pytestmark = pytest.mark.usefixtures("parser")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NO",
            "1.0",
            "yes",
            "~",
            "null",
            "",
            "a: b",
            "a:",
            "- a",
            "#a",
            "a #b",
            " a",
            "a ",
            "a\tb",
            "'",
            '"',
            "\\",
            "%a",
        ),
        *("@a", "`a", "[a]", "{a}", "a, b", "*a", "&a", "!a", "|", ">", "?", "---", "...", "=", "<<", "a\nb", "a\nb\n"),
        *(
            "\n",
            "a\n\nb",
            " a\nb",
            "a \nb",
            "a\n b",
            "a\n\n",
            "🙂",
            "\x00\x07\x1b",
            "\x85",
            "a\u2028b",
            "\ufeffa",
            "\ufffe",
        ),
        *(
            "访谈",
            "Ұзақ",
            "oʻz",
            "x" * 300,
            "word " * 60 + "end",
            "Ein Satz. " * 20 + "Ende",
            "a  b " * 40 + "c",
            "a\rb",
        ),
    ],
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    code = Code(
        *("A" + text, text, None, False, ((text[:50], text), ("en", text)), text, text, text, text),
        *((text, text), text, text, (text, "B"), ((text[:50], (text, "c")), ("en", ()))),
    )
    child = Code(key="B", name=text, parent=code.key)
    changes = ((("split", "A" + text), ("into", ("B", text))),)
    version = CodebookVersion(text, text, (code, child), text, text, text, tuple(tuple(sorted(c)) for c in changes))
    written = write(version)
    assert read(written, "x") == version
    assert read(written.encode(), "x") == version
    assert write(read(written, "x")) == written


def test_a_long_text_has_a_sentence_to_a_line_and_does_not_wrap_anew_when_moved() -> None:
    text = "One sentence stands here. " * 3 + "Another one, which is rather longer than a line may be, " * 2 + "ends."
    written = write(CodebookVersion("a", "1", (Code("A", "", definition=text), Code("B", "", "A", definition=text))))
    folded = [line.strip() for line in written.splitlines() if "sentence" in line or "nother" in line or "ends" in line]
    assert folded[: len(folded) // 2] == folded[len(folded) // 2 :]
    assert folded[:3] == ["One sentence stands here."] * 3
    assert max(map(len, written.splitlines())) <= 120


def test_signs_of_all_scripts_are_written_as_themselves() -> None:
    written = write(CodebookVersion("a", "1", (Code("Стигма", "污名 🙂", names=(("uz", "oʻz"), ("kk", "Ұят"))),)))
    assert "code: Стигма\n    name: 污名 🙂\n    names: {uz: oʻz, kk: Ұят}\n" in written


def test_version_and_color_are_quoted_and_empty_fields_left_out() -> None:
    written = write(CodebookVersion("a", "1.0", (Code("A", "a", color="#112233", id="1"),)))
    assert written == 'codebook: a\nversion: "1.0"\ncodes:\n  - code: A\n    name: a\n    color: "#112233"\n'
    assert write(CodebookVersion("a", "1.0", ())) == 'codebook: a\nversion: "1.0"\ncodes: []\n'


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ((Code("A", "\ud800"),), "code A: half a character (U+D800)"),
        ((Code("\udfff", ""),), r"code \udfff: half a character"),
        ((Code("A", "", "B"),), "code A: its parent B is not above it"),
        ((Code("A", "", "B"), Code("B", "", "A")), "is not above it"),
        ((Code("A", "", names=(("ru", "x"), ("ru", "y"))),), "code A: two names in one language"),
        ((Code("A", "", terms=(("x" * 101, ()),)),), "a language of more than 100 characters"),
        (tuple(Code(f"C{n}", "", f"C{n - 1}" if n else None) for n in range(600)), "code C500: below 500 others"),
    ],
)
def test_what_no_file_can_hold_is_not_written(codes: tuple[Code, ...], told: str) -> None:
    with pytest.raises(BadCodebook) as error:
        write(CodebookVersion("a", "1", codes))
    assert told in error.value.sentence
    error.value.sentence.encode()


@pytest.mark.parametrize(
    "change", [(("explode", "A"),), (("to", "B"), ("why", "x")), (("retire", 1),), (("merge", "A"),)]
)
def test_an_unknown_change_is_not_written(change: tuple[tuple[str, object], ...]) -> None:
    with pytest.raises(BadCodebook, match="a change"):
        write(CodebookVersion("a", "1", (), changes=(change,)))
