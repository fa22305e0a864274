"""Votes: what is prepared, the steps taken, who may vote, the urn, and the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from constitution.digest import text_digest
from store.ballot_tables import (
    BallotDefinitionRow,
    BallotResultRow,
    BallotRow,
    BallotStepRow,
    BallotVoterRow,
    EnvelopeRow,
    HallCountRow,
    PaperVoterRow,
)
from store.columns import canonical
from store.database import reading, writing

VOTERS, ENVELOPES = BallotVoterRow.__table__, EnvelopeRow.__table__


class Mode(StrEnum):
    """Who learns how somebody voted: the members, or nobody."""

    RECORDED = "recorded"
    SEALED = "sealed"


class Step(StrEnum):
    """What has been done towards a vote."""

    KEY = "key"
    REHEARSAL = "rehearsal"
    REHEARSED = "rehearsed"
    OPEN = "open"
    CLOSED = "closed"
    DECLARED = "declared"
    WITHDRAWN = "withdrawn"


class UnknownBallot(LookupError):
    """There is no vote with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no vote {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken, with its particulars."""

    step: Step
    payload: Mapping[str, Any]
    member: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote and the steps taken towards it; ``rule`` is the id of the rulebook's ballot."""

    number: int
    rule: str
    title: str
    mode: Mode
    drafts: tuple[int, ...]
    split: tuple[str, ...]
    opens: datetime
    closes: datetime
    repeats: int | None
    steps: tuple[Taken, ...]

    def taken(self, step: str) -> Taken | None:
        """The last of these steps, if there is one."""
        return next((one for one in reversed(self.steps) if one.step == step), None)


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who may vote in a college."""

    college: str
    member: int
    handle: str
    weight: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """What was handed in; ``hash`` is the SHA-256 of the content's bytes."""

    college: str
    member: int
    content: str
    hash: str
    way: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers or hands as one clerk entered them: the answers of each paper."""

    college: str
    batch: str
    papers: Sequence[Mapping[str, Any]]
    member: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Declared:
    """The published papers, their digest, and the result."""

    papers: str
    digest: str
    result: Mapping[str, Any]
    at: datetime


def add(
    *,
    rule: str,
    title: str,
    mode: str,
    drafts: Sequence[int],
    split: Sequence[str],
    opens: datetime,
    closes: datetime,
    repeats: int | None,
    member: int,
    at: datetime,
) -> Ballot:
    """Prepare a vote."""
    session = writing()
    number = (session.scalar(sa.select(sa.func.max(BallotRow.number))) or 0) + 1
    row = {"rule": rule, "title": title, "mode": Mode(mode).value, "drafts": list(drafts), "split": list(split)}
    moments = {"opens": opens, "closes": closes, "at": at}
    session.execute(sa.insert(BallotRow).values(number=number, repeats=repeats, member=member, **row, **moments))
    return by_number(number)


def step(ballot: int, step: Step, payload: Mapping[str, Any], member: int | None, at: datetime) -> None:
    """Keep that a step was taken."""
    session = writing()
    last = session.scalar(sa.select(sa.func.max(BallotStepRow.n)).where(BallotStepRow.ballot == ballot)) or 0
    row = {"ballot": ballot, "n": last + 1, "step": step.value, "payload": dict(payload), "member": member, "at": at}
    session.execute(sa.insert(BallotStepRow).values(**row))


def by_number(number: int) -> Ballot:
    """The vote with this number; raises UnknownBallot."""
    found = _ballots(sa.select(BallotRow).where(BallotRow.number == number))
    if not found:
        raise UnknownBallot(number)
    return found[0]


def listing() -> tuple[Ballot, ...]:
    """Every vote, the oldest first."""
    return _ballots(sa.select(BallotRow))


def _ballots(query: sa.Select[Any]) -> tuple[Ballot, ...]:
    rows = reading().scalars(query.order_by(BallotRow.number)).all()
    taken: dict[int, list[Taken]] = {row.number: [] for row in rows}
    of_these = sa.select(BallotStepRow).where(BallotStepRow.ballot.in_(taken))
    for one in reading().scalars(of_these.order_by(BallotStepRow.n)):
        taken[one.ballot].append(Taken(Step(one.step), one.payload, one.member, one.at))
    return tuple(
        Ballot(
            row.number, row.rule, row.title, Mode(row.mode), tuple(row.drafts), tuple(row.split),
            row.opens, row.closes, row.repeats, tuple(taken[row.number]),
        )
        for row in rows
    )  # fmt: skip


def define(ballot: int, definition: bytes, fingerprint: str) -> None:
    """Fix what is put."""
    row = {"ballot": ballot, "definition": definition.decode(), "fingerprint": fingerprint}
    writing().execute(sa.insert(BallotDefinitionRow).values(**row))


def definition(ballot: int) -> bytes | None:
    """What is put, as it was fixed; None before."""
    query = sa.select(BallotDefinitionRow.definition).where(BallotDefinitionRow.ballot == ballot)
    found = reading().scalar(query)
    return None if found is None else found.encode()


def admit(ballot: int, voters: Iterable[Voter]) -> None:
    """Fix who may vote."""
    rows = [
        {"ballot": ballot, "college": one.college, "member": one.member, "handle": one.handle, "weight": one.weight}
        for one in voters
    ]
    if rows:
        writing().execute(sa.insert(VOTERS), rows)


def voters(ballot: int, member: int | None = None) -> tuple[Voter, ...]:
    """Who may vote, by college and handle; with a member, only where that one may."""
    query = sa.select(VOTERS.c.college, VOTERS.c.member, VOTERS.c.handle, VOTERS.c.weight)
    query = query.where(VOTERS.c.ballot == ballot).order_by(VOTERS.c.college, VOTERS.c.handle)
    if member is not None:
        query = query.where(VOTERS.c.member == member)
    return tuple(Voter(*row) for row in reading().execute(query))


def hand_in(ballot: int, envelope: Envelope) -> None:
    """Put an envelope into the urn in one statement; who has handed one in before has it replaced."""
    session = writing()
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    what = {"content": envelope.content, "hash": envelope.hash, "way": envelope.way}
    who = {"ballot": ballot, "college": envelope.college, "member": envelope.member}
    made = insert(EnvelopeRow).values(**who, **what)
    session.execute(made.on_conflict_do_update(index_elements=list(who), set_=what))


def envelopes(ballot: int) -> tuple[Envelope, ...]:
    """What counts of what is in the urn, in the order of the hashes: not of those who were handed a paper."""
    columns = (ENVELOPES.c.college, ENVELOPES.c.member, ENVELOPES.c.content, ENVELOPES.c.hash, ENVELOPES.c.way)
    query = sa.select(*columns).where(ENVELOPES.c.ballot == ballot, ~_on_paper()).order_by(ENVELOPES.c.hash)
    return tuple(Envelope(*row) for row in reading().execute(query))


def envelope_of(ballot: int, member: int) -> tuple[Envelope, ...]:
    """What a member has handed in, by college."""
    columns = (ENVELOPES.c.college, ENVELOPES.c.member, ENVELOPES.c.content, ENVELOPES.c.hash, ENVELOPES.c.way)
    query = sa.select(*columns).where(ENVELOPES.c.ballot == ballot, ENVELOPES.c.member == member)
    return tuple(Envelope(*row) for row in reading().execute(query.order_by(ENVELOPES.c.college)))


def turnout(ballot: int) -> Mapping[str, int]:
    """How many envelopes count, by college."""
    counted = sa.select(ENVELOPES.c.college, sa.func.count().label("envelopes"))
    counted = counted.where(ENVELOPES.c.ballot == ballot, ~_on_paper()).group_by(ENVELOPES.c.college)
    return {row.college: row.envelopes for row in reading().execute(counted)}


def _on_paper() -> sa.Exists:
    paper = PaperVoterRow.__table__
    return sa.exists().where(
        paper.c.ballot == ENVELOPES.c.ballot,
        paper.c.college == ENVELOPES.c.college,
        paper.c.member == ENVELOPES.c.member,
    )


def hand_paper(ballot: int, college: str, member: int, at: datetime) -> None:
    """Keep that a voter was handed a paper."""
    row = {"ballot": ballot, "college": college, "member": member, "at": at}
    writing().execute(sa.insert(PaperVoterRow).values(**row))


def paper_voters(ballot: int) -> tuple[tuple[str, int], ...]:
    """Who was handed a paper: (college, member)."""
    row = PaperVoterRow
    query = sa.select(row.college, row.member).where(row.ballot == ballot).order_by(row.college, row.member)
    return tuple((college, member) for college, member in reading().execute(query))


def paper_voters_of(ballot: int, member: int) -> tuple[tuple[str, int], ...]:
    """Where one member was handed a paper."""
    row = PaperVoterRow
    query = sa.select(row.college, row.member).where(row.ballot == ballot, row.member == member)
    return tuple((college, known) for college, known in reading().execute(query))


def enter(ballot: int, batch: Batch) -> None:
    """Keep a batch as one clerk counted it."""
    row = {
        "ballot": ballot,
        "college": batch.college,
        "batch": batch.batch,
        "papers": list(batch.papers),
        "member": batch.member,
        "at": batch.at,
    }
    writing().execute(sa.insert(HallCountRow).values(**row))


def batches(ballot: int) -> tuple[Batch, ...]:
    """Every batch as it was entered, the first first."""
    rows = reading().scalars(sa.select(HallCountRow).where(HallCountRow.ballot == ballot).order_by(HallCountRow.id))
    return tuple(Batch(one.college, one.batch, one.papers, one.member, one.at) for one in rows)


def declare(ballot: int, declared: Declared, member: int) -> None:
    """Keep the published papers and what they come to."""
    row = {"papers": declared.papers, "digest": declared.digest, "result": dict(declared.result), "at": declared.at}
    writing().execute(sa.insert(BallotResultRow).values(ballot=ballot, member=member, **row))


def declared(ballot: int) -> Declared | None:
    """The result, once there is one."""
    query = sa.select(BallotResultRow).where(BallotResultRow.ballot == ballot)
    row = reading().scalars(query).one_or_none()
    return None if row is None else Declared(row.papers, row.digest, row.result, row.at)


def roll_digest_text(college: str, voters: Iterable[Voter]) -> str:
    """What the digest of a college's frozen roll is taken over: canonical JSON of [handle, weight], by handle."""
    ones = sorted((one.handle, one.weight) for one in voters if one.college == college)
    return canonical([list(one) for one in ones])


def urn_digest(hashes: Iterable[str]) -> str:
    """The digest of an urn: over the sorted hashes of its envelopes, one a line."""
    return text_digest("".join(f"{one}\n" for one in sorted(hashes)))
