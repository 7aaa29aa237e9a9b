"""Terms are found in the forms and spellings in which people write them, at their places in the text as it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qcode.text.common_words import languages_of
from qcode.text.terms import Hit, TermFinder
from qcode.text.words import fold_word, words

TERMS = {
    "OST": (("ru", ("метадон", "на учёт", "сотый")), ("en", ("methadone",)), ("uz", ("oʻrinbosar terapiya",))),
    "FUND": (("en", ("freeze", "stop-work order", "funding cut")), ("de", ("Kürzung",)), ("zh", ("停止工作",))),
    "SELF": (("kk", ("ұят", "кінә")), ("ky", ("уят", "пара")), ("uz", ("er", "qoʻrquv")), ("de", ("Straße",))),
}
FINDER = TermFinder(TERMS)


def found(text: str, *terms: str, language: str = "ru") -> list[str]:
    """Return the words found of the terms of one code."""
    hits = TermFinder({"CODE": ((language, terms),)}).hits(text)
    return [text[hit.start : hit.end] for hit in hits.get("CODE", [])]


def test_hits_stand_by_code_in_the_order_given_and_in_order_of_place() -> None:
    hits = FINDER.hits("Funding cut, then a freeze. Потом метадона не было, and methadone neither.")
    assert list(hits) == ["OST", "FUND"]
    assert hits["OST"] == [Hit("метадон", "ru", 34, 42), Hit("methadone", "en", 56, 65)]
    assert [(hit.term, hit.start) for hit in hits["FUND"]] == [("funding cut", 0), ("freeze", 20)]


@pytest.mark.parametrize("text", ["", " ", "…", "Ничего такого."])
def test_where_nothing_stands_nothing_is_found(text: str) -> None:
    assert FINDER.hits(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "МЕТАДОН",
        "мета\u00adдон",
        "мета\u200bдон",
        "метадо\u0301н",
        "мeтaдoн",
        "«метадон»",
        "метадон-центр",
    ],
)
def test_capitals_hidden_characters_stress_and_lookalikes_do_not_matter(text: str) -> None:
    assert found(text, "метадон")


@pytest.mark.parametrize(
    ("term", "text", "language"),
    [
        ("учёт", "на учете", "ru"),
        ("учет", "на учёте", "ru"),
        ("мой", unicodedata.normalize("NFD", "мой"), "ru"),
        ("кінә", "кiнә", "kk"),
        ("кінә", "кінə", "kk"),
        ("Straße", "STRASSE", "de"),
        ("Kürzung", unicodedata.normalize("NFD", "Kürzungen"), "de"),
        ("HIV", "ＨＩＶ", "en"),
        ("HIV 1", "HIV １", "en"),
        ("women's group", "women’s groups", "en"),
        ("neighbour", "neighbors", "en"),
    ],
)
def test_one_letter_written_two_ways_is_one_letter(term: str, text: str, language: str) -> None:
    assert found(text, term, language=language)


def test_a_word_of_one_alphabet_is_not_taken_for_one_of_another() -> None:
    assert not found("pop", "рор", language="ru")
    assert not found("роза", "poza", language="uz")


@pytest.mark.parametrize("apostrophe", "ʻʼ‘’'`´")
def test_every_apostrophe_makes_the_uzbek_letter(apostrophe: str) -> None:
    assert found(f"qo{apostrophe}rqaman", "qoʻrquv", language="uz")


@pytest.mark.parametrize("text", ["қўрқади", "гиёҳванд", "giyohvand", "malumotnoma", "маълумотнома"])
def test_uzbek_is_found_in_both_alphabets_and_without_apostrophes(text: str) -> None:
    assert found(text, "qoʻrquv", "giyohvand", "maʼlumotnoma", language="uz") == [text]
    assert found(text, "қўрқув", "гиёҳванд", "маълумотнома", language="uz") == [text]


@pytest.mark.parametrize(
    "text",
    ["a stop-work order", "stop work orders", "stop work, order", "stop\nwork order", "stop\u2011work – order"],
)
def test_the_words_of_a_phrase_stand_next_to_each_other(text: str) -> None:
    assert found(text, "stop-work order", language="en")


@pytest.mark.parametrize(
    "text",
    ["stop. Work order", "stop\n\nwork order", "stop the work order", "work stop order", "stop work"],
)
def test_across_sentences_apart_or_in_another_order_they_are_no_phrase(text: str) -> None:
    assert not found(text, "stop-work order", language="en")


def test_each_word_of_a_phrase_may_be_inflected() -> None:
    assert found("Его поставили на учёт.", "поставить на учёт") == ["поставили на учёт"]
    assert found("лишили родительских прав", "лишить родительских прав") == ["лишили родительских прав"]
    assert found("соттун чечимдери", "соттун чечими", language="ky") == ["соттун чечимдери"]
    assert found("sud qarorini oldi", "sud qarori", language="uz") == ["sud qarorini"]
    assert found("сот шешімімен", "соттың шешімі", language="kk") == ["сот шешімімен"]


def test_languages_may_be_mixed() -> None:
    assert found("После GF freeze всё встало", "GF freeze", language="en") == ["GF freeze"]
    assert found("нам объявили freeze", "freeze", language="en") == ["freeze"]


@pytest.mark.parametrize("text", ["他们停止工作了", "停止\n工作", "停止\u200b工作"])
def test_chinese_is_found_within_the_sentence(text: str) -> None:
    assert found(text, "停止工作", language="zh")
    assert not found(text.replace("工", "，工"), "停止工作", language="zh")


@pytest.mark.parametrize(
    ("text", "language", "term", "hit"),
    [
        ("Dann hat er gesagt, dass die Kirche zu ist.", "uz", "er", False),
        ("Keyin er keldi va uni urdi.", "uz", "er", True),
        ("Und die Polizei kam auch nicht.", "en", "died", False),
        ("Мы ждали пару недель, и всё.", "ky", "пара", False),
        ("Алар пара алышты, мен көрдүм.", "ky", "пара", True),
        ("У нас это уят, понимаете?", "ky", "уят", True),
    ],
)
def test_a_frequent_word_of_the_language_spoken_is_no_term_of_another(
    text: str, language: str, term: str, hit: bool
) -> None:
    assert bool(found(text, term, language=language)) is hit


def test_at_one_place_a_code_has_one_hit_the_widest_and_in_the_language_spoken() -> None:
    finder = TermFinder({"NARC": (("ru", ("учёт", "на учёт", "нарколог")), ("kk", ("нарколог",)))})
    assert finder.hits("встал на учёт")["NARC"] == [Hit("на учёт", "ru", 6, 13)]
    assert finder.hits("Мен оны бұл жерде көрдім, нарколог та бар")["NARC"][0].language == "kk"
    assert finder.hits("Я там был, и нарколог тоже")["NARC"][0].language == "ru"


def test_one_place_may_suggest_several_codes() -> None:
    finder = TermFinder({"A": (("en", ("register",)),), "B": (("en", ("registered",)),)})
    assert list(finder.hits("He is registered.")) == ["A", "B"]


def test_a_term_without_a_word_is_never_found() -> None:
    assert found("!? … ʼ", "!?", "", "…", "ʼ") == []


LETTERS = "абвгдеёжийкнопрстуүўқңөіьяАБЙЁ" + "abcdeghinoqrstuwzäöüßAGHIOUÄ" + "ʻ’'-. ,\u00ad\u0301 \n停止工作0１"
texts = st.text(alphabet=LETTERS, max_size=60)
spoken = st.lists(
    st.sampled_from(
        ["Метадона", "на", "учётом", "qoʻrqaman", "Kürzungen", "Straßen", "ұятты", "кінәлі", "й", "ё", "ü.", "停止工作"]
    )
).map(" ".join)
languages = st.sampled_from(["ru", "kk", "ky", "uz", "de", "en", "zh", "tg"])


def of_all(hits: Iterable[list[Hit]]) -> list[Hit]:
    return [hit for of_code in hits for hit in of_code]


@settings(deadline=None)
@given(texts | st.text(max_size=60))
def test_hits_are_in_the_text_and_hold_words(text: str) -> None:
    for hits in FINDER.hits(text).values():
        assert [hit.start for hit in hits] == sorted({hit.start for hit in hits})
        for hit in hits:
            assert 0 <= hit.start < hit.end <= len(text)
            assert any(character.isalnum() for character in text[hit.start : hit.end])


@settings(deadline=None)
@given(
    term=texts.filter(lambda term: any(fold_word(word[0]) for word in words(term))),
    before=texts,
    after=texts,
    language=languages,
)
def test_a_term_is_found_where_it_stands_between_blanks(term: str, before: str, after: str, language: str) -> None:
    assume(not any(languages_of(fold_word(word[0])) for part in (before, after) for word in words(part)))
    text = f"{before} {term} {after}"
    hits = of_all(TermFinder({"CODE": ((language, (term,)),)}).hits(text).values())
    first, *_, last = [*words(term)] * 2
    start = len(before) + 1
    assert any(hit.start <= start + first.end() and start + last.start() < hit.end for hit in hits)


@settings(deadline=None)
@given(texts | spoken)
def test_composed_and_decomposed_texts_give_the_same_terms(text: str) -> None:
    one, other = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    terms = [[(key, hit.term) for key, hits in FINDER.hits(way).items() for hit in hits] for way in (one, other)]
    assert terms[0] == terms[1]
