"""Composites: amendments on the committee's desk, and the choices made there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from store.database import db
from store.tables import CompositeAmendmentRow, CompositeRow


class UnknownComposite(LookupError):
    """There is no composite with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no composite {number}.")


class StaleRevision(ValueError):
    """Somebody else saved choices in between; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__("Another member of the committee saved choices here while you were working.")


@dataclass(frozen=True, slots=True)
class Composite:
    """Amendments put together against a base edition. State: open, drafted or abandoned."""

    number: int
    title: str
    base_edition: int
    amendments: tuple[int, ...]
    choices: dict[str, Any]
    revision: int
    state: str
    at: datetime


def add(*, title: str, base_edition: int, amendments: Sequence[int], at: datetime) -> Composite:
    """Keep a new, open composite."""
    number = (db.session.execute(select(func.max(CompositeRow.number))).scalar() or 0) + 1
    db.session.add(CompositeRow(
        number=number, title=title, base_edition=base_edition, choices="{}", revision=0, state="open", at=at
    ))
    db.session.flush()
    db.session.add_all(CompositeAmendmentRow(composite=number, amendment=one) for one in amendments)
    db.session.flush()
    db.session.expire_all()
    return by_number(number)


def by_number(number: int) -> Composite:
    """A composite by its number; raises UnknownComposite."""
    return _composite(_row(number))


def listing() -> tuple[Composite, ...]:
    """All composites, the newest first."""
    rows = db.session.execute(select(CompositeRow).order_by(CompositeRow.number.desc())).scalars()
    return tuple(map(_composite, rows))


def save_choices(composite: Composite, choices: dict[str, Any], *, expected_revision: int) -> None:
    """Keep choices made on the revision the member saw; raises StaleRevision."""
    row = _row(composite.number)
    if row.revision != expected_revision:
        raise StaleRevision
    row.choices, row.revision = json.dumps(choices, ensure_ascii=False, sort_keys=True), expected_revision + 1
    db.session.flush()


def set_state(composite: Composite, state: str) -> None:
    """Close a composite: drafted or abandoned."""
    _row(composite.number).state = state
    db.session.flush()


def _row(number: int) -> CompositeRow:
    row = db.session.get(CompositeRow, number)
    if row is None:
        raise UnknownComposite(number)
    return row


def _composite(row: CompositeRow) -> Composite:
    return Composite(
        row.number, row.title, row.base_edition, tuple(one.amendment for one in row.members), json.loads(row.choices),
        row.revision, row.state, row.at,
    )
