"""What the start page tells: what is in force, what waits for a reader, and what waits for this one."""

from __future__ import annotations

from dataclasses import dataclass

import store
import store.amendments
import store.drafts
import store.editions
from amendments.states import State
from services import amendment_page, reading
from services.amendment_page import AmendmentLine

SHOWN = 5


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
    return StartPage(
        edition=edition,
        waiting=tuple(waiting[:SHOWN]),
        waiting_in_all=len(waiting),
        seconded=len(store.amendments.listing(state=State.SECONDED)),
        drafts=tuple(one for one in store.drafts.listing() if one.state == "frozen"),
        mine=tuple(one for one in reading.open_amendments() if one.mover.id == member_id),
    )


def _waiting(member_id: int | None) -> list[AmendmentLine]:
    lines = amendment_page.listing(State.SEEKING_SECONDERS)
    return [one for one in lines if one.amendment.mover.id != member_id]
