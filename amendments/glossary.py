"""What a change does to the defined terms: which are called otherwise now, which lose their definition, which mean another thing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amendments.terms import Definition, definitions
from constitution.clause import Constitution
from constitution.tokens import is_word, tokens


@dataclass(frozen=True, slots=True)
class TermChanges:
    """``renamed``: old term to new. ``lost`` and ``changed``: the definitions of the base that go or say another thing."""

    renamed: Mapping[str, str]
    lost: tuple[Definition, ...]
    changed: tuple[Definition, ...]


def term_changes(base: Constitution, after: Constitution, clauses: Collection[str]) -> TermChanges:
    """Compare the definitions in those clauses of the base, in its order, that are changed or have a change below them.

    A definition that moves to another clause is not lost. A term is renamed where its clause explains as many new ones
    as old ones go, in more than half the same words.
    """
    then = definitions(base, clauses)
    now = definitions(after, [one for one in clauses if one in after])
    meanings = {(one.clause, one.term): one.meaning for one in now}
    gone = [one for one in then if (one.clause, one.term) not in meanings]
    known = {one.term for one in definitions(after)} if gone else set()
    gone = [one for one in gone if one.term not in known]
    known_then = {(one.clause, one.term) for one in then}
    renamed = dict(_renamed(gone, [one for one in now if (one.clause, one.term) not in known_then]))
    return TermChanges(
        renamed,
        tuple(one for one in gone if one.term not in renamed),
        tuple(one for one in then if meanings.get((one.clause, one.term), one.meaning) != one.meaning),
    )


def _renamed(gone: Sequence[Definition], new: Sequence[Definition]) -> Iterator[tuple[str, str]]:
    """Old and new terms, clause by clause and in order."""
    for clause in dict.fromkeys(one.clause for one in gone):
        olds, news = ([one for one in some if one.clause == clause] for some in (gone, new))
        if len(olds) == len(news):
            pairs = zip(olds, news, strict=True)
            yield from ((old.term, other.term) for old, other in pairs if _alike(old.meaning, other.meaning))


def _alike(one: str, other: str) -> bool:
    some, others = ({word for word in tokens(text) if is_word(word)} for text in (one, other))
    return 2 * len(some & others) > max(len(some), len(others))
