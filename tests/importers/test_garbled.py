"""A text in two encodings is refused and not read half wrongly; one that was spoilt before is told with its lines."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.decode import decode
from qcode.importers.garbled import lines_read_wrongly, lines_saved_wrongly

TALK = "И: Расскажите, пожалуйста, как это было?\nР: Меня привел друг, и я остался. Вот так.\n"


@pytest.mark.parametrize(("first", "second"), [("cp1251", "utf-8"), ("utf-8", "cp1251"), ("cp1251", "koi8-r")])
def test_a_text_in_two_encodings_is_refused_with_the_lines(first: str, second: str) -> None:
    data = (TALK * 4).encode(first) + (TALK * 3).encode(second)
    with pytest.raises(Unreadable) as refusal:
        decode(data)
    assert "encoding" in refusal.value.what


def test_the_lines_that_do_not_fit_are_named() -> None:
    text = ((TALK * 4).encode("cp1251") + TALK.encode()).decode("cp1251", "replace")
    assert lines_read_wrongly(text, "cp1251")[-1] == 10


def test_an_encoding_that_a_person_names_is_taken_all_the_same() -> None:
    data = (TALK * 4).encode("koi8-r") + (TALK * 2).encode("cp1251")
    assert decode(data, "koi8-r").text.startswith(TALK)


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_what_was_saved_wrongly_before_is_told_and_kept(wrong: str) -> None:
    spoilt = "Für größere Äpfel und schöne Straßen".encode().decode(wrong)
    found = decode(f"plain\n{spoilt}\n".encode())
    assert found.text == f"plain\n{spoilt}\n"
    assert [notice.where for notice in found.notices] == ["line 2"]


def test_russian_that_was_saved_wrongly_is_told() -> None:
    assert lines_saved_wrongly("Меня привел друг".encode().decode("cp1251", "replace").replace("\ufffd", "")) == [1]


@pytest.mark.parametrize(
    "text", [TALK, "Für größere Äpfel", "访谈者：请问", "o‘zbek “so” – ‘so’ … «так»", "ПРИВЕТ ВСЕМ, мВт и кВт"]
)
def test_sound_words_are_not_doubted(text: str) -> None:
    assert lines_saved_wrongly(text) == []
    assert lines_read_wrongly(text, "cp1251") == []


def test_the_way_to_take_a_text_in_two_encodings_as_it_stands_is_said_and_works() -> None:
    data = (TALK * 40).encode("cp1251") + "Конец записи, спасибо вам\n".encode()
    with pytest.raises(Unreadable) as refusal:
        decode(data)
    assert refusal.value.mend.endswith("--encoding cp1251")
    assert decode(data, "cp1251").text.startswith(TALK)


@pytest.mark.parametrize("spoilt", [b"\x93a\x94 ", b"\xc2", "\ufffd".encode()])
@pytest.mark.parametrize("encoding", [None, "utf-8"])
def test_a_few_broken_bytes_refuse_no_file(spoilt: bytes, encoding: str | None) -> None:
    found = decode(spoilt + TALK.encode() * 2, encoding)
    assert found.text.endswith(TALK * 2)
    assert "\ufffd" in found.text


def test_broken_bytes_in_a_named_encoding_are_told_with_their_lines() -> None:
    (notice,) = decode(TALK.encode() + b"x \x93y\x94\n" + TALK.encode(), "utf-8").notices
    assert notice.where == "line 3"


def test_a_file_that_is_not_in_the_named_encoding_is_still_refused() -> None:
    with pytest.raises(Unreadable, match="is not in utf-8"):
        decode((TALK * 20).encode("cp1251"), "utf-8")
