"""Editions: the texts that were or are in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from constitution.clause import Constitution
from store import snapshots
from store.database import db
from store.tables import EditionRow, SnapshotClauseRow


class UnknownEdition(LookupError):
    """There is no edition with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no edition {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition as a line in a list; ``clauses`` counts them."""

    number: int
    digest: str
    at: datetime
    note: str
    clauses: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A text that was or is in force, with its digest."""

    number: int
    digest: str
    at: datetime
    note: str
    adopted_from: int | None
    constitution: Constitution


def add(constitution: Constitution, *, at: datetime, note: str, adopted_from: int | None) -> Edition:
    """Keep a text as the next edition."""
    number = (db.session.execute(select(func.max(EditionRow.number))).scalar() or 0) + 1
    row = EditionRow(
        number=number, digest=snapshots.keep(constitution), at=at, note=note, adopted_from=adopted_from
    )
    db.session.add(row)
    db.session.flush()
    return _edition(row)


def latest() -> Edition | None:
    """The edition in force; None when nothing was imported yet."""
    row = db.session.execute(select(EditionRow).order_by(EditionRow.number.desc()).limit(1)).scalar_one_or_none()
    return None if row is None else _edition(row)


def load(number: int) -> Edition:
    """An edition by its number; raises UnknownEdition."""
    row = db.session.get(EditionRow, number)
    if row is None:
        raise UnknownEdition(number)
    return _edition(row)


def listing() -> tuple[EditionLine, ...]:
    """All editions, the newest first."""
    counted = (
        select(SnapshotClauseRow.snapshot, func.count().label("clauses")).group_by(SnapshotClauseRow.snapshot).subquery()
    )
    rows = db.session.execute(
        select(EditionRow, counted.c.clauses)
        .outerjoin(counted, counted.c.snapshot == EditionRow.digest)
        .order_by(EditionRow.number.desc())
    )
    return tuple(EditionLine(row.number, row.digest, row.at, row.note, clauses or 0) for row, clauses in rows)


def _edition(row: EditionRow) -> Edition:
    return Edition(row.number, row.digest, row.at, row.note, row.adopted_from, snapshots.load(row.digest))
