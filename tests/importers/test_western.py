"""Old Western encodings are told apart by where their letters stand; cp1252 is taken wherever it makes sense."""

from __future__ import annotations

import pytest

from qcode.importers.decode import decode
from qcode.importers.western import western

GERMAN = "Für mich war das schön, natürlich. Die Straße war leer, größere Pläne hatte ich nicht. Ärzte gab es „keine“."


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_german_of_windows_and_of_an_old_mac_is_read_as_what_it_is(encoding: str) -> None:
    found = decode(GERMAN.encode(encoding))
    assert (found.text, found.encoding) == (GERMAN, encoding)
    assert any("guessed" in notice.what for notice in found.notices)


def test_letters_of_dos_are_told_from_those_of_windows() -> None:
    assert western(GERMAN.replace("„", '"').replace("“", '"').encode("cp850")) == "cp850"


@pytest.mark.parametrize(
    "text",
    [
        "so I said “why” and that’s it… £20, 5 € – done",
        "o‘zbek tilida, bo‘ldi",
        "ÄRZTE UND ÜBUNGEN",
        "Öl; 20 °C; § 5; naïve façade",
        "plain words",
    ],
)
def test_what_makes_sense_in_cp1252_is_read_as_cp1252(text: str) -> None:
    assert western(text.encode("cp1252")) == "cp1252"


def test_what_makes_sense_in_none_is_left_to_cp1252() -> None:
    assert western(bytes(range(0x80, 0x100)) * 3) == "cp1252"
