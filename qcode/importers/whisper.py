"""Speech-to-text as Whisper and its relatives write it (.json, and .tsv with start, end, text): segments with times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qcode.errors import Unreadable
from qcode.importers.base import MOST_LINES, Draft, Notice, Options
from qcode.importers.decode import decode
from qcode.importers.json_text import load, number, words_of
from qcode.importers.said import Said, believed, draft_of

__all__ = ["is_talk", "read"]

LISTS = ("speakers", "segments", "transcription", "utterances", "audio_segments", "chunks")
WORDS = ("text", "transcript", "body")
STARTS = ("start", "startTime", "start_time", "begin")
_language = re.compile("[a-z]{2,3}")
_row = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)\t(\d{1,12}(?:\.\d{1,9})?)\t(.*)")


def read(data: bytes, name: str, options: Options) -> Draft:
    """Return the draft of what a program heard. Raises Unreadable."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"[") and b"\0" not in data[:4]:
        if re.match(rb"(?:\xef\xbb\xbf)?start\tend\ttext", data):
            return _of_rows(data, options)
        raise Unreadable("the file is no JSON", mend="export it again from the program that made it")
    found = load(data, options.encoding)
    segments = _segments(found)
    if segments is None:
        raise Unreadable(
            "this JSON holds no segments of speech, as Whisper and its like write them",
            mend="export the transcript as .srt, .vtt or .txt",
        )
    if len(segments) > MOST_LINES:
        raise Unreadable(f"the file holds {len(segments):,} pieces of speech (at most {MOST_LINES:,})", mend="split it")
    said, skipped = _said(segments)
    notices = [Notice("", f"segments without words, left out: {skipped}")] if skipped else []
    if said and any("\ufffd" in one.words for one in said):
        count = sum(one.words.count("\ufffd") for one in said)
        notices.append(Notice("", f"broken characters were replaced by “\ufffd”: {count}"))
    options = replace(options, language=options.language or _language_of(found))
    return draft_of(believed(said, options), "json", options, encoding="utf-8", notices=notices)


def is_talk(data: bytes, name: str) -> bool:
    """Tell whether a JSON file holds segments of speech with their times."""
    try:
        segments = _segments(load(data))
    except Unreadable:
        return False
    return bool(segments) and any(_start(one) is not None for one in segments or () if isinstance(one, dict))


def _segments(found: Any) -> list[Any] | None:
    """Return the pieces of speech, wherever the program puts them."""
    if isinstance(found, list):
        return found if any(_has_words(one) for one in found) else None
    if not isinstance(found, dict):
        return None
    inner = found.get("results")
    for place in (found, inner if isinstance(inner, dict) else {}):
        for key in LISTS:
            listed = place.get(key)
            if isinstance(listed, list) and any(_has_words(one) for one in listed):
                return listed
    return [found] if words_of(found.get("text")) else None


def _has_words(one: object) -> bool:
    return isinstance(one, dict) and any(isinstance(one.get(key), str) for key in WORDS)


def _said(segments: Sequence[Any]) -> tuple[list[Said], int]:
    """Return what was said, and how many pieces had no words."""
    milli = _in_milliseconds(segments)
    said, skipped = [], 0
    for one in segments:
        words = (
            next((words_of(one[key]) for key in WORDS if words_of(one.get(key))), "") if isinstance(one, dict) else ""
        )
        if not words:
            skipped += 1
            continue
        start, speaker = _start(one), _speaker(one)
        seconds = None if start is None else start / 1000 if milli else start
        said.append(Said(speaker, words, seconds, speaker is not None))
    return said, skipped


def _start(one: dict[str, Any]) -> float | None:
    """Return when a piece begins, in seconds (milliseconds where the whole file counts so)."""
    offsets, stamp = one.get("offsets"), one.get("timestamp")
    if isinstance(offsets, dict) and (moment := number(offsets.get("from"))) is not None:
        return moment / 1000
    if isinstance(stamp, list) and stamp:
        return number(stamp[0])
    return next((found for key in STARTS if (found := number(one.get(key))) is not None), None)


def _in_milliseconds(segments: Sequence[Any]) -> bool:
    """Tell whether pieces of speech are counted in whole milliseconds: seconds would make each last for minutes."""
    spans = [(one.get("start"), one.get("end")) for one in segments if isinstance(one, dict)]
    whole = [(a, b) for a, b in spans if type(a) is int and type(b) is int and b >= a]
    if not whole or len(whole) < len([1 for a, _ in spans if a is not None]):
        return False
    lengths = sorted(b - a for a, b in whole)
    return lengths[len(lengths) // 2] >= 200


def _speaker(one: dict[str, Any]) -> str | None:
    value = one.get("speaker", one.get("speaker_label", one.get("speaker_id")))
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10_000:
        return f"Speaker {value}"
    name = words_of(value).rstrip(":： ")[:80]
    if name.isdecimal():
        return f"Speaker {name}"
    return name if name.strip("?") else None


def _language_of(found: Any) -> str | None:
    if not isinstance(found, dict):
        return None
    inner = found.get("result")
    value = found.get("language", inner.get("language") if isinstance(inner, dict) else None)
    return value if isinstance(value, str) and _language.fullmatch(value) else None


def _of_rows(data: bytes, options: Options) -> Draft:
    """Return the draft of Whisper's table: a row a segment, its times in milliseconds."""
    decoded = decode(data, options.encoding)
    said, broken = [], []
    for number_, line in enumerate(decoded.text.split("\n")[1:], start=2):
        row = _row.fullmatch(line)
        if row is None:
            broken += [number_] if line.strip() else []
        elif words := " ".join(row[3].split()):
            said.append(Said(None, words, float(row[1]) / (1 if "." in row[1] else 1000), named=False))
    notices = list(decoded.notices)
    if broken:
        shown = ", ".join(map(str, broken[:10])) + (" and more" if len(broken) > 10 else "")
        notices.append(Notice(f"lines {shown}", f"rows that are none, left out: {len(broken)}"))
    return draft_of(said, "tsv", options, encoding=decoded.encoding, notices=notices)
