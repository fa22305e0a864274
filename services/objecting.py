"""Members object to a frozen draft, with a reason, while the rules give time for it; until then it is not adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import store
import store.drafts
import store.log
import store.objections
from constitution.door import admitted
from members.permissions import Permission, granted, require
from rulebook import kinds
from rulebook.saying import apart, at_closing
from rulebook.timetable import Period, stage_at
from services import belonging, timing

LONGEST = 4_000  # characters


class CannotObject(ValueError):
    """Why an objection is not entered or taken back, in a sentence."""


@dataclass(frozen=True, slots=True)
class Objecting:
    """The objections to a draft; ``open`` while more can be made, ``said`` until when, or why not.

    ``known``: the rules have a time for objections; ``mine`` is that of who looks, ``may_not`` why theirs would not count.
    """

    objections: tuple[store.objections.Objection, ...]
    known: bool
    open: bool
    said: str
    mine: store.objections.Objection | None = None
    may_not: str = ""


def window(now: datetime) -> Period | None:
    """The stage that is open now and allows objections. Rules without stages give no time for them."""
    return next((one for one in stage_at(timing.dates(), now) if kinds.Act.OBJECT in one.stage.allows), None)


def until(period: Period, now: datetime) -> str:
    """Until when that is, and how long is left: "until 12 July 2026 at 12:00 (Europe/London), 9 days from now"."""
    closes, table = period.closes.at, timing.dates()
    if closes is None:
        return "until the stage closes, on a day still to be set"
    return f"until {_day(at_closing(closes, table.zone, table.zone_name))}; {apart(now, closes)} left"


def page(draft: store.drafts.Draft, member: store.members.Member | None, now: datetime) -> Objecting:
    """The objections to a draft, as a member (None: nobody who is signed in) sees them."""
    found, period = store.objections.of(draft.number), window(now)
    known = any(kinds.Act.OBJECT in one.allows for one in timing.rules().stages)
    is_open = period is not None and draft.state == store.drafts.State.FROZEN
    return Objecting(
        found,
        known,
        is_open,
        f"Objections can be made {until(period, now)}." if is_open and period else _closed(draft, now) if known else "",
        next((one for one in found if member and one.member.id == member.id), None),
        _may_not(member),
    )


def object_to(member: store.members.Member, number: int, reason: str, now: datetime) -> None:
    """Object to a draft, or give another reason for it. Raises CannotObject, StageClosed or NotOfTheElectorate."""
    said = admitted(reason, LONGEST).strip()
    if not said:
        raise CannotObject("Enter what you object to, and why; it is published with the draft.")
    _enter(member, number, said, now)


def take_back(member: store.members.Member, number: int, now: datetime) -> None:
    """Take one's objection to a draft back. Raises CannotObject when there is none."""
    if all(one.member.id != member.id for one in store.objections.of(number)):
        raise CannotObject("You have made no objection to this draft.")
    _enter(member, number, "", now)


def still_open(now: datetime) -> str:
    """Why a draft cannot be adopted yet, in a sentence; "" when no objection can be made any more."""
    period = window(now)
    if period is None:
        return ""
    return f"Objections can be made {until(period, now)}. Until then it cannot be adopted."


def _enter(member: store.members.Member, number: int, reason: str, now: datetime) -> None:
    require(member.roles, Permission.COMMENT)
    with store.transaction():
        draft = store.drafts.by_number(number)
        if draft.state != store.drafts.State.FROZEN:
            raise CannotObject(f"Draft {number} is {draft.state}; nobody can object to it any more.")
        if window(now) is None:
            timing.require_open(kinds.Act.OBJECT, now)
            raise CannotObject("The rules have no time for objections to a draft.")
        belonging.require_in(member, kinds.Act.OBJECT)
        store.objections.add(number, member.id, reason, at=now)
        act = "object-to-draft" if reason else "take-back-objection"
        store.log.append(at=now, actor=member.handle, act=act, subject=f"draft {number}", payload={"reason": reason})


def _may_not(member: store.members.Member | None) -> str:
    if member is None or Permission.COMMENT not in granted(member.roles):
        return "" if member is None else "only members object to a draft"
    return belonging.why_not(member)


def _closed(draft: store.drafts.Draft, now: datetime) -> str:
    if draft.state != store.drafts.State.FROZEN:
        return ""
    return timing.closed(kinds.Act.OBJECT, now)


def _day(said: str) -> str:
    return said.removeprefix("on ").removeprefix("at ")
