"""What members have typed and not submitted: saved as it is typed, theirs alone, and gone when it is submitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from store.database import reading, writing
from store.tables import UnfinishedRow


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A proposal as it was typed; ``revision`` counts how often it was saved."""

    id: str
    member: int
    amendment: int | None
    content: dict[str, Any]
    revision: int
    begun: datetime
    saved: datetime


FIELDS = tuple(Unfinished.__dataclass_fields__)


def get(key: str, member: int) -> Unfinished | None:
    """A member's own unfinished proposal, or None: nobody reads another's."""
    row = reading().get(UnfinishedRow, key, populate_existing=True)
    return _unfinished(row) if row is not None and row.member == member else None


def put(one: Unfinished) -> None:
    """Keep it, new or as it now is."""
    session = writing()
    if session.get(UnfinishedRow, one.id) is None:
        session.execute(sa.insert(UnfinishedRow).values(**{name: getattr(one, name) for name in FIELDS}))
        return
    changed = {"content": one.content, "revision": one.revision, "saved": one.saved, "amendment": one.amendment}
    session.execute(sa.update(UnfinishedRow).where(UnfinishedRow.id == one.id).values(**changed))


def of(member: int) -> tuple[Unfinished, ...]:
    """Everything a member has not finished, what was saved last first."""
    query = sa.select(UnfinishedRow).where(UnfinishedRow.member == member)
    return tuple(map(_unfinished, reading().scalars(query.order_by(UnfinishedRow.saved.desc(), UnfinishedRow.id))))


def forget(key: str, member: int) -> None:
    """It was submitted, or its author threw it away."""
    writing().execute(sa.delete(UnfinishedRow).where(UnfinishedRow.id == key, UnfinishedRow.member == member))


def _unfinished(row: UnfinishedRow) -> Unfinished:
    return Unfinished(**{name: getattr(row, name) for name in FIELDS})
