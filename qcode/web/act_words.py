"""What the acts of the history are called for people: a table, with the act's own name where a later qcode has more."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.study.lists import things

__all__ = ["about", "act_words", "followed", "one_coding"]

WORDS = {
    "study.init": "made the study",
    "study.merge": "took in another study",
    "study.receive": "took in a project",
    "transcript.add": "imported a transcript",
    "transcript.revise": "corrected a transcript",
    "transcript.rename": "renamed a transcript",
    "transcript.attr": "described a transcript's case",
    "transcript.remove": "took a transcript out",
    "case.add": "made a case",
    "case.set": "described a case",
    "case.import": "imported a table of cases",
    "case.remove": "removed a case",
    "coder.add": "came as a new coder",
    "coder.rename": "renamed a coder",
    "coder.default": "became the default coder",
    "codebook.add": "took in a codebook",
    "codebook.follow": "took in the next version of the codebook",
    "codebook.merge": "joined two versions of the codebook",
    "coding.add": "coded a passage",
    "coding.withdraw": "withdrew a coding",
    "coding.restore": "took a withdrawal back",
    "coding.import": "imported a table of codings",
    "coding.resolve": "decided on codings that waited",
    "coding.unresolve": "took decisions back",
    "in_vivo.add": "marked a passage in vivo",
    "in_vivo.coded": "turned passages marked in vivo into codings",
    "in_vivo.remove": "removed a mark in vivo",
    "suggestion.reject": "rejected a suggestion",
    "suggestion.restore": "took the rejection of a suggestion back",
    "memo.add": "wrote a memo",
    "memo.remove": "removed a memo",
}


def act_words(act: str) -> str:
    """Return what an act did, in words; of an unknown one its name."""
    return WORDS.get(act, act)


def one_coding(details: Mapping[str, object]) -> str | None:
    """Return the id of the one coding that an act is about, or None: there is none, or there are several."""
    for key in ("coding", "target"):
        found = details.get(key)
        if isinstance(found, str) and (key == "coding" or details.get("about") == "coding"):
            return found
    several = details.get("codings")
    return several[0] if isinstance(several, list) and len(several) == 1 and isinstance(several[0], str) else None


def about(details: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Return what an act was about, in the words of `qcode history`, but `1 code` where there is one."""
    counts = {key for key, value in details.items() if value == 1 and not isinstance(value, bool)} - {"characters"}
    plain = {key.removesuffix("s") if key in counts else key: value for key, value in details.items()}
    said = things({key: value for key, value in plain.items() if not isinstance(value, bool)}, names)
    return f"{said}, from a suggestion" if details.get("suggested") is True else said


def followed(details: Mapping[str, object], labels: Mapping[str, str]) -> tuple[dict[str, object], str]:
    """Return the details without the versions that one follows, and these by their `labels` (by id)."""
    given = details.get("follows")
    ids = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    rest = {key: value for key, value in details.items() if key != "follows"}
    return rest, " and ".join(labels.get(str(one), str(one)[:8]) for one in ids)
