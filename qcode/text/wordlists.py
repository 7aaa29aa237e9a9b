"""Words in front of a colon that name no one, and words that name a role, in the study's languages."""

from __future__ import annotations

import re
from functools import lru_cache

from qcode.text.fold import fold, is_initials, slipped

__all__ = ["is_column_head", "is_credit", "is_head_row", "is_header", "is_no_person", "is_role", "is_slip_of_role"]

NO_PERSON = """
note|notes|nb|n.b|ps|p.s|remark|remarks|comment|comments|warning|attention|important|example|examples|e.g|i.e
for example|summary|abstract|date|time|place|location|venue|duration|title|subject|topic|theme|tags|tag|keywords
key words|source|sources|url|link|links|email|e-mail|http|https|ftp|file|www|mailto|tel|phone|fax|address
recording|audio|video|file name|filename|version|language|languages|transcript|transcribed by|transcript by
transcriber|transcribed|translation|translated by|edited by|recorded by|interview date|date of interview
interview|number|id|page|chapter|section|part|figure|table|appendix|introduction|conclusion|break|jingle|music
sponsor|outro|intro|pause|silence|laughter|applause|end|begin|start|age|gender|sex|occupation|education|country
city|region|legend|key|media|podcast|status|license|licence|copyright|author|authors|references|warnung|task
result|first|second|third|firstly|secondly|finally|however|also|actually|well|so|but|and|yes|no|ok|okay|because
then|now|that is|in short|question one|option|примечание|примечания|прим|прим. ред|внимание|важно|например
пример|итог|итого|вывод|выводы|дата|время|место|тема|название|заголовок|теги|тэги|ключевые слова|длительность
продолжительность|аннотация|резюме|источник|источники|ссылка|ссылки|сайт|адрес|телефон|почта|язык|расшифровка
транскрипт|запись|интервью|место записи|дата записи|дата интервью|дата проведения|место проведения|пол|возраст
образование|профессия|должность|страна|город|регион|над материалом работали|редактор|редакторы|корректор|авторы
автор|перевод|комментарий|комментарии|пауза|смех|перерыв|конец|начало|глава|часть|раздел|таблица|рисунок|номер
фио|ф.и.о|опубликовано|архив|фонд|дисциплина|во-первых|во-вторых|в-третьих|кстати|значит|короче|да|нет|то есть
т.е|также|однако|потом|теперь|доп. вопрос|дополнительный вопрос|цель|цель встречи|темы интервью|hinweis
anmerkung|anmerkungen|achtung|beispiel|zum beispiel|z.b|datum|uhrzeit|zeit|ort|dauer|thema|titel|quelle|quellen
stichworte|schlagworte|kürzel|alter|geschlecht|beruf|land|stadt|sprache|aufnahme|transkription|transkribiert von
legende|seite|kapitel|abschnitt|ende|anfang|pause|musik|ja|nein|also|aber|erstens|zweitens|drittens|fazit
telefon|ескерту|ескертпе|күні|уақыты|орны|орын|тақырыбы|мысалы|тілі|жасы|жынысы|иә|жоқ|эскертүү|дата|убактысы
орду|темасы|мисалы|тили|жашы|ооба|жок|izoh|eslatma|sana|vaqt|vaqti|joy|joyi|mavzu|masalan|til|tili|yoshi|jinsi
ha|yo'q|diqqat|изоҳ|эслатма|сана|вақт|жой|мавзу|масалан|注|注意|备注|備註|说明|說明|例如|比如|例|所以|因此|因为|但是|时间|時間|地点|地點|日期|主题
主題|标题|標題|题目|关键词|關鍵詞|来源|來源|链接|連結|年龄|年齡|性别|性別|职业|職業|总之|總之|首先|其次|最后|结果|錄音|录音|语言|remarque|exemple|lieu|durée|thème
source|nota|fecha|lugar|tema|ejemplo|duración|data|luogo
"""

ROLE = """
int|interviewer|interviewer in|interviewee|interviewerin|i|iv|ir|ie|r|resp|respondent|p|participant|q|a|question
answer|m|mod|moderator|facilitator|host|guest|s|student|b|befragte|befragter|befragte person|interviewte
interviewter|interviewpartner|interviewpartnerin|speaker|doctor|dr|patient|client|nurse|d|f|frage|antwort
researcher|informant|translator|interpreter|unknown|all|и|интервьюер|инт|интервьюёр|р|респондент|респондентка
респ|в|о|вопрос|ответ|м|модератор|ведущий|ведущая|врач|пациент|пациентка|клиент|клиентка|собеседник|собеседница
информант|эксперт|участник|участница|корреспондент|гость|голос|переводчик|переводчица|сотрудник|сотрудница
спикер|женщина|мужчина|все|ж|сұхбаткер|сұхбат алушы|сұхбаттасушы|респондент|жауап|сұрақ|дәрігер|жүргізуші
сұхбат жүргізуші|қатысушы|сарапшы|катышуучу|маек жүргүзүүчү|ishtirokchi|suhbat oluvchi|иштирокчи|суҳбат олувчи
маек алуучу|маектешүүчү|интервью алуучу|суроо|жооп|дарыгер|алып баруучу|suhbatdosh|intervyuer|intervyu oluvchi
respondent|savol|javob|shifokor|boshlovchi|mijoz|интервюер|суҳбатдош|савол|жавоб|访谈者|訪談者|采访者|採訪者|访问者|訪問者|受访者|受訪者
采访人|受访人|访问员|被访人|参与者|參與者|被访者|被訪者|被采访者|主持人|记者|記者|嘉宾|来宾|问|問|答|问题|医生|患者|病人|志愿者|研究者|研究员|专家|翻译|甲|乙|intervieweur|enquêteur|enquêté
entrevistador|entrevistadora|entrevistado|entrevistada
"""

COLUMN = """
speaker|speakers|name|who|person|turn|participant|sprecher|sprecherin|wer|person|говорящий|спикер|кто|имя|участник
кто говорит|голос|говорящая|кім|ким|kim|gapiruvchi|сүйлөөчү|сөйлеуші|so'zlovchi
谁|角色|说话人|發言人|发言人|姓名
"""

SAID = """
text|words|said|utterance|content|speech|talk|transcript|transkript|wortlaut|äußerung|aussage|inhalt|gesagtes|beitrag
redebeitrag|текст|реплика|реплики|слова|высказывание|речь|содержание|ответ|расшифровка|мәтін|сөз|сөздер|сөзү|текст
matn|gap|so'zlar|内容|文本|话语|话|發言|发言|文字|原文|內容|話語|№|#|nr|п/п|№ п/п|таймкод|тайм-код|timecode
zeitmarke|начало|start|beginn|басы|уақыт|убакыт|comment|комментарий|примечание|примечания
"""

HEADER = """
date|time|place|location|venue|duration|title|subject|topic|theme|tags|keywords|key words|source|recording|file
file name|language|transcribed by|transcript by|transcriber|interview date|date of interview|interview|number|id
age|gender|sex|occupation|education|country|city|region|project|code|pseudonym|дата|время|место|тема|название
длительность|язык|расшифровка|продолжительность|дата записи|дата интервью|дата проведения|место проведения
место записи|пол|возраст|образование|профессия|должность|страна|город|регион|номер|теги|ключевые слова|аннотация
datum|uhrzeit|zeit|ort|dauer|thema|titel|kürzel|alter|geschlecht|beruf|land|stadt|sprache|aufnahme|transkription
күні|уақыты|орны|тақырыбы|жасы|жынысы|убактысы|орду|темасы|жашы|sana|vaqt|vaqti|joy|joyi|mavzu|yoshi|jinsi|时间|時間
地点|地點|日期|主题|主題|标题|標題|年龄|年齡|性别|性別|职业|職業|语言
"""

CREDIT = """
transcribed by|transcript by|transcriber|transcription|edited by|editor|recorded by|translated by|proofread by
над материалом работали|над текстом работали|расшифровка|расшифровал|расшифровала|расшифровали|расшифровщик
транскрипция|набор|сверка|редактор|редакторы|редактура|корректор|корректура|подготовка текста|публикация
transkription|transkribiert von|transkript|lektorat|korrektur|redaktion
整理|整理者|记录|记录者|記錄|校对|校對|编辑|轉錄|转录
"""

LONG = 8
INITIALS_OF_NO_ONE = {"NB", "PS"}

_tail = re.compile(r"(?:[\s_\-.#№]*\d{1,4}){1,2}[a-zа-я]?\Z|[\s_]+[A-ZА-Я]\Z")


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for line in words.split("\n") for word in line.split("|") if word)


_no_person = _set(NO_PERSON)
_role = _set(ROLE)
_long_roles = [role for role in _role if len(role) >= LONG]


_column = _set(COLUMN)
_said = _set(SAID)
_header = _set(HEADER)
_credit = _set(CREDIT)


def is_header(label: str) -> bool:
    """Tell whether a label heads a fact about the interview, like `Date` or `Место записи`."""
    return fold(label) in _header


def is_credit(label: str) -> bool:
    """Tell whether a label heads the names of those who made the transcript, like `Transcribed by`."""
    return fold(label) in _credit


def is_column_head(label: str) -> bool:
    """Tell whether a label may head the column of speakers in a table."""
    return fold(label) in _column


def is_head_row(line: str) -> bool:
    """Tell whether a line is the head of a table of talk, like `Время`, `Кто` and `Текст` with tabs between them."""
    if "\t" not in line:
        return False
    cells = [cell.strip().rstrip(":") for cell in line.split("\t") if cell.strip()]
    others = [cell for cell in cells if not is_column_head(cell)]
    said = any(fold(cell) in _said for cell in others)
    return said and len(others) < len(cells) and all(fold(cell) in _said or is_header(cell) for cell in others)


def is_no_person(label: str) -> bool:
    """Tell whether a label is a heading or a turn of speech, like `Note` or `Ключевые слова`.

    Initials are neither, whatever word they spell (`Д.А.`, `O.K.`).
    """
    if "." in label and label.isupper() and is_initials(label) and fold(label) not in INITIALS_OF_NO_ONE:
        return False
    return fold(label.replace("’", "'")) in _no_person or is_header(label)


def is_role(label: str) -> bool:
    """Tell whether a label names a part in an interview, like `INT`, `R1` or `Интервьюер 2`.

    A long word for one counts with a slip of the pen, too (`Интервъюер`).
    """
    return fold(label) in _role or _is_role_word(fold(_tail.sub("", label)))


def is_slip_of_role(label: str) -> bool:
    """Tell whether a label names a part in an interview only if a slip of the pen is forgiven."""
    word = fold(_tail.sub("", label))
    return fold(label) not in _role and word not in _role and _is_role_word(word)


@lru_cache(maxsize=2000)
def _is_role_word(word: str) -> bool:
    return word in _role or (len(word) >= LONG and any(slipped(word, role) for role in _long_roles))
