"""What the columns of a table are called, in the languages of people who make them."""

from __future__ import annotations

import re

__all__ = ["HEADS", "OTHERWISE", "is_head_of_codes", "is_personal", "key_of", "looks_coded"]


def _set(words: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in words.split("|"))


HEADS: dict[str, frozenset[str]] = {
    "speaker": _set("""
        speaker|speakers|speaker name|speaker id|speaker label|who|voice|spoken by|said by|role|actor
        |username|sender|sprecher|sprecherin|sprecher in|sprecher*in|sprechende|sprechende person|person|wer
        |rolle|спикер|говорящий|говорящая|кто|кто говорит|участник|имя|голос|роль|говорит|собеседник
        |сөйлеуші|сөйлеген|сөйлеуші адам|кім|сүйлөөчү|сүйлөгөн|ким|so'zlovchi|soʻzlovchi|gapiruvchi|说话人|说话者
        |发言人|发言者|讲话人|讲者|角色|谁|說話人|說話者|發言人|發言者|講者|locuteur|intervenant|hablante|participant
        |interviewee interviewer|name"""),
    "text": _set("""
        text|utterance|utterances|words|transcript text|transcription|content|contents|sentence|said
        |what was said|message|speech|turn|line|body|dialogue|dialog|transcript|talk|statement|answer
        |response|quote|segment text|transkript|transkription|äußerung|aussage|wortlaut|inhalt|gesagtes
        |gesagt|redebeitrag|beitrag|antwort|текст|реплика|реплики|слова|высказывание|сообщение|содержание
        |речь|фраза|ответ|расшифровка|транскрипт|мәтін|сөз|сөздер|жауап|сөйлем|жооп|matn|gap|javob|so'zlar
        |文本|内容|话语|话|发言|文字|原文|转录|对话|对话内容|回答|内容文本|文字稿|內容|話語|發言|對話|texte|texto"""),
    "time": _set("""
        time|start|start time|starttime|timestamp|time stamp|timecode|time code|begin|from|offset|at|in
        |start ms|start s|start seconds|start sec|time ms|seconds|zeit|beginn|start zeit|startzeit
        |zeitstempel|zeitmarke|anfang|von|время|начало|таймкод|тайм код|время начала|метка времени|старт
        |уақыт|уақыты|басы|басталуы|убакыт|башталышы|vaqt|boshlanishi|时间|开始|开始时间|时间戳|起始时间|時間|開始時間|temps
        |début|tiempo|inicio"""),
    "transcript": _set("""
        transcript|transcript id|transcript name|document|document name|file|file name|filename|interview
        |interview id|interview no|interview number|conversation|conversation id|session|session id
        |dialogue id|source|media|episode|recording|dokument|datei|dateiname|gespräch|aufnahme|документ|файл
        |имя файла|интервью|беседа|запись|разговор|№ интервью|номер интервью|құжат|сұхбат|файл аты|маек
        |suhbat|hujjat|文件|文件名|访谈|访谈编号|文档|录音|訪談|檔案|entretien|entrevista"""),
    "id": _set("""
        id|respondent|respondent id|respondentid|participant|participant id|participantid|case|case id
        |caseid|no|nr|number|response id|responseid|subject|subject id|pid|code|key|record|record id
        |informant|interviewee|fall|fall id|fallnummer|teilnehmer|teilnehmerin|teilnehmende|befragte
        |befragter|probandin|proband|nummer|lfd nr|респондент|информант|участник|номер|№|код|код респондента
        |анкета|номер анкеты|id респондента|респонденты|респондент коды|жауап беруші|нөмір|катышуучу
        |қатысушы|номери|respondent kodi|ishtirokchi|raqam|编号|序号|受访者
        |受访者编号|被访者|参与者|案例|編號|序號|受訪者|numéro|número"""),
}
"""The names of a column by its role, folded; several roles may have one name, and what stands in it decides."""

OTHERWISE = _set(
    """who|role|actor|person|wer|rolle|кто|участник|имя|роль|кім|ким|角色|谁|participant|name|voice|голос"""
)
"""Names of the speakers' column that may as well be something else."""

_PERSONAL = _set("""
    email|e mail|mail|e mail address|email address|recipientemail|phone|telephone|mobile|phone number|ip
    |ip address|ipaddress|name|full name|first name|last name|surname|family name|recipientfirstname
    |recipientlastname|address|vorname|nachname|familienname|telefon|handy|anschrift|adresse|e mail adresse
    |имя|фамилия|отчество|фио|ф и о|телефон|почта|эл почта|электронная почта|адрес|паспорт|иин|аты|тегі
    |аты жөні|аты жөнү|ism|familiya|姓名|名字|电话|手机|邮箱|地址|身份证|電話|郵箱""")

_CODE = frozenset(
    {"code", "codes", "code path", "codename", "code name", "tag", "tags", "codes applied combined", "код"}
)
_PLACE = frozenset(
    {
        "start",
        "end",
        "begin",
        "beginning",
        "quote",
        "excerpt range",
        "coded",
        "segment",
        "highlight",
        "content",
        "selection",
    }
)
_CODEBOOK = frozenset(
    {
        "code",
        "codes",
        "codename",
        "code name",
        "tag",
        "parent code",
        "subcode",
        "obercode",
        "код",
        "категория",
        "кодтар",
    }
)
_DEFINED = _set("""
    definition|parent|parent code|description|memo|brief|when|when not|color|colour|number of highlights
    |code group 1|parent id|definitions|beschreibung|определение|описание|анықтама|定义|定義|#""")
_DEFINITION = frozenset({"definition", "definitions", "определение", "анықтама", "定义", "定義"})
_odd = re.compile(r"[\s_\-–./:()\[\]{}?!\"“”«»]+")


def key_of(head: str) -> str:
    """Return the name of a column as names are compared."""
    return _odd.sub(" ", head.casefold().replace("\ufeff", "")).strip()


def is_personal(head: str) -> bool:
    """Tell whether a column of this name may hold what tells who a participant is."""
    return key_of(head) in _PERSONAL


def is_head_of_codes(head: str) -> bool:
    """Tell whether a column of this name is one of a table of codes or codings."""
    return key_of(head) in _CODE | _CODEBOOK | _DEFINED | _PLACE


def looks_coded(head: tuple[str, ...]) -> str:
    """Return the command for a table of codings, of codes or of cases; "" for another."""
    keys = {key_of(name) for name in head}
    if keys & _CODE and keys & _PLACE:
        return "qcode coding import"
    if (keys & _CODEBOOK and keys & _DEFINED) or keys & _DEFINITION:
        return "qcode codebook import"
    if "case" in keys and "transcripts" in keys:
        return "qcode case import"
    return ""
