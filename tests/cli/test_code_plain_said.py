"""What the plain mode says is said once."""

from __future__ import annotations

from qcode.cli.code_plain_said import definition
from qcode.domain.codebook import Code


def test_a_name_that_is_the_same_in_several_languages_is_read_out_once() -> None:
    code = Code(
        key="STIG", name="Stigma", names=(("kk", "Стигма"), ("ru", "Стигма"), ("uz", "Stigma")), aliases=("клеймо",)
    )
    assert definition(code)[:2] == ["STIG: Stigma.", "Also called: Стигма, клеймо."]
