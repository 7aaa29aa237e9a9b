"""First bytes decide which importer reads a file, then its name; it ends in a draft or in a sentence."""

from __future__ import annotations

import pytest

from qcode.errors import MissingExtra, Unreadable
from qcode.importers import registry
from qcode.importers.base import Options
from qcode.importers.registry import SUFFIXES, check_size, read, read_all, suffixes
from tests.importers.word_files import p, word

SRT = b"1\n00:00:01,000 --> 00:00:02,000\nINT: hello\n"


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, name)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello", "a.txt", "vtt"),
        (SRT, "a.txt", "srt"),
        (SRT.decode().encode("utf-16"), "a.txt", "srt"),
        (b"{\\rtf1 INT: hello}", "a.doc", "rtf"),
        (b"<html xmlns:o='x'><p>INT: hello", "a.doc", "html"),
        (b"<!doctype HTML><p>INT: hello", "a.txt", "html"),
        (word(p("INT: hello")), "a.doc", "docx"),
        (b"INT: hello", "a.txt", "txt"),
        (b"INT: hello", "a.MD", "md"),
    ],
)
def test_the_format_is_told_by_the_first_bytes_then_by_the_name(data: bytes, name: str, kind: str) -> None:
    assert read(data, name).format == kind


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "save it as .docx"),
        (b"INT: hello", "a.doc", "is called .doc and is none"),
        (b"%PDF-1.4", "a.txt", "cut off"),
        (b"PK\x03\x04 something", "a.txt", "zip archive"),
        (b"\x89PNG", "a.txt", "picture"),
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a.ods", "save it as .xlsx"),
        (b"a,b", "a.csv", "--columns speaker=Who,text=Said"),
        (b"hello", "a.xyz", "no format that qcode reads"),
        (b"hello", "noname", "no format that qcode reads"),
    ],
)
def test_what_is_not_read_is_refused_with_advice(data: bytes, name: str, why: str) -> None:
    assert why in refusal(data, name)


def test_an_unexpected_failure_of_a_reader_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from qcode.importers import plain

    monkeypatch.setattr(plain, "find_turns", lambda *_, **__: 1 // 0)
    assert "could not be read as txt (ZeroDivisionError)" in refusal(b"hello", "a.txt")


def test_a_full_disk_is_not_said_to_be_the_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    from qcode.importers import plain

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(plain, "find_turns", full)
    assert "No space left on device" in refusal(b"hello", "a.txt")
    assert "temporary files" in refusal(b"hello", "a.txt")


def test_too_large_a_file_is_refused_by_its_size_alone() -> None:
    with pytest.raises(Unreadable, match="at most 100 MB"):
        check_size(200_000_000)


def test_a_folder_walk_knows_what_to_try() -> None:
    assert {
        ".docx",
        ".txt",
        ".md",
        ".vtt",
        ".srt",
        ".csv",
        ".xlsx",
        ".otr",
        ".json",
        ".pdf",
        ".odt",
        ".rtf",
        ".htm",
    } <= SUFFIXES
    assert ".doc" not in SUFFIXES
    assert {".doc", ".csv"} <= suffixes()


def test_a_file_of_several_transcripts_is_refused_where_one_is_wanted() -> None:
    data = b"#TEXT a\nI: So?\n#TEXT b\nI: No.\n"
    assert len(read_all(data, "a.txt")) == 2
    assert refusal(data, "a.txt") == "the file holds 2 transcripts where one is wanted; split it"


def test_a_missing_extra_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    from qcode.importers import plain

    def missing(*_: object, **__: object) -> None:
        raise MissingExtra("this needs more", "xlsx")

    monkeypatch.setattr(plain, "find_turns", missing)
    assert refusal(b"hello", "a.txt") == 'this needs more; type: pip install "qcode-interviews[xlsx]"'


def test_every_reader_named_in_the_table_exists() -> None:
    assert all(callable(kind.reader()) for kind in registry.FORMATS if kind.reads)


def test_a_language_that_was_named_is_taken() -> None:
    assert read(b"INT: hello there", "a.txt", Options(language="ky")).language == "ky"
