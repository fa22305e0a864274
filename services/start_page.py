"""What the start page tells: what is in force, what waits for a reader, and what waits for this one."""

from __future__ import annotations

from dataclasses import dataclass

import store
import store.amendments
import store.drafts
import store.editions
from amendments.states import WAITING, State
from services import reading, supporting
from services.amendment_page import AmendmentLine

SHOWN = 5
WEIGHED = 60  # amendments with the most members behind them, and as many with the most bodies


@dataclass(frozen=True, slots=True)
class StartPage:
    """The state of things. ``edition`` is None before anything was imported.

    ``waiting`` for seconders: those that lack the fewest first, without the reader's own.
    """

    edition: store.editions.Edition | None
    waiting: tuple[AmendmentLine, ...] = ()
    waiting_in_all: int = 0
    seconded: int = 0
    drafts: tuple[store.drafts.DraftLine, ...] = ()
    mine: tuple[store.amendments.Amendment, ...] = ()


def page(member_id: int | None = None) -> StartPage:
    """What is going on, and what of it is this member's own."""
    edition = store.editions.latest()
    if edition is None:
        return StartPage(None)
    waiting = sorted(_waiting(member_id), key=lambda one: (one.standing.missing, one.amendment.number))
    mine = () if member_id is None else store.amendments.moved_by(member_id, reading.OPEN)
    return StartPage(
        edition=edition,
        waiting=tuple(waiting[:SHOWN]),
        waiting_in_all=store.amendments.count(State.SEEKING_SECONDERS, not_by=member_id),
        seconded=sum(map(store.amendments.count, WAITING)),
        drafts=tuple(one for one in store.drafts.listing() if one.state == "frozen"),
        mine=mine,
    )


def _waiting(member_id: int | None) -> list[AmendmentLine]:
    """Those that may be nearest to their seconders. To weigh thousands by the rules would take this page seconds."""
    found = store.amendments.most_seconded(State.SEEKING_SECONDERS, WEIGHED, not_by=member_id)
    standings = supporting.standings(found)
    return [AmendmentLine(one, standings[one.number]) for one in found]
