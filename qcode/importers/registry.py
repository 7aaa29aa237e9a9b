"""Which importer reads a file: its first bytes decide, then its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath

from qcode.errors import MissingExtra, Unreadable
from qcode.importers.added import added_formats
from qcode.importers.base import Draft, Options
from qcode.importers.elsewhere import refuse_by_ending
from qcode.importers.format import Format, Grouper

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "TRANSCRIPT_SUFFIXES",
    "Format",
    "check_size",
    "endings",
    "format_of",
    "formats",
    "grouper_of",
    "is_talk",
    "read",
    "read_all",
    "read_together",
    "suffixes",
]

MOST_BYTES = 100_000_000
SAVE_AS = "open it in Word or LibreOffice and save it as .docx"
SAVE_AS_XLSX = "open it in LibreOffice and save it as .xlsx"


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


def _maxqda(data: bytes) -> bool:
    """Tell a text for MAXQDA's preprocessor: its first line that is not empty begins with #TEXT."""
    return re.match(rb"\s*#TEXT", data[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")) is not None


def _xml_with(*words: bytes) -> Callable[[bytes], bool]:
    return lambda data: (
        data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and any(w in data[:2048] for w in words)
    )


def _text_with(start: bytes) -> Callable[[bytes], bool]:
    beginning = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:" + start + rb")")
    return lambda data: beginning.match(data[:512].replace(b"\0", b"")) is not None


def _open_document(data: bytes) -> bool:
    return _zip_with(b"opendocument.text")(data) or _xml_with(b"application/vnd.oasis.opendocument.text")(data)


def _html(data: bytes) -> bool:
    head = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return head.startswith(b"<") and (head.startswith(b"<!doctype html") or re.search(rb"<html[\s>]", head) is not None)


# In this order first bytes are looked at. A format of a later day is one row here and one module.
FORMATS = (
    Format("docx", (".docx", ".docm"), _zip_with(b"word/"), "qcode.importers.word"),
    Format("odt", (".odt", ".fodt"), _open_document, "qcode.importers.odt"),
    Format("xlsx", (".xlsx", ".xlsm"), _zip_with(b"xl/workbook"), "qcode.importers.table", anything=True),
    Format("ods", (".ods",), _zip_with(b"opendocument.spreadsheet"), advice=SAVE_AS_XLSX, anything=True),
    Format("doc", (".doc",), _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), advice=SAVE_AS),
    Format("pdf", (".pdf",), _begins(b"%PDF-"), "qcode.importers.pdf"),
    Format("rtf", (".rtf",), _begins(b"{\\rtf", b"\xef\xbb\xbf{\\rtf"), "qcode.importers.rtf"),
    Format("vtt", (".vtt",), _vtt, "qcode.importers.subtitles"),
    Format("srt", (".srt",), _srt, "qcode.importers.subtitles"),
    Format("html", (".html", ".htm", ".xhtml"), _html, "qcode.importers.html"),
    Format("eaf", (".eaf",), _xml_with(b"<ANNOTATION_DOCUMENT"), "qcode.importers.eaf"),
    Format("trs", (".trs",), _xml_with(b"<Trans ", b"<Trans>"), "qcode.importers.trs"),
    Format("exb", (".exb",), _xml_with(b"<basic-transcription"), "qcode.importers.exb"),
    Format(
        "tei",
        (".tei", ".xml"),
        _xml_with(b"<TEI", b"<tei:TEI", b"<teiCorpus"),
        "qcode.importers.tei",
        anything=True,
    ),
    Format("cha", (".cha",), _text_with(rb"\s*@(?:Begin|UTF8)\s"), "qcode.importers.chat"),
    Format(
        "TextGrid",
        (".textgrid",),
        _text_with(rb'(?:File type = )?"ooTextFile[^"]*"\s+(?:Object class = )?"TextGrid"|ooBinaryFile\x08TextGrid'),
        "qcode.importers.textgrid",
    ),
    Format("tsv", (), _begins(b"start\tend\ttext", b"\xef\xbb\xbfstart\tend\ttext"), "qcode.importers.whisper"),
    Format("csv", (".csv", ".tsv"), None, "qcode.importers.table", anything=True),
    Format("otr", (".otr",), None, "qcode.importers.otr"),
    Format("json", (".json",), None, "qcode.importers.whisper", anything=True),
    Format("txt", (), _maxqda, "qcode.importers.maxqda_text"),
    Format("txt", (".txt", ".text", ".md", ".markdown"), None, "qcode.importers.plain"),
)
SUFFIXES = frozenset(suffix for one in FORMATS if one.module for suffix in one.suffixes)
"""Endings that qcode reads by itself."""

TRANSCRIPT_SUFFIXES = frozenset(s for one in FORMATS if not one.anything for s in one.suffixes)
"""Endings that say "transcript", whether qcode reads it or tells how to save it; a table may be anything."""


def formats() -> tuple[Format, ...]:
    """Return the formats that others add, then ours."""
    return (*added_formats(), *FORMATS)


def suffixes() -> frozenset[str]:
    """Return every ending that a folder is searched for, those of added formats too."""
    return SUFFIXES | TRANSCRIPT_SUFFIXES | {suffix for one in added_formats() for suffix in one.suffixes}


def endings() -> list[str]:
    """Return the endings that are read, in order, those of added formats too."""
    return sorted(SUFFIXES | {suffix for one in added_formats() for suffix in one.suffixes})


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
    """Return the draft of a file that holds one transcript; see `read_all`."""
    drafts = read_all(data, name, options)
    if len(drafts) > 1:
        raise Unreadable(f"the file holds {len(drafts):,} transcripts where one is wanted", mend="split it")
    return drafts[0]


def read_all(data: bytes, name: str, options: Options | None = None) -> list[Draft]:
    """Return the drafts of a file from its bytes; `name` is its file name. Raises Unreadable, nothing else."""
    check_size(len(data))
    kind = format_of(data, name)
    if not kind.reads:
        raise Unreadable(_refusal(kind, data), mend=kind.advice)
    return _safely(kind, lambda: kind.reader()(data, name, options or Options()))


def read_together(files: Sequence[tuple[str, bytes]], options: Options | None = None) -> list[Draft]:
    """Return the draft of files, names and bytes, that are one talk, in a list. Raises Unreadable, nothing else."""
    kind = format_of(files[0][1], files[0][0])
    grouper = kind.grouper()
    if grouper is None:
        raise Unreadable(f"files of {kind.name} are read one by one")
    return _safely(kind, lambda: grouper[1](files, options or Options()))


def grouper_of(name: str) -> Grouper | None:
    """Return what tells which of several files with such a name belong together; None where each stands alone."""
    named = _named(PurePath(name).suffix.lower())
    found = None if named is None else named.grouper()
    return None if found is None else found[0]


def is_talk(data: bytes, name: str) -> bool:
    """Tell whether a file that nobody asked for by name is clearly a transcript, or at least of such a format."""
    named = _named(PurePath(name).suffix.lower())
    try:
        return format_of(data, name).is_talk(data, name)
    except (Exception, SystemExit):  # of a broken file, or of a format that others add: told when it is read
        return named is None or not named.anything


def _safely(kind: Format, reading: Callable[[], Draft | list[Draft]]) -> list[Draft]:
    """Return what a reader gives; whatever goes wrong in it becomes Unreadable."""
    try:
        found = reading()
        drafts = found if isinstance(found, list) else [found]
        if not drafts:
            raise Unreadable("the file holds no transcript")
        for draft in drafts:
            _check_sound(draft)
        return drafts
    except Unreadable:
        raise
    except MissingExtra as error:
        raise Unreadable(error.what, mend=error.mend) from None
    except OSError as error:  # the language model is unpacked into the folder of temporary files
        what = f"the system refused while the file was read ({error.strerror or type(error).__name__})"
        raise Unreadable(what, mend="free some space in the folder of temporary files") from error
    except (Exception, SystemExit) as error:  # (a format of others may end the program, with words on its lips)
        what = f"the file could not be read as {kind.name} ({type(error).__name__})"
        raise Unreadable(what, mend="open it in the program that made it and save it again") from error


def _check_sound(draft: Draft) -> None:
    """Raise for a draft that no study could keep, as an importer of others may make it."""
    size, known = len(draft.text), {None, *(speaker.name for speaker in draft.speakers)}
    spans = [(span.start, span.end) for span in draft.turns] + [(span.start, span.end) for span in draft.paragraphs]
    inside = all(0 <= start < end <= size for start, end in spans)
    if not inside or not all(turn.speaker in known for turn in draft.turns):
        raise ValueError("turns outside the text, or of nobody")


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
    named = _named(suffix)
    for one in formats():
        if _fits(one, head):
            if named is None and not one.reads:
                refuse_by_ending(suffix)
            return one if one.reads or named is None or named in FORMATS else named
    if named is None:
        refuse_by_ending(suffix)
    zipped = named is not None and named.name in ("docx", "odt", "xlsx") and data.startswith(b"PK")
    for start, what in _media:
        if data.startswith(start) and not zipped and (named is None or named in FORMATS):
            raise Unreadable(
                f"the file is a {what}, not a transcript", mend="import the transcript itself, as .docx or .txt"
            )
    if named is None:
        kinds = ", ".join(endings())
        raise Unreadable(f"“{suffix or name}” is no format that qcode reads", mend=f"save it as one of {kinds}")
    return named


def _fits(one: Format, head: bytes) -> bool:
    try:
        return one.sniff is not None and bool(one.sniff(head))
    except (Exception, SystemExit):  # of a format that others add: then its name has to tell
        return False


def _named(suffix: str) -> Format | None:
    """Return the format with a suffix: ours if we read it, else one that others add, else ours that is refused."""
    ours = [one for one in FORMATS if suffix in one.suffixes]
    added = [one for one in added_formats() if suffix in one.suffixes]
    return next(iter([*(one for one in ours if one.reads), *added, *ours]), None)


def _refusal(kind: Format, data: bytes) -> str:
    if kind.name == "doc" and not data.startswith(b"\xd0\xcf\x11\xe0"):
        return "the file is called .doc and is none"
    if kind.name == "doc":
        if _names(data, "EncryptedPackage"):
            return "the file is locked with a password"
        return "this is a file of Word 97-2003 (.doc) or another old Office program, which is not read"
    name = kind.name.upper() if kind.name.islower() else kind.name
    return f"{name} files are not read yet"


def _names(data: bytes, word: str) -> bool:
    return word.encode("utf-16-le") in data
