"""The roll."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from store.database import db
from store.tables import MemberRow


class UnknownMember(LookupError):
    """Nobody on the roll has this handle."""

    def __init__(self, handle: str) -> None:
        super().__init__(f"There is no member {handle!r}.")


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person to be enrolled."""

    handle: str
    name: str
    email: str = ""
    branch: str = ""
    body: str = ""
    roles: frozenset[str] = frozenset({"member"})


@dataclass(frozen=True, slots=True)
class Member:
    """A person on the roll; the log knows the handle only."""

    id: int
    handle: str
    name: str
    email: str
    branch: str
    body: str
    roles: frozenset[str]


def add_many(people: Sequence[NewMember]) -> None:
    """Enrol people."""
    rows = [
        {
            "handle": one.handle, "name": one.name, "email": one.email, "branch": one.branch, "body": one.body,
            "roles": json.dumps(sorted(one.roles)),
        }
        for one in people
    ]
    if rows:
        db.session.execute(insert(MemberRow), rows)


def by_id(member_id: int) -> Member | None:
    """A member by the id a session holds."""
    row = db.session.get(MemberRow, member_id)
    return None if row is None else member(row)


def by_handle(handle: str) -> Member:
    """A member by handle; raises UnknownMember."""
    row = db.session.execute(select(MemberRow).where(MemberRow.handle == handle)).scalar_one_or_none()
    if row is None:
        raise UnknownMember(handle)
    return member(row)


def everyone() -> tuple[Member, ...]:
    """The whole roll by name."""
    return tuple(map(member, db.session.execute(select(MemberRow).order_by(MemberRow.name, MemberRow.id)).scalars()))


def count() -> int:
    """How many are on the roll."""
    return db.session.execute(select(func.count()).select_from(MemberRow)).scalar_one()


def with_role(role: str) -> tuple[Member, ...]:
    """The members who hold a role, by name."""
    return tuple(one for one in everyone() if role in one.roles)


def member(row: MemberRow) -> Member:
    """A row as a value."""
    return Member(row.id, row.handle, row.name, row.email, row.branch, row.body, frozenset(json.loads(row.roles)))
