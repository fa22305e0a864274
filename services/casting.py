"""A vote is handed in: kept before it is acknowledged, and counted if and only if it was kept before the closing.

Whoever comes while one commit is under way waits and is kept together with all who have gathered meanwhile: a commit
that reaches the disk costs the same for one vote as for many. What is sealed leaves no time and no name in the log.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import store
import store.ballots
import store.clock
import store.log
import store.members
from members.permissions import NotAllowed, Permission, require
from services import notifying
from store.ballots import Ballot, Envelope, Mode, Step
from store.database import name

Clock = Callable[[], datetime]
MOST_AT_ONCE = 200


class VoteClosed(ValueError):
    """The vote is not open (yet, or any more); nothing was kept."""


class NotAVoter(NotAllowed):
    """The frozen roll of this vote does not have them, or they were handed a paper."""


class HasVoted(ValueError):
    """The rules let nobody vote twice in this vote."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody hands in, in a college: sealed (base64url) or recorded (canonical JSON); ``way``: who sealed it."""

    college: str
    content: str
    way: str

    @property
    def hash(self) -> str:
        """By which it is found again: SHA-256 of the content."""
        return hashlib.sha256(self.content.encode()).hexdigest()


@dataclass(slots=True, eq=False)
class _Waiting:
    database: str
    number: int
    member: store.members.Member
    handed: Handed
    clock: Clock
    error: Exception | None = None
    done: bool = False


_gathering, _leading = Lock(), Lock()
_waiting: list[_Waiting] = []


def cast(member: store.members.Member, number: int, handed: Handed, clock: Clock = store.clock.now) -> str:
    """Hand in a vote; the hash under which it is kept. Raises VoteClosed, NotAVoter or HasVoted, and keeps nothing."""
    require(member.roles, Permission.VOTE)
    one = _Waiting(name(), number, member, handed, clock)
    with _gathering:
        _waiting.append(one)
    with _leading:  # whoever comes in first leads all that have gathered; the others find themselves done
        if not one.done:
            _lead(one)
    if one.error is not None:
        raise one.error
    return handed.hash


def _lead(leader: _Waiting) -> None:
    with _gathering:
        mine = [one for one in _waiting if one.database == leader.database and one is not leader]
        batch = [leader, *mine[: MOST_AT_ONCE - 1]]
        _waiting[:] = [one for one in _waiting if one not in batch]
    try:
        _keep(batch)
    except Exception:  # noqa: BLE001 (each is told what was wrong with its own)
        for one in batch:
            _alone(one)
    for one in batch:
        one.done = True


def _alone(one: _Waiting) -> None:
    try:
        _keep([one])
    except Exception as error:  # noqa: BLE001 (raised again where it belongs)
        one.error = error


def _keep(batch: Sequence[_Waiting]) -> None:
    """All of them in one commit, or none; the last thing before it is a look at the clock."""
    with store.transaction():
        ballots = {number: store.ballots.by_number(number) for number in sorted({one.number for one in batch})}
        sealed = defaultdict(list)
        for one in batch:
            ballot = ballots[one.number]
            require_open(ballot, one.clock())
            _put(ballot, one)
            if ballot.mode is Mode.SEALED:
                sealed[ballot.number].append(one.handed.hash)
        for number, hashes in sealed.items():
            _note(ballots[number], hashes)
        for one in batch:
            require_open(ballots[one.number], one.clock())


def require_open(ballot: Ballot, now: datetime) -> None:
    """Raise VoteClosed unless votes are taken now."""
    if ballot.taken(Step.WITHDRAWN):
        raise VoteClosed(f"Vote {ballot.number} was withdrawn.")
    if ballot.taken(Step.OPEN) is None:
        raise VoteClosed(f"Vote {ballot.number} is not open yet.")
    if ballot.taken(Step.CLOSED) or now >= ballot.closes:
        raise VoteClosed(
            f"Vote {ballot.number} closed {notifying.edge('closes', ballot.closes)}. This vote came too late and does not count."
        )


def _put(ballot: Ballot, one: _Waiting) -> None:
    colleges = {voter.college for voter in store.ballots.voters(ballot.number, one.member.id)}
    if one.handed.college not in colleges:
        raise NotAVoter("You are not on the roll of this vote as it stood when the vote opened.")
    if (one.handed.college, one.member.id) in store.ballots.paper_voters_of(ballot.number, one.member.id):
        raise NotAVoter("You were handed a paper for this vote; what you vote here would count twice.")
    if not _may_change(ballot, one):
        raise HasVoted("You have voted. The rules do not let a vote be changed.")
    kept = Envelope(one.handed.college, one.member.id, one.handed.content, one.handed.hash, one.handed.way)
    store.ballots.hand_in(ballot.number, kept)
    if ballot.mode is Mode.RECORDED:
        store.log.append(
            at=one.clock(),
            actor=one.member.handle,
            act="vote",
            subject=f"ballot {ballot.number}",
            payload={"college": one.handed.college, "answers": one.handed.content},
        )


def _may_change(ballot: Ballot, one: _Waiting) -> bool:
    opened = ballot.taken(Step.OPEN)
    if opened is None or opened.payload["changeable"]:
        return True
    before = store.ballots.envelope_of(ballot.number, one.member.id)
    return all(each.college != one.handed.college or each.hash == one.handed.hash for each in before)


def _note(ballot: Ballot, hashes: Sequence[str]) -> None:
    """What went into the urn, in no order, under the moment of the opening."""
    opened = ballot.taken(Step.OPEN)
    store.log.append(
        at=opened.at if opened else ballot.opens,
        actor="",
        act="hand-in",
        subject=f"ballot {ballot.number}",
        payload={"envelopes": sorted(hashes)},
    )
