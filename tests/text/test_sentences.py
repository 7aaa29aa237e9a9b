"""Sentences end where readers of seven languages end them."""

from __future__ import annotations

import pytest

from qcode.domain.span import Span
from qcode.text.pipeline import pipeline
from qcode.text.sentences import sentence_spans

LABELLED = {
    "en": [
        "I met Dr. Smith at 10.30 a.m. on the 3rd.",
        "He said no.",
        "We paid $3.50, e.g. for tea.",
        "Why?",
        "So did I.",
        "“Really?” she asked.",
        "“Never again!”",
        "Well… maybe not.",
        "J. R. Smith came (at last).",
        "See Fig. 3 for more.",
        "It was HIV, etc. and so on...",
        "Then we left the U.S. for good.",
        "Vitamin C.",
        "Right?!",
    ],
    "ru": [
        "Это было в 1999 г. в г. Ош.",
        "Тогда А. М. Иванов, т.е. директор, ушёл.",
        "Ну, и т. д.",
        "Потом мы жили на ул. Ленина, д. 5.",
        "«Как дела?» — спросил он.",
        "«Хорошо!»",
        "Мы ждали… ждали долго.",
        "Да?",
        "— Нет.",
        "У него гепатит С.",
        "Потом стало 3.5 тыс. человек.",
        "Он сказал им.",
        "И мы пошли, и т.п.",
        "В 2010 г. Марат приехал.",
    ],
    "de": [
        "Das war am 3. Mai, z. B. in Berlin.",
        "Dr. Müller kam ca. um 10 Uhr.",
        "Ja?",
        "Er sagte: „Nein.“",
        "Dann ging er usw.",
        "Es war, d. h. schwer.",
        "Am 12. August war Schluss.",
        "Im 20. Jahrhundert (bzw. davor) nicht.",
        "Das war 1999.",
        "Gut so!",
    ],
    "zh": [
        "你好。",
        "我在这里工作了三年！",
        "真的吗？",
        "他说：“不行。”",
        "那就算了……也好。",
        "我用了3.5元。",
        "OK!",
        "好。",
    ],
    "ky": [
        "Мен 2010-ж. келдим.",
        "Анда эмне болду?",
        "Ж.б. маселелер бар эле.",
        "Ооба!",
        "Ч. Айтматов жөнүндө айттык.",
        "«Кел», — деди ал.",
        "Андан кийин… кеттик.",
    ],
    "kk": [
        "Мен 1999 жылы келдім.",
        "А. Құнанбаев туралы айттық.",
        "Иә?",
        "Жоқ, т.б. мәселелер болды.",
        "Ол Алматы қ. Абай к-сінде тұрды.",
        "Сонымен...",
        "Бітті.",
    ],
    "uz": [
        "Men 2010-yilda keldim.",
        "A. Navoiy ko‘chasida yashaymiz.",
        "Nega?",
        "Masalan, hech kim yo‘q edi.",
        "“Ketdik!”",
        "U keldi.",
        "Мен бордим ва ҳ.к.",
        "Prof. Karimov aytdi.",
    ],
}


@pytest.mark.parametrize("language", LABELLED)
def test_labelled_sentences_are_found_again(language: str) -> None:
    text = ("" if language == "zh" else " ").join(LABELLED[language])
    assert [span.of(text) for span in sentence_spans(text, language)] == LABELLED[language]


@pytest.mark.parametrize("language", ["ru", "ky", "kk", "uz", "de", "en", "zh", "tg", None])
def test_the_pipeline_of_spacy_has_the_same_sentences(language: str | None) -> None:
    text = " ".join(LABELLED.get(language or "ru", LABELLED["ru"]))
    doc = pipeline(language)(text)
    ours = [span.start for span in sentence_spans(text, language)]
    theirs = [sentence[0].idx if not sentence[0].is_space else sentence[1].idx for sentence in doc.sents]
    assert set(theirs) <= set(ours)


def test_a_pipeline_is_made_once() -> None:
    assert pipeline("kk") is pipeline("kk")
    assert (pipeline("kk").lang, pipeline("uz").lang) == ("kk", "uz")
    assert not list(pipeline("ru")("").sents)


def test_sentences_do_not_cross_a_turn() -> None:
    text = "I: so we went\nB: home. And then"
    within = [Span(3, 13), Span(17, 31)]
    assert [span.of(text) for span in sentence_spans(text, "en", within)] == ["so we went", "home.", "And then"]


def test_an_empty_line_ends_a_sentence_and_a_single_break_does_not() -> None:
    assert [span.of("a\nb\n\nc") for span in sentence_spans("a\nb\n\nc")] == ["a\nb", "c"]


def test_a_blank_forgotten_between_two_sentences_in_russian_is_seen() -> None:
    text = "Мы пошли.Потом вернулись."
    assert [span.of(text) for span in sentence_spans(text, "ru")] == ["Мы пошли.", "Потом вернулись."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "..."])
def test_texts_of_nothing_have_at_most_one_sentence(text: str) -> None:
    assert len(sentence_spans(text)) == (1 if text == "..." else 0)
