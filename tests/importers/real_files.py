"""The real transcripts beside the checkout, and what their table of sources says of them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "transcripts"


class Expected(NamedTuple):
    """`turns` counts those with a speaker; `before` says whether text stands in front of the first."""

    path: str
    speakers: dict[str, int]
    turns: int
    before: bool
    language: str


ACDC = {
    "stokes": 120,
    "pk910": 6,
    "Parithosh Jayanthi": 5,
    "Justin Traglia": 3,
    "Josh Davis": 2,
    "Justin Florentine (Besu)": 2,
    "Trent": 1,
}
NAMED = (
    Expected("audrey-tang/2026-07-29-日經商業周刊專訪.md", {"訪問者": 38, "唐鳳": 38}, 76, True, "zh"),
    Expected("audrey-tang/2016-12-10-中央社駐巴黎記者訪問.md", {"唐鳳": 37, "曾依璇": 18}, 34, True, "zh"),
    Expected(
        "audrey-tang/2019-11-22-Interview-with-Sven-Hansen.md", {"Audrey Tang": 164, "Sven Hansen": 75}, 137, True, "en"
    ),
    Expected(
        "audrey-tang/2018-11-02-Jaclyn-Tsai-visit.md",
        {"Audrey Tang": 161, "Jaclyn Tsai": 72, "Jaime": 65, "Kevin": 53, "葉寧": 15},
        298,
        True,
        "en",
    ),
    Expected("mismatches/jackie-1-full.md", {"MEL": 38, "JACKIE": 37}, 75, True, "en"),
    Expected("mismatches/donald-1-full.md", {"MEL": 57, "DONALD": 56, "MIRABAI": 1}, 114, True, "en"),
    Expected(
        "haski/NodeGrade_paper_ECSEE_qualitative_data_interview1_german.docx",
        {"S2": 5, "I": 4, "S1": 4},
        13,
        True,
        "de",
    ),
    Expected(
        "haski/NodeGrade_paper_ECSEE_qualitative_data_interview2_german.docx",
        {"S3": 8, "S4": 7, "I": 4},
        19,
        True,
        "de",
    ),
    Expected("ethereum-pm/acdc_2026-02-19_175_transcript.vtt", ACDC, 21, False, "en"),
    Expected("ethereum-pm/acdc_2026-02-19_175_transcript_corrected.vtt", ACDC, 21, False, "en"),
    Expected(
        "ethereum-pm/focil_2026-02-24_029_transcript.vtt",
        {"Jihoon": 57, "Pelle Krabbenhoeft": 10, "Fabio Di Fabio": 8, "nflaig": 6},
        21,
        False,
        "en",
    ),
    Expected("changelog/away-from-keyboard-1.md", {"Tim Smith": 11, "Jason Snell": 11}, 22, False, "en"),
    Expected(
        "bitcointranscripts/the-politics-of-bitcoin-development.md",
        {"Christian Decker": 10, "Shinobi": 7},
        11,
        True,
        "en",
    ),
    Expected("bitcointranscripts/2022-08-11-gloria-zhao.md", {"Stephan Livera": 34, "Gloria Zhao": 34}, 68, True, "en"),
    Expected("qualcoder-examples/transcript.txt", {"id1": 3, "id2": 2, "id3": 2}, 7, False, "en"),
    Expected(
        "strato/cointalk-013-bitcoin-decentral_assemblyai_opus.md",
        {"SPEAKER_01": 14, "SPEAKER_02": 10, "SPEAKER_03": 5, "SPEAKER_00": 3, "SPEAKER_04": 1},
        33,
        False,
        "en",
    ),
    Expected("unix-oral-history/tague.htm", {"Tague": 49, "MSM": 48}, 97, True, "en"),
    Expected("pdpilot/P1.pdf", {"Dan": 47, "Participant": 47}, 92, True, "en"),
    Expected("pdpilot/P4.pdf", {"Participant": 56, "Dan": 55}, 107, True, "en"),
)


def content(path: str) -> bytes:
    """Return the bytes of a real file; skip the test where the folder is not beside the checkout."""
    file = FOLDER / path
    if not file.exists():
        pytest.skip(f"the real transcript {path} is not beside this checkout")
    return file.read_bytes()
