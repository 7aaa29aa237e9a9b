"""Writes the sources of a REFI-QDA project: each interview with what was coded in it, counted as the reader counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qcode.domain.ledger import Loss
from qcode.domain.parcel import Parcel, ParcelCoding, ParcelTranscript
from qcode.interchange.refi_tools import Ruler, Tool
from qcode.interchange.refi_write_xml import Ink, derived, when

__all__ = ["Coded", "codings_by_transcript", "doubtful", "identified", "source_lines", "source_path"]


@dataclass(slots=True)
class Coded:
    """The codings that go out, by transcript and in order of place, and why others do not."""

    by_transcript: dict[str, list[ParcelCoding]] = field(default_factory=lambda: defaultdict(list))
    losses: list[Loss] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        """Return the ids of the codings that go out."""
        return {coding.id for codings in self.by_transcript.values() for coding in codings}


def identified(parcel: Parcel) -> Parcel:
    """Return a parcel whose codings all have identities: one without gets it from its place, code and coder."""
    seen: dict[str, int] = defaultdict(int)
    codings = []
    for one in parcel.codings:
        if not one.id:
            place = f"{one.transcript}\n{one.start}\n{one.end}\n{one.code}\n{one.coder or ''}"
            seen[place] += 1
            one = replace(one, id=derived("coding", f"{place}\n{seen[place]}"))
        codings.append(one)
    return replace(parcel, codings=tuple(codings))


def codings_by_transcript(parcel: Parcel, codes: Mapping[str, int]) -> Coded:
    """Return the codings of a parcel that a file with these codes (their places, by id) can hold."""
    lengths = {one.id: len(one.text) for one in parcel.transcripts}
    outside = strangers = 0
    coded = Coded()
    for one in parcel.codings:
        if one.transcript not in lengths or one.code not in codes:
            strangers += 1
        elif not 0 <= one.start <= one.end <= lengths[one.transcript]:
            outside += 1
        else:
            coded.by_transcript[one.transcript].append(one)
    for codings in coded.by_transcript.values():
        codings.sort(key=lambda one: (one.start, one.end, codes[one.code], one.coder or "", one.id))
    coded.losses = [
        Loss("codings", strangers, why="their transcript or their code is not in the file"),
        Loss("codings", outside, why="they stand outside the text"),
    ]
    return coded


def source_path(guid: str) -> str:
    """Return where the text of the source with this written identity stands in the archive."""
    return f"sources/{guid}.txt"


def source_lines(
    one: ParcelTranscript,
    codings: Sequence[ParcelCoding],
    ruler: Ruler,
    ink: Ink,
    written: Mapping[str, Mapping[str, str]],
) -> Iterator[str]:
    """Yield one interview as an element.

    `written` holds by kind (users, codes, coding, transcript, values) what is written for the thing with an id.
    """
    guid = ink.guid("transcript", one.id)
    yield ink.opening(
        "TextSource",
        ">\n",
        guid=guid,
        name=one.name,
        plainTextPath=f"internal://{guid}.txt",
        creationDateTime=when(one.created_at) or None,
    )
    for coding in codings:
        yield _selection(coding, ruler, ink, written)
    yield written["transcript"].get(one.id, "") + written["values"].get(one.id, "") + "</TextSource>\n"


def _selection(coding: ParcelCoding, ruler: Ruler, ink: Ink, written: Mapping[str, Mapping[str, str]]) -> str:
    """Return a selection that one coding alone stands on: what two coders select is never one thing."""
    guid = ink.guid("coding", coding.id)
    user = written["users"].get(coding.coder or "")
    made = f' creatingUser="{user}"' if user else ""
    if at := when(coding.created_at):
        made += f' creationDateTime="{at}"'
    return (
        f'<PlainTextSelection guid="{ink.guid("selection", derived("selection", coding.id))}" name=""'
        f' startPosition="{ruler.position(coding.start)}" endPosition="{ruler.position(coding.end)}"{made}>'
        f'<Coding guid="{guid}"{made}><CodeRef targetGUID="{written["codes"][coding.code]}"/>'
        f"{written['coding'].get(coding.id, '')}</Coding></PlainTextSelection>\n"
    )


def doubtful(parcel: Parcel, coded: Coded, tool: Tool) -> Loss:
    """Return how many codings stand behind a sign of which it is not known how the program counts it."""
    n = 0
    for one in parcel.transcripts:
        first = Ruler(one.text, tool).first_doubt()
        if first is not None:
            n += sum(coding.end >= first for coding in coded.by_transcript[one.id])
    why = f"it is not known whether {tool.title} counts such a sign as one or as two: look at these passages there"
    return Loss("sure places of codings behind signs beyond U+FFFF, such as emoji", n, why=why)
