"""The keys of the coding room: one table for the terminal, the browser and the plain mode."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BY_KEY", "GROUPS", "KEYS", "Key", "latin", "shown"]


@dataclass(frozen=True, slots=True)
class Key:
    """What is done on a press: `keys` as Textual spells them, the first is the one shown; `help` says it in words."""

    act: str
    keys: tuple[str, ...]
    help: str
    group: str


GROUPS = ("Moving", "Selecting", "Finding", "Coding", "Reading about codes", "Going elsewhere")

KEYS: tuple[Key, ...] = (
    Key("word_next", ("right",), "next word", "Moving"),
    Key("word_previous", ("left",), "word before", "Moving"),
    Key("sentence_next", ("down",), "next sentence", "Moving"),
    Key("sentence_previous", ("up",), "sentence before", "Moving"),
    Key("turn_next", ("right_square_bracket", "ctrl+down"), "next turn", "Moving"),
    Key("turn_previous", ("left_square_bracket", "ctrl+up"), "turn before", "Moving"),
    Key("page_down", ("pagedown", "space"), "a page on", "Moving"),
    Key("page_up", ("pageup",), "a page back", "Moving"),
    Key("top", ("home",), "beginning of the transcript", "Moving"),
    Key("bottom", ("end",), "end of the transcript", "Moving"),
    Key("extend_word", ("shift+right", "e"), "take in the next word", "Selecting"),
    Key("shrink_word", ("shift+left", "E"), "let the last word go", "Selecting"),
    Key("extend_sentence", ("shift+down",), "take in the next sentence", "Selecting"),
    Key("shrink_sentence", ("shift+up",), "let the last sentence go", "Selecting"),
    Key("extend_back", ("left_curly_bracket",), "take in the word before", "Selecting"),
    Key("shrink_front", ("right_curly_bracket",), "let the first word go", "Selecting"),
    Key("take_word", ("w",), "select whole words", "Selecting"),
    Key("take_sentence", ("s",), "select the whole sentence", "Selecting"),
    Key("take_turn", ("t",), "select the whole turn", "Selecting"),
    Key("next_uncoded", ("u",), "next sentence without a coding", "Finding"),
    Key("next_pending", ("p",), "next coding that waits for a decision", "Finding"),
    Key("next_coding", ("b",), "next coding", "Finding"),
    Key("previous_coding", ("B",), "coding before", "Finding"),
    Key("search", ("slash",), "search for words", "Finding"),
    Key("next_match", ("n",), "next place found", "Finding"),
    Key("previous_match", ("N",), "place found before", "Finding"),
    Key("pick", ("c", "enter"), "code: type a few letters of the code", "Coding"),
    *(Key(f"quick_{n}", (str(n),), f"code with quick code {n}", "Coding") for n in range(1, 10)),
    Key("repeat", ("full_stop",), "code with the last codes again", "Coding"),
    Key("in_vivo", ("v",), "make a code of the words selected", "Coding"),
    Key("memo", ("m",), "write a memo", "Coding"),
    Key("withdraw", ("x", "delete"), "withdraw a coding", "Coding"),
    Key("undo", ("z", "ctrl+z"), "undo", "Coding"),
    Key("redo", ("y", "ctrl+y"), "redo", "Coding"),
    Key("definition", ("i",), "definition of a code", "Reading about codes"),
    Key("codings_here", ("k",), "codings here: coder, memo, id", "Reading about codes"),
    Key("suggest", ("g",), "suggestions", "Going elsewhere"),
    Key("queue", ("r",), "codings that wait for a decision, one by one", "Going elsewhere"),
    Key("others", ("o",), "show or hide other coders", "Going elsewhere"),
    Key("transcripts", ("l",), "list of transcripts", "Going elsewhere"),
    Key("help", ("question_mark",), "all keys", "Going elsewhere"),
    Key("quit", ("q",), "leave; everything is kept", "Going elsewhere"),
)

BY_KEY: dict[str, str] = {name: key.act for key in KEYS for name in key.keys}
"""The act of each key, as Textual spells it."""

_SHOWN = (
    {"right": "→", "left": "←", "down": "↓", "up": "↑", "pagedown": "PgDn", "pageup": "PgUp", "space": "Space"}
    | {"home": "Home", "end": "End", "enter": "Enter", "delete": "Del", "full_stop": "."}
    | {"right_square_bracket": "]", "left_square_bracket": "[", "right_curly_bracket": "}", "left_curly_bracket": "{"}
    | {"slash": "/", "question_mark": "?"}
)
_ROWS = (
    ("ёйцукенгшщзхъфывапролджэячсмитьбю", "`qwertyuiop[]asdfghjkl;'zxcvbnm,."),
    ("ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ", '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'),
)
_PLACES = {cyrillic: place for row, places in _ROWS for cyrillic, place in zip(row, places, strict=True)}


def latin(letter: str) -> str:
    """Return the character that stands at the place of a Cyrillic letter on a Latin keyboard; any other as it is.

    So `с` typed with a Russian layout is the key `c`, and `С` the key `C`. Letters go by place, hence `ю` is `.`, `х`
    is `[` and `Х` is `{`; the Kazakh and Kyrgyz layouts have the letters they share with Russian at the same places.
    A full stop, a slash or a question mark counts as what it is, wherever the layout has it: with a Russian layout the
    key beside the right shift key, which gives a full stop, repeats as `ю` does, and a slash is typed as the layout
    has it (with shift, beside enter). The letters of the Kazakh layout in the row of digits stand for themselves.
    """
    return _PLACES.get(letter, letter)


def shown(key: str) -> str:
    """Return a key as people know it: `]` for right_square_bracket, `Shift+→` for shift+right."""
    *held, last = key.split("+")
    return "+".join((*(name.title() for name in held), _SHOWN.get(last, last)))
