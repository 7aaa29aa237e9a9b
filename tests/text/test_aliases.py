"""Several labels of one person are joined; those of two people are not."""

from __future__ import annotations

from qcode.domain.transcript import Speaker
from tests.text.found import find, speakers


def only(text: str, name: str) -> Speaker:
    return next(speaker for speaker in find(text).speakers if speaker.name == name)


def test_an_announced_alias_is_one_speaker_named_as_the_label_that_prevails() -> None:
    text = "Юрий Владимирович Самодуров (далее — Ю. С.): Начнём.\nВладимир Яковлевич Петров (далее — В. Я.): Да.\n"
    text += "Ю.\u00a0С.:\u00a0Так.\nВ. Я.: Вот.\nЮ. С.: Хорошо.\nВ.Я.: Да.\nЮ. С.: Вот.\nВ. Я.: Всё.\n"
    assert speakers(text) == {"Ю. С.": 4, "В. Я.": 4}
    assert only(text, "Ю. С.").aliases == ("Юрий Владимирович Самодуров",)


def test_a_full_name_with_a_stage_direction_joins_its_initials() -> None:
    text = "Виктор Дмитриевич Дувакин: Начнём.\nВиктор Борисович Шкловский (глядя на микрофон): Пошел?\n"
    text += "В.Д.: Пошел.\nВ.Ш. (смеётся): Да.\n" * 4
    assert speakers(text) == {"В.Д.": 5, "В.Ш.": 5}


def test_an_alias_other_than_the_one_announced_still_joins_by_initials() -> None:
    text = "Иван Петрович Чуров (далее Ц): а\nАнна Ильинична Белова: б\n" + "Ч: раз\nБ: два\n" * 4
    assert speakers(text) == {"Ч": 5, "Б": 5}


def test_a_role_in_full_joins_its_letter() -> None:
    text = "Интервьюер: а\nРеспондент: б\n" + "И: раз\nР: два\n" * 4
    assert speakers(text) == {"И": 5, "Р": 5}


def test_a_full_name_joins_a_letter_with_a_full_stop() -> None:
    text = "Сергей Гаевский: Здравствуйте.\nНина Смирнова: Добрый день.\n" + "Г. Нина.\nС. Да, вот так.\n" * 5
    assert speakers(text) == {"Г": 6, "С": 6}


def test_a_full_name_that_fits_two_labels_joins_neither() -> None:
    text = "Иван Петров: а\n" + "И. П.: раз\nИ.П.П.: три\nП: два\n" * 4
    assert speakers(text).get("Иван Петров", 0) == 1 or "Иван Петров" not in speakers(text)


def test_look_alike_letters_of_two_alphabets_are_one_label_and_told() -> None:
    text = "Б.: a\nС: b\n" * 5 + "Б.: a\nC: b\n"
    assert speakers(text) == {"С": 6, "Б.": 6}
    assert any("another alphabet" in remark.what for remark in find(text).remarks)


def test_swapped_initials_are_told_and_not_joined() -> None:
    text = "Н.Л.: a\nФ.И.: b\n" * 6 + "Л.Н.: a\nФ.И.: b\n" * 3
    assert speakers(text) == {"Н.Л.": 6, "Ф.И.": 9, "Л.Н.": 3}
    assert any("swapped" in remark.what for remark in find(text).remarks)


def test_interviewers_with_numbers_stay_two() -> None:
    text = "Interviewer 1: a\nInterviewee: b\nInterviewer 2: c\nInterviewee: d\n" * 4
    assert speakers(text) == {"Interviewee": 8, "Interviewer 1": 4, "Interviewer 2": 4}


def test_an_organisation_in_brackets_is_part_of_the_name() -> None:
    text = "Justin F (Besu): a\nAnna: b\n" * 4
    assert speakers(text) == {"Justin F (Besu)": 4, "Anna": 4}


def test_a_surname_at_the_top_joins_its_letter() -> None:
    text = "Золотов: Начнём.\nБогатова: Да.\n" + "З: раз\nБ: два\n" * 4 + "Зато: так\n"
    assert speakers(text) == {"З": 5, "Б": 5}


def test_a_single_letter_among_initials_is_a_voice_heard_once() -> None:
    text = "Юрий Яковлевич Кузяков: а\nТатьяна Витальевна Богатова: б\n" + "Ю.К.: раз\nТ.Б.: два\n" * 4 + "Н: три\n"
    assert speakers(text) == {"Ю.К.": 5, "Т.Б.": 5, "Н": 1}


def test_a_letter_in_brackets_behind_a_role_announces_it() -> None:
    text = "Модератор (Ж): а\nЭксперт (У): б\n" + "Ж: раз\nУ: два\n" * 4
    assert speakers(text) == {"Ж": 5, "У": 5}


def test_a_stage_direction_is_no_part_of_an_alias() -> None:
    text = "Олег Кириллович Перов (глядя в окно): Да?\nЛев Ильич Маров: Да.\n" + "О.П.: Так.\nЛ.М.: Вот.\n" * 4
    assert only(text, "О.П.").aliases == ("Олег Кириллович Перов",)


def test_a_surname_alone_joins_only_where_one_speaker_bears_it() -> None:
    text = "Орлова: Начнём?\n" + "Т.П. Орлова: Так.\nГ.С. Орлова: Вот.\n" * 5
    assert speakers(text) == {"Т.П. Орлова": 5, "Г.С. Орлова": 5, "Орлова": 1}
