"""Sentences of the command line, as the page of the draft says them."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict
from qcode.web.draft_words import here_said, in_browser_words


@pytest.mark.parametrize(
    ("said", "here"),
    [
        ("see: qcode codebook draft", "look at it as it is now"),
        ("bring it back with: qcode codebook revive 'A B', or choose another key", "bring it back (Bring back), or"),
        ("give another: qcode codebook publish --as V", "give another number"),
        ("compare it with book@1: qcode codebook export book@1", "compare it with the version that it follows"),
    ],
)
def test_a_command_becomes_a_way_of_the_page(said: str, here: str) -> None:
    assert here_said(said).startswith(here)
    assert "qcode" not in here_said(said)


def test_other_sentences_stay_as_they_are() -> None:
    assert here_said("name another code") == "name another code"


def test_what_is_raised_inside_stays_what_it_is_with_other_words() -> None:
    with pytest.raises(Conflict) as caught, in_browser_words():
        raise Conflict("the draft changes nothing yet", mend="see: qcode codebook --help")
    assert caught.value.sentence == "the draft changes nothing yet; change something first"
