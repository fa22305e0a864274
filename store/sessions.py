"""Who is signed in, on which device, since when: what a cookie is worth is decided here, not by the cookie.

A session is *alive* until it ``ended`` (signing out), it ``expires``, or its member is suspended or has left. Its id
is the fingerprint of what the cookie holds, so that a copy of the database signs nobody in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from members.roll_cells import ARREARS, GOOD
from store.database import reading, writing
from store.tables import MemberRow, SessionRow

SIGN_IN = (GOOD, ARREARS)  # whoever has not paid reads as before; what they may do is a question of the rules
MOST_AT_ONCE = 10_000  # both databases limit the parameters of one statement


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in."""

    id: str
    member: int
    by: str
    device: str
    at: datetime
    seen: datetime
    expires: datetime


def begin(id: str, member: int, *, by: str, device: str, at: datetime, expires: datetime) -> Session:  # noqa: A002
    """Sign a member in; ``id`` is the fingerprint of the new cookie. What has expired goes away meanwhile."""
    session = writing()
    session.execute(sa.delete(SessionRow).where(SessionRow.expires <= at))
    row = {"id": id, "member": member, "by": str(by), "device": device, "at": at, "seen": at, "expires": expires}
    session.execute(sa.insert(SessionRow).values(**row, ended=None))
    return Session(**row)


def find(id: str, now: datetime) -> Session | None:  # noqa: A002
    """The session with this id if it is alive."""
    query = _alive(now).join(MemberRow, MemberRow.id == SessionRow.member)
    row = reading().execute(query.where(SessionRow.id == id, MemberRow.standing.in_(SIGN_IN))).one_or_none()
    return None if row is None else _session(row)


def of(member: int, now: datetime) -> tuple[Session, ...]:
    """Where a member is signed in, the latest used first."""
    query = _alive(now).where(SessionRow.member == member).order_by(SessionRow.seen.desc(), SessionRow.id)
    return tuple(map(_session, reading().execute(query)))


def saw(id: str, at: datetime) -> None:  # noqa: A002
    """The session was used."""
    writing().execute(sa.update(SessionRow).where(SessionRow.id == id).values(seen=at))


def end(id: str, member: int, at: datetime) -> bool:  # noqa: A002
    """Sign one session of a member out; False when it is not theirs, or over already."""
    this = sa.and_(SessionRow.id == id, SessionRow.member == member, SessionRow.ended.is_(None))
    return bool(_ended(sa.update(SessionRow).where(this), at))


def end_all(member_ids: Iterable[int], at: datetime) -> int:
    """Sign these members out everywhere; how many sessions that ended."""
    ids = sorted(set(member_ids))
    alive = sa.update(SessionRow).where(SessionRow.ended.is_(None), SessionRow.expires > at)
    parts = (ids[start : start + MOST_AT_ONCE] for start in range(0, len(ids), MOST_AT_ONCE))
    return sum(_ended(alive.where(SessionRow.member.in_(part)), at) for part in parts)


def _ended(which: sa.Update, at: datetime) -> int:
    return len(writing().execute(which.values(ended=at).returning(SessionRow.id)).all())


def _alive(now: datetime) -> sa.Select[Any]:
    columns = [getattr(SessionRow, name) for name in Session.__dataclass_fields__]
    return sa.select(*columns).where(SessionRow.ended.is_(None), SessionRow.expires > now)


def _session(row: sa.Row[Any]) -> Session:
    return Session(**row._mapping)  # noqa: SLF001 (the documented name of a public thing)
