"""Amendments, their immutable versions, their seconds, and the steps of their lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from amendments.edit import Edit, from_json, to_json, touched
from amendments.seconding import AlreadySeconded
from amendments.states import State, step
from constitution.digest import text_digest
from store import members
from store.database import insert_new, reading, writing
from store.tables import AmendmentClauseRow, AmendmentRow, AmendmentStateRow, AmendmentVersionRow, SecondRow


class UnknownAmendment(LookupError):
    """There is no amendment with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no amendment {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Version:
    """What an amendment says: its edits to ``base_edition`` (their digest is what seconds bind to), and why."""

    id: int
    amendment: int
    n: int
    title: str
    reason: str
    base_edition: int
    edits: tuple[Edit, ...]
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment with its versions, the oldest first."""

    number: int
    state: State
    mover: members.Member
    created: datetime
    versions: tuple[Version, ...]

    @property
    def version(self) -> Version:
        """The version that stands."""
        return self.versions[-1]

    @property
    def title(self) -> str:
        """Its title, as it stands."""
        return self.version.title


@dataclass(frozen=True, slots=True)
class Second:
    """A member's support for the text with this digest."""

    member: members.Member
    version_digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StateChange:
    """A step in the life of an amendment and why it was taken."""

    state: State
    at: datetime
    reason: str


def words_digest(title: str, reason: str) -> str:
    """The digest of what a version says besides its edits; the log may record it as ``words``."""
    return text_digest(f"{title}\n\n{reason}")


def add(
    *,
    mover: members.Member,
    title: str,
    reason: str,
    base_edition: int,
    edits: Sequence[Edit],
    digest: str,
    at: datetime,
) -> Amendment:
    """Keep a new amendment, seeking seconders."""
    session = writing()
    number = (session.scalar(sa.select(sa.func.max(AmendmentRow.number))) or 0) + 1
    row = {"number": number, "mover": mover.id, "state": State.SEEKING_SECONDERS.value, "created": at}
    session.execute(sa.insert(AmendmentRow).values(**row))
    _add_step(number, State.SEEKING_SECONDERS, at, "Proposed")
    _add_version(number, 1, title=title, reason=reason, base_edition=base_edition, edits=edits, digest=digest, at=at)
    return by_number(number)


def add_version(
    amendment: Amendment,
    *,
    title: str,
    reason: str,
    base_edition: int,
    edits: Sequence[Edit],
    digest: str,
    at: datetime,
) -> Amendment:
    """Keep the amendment's next text. Seconds of the versions before do not count for it."""
    last = writing().scalar(
        sa.select(sa.func.max(AmendmentVersionRow.n)).where(AmendmentVersionRow.amendment == amendment.number)
    )
    if last is None:
        raise UnknownAmendment(amendment.number)
    _add_version(
        amendment.number,
        last + 1,
        title=title,
        reason=reason,
        base_edition=base_edition,
        edits=edits,
        digest=digest,
        at=at,
    )
    return by_number(amendment.number)


def set_state(amendment: Amendment, state: State, *, at: datetime, reason: str) -> None:
    """Take the next step of its life; raises amendments.states.NotPossible.

    What counts is the state in the store: the caller's amendment may have been read before another step.
    """
    session = writing()
    here = AmendmentRow.number == amendment.number
    now = session.scalar(sa.select(AmendmentRow.state).where(here))
    if now is None:
        raise UnknownAmendment(amendment.number)
    session.execute(sa.update(AmendmentRow).where(here).values(state=step(State(now), state).value))
    _add_step(amendment.number, state, at, reason)


def by_number(number: int) -> Amendment:
    """The amendment with this number; raises UnknownAmendment."""
    found = _where(AmendmentRow.number == number)
    if not found:
        raise UnknownAmendment(number)
    return found[0]


def listing(state: State | None = None, clause: str | None = None) -> tuple[Amendment, ...]:
    """Amendments by number: all, those in a state, those whose standing version touches a clause."""
    conditions = [] if state is None else [AmendmentRow.state == state.value]
    if clause is not None:
        conditions.append(AmendmentRow.number.in_(_touching(clause)))
    return _where(sa.and_(sa.true(), *conditions))


def add_second(version: Version, member: members.Member, *, at: datetime) -> None:
    """Keep a member's support for exactly this version; raises AlreadySeconded."""
    session = writing()
    row = insert_new(session, SecondRow).values(version=version.id, member=member.id, at=at)
    if session.scalar(row.returning(SecondRow.member)) is None:
        raise AlreadySeconded


def seconds(amendment: Amendment) -> tuple[Second, ...]:
    """The seconds of the version that stands, the first first."""
    query = (
        sa.select(SecondRow.member, SecondRow.at)
        .where(SecondRow.version == amendment.version.id)
        .order_by(SecondRow.at, SecondRow.member)
    )
    rows = reading().execute(query).all()
    people = members.by_ids(row.member for row in rows)
    return tuple(Second(people[row.member], amendment.version.digest, row.at) for row in rows)


def second_counts() -> dict[int, int]:
    """How many have seconded each version that anybody seconded, by the version's id; one query for all."""
    query = sa.select(SecondRow.version, sa.func.count()).group_by(SecondRow.version)
    return {row[0]: row[1] for row in reading().execute(query)}


def history(amendment: Amendment) -> tuple[StateChange, ...]:
    """Every step of its life, the first first."""
    query = (
        sa.select(AmendmentStateRow)
        .where(AmendmentStateRow.amendment == amendment.number)
        .order_by(AmendmentStateRow.n)
    )
    return tuple(StateChange(State(row.state), row.at, row.reason) for row in reading().scalars(query))


def _add_version(
    number: int, n: int, *, title: str, reason: str, base_edition: int, edits: Sequence[Edit], digest: str, at: datetime
) -> None:
    row = AmendmentVersionRow(
        amendment=number,
        n=n,
        title=title,
        reason=reason,
        base_edition=base_edition,
        edits=to_json(tuple(edits)),
        digest=digest,
        at=at,
    )
    session = writing()
    session.add(row)
    session.flush()
    clauses = sorted(set(touched(tuple(edits))))
    if clauses:
        session.execute(sa.insert(AmendmentClauseRow), [{"version": row.id, "clause": one} for one in clauses])


def _add_step(number: int, state: State, at: datetime, reason: str) -> None:
    taken = sa.select(sa.func.count()).where(AmendmentStateRow.amendment == number)
    n = (writing().scalar(taken) or 0) + 1
    row = {"amendment": number, "n": n, "state": state.value, "at": at, "reason": reason}
    writing().execute(sa.insert(AmendmentStateRow).values(**row))


def _standing() -> sa.Select[Any]:
    """The ids of the last versions: ids grow with n, because one writer writes at a time."""
    return sa.select(sa.func.max(AmendmentVersionRow.id)).group_by(AmendmentVersionRow.amendment)


def _touching(clause: str) -> sa.Select[Any]:
    return (
        sa.select(AmendmentVersionRow.amendment)
        .join(AmendmentClauseRow, AmendmentClauseRow.version == AmendmentVersionRow.id)
        .where(AmendmentClauseRow.clause == clause, AmendmentVersionRow.id.in_(_standing()))
    )


def _where(condition: sa.ColumnElement[bool]) -> tuple[Amendment, ...]:
    """Three queries, however many amendments they find."""
    session = reading()
    rows = session.scalars(
        sa.select(AmendmentRow).where(condition).order_by(AmendmentRow.number).execution_options(populate_existing=True)
    ).all()
    if not rows:
        return ()
    numbers = sa.select(AmendmentRow.number).where(condition)
    versions: dict[int, list[Version]] = {}
    query = sa.select(AmendmentVersionRow).where(AmendmentVersionRow.amendment.in_(numbers))
    for row in session.scalars(query.order_by(AmendmentVersionRow.amendment, AmendmentVersionRow.n)):
        versions.setdefault(row.amendment, []).append(_version(row))
    movers = members.by_ids(row.mover for row in rows)
    return tuple(
        Amendment(row.number, State(row.state), movers[row.mover], row.created, tuple(versions[row.number]))
        for row in rows
    )


def _version(row: AmendmentVersionRow) -> Version:
    return Version(
        row.id,
        row.amendment,
        row.n,
        row.title,
        row.reason,
        row.base_edition,
        tuple(from_json(row.edits)),
        row.digest,
        row.at,
    )
