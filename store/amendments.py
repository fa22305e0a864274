"""Amendments, their versions, their seconders and their fate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from amendments.edit import Edit, from_json, to_json
from amendments.seconding import AlreadySeconded
from amendments.states import State, step
from store import members
from store.database import db
from store.members import Member
from store.tables import AmendmentRow, SecondRow, StateChangeRow, VersionRow


class UnknownAmendment(LookupError):
    """There is no amendment with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no amendment {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Version:
    """The exact text of an amendment: its edits against a base edition, and the digest that seconds bind to."""

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
    """An amendment under its permanent number; the last version is the one that stands."""

    number: int
    state: State
    mover: Member
    created: datetime
    versions: tuple[Version, ...]

    @property
    def version(self) -> Version:
        """The version that stands."""
        return self.versions[-1]

    @property
    def title(self) -> str:
        """The title of the version that stands."""
        return self.version.title


@dataclass(frozen=True, slots=True)
class Second:
    """A member who stands behind an exact version."""

    member: Member
    version_digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StateChange:
    """One step of an amendment's fate."""

    state: State
    at: datetime
    reason: str


def add(
    *, mover: Member, title: str, reason: str, base_edition: int, edits: tuple[Edit, ...], digest: str, at: datetime
) -> Amendment:
    """Keep a new amendment, seeking seconders, under the next number."""
    number = (db.session.execute(select(func.max(AmendmentRow.number))).scalar() or 0) + 1
    db.session.add(AmendmentRow(number=number, mover_id=mover.id, state=State.SEEKING_SECONDERS.value, created=at))
    db.session.flush()
    db.session.add(VersionRow(
        amendment=number, n=1, title=title, reason=reason, base_edition=base_edition,
        edits=json.dumps(to_json(edits), ensure_ascii=False), digest=digest, at=at,
    ))
    _note(number, State.SEEKING_SECONDERS, at, "Proposed")
    db.session.flush()
    db.session.expire_all()
    return by_number(number)


def by_number(number: int) -> Amendment:
    """An amendment by its number; raises UnknownAmendment."""
    return _amendment(_row(number))


def listing(*, state: State | None = None) -> tuple[Amendment, ...]:
    """All amendments by number, or those in one state."""
    query = select(AmendmentRow).order_by(AmendmentRow.number)
    if state is not None:
        query = query.where(AmendmentRow.state == state.value)
    return tuple(map(_amendment, db.session.execute(query).scalars().unique()))


def set_state(amendment: Amendment, state: State, *, at: datetime, reason: str) -> None:
    """Take an amendment one step further; raises NotPossible when there is no such step."""
    row = _row(amendment.number)
    row.state = step(State(row.state), state).value
    _note(amendment.number, state, at, reason)
    db.session.flush()


def history(amendment: Amendment) -> tuple[StateChange, ...]:
    """Every step of its fate, the first one first."""
    rows = db.session.execute(
        select(StateChangeRow).where(StateChangeRow.amendment == amendment.number).order_by(StateChangeRow.id)
    ).scalars()
    return tuple(StateChange(State(row.state), row.at, row.reason) for row in rows)


def add_second(version: Version, member: Member, *, at: datetime) -> None:
    """Keep a second; raises AlreadySeconded (the database decides, so fifty presses at once count once)."""
    try:
        with db.session.begin_nested():
            db.session.add(SecondRow(version=version.id, member_id=member.id, at=at))
    except IntegrityError:
        raise AlreadySeconded from None


def seconds(amendment: Amendment) -> tuple[Second, ...]:
    """Who stands behind the version that stands, in the order they came."""
    rows = db.session.execute(
        select(SecondRow).where(SecondRow.version == amendment.version.id).order_by(SecondRow.id)
    ).scalars()
    return tuple(Second(members.member(row.member), amendment.version.digest, row.at) for row in rows)


def second_counts() -> dict[int, int]:
    """How many seconders each amendment's versions have, by the version's id."""
    return {version: count for version, count in db.session.execute(
        select(SecondRow.version, func.count()).group_by(SecondRow.version)
    )}


def _note(number: int, state: State, at: datetime, reason: str) -> None:
    db.session.add(StateChangeRow(amendment=number, state=state.value, at=at, reason=reason))


def _row(number: int) -> AmendmentRow:
    row = db.session.get(AmendmentRow, number)
    if row is None:
        raise UnknownAmendment(number)
    return row


def _amendment(row: AmendmentRow) -> Amendment:
    return Amendment(
        row.number, State(row.state), members.member(row.mover), row.created, tuple(map(_version, row.versions))
    )


def _version(row: VersionRow) -> Version:
    return Version(
        row.id, row.amendment, row.n, row.title, row.reason, row.base_edition, from_json(json.loads(row.edits)),
        row.digest, row.at,
    )
