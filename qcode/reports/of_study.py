"""Puts what a study answers into the builders of the reports, for every face alike; the one file here that asks one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qcode.errors import NotFound
from qcode.reports.report import Report
from qcode.study.selection import Filters

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix, MatrixByAttribute
    from qcode.domain.coding import Coding
    from qcode.reports.history_report import VersionEntry
    from qcode.reports.quotes_report import CodedQuote
    from qcode.study.codebooks import Difference
    from qcode.study.cooccurrence import Request
    from qcode.study.past import PastVersion
    from qcode.study.study import Study

__all__ = [
    "changes_report",
    "codebook_report",
    "full_report",
    "history_report",
    "matrix_report",
    "methods_report",
    "network_report",
    "quotes_report",
    "transcript_report",
]

Tell = Callable[[Mapping[str, int]], object]
"""Hears of the codings that are left out because they wait for a decision, by code."""


def _keep_quiet(waiting: Mapping[str, int]) -> None:
    """Leave it to the report, which says on its pages what is left out."""


def matrix_report(study: Study, found: Matrix | MatrixByAttribute, *, command: str) -> Report:
    """Return the report on a matrix, or on one matrix for each value of an attribute."""
    from qcode.reports.matrix_report import by_group, matrix

    title = study.status().title
    groups = getattr(found, "groups", None)
    if groups is None:
        made_by = (*found.made_by, ("Command", command))  # type: ignore[union-attr]
        return matrix(found, study=title, made_by=made_by)  # type: ignore[arg-type]
    made_by = (*(groups[0][1].made_by if groups else ()), ("Command", command))
    return by_group(groups, found.by, study=title, made_by=made_by)  # type: ignore[union-attr]


def network_report(study: Study, found: Matrix | MatrixByAttribute, *, most: int, command: str) -> Report:
    """Return the report on the network of codes, or on one network for each value of an attribute."""
    from qcode.reports.network import network, networks

    title, groups = study.status().title, getattr(found, "groups", None)
    first: Any = found if groups is None else groups[0][1] if groups else None
    made_by = (*(first.made_by if first is not None else ()), ("Command", command))
    book = study.codebooks.show_for(f"{first.codebook}@{first.version}") if first is not None else None
    if groups is None:
        return network(first, codebook=book, most=most, study=title, made_by=made_by)
    return networks(groups, found.by, codebook=book, most=most, study=title, made_by=made_by)  # type: ignore[union-attr]


def quotes_report(study: Study, filters: Filters, *, command: str, words: str = "", tell: Tell = _keep_quiet) -> Report:
    """Return the report on coded segments with their words; with `words` those that hold them."""
    from qcode.reports.quotes_report import quotes
    from qcode.study.holding import holding

    codings = _told_apart(holding(study.codings.list(filters, pending=False), words))
    version = study.codebooks.show_for(filters.codebook)
    made_by = _made_by(study, filters, command, _coders(codings))
    waiting = _left_out(study, filters, tell)
    coded, title = _coded(study, codings), study.status().title
    return quotes(coded, codebook=version, pending=waiting, study=title, made_by=made_by)


def codebook_report(study: Study, name: str | None, *, command: str, tell: Tell = _keep_quiet) -> Report:
    """Return the report on one codebook version, with the number of codings of each code."""
    from qcode.reports.codebook_report import codebook

    version = study.codebooks.show(name)
    filters = Filters(codebook=version.label)
    codings = study.codings.list(filters, pending=False)
    made_by = _made_by(study, filters, command, _coders(codings))
    counts = Counter(one.code for one in codings)
    waiting, title = _left_out(study, filters, tell), study.status().title
    return codebook(version.content, counts=counts, pending=waiting, study=title, made_by=made_by)


def transcript_report(study: Study, name: str, filters: Filters, *, command: str, tell: Tell = _keep_quiet) -> Report:
    """Return the report on one transcript with its coded passages, under a version with the text of that time."""
    from qcode.reports.transcript_report import transcript

    filters = replace(filters, transcripts=(name,))
    there = study.transcripts.list(filters)
    if not there:
        raise NotFound(f"{name} came into the study after {filters.codebook}", mend="take a later version")
    about = there[0]
    texts = study.transcripts.revisions(about.id)
    number = next((one.revision for one in reversed(texts) if one.sha256 == about.sha256), None)
    codings = _told_apart(study.codings.list(filters, pending=False))
    return transcript(
        about,
        study.transcripts.show(about.id, revision=number).revision,
        codings,
        codebook=study.codebooks.show_for(filters.codebook),
        pending=_left_out(study, filters, tell),
        study=study.status().title,
        made_by=_made_by(study, filters, command, _coders(codings)),
    )


def changes_report(study: Study, found: Difference, *, command: str) -> Report:
    """Return the report on what differs between two versions of a codebook."""
    from qcode.reports.changes_report import changes

    old, new = found.old, found.new
    made_by = (
        *study.provenance(Filters(codebook=old.label)),
        ("Compared with", new.label),
        ("Its SHA-256", new.row.sha256),
        ("Command", command),
    )
    told, counts = [one.told for one in found.planned], [one.codings for one in found.planned]
    return changes(old.content, new.content, told, counts=counts, study=study.status().title, made_by=made_by)


def history_report(study: Study, versions: Sequence[PastVersion], *, command: str) -> Report:
    """Return the report on the versions of a codebook, with the drawing of its codes through them."""
    from qcode.reports.history_report import day, history
    from qcode.reports.lineage import lineage

    newest = versions[-1].content
    entries = _entries(versions)
    drawn = lineage(
        [one.content for one in versions],
        {one.content.version: one.follows for one in versions},
        {one.content.version: one.declared for one in versions},
        codings={one.content.version: one.by_code for one in versions},
        dates={one.content.version: day(one.created_at) for one in versions},
    )
    made_by = (*study.provenance(Filters(codebook=f"{newest.codebook}@{newest.version}")), ("Command", command))
    title = study.status().title
    return history(entries, drawn, codebook=newest.codebook, title=newest.title, study=title, made_by=made_by)


def _entries(versions: Sequence[PastVersion]) -> list[VersionEntry]:
    from qcode.reports.history_report import VersionEntry

    return [
        VersionEntry(
            version=one.content.version,
            note=one.content.note,
            codes=len(one.content.codes),
            codable=sum(code.codable for code in one.content.codes),
            told=tuple(change.told for change in one.planned),
            counts=tuple(change.codings for change in one.planned),
            **{name: getattr(one, name) for name in _PAST},
        )
        for one in versions
    ]


def methods_report(study: Study, *, command: str) -> Report:
    """Return the facts for a methods section: material, coders, versions of the codebooks, counting."""
    from qcode.reports.methods_report import CodebookPast, coder_work, methods

    standing = Counter(one.transcript for one in study.codings.list())
    work = coder_work(study.codings.list(Filters(withdrawn=True)))
    newest = study.codebooks.newest()
    return methods(
        transcripts=[replace(one, codings=standing[one.name]) for one in study.transcripts.list()],
        cases=len(study.cases.list()),
        work=work,
        codebooks=[
            CodebookPast(
                key, book.title, tuple(_entries(study.codebooks.log(key))), study.queue.counts(Filters(codebook=key))
            )
            for key, book in newest.items()
        ],
        study=study.status().title,
        made_by=_made_by(study, Filters(), command, [one.name for one in work]),
    )


_PAST = ("follows", "created_at", "coder", "sha256", "codings", "touched", "queued", "waiting")


def full_report(
    study: Study, asked: Request, *, quotes_per_code: int, command: str, tell: Tell = _keep_quiet
) -> Report:
    """Return the report on the whole study: material, codebook, matrix, quotes, method."""
    from qcode.reports.full_report import full

    version = study.codebooks.show(asked.filters.codebook)
    filters = replace(asked.filters, codebook=version.label)
    codings = study.codings.list(filters, pending=False)
    matrix: Any = study.ask(replace(asked, filters=filters, by=None))
    counted = Counter(one.transcript for one in codings)
    hidden = study.cases.hidden_attributes()
    return full(
        transcripts=[replace(one, codings=counted[one.name]) for one in study.transcripts.list(filters)],
        cases=[one.without(hidden) for one in study.cases.list()],
        codebook=version.content,
        counts=Counter(one.code for one in codings),
        pending=_left_out(study, filters, tell),
        matrix=matrix,
        coded=_coded(study, codings),
        quotes_per_code=quotes_per_code,
        withheld=asked.question.min_cases,
        study=study.status().title,
        made_by=(*matrix.made_by, ("Command", command)),
    )


def _made_by(study: Study, filters: Filters, command: str, coders: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return (*study.provenance(filters, coders=tuple(coders)), ("Command", command))


def _left_out(study: Study, filters: Filters, tell: Tell) -> dict[str, int]:
    """Return the codings that are left out because they wait for a decision, by code, and tell of them."""
    waiting = study.queue.counts(filters)
    tell(waiting)
    return waiting


def _coded(study: Study, codings: Sequence[Coding]) -> list[CodedQuote]:
    from qcode.reports.quotes_report import CodedQuote

    return [
        CodedQuote(p.coding, case=p.case, turn=p.turn, speaker=p.speaker, time=p.time, language=p.language)
        for p in study.in_place(codings)
    ]


def _told_apart(codings: Sequence[Coding]) -> list[Coding]:
    """Return codings in which a key that several codebooks have carries the name of its codebook behind it."""
    books: dict[str, set[str]] = {}
    for one in codings:
        books.setdefault(one.code.casefold(), set()).add(one.codebook)
    shared = {code for code, of in books.items() if len(of) > 1}
    return [
        replace(one, code=f"{one.code} ({one.codebook})") if one.code.casefold() in shared else one for one in codings
    ]


def _coders(codings: Sequence[Coding]) -> list[str]:
    return sorted({one.coder for one in codings}, key=str.casefold)
