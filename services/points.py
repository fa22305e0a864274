"""Members discuss an amendment: one point each, for or against; moderators hide one, or show it again, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import store
import store.amendments
import store.log
import store.points
from amendments import points
from amendments.points import AlreadyHidden, IsHidden, NotHidden, Side
from constitution.diff import diff
from constitution.digest import text_digest
from constitution.runs import Run
from members.permissions import Permission, require
from rulebook import kinds
from services import timing


@dataclass(frozen=True, slots=True)
class Discussion:
    """What is said of an amendment, in the order in which it was first said.

    ``mine`` is the reader's own point; ``closed`` why nothing can be said now, in a sentence ("" when something can).
    """

    sides: tuple[tuple[Side, tuple[store.points.Point, ...]], ...]
    mine: store.points.Point | None
    closed: str


@dataclass(frozen=True, slots=True)
class Told:
    """One text of a point as it is read in its history: against the text before it (the first against itself)."""

    said: store.points.Said
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PointPage:
    """A point with its history, the newest text first; of a hidden one nothing that it said."""

    amendment: store.amendments.Amendment
    point: store.points.Point
    history: tuple[Told, ...]
    judgements: tuple[store.points.Judged, ...]


def discussion(amendment: store.amendments.Amendment, member: store.members.Member | None, now: datetime) -> Discussion:
    """The points on an amendment, and whether this member can still add to them."""
    found = store.points.of_amendment(amendment.number)
    return Discussion(
        sides=tuple((side, tuple(one for one in found if one.side is side)) for side in (Side.FOR, Side.AGAINST)),
        mine=next((one for one in found if member and one.member.id == member.id), None),
        closed=_closed(amendment, now),
    )


def page(number: int, point_id: int) -> PointPage:
    """A point and everything it has said; raises UnknownAmendment or UnknownPoint."""
    amendment = store.amendments.by_number(number)
    point = store.points.by_id(number, point_id)
    return PointPage(amendment, point, () if point.hidden else _history(point), store.points.judgements(point))


def say(member: store.members.Member, number: int, side: str, typed: str, now: datetime) -> store.points.Point:
    """Make a point, or change the one that the member has made; saying the same again changes nothing.

    A member has one point on an amendment, and nobody's but theirs is ever at hand here. They may come round to the
    other side: the history keeps where they stood. Raises NotSaid, TextTooLong or ForbiddenCharacter for what was typed;
    DiscussionClosed, StageClosed or IsHidden when nothing can be said.
    """
    require(member.roles, Permission.COMMENT)
    with store.transaction():
        timing.require_open(kinds.Act.COMMENT, now)
        points.require_open(store.amendments.by_number(number).state)
        mine = store.points.own(number, member.id)
        if mine and mine.hidden:
            raise IsHidden
        wanted = points.side(side), points.point(typed)
        if mine is None:
            return _logged(store.points.add(number, member, *wanted, at=now), "add-point", now)
        if wanted == (mine.side, mine.text):
            return mine
        return _logged(store.points.edit(mine, *wanted, at=now), "edit-point", now)


def hide(member: store.members.Member, number: int, point_id: int, typed: str, now: datetime) -> None:
    """Hide a point from everybody, with a published reason; raises NoReasonGiven, AlreadyHidden or UnknownPoint."""
    _judge(member, number, point_id, typed, now, hidden=True)


def show(member: store.members.Member, number: int, point_id: int, typed: str, now: datetime) -> None:
    """Show a hidden point again, with a published reason; raises NoReasonGiven, NotHidden or UnknownPoint."""
    _judge(member, number, point_id, typed, now, hidden=False)


def _judge(
    member: store.members.Member, number: int, point_id: int, typed: str, now: datetime, *, hidden: bool
) -> None:
    require(member.roles, Permission.ADMINISTER)
    reason = points.reason(typed)
    with store.transaction():
        point = store.points.by_id(number, point_id)
        if bool(point.hidden) is hidden:
            raise AlreadyHidden if hidden else NotHidden
        if hidden:
            store.points.hide(point, reason, at=now)
        else:
            store.points.show(point)
        store.log.append(
            at=now,
            actor=member.handle,
            act="hide-point" if hidden else "show-point",
            subject=f"amendment {number}",
            payload={"point": point.id, "reason": reason},
        )


def _logged(point: store.points.Point, act: str, now: datetime) -> store.points.Point:
    """The log holds the digest of what was said, not the words: what is hidden must not be read there."""
    store.log.append(
        at=now,
        actor=point.member.handle,
        act=act,
        subject=f"amendment {point.amendment}",
        payload={"point": point.id, "n": point.texts, "side": point.side.value, "digest": text_digest(point.text)},
    )
    return point


def _closed(amendment: store.amendments.Amendment, now: datetime) -> str:
    if points.is_final(amendment.state):
        return str(points.DiscussionClosed(amendment.state))
    return timing.closed(kinds.Act.COMMENT, now)


def _history(point: store.points.Point) -> tuple[Told, ...]:
    said = store.points.history(point)
    before = (*said[:1], *said)
    return tuple(reversed([Told(one, diff(old.text, one.text)) for one, old in zip(said, before, strict=False)]))
