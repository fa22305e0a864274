"""The roll: who is a member, of which branch or body, in which roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from store.database import reading, writing
from store.tables import MemberRoleRow, MemberRow

# Both databases limit the parameters of one statement (SQLite: 32,766).
MOST_AT_ONCE = 10_000


class UnknownMember(LookupError):
    """Nobody on the roll has this handle."""

    def __init__(self, handle: str) -> None:
        super().__init__(f"There is no member {handle}.")
        self.handle = handle


class HandleTaken(ValueError):
    """A handle belongs to one member for life, because the log speaks of members by it."""

    def __init__(self, handles: Iterable[str]) -> None:
        self.handles = tuple(sorted(handles))
        super().__init__(f"Already on the roll: {', '.join(self.handles)}.")


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person to be added to the roll."""

    handle: str
    name: str
    email: str = ""
    branch: str = ""
    body: str = ""
    roles: frozenset[str] = frozenset({"member"})


@dataclass(frozen=True, slots=True)
class Member:
    """A person on the roll. ``body`` is the affiliated body they act for, "" for none."""

    id: int
    handle: str
    name: str
    email: str
    branch: str
    body: str
    roles: frozenset[str]


def add_many(people: Sequence[NewMember]) -> None:
    """Add people to the roll; raises HandleTaken and adds nobody."""
    session = writing()
    _refuse_taken([one.handle for one in people])
    if not people:
        return
    columns = ("handle", "name", "email", "branch", "body")
    session.execute(sa.insert(MemberRow), [{name: getattr(one, name) for name in columns} for one in people])
    ids = _ids(one.handle for one in people)
    roles = [{"member": ids[one.handle], "role": str(role)} for one in people for role in sorted(one.roles)]
    if roles:
        session.execute(sa.insert(MemberRoleRow), roles)


def by_id(member_id: int) -> Member | None:
    """The member with this id; None when there is none."""
    return next(iter(_where(MemberRow.id == member_id)), None)


def by_handle(handle: str) -> Member:
    """The member with this handle; raises UnknownMember."""
    found = _where(MemberRow.handle == handle)
    if not found:
        raise UnknownMember(handle)
    return found[0]


def by_ids(ids: Iterable[int]) -> Mapping[int, Member]:
    """Several members by their ids, in one query whatever their number."""
    wanted = sorted(set(ids))
    return {one.id: one for one in _where(MemberRow.id.in_(wanted))} if wanted else {}


def everyone() -> tuple[Member, ...]:
    """The whole roll by name."""
    return tuple(sorted(_where(sa.true()), key=lambda one: (one.name, one.handle)))


def count() -> int:
    """How many members there are."""
    return reading().scalar(sa.select(sa.func.count()).select_from(MemberRow)) or 0


def with_role(role: str) -> tuple[Member, ...]:
    """The members who hold a role, in the order in which they joined the roll."""
    holders = sa.select(MemberRoleRow.member).where(MemberRoleRow.role == str(role))
    return _where(MemberRow.id.in_(holders))


def _where(condition: sa.ColumnElement[bool]) -> tuple[Member, ...]:
    query = (
        sa.select(MemberRow, MemberRoleRow.role)
        .outerjoin(MemberRoleRow, MemberRoleRow.member == MemberRow.id)
        .where(condition)
        .order_by(MemberRow.id)
    )
    people: dict[int, MemberRow] = {}
    roles: dict[int, set[str]] = {}
    for row, role in reading().execute(query):
        people[row.id] = row
        roles.setdefault(row.id, set()).update([role] if role else [])
    return tuple(_member(row, frozenset(roles[row.id])) for row in people.values())


def _member(row: MemberRow, roles: frozenset[str]) -> Member:
    return Member(row.id, row.handle, row.name, row.email, row.branch, row.body, roles)


def _ids(handles: Iterable[str]) -> dict[str, int]:
    wanted = list(handles)
    ids: dict[str, int] = {}
    for start in range(0, len(wanted), MOST_AT_ONCE):
        some = wanted[start : start + MOST_AT_ONCE]
        query = sa.select(MemberRow.handle, MemberRow.id).where(MemberRow.handle.in_(some))
        ids |= {handle: member for handle, member in reading().execute(query)}  # noqa: C416 (rows are no pairs to mypy)
    return ids


def _refuse_taken(handles: Sequence[str]) -> None:
    twice = {one for one in handles if handles.count(one) > 1} if len(set(handles)) < len(handles) else set()
    taken = twice | set(_ids(handles))
    if taken:
        raise HandleTaken(taken)
