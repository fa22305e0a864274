"""Objections of members to a frozen draft: the last of each member holds, and one without a reason takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import members
from store.committee_tables import DraftObjectionRow
from store.database import reading, writing


@dataclass(frozen=True, slots=True)
class Objection:
    """What a member objects to in a draft."""

    member: members.Member
    reason: str
    at: datetime


def add(draft: int, member: int, reason: str, *, at: datetime) -> None:
    """Keep a member's objection to a draft; "" takes theirs back."""
    row = {"draft": draft, "member": member, "reason": reason, "at": at}
    writing().execute(sa.insert(DraftObjectionRow).values(**row))


def of(draft: int) -> tuple[Objection, ...]:
    """The objections to a draft that stand, the first first."""
    row = DraftObjectionRow
    newest = sa.select(sa.func.max(row.id)).where(row.draft == draft).group_by(row.member)
    rows = reading().scalars(sa.select(row).where(row.id.in_(newest), row.reason != "").order_by(row.id)).all()
    people = members.by_ids(one.member for one in rows)
    return tuple(Objection(people[one.member], one.reason, one.at) for one in rows)
