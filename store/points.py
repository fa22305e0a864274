"""The points that members make for and against amendments, every text of each, and what moderators did about them.

A row of ``point`` says how a point stands; its texts are rows for life. Which side each text took, and when a point was
hidden and shown again, is what the log recorded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from amendments.points import Side
from store import members
from store.database import reading, writing
from store.tables import LogEntryRow, PointRow, PointVersionRow

SAID, JUDGED = ("add-point", "edit-point"), ("hide-point", "show-point")


class UnknownPoint(LookupError):
    """The amendment has no such point."""

    def __init__(self, number: int) -> None:
        super().__init__(f"This amendment has no point {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Point:
    """A member's point as it stands: ``texts`` counts what it has said, ``changed`` is when it said this.

    ``hidden`` is when a moderator hid it (None: it is shown) and ``hidden_reason`` why.
    """

    id: int
    amendment: int
    member: members.Member
    side: Side
    text: str
    texts: int
    at: datetime
    changed: datetime
    hidden: datetime | None
    hidden_reason: str


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a point, and the side it took."""

    n: int
    side: Side
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """That a moderator hid a point or showed it again, and why."""

    hidden: bool
    at: datetime
    reason: str


def add(amendment: int, member: members.Member, side: Side, text: str, *, at: datetime) -> Point:
    """Keep a member's point."""
    row = PointRow(amendment=amendment, member=member.id, side=side.value, at=at, hidden=None, hidden_reason="")
    session = writing()
    session.add(row)
    session.flush()
    _say(row.id, 1, text, at)
    return by_id(amendment, row.id)


def edit(point: Point, side: Side, text: str, *, at: datetime) -> Point:
    """Keep what a point says now, and on which side; what it said before stays."""
    _set(point, side=side.value)
    _say(point.id, point.texts + 1, text, at)
    return by_id(point.amendment, point.id)


def hide(point: Point, reason: str, *, at: datetime) -> None:
    """Show a point to nobody."""
    _set(point, hidden=at, hidden_reason=reason)


def show(point: Point) -> None:
    """Show a point again."""
    _set(point, hidden=None, hidden_reason="")


def by_id(amendment: int, number: int) -> Point:
    """A point of an amendment; raises UnknownPoint."""
    found = _where(PointRow.amendment == amendment, PointRow.id == number)
    if not found:
        raise UnknownPoint(number)
    return found[0]


def of_amendment(amendment: int) -> tuple[Point, ...]:
    """What is said of an amendment, the first first; two queries."""
    return _where(PointRow.amendment == amendment)


def of_member(member: int) -> tuple[Point, ...]:
    """What a member has said of any amendment, the first first; two queries."""
    return _where(PointRow.member == member)


def own(amendment: int, member: int) -> Point | None:
    """The member's point on an amendment, if they have made one."""
    return next(iter(_where(PointRow.amendment == amendment, PointRow.member == member)), None)


def history(point: Point) -> tuple[Said, ...]:
    """Everything a point has said, the first first."""
    sides = [Side(entry["side"]) for _, _, entry in _logged(point, SAID)]
    query = sa.select(PointVersionRow).where(PointVersionRow.point == point.id).order_by(PointVersionRow.n)
    rows = reading().scalars(query).all()
    return tuple(Said(row.n, side, row.text, row.at) for row, side in zip(rows, sides, strict=True))


def judgements(point: Point) -> tuple[Judged, ...]:
    """When a point was hidden and shown again, the first first."""
    return tuple(Judged(act == "hide-point", at, entry["reason"]) for act, at, entry in _logged(point, JUDGED))


def _say(point: int, n: int, text: str, at: datetime) -> None:
    writing().execute(sa.insert(PointVersionRow).values(point=point, n=n, text=text, at=at))


def _set(point: Point, **values: object) -> None:
    writing().execute(sa.update(PointRow).where(PointRow.id == point.id).values(**values))


def _logged(point: Point, acts: Sequence[str]) -> list[tuple[str, datetime, Mapping[str, Any]]]:
    """What the log says of these acts on the point: the act, its moment, its particulars."""
    columns = (LogEntryRow.act, LogEntryRow.at, LogEntryRow.payload)
    here = (LogEntryRow.subject == f"amendment {point.amendment}", LogEntryRow.act.in_(acts))
    rows = reading().execute(sa.select(*columns).where(*here).order_by(LogEntryRow.seq))
    entries = ((row.act, row.at, json.loads(row.payload)) for row in rows)
    return [one for one in entries if one[2]["point"] == point.id]


def _where(*conditions: sa.ColumnElement[bool]) -> tuple[Point, ...]:
    last = sa.select(PointVersionRow.point, sa.func.max(PointVersionRow.n).label("n"))
    ends = last.group_by(PointVersionRow.point).subquery()
    said = (PointVersionRow.n, PointVersionRow.text, PointVersionRow.at.label("changed"))
    query = (
        sa.select(*PointRow.__table__.columns, *said)
        .join(ends, ends.c.point == PointRow.id)
        .join(PointVersionRow, (PointVersionRow.point == PointRow.id) & (PointVersionRow.n == ends.c.n))
        .where(*conditions)
        .order_by(PointRow.id)
    )
    rows = reading().execute(query).all()
    people = members.by_ids(row.member for row in rows)
    return tuple(_point(row, people[row.member]) for row in rows)


def _point(row: sa.Row[Any], member: members.Member) -> Point:
    return Point(
        id=row.id,
        amendment=row.amendment,
        member=member,
        side=Side(row.side),
        text=row.text,
        texts=row.n,
        at=row.at,
        changed=row.changed,
        hidden=row.hidden,
        hidden_reason=row.hidden_reason,
    )
