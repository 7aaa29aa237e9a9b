"""Which importer reads a file: its first bytes decide, then its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import cast

from qcode.errors import QcodeError, Unreadable
from qcode.importers.base import Draft, Options

__all__ = ["FORMATS", "SUFFIXES", "TRANSCRIPT_SUFFIXES", "Format", "check_size", "format_of", "read"]

Reader = Callable[[bytes, str, Options], Draft]
MOST_BYTES = 100_000_000
SAVE_AS = "open it in Word or LibreOffice and save it as .docx"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its suffixes, how its bytes begin, and the module that reads it or the advice if none does."""

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool] | None = None
    module: str = ""
    advice: str = ""

    def reader(self) -> Reader:
        """Return the function that reads this format; its module is imported only now."""
        return cast(Reader, import_module(self.module).read)


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(starts)


def _zip_with(*names: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(b"PK\x03\x04") and any(n in data[:4096] or n in data[-65536:] for n in names)


def _vtt(data: bytes) -> bool:
    return re.match(rb"(?:\xef\xbb\xbf)?WEBVTT(?:\s|\Z)", data[:12]) is not None


def _srt(data: bytes) -> bool:
    start = rb"(?:\xef\xbb\xbf)?\s{0,20}\d{1,6}\s{0,4}\r?\n\s*\d{1,3}:\d{1,2}:\d{1,2}[.,:]\d{1,3}\s*-->"
    return (
        re.match(start, data[:200].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")) is not None
    )


def _xml_with(*words: bytes) -> Callable[[bytes], bool]:
    return lambda data: (
        data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and any(w in data[:2048] for w in words)
    )


# In this order first bytes are looked at. A format of a later day is one row here and one module.
FORMATS = (
    Format("docx", (".docx", ".docm"), _zip_with(b"word/"), "qcode.importers.word"),
    Format("odt", (".odt",), _zip_with(b"opendocument.text"), advice=SAVE_AS),
    Format("xlsx", (".xlsx", ".xlsm"), _zip_with(b"xl/workbook"), advice="save the sheet with the talk as text (.txt)"),
    Format("doc", (".doc",), _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), advice=SAVE_AS),
    Format("pdf", (".pdf",), _begins(b"%PDF-"), advice="save its text as .docx or .txt"),
    Format("rtf", (".rtf",), _begins(b"{\\rtf"), advice=SAVE_AS),
    Format("vtt", (".vtt",), _vtt, "qcode.importers.subtitles"),
    Format("srt", (".srt",), _srt, "qcode.importers.subtitles"),
    Format(
        "html", (".html", ".htm"), _xml_with(b"<html", b"<HTML", b"<!DOCTYPE html", b"<!doctype html"), advice=SAVE_AS
    ),
    Format("eaf", (".eaf",), _xml_with(b"<ANNOTATION_DOCUMENT"), advice="export it from ELAN as .srt or as text"),
    Format("trs", (".trs",), _xml_with(b"<Trans"), advice="export it from Transcriber as text"),
    Format("exb", (".exb",), _xml_with(b"<basic-transcription"), advice="export it from EXMARaLDA as text"),
    Format("cha", (".cha",), None, advice="export it from CLAN as text"),
    Format("TextGrid", (".textgrid",), None, advice="export it from Praat as text"),
    Format("csv", (".csv", ".tsv"), None, advice="save the talk as text, one line a turn: NAME: words"),
    Format("txt", (".txt", ".text", ".md", ".markdown"), None, "qcode.importers.plain"),
)
SUFFIXES = frozenset(suffix for one in FORMATS if one.module for suffix in one.suffixes)
TRANSCRIPT_SUFFIXES = frozenset(s for one in FORMATS if one.name not in ("csv", "xlsx") for s in one.suffixes)
"""Endings that say "transcript", whether qcode reads it or tells how to save it; a table may be anything."""

_media = (
    (b"PK\x03\x04", "zip archive"),
    (b"\x1f\x8b", "gzip archive"),
    (b"Rar!", "rar archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"ID3", "sound recording"),
    (b"RIFF", "recording"),
    (b"OggS", "sound recording"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\0", "database"),
)


def read(data: bytes, name: str, options: Options | None = None) -> Draft:
    """Return the draft of one file from its bytes; `name` is its file name. Raises Unreadable, nothing else."""
    options = options or Options()
    check_size(len(data))
    kind = format_of(data, name)
    if not kind.module:
        raise Unreadable(_refusal(kind, data), mend=kind.advice)
    try:
        return kind.reader()(data, name, options)
    except Unreadable:
        raise
    except OSError as error:  # the language model is unpacked into the folder of temporary files
        what = f"the system refused while the file was read ({error.strerror or type(error).__name__})"
        raise Unreadable(what, mend="free some space in the folder of temporary files") from error
    except (QcodeError, MemoryError, RecursionError, Exception) as error:
        what = f"the file could not be read as {kind.name} ({type(error).__name__})"
        raise Unreadable(what, mend="open it in the program that made it and save it again") from error


def check_size(size: int) -> None:
    """Refuse a file by its number of bytes alone, before it is read. Raises Unreadable."""
    if not size:
        raise Unreadable("the file is empty")
    if size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Unreadable(
            f"the file is too large ({size // 1_000_000} MB; at most {most} MB)",
            mend="split it into one file an interview",
        )


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a file. Raises Unreadable where it is none that could hold a transcript."""
    suffix = PurePath(name).suffix.lower()
    head = data[:65536] + data[-65536:] if len(data) > 131072 else data
    for one in FORMATS:
        if one.sniff is not None and one.sniff(head):
            return one
    named = next((one for one in FORMATS if suffix in one.suffixes), None)
    zipped = named is not None and named.name in ("docx", "odt", "xlsx") and data.startswith(b"PK")
    for start, what in _media:
        if data.startswith(start) and not zipped:
            raise Unreadable(
                f"the file is a {what}, not a transcript", mend="import the transcript itself, as .docx or .txt"
            )
    if named is None:
        kinds = ", ".join(sorted(SUFFIXES))
        raise Unreadable(f"“{suffix or name}” is no format that qcode reads", mend=f"save it as one of {kinds}")
    return named


def _refusal(kind: Format, data: bytes) -> str:
    if kind.name == "doc" and data.startswith(b"\xd0\xcf\x11\xe0"):
        if _names(data, "EncryptedPackage"):
            return "the file is locked with a password"
        return "this is a file of Word 97-2003 (.doc) or another old Office program, which is not read"
    name = kind.name.upper() if kind.name.islower() else kind.name
    return f"{name} files are not read yet"


def _names(data: bytes, word: str) -> bool:
    return word.encode("utf-16-le") in data
