"""In whose name an amendment is moved: a member's own, or that of a branch or body, by its decision."""

from __future__ import annotations

from datetime import date, datetime

import store
import store.bodies
from amendments.seconding import NoDecision, NoOffice
from rulebook.kinds import Proposer
from rulebook.rules import Instrument
from services import seconding
from services.proposal import Proposal, Reader


def read(
    member: store.members.Member, proposal: Proposal, instrument: Instrument, reader: Reader, now: datetime
) -> store.bodies.Decision | None:
    """The decision by which a body moves it, None for a member; what is wrong stands beside ``decided`` or ``minute``."""
    if not proposal.for_body:
        if Proposer.MEMBER.value not in instrument.proposers:
            reader.problems["for_body"] = (
                "The rules let only branches and bodies move this: enter the decision of yours"
            )
        return None
    office = seconding.office(member)
    if office is None:
        reader.problems["for_body"] = str(NoOffice()).removesuffix(".")
        return None
    kind, name = office
    if kind not in instrument.proposers:
        reader.problems["for_body"] = f"The rules do not let a {kind} move this"
        return None
    return _decision(proposal, kind, name, reader, now)


def _decision(proposal: Proposal, kind: str, name: str, reader: Reader, now: datetime) -> store.bodies.Decision | None:
    try:
        decided = date.fromisoformat(proposal.decided)
    except ValueError:
        reader.problems["decided"] = "Enter the day on which the meeting decided, as day, month and year"
        return None
    decision = store.bodies.Decision(kind, name, decided, proposal.minute.strip())
    try:
        seconding.check(decision, now.date())
    except NoDecision as refusal:
        field = "decided" if decided > now.date() else "minute"
        reader.problems[field] = str(refusal).removesuffix(".")
    return decision
