"""Composites: amendments on the committee's desk, and what the committee has chosen so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from store.committee_tables import CompositeRevisionRow
from store.database import reading, writing
from store.tables import AmendmentVersionRow, CompositeAmendmentRow, CompositeRow


class State(StrEnum):
    """Where a composite stands."""

    OPEN = "open"
    DRAFTED = "drafted"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Composite:
    """Several amendments to be made one. ``revision`` counts how often the choices were saved."""

    number: int
    title: str
    base_edition: int
    amendments: tuple[int, ...]
    choices: Mapping[str, Any]
    state: State
    revision: int
    at: datetime


class UnknownComposite(LookupError):
    """There is no composite with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no composite {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Revision:
    """The choices as a saving left them, and the member (their id) who saved."""

    choices: Mapping[str, Any]
    member: int


class StaleRevision(ValueError):
    """What was shown is not what is saved now; ``current`` is."""

    def __init__(self, current: Composite) -> None:
        super().__init__(
            "Another member of the committee has saved choices since you opened this page. "
            "Nothing was done; look at what is saved now and try again."
        )
        self.current = current


def add(*, title: str, base_edition: int, amendments: Sequence[int], at: datetime) -> Composite:
    """Put amendments on the desk together."""
    session = writing()
    number = (session.scalar(sa.select(sa.func.max(CompositeRow.number))) or 0) + 1
    row = {
        "title": title,
        "base_edition": base_edition,
        "choices": {},
        "state": State.OPEN.value,
        "revision": 0,
        "at": at,
    }
    session.execute(sa.insert(CompositeRow).values(number=number, **row))
    return take_up(number, amendments)


def take_up(number: int, amendments: Collection[int]) -> Composite:
    """Put amendments that are not on it yet on a composite."""
    originals = [{"composite": number, "amendment": one} for one in sorted(set(amendments))]
    if originals:
        writing().execute(sa.insert(CompositeAmendmentRow), originals)
    return by_number(number)


def save_choices(composite: Composite, choices: Mapping[str, Any], *, member: int, at: datetime) -> Composite:
    """Keep the choices as the next revision, the ones before too; raises StaleRevision when another was saved since."""
    session, revision = writing(), composite.revision + 1
    result: Any = session.execute(
        sa.update(CompositeRow)
        .where(CompositeRow.number == composite.number, CompositeRow.revision == composite.revision)
        .values(choices=dict(choices), revision=revision)
    )
    now = by_number(composite.number)
    if result.rowcount == 0:
        raise StaleRevision(now)
    row = {"composite": composite.number, "revision": revision, "choices": dict(choices), "member": member, "at": at}
    session.execute(sa.insert(CompositeRevisionRow).values(**row))
    return now


def revision(composite: Composite, number: int) -> Mapping[str, Any]:
    """The choices as they were after so many savings; raises StaleRevision where that is not known."""
    if number == composite.revision:
        return composite.choices
    if number == 0:
        return {}
    here = (CompositeRevisionRow.composite == composite.number, CompositeRevisionRow.revision == number)
    choices: Mapping[str, Any] | None = reading().scalar(sa.select(CompositeRevisionRow.choices).where(*here))
    if choices is None:
        raise StaleRevision(composite)
    return choices


def revisions(composite: Composite, since: int) -> tuple[Revision, ...]:
    """The savings after that revision, the first first."""
    query = (
        sa.select(CompositeRevisionRow.choices, CompositeRevisionRow.member)
        .where(CompositeRevisionRow.composite == composite.number, CompositeRevisionRow.revision > since)
        .order_by(CompositeRevisionRow.revision)
    )
    return tuple(Revision(row.choices, row.member) for row in reading().execute(query))


def set_state(composite: Composite, state: str) -> None:
    """Say that the composite was drafted or abandoned."""
    changed = sa.update(CompositeRow).where(CompositeRow.number == composite.number).values(state=State(state).value)
    writing().execute(changed)


def by_number(number: int) -> Composite:
    """The composite with this number; raises UnknownComposite."""
    found = _where(CompositeRow.number == number)
    if not found:
        raise UnknownComposite(number)
    return found[0]


def versions(number: int) -> str:
    """The amendments on a composite with the digests of their versions: equal as long as none of them changes."""
    version, original = AmendmentVersionRow, CompositeAmendmentRow
    said = sa.cast(version.amendment, sa.String) + ":" + version.digest
    query = (
        sa.select(sa.func.aggregate_strings(said, ",").aggregate_order_by(version.amendment, version.n))
        .join(original, original.amendment == version.amendment)
        .where(original.composite == number)
    )
    return reading().scalar(query) or ""


def listing() -> tuple[Composite, ...]:
    """Every composite, the oldest first."""
    return _where(sa.true())


def _where(condition: sa.ColumnElement[bool]) -> tuple[Composite, ...]:
    """Two queries, however many composites they find."""
    session = reading()
    columns = sa.select(*CompositeRow.__table__.columns)
    rows = session.execute(columns.where(condition).order_by(CompositeRow.number)).all()
    numbers = sa.select(CompositeRow.number).where(condition)
    original = CompositeAmendmentRow
    listed = sa.func.aggregate_strings(sa.cast(original.amendment, sa.String), ",")
    query = sa.select(original.composite, listed.aggregate_order_by(original.amendment)).group_by(original.composite)
    found = session.execute(query.where(original.composite.in_(numbers)))
    originals: dict[int, str] = {row[0]: row[1] for row in found}
    return tuple(
        _composite(row, tuple(map(int, filter(None, originals.get(row.number, "").split(","))))) for row in rows
    )


def _composite(row: sa.Row[Any], amendments: Sequence[int]) -> Composite:
    return Composite(
        row.number, row.title, row.base_edition, tuple(amendments), row.choices, State(row.state), row.revision, row.at
    )
