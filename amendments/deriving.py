"""The edits that make one rule book into another: ``apply(derive(base, changed), base) == changed``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution


class CannotDerive(ValueError):
    """The two differ in what no edit changes: a title, a kind, the way a clause is numbered."""

    def __init__(self) -> None:
        super().__init__("The two texts differ in more than wording, insertions, omissions and moves.")


def derive(base: Constitution, changed: Constitution) -> tuple[Edit, ...]:
    """The edits from the one to the other, none where they are equal; raises CannotDerive."""
    staying = settled(base, changed)
    edits = (*_struck(base, changed), *_reworded(base, changed), *_arrived(base, changed, staying))
    if rebuilt(edits, base) != changed:
        raise CannotDerive
    return edits


def settled(base: Constitution, changed: Constitution) -> frozenset[str]:
    """The clauses of both that kept their parent and their order among their siblings."""
    found: set[str] = set()
    for parent in (None, *(one.id for one in base.walk() if one.id in changed)):
        places = {one.id: n for n, one in enumerate(base.siblings(parent))}
        common = [one.id for one in changed.siblings(parent) if one.id in places]
        kept = longest_rising([places[one] for one in common])
        found.update(common[n] for n in kept)
    return frozenset(found)


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indices of a longest rising run through the values (patience sorting)."""
    ends: list[int] = []
    piles: list[int] = []
    before: list[int | None] = []
    for n, value in enumerate(values):
        pile = bisect_left(ends, value)
        before.append(piles[pile - 1] if pile else None)
        ends[pile : pile + 1], piles[pile : pile + 1] = [value], [n]
    run: list[int] = []
    at = piles[-1] if piles else None
    while at is not None:
        run.append(at)
        at = before[at]
    return run[::-1]


def _struck(base: Constitution, changed: Constitution) -> Iterator[Edit]:
    for one in base.walk():
        parent = base.parents[one.id]
        if one.id not in changed and (parent is None or parent in changed):
            yield Strike(one.id)


def _reworded(base: Constitution, changed: Constitution) -> Iterator[Edit]:
    for one in changed.walk():
        old = base.by_id.get(one.id)
        if old is not None and (one.text, one.heading) != (old.text, old.heading):
            yield Reword(one.id, one.text, one.heading if one.heading != old.heading else None)


def _arrived(base: Constitution, changed: Constitution, staying: frozenset[str]) -> Iterator[Edit]:
    for parent in (None, *(one.id for one in changed.walk())):
        after: str | None = None
        for one in changed.siblings(parent):
            if one.id in staying or (parent is not None and parent not in base and one.id not in base):
                after = one.id
            elif one.id in base:
                yield Move(one.id, parent, after)
            else:
                yield Insert(parent, after, _only_new(one, base), as_marked=True)


def _only_new(clause: Clause, base: Constitution) -> Clause:
    """The clause without those below it that the base has: they are moved there."""
    return replace(clause, children=tuple(_only_new(one, base) for one in clause.children if one.id not in base))
