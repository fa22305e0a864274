"""Whose consent was asked for the text of a composite, under the digest of that text, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import members
from store.committee_tables import ConsentAnswerRow, ConsentRequestRow
from store.database import reading, writing


@dataclass(frozen=True, slots=True)
class Request:
    """That consent to the text with this digest was asked for; ``closes`` None: without a limit of time."""

    id: int
    composite: int
    digest: str
    closes: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member answered to a request (its id)."""

    request: int
    member: members.Member
    agrees: bool
    reason: str
    at: datetime


def add_request(composite: int, digest: str, closes: datetime | None, member: int, *, at: datetime) -> Request:
    """Keep that consent was asked for."""
    row = ConsentRequestRow(composite=composite, digest=digest, closes=closes, member=member, at=at)
    session = writing()
    session.add(row)
    session.flush()
    return _request(row)


def add_answer(request: int, member: int, reason: str, *, agrees: bool, at: datetime) -> None:
    """Keep what a member answered; their last answer to a request holds."""
    row = {"request": request, "agrees": agrees, "reason": reason, "member": member, "at": at}
    writing().execute(sa.insert(ConsentAnswerRow).values(**row))


def requests(composite: int) -> tuple[Request, ...]:
    """The requests about a composite, the first first; the last holds."""
    row = ConsentRequestRow
    return tuple(map(_request, reading().scalars(sa.select(row).where(row.composite == composite).order_by(row.id))))


def answers(composite: int) -> tuple[Answer, ...]:
    """The last answer of each member to each request about a composite, the first first."""
    row, asked = ConsentAnswerRow, ConsentRequestRow
    newest = sa.select(sa.func.max(row.id)).group_by(row.request, row.member)
    query = sa.select(row).join(asked, asked.id == row.request).where(asked.composite == composite, row.id.in_(newest))
    rows = reading().scalars(query.order_by(row.id)).all()
    people = members.by_ids(one.member for one in rows)
    return tuple(Answer(one.request, people[one.member], one.agrees, one.reason, one.at) for one in rows)


def _request(row: ConsentRequestRow) -> Request:
    return Request(row.id, row.composite, row.digest, row.closes, row.at)
