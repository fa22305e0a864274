"""The committee advises: voters, by a recommendation that is published, and movers, in a thread of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import store
import store.advice
import store.amendments
import store.log
import store.members
import store.rulings
from amendments.rulings import RECOMMENDED, Recommendation
from amendments.states import OPEN
from constitution.door import admitted
from members.permissions import Permission, Role, granted, require
from members.roll_cells import ARREARS, GOOD
from rulebook import kinds
from services import telling_rulings, timing
from services.admitting import NotEntered, of_version, typed

LONGEST_MESSAGE = 2_000  # characters
WITHHELD = "withheld"  # who the log names for a message: that there is one between these two is theirs to know


class NotYours(LookupError):
    """There is no thread here for this person; whether there is one at all is not said."""

    def __init__(self) -> None:
        super().__init__("There is no such page.")


@dataclass(frozen=True, slots=True)
class Line:
    """A message as one of the two sides reads it; ``by`` is None for somebody who is not on the roll any more."""

    by: store.members.Member | None
    mine: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """What the two sides wrote; ``closed`` says why nothing can be added, "" when it can."""

    lines: tuple[Line, ...]
    to: str
    closed: str


def recommend(
    member: store.members.Member,
    number: int,
    version: int,
    kind: str,
    now: datetime,
    *,
    reason: str = "",
    changes: str = "",
) -> Recommendation:
    """Recommend what voters should do with the version that was shown; raises NotEntered and StageClosed."""
    require(member.roles, Permission.MERGE)
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        amendment = of_version(number, version)
        if amendment.state not in OPEN:
            raise NotEntered("It has its fate already; nothing is recommended of it any more.", "kind")
        if kind not in set(Recommendation):
            raise NotEntered("Choose what you recommend.", "kind")
        wanted = Recommendation(kind)
        said = typed(reason, "Enter the reason; it is published with the recommendation.")
        asked = wanted is Recommendation.CARRY_WITH_CHANGES
        wants = "Enter the changes with which you recommend it." if asked else ""
        changed = typed(changes if asked else "", wants, "changes")
        made = store.rulings.Recommended(0, number, amendment.version.id, wanted, said, changed, now)
        kept = store.rulings.add_recommendation(member.id, made)
        payload = {"recommendation": kept, "version": version, "kind": kind, "reason": said, "changes": changed}
        store.log.append(at=now, actor=member.handle, act="recommend", subject=f"amendment {number}", payload=payload)
        words = "\n\n".join(filter(None, (f"{RECOMMENDED[wanted]}. {said}", changed and f"The changes:\n{changed}")))
        telling_rulings.told(amendment, "what the committee recommends", words, f"recommendation {kept}", now)
    return wanted


def thread(amendment: store.amendments.Amendment, member: store.members.Member | None, now: datetime) -> Thread | None:
    """The thread on an amendment, for its mover and the committee; None for everybody else."""
    if not _of_it(amendment, member):
        return None
    assert member, "nobody is no side"
    found = store.advice.of(amendment.number)
    people = store.members.by_ids(one.member for one in found)
    lines = tuple(Line(people.get(one.member), one.member == member.id, one.text, one.at) for one in found)
    to = "the drafting committee" if member.id == amendment.mover.id else "its mover"
    return Thread(lines, to, _closed(amendment, now))


def write(member: store.members.Member | None, number: int, text: str, now: datetime) -> None:
    """Write to the other side, who is told; raises NotYours (or UnknownAmendment) for whom there is nothing here.

    The log holds a digest alone: neither the words, nor who wrote them, nor about what. Raises NotEntered, StageClosed.
    """
    amendment = store.amendments.by_number(number)
    if not _of_it(amendment, member):
        raise NotYours
    assert member, "nobody is no side"
    if len(text) > LONGEST_MESSAGE:
        raise NotEntered(f"The message has {len(text):,} characters; up to {LONGEST_MESSAGE:,} are kept.", "text")
    said = admitted(text).strip()
    if not said:
        raise NotEntered("Enter your message.", "text")
    with store.transaction():
        if closed := _closed(amendment, now):
            raise NotEntered(closed, "text")
        store.advice.add(number, store.advice.Message(member.id, said, now))
        digest = store.advice.digest(number, member.handle, said, now)
        store.log.append(at=now, actor=WITHHELD, act="advise", subject="a private thread", payload={"digest": digest})
        mine = member.id == amendment.mover.id
        others = store.members.with_role(Role.COMMITTEE, {GOOD, ARREARS}) if mine else (amendment.mover,)
        telling_rulings.advised(amendment, [one for one in others if one.id != member.id], digest, now)


def _of_it(amendment: store.amendments.Amendment, member: store.members.Member | None) -> bool:
    if member is None:
        return False
    return member.id == amendment.mover.id or Permission.MERGE in granted(member.roles)


def _closed(amendment: store.amendments.Amendment, now: datetime) -> str:
    if amendment.state not in OPEN:
        return "The amendment has its fate; nothing is written here any more."
    return timing.closed(kinds.Act.COMMENT, now)
