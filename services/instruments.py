"""Which instrument of the rulebook an amendment is: one of the text, or one of what another amendment says."""

from __future__ import annotations

import store
import store.amendments
from rulebook.kinds import Relation
from rulebook.rules import Instrument, Rulebook
from services import timing


class TooDeep(ValueError):
    """The rules know no amendment of such an amendment."""

    def __init__(self, depth: int) -> None:
        what = "amendments to amendments" if depth == 1 else "amendments to amendments to amendments"
        super().__init__(f"The rules of this organisation know no {what}. Propose your text as an amendment of its own")


def of_depth(book: Rulebook, depth: int) -> Instrument:
    """The instrument by which the text is amended (depth 0), or by which amendments are; raises TooDeep.

    For depth 0 the one called ``amendment``, or the first.
    """
    if depth == 0:
        return book.instruments.get(timing.AMENDMENT) or next(iter(book.instruments.values()))
    deep = [one for one in book.instruments.values() if one.depth >= depth and one.relation is Relation.MODIFIES]
    if not deep:
        raise TooDeep(depth)
    return min(deep, key=lambda one: one.depth)


def deepest(book: Rulebook) -> int:
    """How deep amendments to amendments may go; 0 where the rules know none."""
    return max((one.depth for one in book.instruments.values() if one.relation is Relation.MODIFIES), default=0)


def depth_of(amendment: store.amendments.Amendment) -> int:
    """How many amendments it stands on."""
    depth, on = 0, amendment.version.on_version
    while on is not None:
        depth, on = depth + 1, store.amendments.of_version(on).version_with(on).on_version
    return depth


def of(book: Rulebook, amendment: store.amendments.Amendment) -> Instrument:
    """The instrument that an amendment is; should the rules have changed since, the one for the text."""
    try:
        return of_depth(book, depth_of(amendment))
    except TooDeep:
        return of_depth(book, 0)
