"""The roll: who is a member, of which branch or body, in which roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from members.roll_cells import GONE, GOOD, email_key
from store.database import reading, writing
from store.tables import MemberRoleRow, MemberRow

# Both databases limit the parameters of one statement (SQLite: 32,766).
MOST_AT_ONCE = 10_000

# What the organisation's own list says of a person, and their columns here; email_key follows the address.
OF_THE_ROLL = ("name", "email", "branch", "body", "membership", "joined", "standing")
TABLE, ROLES = MemberRow.__table__, MemberRoleRow.__table__
NO_ROLES: frozenset[str] = frozenset()

# The fields of a Member in their order; the roles between them are rows of another table.
BEFORE_ROLES = ("id", "handle", "name", "email", "branch", "body")
AFTER_ROLES = ("membership", "joined", "standing", "visible_to")


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
    """A person to be added to the roll; ``joined`` is a date (ISO) or ""."""

    handle: str
    name: str
    email: str = ""
    branch: str = ""
    body: str = ""
    roles: frozenset[str] = frozenset({"member"})
    membership: str = ""
    joined: str = ""
    standing: str = GOOD


@dataclass(frozen=True, slots=True)
class Member:
    """A person on the roll. ``body`` is the affiliated body they act for, "" for none.

    ``membership`` is the organisation's own number, "" for none; ``visible_to`` who sees the name beside their acts.
    """

    id: int
    handle: str
    name: str
    email: str
    branch: str
    body: str
    roles: frozenset[str]
    membership: str = ""
    joined: str = ""
    standing: str = GOOD
    visible_to: str = "members"


def add_many(people: Sequence[NewMember]) -> None:
    """Add people to the roll; raises HandleTaken and adds nobody."""
    session = writing()
    _refuse_taken([one.handle for one in people])
    if not people:
        return
    session.execute(sa.insert(TABLE), [{"handle": one.handle} | _said(one) for one in people])
    ids = _ids(one.handle for one in people)
    _add_roles((ids[one.handle], one.roles) for one in people)


def change_many(people: Sequence[Member]) -> None:
    """Write what the roll says of these members, but for their roles, in the place of what it said."""
    if people:
        values = {name: sa.bindparam(name) for name in _said(people[0])}
        update = sa.update(TABLE).where(TABLE.c.id == sa.bindparam("member_id")).values(values)
        writing().execute(update, [{"member_id": one.id} | _said(one) for one in people])


def grant_many(people: Sequence[Member]) -> None:
    """Give these members the roles they have here, in the place of those they had."""
    for some in _batches([one.id for one in people]):
        writing().execute(sa.delete(ROLES).where(ROLES.c.member.in_(some)))
    _add_roles((one.id, one.roles) for one in people)


def set_visible_to(member: int, choice: str) -> None:
    """Who sees the member's name beside what they moved or seconded."""
    writing().execute(sa.update(TABLE).where(TABLE.c.id == member).values(visible_to=choice))


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


def by_email_key(key: str) -> Member | None:
    """The member with this address (members.roll_cells.email_key); who is on the roll before who has left it."""
    found = sorted(_where(MemberRow.email_key == key) if key else (), key=lambda one: (one.standing in GONE, one.id))
    return next(iter(found), None)


def everyone(standing: Collection[str] | None = None) -> tuple[Member, ...]:
    """The whole roll by name, with those who have left it; or only those in these standings."""
    return tuple(sorted(_where(_in(standing)), key=lambda one: (one.name, one.handle)))


def on_roll() -> tuple[Member, ...]:
    """Whoever has not left, in the order in which they joined the roll."""
    return _where(MemberRow.standing.not_in(sorted(GONE)))


def count() -> int:
    """How many members there are, with those who have left."""
    return reading().scalar(sa.select(sa.func.count()).select_from(MemberRow)) or 0


def standings() -> Mapping[str, int]:
    """How many there are in each standing, by its name."""
    query = sa.select(MemberRow.standing, sa.func.count()).group_by(MemberRow.standing).order_by(MemberRow.standing)
    return {standing: number for standing, number in reading().execute(query)}  # noqa: C416 (rows are no pairs to mypy)


def with_role(role: str, standing: Collection[str] | None = None) -> tuple[Member, ...]:
    """The members who hold a role, in the order in which they joined the roll; or only those in these standings."""
    holders = sa.select(MemberRoleRow.member).where(MemberRoleRow.role == str(role))
    return _where(MemberRow.id.in_(holders) & _in(standing))


def _in(standing: Collection[str] | None) -> sa.ColumnElement[bool]:
    return sa.true() if standing is None else MemberRow.standing.in_(sorted(standing))


def _where(condition: sa.ColumnElement[bool]) -> tuple[Member, ...]:
    """By columns, not by objects: a roll of 100,000 comes in a third of the time and half of the memory."""
    query = (
        sa.select(*(TABLE.c[name] for name in (*BEFORE_ROLES, *AFTER_ROLES)), ROLES.c.role)
        .outerjoin(ROLES, ROLES.c.member == TABLE.c.id)
        .where(condition)
        .order_by(TABLE.c.id)
    )
    people: dict[int, Sequence[Any]] = {}
    roles: dict[int, frozenset[str]] = {}
    for *said, role in reading().execute(query):
        people[said[0]] = said
        roles[said[0]] = roles.get(said[0], NO_ROLES) | ({role} if role else NO_ROLES)
    end = len(BEFORE_ROLES)
    return tuple(Member(*said[:end], roles[one], *said[end:]) for one, said in people.items())


def _said(one: NewMember | Member) -> dict[str, str]:
    return {name: getattr(one, name) for name in OF_THE_ROLL} | {"email_key": email_key(one.email)}


def _add_roles(held: Iterable[tuple[int, Iterable[str]]]) -> None:
    rows = [{"member": member, "role": str(role)} for member, roles in held for role in sorted(roles)]
    if rows:
        writing().execute(sa.insert(ROLES), rows)


def _batches(wanted: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (wanted[start : start + MOST_AT_ONCE] for start in range(0, len(wanted), MOST_AT_ONCE))


def _ids(handles: Iterable[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for some in _batches(list(handles)):
        query = sa.select(MemberRow.handle, MemberRow.id).where(MemberRow.handle.in_(some))
        ids |= {handle: member for handle, member in reading().execute(query)}  # noqa: C416 (rows are no pairs to mypy)
    return ids


def _refuse_taken(handles: Sequence[str]) -> None:
    twice = {one for one in handles if handles.count(one) > 1} if len(set(handles)) < len(handles) else set()
    taken = twice | set(_ids(handles))
    if taken:
        raise HandleTaken(taken)
