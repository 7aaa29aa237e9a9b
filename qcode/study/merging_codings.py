"""Joins the codings of two studies: all of both, and of each that both have one account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.store import codings as coding_rows
from qcode.store import merging as rows
from qcode.store import merging_ends as ends_rows
from qcode.store.merged_acts import Told
from qcode.store.merging import Difference, End
from qcode.study.merging_codebooks import Books
from qcode.study.merging_meeting import Meeting
from qcode.study.merging_texts import Texts

__all__ = ["Joined", "join_codings"]

BY_ITSELF = ("moved", "joined", "revised")
"""Ends that no person decided on."""

DOWN, UP = ("coding.withdraw", "coding.resolve"), ("coding.restore", "coding.unresolve")


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of the codings: `last` is the highest row id of those that were here, `known` how many both had.

    `restored` (row ids) stand again, `stand` (row ids) stood here and had ended in the other, `differently` (uuids)
    were decided on in both, `doubles` counts segments that one coder coded with one code in both.
    """

    last: int
    known: int
    came: tuple[tuple[str, int], ...]
    ended: int
    restored: tuple[int, ...]
    stand: tuple[int, ...]
    differently: tuple[str, ...]
    doubles: int


@dataclass(frozen=True, slots=True)
class _Account:
    """What holds of a coding that both tell differently of: whose account, its end, whether both decided on it.

    `against` is a person's decision in one study on a coding that the other carried on: what it became there ends too.
    """

    who: int
    end: End | None
    both_decided: bool = False
    against: End | None = None


def join_codings(meeting: Meeting, books: Books, texts: Texts) -> Joined:
    """Take in the codings of the other study, with all that became of them."""
    connection = meeting.connection
    last, known = rows.last_coding(connection), rows.known_codings(connection)
    found = {one: _account(meeting, books, texts, one) for one in rows.differences(connection)}
    rows.say_who_prevails(connection, {one.id: account.who for one, account in found.items()})
    ends = {one.id: a.end for one, a in found.items() if a.end is not None and a.end != one.ours}
    rows.set_ends(connection, ends)
    rows.remember_links(connection)
    doubles = rows.put_codings(connection)
    came = rows.coming_number(connection, last)
    against = [
        (one.id, account.against, ends_rows.heirs(connection, one.id, theirs=_is_carried(one.theirs)))
        for one, account in found.items()
        if account.against is not None
    ]
    meeting.count("branch_ends", rows.put_links(connection))
    meeting.count("decisions", rows.put_pending(connection))
    meeting.count("settled", len(ends))
    back = [one for one, account in found.items() if account.end is None and one.ours is not None]
    restored = [one.id for one in back if _restore(meeting, one)]
    stand = [one.id for one, a in found.items() if a.end is None and one.ours is None and one.theirs is not None]
    along = ends_rows.end_what_it_became(connection, against)
    meeting.count("links", rows.changed_links(connection))
    rows.close_pending(connection)
    connection.exec_driver_sql("DROP TABLE temp.prevails")
    fresh = sum(one.ours is None and one.id in ends for one in found)
    return Joined(
        last,
        known,
        tuple(came),
        fresh + along,
        tuple(restored),
        tuple(stand),
        tuple(one.uuid for one, account in found.items() if account.both_decided),
        doubles,
    )


def _is_carried(end: End | None) -> bool:
    return end is not None and end.how in BY_ITSELF


def _account(meeting: Meeting, books: Books, texts: Texts, one: Difference) -> _Account:
    """Return what holds of a coding: what a person did last to whom the other did not know it, else who is further."""
    ours, theirs = meeting.ours.of(one.uuid), meeting.theirs.of(one.uuid)
    here, there = {act.hash for act in ours}, {act.hash for act in theirs}
    ahead = _is_ahead(books, texts, one)
    if here == there:
        return _by_itself(one, ahead)
    if there < here:
        return _known_better(one, one.ours, one.theirs, -1, ahead)
    if here < there:
        return _known_better(one, one.theirs, one.ours, 1, -ahead)
    return _both(one, [act for act in ours if act.hash not in there], [act for act in theirs if act.hash not in here])


def _is_ahead(books: Books, texts: Texts, one: Difference) -> int:
    """Return 1 where ours went on with the text or codebook of a coding, -1 where the other did, 0 for neither."""
    book = books.is_ahead(one.codebook_id)
    text = (one.transcript_id in texts.ahead) - (one.transcript_id in texts.behind)
    return 0 if book * text < 0 else book or text


def _by_itself(one: Difference, ahead: int) -> _Account:
    """Return what holds where no person did anything that only one study knows."""
    if ahead:
        return _Account(0, one.ours if ahead > 0 else one.theirs)
    if one.ours is None or one.theirs is None:
        return _Account(0, one.ours or one.theirs)
    return _Account(0, _earlier(one.ours, one.theirs))


def _known_better(one: Difference, told: End | None, unaware: End | None, who: int, ahead: int) -> _Account:
    """Return what holds where one study (`told`) knows more of what people did than the other (`unaware`).

    `ahead` is 1 where the one that knows more has also the newer text or codebook.
    """
    carried = _is_carried(unaware)
    if carried and ahead <= 0 and (told is None or told.how in BY_ITSELF):
        return _Account(0, unaware if told is None or unaware is None or ahead else _earlier(told, unaware))
    if carried and told is not None and told.how not in BY_ITSELF:
        return _against(told, unaware, who)
    return _Account(who, told)


def _against(decided: End, carried: End | None, who: int) -> _Account:
    """Return what holds where a person decided on a coding in one study, and the other carried it on unaware of that.

    What was withdrawn is withdrawn as what it became. Else what the person made of it stands alone.
    """
    withdrawn = decided.how == "withdrawn"
    return _Account(0 if withdrawn else who, carried if withdrawn else decided, against=decided)


def _both(one: Difference, ours: Sequence[Told], theirs: Sequence[Told]) -> _Account:
    """Return what holds where people did different things to a coding in both studies."""
    if one.ours is None and one.theirs is None:
        return _Account(0, None, both_decided=True)
    if one.ours is not None and one.theirs is not None:
        return _both_ended(one.ours, one.theirs, ours[-1], theirs[-1])
    stands, ended = (ours[-1], theirs[-1]) if one.ours is None else (theirs[-1], ours[-1])
    end = one.ours or one.theirs
    if end is not None and end.how not in BY_ITSELF and stands.act in UP and stands.at > ended.at:
        return _Account(-1 if one.ours is None else 1, None)
    return _Account(0, end, both_decided=stands.act in DOWN and ended.act in DOWN)


def _both_ended(ours: End, theirs: End, here: Told, there: Told) -> _Account:
    """Return what holds of a coding that ended in both; `here` and `there` are what people did last to it."""
    if (ours.how in BY_ITSELF) == (theirs.how in BY_ITSELF):
        return _Account(0, _earlier(ours, theirs), both_decided=ours.how not in BY_ITSELF)
    mine = ours.how not in BY_ITSELF
    decided, carried = (ours, theirs) if mine else (theirs, ours)
    last, before = (here, there) if mine else (there, here)
    if before.act in UP and before.at > last.at:
        return _Account(0, carried)
    return _against(decided, carried, 1 if not mine else -1)


def _earlier(ours: End, theirs: End) -> End:
    """Return the end that came first; a person's goes before one that came by itself, a correction before a merge."""
    return min(
        (ours, theirs), key=lambda end: (end.how in BY_ITSELF, end.how != "revised", end.at, end.how, end.version_id)
    )


def _restore(meeting: Meeting, one: Difference) -> bool:
    """Let a coding stand again that the other study restored; tell whether it does.

    Where its coder has coded the passage anew in the meantime, the one with the smaller identity stands.
    """
    connection = meeting.connection
    row = coding_rows.row_of(connection, one.id)
    place = (row.revision_id, row.start, row.end, row.code_id, row.coder_id)
    double = coding_rows.live_double(connection, place)
    if double is not None and double < row.uuid:
        ends_rows.lead_to(connection, row.uuid, double)
        return False
    if double is not None:
        ends_rows.lead_to(connection, double, row.uuid)
    ends_rows.let_stand(connection, row.id)
    return True
