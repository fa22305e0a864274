"""In which order amendments stand on an agenda. The numbers there are those of the agenda, never the amendments' own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amendments.changes import Edit, Insert
from amendments.touches import touches
from constitution.clause import Constitution
from constitution.tokens import word_count
from rulebook.kinds import Order

Position = tuple[int, int]


def arranged(
    order: Order, base: Constitution, sides: Mapping[int, Sequence[Edit]], given: Sequence[int] = ()
) -> tuple[int, ...]:
    """The amendments (by number, with their edits to ``base``) in an order; equals in that of their numbers.

    TEXT: by the first clause of the text that each bears on (``first``). FAR_REACHING: first who takes out or replaces
    most words of the base (``reach``). AGENDA, COMMITTEE and PRIORITY: as ``given`` (for PRIORITY the outcome of the
    ballot, the most wanted first); who is not named there comes last. Raises UnknownClause.
    """
    named = {number: n for n, number in reversed(list(enumerate(given)))}
    match order:
        case Order.TEXT:
            keys = {number: first(base, edits) for number, edits in sides.items()}
        case Order.FAR_REACHING:
            keys = {number: (-reach(base, edits), 0) for number, edits in sides.items()}
        case Order.AGENDA | Order.COMMITTEE | Order.PRIORITY:
            keys = {number: (named.get(number, len(given)), 0) for number in sides}
    return tuple(sorted(sides, key=lambda number: (keys[number], number)))


def first(base: Constitution, edits: Sequence[Edit]) -> Position:
    """Where the text first changes: a clause by its place, what comes after a clause behind all that is below that."""
    places = {one: n for n, one in enumerate(base.by_id)}
    return min((_place(one, base, places) for one in edits), default=(len(places), 0))


def _place(edit: Edit, base: Constitution, places: Mapping[str, int]) -> Position:
    if not isinstance(edit, Insert):
        return places[base[edit.clause].id], 0
    if edit.after is not None and edit.after in places:
        return places[[one.id for one in base[edit.after].walk()][-1]], 1
    # At the beginning of something, or beside a new clause, whose own place counts.
    return places.get(edit.parent or "", -1 if edit.parent is None and edit.after is None else len(places)), 1


def reach(base: Constitution, edits: Sequence[Edit]) -> int:
    """How many words of the base are taken out or replaced: in clauses that are struck, and in those reworded."""
    found = touches(edits, base)
    struck = sum(word_count(base[one].heading) + word_count(base[one].text) for one in found.struck)
    replaced = (one.base[splice.start : splice.end] for one in found.wordings.values() for splice in one.splices)
    return struck + sum(map(word_count, replaced))
