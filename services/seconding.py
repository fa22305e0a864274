"""Members, branches and affiliated bodies second the exact text of an amendment."""

from __future__ import annotations

from datetime import date, datetime

import store
import store.amendments
import store.bodies
import store.log
from amendments.seconding import NoDecision, NoOffice, Standing, may_second
from amendments.states import State
from members.permissions import Permission, Role, require
from rulebook import kinds
from services import supporting, telling, timing

LONGEST_MINUTE = 200


def second(member: store.members.Member, number: int, digest: str, now: datetime) -> Standing:
    """Second the version whose digest the member was shown; where the amendment stands afterwards.

    Raises StageClosed, OwnAmendment, AlreadySeconded, TextChanged or NotOpen, each a sentence for the member.
    """
    require(member.roles, Permission.SECOND)
    with store.transaction():
        timing.require_open(kinds.Act.SECOND, now)
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
        return _reached(amendment, member, {"digest": digest}, now)


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
    """Enter the decision of the officer's branch or body to second exactly this text.

    Raises StageClosed, NoOffice, NoDecision, AlreadySeconded, TextChanged or NotOpen, each a sentence for the officer.
    """
    require(member.roles, Permission.SECOND)
    with store.transaction():
        timing.require_open(kinds.Act.SECOND, now)
        if (decision.kind, decision.name) != office(member):
            raise NoOffice
        _check(decision, now.date())
        amendment = store.amendments.by_number(number)
        bodies = {(one.decision.kind, one.decision.name) for one in store.bodies.seconds(amendment)}
        may_second(
            member=(decision.kind, decision.name),
            mover=None,
            seconders=bodies,
            state=amendment.state,
            digest=digest,
            current=amendment.version.digest,
        )
        store.bodies.add_second(amendment.version, decision, member, at=now)
        said = {"digest": digest, decision.kind: decision.name, "decided": decision.decided.isoformat()}
        return _reached(amendment, member, {**said, "minute": decision.minute}, now)


def _check(decision: store.bodies.Decision, today: date) -> None:
    if decision.decided > today:
        raise NoDecision("The day of the decision is still to come. Enter the day on which the meeting decided.")
    if not decision.minute.strip():
        raise NoDecision("Enter where the decision is minuted, such as “Branch meeting, minute 7”.")
    if len(decision.minute) > LONGEST_MINUTE:
        raise NoDecision(f"The minute has {len(decision.minute)} characters; up to {LONGEST_MINUTE} are kept.")


def _reached(
    amendment: store.amendments.Amendment, member: store.members.Member, payload: dict[str, object], now: datetime
) -> Standing:
    """Log the second, and take the amendment on when that was the last it needed."""
    reached = supporting.standing(amendment)
    subject = f"amendment {amendment.number}"
    act = "second" if len(payload) == 1 else "second-for-body"
    store.log.append(
        at=now,
        actor=member.handle,
        act=act,
        subject=subject,
        payload={**payload, "count": reached.count, "needed": reached.needed},
    )
    if reached.met and amendment.state is State.SEEKING_SECONDERS:
        store.amendments.set_state(amendment, State.SECONDED, at=now, reason=_sentence(reached))
        telling.seconded_enough(amendment, reached, now)
    return reached


def _sentence(reached: Standing) -> str:
    """Which support was enough: "Seconded: 20 of 20 members, 3 of 3 branches"."""
    return "Seconded: " + next((one.sentence for one in reached.routes if one.met), reached.sentence)
