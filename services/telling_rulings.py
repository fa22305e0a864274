"""What is told of rulings, appeals and recommendations, and that somebody wrote to a mover or to the committee."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import store
import store.amendments
import store.notices
from members.notices import Kind, folded
from services.notifying import Reached, tell
from services.telling import quoted


def told(
    amendment: store.amendments.Amendment,
    what: str,
    said: str,
    about: str,
    at: datetime,
    *,
    remedy: str = "There is nothing you have to do.",
) -> None:
    """The mover and the seconders learn what was ruled, appealed or recommended that is no step of the amendment's."""
    tell(
        Kind.AMENDMENT_RULED,
        about,
        store.notices.people_of([amendment.number]),
        at,
        number=amendment.number,
        title=folded(amendment.title),
        what=what,
        said=quoted(said),
        link=f"/amendments/{amendment.number}",
        remedy=remedy,
    )


def advised(amendment: store.amendments.Amendment, people: Iterable[Reached], digest: str, at: datetime) -> None:
    """The other side learns that there is a message, and not by mail what it says."""
    tell(
        Kind.DRAFTING_ADVICE,
        f"advice {digest}",
        people,
        at,
        number=amendment.number,
        title=folded(amendment.title),
        link=f"/amendments/{amendment.number}",
    )
