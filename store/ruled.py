"""How the committee rules that amendments stand to one another, who challenged it, and what became of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from amendments.ties import Kind, Tie
from store.committee_tables import ChallengeOutcomeRow, RelationChallengeRow, RuledRelationRow
from store.database import reading, writing


class UnknownRelation(LookupError):
    """Nothing was ruled under this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no ruled relation {number}.")


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling that two amendments stand so to one another, or (``stands`` False) that they do not, with its reason."""

    id: int
    tie: Tie
    stands: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a challenge; ``upheld``: the ruling is overturned. Votes are None where none were counted."""

    upheld: bool
    in_favour: int | None
    against: int | None
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Challenge:
    """That somebody asks for a ruling to be overturned, why, and what became of it (None: nothing yet)."""

    id: int
    relation: int
    reason: str
    at: datetime
    outcome: Outcome | None


def add(tie: Tie, member: int, *, stands: bool, at: datetime) -> Ruled:
    """Keep a ruling; its reason is that of the tie."""
    row = RuledRelationRow(
        amendment=tie.amendment,
        kind=tie.kind.value,
        other=tie.other,
        stands=stands,
        reason=tie.reason,
        member=member,
        at=at,
    )
    session = writing()
    session.add(row)
    session.flush()
    return _ruled(row)


def last() -> tuple[Ruled, ...]:
    """The last ruling on each tie that was ever ruled on, by the amendments' numbers."""
    row = RuledRelationRow
    newest = sa.select(sa.func.max(row.id)).group_by(row.amendment, row.kind, row.other)
    query = sa.select(row).where(row.id.in_(newest)).order_by(row.amendment, row.kind, row.other)
    return tuple(map(_ruled, reading().scalars(query)))


def by_id(number: int) -> Ruled:
    """A ruling; raises UnknownRelation."""
    row = reading().get(RuledRelationRow, number)
    if row is None:
        raise UnknownRelation(number)
    return _ruled(row)


def add_challenge(relation: int, member: int, reason: str, *, at: datetime) -> int:
    """Keep a challenge; its number."""
    row = RelationChallengeRow(relation=relation, reason=reason, member=member, at=at)
    session = writing()
    session.add(row)
    session.flush()
    return row.id


def add_outcome(challenged: int, member: int, outcome: Outcome) -> None:
    """Keep what became of a challenge."""
    row = {
        "challenge": challenged,
        "upheld": outcome.upheld,
        "in_favour": outcome.in_favour,
        "against": outcome.against,
        "reason": outcome.reason,
        "member": member,
        "at": outcome.at,
    }
    writing().execute(sa.insert(ChallengeOutcomeRow).values(**row))


def challenges(relation: int | None = None) -> tuple[Challenge, ...]:
    """Every challenge, or those to one ruling, the first first; one query."""
    row, ended = RelationChallengeRow, ChallengeOutcomeRow
    query = sa.select(row, ended).outerjoin(ended, ended.challenge == row.id).order_by(row.id)
    if relation is not None:
        query = query.where(row.relation == relation)
    return tuple(
        Challenge(one.id, one.relation, one.reason, one.at, _outcome(end)) for one, end in reading().execute(query)
    )


def _outcome(row: ChallengeOutcomeRow | None) -> Outcome | None:
    return None if row is None else Outcome(row.upheld, row.in_favour, row.against, row.reason, row.at)


def _ruled(row: RuledRelationRow) -> Ruled:
    return Ruled(row.id, Tie(row.amendment, Kind(row.kind), row.other, row.reason), row.stands, row.at)
