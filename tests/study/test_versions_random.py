"""Random lives of a small study: no coding is lost, and no version changes once it was left."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from qcode.domain.changes import apply
from qcode.errors import Conflict, NotFound, QcodeError
from qcode.importers.base import Options
from qcode.study.selection import Filters
from qcode.study.study import Study
from qcode.study.study import open as open_study
from qcode.study.versions import changes_between
from tests.notation import make_study
from tests.study.next_version import next_version
from tests.study.version_model import Fact, Listed, Model, Place, Refused, effects_of

CODES = ("A", "B", "C", "H/D")
CODERS = ("ana", "ben")
TEXT = "ANA: one two three four five.\n"
SPANS = ((5, 8), (5, 12), (9, 18))
VERBS = ["split", "split", "merge", "merge", "revive", "revive", "narrow", "widen", "retire", "rename"]
VERBS += ["heading", "open", "move", "add"]

DRAW = st.data()


@cache
def template() -> tuple[Path, tempfile.TemporaryDirectory[str]]:
    """Return a study of one transcript, which is copied for each life, and the folder that goes with the process."""
    folder = tempfile.TemporaryDirectory()
    with make_study(Path(folder.name), codes=CODES, P1=TEXT) as study:
        study.coders.add("ben")
    return study.path, folder


class Program:
    """Draws the lines of a following version: each code is changed by one of them at most."""

    def __init__(self, draw: Callable[..., Any], model: Model, number: int) -> None:
        self.draw, self.model, self.number = draw, model, number
        self.free = {code.key: code for code in model.newest.codes}
        self.new = 0
        self.said: list[str] = []

    def lines(self, most: int) -> list[str]:
        for verb in self.draw(st.lists(st.sampled_from(VERBS), min_size=1, max_size=most)):
            getattr(self, f"_{verb}")()
        return self.said or ["reorder all"]

    def _take(self, *, codable: bool = True) -> str | None:
        """Draw a code that nothing has happened to, and of which there are others."""
        fits = [key for key, code in self.free.items() if code.codable == codable]
        if len(fits) < (3 if codable else 1):
            return None
        key: str = self.draw(st.sampled_from(fits))
        del self.free[key]
        return key

    def _fresh(self) -> str:
        self.new += 1
        return f"n{self.number}{'abcdefgh'[self.new - 1]}"

    def _one(self, verb: str, *, codable: bool = True, rest: str = "") -> None:
        key = self._take(codable=codable)
        if key is not None:
            self.said.append(f"{verb} {key}{rest}")

    def _split(self) -> None:
        key = self._take()
        other = self._take() if self.draw(st.booleans()) else None
        if key is not None:
            mark = self.draw(st.sampled_from(["", "+", "!"]))
            self.said.append(f"split {key}{mark} into {other or self._fresh()}, {self._fresh()}")

    def _merge(self) -> None:
        keys = [key for key in (self._take(), self._take()) if key is not None]
        if keys:
            target = self.draw(st.sampled_from([keys[-1], self._fresh()])) if len(keys) > 1 else self._fresh()
            self.said.append(f"merge {', '.join(keys)} into {target}")

    def _revive(self) -> None:
        gone = sorted(set(self.model.gone) - {one.split()[1] for one in self.said if one.startswith("revive")})
        if gone:
            self.said.append(f"revive {self.draw(st.sampled_from(gone))}")

    def _rename(self) -> None:
        self._one("rename", rest=f" to {self._fresh()}")

    def _move(self) -> None:
        self._one("move", codable=self.draw(st.booleans()))

    def _add(self) -> None:
        self.said.append(f"add {self._fresh()}")

    def _narrow(self) -> None:
        self._one("narrow")

    def _widen(self) -> None:
        self._one("widen")

    def _retire(self) -> None:
        self._one("retire")

    def _heading(self) -> None:
        self._one("heading")

    def _open(self) -> None:
        self._one("open", codable=False)


class Lives(RuleBasedStateMachine):
    """A study beside a model of what must become of each coding."""

    study: Study
    model: Model

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.study = open_study(shutil.copy(template()[0], self.folder / "study.qcode"))
        self.model = Model(self.study.codebooks.show().content)
        self.places: list[Place] = [("P1", *span) for span in SPANS]
        self.left: dict[str, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "study"):
            self._versions_are_as_they_were_left()
            self.study.close()
            shutil.rmtree(self.folder)

    def _tries(self, act: Callable[[], Any], meant: Callable[[], Any], *refusals: type[QcodeError]) -> tuple[Any, Any]:
        """Do an act in both, or see that both refuse it."""
        try:
            expected = meant()
        except Refused:
            with pytest.raises(refusals):
                act()
            return None, None
        return act(), expected

    @rule(data=DRAW, coder=st.sampled_from(CODERS))
    def code(self, data: st.DataObject, coder: str) -> None:
        place, key = data.draw(st.sampled_from(self.places)), data.draw(st.sampled_from(self.model.codable()))
        id = self.model.newest.by_key[key.casefold()].id
        if self.model.live(place, coder, id) is None:
            (made,) = self.study.codings.add(place[0], key, start=place[1], end=place[2], coder=coder)
            self.model.add(made.id, place, coder, id)

    @precondition(lambda self: self._live())
    @rule(data=DRAW)
    def withdraw(self, data: st.DataObject) -> None:
        fact = data.draw(st.sampled_from(self._live()))
        self.study.codings.withdraw(fact.id)
        self.model.withdraw(fact)

    @precondition(lambda self: self._ended())
    @rule(data=DRAW)
    def restore(self, data: st.DataObject) -> None:
        fact = data.draw(st.sampled_from(self._ended()))
        self._tries(lambda: self.study.codings.restore(fact.id), lambda: self.model.restore(fact), Conflict)

    @precondition(lambda self: len(self.model.versions) < 7)
    @rule(data=DRAW)
    def follow(self, data: st.DataObject) -> None:
        old, number = self.model.newest, len(self.model.versions) + 1
        said = Program(data.draw, self.model, number).lines(4)
        self.left[f"book@{old.version}"] = self._seen(f"book@{old.version}")
        gone = self.model.gone
        done = self.study.codebooks.add_version(next_version(old, *said))
        new = self.study.codebooks.show().content
        assert (done.queued, done.moved) == self.model.follow(new, effects_of(said, old, new, gone))
        self._versions_are_as_they_were_left()
        self._changes_lead_there_and_back()
        assert self.study.check() == []

    @precondition(lambda self: self._waiting())
    @rule(data=DRAW, by=st.sampled_from(CODERS), how=st.sampled_from(["keep", "to", "to", "to", "withdraw"]))
    def resolve(self, data: st.DataObject, by: str, how: str) -> None:
        first = data.draw(st.sampled_from(self._waiting()))
        facts = [one for one in self._waiting() if one.code == first.code][: data.draw(st.integers(1, 2))]
        candidates = {item.coding.id: item.candidates for item in self.study.queue.list()}
        assert set(candidates[first.id]) <= set(self.model.codable())
        common = [key for key in candidates[first.id] if all(key in candidates[one.id] for one in facts)]
        own = self.model.keys[first.code]
        to = data.draw(st.lists(st.sampled_from([*common, own]), min_size=1, unique=True)) if how == "to" else None
        names = [fact.id for fact in facts]
        asked: dict[str, Any] = {"to": to} if how == "to" else {how: True}
        self._tries(
            lambda: self.study.queue.resolve(*names, coder=by, **asked),
            lambda: self.model.resolve(facts, by, to, withdraw=how == "withdraw"),
            *(Conflict, NotFound),
        )

    @rule(by=st.sampled_from(CODERS))
    def undo(self, by: str) -> None:
        done, meant = self._tries(
            lambda: self.study.queue.undo(coder=by), lambda: self.model.undo(by), Conflict, NotFound
        )
        assert done == meant

    @precondition(lambda self: len(self.model.versions) > 1)
    @rule(data=DRAW, coder=st.sampled_from(CODERS), id=st.uuids(version=4))
    def late(self, data: st.DataObject, coder: str, id: Any) -> None:
        n = data.draw(st.integers(0, len(self.model.versions) - 2))
        version = self.model.versions[n]
        key, place = data.draw(st.sampled_from(self.model.codable(version))), data.draw(st.sampled_from(self.places))
        cells = [str(id), *map(str, place), key, coder, "book", version.version]
        table = f"id,transcript,start,end,code,coder,codebook,version\n{','.join(cells)}\n".encode()
        code = version.by_key[key.casefold()].id
        self._tries(
            lambda: self.study.codings.import_csv(table, "late.csv"),
            lambda: self.model.late(str(id), place, coder, code, n),
            QcodeError,
        )

    @precondition(lambda self: len(self.places) < 2 * len(SPANS))
    @rule()
    def transcript(self) -> None:
        file = self.folder / "P2.txt"
        file.write_text(TEXT.replace("five", "nine"), encoding="utf-8")
        self.study.transcripts.add(file, options=Options(speakers=("ANA",), language="en"))
        self.places += [("P2", *span) for span in SPANS]

    def _live(self) -> list[Fact]:
        return [fact for fact in self.model.facts.values() if not fact.end]

    def _ended(self) -> list[Fact]:
        return [fact for fact in self.model.facts.values() if fact.end and not fact.id.startswith("made")]

    def _waiting(self) -> list[Fact]:
        return [fact for fact in self._live() if self.model.status(fact) == "pending"]

    def _listed(self, codebook: str | None = None) -> set[Listed]:
        found = self.study.codings.list(Filters(codebook=codebook, withdrawn=True))
        return {(c.id, (c.transcript, c.start, c.end), c.coder, c.code, c.status) for c in found}

    @invariant()
    def every_coding_is_what_the_model_says(self) -> None:
        if hasattr(self, "study"):
            listed = self._listed()
            found, meant = self.model.learn(listed), self.model.listed()
            assert (found, len(listed)) == (meant, len(found))
            assert len(self.study.queue.list()) == self.study.status().pending == len(self._waiting())
            self._all_is_counted_or_left_out("book")

    def _all_is_counted_or_left_out(self, codebook: str) -> None:
        document = self.study.cooccurrence(codebook=codebook, count="hits", per_coder=True).to_json()
        counted = sum(row[n] for n, row in enumerate(document["matrix"]))
        listed = self.study.codings.list(Filters(codebook=codebook))
        assert counted + sum(document["pending_left_out"].values()) == len(listed)

    def _seen(self, codebook: str) -> str:
        listed = self.study.codings.list(Filters(codebook=codebook, withdrawn=True))
        documents = [
            self.study.cooccurrence(codebook=codebook, count=count).to_json() for count in ("hits", "stretches")
        ]
        return json.dumps([[asdict(one) for one in listed], documents])

    def _versions_are_as_they_were_left(self) -> None:
        assert {label: self._seen(label) for label in self.left} == self.left
        for codebook in self.left:
            self._all_is_counted_or_left_out(codebook)

    def _changes_lead_there_and_back(self) -> None:
        new = self.study.codebooks.show()
        for label in self.left:
            old = self.study.codebooks.show(label)
            with self.study.store.read() as connection:
                there, back = changes_between(connection, old, new), changes_between(connection, new, old)
            assert (apply(old.content, there), apply(new.content, back)) == (new.content, old.content)


Lives.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
test_a_random_life = Lives.TestCase
