"""The text of an RTF file: read mark by mark, once, with a list for the open groups and no recursion."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from qcode.errors import Unreadable
from qcode.importers.blocks import Block, Body, body_of
from qcode.importers.rtf_codes import BYTES_OF, SIGNS, codec_of_page, codec_of_script, decoded
from qcode.importers.rtf_flow import Flow, Look

__all__ = ["read_text"]

MOST_GROUPS = 2_000
MOST_CHARACTERS = 20_000_000
MOST_ENDS = 1_000_000
LONG, SPLIT = "the text is too long", "split it into one file an interview"
SILENT = frozenset(
    {
        *("colortbl", "info", "pict", "fldinst", "listtext", "pntext", "shprslt", "nonshppict", "nonesttables"),
        *("xe", "tc", "tcn", "rxe", "txe", "template", "private", "background", "ftnsep", "ftnsepc", "ftncn"),
        *("aftnsep", "aftnsepc", "aftncn", "objdata", "filetbl", "revtbl", "listtable", "listoverridetable"),
        *("atnid", "atnauthor", "atntime", "atndate", "atnref", "atnicn", "atrfstart", "atrfend", "bkmkstart"),
        *("bkmkend", "themedata", "colorschememapping", "datastore", "latentstyles", "rsidtbl", "generator"),
    }
)
PRINTED = frozenset({*("header", "headerl", "headerr", "headerf"), *("footer", "footerl", "footerr", "footerf")})
TABLES = frozenset({"fonttbl", "stylesheet"})
ENDS = frozenset({"par", "sect", "cell", "nestcell", "row", "nestrow"})
NOTES = {"footnote": "footnotes", "annotation": "comments"}
_mark = re.compile(
    r"\\([a-zA-Z]{1,40})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)


class _Reader:
    """Goes through the marks once; counts what it leaves out."""

    def __init__(self, encoding: str | None) -> None:
        self.encoding, self.declared = encoding, ""
        self.page = "cp1252"
        self.left_out: Counter[str] = Counter()
        self.look, self.outer = Look(), list[Look]()
        self.flow, self.flows = Flow(), list[Flow]()
        self.scripts: dict[int, str] = {}
        self.headings: set[int] = set()
        self.defined, self.named = 0, ""
        self.default: int | None = None
        self.bytes = bytearray()
        self.half = self.passed = self.length = self.ends = self.broken = 0
        self.dropping = ""
        self.printed = False

    def read(self, text: str) -> list[Block]:
        """Return the blocks of a file, given with a character for each byte. Raises Unreadable."""
        at, opened = 0, False
        while at < len(text) and (self.outer or not opened):
            found = _mark.match(text, at)
            if found is None:  # a lone backslash at the end, or one before what is no mark
                at += 1
                continue
            at, opened = found.end(), True
            word, number, byte, sign, brace, plain = found.groups()
            if word == "bin":
                at += max(0, int(number or 0))
            elif word:
                self._word(word, None if number is None else int(number))
            elif byte:
                self._bytes(bytes((int(byte, 16),)))
            elif sign:
                self._sign(sign)
            elif brace:
                self._brace(brace)
            elif plain:
                self._bytes(plain.encode("latin-1"))
        if self.outer or not opened:
            raise Unreadable(
                "the file is cut off (it ends in the middle of its text)",
                mend="open it in the program that made it and save it again",
            )
        self._decode()
        return self.flow.finish()

    def _brace(self, brace: str) -> None:
        self._decode()
        self.passed = 0
        if brace == "{":
            if len(self.outer) >= MOST_GROUPS:
                raise Unreadable("the file is nested deeper than any text", mend="save it as .docx")
            self.outer.append(self.look)
            look = self.look
            if look.starred or look.box or look.pair:
                skip = look.skip or ("silent" if look.pair else "")
                self.look = replace(look, starred=False, box=False, pair=False, skip=skip)
        elif self.outer:
            if self.look.box:
                blocks, self.flow = self.flow.finish(), self.flows.pop()
                self.flow.boxes += blocks
            elif self.look.skip == "stylesheet":
                self._style()
            self.look = self.outer.pop()

    def _style(self) -> None:
        """Note whether the style that was just described is one of headings."""
        if self.named.strip().lower().startswith(("heading ", "title", "subtitle")):
            self.headings.add(self.defined)
        self.named = ""

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.look = replace(self.look, starred=True)
        elif sign in "\\{}":
            self._bytes(sign.encode("latin-1"))
        elif not self._passes():
            self._decode()
            if sign in "\r\n":
                self._act("par", None)
            elif sign in SIGNS:
                self._put(SIGNS[sign])

    def _passes(self) -> bool:
        """Tell whether a mark only stands for those that cannot read the character before it."""
        if self.passed:
            self.passed -= 1
            return True
        return False

    def _bytes(self, words: bytes) -> None:
        if self.passed:
            self.passed, words = max(0, self.passed - len(words)), words[self.passed :]
        self.bytes += words

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._decode()
            self._character(number % 65536 if number < 0 else number)
            self.passed = self.look.fallback
        elif not self._passes():
            self._decode()
            if not self._destination(word):
                self._act(word, number)

    def _character(self, code: int) -> None:
        high, self.half = self.half, 0
        if 0xD800 <= code < 0xDC00:
            self.half = code
        elif 0xDC00 <= code < 0xE000:
            whole = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            self._put(chr(whole) if high else "\ufffd")
        elif 0x20 <= code < 0x110000 or code == 9:
            self._put(chr(code))

    def _destination(self, word: str) -> bool:
        """Tell whether a word opens a part of the file of its own, and go there."""
        look = self.look
        if word in ("shptxt", "dptxbxtext") and look.skip == "shape":
            self.look = replace(look, skip="", box=True, starred=False, depth=0)
            self.flows.append(self.flow)
            self.flow = Flow()
        elif word == "ud" and self.outer and self.outer[-1].pair:
            self.look = replace(look, skip="")
        elif look.skip:
            if word == "ftnalt" and look.skip == "footnote":
                self.left_out.subtract({"footnotes": 1, "endnotes": -1})
            return word not in ("f", "fcharset", "cpg", "s", "cs", "ds", "ts", "uc")
        elif word in NOTES:
            self.left_out[NOTES[word]] += 1
            self.look = replace(look, skip=word)
        elif word in PRINTED:
            self.look, self.printed = replace(look, skip="printed"), False
        elif word in TABLES:
            self.look = replace(look, skip=word)
        elif word in ("shpinst", "do"):
            self.look = replace(look, skip="shape")
        elif word in SILENT or (look.starred and word not in BYTES_OF):
            self.look = replace(look, skip="silent")
        elif word == "upr":
            self.look = replace(look, pair=True)
        else:
            return False
        return True

    def _act(self, word: str, number: int | None) -> None:
        """Do what a word says about the words after it, or about the end of a paragraph, cell or row."""
        look, on = self.look, number != 0
        if word in SIGNS:
            self._put(SIGNS[word])
        elif word in ENDS:
            self._end(word)
        elif word in ("trowd", "clmrg", "cellx"):
            self._row_form(word)
        elif word == "b":
            self.look = replace(look, bold=on)
        elif word == "v":
            self.look = replace(look, hidden=on)
        elif word == "deleted":
            self.look = replace(look, deleted=on)
        elif word == "plain":
            self.look = replace(look, bold=False, hidden=False, deleted=False, font=self.default)
        elif word == "pard":
            self.look = replace(look, depth=0, heading=False)
        elif word == "intbl":
            self.look = replace(look, depth=max(1, look.depth) if on else 0)
        elif word == "itap":
            self.look = replace(look, depth=min(max(number or 0, 0), 2))
        elif word == "outlinelevel":
            self.look = replace(look, heading=(number or 0) < 9)
        elif word == "uc":
            self.look = replace(look, fallback=min(max(number or 0, 0), 10))
        else:
            self._fonts(word, number or 0)

    def _end(self, word: str) -> None:
        """End a paragraph, cell or row."""
        self.ends += 1
        if self.ends > MOST_ENDS:
            raise Unreadable(LONG, mend=SPLIT)
        if word in ("par", "sect"):
            self.flow.paragraph(self.look)
        elif word in ("cell", "nestcell"):
            self.flow.end_cell(inner=word == "nestcell")
        else:
            self.flow.end_row(inner=word == "nestrow")

    def _row_form(self, word: str) -> None:
        if word == "trowd":
            self.flow.begin_row()
        elif word == "clmrg":
            self.flow.joins = True
        else:
            self.flow.cell_width()

    def _fonts(self, word: str, number: int) -> None:
        look = self.look
        if word == "f":
            self.defined = number
            self.look = replace(look, font=number)
        elif word in ("s", "cs", "ds", "ts"):
            self.defined = number if word == "s" else -1
            self.look = replace(look, heading=number in self.headings) if word == "s" else look
        elif word == "fcharset" and look.skip == "fonttbl":
            self.scripts[self.defined] = codec_of_script(number)
        elif word == "cpg" and look.skip == "fonttbl":
            self.scripts[self.defined] = codec_of_page(number) or ""
        elif word == "deff":
            self.default = number
            self.look = replace(look, font=number)
        elif word in BYTES_OF or word == "ansicpg":
            page = BYTES_OF.get(word) or codec_of_page(number)
            self.declared = (page or "") if word == "ansicpg" else self.declared
            self.page = page or self.page

    def _decode(self) -> None:
        """Turn the bytes read so far into words, by the encoding of their font or of the file."""
        if not self.bytes:
            return
        raw, self.bytes = bytes(self.bytes), bytearray()
        if self.look.skip == "stylesheet":
            self.named += raw[:200].decode("latin-1")
        if self.look.skip not in ("", "printed"):
            return
        script = self.scripts.get(-1 if self.look.font is None else self.look.font) or self.page
        words = decoded(raw, self.encoding or script)
        self.broken += words.count("\ufffd")
        self._put(words)

    def _put(self, words: str) -> None:
        """Take words into the paragraph, unless they are left out."""
        look = self.look
        if look.skip:
            if look.skip == "printed" and words.strip() and not self.printed:
                self.printed = True
                self.left_out["headers and footers"] += 1
            return
        kind = "deletions" if look.deleted else "hidden stretches" if look.hidden else ""
        if kind:
            self.left_out[kind] += kind != self.dropping and bool(words.strip())
        else:
            self.length += len(words)
            if self.length > MOST_CHARACTERS:
                raise Unreadable(LONG, mend=SPLIT)
            self.flow.runs.append((words, look.bold))
        self.dropping = kind


def read_text(data: bytes, encoding: str | None) -> tuple[Body, str, int]:
    """Return the body of an RTF file, the encoding it declares (or ""), and how many characters were broken."""
    reader = _Reader(encoding)
    body = body_of(reader.read(data.decode("latin-1")), reader.left_out)
    return body, reader.declared, reader.broken
