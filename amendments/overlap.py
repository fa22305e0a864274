"""How two amendments stand to one another, found by letting them meet on their base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from amendments.changes import Edit, Insert, Move, Strike, touched
from amendments.choices import Nature
from amendments.composite import Composition, Relation, compose
from amendments.edit import rebuilt
from constitution.clause import Constitution


class Overlap(StrEnum):
    """From the closest to none.

    IDENTICAL: both make the same text. CONTRADICTORY: one cannot be followed without setting part of the other aside.
    OVERLAPPING: they make some change alike, come to one place, or must be read together.
    SAME_CLAUSE: they change different words of one clause. NONE: they do not meet.
    """

    IDENTICAL = "identical"
    CONTRADICTORY = "contradictory"
    OVERLAPPING = "overlapping"
    SAME_CLAUSE = "same-clause"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two amendments that meet, by name, and how."""

    one: str
    other: str
    overlap: Overlap


def overlap(base: Constitution, one: Sequence[Edit], other: Sequence[Edit]) -> Overlap:
    """How two amendments on one base stand to one another; the same whichever comes first."""
    return _overlap(compose(base, {"1": one, "2": other}))


def overlaps(base: Constitution, sides: Mapping[str, Sequence[Edit]]) -> tuple[Pair, ...]:
    """Every two amendments that meet, in the order given. Only those that come near one another are compared."""
    pairs = (Pair(one, other, overlap(base, sides[one], sides[other])) for one, other in near(base, sides))
    return tuple(pair for pair in pairs if pair.overlap is not Overlap.NONE)


def _overlap(met: Composition) -> Overlap:
    one, other = met.sides.values()
    if (one and set(one) == set(other)) or met.base != rebuilt(one, met.base) == rebuilt(other, met.base):
        return Overlap.IDENTICAL
    if any(question.nature is not Nature.PLACE for question in met.questions()):
        return Overlap.CONTRADICTORY
    if met.questions() or _share(met):
        return Overlap.OVERLAPPING
    return Overlap.NONE if set(touched(one)).isdisjoint(touched(other)) else Overlap.SAME_CLAUSE


def _share(met: Composition) -> bool:
    """Whether both make some change alike, or changes so near one another that they need a look."""
    for meeting in met.meetings():
        alike = meeting.merged.changes if meeting.merged else ()
        if meeting.relation is Relation.AGREEMENT or meeting.looks or any(len(change.sides) > 1 for change in alike):
            return True
    return False


def near(base: Constitution, sides: Mapping[str, Sequence[Edit]]) -> Iterator[tuple[str, str]]:
    """Pairs that have a clause in common, of what they change, strike or put something into."""
    by_clause: defaultdict[str | None, list[str]] = defaultdict(list)
    for name, edits in sides.items():
        for clause in _reached(base, edits):
            by_clause[clause].append(name)
    found = {pair for names in by_clause.values() for pair in combinations(names, 2)}
    yield from (pair for pair in combinations(sides, 2) if pair in found)


def _reached(base: Constitution, edits: Sequence[Edit]) -> set[str | None]:
    reached: set[str | None] = set(touched(edits))
    for edit in edits:
        if isinstance(edit, Strike):
            reached.update(below.id for below in base[edit.clause].walk())
        if isinstance(edit, Insert | Move):
            reached.add(edit.parent)
    return reached
