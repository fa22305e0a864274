"""Acts of branches and affiliated bodies, through an officer, with the date and the minute of their decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from amendments.seconding import AlreadySeconded
from store import members
from store.amendments import Amendment, Version
from store.database import insert_new, reading, writing
from store.tables import AmendmentBodyRow, BodySecondRow


@dataclass(frozen=True, slots=True)
class Decision:
    """What a branch or body (``kind``) decided, on which day, and where that is written."""

    kind: str
    name: str
    decided: date
    minute: str


@dataclass(frozen=True, slots=True)
class BodySecond:
    """A body's support for the text of a version, entered by its officer."""

    decision: Decision
    officer: members.Member
    at: datetime


def add_second(version: Version, decision: Decision, officer: members.Member, *, at: datetime) -> None:
    """Keep a body's support for exactly this version; raises AlreadySeconded."""
    row = insert_new(writing(), BodySecondRow).values(
        version=version.id,
        kind=decision.kind,
        body=decision.name,
        member=officer.id,
        decided=decision.decided.isoformat(),
        minute=decision.minute,
        at=at,
    )
    if writing().scalar(row.returning(BodySecondRow.member)) is None:
        raise AlreadySeconded


def seconds(amendment: Amendment) -> tuple[BodySecond, ...]:
    """The bodies that support the text that stands, the first first."""
    query = (
        sa.select(BodySecondRow)
        .where(BodySecondRow.version.in_(amendment.same_text))
        .order_by(BodySecondRow.at, BodySecondRow.kind, BodySecondRow.body)
    )
    rows = reading().scalars(query).all()
    people = members.by_ids(row.member for row in rows)
    return tuple(BodySecond(_decision(row), people[row.member], row.at) for row in rows)


def seconding() -> Mapping[int, tuple[tuple[str, str], ...]]:
    """The bodies (kind, name) that support each version, by the version's id; one query for all."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in reading().execute(sa.select(BodySecondRow.version, BodySecondRow.kind, BodySecondRow.body)):
        found[row.version].append((row.kind, row.body))
    return {version: tuple(bodies) for version, bodies in found.items()}


def set_mover(amendment: int, decision: Decision) -> None:
    """Say in whose name an amendment is moved."""
    row = {
        "amendment": amendment,
        "kind": decision.kind,
        "body": decision.name,
        "decided": decision.decided.isoformat(),
        "minute": decision.minute,
    }
    writing().execute(sa.insert(AmendmentBodyRow).values(**row))


def mover(amendment: int) -> Decision | None:
    """The body in whose name an amendment is moved; None when a member moved it as such."""
    row = reading().get(AmendmentBodyRow, amendment)
    return _decision(row) if row else None


def movers() -> Mapping[int, Decision]:
    """The bodies in whose name amendments are moved, by the amendment's number; one query for all."""
    return {row.amendment: _decision(row) for row in reading().scalars(sa.select(AmendmentBodyRow))}


def _decision(row: BodySecondRow | AmendmentBodyRow) -> Decision:
    return Decision(row.kind, row.body, date.fromisoformat(row.decided), row.minute)
