"""What the page of relations shows: how the open amendments stand to one another, drawn and in words, and what is found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import store
import store.amendments
import store.members
from amendments.drawing import Drawing, drawn
from amendments.states import OPEN
from members.permissions import Permission, granted
from rulebook import kinds
from rulebook.phrases import called
from rulebook.threshold import in_words
from services import contents, reading, relating, timing
from services.relating import Relating, Suggestions

MOST_DRAWN = 120  # amendments in one drawing


@dataclass(frozen=True, slots=True)
class RelationsPage:
    """The relations that stand or are set aside, and their drawing (None: too many, or nothing); what may be done now.

    ``closed`` says why nothing can be ruled now, ``unknown`` that there is no clause of the number asked for.
    """

    relations: tuple[Relating, ...]
    drawing: Drawing | None
    amendments: Mapping[int, store.amendments.Amendment]
    suggestions: Suggestions | None
    closed: str
    unknown: str
    packages: bool
    challengers: str


def page(
    member: store.members.Member | None, now: datetime, clause: str = "", numbers: Collection[int] = ()
) -> RelationsPage:
    """Relations of open amendments (of some only, if numbers are given), and what is found of a clause or those."""
    every = [one for one in relating.everything() if not numbers or not set(numbers).isdisjoint(one.tie.key[::2])]
    amendments = {
        one.number: one for one in store.amendments.numbered({no for one in every for no in one.tie.key[::2]})
    }
    relations = tuple(one for one in every if any(amendments[no].state in OPEN for no in one.tie.key[::2]))
    standing = [one.tie for one in relations if not one.set_aside]
    drawn_ones = {no for one in standing for no in one.key[::2]}
    suggestions, unknown = _suggested(member, clause, numbers)
    return RelationsPage(
        relations,
        drawn(standing) if 0 < len(drawn_ones) <= MOST_DRAWN else None,
        amendments,
        suggestions,
        timing.closed(kinds.Act.MERGE, now),
        unknown,
        timing.rules().conflict.packages,
        challengers(),
    )


def challengers() -> str:
    """Who may challenge a ruling and what they need, in words; "" where the rules let nobody."""
    rule = relating.challenging()
    if rule is None:
        return ""
    return f"A ruling can be challenged by {called(rule.by, timing.rules().electorates)}; {in_words(rule.passes)} overturns it."


def _suggested(
    member: store.members.Member | None, clause: str, numbers: Collection[int]
) -> tuple[Suggestions | None, str]:
    """What is found, for who can rule on it; and why nothing is when there is no such clause."""
    if member is None or Permission.MERGE not in granted(member.roles):
        return None, ""
    try:
        wanted = contents.labelled(reading.edition(), clause).id if clause else ""
    except contents.UnknownLabel as unknown:
        return None, str(unknown)
    return relating.suggestions(wanted, numbers), ""
