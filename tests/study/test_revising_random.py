"""Random lives of a study whose transcript is corrected: no coding is lost, and no version changes that was left."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.errors import Conflict, QcodeError
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.notation import make_study
from tests.study.correcting import correct
from tests.study.next_version import follow

TEXT = "".join(
    f"{'ANA' if n % 2 else 'INT'}: Sentence {n} has {word} and {word}s in it. {word.title()} it was.\n"
    for n, word in enumerate(("wind", "rain", "снег", "hail", "fog", "дождь", "sun", "frost"))
)
UNITS = ("overlap", "turn", "sentence", "paragraph")


class Life:
    """A study, and what was seen of each version when it was left."""

    def __init__(self, study: Study, seed: int) -> None:
        self.study, self.chance = study, random.Random(seed)
        self.left: dict[str, str] = {}

    def live(self) -> list[str]:
        """Return the codings that stand."""
        return [one.id for one in self.study.codings.list()]

    def text(self) -> str:
        """Return the newest text of the transcript."""
        return self.study.transcripts.show("P1").revision.text

    def code(self) -> None:
        text = self.text()
        start = self.chance.randrange(len(text) - 1)
        end = min(len(text), start + self.chance.randint(1, 60))
        codes = [code.key for code in self.study.codebooks.show().content.codes if code.codable]
        coder = self.chance.choice(["ana", "ben"])
        self.study.codings.add("P1", self.chance.choice(codes), start=start, end=end, coder=coder)

    def withdraw(self) -> None:
        self.study.codings.withdraw(self.chance.choice(self.live()))

    def revise(self) -> None:
        lines = self.text().splitlines(keepends=True)
        for _ in range(self.chance.randint(1, 3)):
            here = self.chance.randrange(len(lines))
            kind = self.chance.randrange(5)
            if kind == 0 and len(lines) > 4:
                del lines[here]
            elif kind == 1:
                lines.insert(here, f"INT: A line that is new, {self.chance.randrange(999)}.\n")
            elif kind == 2:
                lines.insert(here, lines.pop(self.chance.randrange(len(lines))))
            elif kind == 3:
                words = lines[here].split(" ")
                words[self.chance.randrange(1, len(words))] = "other\n" if self.chance.random() < 0.1 else "other"
                lines[here] = " ".join(words).rstrip("\n") + "\n"
            else:
                lines[here] = lines[here].replace("ANA:", "P07:").replace("INT:", "I:")
        before = len(self.live())
        done = correct(self.study, "".join(lines))
        if done.changed:
            doubles = len(done.codings) - len({one.new_id or one.id for one in done.codings})
            assert len(self.live()) == before - doubles
            assert len(done.codings) == before

    def follow(self) -> None:
        newest = self.study.codebooks.show()
        codes = [code.key for code in newest.content.codes if code.codable]
        one, other = self.chance.sample(codes, 2)
        verbs = [f"merge {one} into {other}", f"narrow {one}", "reorder all", f"split {one} into {one}x, {one}y"]
        verb = self.chance.choice(verbs if len(codes) > 2 else verbs[1:])
        follow(self.study, verb)
        self.left[newest.label] = self.seen(newest.label)

    def decide(self) -> None:
        item = self.chance.choice(self.study.queue.list())
        if item.change != "revise":
            self.study.queue.resolve(item.coding.id, to=self.chance.choice(item.candidates))
        elif self.chance.random() < 0.5:
            start = self.chance.randrange(len(self.text()) - 9)
            self.study.queue.place(item.coding.id, start=start, end=start + 9)
        else:
            self.study.queue.resolve(item.coding.id, withdraw=True)

    def undo(self) -> None:
        self.study.queue.undo()

    def seen(self, label: str) -> str:
        """Return all that a version shows."""
        listed = self.study.codings.list(Filters(codebook=label, withdrawn=True))
        counted = [self.study.cooccurrence(codebook=label, unit=unit).to_json() for unit in UNITS]
        turns = [(one.turn, one.speaker) for one in self.study.in_place(listed)]
        return json.dumps([[asdict(one) for one in listed], counted, turns])

    def all_is_counted_or_left_out(self, label: str) -> None:
        """Hold the list of a version against its counts."""
        for pending in (False, True):
            found = self.study.cooccurrence(codebook=label, count="hits", per_coder=True, pending=pending).to_json()
            counted = sum(row[n] for n, row in enumerate(found["matrix"]))
            listed = self.study.codings.list(Filters(codebook=label, pending=pending))
            assert counted + sum(found["pending_left_out"].values()) == len(listed)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.lists(st.sampled_from(["code", "revise", "follow", "decide", "undo", "withdraw"])))
def test_a_random_life(seed: int, acts: list[str]) -> None:
    with TemporaryDirectory() as folder, make_study(Path(folder), codes=("A", "B", "C", "D"), P1=TEXT) as study:
        study.coders.add("ben")
        life = Life(study, seed)
        for name in ("code", "code", "code", "revise", *acts, "follow", "revise"):
            act: Callable[[], None] = getattr(life, name)
            try:
                act()
            except (QcodeError, IndexError) as error:
                assert not isinstance(error, Conflict) or name != "revise"
        assert study.check() == []
        assert {label: life.seen(label) for label in life.left} == life.left
        for label in ("book", *life.left):
            life.all_is_counted_or_left_out(label)
        texts = {
            one.revision: study.transcripts.show("P1", revision=one.revision)
            for one in study.transcripts.revisions("P1")
        }
        text = texts[max(texts)].revision.text
        assert all(
            text[one.start : one.end] == one.quote for one in study.reading.open("P1", shown=["ana", "ben"]).codings
        )
