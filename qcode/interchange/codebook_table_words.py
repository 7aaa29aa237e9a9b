"""What our columns of a codebook table are called in the languages of our users."""

from __future__ import annotations

__all__ = ["COLUMN_WORDS"]

_WORDS = {
    "code": "code key|код|код (ключ)|ключ|шифр|кодтың аты|коды|коддун аты|kod|kodlar|代码|编码|kürzel|schlüssel",
    "parent": "parent code key|родитель|родительский код|код-родитель|вышестоящий код|надкод|жоғарғы код|ата-аналық код"
    "|ата код|жогорку код|yuqori kod|ota kod|上级代码|上级编码|父代码|父编码|上级|übergeordneter code|übergeordnet",
    "name": "code name|название|наименование|имя|название кода|имя кода|атауы|аты|код атауы|аталышы|nomi|kod nomi"
    "|名称|代码名称|编码名称|bezeichnung|code-name",
    "brief": "brief definition|short definition|кратко|краткое определение|краткое описание|қысқаша|қысқаша анықтама"
    "|кыскача|кыскача аныктама|qisqacha|qisqa ta'rif|简要|简要定义|简述|kurz|kurzdefinition|kurzbeschreibung",
    "definition": "full definition|определение|описание|полное определение|расшифровка|значение|анықтама"
    "|анықтамасы|сипаттама|аныктама|аныктамасы|сыпаттама|ta'rif|ta’rif|tavsif|定义|说明|描述|beschreibung|erläuterung",
    "when": "when to use|inclusion|inclusion criteria|когда использовать|когда применять|когда ставить|применение"
    "|критерии включения|включать|қашан қолдану|қашан қолданылады|качан колдонуу|качан колдонулат|qachon ishlatiladi"
    "|qachon qo'llanadi|何时使用|使用时机|适用|适用情形|纳入标准|wann|wann verwenden|einschlusskriterien|anwendung",
    "when not": "when not to use|exclusion|exclusion criteria|когда не использовать|когда не применять|когда не ставить"
    "|критерии исключения|не включать|исключения|қашан қолданбау|қашан қолданылмайды|качан колдонбоо"
    "|качан колдонулбайт|qachon ishlatilmaydi|qachon qo'llanmaydi|何时不使用|不适用|不适用情形|排除标准|wann nicht"
    "|wann nicht verwenden|ausschlusskriterien",
    "examples": "example|пример|примеры|цитата|примеры цитат|мысал|мысалдар|мысалы|мисал|мисалдар|misol|misollar"
    "|例子|示例|例句|beispiel|beispiele|ankerbeispiel|ankerbeispiele",
    "color": "цвет|түс|түсі|өң|түсү|rang|rangi|颜色|farbe",
}

COLUMN_WORDS = {word: column for column, words in _WORDS.items() for word in words.split("|")}
"""The folded name of a column in another language, or of another habit, and our own column."""
