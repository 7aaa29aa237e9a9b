"""Transcripts of ELAN, EXMARaLDA, Transcriber and TEI for tests, from a line of notation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qcode.importers.base import Draft


def eaf(tiers: Mapping[str, Sequence[str]], slots: str = "0 1000 2000 3000 4000 5000", more: str = "") -> bytes:
    """Return an ELAN file: tiers by `name` or `name|participant|parent`; a piece is `from-to words` in slots, or
    `^id words` on another piece. A slot `-` has no time. Pieces are called a1, a2 and so on."""
    times = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="ts{n}"{"" if time == "-" else f" TIME_VALUE={chr(34)}{time}{chr(34)}"}/>'
        for n, time in enumerate(slots.split())
    )
    number, body = 0, ""
    for title, pieces in tiers.items():
        name, participant, parent = (*title.split("|"), "", "")[:3]
        body += f'<TIER TIER_ID="{name}" LINGUISTIC_TYPE_REF="t"'
        body += f' PARTICIPANT="{participant}"' if participant else ""
        body += f' PARENT_REF="{parent}">' if parent else ">"
        for piece in pieces:
            number += 1
            place, _, words = piece.partition(" ")
            value = f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE>"
            if place.startswith("^"):
                one = f'<REF_ANNOTATION ANNOTATION_ID="a{number}" ANNOTATION_REF="{place[1:]}">{value}</REF_ANNOTATION>'
            else:
                start, end = place.split("-")
                one = f'<ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" TIME_SLOT_REF1="ts{start}" '
                one += f'TIME_SLOT_REF2="ts{end}">{value}</ALIGNABLE_ANNOTATION>'
            body += f"<ANNOTATION>{one}</ANNOTATION>"
        body += "</TIER>"
    head = '<?xml version="1.0" encoding="UTF-8"?>' + more
    units = '<HEADER TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///a.wav"/></HEADER>'
    return f"{head}<ANNOTATION_DOCUMENT>{units}<TIME_ORDER>{times}</TIME_ORDER>{body}</ANNOTATION_DOCUMENT>".encode()


def exb(speakers: Mapping[str, str], tiers: Sequence[tuple[str, str, Sequence[str]]], *, times: bool = True) -> bytes:
    """Return an EXMARaLDA file; a tier is (speaker's id, type, events), an event `from-to words`."""
    table = "".join(f'<speaker id="{k}"><abbreviation>{v}</abbreviation></speaker>' for k, v in speakers.items())
    line = "".join(f'<tli id="T{n}"{f" time={chr(34)}{n}.5{chr(34)}" if times else ""}/>' for n in range(9))
    body = ""
    for n, (speaker, kind, events) in enumerate(tiers):
        who = f' speaker="{speaker}"' if speaker else ""
        sort = "v" if kind in "tv" else "nv"
        body += f'<tier id="TIE{n}"{who} category="{sort}" type="{kind}" display-name="{speaker} [{kind}]">'
        for event in events:
            place, _, words = event.partition(" ")
            start, end = place.split("-")
            body += f'<event start="T{start}" end="T{end}">{words}</event>'
        body += "</tier>"
    return (
        f"<basic-transcription><head><speakertable>{table}</speakertable></head><basic-body><common-timeline>{line}"
        f"</common-timeline>{body}</basic-body></basic-transcription>"
    ).encode()


def trs(turns: str, speakers: str = '<Speaker id="spk1" name="Нина"/><Speaker id="spk2" name="Пётр"/>') -> bytes:
    """Return a Transcriber file of one section."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n<Trans>'
        f'<Speakers>{speakers}</Speakers><Episode><Section type="report" startTime="0" endTime="9">{turns}</Section>'
        "</Episode></Trans>"
    ).encode()


def tei(body: str, people: str = "", times: str = "", space: str = ' xmlns="http://www.tei-c.org/ns/1.0"') -> bytes:
    """Return a TEI file with people in its header and a timeline."""
    return (
        f"<TEI{space}><teiHeader><profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc>"
        f"</teiHeader><text>{times}<body>{body}</body></text></TEI>"
    ).encode()


def said(found: Draft) -> list[tuple[str | None, str, float | None]]:
    """Return the turns of a draft: speaker, words, seconds."""
    return [(turn.speaker, found.text[turn.start : turn.end], turn.time) for turn in found.turns]
