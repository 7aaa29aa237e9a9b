"""A study: the one handle through which everything is read and changed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from qcode.errors import QcodeError
from qcode.store.engine import Store, connect_store
from qcode.store.migrate import back_up, bring_up_to_date
from qcode.store.migrate import create as create_store
from qcode.store.overview import overview

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qcode.analysis.matrix import Matrix, MatrixByAttribute
    from qcode.domain.coding import Coding
    from qcode.domain.history import Entry
    from qcode.domain.overview import Overview
    from qcode.domain.parcel import Parcel
    from qcode.study.cases import Cases
    from qcode.study.codebooks import Codebooks
    from qcode.study.coders import Coders
    from qcode.study.codings import Codings
    from qcode.study.comparing import Comparison
    from qcode.study.cooccurrence import Request
    from qcode.study.desk import Desk
    from qcode.study.drafts import Drafts
    from qcode.study.in_vivo import InVivo
    from qcode.study.memos import Memos
    from qcode.study.merging import Merged
    from qcode.study.passages import Passage
    from qcode.study.places import Placed
    from qcode.study.queue import Queue
    from qcode.study.reading import Reading
    from qcode.study.receiving import Received
    from qcode.study.searching import Match
    from qcode.study.selection import Filters
    from qcode.study.suggestions import Suggestions
    from qcode.study.transcripts import Transcripts
    from qcode.study.uncoded import Uncoded

__all__ = ["Study", "create", "open"]


def create(path: str | Path, *, title: str = "", coder: str = "coder1") -> Study:
    """Make a study file and open it; raises Conflict where the name is taken."""
    from qcode.study.desk import Desk
    from qcode.study.founding import found

    path = Path(path)
    return Study(create_store(path, lambda new: found(Desk(new), title=title or path.stem, coder=coder)))


def open(path: str | Path, *, coder: str | None = None) -> Study:
    """Open a study, upgrading an older one after a copy was made beside it.

    `coder` acts in what follows; otherwise the study's default coder does. Raises StudyNotFound, StudyTooNew, Damaged.
    """
    store = connect_store(Path(path))
    try:
        copy = bring_up_to_date(store)
    except QcodeError:
        store.close()
        raise
    return Study(store, coder=coder, upgraded_from=copy)


class Study:
    """An open study. Its collections hold the acts; `close()` it, or use it in a `with` block.

    `upgraded_from` is the copy that was made before an upgrade, or None.
    """

    def __init__(self, store: Store, *, coder: str | None = None, upgraded_from: Path | None = None) -> None:
        self.store = store
        self.coder = coder
        self.upgraded_from = upgraded_from

    @property
    def path(self) -> Path:
        """Return the path of the study's file."""
        return self.store.path

    @cached_property
    def desk(self) -> Desk:
        """Return what the collections share."""
        from qcode.study.desk import Desk

        return Desk(self.store, self.coder)

    def coder_id(self) -> str | None:
        """Return the id of who acts, which stays the same under another name; None before the study has met them."""
        with self.store.read() as connection:
            row = self.desk.seat.row(connection)
            return None if row is None else str(row.uuid)

    @property
    def remarks(self) -> list[str]:
        """Return what the acts of this handle have to tell besides their results, as sentences."""
        return self.desk.remarks if "desk" in self.__dict__ else []

    @cached_property
    def transcripts(self) -> Transcripts:
        """Return the interviews."""
        from qcode.study.transcripts import Transcripts

        return Transcripts(self.desk, self.cases)

    @cached_property
    def codebooks(self) -> Codebooks:
        """Return the codebooks."""
        from qcode.study.codebooks import Codebooks

        return Codebooks(self.desk)

    @cached_property
    def drafts(self) -> Drafts:
        """Return the next versions of the codebooks, while they are being written."""
        from qcode.study.drafts import Drafts

        return Drafts(self.desk)

    @cached_property
    def queue(self) -> Queue:
        """Return the codings that wait for a decision."""
        from qcode.study.queue import Queue

        return Queue(self.desk)

    @cached_property
    def codings(self) -> Codings:
        """Return the codings."""
        from qcode.study.codings import Codings

        return Codings(self.desk, self.memos)

    @cached_property
    def reading(self) -> Reading:
        """Return the transcripts as they are read to be coded, and where each coder left off."""
        from qcode.study.reading import Reading

        return Reading(self.desk)

    @cached_property
    def in_vivo(self) -> InVivo:
        """Return the passages that are marked with a code of a draft, in the words of whoever speaks."""
        from qcode.study.in_vivo import InVivo

        return InVivo(self.desk)

    @cached_property
    def suggestions(self) -> Suggestions:
        """Return what the terms of the codes suggest to a coder."""
        from qcode.study.suggestions import Suggestions

        return Suggestions(self.desk, self.codings)

    @cached_property
    def memos(self) -> Memos:
        """Return the memos."""
        from qcode.study.memos import Memos

        return Memos(self.desk)

    @cached_property
    def cases(self) -> Cases:
        """Return the cases."""
        from qcode.study.cases import Cases

        return Cases(self.desk)

    @cached_property
    def coders(self) -> Coders:
        """Return the coders."""
        from qcode.study.coders import Coders

        return Coders(self.desk)

    def code(
        self,
        transcript: str,
        *,
        code: str | list[str],
        start: int | None = None,
        end: int | None = None,
        quote: str | None = None,
        coder: str | None = None,
        memo: str = "",
    ) -> list[Coding]:
        """Put one or more codes on a segment, named by its positions or by its words."""
        return self.codings.add(transcript, code, start=start, end=end, quote=quote, coder=coder, memo=memo)

    def cooccurrence(self, **options: Any) -> Matrix | MatrixByAttribute:
        """Count which codes occur together; see `qcode.study.cooccurrence.request` for the options."""
        from qcode.study.cooccurrence import request

        return self.ask(request(**options))

    def ask(self, asked: Request) -> Matrix | MatrixByAttribute:
        """Return the matrix that a request asks for."""
        from qcode.study.cooccurrence import cooccurrence

        return cooccurrence(self.store, asked)

    def passages(self, asked: Request, first: str, second: str) -> list[Passage]:
        """Return the passages behind one cell of the matrix that a request asks for."""
        from qcode.study.passages import passages

        return passages(self.store, asked, first, second)

    def uncoded(self, code: str, filters: Filters | None = None) -> list[Uncoded]:
        """Return the sentences that a code's terms stand in and that no coding of it touches."""
        from qcode.study.selection import Filters
        from qcode.study.uncoded import uncoded

        return uncoded(self.store, code, filters or Filters())

    def search(self, words: str, filters: Filters | None = None, *, forms: bool = False) -> list[Match]:
        """Return all places of the words in the transcripts, ignoring case; with `forms` whole words in any form."""
        from qcode.study.searching import search
        from qcode.study.selection import Filters

        return search(self.store, words, filters or Filters(), forms=forms)

    def compare(
        self, transcript: str, first: str, second: str, *, codebook: str | None = None, codes: Sequence[str] = ()
    ) -> Comparison:
        """Return where the codings of two coders on one transcript agree, code by code."""
        from qcode.study.comparing import compare

        return compare(self.store, transcript, first, second, codebook=codebook, codes=codes)

    def in_place(self, codings: Sequence[Coding]) -> list[Placed]:
        """Return codings with their turns, speakers, times, cases and languages."""
        from qcode.study.places import in_place

        with self.store.read() as connection:
            return in_place(connection, codings)

    def provenance(self, filters: Filters, *, coders: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
        """Return what a report's last page says of how it was made."""
        from qcode.study.provenance import provenance_of

        with self.store.read() as connection:
            return provenance_of(connection, filters, coders)

    def send(self, codebook: str | None = None, *, with_hidden: bool = False) -> Parcel:
        """Return the study as it goes out to another tool; see `qcode.study.sending.send`."""
        from qcode.study.sending import send

        return send(self.store, codebook, with_hidden=with_hidden)

    def receive(self, source: str | Path | bytes, name: str = "", **decisions: Any) -> Received:
        """Take in a project of another program, or of a colleague, in one act: what is there already is met again.

        `source` is a file (or QualCoder's folder) or its bytes, which `name` names. `dry_run` changes nothing, `rule`
        says how positions are counted, `project` which one of several in a database, `codebook` to which the codes go,
        `coder` whose the codings are that name nobody. Raises QcodeError, and then nothing has changed.
        """
        from qcode.study.receiving import receive

        return receive(self.desk, source, name, **decisions)

    def merge(self, path: str | Path, *, dry_run: bool = False) -> Merged:
        """Take another study's file into this one, all or nothing; raises Conflict where both have parted."""
        from qcode.study.merging import merge

        return merge(self.desk, Path(path), dry_run=dry_run)

    def status(self) -> Overview:
        """Return what is in the study and what waits."""
        return overview(self.store)

    def check(self) -> list[tuple[str, str]]:
        """Return everything that is not as qcode wrote it, as (where, what); empty for a sound study."""
        from qcode.store.integrity import findings

        with self.store.read() as connection:
            return list(findings(connection))

    def history(self, *, last: int | None = None) -> list[Entry]:
        """Return every act in order, or only the `last` ones."""
        from qcode.store.history import entries

        with self.store.read() as connection:
            return list(entries(connection, last=last))

    def coder_names(self) -> Mapping[str, str]:
        """Return the names of coders by their ids."""
        return {one.id: one.name for one, _ in self.coders.list()}

    def back_up(self, path: str | Path) -> None:
        """Copy the study as it stands, also while others work on it; raises Conflict where the name is taken."""
        back_up(self.store, Path(path))

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
