"""Sentences that a code's terms stand in, and that nobody coded with it, are found; nothing is coded by that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import Ambiguous, Conflict, NotFound
from qcode.importers.base import Options
from qcode.study.selection import Filters
from qcode.study.study import Study, create
from tests.conftest import Dump

RU = """\
И: Вы доверяли врачам?
А: Мне стыдно об этом говорить. Никто никому не доверял, и в больнице я молчала.
И: А потом?
А: Потом пришла Лола. Со стыдом я живу до сих пор; стыда меньше не стало.
"""
DE = "I: Und Sie?\nB: Ich schäme mich noch. Scham ist ein großes Wort.\n"
ZH = "问: 为什么不去？\n答: 我怕丢脸。别人都看着我。\n"
CODES = (
    Code("SHAME", "Стыд", terms=(("ru", ("стыд", "стыдно")), ("de", ("Scham", "schämen")), ("zh", ("丢脸",)))),
    Code("TRUST", "Доверие", aliases=("faith",), terms=(("ru", ("доверять",)),)),
    Code("BARE", "Ohne"),
    Code("HEAD", "Kopf", codable=False, terms=(("ru", ("стыд",)),)),
    Code("BELOW", "Unter", parent="HEAD"),
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study of three transcripts in three languages, of which nothing is coded."""
    with create(tmp_path / "s.qcode", coder="ana") as study:
        study.codebooks.add_version(CodebookVersion("book", "1", CODES))
        for name, text, language in (("RU1", RU, "ru"), ("DE1", DE, "de"), ("ZH1", ZH, "zh")):
            file = tmp_path / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            speakers = tuple(dict.fromkeys(line.partition(":")[0] for line in text.splitlines()))
            study.transcripts.add(file, options=Options(speakers=speakers, language=language))
        yield study


def found(study: Study, code: str, **filters: object) -> list[tuple[str, str, tuple[str, ...]]]:
    listed = study.uncoded(code, Filters(**filters))  # type: ignore[arg-type]
    return [(one.transcript, one.quote, one.found) for one in listed]


SHAME = [
    ("DE1", "Ich schäme mich noch.", ("schäme",)),
    ("DE1", "Scham ist ein großes Wort.", ("Scham",)),
    ("RU1", "Мне стыдно об этом говорить.", ("стыдно",)),
    ("RU1", "Со стыдом я живу до сих пор; стыда меньше не стало.", ("стыдом", "стыда")),
    ("ZH1", "我怕丢脸。", ("丢脸",)),
]


def test_inflected_words_of_all_languages_are_found_in_order(study: Study) -> None:
    assert found(study, "SHAME") == SHAME


def test_each_is_told_with_its_place_turn_and_speaker(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    one = study.uncoded("SHAME")[2]
    text = study.transcripts.show("RU1").revision.text
    assert (text[one.start : one.end], one.turn, one.speaker) == (one.quote, 2, "А")
    assert dump(study.path) == before


@pytest.mark.parametrize("name", ["trust", "Доверие", "FAITH"])
def test_a_code_is_named_by_key_name_or_alias(study: Study, name: str) -> None:
    assert [quote for _, quote, _ in found(study, name)] == [
        "Вы доверяли врачам?",
        "Никто никому не доверял, и в больнице я молчала.",
    ]


def test_what_is_coded_with_it_is_left_out_wherever_the_coding_touches(study: Study) -> None:
    study.code("RU1", quote="стыдом", code="SHAME")
    study.code("DE1", quote="Wort", code="SHAME", coder="ben")
    study.code("ZH1", quote="我怕丢脸", code="TRUST")
    study.code("RU1", quote="Мне стыдно", code="TRUST")
    assert found(study, "SHAME") == [SHAME[0], SHAME[2], SHAME[4]]


def test_a_withdrawn_coding_leaves_the_sentence_open_and_a_waiting_one_does_not(study: Study) -> None:
    (one,) = study.code("RU1", quote="стыдом", code="SHAME")
    study.code("ZH1", quote="丢脸", code="SHAME")
    study.codings.withdraw(one.id)
    new = (replace(CODES[0], definition="Only of oneself."), *CODES[1:])
    declared = ((("effect", "narrow"), ("redefine", "SHAME")),)
    study.codebooks.add_version(CodebookVersion("book", "2", new, changes=declared))
    assert study.status().pending == 1
    assert found(study, "SHAME") == SHAME[:4]


def test_filters_choose_transcripts_and_cases(study: Study) -> None:
    study.cases.set("Zhang", {}, transcripts=("ZH1",))
    assert found(study, "SHAME", transcripts=("RU1", "ZH1")) == SHAME[2:]
    assert found(study, "SHAME", cases=("zhang",)) == SHAME[4:]
    with pytest.raises(NotFound):
        found(study, "SHAME", transcripts=("nowhere",))


def test_where_nothing_is_left_the_list_is_empty(study: Study) -> None:
    study.code("ZH1", quote="我怕丢脸。", code="SHAME")
    assert found(study, "SHAME", transcripts=("ZH1",)) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("BARE", "BARE has no terms that could find passages; add some: qcode codebook redefine BARE --term"),
        ("HEAD", "HEAD is only a heading, which takes no codings; ask for BELOW"),
    ],
)
def test_a_code_without_terms_and_a_heading_are_refused(study: Study, code: str, why: str) -> None:
    with pytest.raises(Conflict, match=why):
        study.uncoded(code)


def test_a_code_that_is_not_there_is_refused(study: Study) -> None:
    with pytest.raises(NotFound, match="there is no code 'SHAMES'"):
        study.uncoded("SHAMES")


def test_a_key_of_two_codebooks_needs_the_codebook(study: Study) -> None:
    study.codebooks.add_version(CodebookVersion("other", "1", CODES[:1]))
    with pytest.raises(Ambiguous):
        study.uncoded("SHAME")
    study.codings.add("ZH1", "SHAME", quote="丢脸", codebook="other")
    assert len(found(study, "SHAME", codebook="other")) == 4
    assert len(found(study, "SHAME", codebook="book")) == 5
