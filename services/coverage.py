"""What a draft makes, or would make, of every amendment; and why a desk does without those that are not on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

import store
import store.accounts
import store.amendments
import store.composites
import store.log
import store.rulings
from amendments.accounts import Account
from amendments.fates import Input, Item, coverage
from amendments.states import WAITING, State
from members.permissions import Permission, require
from rulebook import kinds
from rulebook.timetable import Why, refusal
from services import supporting, timing
from services.compositing import Desk, source_name


class CannotLeave(ValueError):
    """Why amendments cannot be left, or taken up again, in a sentence; ``field`` names what to look at."""

    def __init__(self, sentence: str, field: str = "amendments") -> None:
        super().__init__(sentence)
        self.field = field


def of_desk(desk: Desk, now: datetime) -> tuple[Item, ...]:
    """The coverage table that the draft would have, were it frozen now, by number."""
    inputs = _appealed(_expired(store.accounts.inputs(desk.base.at), now))
    parts = account(desk).parts()
    on_desk = {one.number: parts[source_name(one.number)] for one in desk.amendments}
    return coverage(inputs, on_desk, store.accounts.left(desk.composite.number))


def account(desk: Desk) -> Account:
    """What the choices made so far do to each amendment on the desk."""
    return Account(desk.composition, desk.choices, desk.reasons)


def without_fate(desk: Desk) -> tuple[int, ...]:
    """The amendments that nobody has given a fate yet: they have their seconders, and nobody says why they are left."""
    known = {one.number for one in desk.amendments} | store.accounts.left(desk.composite.number).keys()
    inputs = store.accounts.inputs(desk.base.at)
    return tuple(one.amendment for one in inputs if one.state in WAITING and one.amendment not in known)


def leave(
    member: store.members.Member, composite: int, numbers: Collection[int], reason: str, now: datetime
) -> tuple[int, ...]:
    """Say why a draft does without amendments that have their seconders and are not on its desk; those it is said of.

    Raises CannotLeave.
    """
    if not reason.strip():
        raise CannotLeave("Enter the reason; it is published with the draft.", "reason")
    return _say(member, composite, numbers, reason.strip(), now, stands=True)


def take_up(member: store.members.Member, composite: int, numbers: Collection[int], now: datetime) -> tuple[int, ...]:
    """Take back that a draft does without these amendments; those of which it was said. Raises CannotLeave."""
    left = store.accounts.left(composite)
    return _say(member, composite, [one for one in numbers if one in left], "", now, stands=False)


def _say(
    member: store.members.Member, number: int, numbers: Collection[int], reason: str, now: datetime, *, stands: bool
) -> tuple[int, ...]:
    require(member.roles, Permission.MERGE)
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        composite = store.composites.by_number(number)
        chosen = tuple(sorted(set(numbers)))
        _check(composite, chosen)
        store.accounts.leave(number, chosen, reason, member.id, stands=stands, at=now)
        payload = {"amendments": list(chosen)} | ({"reason": reason} if stands else {})
        act = "leave-out" if stands else "take-back-leaving"
        store.log.append(at=now, actor=member.handle, act=act, subject=f"composite {number}", payload=payload)
    return chosen


def _check(composite: store.composites.Composite, numbers: Collection[int]) -> None:
    if composite.state != store.composites.State.OPEN:
        raise CannotLeave(f"Composite {composite.number} is {composite.state}; nothing about it changes any more.")
    if not numbers:
        raise CannotLeave("Choose the amendments.")
    for one in numbers:
        if one in composite.amendments:
            raise CannotLeave(f"A{one} is on this desk: leave it there, with the reason.")
        if store.amendments.by_number(one).state not in WAITING:
            raise CannotLeave(f"A{one} does not wait for the committee; its fate is known without a reason of yours.")


def _appealed(inputs: Sequence[Input]) -> tuple[Input, ...]:
    """Those refused, with what became of an appeal."""
    made = store.rulings.of([one.amendment for one in inputs if one.state is State.REFUSED])
    return tuple(
        replace(one, reason=f"{one.reason} {_appeal(made[one.amendment])}".strip()) if one.amendment in made else one
        for one in inputs
    )


def _appeal(made: Sequence[store.rulings.Ruling]) -> str:
    appeal = made[-1].appeal
    if appeal is None:
        return ""
    return f"The appeal was dismissed: {appeal.ended.reason}" if appeal.ended else "An appeal waits for its outcome."


def _expired(inputs: Sequence[Input], now: datetime) -> tuple[Input, ...]:
    """Those that still seek seconders when the last stage for that is over have expired; and how many they lack."""
    late = refusal(timing.dates(), kinds.Act.SECOND, now)
    seeking = [one.amendment for one in inputs if one.state is State.SEEKING_SECONDERS]
    found = supporting.standings(store.amendments.numbered(seeking)) if seeking else {}
    over = late is not None and late.why is Why.OVER
    state = State.EXPIRED if over else State.SEEKING_SECONDERS
    said = "Too few seconders: {}." if over else "It has these seconders so far: {}."
    return tuple(
        replace(one, state=state, reason=said.format(found[one.amendment].sentence)) if one.amendment in found else one
        for one in inputs
    )
