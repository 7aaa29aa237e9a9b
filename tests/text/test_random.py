"""Whatever the text, turns and sentences keep the promises of the contract."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.domain.span import Span
from qcode.importers.base import Draft
from qcode.importers.registry import read
from qcode.text.sentences import sentence_spans
from tests.text.found import find

NAMES = ("INT", "R1", "Анна", "В. Д.", "访谈者", "A", "note", "words", "Да.", "https://x.y", "🙂", "e\u0301")
SIGNS = (
    ":",
    "：",
    " ",
    "\n",
    "\n\n",
    "\t",
    "-",
    " – ",
    ".",
    "…",
    "[",
    "]",
    "(",
    ")",
    "**",
    "###",
    "> ",
    "---",
    "\u00a0",
)
TIMES = ("00:12:34", "[00:01]", "#00:00:01-2#", "10:30")
PIECES = st.sampled_from(NAMES + SIGNS + TIMES)
MIXED = st.lists(PIECES, max_size=60).map("".join)
ANY = st.text(max_size=200)
WORDS = st.text("абвгabcd ,-", min_size=1, max_size=30).map(lambda words: f"x{words}y")


def sound(found: Draft) -> None:
    text = found.text
    last = 0
    for n, turn in enumerate(found.turns, 1):
        assert turn.n == n
        assert last <= turn.start < turn.end <= len(text)
        assert text[turn.start : turn.end].strip() == text[turn.start : turn.end]
        last = turn.end
    for one, other in pairwise(found.paragraphs):
        assert one.end <= other.start
    assert all(0 <= mark.position <= len(text) for mark in found.time_marks)
    assert found.labels == sum(speaker.labels for speaker in found.speakers)
    assert {turn.speaker for turn in found.turns} - {None} <= {speaker.name for speaker in found.speakers}


@settings(max_examples=400, deadline=None)
@given(st.one_of(MIXED, ANY))
def test_turns_stand_in_order_inside_the_text_and_do_not_overlap(text: str) -> None:
    text = text.replace("\0", "").replace("\r", "").lstrip("\ufeff")
    subtitles = text.startswith("WEBVTT")  # refused where no times follow
    if text.strip() and not subtitles and not any("\ud800" <= c <= "\udfff" for c in text):
        found = read(text.encode(), "a.txt")
        assert found.text == text or found.format != "txt"
        sound(found)


@settings(max_examples=200, deadline=None)
@given(st.lists(MIXED.filter(lambda words: "-->" not in words), min_size=1, max_size=8))
def test_subtitles_keep_the_same_promises(cues: list[str]) -> None:
    body = "\n\n".join(f"00:0{n}.000 --> 00:0{n}.500\nx{cue}" for n, cue in enumerate(cues))
    sound(read(f"WEBVTT\n\n{body}".encode(), "a.vtt"))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["INT", "R1", "R2"]), WORDS), min_size=4, max_size=30))
def test_a_written_interview_is_read_back(spoken: list[tuple[str, str]]) -> None:
    found = find("\n".join(f"{name}: {words}" for name, words in spoken))
    joined: list[tuple[str, list[str]]] = []
    for name, words in spoken:
        if joined and joined[-1][0] == name:
            joined[-1][1].append(words)
        else:
            joined.append((name, [words]))
    if len({name for name, _ in spoken}) > 1:
        assert [turn.speaker for turn in found.turns] == [name for name, _ in joined]
        assert found.labels == len(spoken)


@settings(max_examples=300, deadline=None)
@given(st.one_of(MIXED, ANY), st.sampled_from(["ru", "en", "de", "zh", "kk", None]))
def test_sentences_hold_every_word_once_and_in_order(text: str, language: str | None) -> None:
    spans = sentence_spans(text, language)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())


def test_a_line_of_a_million_signs_takes_no_time() -> None:
    from time import process_time

    for sign in (" ", ":", "[", "(", "A (: [", "**", "1:", "A.", "A - ", "\t", "<v "):
        text = sign * (1_000_000 // len(sign)) + "x"
        began = process_time()
        find(text)
        sentence_spans(text, "ru", [Span(0, 100_000)])
        assert process_time() - began < 2
