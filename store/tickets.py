"""Secrets that may be used once, within a time, in the browser that asked: links to sign in, challenges, confirmations.

A ticket is *open*, then *used* or *expired*; it is kept for a while after, so that the page can say which.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from store.database import reading, writing
from store.tables import TicketRow

KEPT = timedelta(days=1)  # after it expired
ANYWHERE = ""  # the browser of a ticket that may be used in any


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a secret is good for. ``member`` is None for an address that nobody has."""

    id: str
    purpose: str
    member: int | None
    browser: str
    payload: Any
    at: datetime
    expires: datetime
    used: datetime | None


def issue(
    id: str,  # noqa: A002
    *,
    purpose: str,
    member: int | None,
    browser: str,
    payload: object,
    at: datetime,
    expires: datetime,
) -> None:
    """Keep the fingerprint of a new secret; ``browser`` is that of the asking browser's, or ANYWHERE."""
    session = writing()
    session.execute(sa.delete(TicketRow).where(TicketRow.expires <= at - KEPT))
    row = {"id": id, "purpose": purpose, "member": member, "browser": browser, "payload": payload, "at": at}
    session.execute(sa.insert(TicketRow).values(**row, expires=expires, used=None))


def find(id: str, purpose: str) -> Ticket | None:  # noqa: A002
    """The ticket with this id, whatever its state."""
    query = sa.select(*_COLUMNS).where(TicketRow.id == id, TicketRow.purpose == purpose)
    row = reading().execute(query).one_or_none()
    return None if row is None else _ticket(row)


def use(id: str, *, purpose: str, browser: str, at: datetime) -> Ticket | None:  # noqa: A002
    """Use a ticket up; None when it cannot be used here and now. Of several who try at once, one succeeds."""
    here = sa.and_(TicketRow.id == id, TicketRow.purpose == purpose, TicketRow.browser.in_({browser, ANYWHERE}))
    usable = sa.and_(here, TicketRow.used.is_(None), TicketRow.expires > at)
    row = writing().execute(sa.update(TicketRow).where(usable).values(used=at).returning(*_COLUMNS)).one_or_none()
    return None if row is None else _ticket(row)


def cancel(member: int, purposes: Collection[str], at: datetime) -> None:
    """Nothing that a member has asked for of these purposes can be used any more."""
    theirs = sa.and_(TicketRow.member == member, TicketRow.purpose.in_(purposes), TicketRow.used.is_(None))
    writing().execute(sa.update(TicketRow).where(theirs).values(used=at))


_COLUMNS = tuple(getattr(TicketRow, name) for name in Ticket.__dataclass_fields__)


def _ticket(row: sa.Row[Any]) -> Ticket:
    return Ticket(**row._mapping)  # noqa: SLF001 (the documented name of a public thing)
