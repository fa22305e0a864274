"""Which instrument of the rulebook an amendment is: one of the text, or one of what another amendment says."""

from __future__ import annotations

from collections.abc import Collection

import store
import store.amendments
import store.relations
from amendments.relations import Relation as Said
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


def counter(book: Rulebook) -> Instrument | None:
    """The instrument by which an alternative to another amendment is brought in, where the rules have one for that."""
    text = of_depth(book, 0)
    others = (one for one in book.instruments.values() if one.depth == 0 and one is not text)
    return next((one for one in others if one.relation is Relation.ALTERNATIVE), None)


def countering(book: Rulebook) -> frozenset[int]:
    """The numbers of the amendments that are brought in by that instrument."""
    return store.relations.saying(Said.COUNTER) if counter(book) else frozenset()


def wanted(book: Rulebook, on: store.amendments.Amendment | None, relation: str) -> Instrument:
    """The instrument that a proposal is: one about the amendment ``on``, or one about the text; raises TooDeep."""
    if on is None and relation == Said.COUNTER and (found := counter(book)):
        return found
    return of_depth(book, depth_of(on) + 1 if on else 0)


def of(book: Rulebook, amendment: store.amendments.Amendment, counters: Collection[int] | None = None) -> Instrument:
    """The instrument that an amendment is; should the rules have changed since, the one for the text.

    ``counters`` are those that are ``countering``, where they have been asked for already.
    """
    is_counter = amendment.number in (countering(book) if counters is None else counters)
    try:
        return wanted(book, _on(amendment), Said.COUNTER if is_counter else "")
    except TooDeep:
        return of_depth(book, 0)


def _on(amendment: store.amendments.Amendment) -> store.amendments.Amendment | None:
    on = amendment.version.on_version
    return None if on is None else store.amendments.of_version(on)
