"""What kept its order: the longest part of a list that still stands as it stood."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from constitution.clause import Clause, Constitution


def settled(old: Constitution, new: Constitution) -> frozenset[str]:
    """The clauses of both that kept their parent and their order among their siblings."""
    found: set[str] = set()
    for parent in (None, *(one.id for one in old.walk() if one.id in new)):
        found |= in_order(old.siblings(parent), new.siblings(parent))
    return frozenset(found)


def in_order(old: Sequence[Clause], new: Sequence[Clause]) -> frozenset[str]:
    """The clauses of both lists of siblings that kept their order, as many as possible."""
    if old is new:
        return frozenset(one.id for one in old)
    places = {one.id: n for n, one in enumerate(old)}
    common = [one.id for one in new if one.id in places]
    return frozenset(common[n] for n in longest_rising([places[one] for one in common]))


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
