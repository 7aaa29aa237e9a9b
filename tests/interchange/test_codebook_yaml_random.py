"""Random codebooks survive writing and reading; random damage to a file never ends in anything but a sentence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.errors import BadCodebook
from qcode.interchange.codebook_yaml import read, write

SIGNS = st.characters(exclude_categories=["Cs"])
ODD = [
    "\n",
    " ",
    "\t",
    ": ",
    " #",
    "- ",
    '"',
    "'",
    "\\",
    "~",
    "no",
    "1.0",
    "слово",
    "字",
    "🙂",
    "Ende. ",
    "\u2028",
    "\ufeff",
]
TEXTS = st.one_of(
    st.text(SIGNS, max_size=30),
    st.lists(st.sampled_from([*ODD, "word", "Wort."]), max_size=40).map("".join),
    st.lists(st.sampled_from(["word", "слово", "Ende.", "a", "("]), min_size=20, max_size=60).map(" ".join),
)
LISTS = st.lists(TEXTS, max_size=8).map(tuple)
LANGUAGES = st.one_of(st.sampled_from(["ru", "no", "zh-Hans"]), st.text(SIGNS, max_size=8))
FILLED = st.text(SIGNS, min_size=1, max_size=10)
CHANGES = st.one_of(
    st.builds(lambda a, b: (("into", b), ("split", a)), FILLED, st.lists(FILLED, min_size=1).map(tuple)),
    st.builds(lambda a, b, c: (("into", b), ("merge", a), ("why", c)), st.just(("A", "B")), FILLED, FILLED),
    st.builds(lambda a, b: (("effect", b), ("redefine", a)), FILLED, st.sampled_from(["clarify", "widen", "narrow"])),
    st.builds(lambda a: (("retire", a),), FILLED),
)


@st.composite
def codes(draw: st.DrawFn) -> tuple[Code, ...]:
    """Draw codes in reading order, each below one of those above the last, or at the top."""
    made, path = [], list[str]()
    for key in draw(st.lists(TEXTS, unique_by=str.casefold, max_size=5)):
        path = path[: draw(st.integers(0, len(path)))]
        made.append(
            Code(
                key=key,
                parent=path[-1] if path else None,
                codable=draw(st.booleans()),
                names=tuple(draw(st.dictionaries(LANGUAGES, TEXTS, max_size=3)).items()),
                examples=draw(LISTS),
                aliases=draw(LISTS),
                terms=tuple(draw(st.dictionaries(LANGUAGES, LISTS, max_size=3)).items()),
                **{field: draw(TEXTS) for field in ("name", "brief", "definition", "when", "when_not", "color")},
            )
        )
        path.append(key)
    return tuple(made)


VERSIONS = st.builds(
    CodebookVersion, TEXTS, TEXTS, codes(), TEXTS, TEXTS, TEXTS, st.lists(CHANGES, max_size=2).map(tuple)
)


@settings(max_examples=60, deadline=None)
@given(VERSIONS)
def test_every_version_comes_back_equal_and_is_written_alike(version: CodebookVersion) -> None:
    written = write(version)
    again = read(written.encode(), "x")
    assert again == version
    assert again.sha256 == version.sha256
    assert write(again) == written


@settings(max_examples=100, deadline=None)
@given(VERSIONS, st.data())
def test_a_damaged_file_is_read_or_refused_with_a_sentence(version: CodebookVersion, data: st.DataObject) -> None:
    written = write(version).encode()
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, min(start + 20, len(written))))
    damage = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"\t", b"&a ", b"*a", b"!!x ", b"[", b"{", b":"]))
    )
    try:
        check(read(written[:start] + damage + written[end:], "x"))
    except BadCodebook as told:
        assert told.sentence.startswith("x")
