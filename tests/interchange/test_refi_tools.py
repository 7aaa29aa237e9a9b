"""How programs count: each row of the table against counting by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import BadValue
from qcode.interchange.refi_tools import STANDARD, TOOLS, Ruler, tool_named

TEXTS = st.text(st.sampled_from("aя中\n😀\u0301\u05d0𝒳"), max_size=30)


@pytest.mark.parametrize("tool", [STANDARD, *TOOLS.values()], ids=["standard", *TOOLS])
@given(text=TEXTS, at=st.integers(0, 30))
def test_a_position_is_where_the_program_counts_it(tool: object, text: str, at: int) -> None:
    assert tool in (STANDARD, *TOOLS.values())
    before = text[: min(at, len(text))]
    counted = len(before)
    if tool is TOOLS["nvivo"]:
        counted = len(before.replace("\n", "\r\n").encode("utf-16-le")) // 2
    assert Ruler(text, tool).position(len(before)) == counted


@given(TEXTS)
def test_a_file_of_a_program_decodes_to_the_text_again(text: str) -> None:
    for tool in (STANDARD, *TOOLS.values()):
        assert Ruler(text, tool).data.decode("utf-8-sig").replace("\r\n", "\n") == text


def test_only_nvivo_gets_a_byte_order_mark() -> None:
    marked = {name for name, tool in TOOLS.items() if Ruler("a", tool).data.startswith(b"\xef\xbb\xbf")}
    assert marked == {"nvivo"}


def test_it_is_told_where_it_is_not_known_how_a_program_counts() -> None:
    assert [Ruler("a😀b", TOOLS[name]).first_doubt() for name in ("maxqda", "atlas.ti", "nvivo")] == [2, 2, None]
    assert Ruler("aя中", TOOLS["maxqda"]).first_doubt() is None


def test_a_program_is_found_by_its_name() -> None:
    assert tool_named(None) is STANDARD
    assert tool_named(" ATLAS.ti ") is TOOLS["atlas.ti"]
    with pytest.raises(BadValue, match=r"known are nvivo, atlas\.ti, maxqda, qualcoder"):
        tool_named("word")
