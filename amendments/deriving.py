"""The edits that make one rule book into another: ``apply(derive(base, changed), base) == changed``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution
from constitution.order import settled


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


def _struck(base: Constitution, changed: Constitution) -> Iterator[Edit]:
    for one in base.walk():
        parent = base.parents[one.id]
        goes = one.id not in changed or _repealed(one.id, base, changed)
        if goes and (parent is None or parent in changed) and not (parent and _repealed(parent, base, changed)):
            yield Strike(one.id)


def _repealed(clause: str, base: Constitution, changed: Constitution) -> bool:
    """Whether no more than its number is left of a clause that stood."""
    return changed[clause].repealed and not base[clause].repealed


def _reworded(base: Constitution, changed: Constitution) -> Iterator[Edit]:
    for one in changed.walk():
        old = base.by_id.get(one.id)
        if old is None or _repealed(one.id, base, changed):
            continue
        if (one.text, one.heading) != (old.text, old.heading):
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
