"""The forms of labels at the beginning of a line: what sets a name off from the words behind it."""

from __future__ import annotations

import re

from qcode.text.openings import MARK, WS
from qcode.text.times import CLOCK

__all__ = [
    "AFTER_TIME",
    "BLANKS",
    "BOLD",
    "BOXED",
    "CLOCKED",
    "CODEWORD",
    "COLON",
    "DASHED",
    "EMBRACED",
    "HALF_EMBRACED",
    "HOUR",
    "HURDLE",
    "INITIAL",
    "LABEL",
    "NAMED",
    "NAMED_KEY",
    "OPENED",
    "PARTED",
    "PARTER",
    "QUOTED",
    "SENT",
    "SINGLE",
    "SPACED",
    "SPLIT_CLOCK",
    "START",
    "STOPPED",
    "TIMED",
    "VALUE",
    "WIDE",
]

LETTER = r"[^\W\d_]"
INNER = r"(?:[\w|\"“”«».'’ʼ`´‘·&/@+#№,\u0300-\u036f\u00ad-]|[^\S\n\t])"
LABEL = rf"{LETTER}{INNER}{{0,59}}?"
BRACKET = r"\([^()\n]{0,80}\)|（[^（）\n]{0,80}）|\\?\[[^\[\]\n]{0,80}\]"

AFTER_TIME = re.compile(rf"(?:{MARK})?{WS}{{0,4}}(?:[-–—|]{WS}{{1,4}})?")
NAMED = re.compile(
    rf"(?P<label>{LABEL}){WS}{{0,3}}(?P<close>{MARK})?{WS}{{0,2}}(?P<bracket>{BRACKET})?"
    rf"(?:{WS}(?P<when>{BRACKET}))?(?P<close2>{MARK})?{WS}{{0,3}}"
    rf"(?P<colon>[:：﹕∶])(?![/\\]?/)(?P<close3>{MARK})?"
)
# A chat that Zoom saved: `10:02:11 From Ana Ruiz to Everyone:`
SENT = re.compile(
    rf"From{WS}{{1,4}}(?P<label>{LABEL}){WS}{{0,4}}(?P<bracket>{BRACKET})?"
    rf"(?:{WS}{{1,4}}[Tt]o{WS}{{1,4}}[^:\n]{{1,100}}?)?{WS}{{0,4}}(?P<colon>:)(?!//)"
)
PARTED = re.compile(
    rf"(?P<label>{LABEL}){WS}{{0,3}}(?P<close>{MARK})?{WS}{{0,2}}(?P<bracket>{BRACKET})?(?P<close3>{MARK})?[^\S\n\t]{{0,3}}"
    rf"(?:(?P<tab>\t)|(?P<dash>(?<=\s)[-–—](?=\s|$)))"
)
SPACED = re.compile(rf"(?P<label>{LABEL}){WS}{{2,12}}(?=[^\s\d])")
STOPPED = re.compile(
    rf"(?P<label>{LETTER}){WS}{{0,3}}(?P<close>{MARK})?{WS}{{0,2}}(?P<bracket>{BRACKET})?(?P<close3>{MARK})?{WS}{{0,3}}\.(?=\s)"
)
_behind_box = rf"(?P<close>{MARK})?(?:{WS}{{0,2}}(?P<colon>[:：])|{WS}{{1,3}}[-–—](?=\s))?(?P<close3>{MARK})?"
BOXED = re.compile(rf"\\?\[(?P<label>{LABEL})\\?\]{_behind_box}")
EMBRACED = re.compile(rf"(?:\((?=[^()\n]{{1,60}}\))|<(?=[^<>\n]{{1,60}}>))(?P<label>{LABEL})[)>]{_behind_box}")
HALF_EMBRACED = re.compile(
    rf"(?=[^()\n]{{1,31}}\))(?P<label>{LETTER}{INNER}{{0,30}}?)\){WS}{{0,3}}(?P<colon>[:：])?(?=\s)"
)
QUOTED = re.compile(
    rf"(?P<quote>[«“„\"])(?P<label>{LETTER}[^«»“”„\"\n:：]{{0,38}})[»”“\"]{WS}{{0,3}}(?P<bracket>{BRACKET})?{WS}{{0,3}}(?P<colon>[:：])(?!//)"
)
# What follows a key between straight quotes in a file for programs: `"key": "value",`
VALUE = re.compile(r"\s*(?:[\"\[{]|[-\d.]+\s*,?\s|(?:true|false|null)\b)")
# Behind a time, a name with a number needs nothing more: `[00:00:03] Speaker2 words`
TIMED = re.compile(rf"(?P<label>{LETTER}{{1,14}}(?:[_-]?\d{{1,3}}|[^\S\n]\d{{1,2}})){WS}{{1,4}}(?=[^\s\d:：])")
# A dash whose second blank was forgotten: `Р —слово`
DASHED = re.compile(rf"(?P<label>{LETTER}{INNER}{{0,30}}?){WS}{{1,3}}[-–—](?=[^\s\d–—-])")
BOLD = re.compile(rf"(?P<label>{LABEL})[:：]?(?P<close>\*\*\*|\*\*|__)(?={WS}{{1,4}}\S)")
SINGLE = re.compile(
    rf"(?P<label>{LABEL}){WS}{{0,8}}(?:{MARK})?{WS}{{0,8}}(?P<bracket>{BRACKET})?{WS}{{0,8}}"
    rf"(?P<rest>[\[(<{{\\#]{{0,2}}\d{{1,3}}:[\d:.,–\\\])>}}#*_\s-]{{2,20}})?\Z"
)
INITIAL = re.compile(rf"{WS}{LETTER}\.\Z")
OPENED = re.compile(MARK)
BLANKS = re.compile(rf"(?:{WS}|[\u200b-\u200f\u2060\ufeff])*")
COLON = re.compile(r"[:：﹕∶]")
PARTER = re.compile(r"[\t–—-]")
WIDE = re.compile(r"(?<=\S)[^\S\n]{2}")
HURDLE = re.compile(r"[:：﹕∶\t\[]|[^\S\n](?:[-–—]|[^\S\n]+\S)|\*\*|__")
START = re.compile(r"\s*(?:[^\W\d_]\.\s|[#(<«“„\"]|[^()\n]{1,25}\)\s)")
CLOCKED = re.compile(
    rf"(?P<label>{LABEL}){WS}{{1,4}}(?P<bracket>\\?\[{CLOCK}\\?\]|\({CLOCK}\)|\d{{1,3}}:[0-5]\d:[0-5]\d(?:[.,]\d{{1,3}})?)(?=[^\S\n]+\S)"
)
SPLIT_CLOCK = re.compile(r"\s(\d\d)\Z")
HOUR = re.compile(rf"{CLOCK}(?=\s|\Z)")
NAMED_KEY = re.compile(r"[^\W_]")
CODEWORD = re.compile(r"[A-ZА-ЯЁ]{1,3}\d{0,2}(?=[-–—]\s)")
