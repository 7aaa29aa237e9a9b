"""Another package adds a format by an entry point; a broken one is told and stops nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from qcode.errors import Unreadable
from qcode.importers import added
from qcode.importers.base import Draft, Options
from qcode.importers.format import Format
from qcode.importers.registry import endings, is_talk, read, read_all
from qcode.study.importing import Imported
from qcode.study.study import Study

PAGE = Path(__file__).resolve().parents[2] / "docs" / "importing.md"


def told(data: bytes, name: str, options: Options) -> Draft:
    return Draft(data.decode().upper(), "shout")


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Give a function that installs objects as entry points; an error is raised where it is loaded."""

    def install(**objects: Any) -> None:
        module = ModuleType("qcode_of_others")
        for name, value in objects.items():
            if not isinstance(value, Exception):
                setattr(module, name, value)
        monkeypatch.setitem(sys.modules, "qcode_of_others", module)
        points = EntryPoints(EntryPoint(name, f"qcode_of_others:{name}", added.GROUP) for name in objects)
        monkeypatch.setattr(added, "entry_points", lambda *, group: points.select(group=group))
        added._loaded.cache_clear()

    yield install
    added._loaded.cache_clear()


def test_a_format_of_others_is_read_by_its_ending(install: Callable[..., None]) -> None:
    install(shout=SimpleNamespace(suffixes=[".Shout"], read=told))
    assert read(b"hello", "a.shout").text == "HELLO"
    assert ".shout" in endings()


def test_a_format_of_others_is_told_by_its_first_bytes_before_ours(install: Callable[..., None]) -> None:
    install(shout=SimpleNamespace(suffixes=(".shout",), sniff=lambda data: data.startswith(b"SHOUT"), read=told))
    assert read(b"SHOUT it", "a.txt").text == "SHOUT IT"
    assert read(b"no shout", "a.txt").format == "txt"


def test_a_format_that_we_only_refuse_may_be_read_by_others(install: Callable[..., None]) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    install(word97=Format("doc", (".doc",), source=SimpleNamespace(read=lambda *_: Draft("words", "doc"))))
    assert read(ole, "a.doc").text == "words"
    with pytest.raises(Unreadable, match="Word 97"):
        read(ole, "a.dot")


def test_what_may_be_anything_comes_from_a_folder_only_where_it_is_talk(install: Callable[..., None]) -> None:
    install(shout=SimpleNamespace(suffixes=(".shout",), read=told, is_talk=lambda data, name: b"!" in data))
    assert is_talk(b"yes!", "a.shout") and not is_talk(b"no", "a.shout")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (ImportError("x"), "AttributeError"),
        (SimpleNamespace(suffixes=(".shout",)), "it has no name, or no function `read`"),
        (SimpleNamespace(suffixes=(), read=told), "its `suffixes` are not a list"),
        (SimpleNamespace(suffixes=("shout",), read=told), "its `suffixes` are not a list"),
        (SimpleNamespace(suffixes=7, read=told), "TypeError"),
        (SimpleNamespace(suffixes=(".shout",), sniff="x", read=told), "its `sniff` is no function"),
        (Format("shout", (".shout",), module="qcode_not_there"), "ModuleNotFoundError"),
    ],
)
def test_a_broken_entry_point_is_a_sentence_and_stops_nothing(
    install: Callable[..., None], study: Study, tmp_path: Path, broken: Any, why: str
) -> None:
    install(shout=broken)
    (tmp_path / "P9.txt").write_text("I: So?\nB: Well, no.\nI: Why?\nB: Because.\n", encoding="utf-8")
    (one,) = study.transcripts.add(tmp_path / "P9.txt")
    assert isinstance(one, Imported)
    (remark,) = [said for said in study.remarks if "of another package" in said]
    assert remark.startswith("the format shout of another package cannot be used (") and why in remark


@pytest.mark.parametrize(
    "gives",
    [None, "text", [], [None], Draft("", "shout", turns=("x",)), Draft("a", "shout", speakers=None)],  # type: ignore[arg-type]
)
def test_what_a_reader_of_others_may_give_instead_of_a_draft_is_refused(
    install: Callable[..., None], gives: Any
) -> None:
    install(shout=SimpleNamespace(suffixes=(".shout",), read=lambda *_: gives))
    with pytest.raises(Unreadable):
        read_all(b"hello", "a.shout")


def test_a_sniff_that_fails_leaves_the_file_to_the_others(install: Callable[..., None]) -> None:
    install(shout=SimpleNamespace(suffixes=(".shout",), sniff=lambda data: 1 // 0, read=told))
    assert read(b"I: hello", "a.txt").format == "txt"


def test_a_reader_of_others_that_ends_the_program_refuses_the_file_and_says_no_word(
    install: Callable[..., None], study: Study, tmp_path: Path
) -> None:
    def leaves(*_: object) -> Any:
        sys.exit("Не сразу.")

    others = {"groups": leaves, "read_together": leaves, "sniff": leaves}
    install(shout=SimpleNamespace(suffixes=(".shout",), read=leaves, **others))
    (tmp_path / "in").mkdir()
    for name in ("a.shout", "b.shout", "c.txt"):
        (tmp_path / "in" / name).write_text(f"I: So?\nB: Не сразу. {name}\n", encoding="utf-8")
    taken, *refused = study.transcripts.add(tmp_path / "in")
    assert isinstance(taken, Imported)
    assert [str(one.why).partition(";")[0] for one in refused] == [  # type: ignore[union-attr]
        "the file could not be read as shout (SystemExit)"
    ] * 2


def test_an_entry_point_that_ends_the_program_is_told(
    install: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    install(shout=SimpleNamespace(suffixes=(".shout",), read=told))
    monkeypatch.setattr(added, "_format", lambda point: sys.exit(7))
    assert added.troubles()[0].startswith("the format shout of another package cannot be used (SystemExit)")


def test_the_importer_of_the_page_on_importing_works(install: Callable[..., None]) -> None:
    source = PAGE.read_text(encoding="utf-8").split("```python\n", 1)[1].split("```", 1)[0]
    module = ModuleType("qcode_pipes")
    exec(source, module.__dict__)
    install(pipes=module)
    found = read("INT|So, how long?\nАНА|Два часа.\nINT|And then?\n".encode(), "talk.pipes")
    assert [(turn.speaker, found.text[turn.start : turn.end]) for turn in found.turns] == [
        ("INT", "So, how long?"),
        ("АНА", "Два часа."),
        ("INT", "And then?"),
    ]
    with pytest.raises(Unreadable, match="no row of this file is NAME"):
        read(b"nothing", "talk.pipes")
