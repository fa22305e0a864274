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
from store.tables import AmendmentVersionRow, SecondChangeRow, SecondRow, VersionObjectionRow


@dataclass(frozen=True, slots=True)
class Objection:
    """A member's objection to a version, with the reason."""

    member: members.Member
    reason: str
    at: datetime


def stands() -> sa.ColumnElement[bool]:
    """Of a row of ``SecondRow``: that it has not been taken back since.

    Who left a text and seconds it after all has an older row, which was the answer to another question.
    """
    change = SecondChangeRow
    of_this = (change.version == SecondRow.version, change.member == SecondRow.member, change.at >= SecondRow.at)
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


def of_standing_text() -> sa.Select[tuple[int, int]]:
    """(amendment, member) for each second of the text that stands, whichever version brought that."""
    version, twin = AmendmentVersionRow, sa.orm.aliased(AmendmentVersionRow)
    same = sa.and_(twin.amendment == version.amendment, twin.digest == version.digest)
    query = sa.select(version.amendment, SecondRow.member).join(twin, same)
    return query.join(SecondRow, SecondRow.version == twin.id).where(version.id.in_(_last()), stands())


def waiting(member: members.Member) -> tuple[int, ...]:
    """The amendments (numbers) that a member seconded before their text changed, and has not answered since."""
    version, change = AmendmentVersionRow, SecondChangeRow
    mine = sa.select(version.amendment).join(SecondRow, SecondRow.version == version.id)
    earlier = mine.where(SecondRow.member == member.id, stands(), version.id.not_in(_last()))
    answered = sa.exists().where(change.member == member.id, change.version == version.id)
    query = sa.select(version.amendment).where(
        version.id.in_(_last()),
        version.amendment.in_(earlier),
        version.amendment.not_in(of_member(member.id)),
        ~answered,
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
    theirs = of_standing_text().where(SecondRow.member == member)
    return tuple(sorted(set(reading().scalars(theirs))))


def _last() -> sa.Select[tuple[int]]:
    """The ids of the versions that stand: ids grow with n, because one writer writes at a time."""
    return sa.select(sa.func.max(AmendmentVersionRow.id)).group_by(AmendmentVersionRow.amendment)


def _change(version: int, member: members.Member, *, seconds: bool, at: datetime) -> None:
    row = {"version": version, "member": member.id, "seconds": seconds, "at": at}
    writing().execute(sa.insert(SecondChangeRow).values(**row))
