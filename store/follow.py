"""What members follow: clauses, amendments and branches, and whom to tell of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from members.roll_cells import GONE
from store.database import insert_new, reading, writing
from store.outbox import Addressee
from store.tables import FollowRow, MemberRow

LONGEST = 200  # characters of a subject, as the table has it
MOST_AT_ONCE = 10_000  # both databases limit the parameters of one statement


class Kind(StrEnum):
    """What can be followed."""

    AMENDMENT = "amendment"
    BRANCH = "branch"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be followed: ``name`` is a clause's id, an amendment's number in figures, a branch's name."""

    kind: Kind
    name: str


def add(member: int, subject: Subject, *, at: datetime) -> None:
    """Let a member follow something; following it twice is following it."""
    row = {"member": member, "kind": subject.kind.value, "subject": subject.name, "at": at}
    session = writing()
    session.execute(insert_new(session, FollowRow).values(**row))


def remove(member: int, subject: Subject) -> None:
    """Let a member follow something no more."""
    here = (FollowRow.member == member, FollowRow.kind == subject.kind.value, FollowRow.subject == subject.name)
    writing().execute(sa.delete(FollowRow).where(*here))


def follows(member: int, subject: Subject) -> bool:
    """Whether a member follows it."""
    here = (FollowRow.member == member, FollowRow.kind == subject.kind.value, FollowRow.subject == subject.name)
    return reading().scalar(sa.select(FollowRow.member).where(*here)) is not None


def of_member(member: int) -> tuple[Subject, ...]:
    """Everything that a member follows, the latest first."""
    query = sa.select(FollowRow.kind, FollowRow.subject).where(FollowRow.member == member)
    rows = reading().execute(query.order_by(FollowRow.at.desc(), FollowRow.kind, FollowRow.subject))
    return tuple(Subject(Kind(row.kind), row.subject) for row in rows)


def names(kind: Kind) -> frozenset[str]:
    """Everything of a kind that anybody follows."""
    return frozenset(reading().scalars(sa.select(FollowRow.subject).where(FollowRow.kind == kind.value).distinct()))


def followers(subjects: Iterable[Subject]) -> Mapping[Addressee, tuple[Subject, ...]]:
    """Who, not having left, follows any of these, and which of them, in the order given; the oldest members first."""
    wanted = list(dict.fromkeys(subjects))
    found: defaultdict[Addressee, set[Subject]] = defaultdict(set)
    for kind, some in _batches(wanted):
        query = (
            sa.select(MemberRow.id, MemberRow.handle, MemberRow.email, FollowRow.subject)
            .join(FollowRow, FollowRow.member == MemberRow.id)
            .where(FollowRow.kind == kind.value, FollowRow.subject.in_(some), MemberRow.standing.not_in(sorted(GONE)))
        )
        for row in reading().execute(query):
            found[Addressee(row.id, row.handle, row.email)].add(Subject(kind, row.subject))
    by_age = sorted(found.items(), key=lambda each: each[0].id)
    return {one: tuple(subject for subject in wanted if subject in theirs) for one, theirs in by_age}


def has_branch(name: str) -> bool:
    """Whether anybody on the roll is of a branch."""
    return bool(name) and reading().scalar(sa.select(MemberRow.id).where(MemberRow.branch == name).limit(1)) is not None


def _batches(subjects: list[Subject]) -> Iterator[tuple[Kind, list[str]]]:
    for kind in Kind:
        named = [one.name for one in subjects if one.kind is kind]
        for start in range(0, len(named), MOST_AT_ONCE):
            yield kind, named[start : start + MOST_AT_ONCE]
