"""In whose name an amendment is moved: a member's own, or that of a branch or body, by its decision."""

from __future__ import annotations

from datetime import date, datetime

import store
import store.bodies
from amendments.seconding import NoDecision, NoOffice
from rulebook.kinds import Proposer
from rulebook.phrases import a, either
from rulebook.rules import Instrument
from services import belonging, seconding, timing
from services.proposal import Proposal, Reader


def read(
    member: store.members.Member, proposal: Proposal, instrument: Instrument, reader: Reader, now: datetime
) -> store.bodies.Decision | None:
    """The decision by which a body moves it, None for a member; what is wrong stands beside ``decided`` or ``minute``."""
    if not proposal.for_body:
        if not entitled(member, instrument):
            reader.problems["for_body"] = f"The rules let only {_movers(instrument)} move {a(instrument.label)}"
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


def entitled(member: store.members.Member, instrument: Instrument) -> bool:
    """Whether the rules let the member move this by themselves: as any member, or as one of an electorate."""
    named = (one for one in instrument.proposers if one in timing.rules().electorates)
    return Proposer.MEMBER.value in instrument.proposers or any(not belonging.why_not(member, one) for one in named)


def _movers(instrument: Instrument) -> str:
    known = {Proposer.BRANCH.value: "branches", Proposer.BODY.value: "affiliated bodies"}
    labels = {one.id: one.label for one in timing.rules().electorates.values()}
    return either([known.get(one) or labels.get(one, one) for one in instrument.proposers])


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
