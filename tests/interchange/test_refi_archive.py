"""Entries of a project are found however the archive writes their names."""

from __future__ import annotations

import io
import zipfile

import pytest

from qcode.errors import Unreadable
from qcode.interchange.refi_archive import open_archive


def archive(*names: bytes) -> bytes:
    """Return an archive with sources whose names are these bytes, of which it does not say how they are written."""
    out = io.BytesIO()
    plain = [f"{number:03}".ljust(len(name), "x") for number, name in enumerate(names)]
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("project.qde", "<Project/>")
        for called in plain:
            packed.writestr(f"sources/{called}", called)
    data = out.getvalue()
    for stands, name in zip(plain, names, strict=True):
        data = data.replace(f"sources/{stands}".encode(), b"sources/" + name)
    return data


@pytest.mark.parametrize("code", ["cp1251", "cp866", "utf-8", "gb18030"])
@pytest.mark.parametrize("title", ["Беседа.txt", "访谈.txt"])
def test_a_name_in_letters_of_an_old_archive_is_found(code: str, title: str) -> None:
    if title.encode(code, "replace").decode(code) != title:
        pytest.skip("these letters are not in that code page")
    opened = open_archive(archive(title.encode(code)))
    found, _ = opened.find(f"internal://{title}")
    assert found is not None
    assert opened.bytes_of(found).startswith(b"000")


def test_a_name_that_could_be_two_entries_is_neither() -> None:
    one = "ж.txt"
    opened = open_archive(archive(one.encode("cp1251"), one.encode("cp866")))
    assert opened.find(f"internal://{one}")[0] is None


def test_a_name_as_it_stands_comes_before_another_reading_of_it() -> None:
    opened = open_archive(archive("ж.txt".encode("cp1251"), b"a.txt"))
    found, _ = opened.find("internal://a.txt")
    assert found is not None and opened.bytes_of(found).startswith(b"001")


def wrapped(*more: str) -> bytes:
    """Return an archive of somebody who packed the folder of an unpacked project."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("Studie/project.qde", "Studie/Sources/a.txt", "__MACOSX/Studie/._project.qde", *more):
            packed.writestr(name, name)
    return out.getvalue()


def test_a_project_that_was_packed_with_its_folder_is_found_and_told() -> None:
    opened = open_archive(wrapped(".DS_Store"))
    found, _ = opened.find("internal://a.txt")
    assert opened.project_xml() == b"Studie/project.qde"
    assert found is not None and opened.bytes_of(found) == b"Studie/Sources/a.txt"
    assert any("one folder" in remark for remark in opened.remarks)


@pytest.mark.parametrize("more", ["readme.txt", "Andere/project.qde"])
def test_a_project_in_a_folder_among_other_things_is_none(more: str) -> None:
    with pytest.raises(Unreadable, match="holds no project"):
        open_archive(wrapped(more))
