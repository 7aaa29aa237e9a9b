"""Labels are believed in every convention met in real transcripts; what only looks like one is not."""

from __future__ import annotations

import pytest

from tests.text.found import find, speakers, talk

TWO = {"A": 2, "B": 2}


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("INT: ", "R1: ", ("INT", "R1")),
        ("INT:", "R1:", ("INT", "R1")),
        ("Интервьюер: ", "Респондент: ", ("Интервьюер", "Респондент")),
        ("И.: ", "Р.: ", ("И.", "Р.")),
        ("В. Д.: ", "Ю.З.: ", ("В. Д.", "Ю.З.")),
        ("R1 - ", "R2 - ", ("R1", "R2")),
        ("I – ", "C - ", ("I", "C")),
        ("И —", "Р -", ("И", "Р")),
        ("И) ", "Р) ", ("И", "Р")),
        ("Интервьюер) ", "Респондент) ", ("Интервьюер", "Респондент")),
        ("«И»: ", "«Р»: ", ("И", "Р")),
        ("“Anna”: ", "“Boris”: ", ("Anna", "Boris")),
        ("[00:00:03] Speaker1 ", "[00:00:05] Speaker2 ", ("Speaker1", "Speaker2")),
        ("[00:00:03] Спикер 1 ", "[00:00:05] Спикер 2 ", ("Спикер 1", "Спикер 2")),
        ("R1- ", "R2- ", ("R1", "R2")),
        ("访谈者：", "受访者：", ("访谈者", "受访者")),
        ("[doctor] ", "[patient] ", ("doctor", "patient")),
        ("[id1] ", "[id2]: ", ("id1", "id2")),
        ("**Anna:** ", "**Boris:** ", ("Anna", "Boris")),
        ("**Anna**: ", "**Boris**: ", ("Anna", "Boris")),
        ("**Anna** ", "**Boris** ", ("Anna", "Boris")),
        ("### Anna:\n", "### Boris:\n", ("Anna", "Boris")),
        ("### 訪問者：\n\n", "### 唐鳳：\n\n", ("訪問者", "唐鳳")),
        ("### Anna\n", "### Boris\n", ("Anna", "Boris")),
        ("Anna:\n", "Boris:\n", ("Anna", "Boris")),
        ("Anna: 00:12:34\n\n", "Boris: 00:12:40\n\n", ("Anna", "Boris")),
        ("Anna [4:30]: ", "Boris: ", ("Anna", "Boris")),
        ("Speaker 1  00:03\n", "Speaker 2  00:07\n", ("Speaker 1", "Speaker 2")),
        ("[00:12:34] INT: ", "[00:12:40] R1: ", ("INT", "R1")),
        ("#00:12:34-5# I: ", "#00:12:40-1# B: ", ("I", "B")),
        ("00:12:34 Anna: ", "00:12:40 Boris: ", ("Anna", "Boris")),
        ("00:12:34 Anna\n", "00:12:40 Boris\n", ("Anna", "Boris")),
        ("**[00:05] SPEAKER_00:** ", "**[00:09] SPEAKER_01:** ", ("SPEAKER_00", "SPEAKER_01")),
        ("00:12:34\tAnna:\t", "00:12:40\tBoris:\t", ("Anna", "Boris")),
        ("INT\t", "R1\t", ("INT", "R1")),
        ("О.К.\t", "П. Л.\t", ("О.К.", "П. Л.")),
        ("Д.А.: ", "О. К.: ", ("Д.А.", "О. К.")),
        ("О.К. – ", "П.Л. – ", ("О.К.", "П.Л.")),
        ("00:12:34\tО.К.\t", "00:12:40\tП.Л.\t", ("О.К.", "П.Л.")),
        ("1\tО.К.\t", "2\tП.Л.\t", ("О.К.", "П.Л.")),
        ("1  I: ", "12  B: ", ("I", "B")),
        ("1. И: ", "12) Р: ", ("И", "Р")),
        ("INT:\t", "MSM:\t", ("INT", "MSM")),
        ("\tИ: ", "  Р: ", ("И", "Р")),
        ("И:\u00a0", "\u00a0Р: ", ("И", "Р")),
        ("interviewee: ", "stokes: ", ("interviewee", "stokes")),
        ("Interviewer1 : ", "Guest_family: ", ("Interviewer1", "Guest_family")),
        ("Айгүл: ", "Қанат: ", ("Айгүл", "Қанат")),
        ("So‘rovchi: ", "O'tkir: ", ("So‘rovchi", "O'tkir")),
        ("Dr. Müller: ", "Frau O’Neil-Groß: ", ("Dr. Müller", "Frau O’Neil-Groß")),
        ("I (laughs): ", "B: ", ("I", "B")),
        ("Sprecher 1 (00:01): ", "Sprecher 2 (00:02): ", ("Sprecher 1", "Sprecher 2")),
    ],
)
def test_two_speakers_who_alternate_are_found(first: str, second: str, names: tuple[str, str]) -> None:
    text = "\n".join(f"{label}words {n}" for n, label in enumerate((first, second) * 3))
    assert speakers(text) == dict.fromkeys(names, 3)
    assert talk(text) == [(names[n % 2], f"words {n}") for n in range(6)]


def test_one_letter_and_a_full_stop_is_a_label() -> None:
    text = "Г. Нина.\nС. Да, здравствуйте.\nГ. Как вы?\nС. Хорошо.\nГ. И давно?\nС. Давно."
    assert speakers(text) == {"Г": 3, "С": 3}


def test_an_interview_of_two_lines_has_its_speakers() -> None:
    assert speakers("INT: How are you?\nR1: Fine.") == {"INT": 1, "R1": 1}
    assert speakers("Anna: How are you?\nBoris: Fine, thanks.") == {"Anna": 1, "Boris": 1}


@pytest.mark.parametrize(
    "line",
    [
        "Note: the tape was off.",
        "10:30 we met",
        "10:30: we met",
        "https://example.org/a",
        "https: is a word",
        "Option number two is: no",
        "Он говорит: да",
        "Ключевые слова: НКО",
        "Примечание: запись прервана",
        "C:\\files\\a.txt",
        "Mt 5:3 says so",
        "1. First: this",
        "And I said: no, never, not me: ever",
        "“Yes: we can”",
        "Однажды: так",
        "例如：这样",
        "因此我覺得有兩個：是",
        "[laughs] oh",
        "12:40",
    ],
)
def test_what_only_looks_like_a_label_is_talk(line: str) -> None:
    text = f"INT: one\nR1: two\n{line}\nINT: three\nR1: four\n{line}\nINT: five\nR1: six"
    assert speakers(text) == {"INT": 3, "R1": 3}
    assert talk(text)[1] == ("R1", f"two\n{line}")


def test_what_looks_like_a_label_is_told_with_its_place() -> None:
    text = "INT: one\nR1: two\nНаконец: так\nINT: three\nR1: four"
    remark, *_ = find(text).remarks
    assert remark.position is not None
    assert text[remark.position :].startswith("Наконец")
    assert "Наконец" in remark.what
    assert "так" not in remark.what.replace("“Наконец”", "")


@pytest.mark.parametrize(
    "text",
    [
        "Пол: женский\nВозраст: 34\nСтрана: Кыргызстан",
        "A first paragraph.\nThen: a second one.\nAnd a third: this.\nAnd more.",
        "Ключевые слова: a, b\nТеги: c\nНад материалом работали: d",
        "A. first\nB. second\nC. third",
        "Да\nНет\nДа\nНет\nДа\nНет",
        "We went – all of us – home.\nMoscow – the capital.\nYes - of course.",
    ],
)
def test_a_text_without_speakers_has_none(text: str) -> None:
    assert speakers(text) == {}
    assert [turn.speaker for turn in find(text).turns] == [None] * len(text.split("\n"))


def test_a_voice_heard_once_is_believed_where_its_form_is_that_of_the_others() -> None:
    text = "MEL: a\nDON: b\n" * 5 + "MIRABAI: c\n"
    assert speakers(text) == {"MEL": 5, "DON": 5, "MIRABAI": 1}
    assert any("speaks only once" in remark.what for remark in find(text).remarks)


def test_a_name_seen_once_among_names_of_one_word_is_left_as_text() -> None:
    assert speakers("Anna: a\nBoris: b\n" * 5 + "Sometimes: c\n") == {"Anna": 5, "Boris": 5}


def test_bold_words_that_name_no_one_are_no_speakers() -> None:
    text = "**Tim Smith:** a\n\n**Jo Ann:** b\n\n" * 4 + "**Break:** c\n\n**Jingle:** d\n"
    assert speakers(text) == {"Tim Smith": 4, "Jo Ann": 4}


def test_a_yaml_head_names_nobody_and_is_one_turn() -> None:
    head = "---\ntitle: X\nspeakers:\n  - Anna\nAnna: Boris\n---"
    text = f"{head}\n\nAnna: hello\nBoris: hi\nAnna: so\nBoris: yes"
    assert speakers(text) == {"Anna": 2, "Boris": 2}
    assert talk(text)[0] == (None, head)


def test_a_header_block_before_the_interview_names_nobody() -> None:
    head = "Date: 12.03.2024\nInterviewer: Anna Petrova\nRespondent: R1, nurse"
    text = f"{head}\n\nInterviewer: Hello.\nRespondent: Hi.\nInterviewer: When?\nRespondent: Now."
    assert speakers(text) == {"Interviewer": 2, "Respondent": 2}
    assert talk(text)[0] == (None, head)


def test_one_label_alone_is_believed_only_where_it_stands_everywhere() -> None:
    assert speakers("R1: a\nR1: b\nR1: c\nR1: d") == {"R1": 4}
    assert speakers("What?\nОтвет: a\nWhy?\nОтвет: b\nWhen?\nОтвет: c") == {}


def test_only_the_labels_that_were_named_are_believed() -> None:
    text = "Note: a\nAnna: b\nthen: c\nNote: d"
    found = find(text, only=("Note",))
    assert [(s.name, s.labels) for s in found.speakers] == [("Note", 2)]


def test_a_label_that_was_named_and_is_not_there_is_told() -> None:
    assert "“Zed”" in find("Anna: a", only=("Anna", "Zed")).remarks[0].what


def test_no_label_is_believed_where_a_person_says_so() -> None:
    assert find("A: x\nB: y\nA: x\nB: y", none=True).speakers == ()


def test_initials_with_a_blank_and_a_colon_are_not_cut_at_their_first_full_stop() -> None:
    text = "Ю. С.: раз\nВ. Я.: два\nВ. Петров пришёл.\n" * 5
    assert speakers(text) == {"Ю. С.": 5, "В. Я.": 5}


def test_a_third_voice_that_speaks_seldom_is_kept() -> None:
    text = "Interviewer: a\nRespondent: b\n" * 30 + "Husband: c\nRespondent: d\n" * 3
    assert speakers(text) == {"Respondent": 33, "Interviewer": 30, "Husband": 3}


def test_labels_at_the_start_of_lines_wrapped_by_hand_are_found_behind_an_indent() -> None:
    line = "и это продолжается до самого края страницы, а потом идёт\nдальше на следующей строке: вот так и пишут\n"
    text = "".join(f"      {name}: начало {line}" for name in ("З", "Б") * 6)
    assert speakers(text) == {"З": 6, "Б": 6}


def test_credits_behind_the_interview_name_nobody() -> None:
    text = "Ю.З.:\u00a0раз\nТ.Б.:\u00a0два\n" * 6
    text += "Над материалом работали:\nРедактор: А. Б.\nРасшифровка: В. Г.\nТеги: химия\n"
    assert speakers(text) == {"Ю.З.": 6, "Т.Б.": 6}


def test_lines_that_say_who_is_who_are_no_turns() -> None:
    """`Respondent: Jane Doe (hereafter J. D.)` at the top, once, introduces; the labels below speak."""
    talk = "А.П.: Вопрос?\nИ. С.: Ответ, довольно длинный.\n" * 3
    for head in (
        "Интервьюер: Анна Петрова (далее — А.П.)\nРеспондент: Игорь Сидоров (далее — И. С.)\n\n",
        "Интервьюер: Анна Петрова\nРеспондент: Игорь Сидоров\n\n",
    ):
        found = find(head + talk)
        assert [speaker.name for speaker in found.speakers] == ["А.П.", "И. С."]
        assert found.turns[0].speaker is None


def test_roles_that_speak_once_are_speakers_where_nobody_else_is() -> None:
    found = find("Interviewer: Good morning\nInterviewee: Hi there\n")
    assert [speaker.name for speaker in found.speakers] == ["Interviewer", "Interviewee"]


def test_a_surname_at_the_top_is_a_speaker_where_initials_go_before_it_afterwards() -> None:
    text = "Орлова: Начнём?\nЛисин: Да.\n" + "Т.П. Орлова: Так.\nГ. С. Лисин: Вот.\n" * 5
    assert speakers(text) == {"Т.П. Орлова": 6, "Г. С. Лисин": 6}


def test_a_sentence_behind_initials_is_no_full_name() -> None:
    text = "О.К.\tТак.\nП.Л.\tДа.\n" * 4 + "О.К. Ольги Кирилловой. Просила: вот.\n"
    assert speakers(text) == {"О.К.": 4, "П.Л.": 4}


def test_a_name_seen_twice_is_a_speaker_where_every_line_begins_with_a_name() -> None:
    named = "Anna: a\nBoris: b\n" * 10 + "Clara: c\nBoris: b\nClara: c\n"
    assert speakers(named)["Clara"] == 2


def test_what_stands_in_a_quoted_line_names_nobody_where_few_lines_are_quoted() -> None:
    text = "MEL: a\n\nERNA: b\n\n" * 10 + "> JACK: words of another talk\n\nERNA: c"
    assert speakers(text) == {"ERNA": 11, "MEL": 10}


def test_labels_in_quoted_lines_are_believed_where_many_lines_are_quoted() -> None:
    assert speakers("> INT: why?\n\nR1: so\n\n" * 4) == {"INT": 4, "R1": 4}


def test_an_age_behind_a_name_is_part_of_the_label() -> None:
    assert speakers("Модератор: а\nАйгуль, 34 года: б\n" * 3) == {"Модератор": 3, "Айгуль, 34 года": 3}


def test_a_slip_in_a_long_word_for_a_role_does_not_hide_the_role() -> None:
    text = "Интервъюер: Расскажите о себе.\nДанияр: Мне 36 лет.\nДанияр (36 л.): Друг привел.\nДАНИЯР: Потом лечение.\n"
    assert speakers(text) == {"Интервъюер": 1, "Данияр": 3}


def test_a_role_that_asks_once_is_a_speaker_among_names() -> None:
    text = "Анна: а\nБорис: б\n" * 8 + "Интервьюер: в\nАнна: г\n"
    assert speakers(text)["Интервьюер"] == 1


def test_long_answers_hide_no_speakers_where_a_word_for_a_role_asks() -> None:
    asked, asked_again = "Интервъюер: Расскажите.\nДанияр: Ну вот.\n", "Интервьюер: А дальше?\nДанияр: Лечение.\n"
    text = f"{asked}Так и было.\nДа.\n{asked_again}Вот.\nИ всё.\n"
    assert speakers(text) == {"Данияр": 2, "Интервъюер": 1, "Интервьюер": 1}


@pytest.mark.parametrize("points", ["{}. yes", "{}) yes", "({}) yes"])
@pytest.mark.parametrize("letters", ["ABC", "АБВ", "AB"])
def test_the_points_of_a_list_are_nobody(points: str, letters: str) -> None:
    text = ("Which of these?\n" + "".join(points.format(letter) + "\n" for letter in letters)) * 6
    assert speakers(text) == {}


def test_the_head_row_of_a_table_is_no_speaker_and_nobodys_words() -> None:
    text = "Участник\tРеплика\nДанияр\tда\nАзамат\tнет\n" * 3
    found = find(text)
    assert {speaker.name: speaker.labels for speaker in found.speakers} == {"Данияр": 3, "Азамат": 3}
    assert talk(text)[0] == (None, "Участник\tРеплика")
    assert [words for _, words in talk(text)[1:]] == ["да", "нет"] * 3


def test_what_a_person_says_in_a_table_is_no_head_row() -> None:
    assert talk("Участник\tДа\nИнтервьюер\tНет\n" * 3)[0] == ("Участник", "Да")


def test_a_time_in_a_cell_of_its_own_behind_the_name_is_no_word() -> None:
    (first, *_) = find("Анна\t00:01\tраз\nБорис\t00:05\tдва\n" * 3).turns
    assert (first.speaker, first.time) == ("Анна", 1)


def test_the_labels_to_name_are_given_ready_to_paste() -> None:
    text = "Данияр: раз\nрассказ\nещё рассказ\nи ещё\nИнтер: А?\nрассказ\nдальше\nконец"
    found = find(text)
    assert found.speakers == ()
    assert [r.position for r in found.remarks[:2]] == [0, text.index("Интер")]
    assert found.remarks[-1].what.endswith('--speakers "Данияр,Интер"')


def test_labels_left_as_text_are_given_ready_to_paste_with_those_believed() -> None:
    remarks = find("Анна: а\nБорис: б\n" * 5 + "Мария: в\n").remarks
    assert remarks[-1].what.endswith('--speakers "Анна,Борис,Мария"')


def test_a_label_with_a_comma_is_not_given_to_paste() -> None:
    remarks = find("Анна: а\nБорис: б\n" * 5 + "Мария, 34: в\nЖамиля: г\n").remarks
    assert remarks[-1].what.endswith('--speakers "Анна,Борис,Жамиля"')


def test_a_name_that_may_be_misspelt_is_told_and_not_joined() -> None:
    found = find("Интервьюер: а\nДанияр: б\n" * 5 + "Интервъюер: а\nДанияр: б\n")
    assert len(found.speakers) == 3
    assert any("misspelt" in remark.what for remark in found.remarks)


@pytest.mark.parametrize("first", ["Интервъюер", "Интервьюер"])
def test_a_role_word_is_told_to_be_misspelt_however_seldom_it_stands(first: str) -> None:
    second = {"Интервъюер": "Интервьюер", "Интервьюер": "Интервъюер"}[first]
    remarks = find(f"{first}: а\nДанияр: б\n{second}: в\nДанияр: г\n").remarks
    told = [remark.what for remark in remarks if "misspelt" in remark.what]
    assert told == ["“Интервъюер” may be “Интервьюер” misspelt; they were not joined"]


@pytest.mark.parametrize("value", ['"one",', "1,", "[", "true"])
def test_the_keys_of_a_file_for_programs_are_nobody(value: str) -> None:
    assert speakers(f'"a": {value}\n"b": {value}\n' * 6) == {}


def test_a_name_in_straight_quotes_is_a_speaker() -> None:
    assert speakers('"Anna": well\n"Boris": so\n' * 3) == {"Anna": 3, "Boris": 3}
