"""What an act on a draft names, and what may stand in it: its codes, and those that ended before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from shlex import quote
from typing import Any

from sqlalchemy import Connection

from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.domain.declared import Former
from qcode.errors import Ambiguous, BadCodebook, Conflict, NotFound
from qcode.study.codes import VersionInUse, choose_version
from qcode.study.versions import former_codes

__all__ = ["former_code", "key_of", "of_this_draft", "raise_errors", "refuse_former_keys", "with_more", "without_ids"]

LISTS = ("examples", "aliases")


def key_of(content: CodebookVersion, name: str) -> str:
    """Return the key of the code of a draft that `name` names: by key, alias or name; else `name` as it is.

    What the draft does not have is refused by the act itself, which knows what became of it.
    """
    found = content.find(name)
    if len(found) > 1:
        raise Ambiguous(f"{name!r} may be {' or '.join(code.key for code in found)}", mend="type the key")
    return found[0].key if found else name.strip()


def without_ids(content: CodebookVersion) -> CodebookVersion:
    """Return a draft as its file says it: its codes get their identities when it is published."""
    return replace(content, codes=tuple(replace(code, id="") for code in content.codes))


def with_more(content: CodebookVersion, key: str, more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lists of a code (examples, aliases, terms) with what is to be added to them."""
    code = content.by_key.get(key.casefold(), Code(key, ""))
    found: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(code, name), *more[name]))) for name in LISTS if name in more
    }
    if "terms" in more:
        terms = {language: dict.fromkeys(words) for language, words in code.terms}
        for language, words in more["terms"]:
            terms.setdefault(language, {}).update(dict.fromkeys(words))
        found["terms"] = tuple((language, tuple(words)) for language, words in terms.items())
    return found


def former_code(connection: Connection, base: VersionInUse, name: str) -> Code:
    """Return a code that an earlier version had and the draft's base has not, as the last version with it says.

    One of the base itself is returned too: it may have been taken out in the draft. Raises NotFound, or Ambiguous.
    """
    wanted = name.strip().casefold()
    if wanted in base.content.by_key:
        return base.content.by_key[wanted]
    ended = former_codes(connection, base.row.id, base.content)
    codes = {one.id: _as_it_was(connection, base, one) for one in ended}
    by_key = [code for id, code in codes.items() if wanted == code.key.casefold() or (wanted and id.startswith(wanted))]
    found = by_key or [code for code in codes.values() if CodebookVersion("", "", (code,)).find(name)]
    if len(found) > 1:
        raise Ambiguous(f"{name!r} may be {' or '.join(code.key for code in found)}", mend="type the key")
    if not found:
        raise NotFound(
            f"no version before {base.label} had a code {name!r} that is not there now",
            mend="what was retired or merged is told by: qcode codebook log",
        )
    return found[0]


def _as_it_was(connection: Connection, base: VersionInUse, one: Former) -> Code:
    last = choose_version(connection, f"{base.row.codebook}@{one.last}").content
    return next(code for code in last.codes if code.id == one.id)


def refuse_former_keys(
    connection: Connection, base: VersionInUse, before: CodebookVersion, new: CodebookVersion
) -> None:
    """Raise Conflict where an act gave a code the key of one that ended: it would be taken for that."""
    fresh = {code.key.casefold() for code in new.codes} - set(before.by_key) - set(base.content.by_key)
    back = {str(value).casefold() for change in new.changes for name, value in change if name == "revive"}
    for one in former_codes(connection, base.row.id, base.content) if fresh - back else ():
        if one.key.casefold() in fresh - back:
            how = {"merge": "merged", "split": "split", "retire": "retired"}[one.how]
            into = f" into {' and '.join(one.into)}" if one.into else ""
            raise Conflict(
                f"{one.key} was {how}{into} in {one.version}",
                mend=f"bring it back with: qcode codebook revive {quote(one.key)}, or choose another key",
            )


def of_this_draft(edited: CodebookVersion, base: VersionInUse) -> CodebookVersion:
    """Return an edited text as a draft that follows `base`; raises Conflict where it says that it is something else."""
    book, follows = base.row.codebook, base.row.version
    if edited.codebook.casefold() != book.casefold():
        raise Conflict(f"the draft is of {book}, and the text says {edited.codebook}", mend="leave its key as it was")
    if edited.follows not in ((), (follows,)):
        said = " and ".join(edited.follows)
        raise Conflict(f"the draft follows {follows}, and the text says {said}", mend="leave that line as it was")
    return replace(edited, codebook=book, follows=(follows,))


def raise_errors(content: CodebookVersion) -> None:
    """Raise BadCodebook with what breaks a rule in a draft, if anything does."""
    errors = [problem for problem in check(content) if problem.level == "error"]
    if errors:
        raise BadCodebook("\n".join(f"the draft, {problem.where}: {problem.what}" for problem in errors[:10]))
