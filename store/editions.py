"""Editions: the rule book in force and all before it, each a whole and immutable snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from constitution.clause import Constitution
from store import books, finding
from store.database import reading, writing
from store.tables import AdoptionRow, EditionClauseRow, EditionRow


class UnknownEdition(LookupError):
    """There is no edition with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no edition {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Edition:
    """A rule book with its number, its digest, when it came into force, and the draft it was (None: imported)."""

    number: int
    digest: str
    at: datetime
    note: str
    constitution: Constitution
    adopted_from: int | None = None


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in a list; ``clauses`` is how many it has."""

    number: int
    digest: str
    at: datetime
    note: str
    clauses: int
    adopted_from: int | None = None


def add(constitution: Constitution, *, at: datetime, note: str, adopted_from: int | None) -> Edition:
    """Keep a rule book as the next edition, in force from now on."""
    session = writing()
    number = (session.scalar(sa.select(sa.func.max(EditionRow.number))) or 0) + 1
    session.execute(sa.insert(EditionRow).values(number=number, at=at, note=note, **books.header(constitution)))
    books.keep(session, EditionClauseRow, {"edition": number}, constitution)
    finding.keep_edition(constitution)
    if adopted_from is not None:
        session.execute(sa.insert(AdoptionRow).values(edition=number, draft=adopted_from))
    # Read back rather than handed on: what is returned, and compared with a ballot's digest, is what the rows say.
    row = session.execute(_headers().where(EditionRow.number == number)).one()
    books.reread(session, EditionClauseRow, number, row)
    return _edition(row)


def latest() -> Edition | None:
    """The edition in force; None before the first."""
    row = reading().execute(_headers().order_by(EditionRow.number.desc()).limit(1)).one_or_none()
    return None if row is None else _edition(row)


def on(moment: datetime) -> Edition | None:
    """The edition that was in force at a moment; None before the first."""
    before = _headers().where(EditionRow.at <= moment).order_by(EditionRow.number.desc()).limit(1)
    row = reading().execute(before).one_or_none()
    return None if row is None else _edition(row)


def load(number: int) -> Edition:
    """An edition by its number; raises UnknownEdition, Damaged."""
    row = reading().execute(_headers().where(EditionRow.number == number)).one_or_none()
    if row is None:
        raise UnknownEdition(number)
    return _edition(row)


def listing() -> tuple[EditionLine, ...]:
    """Every edition without its text, the oldest first."""
    counted = sa.select(EditionClauseRow.edition, sa.func.count().label("clauses")).group_by(EditionClauseRow.edition)
    counts = counted.subquery()
    query = _headers(sa.func.coalesce(counts.c.clauses, 0).label("clauses"))
    query = query.outerjoin(counts, counts.c.edition == EditionRow.number).order_by(EditionRow.number)
    return tuple(
        EditionLine(row.number, row.digest, row.at, row.note, row.clauses, row.draft)
        for row in reading().execute(query)
    )


def last_with(clause: str) -> int | None:
    """The number of the last edition that has the clause; None when none ever had it."""
    query = sa.select(sa.func.max(EditionClauseRow.edition)).where(EditionClauseRow.clause == clause)
    return reading().scalar(query)


def _headers(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    columns = (
        EditionRow.number,
        EditionRow.digest,
        EditionRow.at,
        EditionRow.note,
        EditionRow.book_title,
        EditionRow.front,
        EditionRow.language,
        EditionRow.insertions,
        EditionRow.repeals,
        AdoptionRow.draft,
    )
    return sa.select(*columns, *more).outerjoin(AdoptionRow, AdoptionRow.edition == EditionRow.number)


def _edition(row: sa.Row[Any]) -> Edition:
    book = books.load(reading(), EditionClauseRow, row.number, row)
    return Edition(row.number, row.digest, row.at, row.note, book, row.draft)
