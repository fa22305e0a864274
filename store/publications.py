"""Agendas as they were published: the number that each amendment has there, for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from rulebook.kinds import Order
from store.committee_tables import PublicationItemRow, PublicationRow
from store.database import reading, writing


class UnknownPublication(LookupError):
    """Nothing was published under this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no publication {number}.")


@dataclass(frozen=True, slots=True)
class Publication:
    """An agenda: its amendments in their order, so that the first is item 1; ``draft`` is the one it is for, if any."""

    number: int
    title: str
    ordered_by: Order
    draft: int | None
    at: datetime
    items: tuple[int, ...]


def add(
    *, title: str, ordered_by: Order, draft: int | None, items: Sequence[int], member: int, at: datetime
) -> Publication:
    """Publish these amendments as items 1, 2 and so on."""
    session = writing()
    number = (session.scalar(sa.select(sa.func.max(PublicationRow.number))) or 0) + 1
    row = {"title": title, "ordered_by": ordered_by.value, "draft": draft, "member": member, "at": at}
    session.execute(sa.insert(PublicationRow).values(number=number, **row))
    numbered = [{"publication": number, "amendment": one, "agenda": n} for n, one in enumerate(items, 1)]
    session.execute(sa.insert(PublicationItemRow), numbered)
    return by_number(number)


def by_number(number: int) -> Publication:
    """A publication; raises UnknownPublication."""
    found = _where(PublicationRow.number == number)
    if not found:
        raise UnknownPublication(number)
    return found[0]


def listing() -> tuple[Publication, ...]:
    """Every publication, the newest first."""
    return _where(sa.true())


def of_amendment(amendment: int) -> tuple[tuple[int, Publication], ...]:
    """The items that an amendment is, each with its publication, the newest first."""
    mine = sa.select(PublicationItemRow.publication).where(PublicationItemRow.amendment == amendment)
    return tuple((one.items.index(amendment) + 1, one) for one in _where(PublicationRow.number.in_(mine)))


def _where(condition: sa.ColumnElement[bool]) -> tuple[Publication, ...]:
    """Two queries, however many publications they find."""
    session, row, item = reading(), PublicationRow, PublicationItemRow
    rows = session.scalars(sa.select(row).where(condition).order_by(row.number.desc())).all()
    items: dict[int, list[int]] = {one.number: [] for one in rows}
    numbers = sa.select(row.number).where(condition)
    query = sa.select(item.publication, item.amendment).where(item.publication.in_(numbers))
    for publication, amendment in session.execute(query.order_by(item.publication, item.agenda)) if rows else ():
        items[publication].append(amendment)
    return tuple(
        Publication(one.number, one.title, Order(one.ordered_by), one.draft, one.at, tuple(items[one.number]))
        for one in rows
    )
