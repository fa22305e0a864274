"""Members, branches and affiliated bodies second the exact text of an amendment."""

from __future__ import annotations

from datetime import date, datetime

import store
import store.amendments
import store.bodies
import store.log
import store.members
import store.seconds
from amendments.seconding import (
    OPEN,
    AlreadySeconded,
    NoDecision,
    NoOffice,
    NotOpen,
    NotSeconded,
    Standing,
    TextChanged,
    may_second,
)
from amendments.states import WAITING, State
from constitution.door import ForbiddenCharacter, admitted
from members.permissions import Permission, Role, require
from rulebook import kinds
from services import belonging, supporting, telling, timing

LONGEST_MINUTE = 200
ENDORSED = WAITING | {State.COMPOSITED}  # where the support of a body is no second any more

Said = tuple[store.amendments.Amendment, store.members.Member, str]
"""The amendment, who acts, and the act's word in the log."""


def second(member: store.members.Member, number: int, digest: str, now: datetime) -> Standing:
    """Second the version whose digest the member was shown; where the amendment stands afterwards.

    Raises StageClosed, OwnAmendment, AlreadySeconded, TextChanged or NotOpen, each a sentence for the member.
    """
    require(member.roles, Permission.SECOND)
    with store.transaction():
        timing.require_open(kinds.Act.SECOND, now)
        belonging.require_in(member, kinds.Act.SECOND)
        amendment = store.amendments.by_number(number)
        before = store.amendments.seconds(amendment)
        may_second(
            member=member.id,
            mover=amendment.mover.id,
            seconders={one.member.id for one in before},
            state=amendment.state,
            digest=digest,
            current=amendment.version.digest,
        )
        store.amendments.add_second(amendment.version, member, at=now)
        act = "second"
        return _reached((amendment, member, act), {"digest": digest}, now)


def take_back(member: store.members.Member, number: int, digest: str, now: datetime) -> Standing:
    """Take one's second of exactly this text back, until the stage closes; where the amendment stands afterwards.

    Raises StageClosed, NotOpen, TextChanged or NotSeconded, each a sentence for the member.
    """
    require(member.roles, Permission.SECOND)
    with store.transaction():
        timing.require_open(kinds.Act.SECOND, now)
        amendment = _open(number, digest)
        if member.id not in {one.member.id for one in store.amendments.seconds(amendment)}:
            raise NotSeconded
        store.seconds.take_back(amendment.same_text, member, at=now)
        reached = supporting.standing(amendment)
        _log((amendment, member, "take-back-second"), {"digest": digest}, reached, now)
        if not reached.met:
            again(amendment, f"A second was taken back; it is now seconded by {reached.sentence}", now)
        return reached


def leave(member: store.members.Member, number: int, digest: str, now: datetime) -> None:
    """Answer, as one who seconded the text before, that this one has no support of theirs.

    Raises StageClosed, NotOpen, TextChanged, AlreadySeconded or NotSeconded, each a sentence for the member.
    """
    require(member.roles, Permission.SECOND)
    with store.transaction():
        timing.require_open(kinds.Act.SECOND, now)
        amendment = _open(number, digest)
        if member.id in {one.member.id for one in store.amendments.seconds(amendment)}:
            raise AlreadySeconded
        if member.id not in {one.id for one in store.seconds.before(number, amendment.same_text)}:
            raise NotSeconded
        store.seconds.leave(amendment.version.id, member, at=now)
        _log((amendment, member, "leave-amendment"), {"digest": digest}, supporting.standing(amendment), now)


def again(amendment: store.amendments.Amendment, reason: str, now: datetime) -> None:
    """Let an amendment seek seconders again that had enough of them."""
    if amendment.state in WAITING:
        store.amendments.set_state(amendment, State.SEEKING_SECONDERS, at=now, reason=reason)
        telling.became(amendment, State.SEEKING_SECONDERS, reason, now)


def _open(number: int, digest: str) -> store.amendments.Amendment:
    """The amendment, still open for seconding, with the text that the member was shown."""
    amendment = store.amendments.by_number(number)
    if amendment.state not in OPEN:
        raise NotOpen
    if digest != amendment.version.digest:
        raise TextChanged
    return amendment


def office(member: store.members.Member) -> tuple[str, str] | None:
    """The affiliated body or the branch (kind, name) that a member may act for; None without an office."""
    if Role.OFFICER not in member.roles:
        return None
    if member.body:
        return "body", member.body
    return ("branch", member.branch) if member.branch else None


def second_for_body(
    member: store.members.Member, number: int, digest: str, decision: store.bodies.Decision, now: datetime
) -> Standing:
    """Enter the decision of the officer's branch or body to second exactly this text, or to endorse it.

    It is an endorsement once the amendment has the seconders it needs: it shows support, at any time until its fate.
    Raises StageClosed, NoOffice, NoDecision, AlreadySeconded, TextChanged or NotOpen, each a sentence for the officer.
    """
    require(member.roles, Permission.SECOND)
    with store.transaction():
        amendment = store.amendments.by_number(number)
        endorses = amendment.state in ENDORSED
        if not endorses:
            timing.require_open(kinds.Act.SECOND, now)
        if (decision.kind, decision.name) != office(member):
            raise NoOffice
        check(decision, now.date())
        bodies = {(one.decision.kind, one.decision.name) for one in store.bodies.seconds(amendment)}
        may_second(
            member=(decision.kind, decision.name),
            mover=None,
            seconders=bodies,
            state=State.SECONDED if endorses else amendment.state,
            digest=digest,
            current=amendment.version.digest,
        )
        store.bodies.add_second(amendment.version, decision, member, at=now)
        said = {"digest": digest, decision.kind: decision.name, "decided": decision.decided.isoformat()}
        said["minute"] = decision.minute
        act = "endorse-for-body" if endorses else "second-for-body"
        return _reached((amendment, member, act), said, now)


def check(decision: store.bodies.Decision, today: date) -> None:
    """Raise NoDecision unless a body's decision is of a day that has been, and minuted in words that can be kept."""
    if decision.decided > today:
        raise NoDecision("The day of the decision is still to come. Enter the day on which the meeting decided.")
    if not decision.minute.strip():
        raise NoDecision("Enter where the decision is minuted, such as “Branch meeting, minute 7”.")
    if len(decision.minute) > LONGEST_MINUTE:
        raise NoDecision(f"The minute has {len(decision.minute)} characters; up to {LONGEST_MINUTE} are kept.")
    try:
        admitted(decision.minute)
    except ForbiddenCharacter as refusal:
        raise NoDecision(str(refusal)) from refusal


def _reached(said: Said, payload: dict[str, str], now: datetime) -> Standing:
    """Log the second, and take the amendment on when that was the last it needed."""
    amendment = said[0]
    reached = supporting.standing(amendment)
    _log(said, payload, reached, now)
    if reached.met and amendment.state is State.SEEKING_SECONDERS:
        store.amendments.set_state(amendment, State.SECONDED, at=now, reason=_sentence(reached))
        telling.seconded_enough(amendment, reached, now)
    return reached


def _log(said: Said, payload: dict[str, str], reached: Standing, now: datetime) -> None:
    """Log an act (the amendment, who, what) with where the amendment then stands."""
    amendment, member, act = said
    store.log.append(
        at=now,
        actor=member.handle,
        act=act,
        subject=f"amendment {amendment.number}",
        payload={**payload, "count": reached.count, "needed": reached.needed},
    )


def _sentence(reached: Standing) -> str:
    """Which support was enough: "Seconded: 20 of 20 members, 3 of 3 branches"."""
    return "Seconded: " + next((one.sentence for one in reached.routes if one.met), reached.sentence)
