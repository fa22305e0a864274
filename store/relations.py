"""What movers say of how their amendments stand to others."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from amendments.relations import Relation, Said
from store.database import reading, writing
from store.tables import AmendmentRelationRow


def add(said: Said, *, at: datetime) -> None:
    """Keep what a mover says."""
    amendment, kind, other = said
    row = {"amendment": amendment, "kind": kind.value, "other": other, "at": at}
    writing().execute(sa.insert(AmendmentRelationRow).values(**row))


def of(amendment: int) -> tuple[Said, ...]:
    """What is said by an amendment's mover of others, and of it by others'."""
    row = AmendmentRelationRow
    return _where(sa.or_(row.amendment == amendment, row.other == amendment))


def saying(relation: Relation) -> frozenset[int]:
    """The numbers of the amendments whose mover says this of another."""
    row = AmendmentRelationRow
    return frozenset(reading().scalars(sa.select(row.amendment).where(row.kind == relation.value)))


def everything() -> tuple[Said, ...]:
    """All that is said, by the numbers of the amendments."""
    return _where(sa.true())


def _where(condition: sa.ColumnElement[bool]) -> tuple[Said, ...]:
    row = AmendmentRelationRow
    rows = reading().execute(
        sa.select(row.amendment, row.kind, row.other).where(condition).order_by(row.amendment, row.other)
    )
    return tuple((one.amendment, Relation(one.kind), one.other) for one in rows)
