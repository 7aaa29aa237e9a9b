"""The language of a transcript is told offline, or left open where it is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.importers.registry import SUFFIXES, read
from qcode.text.language import detect

SAMPLES = Path(__file__).resolve().parents[2] / "transcripts_sample"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Я работаю в этом центре уже три года, и было очень трудно.", "ru"),
        ("Мен бул жерде үч жылдан бери иштейм, абдан кыйын болду.", "ky"),
        ("Біз үш жылдан бері осы жерде жұмыс істейміз.", "kk"),
        ("Men bu yerda uch yildan beri ishlayman, juda qiyin bo‘ldi.", "uz"),
        ("Мен бу ерда уч йилдан бери ишлайман, жуда қийин бўлди.", "uz"),
        ("我在这里工作了三年，非常困难。", "zh"),
        ("我在這裡工作了三年，非常困難。", "zh"),
        ("Ich arbeite hier seit drei Jahren, und es war schwer.", "de"),
        ("I have worked here for three years, and it was hard.", "en"),
        ("I HAVE WORKED HERE FOR THREE YEARS, AND IT WAS HARD.", "en"),
    ],
)
def test_the_languages_of_the_studies_are_known(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "ok", "123 456", "Да", "Je travaille ici depuis trois ans et c’était difficile."])
def test_short_texts_and_other_languages_are_left_open(text: str) -> None:
    assert detect(text) is None


def test_a_long_and_monotonous_text_is_known_too() -> None:
    assert detect("Я работаю в центре с тысяча девятьсот девяносто девятого года. " * 400) == "ru"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("CN-CLI-01", "zh"),
        ("CN-DOC-01", "zh"),
        ("DE-DOC-01", "de"),
        ("DE-NGO-01", "de"),
        ("KG-CLI-01", "ru"),
        ("KG-DOC-02", "ru"),
        ("KG-NGO-01", "en"),
        ("KG-NGO-02", "ky"),
        ("KZ-CLI-02", "kk"),
        ("KZ-DOC-01", "ru"),
        ("UZ-CLI-01", "ru"),
        ("UZ-DOC-01", "uz"),
    ],
)
def test_the_samples_are_in_their_languages(name: str, language: str) -> None:
    file = next((file for file in SAMPLES.glob(f"{name}.*") if file.suffix in SUFFIXES), None)
    if file is None:
        pytest.skip(f"the sample {name} is not there")
    found = read(file.read_bytes(), file.name)
    assert found.language == language
    assert len(found.speakers) == 2
