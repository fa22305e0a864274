"""Seconds given, taken back and given again; and objections to a text that followed the one seconded.

A second is a row for life. Taking it back is another row, and the last of these holds: so the record shows both.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from amendments.seconding import AlreadySeconded
from store import members
from store.database import insert_new, reading, writing
from store.tables import AmendmentRow, AmendmentVersionRow, SecondChangeRow, SecondRow, VersionObjectionRow


@dataclass(frozen=True, slots=True)
class Objection:
    """A member's objection to a version, with the reason."""

    member: members.Member
    reason: str
    at: datetime


def stands() -> sa.ColumnElement[bool]:
    """Of a row of ``SecondRow``: that it has not been taken back since."""
    change = SecondChangeRow
    of_this = (change.version == SecondRow.version, change.member == SecondRow.member)
    last = sa.select(sa.func.max(change.id)).where(*of_this).correlate(SecondRow).scalar_subquery()
    return ~sa.exists().where(change.id == last, change.seconds.is_(sa.false()))


def add(version: int, member: members.Member, *, at: datetime) -> None:
    """Keep a member's support for exactly this version, perhaps for the second time; raises AlreadySeconded."""
    session = writing()
    row = insert_new(session, SecondRow).values(version=version, member=member.id, at=at)
    if session.scalar(row.returning(SecondRow.member)) is not None:
        return
    here = sa.select(SecondRow.member).where(SecondRow.version == version, SecondRow.member == member.id, stands())
    if session.scalar(here) is not None:
        raise AlreadySeconded
    _change(version, member, seconds=True, at=at)


def take_back(versions: Collection[int], member: members.Member, *, at: datetime) -> None:
    """Note that a member no longer supports these versions (of one text)."""
    mine = sa.select(SecondRow.version).where(SecondRow.version.in_(versions), SecondRow.member == member.id, stands())
    for version in writing().scalars(mine).all():
        _change(version, member, seconds=False, at=at)


def leave(version: int, member: members.Member, *, at: datetime) -> None:
    """Note that who seconded the text before does not support this one: they are not asked again."""
    _change(version, member, seconds=False, at=at)


def waiting(member: members.Member) -> tuple[int, ...]:
    """The amendments (numbers) that a member seconded before their text changed, and has not answered since."""
    version, change = AmendmentVersionRow, SecondChangeRow
    last = sa.select(sa.func.max(version.id)).group_by(version.amendment)
    mine = sa.select(version.amendment).join(SecondRow, SecondRow.version == version.id)
    earlier = mine.where(SecondRow.member == member.id, stands(), version.id.not_in(last))
    twin = sa.orm.aliased(version)
    same = sa.select(twin.id).where(twin.amendment == version.amendment, twin.digest == version.digest)
    supports = sa.exists().where(SecondRow.member == member.id, SecondRow.version.in_(same.correlate(version)))
    answered = sa.exists().where(change.member == member.id, change.version == version.id)
    query = sa.select(version.amendment).where(
        version.id.in_(last), version.amendment.in_(earlier), ~supports, ~answered
    )
    return tuple(reading().scalars(query.order_by(version.amendment)))


def before(amendment: int, versions: Collection[int]) -> tuple[members.Member, ...]:
    """Who seconded any text of an amendment but that of these versions, and has not taken it back; by their handle."""
    query = (
        sa.select(SecondRow.member)
        .join(AmendmentVersionRow, AmendmentVersionRow.id == SecondRow.version)
        .where(AmendmentVersionRow.amendment == amendment, SecondRow.version.not_in(versions), stands())
        .distinct()
    )
    return tuple(sorted(members.by_ids(reading().scalars(query)).values(), key=lambda one: one.handle))


def last_seconded(amendment: int, member: members.Member) -> int | None:
    """The last version (its id) of an amendment that a member seconded and did not take back."""
    query = sa.select(sa.func.max(SecondRow.version)).join(
        AmendmentVersionRow, AmendmentVersionRow.id == SecondRow.version
    )
    mine = query.where(AmendmentVersionRow.amendment == amendment, SecondRow.member == member.id, stands())
    return reading().scalar(mine)


def answered(version: int) -> frozenset[int]:
    """The members who have left a text or taken their second of it back."""
    change = SecondChangeRow
    return frozenset(reading().scalars(sa.select(change.member).where(change.version == version)))


def object_to(version: int, member: members.Member, reason: str, *, at: datetime) -> None:
    """Keep a member's objection to a version."""
    row = {"version": version, "member": member.id, "reason": reason, "at": at}
    writing().execute(sa.insert(VersionObjectionRow).values(**row))


def objections(amendment: int) -> dict[int, tuple[Objection, ...]]:
    """The objections to each version of an amendment, by its id."""
    row = VersionObjectionRow
    query = sa.select(row).join(AmendmentVersionRow, AmendmentVersionRow.id == row.version)
    rows = reading().scalars(query.where(AmendmentVersionRow.amendment == amendment).order_by(row.at)).all()
    people = members.by_ids(one.member for one in rows)
    found: dict[int, tuple[Objection, ...]] = {}
    for one in rows:
        found[one.version] = (*found.get(one.version, ()), Objection(people[one.member], one.reason, one.at))
    return found


def of_member(member: int) -> tuple[int, ...]:
    """The amendments (numbers) whose standing text a member seconds."""
    version = AmendmentVersionRow
    last = sa.select(sa.func.max(version.id)).group_by(version.amendment)
    twin = sa.orm.aliased(version)
    same = sa.select(twin.id).where(twin.amendment == version.amendment, twin.digest == version.digest)
    theirs = sa.exists().where(SecondRow.member == member, SecondRow.version.in_(same.correlate(version)), stands())
    query = sa.select(version.amendment).join(AmendmentRow, AmendmentRow.number == version.amendment)
    return tuple(reading().scalars(query.where(version.id.in_(last), theirs).order_by(version.amendment)))


def _change(version: int, member: members.Member, *, seconds: bool, at: datetime) -> None:
    row = {"version": version, "member": member.id, "seconds": seconds, "at": at}
    writing().execute(sa.insert(SecondChangeRow).values(**row))
