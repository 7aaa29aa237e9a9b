"""Writes the cases of a REFI-QDA project and their variables: on the cases, and on their sources for programs that
look there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qcode.domain.parcel import Parcel
from qcode.interchange.refi_write_xml import Ink, derived

__all__ = ["case_lines", "source_values", "variables"]


def variables(parcel: Parcel, ink: Ink) -> dict[str, str]:
    """Return the written identity of each variable by its name, in order of first use."""
    keys = dict.fromkeys(key for case in parcel.cases for key, _ in case.attributes)
    return {key: ink.guid("variable", derived("variable", key)) for key in keys}


def case_lines(parcel: Parcel, ink: Ink, known: Mapping[str, str], sources: Mapping[str, str]) -> Iterator[str]:
    """Yield each case with its values and its sources, which are known by written identity."""
    for case in parcel.cases:
        refer = "".join(ink.refer("SourceRef", sources[one]) for one in case.transcripts if one in sources)
        head = ink.opening("Case", guid=ink.guid("case", case.id), name=case.name)
        yield f"{head}{_values(case.attributes, ink, known)}{refer}</Case>\n"


def source_values(parcel: Parcel, ink: Ink, known: Mapping[str, str]) -> dict[str, str]:
    """Return what is written of the values of a source, by its id: those of the first case it belongs to."""
    found: dict[str, str] = {}
    for case in parcel.cases:
        for one in case.transcripts:
            found.setdefault(one, _values(case.attributes, ink, known))
    return found


def _values(attributes: Iterable[tuple[str, str]], ink: Ink, known: Mapping[str, str]) -> str:
    return "".join(
        f"<VariableValue>{ink.refer('VariableRef', known[key])}"
        f"<TextValue>{ink.content(value)}</TextValue></VariableValue>"
        for key, value in attributes
    )
