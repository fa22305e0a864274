"""What comes of an amendment, edit by edit, said so that two amendments of one effect say it in equal values.

The ids of new clauses are chosen at random, so the same clause proposed twice has two ids. Here a new clause is called
by what it says and where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from amendments.changes import Edit, Insert, Move, Reword, Strike, inserted
from amendments.sides import renamed, renamed_clause, shape
from constitution.clause import Constitution

Spot: TypeAlias = tuple[str | None, str | None]
"""A place in the base: in ``parent`` (None: the top level), after a clause (None: first)."""


class Doing(StrEnum):
    """What an edit does, from the closest to the words."""

    REWORDS = "rewords"
    STRIKES = "strikes"
    MOVES = "moves"
    ADDS = "adds"


class Effect(NamedTuple):
    """What one edit comes to. Equal effects make the same of the same clause, or add the same at the same place.

    ``clause`` is the one changed, and None for a new one; ``spot`` is where a clause comes to stand (Spot, in clauses of
    the base: what comes after a new clause comes where that does); ``what`` is the outcome, only to be compared.
    """

    doing: Doing
    clause: str | None
    spot: Spot | None
    what: object


def effects(edits: Sequence[Edit], base: Constitution) -> tuple[Effect, ...]:
    """What comes of the edits, in their order; raises UnknownClause.

    A rewording that leaves the words as they are comes to nothing, and so does a move to where the clause stands, and
    what would stand nowhere.
    """
    distinct = tuple(dict.fromkeys(edits))
    names = _names(distinct)
    called = [renamed(one, names) for one in distinct]
    places = _Places(called)
    found = (_effect(one, base, places) for one in called)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _effect(edit: Edit, base: Constitution, places: _Places) -> Effect | None:
    match edit:
        case Reword():
            clause = base[edit.clause]
            after = edit.text, clause.heading if edit.heading is None else edit.heading
            same = after == (clause.text, clause.heading)
            return None if same else Effect(Doing.REWORDS, edit.clause, None, after)
        case Strike():
            return Effect(Doing.STRIKES, base[edit.clause].id, None, None)
        case _:
            spot = places.spot(edit, base)
            stays = isinstance(edit, Move) and spot in _stands(edit.clause, base)
            return None if spot is None or stays else _arrival(edit, spot, base)


def _stands(clause: str, base: Constitution) -> tuple[Spot, Spot]:
    """Where a clause stands: after the one before it; to put it after itself leaves it there too."""
    parent = base.parents[base[clause].id]
    beside = [one.id for one in base.siblings(parent)]
    place = beside.index(clause)
    return (parent, beside[place - 1] if place else None), (parent, clause)


def _arrival(edit: Insert | Move, spot: Spot, base: Constitution) -> Effect:
    if isinstance(edit, Move):
        return Effect(Doing.MOVES, base[edit.clause].id, spot, (edit.parent, edit.after))
    return Effect(Doing.ADDS, None, spot, (edit.parent, edit.after, edit.as_marked, edit.clause))


def _names(edits: Iterable[Edit]) -> dict[str, str]:
    """What each new clause is called: the same in every amendment that brings it alike to the same place.

    A reference to a new clause of a later edit counts for nothing in a name (it would go round in circles); it counts
    in the effect, where every clause has its name.
    """
    names = dict.fromkeys(inserted(edits), "new")
    seen: Counter[str] = Counter()
    for edit in edits:
        if isinstance(edit, Insert):
            name = _name(edit, names, seen)
            names.update((one.id, f"{name}-{n}") for n, one in enumerate(edit.clause.walk()))
    return names


def _name(edit: Insert, names: Mapping[str, str], seen: Counter[str]) -> str:
    at = renamed(replace(edit, clause=renamed_clause(shape(edit.clause), names)), names)
    content = sha256(repr(at).encode()).hexdigest()[:16]
    seen[content] += 1
    return sha256(f"{content} {seen[content]}".encode()).hexdigest()[:16]


class _Places:
    """Where in the base the new clauses of one amendment stand."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        inserts = [one for one in edits if isinstance(one, Insert)]
        self.tops = {one.clause.id: one for one in inserts}
        self.owners = {below.id: one for one in inserts for below in one.clause.walk()}

    def spot(self, edit: Insert | Move, base: Constitution) -> Spot | None:
        """The place in the base that an edit brings something to; None for edits that stand only on one another."""
        for _ in range(len(self.tops) + 1):
            under = self.owners.get(edit.parent or "") or self.tops.get(edit.after or "")
            if under is None:
                for clause in filter(None, (edit.parent, edit.after)):
                    base[clause]
                return edit.parent, edit.after
            edit = under
        return None
