"""The e-mail addresses of members: whose one is, and giving a member another. Keys are folded addresses."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from store.database import reading, writing
from store.sessions import SIGN_IN
from store.tables import MemberRow


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever an address belongs to: a member who may sign in, or nobody (``id`` None and no words)."""

    id: int | None
    handle: str
    email: str


def holder(key: str) -> Holder:
    """The member whose address this is; nobody where none, or more than one, has it.

    The query gives one row either way, and what it gives is made into the same value: how long this takes must not tell
    who is a member.
    """
    theirs = sa.and_(MemberRow.email_key == key, MemberRow.email_key != "", MemberRow.standing.in_(SIGN_IN))
    query = sa.select(
        sa.func.count(MemberRow.id).label("many"),
        sa.func.min(MemberRow.id).label("id"),
        sa.func.coalesce(sa.func.min(MemberRow.handle), "").label("handle"),
        sa.func.coalesce(sa.func.min(MemberRow.email), "").label("email"),
    ).where(theirs)
    row = reading().execute(query).one()
    return Holder(row.id, row.handle, row.email) if row.many < 2 else Holder(None, "", "")  # noqa: PLR2004 (shared)


def taken(key: str, member: int) -> bool:
    """Whether somebody else on the roll has this address, in whatever standing."""
    others = sa.exists().where(MemberRow.email_key == key, MemberRow.id != member)
    return bool(reading().scalar(sa.select(others)))


def change(member: int, email: str, key: str) -> None:
    """Give a member another address."""
    writing().execute(sa.update(MemberRow).where(MemberRow.id == member).values(email=email, email_key=key))
