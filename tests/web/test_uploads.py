"""Files that a browser sends: names that are only names, in a folder that is gone afterwards."""

from __future__ import annotations

import io
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

from qcode.web.uploads import MOST_NAME, kept, plain_name


@pytest.mark.parametrize(
    ("given_name", "plain"),
    [
        ("Интервью 3.docx", "Интервью 3.docx"),
        ("访谈.txt", "访谈.txt"),
        ("folder/P1.txt", "P1.txt"),
        ("C:\\Users\\me\\P1.txt", "P1.txt"),
        ("../../x.txt", "x.txt"),
        ("..", "transcript"),
        ("", "transcript"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ('a"<b>|?*:.txt', "a__b_____.txt"),
        (".hidden", "hidden"),
    ],
)
def test_a_name_is_the_last_part_of_what_was_sent(given_name: str, plain: str) -> None:
    assert plain_name(given_name) == plain


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder_or_is_too_long_for_a_disk(name: str) -> None:
    plain = plain_name(name)
    assert plain not in ("", ".", "..")
    assert not set(plain) & set('/\\\0<>:"|?*\n')
    assert len(plain.encode()) <= MOST_NAME


@given(st.text(alphabet="ыа点z", min_size=60, max_size=300))
def test_a_name_that_is_cut_keeps_its_ending(stem: str) -> None:
    assert plain_name(f"{stem}.docx").endswith(".docx")


def test_files_are_there_for_the_block_only_and_for_this_account_only() -> None:
    sent = [FileStorage(io.BytesIO(b"one"), "a.txt"), FileStorage(io.BytesIO(b"two"), "a.txt")]
    with kept(sent) as placed:
        paths = [path for path, _ in placed]
        assert [path.read_bytes() for path in paths] == [b"one", b"two"]
        assert [name for _, name in placed] == ["a.txt", "a.txt"]
        top = paths[0].parents[2]
        assert stat.S_IMODE(top.stat().st_mode) == 0o700
    assert not top.exists()
