"""Files that are no transcripts are refused with the way that leads on."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.registry import read


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("study.nvpx", "export it in NVivo as a REFI-QDA project"),
        ("study.MX24", "export it in MAXQDA as a REFI-QDA project"),
        ("study.atlproj23", "export it in ATLAS.ti as a REFI-QDA project"),
        ("study.qrk", "export it in Quirkos as a REFI-QDA project"),
        ("codes.qdc", "qcode codebook import"),
        ("project.qde", "import the whole project"),
        ("опрос.xls", "save it as .xlsx"),
        ("gespräch.m4a", "transcribe it"),
    ],
)
@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00\x01"], ids=str)
def test_what_is_no_transcript_is_refused_with_what_to_do(name: str, mend: str, begin: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(begin + b"\x07" * 300, name)
    assert mend in refused.value.sentence
    assert ".textgrid" not in refused.value.sentence


def test_what_a_file_holds_goes_before_its_ending() -> None:
    assert read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Ja.\n", "a.xls").format == "vtt"


def test_an_ending_that_nobody_knows_is_told_with_those_that_are_read() -> None:
    with pytest.raises(Unreadable, match=r"“\.zzz” is no format that qcode reads; save it as one of"):
        read(b"\x00\x01", "a.zzz")
